"""How far whole campaigns have come, and what waits in them, in one statement for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.closing_times import ClosingStanding
from recruitment.rules.outside_scorers import ScorerStanding
from recruitment.services.clearance import waiting_answers
from recruitment.services.second_looks import waiting_looks
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import QuestionCriterion
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.eligibility import waiting_for_check
from recruitment.store.first_sifts import is_in_first_sift
from recruitment.store.interviews import ShortlistEntry
from recruitment.store.marks import StageMark, StageMarking
from recruitment.store.outside_scorers import OutsideScorer
from recruitment.store.panels import Booking
from recruitment.store.people import Person
from recruitment.store.second_looks import SecondLook
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score

NUMBERS = (
    "to_clear",
    "to_look",
    "to_check",
    "scorers_to_decide",
    "scorers_asked",
    "scorers_not_set_up",
    "more_time_asked",
    "closings_to_agree",
    "scores_wanted",
    "scores_given",
    "in_moderation",
    "in_first_sift",
    "to_book",
    "to_mark",
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
    """(campaign, one of `NUMBERS`) → its number, in one statement; noughts are left out.

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
        parts += _of_sift(sifting)
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


def _of_sift(sifting: Sequence[UUID]) -> list[Select[str, UUID, int]]:
    is_open = and_(Allocation.campaign_id.in_(sifting), Allocation.state == AllocationState.OPEN)
    of_answer = (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id)
    of_question = (QuestionCriterion.campaign_id == Answer.campaign_id) & (
        QuestionCriterion.question_id == Answer.question_id
    )
    of_allocation = (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id)
    holds_answer = (Allocation.campaign_id == Moderation.campaign_id) & (
        Allocation.answer_id == Moderation.answer_id
    )
    return [
        select(literal("scores_wanted"), Allocation.campaign_id, func.count())
        .join(Answer, of_answer)
        .join(QuestionCriterion, of_question)
        .where(is_open)
        .group_by(Allocation.campaign_id),
        select(literal("scores_given"), Allocation.campaign_id, func.count())
        .join(Score, of_allocation)
        .where(is_open)
        .group_by(Allocation.campaign_id),
        # Nobody can agree on an answer that nobody holds any more.
        select(literal("in_moderation"), Moderation.campaign_id, func.count())
        .where(
            Moderation.campaign_id.in_(sifting),
            Moderation.agreed_value.is_(None),
            select(Allocation.id).where(holds_answer, Allocation.state == AllocationState.OPEN).exists(),
        )
        .group_by(Moderation.campaign_id),
        select(literal("in_first_sift"), Application.campaign_id, func.count())
        .where(Application.campaign_id.in_(sifting), is_in_first_sift())
        .group_by(Application.campaign_id),
    ]


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
            Application.withdrawn_at.is_(None),
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
