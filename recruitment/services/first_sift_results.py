"""The first sift is closed: lead scores lock, whoever reaches the minimum is read in full, others go no further.

An application that comes later, or whose lead scores were set aside, is in the first sift again and is settled by
itself. No name, opt-in or adjustment is read here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.eligibility import why_unchecked
from recruitment.rules.errors import TooLate, TooSoon
from recruitment.rules.first_sifts import LeadStanding, is_past, why_not_settled
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.scoring import differs, final_score
from recruitment.rules.sift_allocation import AnswerKey, allocate, queue_order
from recruitment.services.desk import Desk
from recruitment.services.first_sifts import reading_order
from recruitment.services.late_applications import place_late
from recruitment.services.permissions import require
from recruitment.services.scores import Recognition
from recruitment.services.sift_counts import count_anew
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import Campaign, list_criteria
from recruitment.store.eligibility import is_running, waiting_count
from recruitment.store.first_sifts import FirstSift, FirstSiftResult, find_first_sift, is_in_first_sift, is_lead
from recruitment.store.people import people_with_role
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score


@dataclass(frozen=True)
class _Lead:
    """An answer on the lead criterion: of which application, and for how many shortlisters it lacks a score."""

    application_id: UUID
    lacking: int


def read_lead_standing(session: Session, *, actor: Actor, campaign_id: UUID) -> LeadStanding:
    """How far the answers are on which the first sift waits."""
    campaign = require(session, actor, campaign_id, Permission.SEE_COVERAGE)
    answers = _leads(session, campaign)
    values, agreed = _values(session, campaign.id)
    return _standing(session, campaign.id, _applications(session, campaign.id), answers, values, agreed)


def settle_first_sift(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> tuple[int, int]:
    """Close the first sift of all that are in it: how many go on, and how many do not.

    The line is the minimum of the lead criterion as it was fixed (see the rules). Lead scores lock; the other
    answers of whoever goes on are handed out by lot. `TooSoon` while a score is missing or differs.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="close the first sift")
    row = find_first_sift(session, campaign_id)
    if row is None or not row.was_held:
        raise TooLate("No first sift is held in this campaign.")
    if waiting := session.scalar(waiting_count(campaign_id)):
        raise TooSoon(why_unchecked(waiting))
    applications, answers = _applications(session, campaign_id), _leads(session, campaign)
    values, agreed = _values(session, campaign_id)
    if why_not := why_not_settled(_standing(session, campaign_id, applications, answers, values, agreed)):
        raise TooSoon(why_not)
    minimum = next(one.minimum for one in list_criteria(session, campaign_id) if one.id == row.criterion_id)
    finals = _finals(row, answers, values, agreed)
    past = {key for key in applications if is_past(finals.get(key, ()), minimum)}
    settled_before = session.scalar(
        select(func.count()).select_from(FirstSiftResult).where(FirstSiftResult.campaign_id == campaign_id)
    )
    session.execute(
        update(Allocation)
        .where(Allocation.campaign_id == campaign_id, Allocation.answer_id.in_(_lead_answers(campaign_id)))
        .values(is_locked=True)
        .execution_options(synchronize_session="fetch")
    )
    session.add_all(
        FirstSiftResult(campaign_id=campaign_id, application_id=key, is_past=key in past, at=desk.now)
        for key in applications
    )
    session.flush()
    _hand_out(session, desk, campaign, is_whole_sift=not settled_before)
    count_anew(session, campaign_id)
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="first_sift_closed", past=len(past),
        below=len(applications) - len(past), minimum=minimum,
    )  # fmt: skip
    return len(past), len(applications) - len(past)


def _applications(session: Session, campaign_id: UUID) -> list[UUID]:
    return list(
        session.scalars(
            select(Application.id)
            .where(Application.campaign_id == campaign_id, is_in_first_sift())
            .order_by(Application.id)
        )
    )


def _lead_answers(campaign_id: UUID) -> Select[UUID]:
    """The answers that the first sift reads now."""
    return (
        select(Answer.id)
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(Answer.campaign_id == campaign_id, is_lead(), is_in_first_sift())
    )


def _leads(session: Session, campaign: Campaign) -> dict[UUID, _Lead]:
    """Answer → what it lacks, of every answer that the first sift reads now."""
    held = func.count(Allocation.id)
    rows = session.execute(
        select(Answer.id, Answer.application_id, held, held.filter(Allocation.is_complete))
        .outerjoin(
            Allocation,
            (Allocation.campaign_id == Answer.campaign_id)
            & (Allocation.answer_id == Answer.id)
            & (Allocation.state == AllocationState.OPEN),
        )
        .where(Answer.campaign_id == campaign.id, Answer.id.in_(_lead_answers(campaign.id)))
        .group_by(Answer.id, Answer.application_id)
    )
    wanted = campaign.shortlisters_per_answer
    return {key: _Lead(owner, max(wanted, holders) - scored) for key, owner, holders, scored in rows}


_Values = dict[tuple[UUID, UUID], list[int]]
_Agreed = dict[tuple[UUID, UUID], int | None]


def _values(session: Session, campaign_id: UUID) -> tuple[_Values, _Agreed]:
    """(answer, criterion) → scores given alone; and what was agreed, None while it is with the shortlisters."""
    values: _Values = {}
    for answer_id, criterion_id, value in session.execute(
        select(Allocation.answer_id, Score.criterion_id, Score.value)
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.answer_id.in_(_lead_answers(campaign_id)),
            Allocation.state == AllocationState.OPEN,
        )
    ):
        values.setdefault((answer_id, criterion_id), []).append(value)
    agreed: _Agreed = {
        (answer_id, criterion_id): value
        for answer_id, criterion_id, value in session.execute(
            select(Moderation.answer_id, Moderation.criterion_id, Moderation.agreed_value).where(
                Moderation.campaign_id == campaign_id, Moderation.answer_id.in_(_lead_answers(campaign_id))
            )
        )
    }
    return values, agreed


def _standing(
    session: Session,
    campaign_id: UUID,
    applications: Collection[UUID],
    answers: dict[UUID, _Lead],
    values: _Values,
    agreed: _Agreed,
) -> LeadStanding:
    minimums = {one.id: one.minimum for one in list_criteria(session, campaign_id)}
    to_arrange = sum(
        key not in agreed and differs(scores, minimum=minimums[key[1]]) for key, scores in values.items()
    )
    waiting = sum(value is None for value in agreed.values())
    missing = sum(one.lacking > 0 for one in answers.values())
    return LeadStanding(len(applications), missing, to_arrange + waiting)


def _finals(
    row: FirstSift, answers: dict[UUID, _Lead], values: _Values, agreed: _Agreed
) -> dict[UUID, list[Fraction]]:
    """Application → its final scores on the lead criterion."""
    finals: dict[UUID, list[Fraction]] = {}
    for (answer_id, criterion_id), scores in values.items():
        if criterion_id == row.criterion_id:
            final = final_score(scores, agreed.get((answer_id, criterion_id)))
            finals.setdefault(answers[answer_id].application_id, []).append(final)
    return finals


def _hand_out(session: Session, desk: Desk, campaign: Campaign, *, is_whole_sift: bool) -> None:
    """Hand out what is unread of those who are past, to nobody who recused themselves from one.

    `is_whole_sift`: of everybody at once; otherwise of a few, whose answers come to lie among the others.
    """
    is_unread = ~exists().where(
        Allocation.campaign_id == Answer.campaign_id, Allocation.answer_id == Answer.id
    ).correlate(Answer)
    keys = [
        AnswerKey(answer_id.hex, application_id.hex, question_id.hex)
        for answer_id, application_id, question_id in session.execute(
            select(Answer.id, Answer.application_id, Answer.question_id)
            .join(
                Application,
                (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
            )
            .join(
                FirstSiftResult,
                (FirstSiftResult.campaign_id == Answer.campaign_id)
                & (FirstSiftResult.application_id == Answer.application_id),
            )
            .where(Answer.campaign_id == campaign.id, FirstSiftResult.is_past, is_running(), is_unread)
            .order_by(Answer.id)
        )
    ]
    if not keys:
        return
    excluded = _recused(session, campaign.id)
    if not is_whole_sift:
        place_late(session, desk, campaign, keys, excluded)
        return
    people = [person.id.hex for person in people_with_role(session, campaign.id, Role.SHORTLISTER)]
    pairs = allocate(keys, people, campaign.shortlisters_per_answer, excluded, {}, desk.random)
    order = [question_id.hex for question_id in reading_order(session, campaign.id)]
    questions = {key.answer_id: key.question_id for key in keys}
    queues = queue_order(pairs, questions, order, desk.random)
    behind = {
        person.hex: last
        for person, last in session.execute(
            select(Allocation.person_id, func.max(Allocation.position))
            .where(Allocation.campaign_id == campaign.id)
            .group_by(Allocation.person_id)
        )
    }
    session.add_all(
        Allocation(
            campaign_id=campaign.id,
            id=desk.new_id(),
            answer_id=UUID(hex=answer_id),
            question_id=UUID(hex=questions[answer_id]),
            person_id=UUID(hex=person_id),
            position=position,
        )
        for person_id, answers in queues.items()
        for position, answer_id in enumerate(answers, 1 + behind.get(person_id, 0))
    )
    session.flush()


def _recused(session: Session, campaign_id: UUID) -> set[tuple[str, str]]:
    return {
        (person_id.hex, application_id.hex)
        for person_id, application_id in session.execute(
            select(Allocation.person_id, Answer.application_id)
            .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
            .where(Allocation.campaign_id == campaign_id, Allocation.recognition == Recognition.RECUSED)
        )
    }
