"""Scores: each saved on its own, each scorer alone; recusal hands an answer to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.scoring import reason_needed
from recruitment.rules.sift_allocation import AnswerKey, reallocate
from recruitment.services.desk import Desk
from recruitment.services.first_sifts import reading_order, reopen_results
from recruitment.services.permissions import require
from recruitment.services.queues import has_every_score
from recruitment.services.reasons import check_reason, open_reason, score_place, seal_reason
from recruitment.services.sift import own_allocation
from recruitment.services.sift_counts import counting
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign, Criterion, QuestionCriterion
from recruitment.store.people import people_with_role
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score


def _sifting(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="score answers")
    return campaign


def score_answer(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    handle: UUID,
    criterion_id: UUID,
    value: int,
    reason: str = "",
) -> bool:
    """Save one score; False when the very same is there already, as when a lost connection sends it twice.

    `Invalid` off the scale or, below the minimum, without a reason; what was typed is kept by the page. Until
    moderation a shortlister may change their own score."""
    campaign = _sifting(session, actor, campaign_id)
    allocation = own_allocation(session, actor, campaign_id, handle)
    criterion = session.scalars(
        select(Criterion)
        .join(
            QuestionCriterion,
            (QuestionCriterion.campaign_id == Criterion.campaign_id)
            & (QuestionCriterion.criterion_id == Criterion.id),
        )
        .join(
            Answer,
            (Answer.campaign_id == QuestionCriterion.campaign_id)
            & (Answer.question_id == QuestionCriterion.question_id),
        )
        .where(
            Criterion.campaign_id == campaign_id,
            Criterion.id == criterion_id,
            Answer.id == allocation.answer_id,
        )
    ).one_or_none()
    if criterion is None:
        raise NotFound
    if not campaign.scale_min <= value <= campaign.scale_max:
        raise Invalid(f"Choose a score from {campaign.scale_min} to {campaign.scale_max}.", "value")
    check_reason(reason)
    if reason_needed(value, criterion.minimum) and not reason.strip():
        raise Invalid(
            f"Give a reason: {value} is below the minimum of {criterion.minimum} for “{criterion.name}”.",
            "reason",
        )
    score = session.get(Score, (campaign_id, handle, criterion_id))
    place = score_place(handle, criterion_id)
    # Somebody who took an answer over during moderation still scores it alone first.
    if score is not None:
        if _is_the_same(desk, campaign_id, place, score, value, reason):
            return False
        _refuse_if_it_stands(session, allocation, criterion_id)
    sealed = seal_reason(desk, campaign_id, place, reason)
    with counting(session, campaign_id, [allocation.answer_id]):
        if score is None:
            session.add(
                Score(
                    campaign_id=campaign_id,
                    allocation_id=handle,
                    criterion_id=criterion_id,
                    value=value,
                    reason=sealed,
                    scored_at=desk.now,
                )
            )
        else:
            score.replaced_value, score.replaced_reason = score.value, score.reason
            score.replaced_at = score.scored_at
            score.value, score.reason, score.scored_at = value, sealed, desk.now
        _mark_progress(session, allocation)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="answer_scored",
        allocation=handle,
        criterion=criterion_id,
        value=value,
    )
    return True


def _mark_progress(session: Session, allocation: Allocation) -> None:
    """Keep with the allocation whether all its scores are given, and when the latest was."""
    session.flush()
    given = (Score.campaign_id == allocation.campaign_id) & (Score.allocation_id == allocation.id)
    latest = select(func.max(Score.scored_at)).where(given).scalar_subquery()
    here = (Allocation.campaign_id == allocation.campaign_id, Allocation.id == allocation.id)
    asked = select(has_every_score(), latest).select_from(Allocation).where(*here)
    allocation.is_complete, allocation.scored_at = session.execute(asked).one()
    session.flush()


def _is_the_same(desk: Desk, campaign_id: UUID, place: str, score: Score, value: int, reason: str) -> bool:
    return score.value == value and open_reason(desk, campaign_id, place, score.reason) == reason.strip()


def _refuse_if_it_stands(session: Session, allocation: Allocation, criterion_id: UUID) -> None:
    if allocation.is_locked:
        raise TooLate("The first sift was closed on this answer, so its scores stand.")
    if session.get(Moderation, (allocation.campaign_id, allocation.answer_id, criterion_id)) is not None:
        raise TooLate("This score has gone to moderation. Propose an agreed score there; yours is kept.")


@dataclass(frozen=True)
class UndoneScore:
    """What was taken back, for the page to offer again; `restored` is the earlier score that stands again."""

    criterion_id: UUID
    criterion: str
    value: int
    reason: str
    restored: int | None


def undo_score(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, handle: UUID, criterion_id: UUID
) -> UndoneScore | None:
    """Take one's own score back while the sift is open: the one it replaced stands again, else there is none.

    None where there is no score, as when the same undo is sent twice. `TooLate` once it is in moderation. The
    trail keeps both.
    """
    _sifting(session, actor, campaign_id)
    allocation = own_allocation(session, actor, campaign_id, handle)
    score = session.get(Score, (campaign_id, handle, criterion_id))
    if score is None:
        return None
    _refuse_if_it_stands(session, allocation, criterion_id)
    criterion = session.get_one(Criterion, (campaign_id, criterion_id))
    undone = UndoneScore(
        criterion_id,
        criterion.name,
        score.value,
        open_reason(desk, campaign_id, score_place(handle, criterion_id), score.reason),
        score.replaced_value,
    )
    with counting(session, campaign_id, [allocation.answer_id]):
        if score.replaced_value is None or score.replaced_at is None:
            session.delete(score)
        else:
            score.value, score.reason = score.replaced_value, score.replaced_reason
            score.scored_at = score.replaced_at
            score.replaced_value = score.replaced_reason = score.replaced_at = None
        _mark_progress(session, allocation)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="score_undone",
        allocation=handle,
        criterion=criterion_id,
        value=undone.value,
        restored=undone.restored,
    )
    return undone


class Recognition(StrEnum):
    NO_CONFLICT = "no_conflict"
    RECUSED = "recused"


def declare_recognition(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, handle: UUID, recognition: Recognition
) -> None:
    """ "I recognise this person": go on without conflict, recorded; or recuse, and every answer of that
    application passes to somebody else (the reader is not told which ones)."""
    _sifting(session, actor, campaign_id)
    allocation = own_allocation(session, actor, campaign_id, handle)
    allocation.recognition, allocation.recognised_at = recognition, desk.now
    unfilled = 0
    if recognition is Recognition.RECUSED:
        unfilled = _pass_on(session, actor, desk, campaign_id, allocation)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="person_recognised",
        allocation=handle,
        recognition=recognition.value,
        unfilled=unfilled,
    )


def _pass_on(session: Session, actor: Actor, desk: Desk, campaign_id: UUID, recused: Allocation) -> int:
    """Hand all the reader's answers of one application to others; how many found nobody."""
    application_id = session.scalars(
        select(Answer.application_id).where(Answer.campaign_id == campaign_id, Answer.id == recused.answer_id)
    ).one()
    mine = session.scalars(
        select(Allocation)
        .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.person_id == actor.id,
            Answer.application_id == application_id,
            Allocation.state == AllocationState.OPEN,
        )
        .order_by(Allocation.id)
    ).all()
    people = [person.id.hex for person in people_with_role(session, campaign_id, Role.SHORTLISTER)]
    excluded = {(person, application_id.hex) for person in _recused_from(session, campaign_id, application_id)}
    unfilled = 0
    with counting(session, campaign_id, [allocation.answer_id for allocation in mine]):
        for allocation in mine:
            allocation.state = AllocationState.RECUSED
            session.flush()
            held = (allocation.answer_id, application_id, allocation.question_id)
            unfilled += not allocate_again(session, desk, campaign_id, *held, people, excluded)
    reopen_results(session, campaign_id, [allocation.answer_id for allocation in mine])
    return unfilled


def _recused_from(session: Session, campaign_id: UUID, application_id: UUID) -> set[str]:
    return {
        person_id.hex
        for person_id in session.scalars(
            select(Allocation.person_id)
            .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
            .where(
                Allocation.campaign_id == campaign_id,
                Answer.application_id == application_id,
                Allocation.recognition == Recognition.RECUSED,
            )
        )
    }


def allocate_again(
    session: Session,
    desk: Desk,
    campaign_id: UUID,
    answer_id: UUID,
    application_id: UUID,
    question_id: UUID,
    people: list[str],
    excluded: set[tuple[str, str]],
) -> bool:
    """Give one answer to the least loaded shortlister who may have it; False when there is nobody.

    The caller counts what that changes.
    """
    holders = [
        person_id.hex
        for person_id in session.scalars(
            select(Allocation.person_id).where(
                Allocation.campaign_id == campaign_id, Allocation.answer_id == answer_id
            )
        )
    ]
    loads: dict[str, int] = {}
    for person_id, number in session.execute(
        select(Allocation.person_id, func.count())
        .where(Allocation.campaign_id == campaign_id, Allocation.state == AllocationState.OPEN)
        .group_by(Allocation.person_id)
    ):
        loads[person_id.hex] = number
    chosen = reallocate(
        AnswerKey(answer_id.hex, application_id.hex, question_id.hex),
        holders,
        people,
        excluded,
        loads,
        desk.random,
    )
    if chosen is None:
        return False
    session.add(
        Allocation(
            campaign_id=campaign_id,
            id=desk.new_id(),
            answer_id=answer_id,
            question_id=question_id,
            person_id=UUID(hex=chosen),
            position=_make_room(session, desk, campaign_id, UUID(hex=chosen), question_id),
        )
    )
    session.flush()
    return True


def _make_room(session: Session, desk: Desk, campaign_id: UUID, person_id: UUID, question_id: UUID) -> int:
    """A place by lot among the person's answers to this question; what stands behind it moves on.

    At the end of the queue the answers of one application would stand side by side.
    """
    asked = {key: number for number, key in enumerate(reading_order(session, campaign_id))}
    queue = (Allocation.campaign_id == campaign_id, Allocation.person_id == person_id)
    places = [
        (position, asked[other_id])
        for position, other_id in session.execute(
            select(Allocation.position, Allocation.question_id).where(*queue)
        )
    ]
    first = 1 + max((position for position, number in places if number < asked[question_id]), default=0)
    last = 1 + max((position for position, number in places if number <= asked[question_id]), default=0)
    chosen = desk.random.randint(min(first, last), last)
    session.execute(
        update(Allocation)
        .where(*queue, Allocation.position >= chosen)
        .values(position=Allocation.position + 1)
        .execution_options(synchronize_session=False)
    )
    return chosen
