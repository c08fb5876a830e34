"""How far whole campaigns have come, and what waits in them, in one statement for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.closing_times import ClosingStanding
from recruitment.rules.outside_scorers import ScorerStanding
from recruitment.rules.sift_counts import Counted
from recruitment.services.clearance import waiting_answers
from recruitment.services.second_looks import waiting_looks
from recruitment.store.applications import Answer, Application, is_in_use
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.eligibility import waiting_for_check
from recruitment.store.first_sifts import FirstSift, FirstSiftResult, is_in_first_sift
from recruitment.store.interviews import ShortlistEntry
from recruitment.store.marks import StageMark, StageMarking
from recruitment.store.outside_scorers import OutsideScorer
from recruitment.store.panels import Booking
from recruitment.store.people import Person
from recruitment.store.second_looks import SecondLook
from recruitment.store.sift import Allocation, AllocationState, SiftCount

_OF_SIFT = (
    Counted.SCORES_WANTED.value,
    Counted.SCORES_GIVEN.value,
    Counted.IN_MODERATION.value,
    Counted.UNFILLED.value,
)
NUMBERS = (
    "to_clear",
    "to_look",
    "to_check",
    "scorers_to_decide",
    "scorers_asked",
    "scorers_not_set_up",
    "more_time_asked",
    "closings_to_agree",
    "in_first_sift",
    "to_settle",
    "to_book",
    "to_mark",
    *_OF_SIFT,
)


def read_campaign_progress(
    session: Session,
    *,
    actor: Actor,
    to_clear: Sequence[UUID],
    to_look: Sequence[UUID],
    to_check: Sequence[UUID],
    second: Sequence[UUID],
    asked: Sequence[UUID],
    closings: Sequence[UUID],
    sifting: Sequence[UUID],
    revealed: Sequence[UUID],
) -> dict[tuple[UUID, str], int]:
    """(campaign, one of `NUMBERS`) → its number, in one statement; most noughts are left out.

    Each list names the campaigns that are asked about this: `second`, those in which the actor may decide on
    somebody from outside or has asked for one; `asked`, those in which they answer requests for more time, and
    `closings`, those in which they may agree to a closing time that somebody else proposed.
    """
    parts: list[Select[str, UUID, int]] = []
    if to_clear:
        parts.append(
            waiting_answers(*to_clear)
            .with_only_columns(literal("to_clear"), Answer.campaign_id, func.count())
            .group_by(Answer.campaign_id)
        )
    if to_look:
        parts.append(
            waiting_looks(*to_look)
            .with_only_columns(literal("to_look"), SecondLook.campaign_id, func.count())
            .group_by(SecondLook.campaign_id)
        )
    if to_check:
        parts.append(
            waiting_for_check(to_check)
            .with_only_columns(literal("to_check"), Application.campaign_id, func.count())
            .group_by(Application.campaign_id)
        )
    if second:
        parts += _of_scorers(actor, second)
    if closings:
        parts += _of_closing_times(actor, asked, closings)
    if sifting:
        parts += [_of_sift(sifting), _in_first_sift(sifting), _to_settle(sifting)]
    if revealed:
        parts += [_to_book(revealed), _to_mark(revealed)]
    if not parts:
        return {}
    return {(campaign_id, name): number for name, campaign_id, number in session.execute(union_all(*parts))}


def _of_scorers(actor: Actor, campaign_ids: Sequence[UUID]) -> list[Select[str, UUID, int]]:
    def number(name: str, *conditions: ColumnElement[bool]) -> Select[str, UUID, int]:
        return (
            select(literal(name), OutsideScorer.campaign_id, func.count())
            .where(OutsideScorer.campaign_id.in_(campaign_ids), *conditions)
            .group_by(OutsideScorer.campaign_id)
        )

    is_asked = OutsideScorer.standing == ScorerStanding.ASKED
    has_no_way_in = (
        select(Person.id)
        .where(Person.id == OutsideScorer.person_id, Person.is_active, Person.public_password.is_(None))
        .exists()
    )
    return [
        number("scorers_to_decide", is_asked, OutsideScorer.asked_by != actor.id),
        number("scorers_asked", is_asked, OutsideScorer.asked_by == actor.id),
        number("scorers_not_set_up", OutsideScorer.standing == ScorerStanding.AGREED, has_no_way_in),
    ]


def _of_closing_times(
    actor: Actor, asked: Sequence[UUID], closings: Sequence[UUID]
) -> list[Select[str, UUID, int]]:
    def number(
        name: str, campaign_ids: Sequence[UUID], *conditions: ColumnElement[bool]
    ) -> Select[str, UUID, int]:
        return (
            select(literal(name), ClosingRequest.campaign_id, func.count())
            .where(ClosingRequest.campaign_id.in_(campaign_ids), *conditions)
            .group_by(ClosingRequest.campaign_id)
        )

    is_proposed = ClosingRequest.standing == ClosingStanding.PROPOSED
    return [
        number("more_time_asked", asked, ClosingRequest.standing == ClosingStanding.ASKED),
        number("closings_to_agree", closings, is_proposed, ClosingRequest.proposed_by != actor.id),
    ]


def _of_sift(sifting: Sequence[UUID]) -> Select[str, UUID, int]:
    """From the counts that are kept, whose names these are."""
    return (
        select(SiftCount.counted, SiftCount.campaign_id, func.sum(SiftCount.number))
        .where(SiftCount.campaign_id.in_(sifting), SiftCount.counted.in_(_OF_SIFT))
        .group_by(SiftCount.counted, SiftCount.campaign_id)
    )


def _in_first_sift(sifting: Sequence[UUID]) -> Select[str, UUID, int]:
    """From the few campaigns that hold one: the others' applications are not looked through."""
    return (
        select(literal("in_first_sift"), FirstSift.campaign_id, func.count())
        .join(Application, Application.campaign_id == FirstSift.campaign_id)
        .where(FirstSift.campaign_id.in_(sifting), FirstSift.was_held.is_(True), is_in_first_sift())
        .group_by(FirstSift.campaign_id)
    )


def _to_settle(sifting: Sequence[UUID]) -> Select[str, UUID, int]:
    """Those that are in a first sift again after it was closed, and have all their scores."""
    was_closed = (
        select(FirstSiftResult.application_id)
        .where(FirstSiftResult.campaign_id == FirstSift.campaign_id)
        .correlate(FirstSift)
        .exists()
    )
    handed_out = (
        select(Allocation.id)
        .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
        .where(
            Answer.campaign_id == Application.campaign_id,
            Answer.application_id == Application.id,
            Allocation.state == AllocationState.OPEN,
        )
        .correlate(Application)
    )
    return (
        select(literal("to_settle"), FirstSift.campaign_id, func.count())
        .join(Application, Application.campaign_id == FirstSift.campaign_id)
        .where(
            FirstSift.campaign_id.in_(sifting),
            FirstSift.was_held.is_(True),
            was_closed,
            is_in_first_sift(),
            handed_out.exists(),
            ~handed_out.where(Allocation.is_complete.is_(False)).exists(),
        )
        .group_by(FirstSift.campaign_id)
    )


def _to_book(revealed: Sequence[UUID]) -> Select[str, UUID, int]:
    is_booked = (
        select(Booking.day)
        .where(
            Booking.campaign_id == ShortlistEntry.campaign_id,
            Booking.application_id == ShortlistEntry.application_id,
        )
        .exists()
    )
    standing = (Application.campaign_id == ShortlistEntry.campaign_id) & (
        Application.id == ShortlistEntry.application_id
    )
    return (
        select(literal("to_book"), ShortlistEntry.campaign_id, func.count())
        .join(Application, standing)
        .where(
            ShortlistEntry.campaign_id.in_(revealed),
            is_in_use(),
            ~is_booked,
            ~_goes_no_further(),
        )
        .group_by(ShortlistEntry.campaign_id)
    )


def _to_mark(revealed: Sequence[UUID]) -> Select[str, UUID, int]:
    return (
        select(literal("to_mark"), StageMarking.campaign_id, func.count())
        .where(StageMarking.campaign_id.in_(revealed), StageMarking.closed_at.is_(None))
        .group_by(StageMarking.campaign_id)
    )


def _goes_no_further() -> ColumnElement[bool]:
    """Whoever is below the minimum of a test, or was absent from it: nobody books an interview for them."""
    return (
        select(StageMark.application_id)
        .join(
            StageMarking,
            (StageMarking.campaign_id == StageMark.campaign_id)
            & (StageMarking.stage_position == StageMark.stage_position),
        )
        .where(
            StageMark.campaign_id == ShortlistEntry.campaign_id,
            StageMark.application_id == ShortlistEntry.application_id,
            StageMarking.was_held.is_(True),
            or_(StageMark.mark.is_(None), StageMark.mark < StageMarking.minimum),
        )
        .correlate(ShortlistEntry)
        .exists()
    )
