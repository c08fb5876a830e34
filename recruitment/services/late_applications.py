"""An application that comes while the sift is open, in a time of its own: handed out like the others."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.permissions import Role
from recruitment.rules.sift_allocation import AnswerKey, Queued, allocate, place_among
from recruitment.services.desk import Desk
from recruitment.services.first_sifts import reading_order
from recruitment.services.queues import is_open_for, is_scored
from recruitment.services.sift_counts import counting
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign
from recruitment.store.first_sifts import is_to_be_scored
from recruitment.store.people import people_with_role
from recruitment.store.sift import Allocation, AllocationState


def hand_out_late(session: Session, *, actor: Actor, desk: Desk, campaign: Campaign, application_id: UUID) -> int:
    """Hand the answers to as many shortlisters as the others have, at random places of what each has to score.

    Where a first sift is held, only the answers on its lead criterion are, until this application is past it.
    The caller holds the campaign's row. With too few shortlisters what can be handed out is, and
    `filling.fill_places` does the rest.
    """
    answers = session.execute(
        select(Answer.id, Answer.question_id)
        .where(Answer.campaign_id == campaign.id, Answer.application_id == application_id, is_to_be_scored())
        .order_by(Answer.id)
    ).all()
    keys = [AnswerKey(key.hex, application_id.hex, question.hex) for key, question in answers]
    places = place_late(session, desk, campaign, keys, set())
    if campaign.unfinished:
        campaign.unfinished -= 1  # as it was counted when the sift opened, or begun since
    record_event(
        session,
        at=desk.now,
        chain_id=campaign.id,
        actor=actor,
        event="late_answers_handed_out",
        application=application_id,
        answers=len(keys),
        places=places,
    )
    return places


def place_late(
    session: Session, desk: Desk, campaign: Campaign, keys: list[AnswerKey], excluded: set[tuple[str, str]]
) -> int:
    """Hand answers out among what shortlisters have already; how many places were filled.

    `excluded`: (person, application) of those who recused themselves.
    """
    people = [person.id.hex for person in people_with_role(session, campaign.id, Role.SHORTLISTER)]
    loads = {
        person.hex: number
        for person, number in session.execute(
            select(Allocation.person_id, func.count())
            .where(Allocation.campaign_id == campaign.id, Allocation.state == AllocationState.OPEN)
            .group_by(Allocation.person_id)
        )
    }
    per_answer = min(campaign.shortlisters_per_answer, len(people))
    pairs = allocate(keys, people, per_answer, excluded, loads, desk.random)
    questions = {key.answer_id: key.question_id for key in keys}
    order = [question_id.hex for question_id in reading_order(session, campaign.id)]
    with counting(session, campaign.id, [UUID(hex=key.answer_id) for key in keys]):
        for answer_id, person_id in pairs:
            asked = questions[answer_id]
            _place(session, desk, campaign.id, UUID(hex=answer_id), UUID(hex=person_id), asked, order)
    return len(pairs)


def _place(
    session: Session,
    desk: Desk,
    campaign_id: UUID,
    answer_id: UUID,
    person_id: UUID,
    question: str,
    order: list[str],
) -> None:
    queue = session.execute(
        select(Allocation.position, Allocation.question_id, is_scored())
        .where(Allocation.campaign_id == campaign_id, is_open_for(person_id))
        .order_by(Allocation.position)
    ).all()
    held = [Queued(position, asked.hex, done) for position, asked, done in queue]
    position = place_among(held, question, order, desk.random)
    session.execute(
        update(Allocation)
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.person_id == person_id,
            Allocation.position >= position,
        )
        .values(position=Allocation.position + 1)
    )
    session.add(
        Allocation(
            campaign_id=campaign_id,
            id=desk.new_id(),
            answer_id=answer_id,
            question_id=UUID(hex=question),
            person_id=person_id,
            position=position,
        )
    )
    session.flush()
