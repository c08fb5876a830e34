"""A first sift on a lead criterion: named while a campaign is prepared, decided on once applications have closed.

What it does with scores is in `first_sift_results`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, StageKind, require_state
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.first_sifts import STAGE_NAME, STAGE_POSITION, check_decision, check_lead, is_decided
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import (
    Campaign,
    Criterion,
    Question,
    Stage,
    criteria_by_question,
    list_criteria,
    list_questions,
    list_stages,
)
from recruitment.store.eligibility import is_running
from recruitment.store.first_sifts import FirstSift, FirstSiftResult, find_first_sift, lead_questions


@dataclass(frozen=True)
class LeadChoice:
    """A criterion of the sift that could lead; `why_not`: why it cannot, empty where it can."""

    id: UUID
    name: str
    minimum: int
    why_not: str


@dataclass(frozen=True)
class ReadFirstSift:
    """`questions`: the numbers of those that are scored on the lead criterion, which are read first.

    `is_decided`: the decision stands. `applications` are running; `past` and `cut` are settled of them.
    """

    criterion_id: UUID
    criterion: str
    minimum: int
    questions: tuple[int, ...]
    was_held: bool | None
    is_decided: bool
    reason: str
    applications: int
    past: int
    cut: int

    @property
    def still(self) -> int:
        """Applications that are still in the first sift."""
        return self.applications - self.past - self.cut if self.was_held else 0


def why_lead_is_unfit(session: Session, campaign_id: UUID) -> str:
    """Why the planned first sift could not be held as the questions stand; empty where it could, or none is."""
    lead = lead_of(session, campaign_id)
    if lead is None:
        return ""
    return _why_unfit(lead_questions(session, campaign_id, lead), _questions(session, campaign_id))


def _why_unfit(leads: Sequence[UUID], questions: Sequence[UUID]) -> str:
    try:
        check_lead(leads, questions)
    except Invalid as refusal:
        return refusal.sentence
    return ""


def _questions(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    return session.scalars(select(Question.id).where(Question.campaign_id == campaign_id)).all()


def list_lead_choices(session: Session, *, actor: Actor, campaign_id: UUID) -> list[LeadChoice]:
    """The criteria of the sift, for the recruiter who names one of them."""
    require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    sifts = {row.position for row in list_stages(session, campaign_id) if row.kind == StageKind.SIFT}
    questions, scored = _questions(session, campaign_id), criteria_by_question(session, campaign_id)

    def why_not(criterion_id: UUID) -> str:
        return _why_unfit([each for each in questions if criterion_id in scored.get(each, ())], questions)

    return [
        LeadChoice(row.id, row.name, row.minimum, why_not(row.id))
        for row in list_criteria(session, campaign_id)
        if row.stage_position in sifts
    ]


def require_lead(session: Session, campaign_id: UUID, criterion_id: UUID, field: str = "criterion") -> None:
    """`Invalid` where a first sift could not be held on this criterion as the questions stand."""
    check_lead(lead_questions(session, campaign_id, criterion_id), _questions(session, campaign_id), field)


def name_lead(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, criterion_id: UUID) -> None:
    """Add the stage “First sift” with its lead criterion, or name another; only before the campaign opens.

    From then on the advert says it, and candidates rely on that.
    """
    _being_prepared(session, actor, campaign_id)
    choices = {one.id: one for one in list_lead_choices(session, actor=actor, campaign_id=campaign_id)}
    if criterion_id not in choices:
        raise Invalid("Choose one of the criteria of the sift.", "criterion")
    if why_not := choices[criterion_id].why_not:
        raise Invalid(why_not, "criterion")
    add_first_sift(session, actor, desk, campaign_id, criterion_id)


def add_first_sift(session: Session, actor: Actor, desk: Desk, campaign_id: UUID, criterion_id: UUID) -> None:
    """Write the stage and its lead; whoever calls it has asked whether that may be."""
    session.merge(
        Stage(campaign_id=campaign_id, position=STAGE_POSITION, kind=StageKind.FIRST_SIFT, name=STAGE_NAME)
    )
    named = {"criterion_id": criterion_id, "named_by": actor.id, "named_at": desk.now}
    session.merge(FirstSift(campaign_id=campaign_id, reason="", **named))
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="first_sift_named", criterion=criterion_id,
        minimum=session.get_one(Criterion, (campaign_id, criterion_id)).minimum,
    )  # fmt: skip


def drop_first_sift(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> None:
    """Take the stage out again; nothing happens where there is none."""
    _being_prepared(session, actor, campaign_id)
    row = find_first_sift(session, campaign_id)
    if row is None:
        return
    session.delete(row)
    session.flush()
    session.delete(session.get_one(Stage, (campaign_id, STAGE_POSITION)))
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="first_sift_dropped")


def _being_prepared(session: Session, actor: Actor, campaign_id: UUID) -> None:
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.DRAFT, act="plan a first sift")


def lead_of(session: Session, campaign_id: UUID) -> UUID | None:
    """The lead criterion, where a first sift is planned."""
    row = find_first_sift(session, campaign_id)
    return row.criterion_id if row else None


def decide_first_sift(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, is_held: bool, reason: str
) -> None:
    """Say, once applications have closed and before anybody reads, whether the first sift is held, and why.

    It can be decided anew until the sift opens: until then nobody has read anything.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="decide on the first sift")
    row = find_first_sift(session, campaign_id)
    if row is None:
        raise TooSoon("The advert said nothing of a first sift, so none can be held.")
    if desk.now < campaign.closes_at:
        raise TooSoon("Decide on the first sift after the closing time: it depends on how many apply.")
    said = check_decision(reason)
    if is_held:
        require_lead(session, campaign_id, row.criterion_id, "held")
    row.was_held, row.reason, row.decided_by, row.decided_at = is_held, said, actor.id, desk.now
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="first_sift_decided", is_held=is_held,
        reason=said,
    )  # fmt: skip


def require_decided(session: Session, campaign: Campaign) -> None:
    """`TooSoon` while a first sift is planned and nobody has decided whether it is held."""
    row = find_first_sift(session, campaign.id)
    if row is not None and not is_decided(row.decided_at, campaign.closes_at):
        raise TooSoon("Decide first whether the first sift is held. The advert said that it may be.")


def read_first_sift(session: Session, *, actor: Actor, campaign_id: UUID) -> ReadFirstSift | None:
    """For those who see coverage; None where none is planned."""
    campaign = require(session, actor, campaign_id, Permission.SEE_COVERAGE)
    row = find_first_sift(session, campaign_id)
    if row is None:
        return None
    criterion = session.get_one(Criterion, (campaign_id, row.criterion_id))
    running = (
        select(func.count()).select_from(Application).where(Application.campaign_id == campaign_id, is_running())
    )
    settled = running.join(
        FirstSiftResult,
        (FirstSiftResult.campaign_id == Application.campaign_id)
        & (FirstSiftResult.application_id == Application.id),
    )
    return ReadFirstSift(
        row.criterion_id,
        criterion.name,
        criterion.minimum,
        tuple(numbers_of(session, campaign_id, row.criterion_id)),
        row.was_held,
        is_decided(row.decided_at, campaign.closes_at),
        row.reason,
        session.scalar(running) or 0,
        session.scalar(settled.where(FirstSiftResult.is_past)) or 0,
        session.scalar(settled.where(FirstSiftResult.is_past.is_(False))) or 0,
    )


def numbers_of(session: Session, campaign_id: UUID, criterion_id: UUID) -> list[int]:
    """The numbers of the questions that are scored on a criterion, in order."""
    leads = lead_questions(session, campaign_id, criterion_id)
    return list(
        session.scalars(
            select(Question.position)
            .where(Question.campaign_id == campaign_id, Question.id.in_(leads))
            .order_by(Question.position)
        )
    )


def reading_order(session: Session, campaign_id: UUID) -> list[UUID]:
    """The questions in the order in which their answers are read: those of a first sift come before the others."""
    row = find_first_sift(session, campaign_id)
    leads = set(lead_questions(session, campaign_id, row.criterion_id)) if row and row.was_held else set()
    asked = [question.id for question in list_questions(session, campaign_id)]
    return sorted(asked, key=lambda key: key not in leads)


_AT_A_TIME = 500


def reopen_results(session: Session, campaign_id: UUID, answer_ids: Sequence[UUID]) -> None:
    """Put back into the first sift whoever was below its line on scores that no longer count."""
    for start in range(0, len(answer_ids), _AT_A_TIME):
        owners = select(Answer.application_id).where(
            Answer.campaign_id == campaign_id, Answer.id.in_(answer_ids[start : start + _AT_A_TIME])
        )
        session.execute(
            delete(FirstSiftResult)
            .where(
                FirstSiftResult.campaign_id == campaign_id,
                FirstSiftResult.application_id.in_(owners),
                FirstSiftResult.is_past.is_(False),
            )
            .execution_options(synchronize_session="fetch")
        )
