"""What a recruiter arranges for interviews: directorate, grade, days, the inclusion question and the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid, TooLate, check_lines
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.interviews import InterviewScore
from recruitment.store.panels import InterviewQuestion

LONGEST_QUESTION = 1_000
MOST_QUESTIONS = 20


@dataclass(frozen=True)
class Arrangements:
    """`grade`: of the post; `first_day` and `last_day`: when interviews are planned."""

    directorate: str = ""
    grade: str = ""
    first_day: date | None = None
    last_day: date | None = None


def _changeable(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    if has_reached(CampaignState(campaign.state), CampaignState.DECIDED):
        raise TooLate("The outcomes are final, so the panel's arrangements stay as they are.")
    return campaign


def arrange_panel(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, arrangements: Arrangements
) -> None:
    campaign = _changeable(session, actor, campaign_id)
    check_lines(directorate=arrangements.directorate, grade=arrangements.grade)
    first, last = arrangements.first_day, arrangements.last_day
    if first and last and last < first:
        raise Invalid("The last day of interviews cannot be before the first.", "last_day")
    if last and not first:
        raise Invalid("Enter the first day too.", "first_day")
    campaign.directorate, campaign.panel_grade = arrangements.directorate.strip(), arrangements.grade.strip()
    campaign.interviews_from, campaign.interviews_until = first, last or first
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="panel_arranged")


def write_inclusion_question(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, text: str) -> None:
    """Words of one's own instead of an approved question; the rule on approval will find them."""
    campaign = _changeable(session, actor, campaign_id)
    if _has_scores(session, campaign_id):
        raise TooLate("Somebody has been scored, so everybody is asked the same question.")
    if len(text) > LONGEST_QUESTION:
        raise Invalid(f"Shorten this to {LONGEST_QUESTION:,} characters or fewer.", "inclusion_question")
    campaign.inclusion_question = text.strip()
    campaign.inclusion_question_id, campaign.inclusion_guide = None, ""
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="inclusion_question_written")


def _has_scores(session: Session, campaign_id: UUID) -> bool:
    scored = select(InterviewScore.person_id).where(InterviewScore.campaign_id == campaign_id).limit(1)
    return session.scalars(scored).first() is not None


@dataclass(frozen=True)
class PackQuestion:
    """A question that everybody is asked; `criterion_id` names what its answer is scored against."""

    text: str
    criterion_id: UUID | None = None


def write_pack(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, questions: Sequence[PackQuestion]
) -> None:
    """Set the questions of the interview, in order; fixed once somebody has been scored."""
    _changeable(session, actor, campaign_id)
    if _has_scores(session, campaign_id):
        raise TooLate("Somebody has been scored, so everybody is asked the same questions.")
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(f"Ask at most {MOST_QUESTIONS} questions.", "questions")
    if any(len(each.text) > LONGEST_QUESTION for each in questions):
        raise Invalid(f"Shorten a question to {LONGEST_QUESTION:,} characters or fewer.", "questions")
    session.execute(delete(InterviewQuestion).where(InterviewQuestion.campaign_id == campaign_id))
    session.add_all(
        InterviewQuestion(
            campaign_id=campaign_id,
            id=desk.new_id(),
            position=position,
            text=each.text.strip(),
            criterion_id=each.criterion_id,
        )
        for position, each in enumerate((each for each in questions if each.text.strip()), 1)
    )
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="interview_questions_set")


@dataclass(frozen=True)
class InterviewPack:
    """What the panel has before it, the same for every candidate."""

    title: str
    questions: tuple[PackQuestion, ...]
    inclusion_question: str
    inclusion_guide: str
    is_approved: bool


def read_pack(session: Session, *, actor: Actor, campaign_id: UUID) -> InterviewPack:
    campaign = require(session, actor, campaign_id, Permission.SEE_CAMPAIGN)
    rows = session.scalars(
        select(InterviewQuestion)
        .where(InterviewQuestion.campaign_id == campaign_id)
        .order_by(InterviewQuestion.position)
    )
    return InterviewPack(
        campaign.title,
        tuple(PackQuestion(row.text, row.criterion_id) for row in rows),
        campaign.inclusion_question,
        campaign.inclusion_guide,
        campaign.inclusion_question_id is not None,
    )


def read_arrangements(session: Session, *, actor: Actor, campaign_id: UUID) -> Arrangements:
    return arrangements_of(require(session, actor, campaign_id, Permission.ARRANGE_PANEL))


def arrangements_of(campaign: Campaign) -> Arrangements:
    return Arrangements(
        campaign.directorate, campaign.panel_grade, campaign.interviews_from, campaign.interviews_until
    )
