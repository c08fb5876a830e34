"""Answers that lost a shortlister, who recused themselves or left, are handed to others, once there are others."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.permissions import Permission, Role
from recruitment.services.desk import Desk
from recruitment.services.first_sifts import reopen_results
from recruitment.services.permissions import require
from recruitment.services.queues import is_open_for, is_scored
from recruitment.services.scores import Recognition, allocate_again
from recruitment.services.sift_counts import count_anew
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application, is_in_use
from recruitment.store.first_sifts import is_to_be_scored
from recruitment.store.people import people_with_role
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score


def fill_places(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> tuple[int, int]:
    """Hand every answer that has too few shortlisters to more; how many places were filled, and are left.

    Nobody gets an answer of an application from which they recused themselves.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="hand answers to other shortlisters")
    holders: dict[tuple[UUID, UUID, UUID], int] = {}
    excluded: set[tuple[str, str]] = set()
    for answer_id, application_id, question_id, person_id, state, recognition in session.execute(
        select(
            Answer.id,
            Answer.application_id,
            Answer.question_id,
            Allocation.person_id,
            Allocation.state,
            Allocation.recognition,
        )
        .outerjoin(
            Allocation,
            (Allocation.campaign_id == Answer.campaign_id) & (Allocation.answer_id == Answer.id),
        )
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(Answer.campaign_id == campaign_id, is_in_use(), is_to_be_scored())
        .order_by(Answer.id)
    ):
        key = (answer_id, application_id, question_id)
        if state != AllocationState.SET_ASIDE:
            holders[key] = holders.get(key, 0) + (state == AllocationState.OPEN)
        if recognition == Recognition.RECUSED:
            excluded.add((person_id.hex, application_id.hex))
    people = [person.id.hex for person in people_with_role(session, campaign_id, Role.SHORTLISTER)]
    filled = left = 0
    for (answer_id, application_id, question_id), number in holders.items():
        for _ in range(campaign.shortlisters_per_answer - number):
            if allocate_again(
                session, desk, campaign_id, answer_id, application_id, question_id, people, excluded
            ):
                filled += 1
            else:
                left += 1
    count_anew(session, campaign_id)
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="places_filled", filled=filled, left=left
    )
    return filled, left


def free_unfinished(session: Session, campaign_id: UUID, person_id: UUID) -> None:
    """Take from somebody who no longer scores what is unscored, or waits for them in moderation.

    What they scored and nobody must agree on any more stands.
    """
    to_agree = exists().where(
        Moderation.campaign_id == Allocation.campaign_id,
        Moderation.answer_id == Allocation.answer_id,
        Moderation.agreed_value.is_(None),
    )
    unfinished = session.scalars(
        select(Allocation).where(
            Allocation.campaign_id == campaign_id, is_open_for(person_id), or_(~is_scored(), to_agree)
        )
    ).all()
    for allocation in unfinished:
        allocation.state = AllocationState.RECUSED
    count_anew(session, campaign_id)


def set_aside_scores(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, person_id: UUID, reason: str
) -> int:
    """Take every answer from a shortlister whose scores must not count; how many scores were set aside.

    The scores stay in the store and the reason in the trail; `fill_places` hands the answers to others. What they
    helped to agree in moderation is open again, for whoever takes their place.
    """
    require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    theirs = (Allocation.campaign_id == campaign_id, is_open_for(person_id))
    number = session.scalar(
        select(func.count())
        .select_from(Allocation)
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(*theirs)
    )
    answers = set(session.scalars(select(Allocation.answer_id).where(*theirs)))
    agreed = session.scalars(
        select(Moderation).where(Moderation.campaign_id == campaign_id, Moderation.agreed_value.is_not(None))
    )
    reopened = [moderation for moderation in agreed if moderation.answer_id in answers]
    for moderation in reopened:
        moderation.agreed_value = moderation.agreed_at = None
    session.execute(
        update(Allocation)
        .where(*theirs)
        .values(state=AllocationState.RECUSED)
        .execution_options(synchronize_session="fetch")
    )
    reopen_results(session, campaign_id, list(answers))
    count_anew(session, campaign_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="scores_set_aside",
        person=person_id,
        scores=number or 0,
        reopened=len(reopened),
        reason=reason,
    )
    return number or 0
