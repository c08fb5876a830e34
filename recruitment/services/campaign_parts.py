"""Vacancies, questions and criteria changed or taken out again while a campaign is prepared."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooSoon, check_lines
from recruitment.rules.permissions import Permission
from recruitment.services.campaigns import changeable, record_change
from recruitment.services.first_sifts import lead_of
from recruitment.services.permissions import require
from recruitment.services.sample_answers import drop_samples_of_question
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Anchor, Criterion, Question, QuestionCriterion, Vacancy


def change_vacancy(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    vacancy_id: UUID,
    title: str,
    posts: int = 1,
    reason: str = "",
    **facts: str,
) -> None:
    """Replace a vacancy's entries; `facts` as in `add_vacancy`."""
    changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    vacancy = session.get(Vacancy, (campaign_id, vacancy_id))
    if vacancy is None:
        raise NotFound
    if not title.strip():
        raise Invalid("Enter a title for the vacancy.", "title")
    check_lines(title=title, **facts)
    if posts < 1:
        raise Invalid("A vacancy is for at least one post.", "posts")
    for name, value in {"title": title, "posts": posts, **facts}.items():
        setattr(vacancy, name, value)
    record_change(session, desk, actor, campaign_id, "vacancy_changed", reason, vacancy=vacancy_id)


def _require_draft(session: Session, actor: Actor, campaign_id: UUID) -> None:
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    # Once candidates can answer, what they answered must stay.
    require_state(CampaignState(campaign.state), CampaignState.DRAFT, act="take parts out of the campaign")


def remove_vacancy(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, vacancy_id: UUID
) -> None:
    _require_draft(session, actor, campaign_id)
    vacancy = session.get(Vacancy, (campaign_id, vacancy_id))
    if vacancy is None:
        raise NotFound
    session.delete(vacancy)
    record_change(session, desk, actor, campaign_id, "vacancy_removed", "", vacancy=vacancy_id)


def remove_question(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, question_id: UUID
) -> None:
    _require_draft(session, actor, campaign_id)
    question = session.get(Question, (campaign_id, question_id))
    if question is None:
        raise NotFound
    session.execute(
        delete(QuestionCriterion).where(
            QuestionCriterion.campaign_id == campaign_id, QuestionCriterion.question_id == question_id
        )
    )
    drop_samples_of_question(session, campaign_id, question_id)
    session.delete(question)
    # Shortlisters read this number, candidates count for themselves: the two must be the same.
    session.execute(
        update(Question)
        .where(Question.campaign_id == campaign_id, Question.position > question.position)
        .values(position=Question.position - 1)
    )
    record_change(session, desk, actor, campaign_id, "question_removed", "", question=question_id)


def remove_criterion(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, criterion_id: UUID
) -> None:
    _require_draft(session, actor, campaign_id)
    criterion = session.get(Criterion, (campaign_id, criterion_id))
    if criterion is None:
        raise NotFound
    if lead_of(session, campaign_id) == criterion_id:
        raise TooSoon("The first sift is held on this criterion. Take the first sift out, or choose another.")
    for table in (Anchor, QuestionCriterion):
        session.execute(delete(table).where(table.campaign_id == campaign_id, table.criterion_id == criterion_id))
    session.delete(criterion)
    record_change(session, desk, actor, campaign_id, "criterion_removed", "", criterion=criterion_id)
