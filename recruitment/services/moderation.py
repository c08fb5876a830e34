"""Moderation: where scores differ, the shortlisters of that answer see each other's and agree one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import differs
from recruitment.services.desk import Desk
from recruitment.services.moderation_lists import own_score_of_case
from recruitment.services.permissions import require
from recruitment.services.reasons import check_reason, open_reason, score_place, seal_reason
from recruitment.services.redacted import ShownPart, read_pieces, shown_parts
from recruitment.services.sift_counts import count_anew, counting
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Anchor, Campaign, Criterion, Question, list_criteria
from recruitment.store.people import Person
from recruitment.store.sift import Allocation, AllocationState, Moderation, ModerationProposal, Score


def _complete_scores(session: Session, campaign: Campaign) -> dict[tuple[UUID, UUID], list[int]]:
    """(answer, criterion) → the independent scores, where all of its shortlisters have scored."""
    found: dict[tuple[UUID, UUID], list[int]] = {}
    rows = session.execute(
        select(Allocation.answer_id, Score.criterion_id, Score.value)
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(Allocation.campaign_id == campaign.id, Allocation.state == AllocationState.OPEN)
        .order_by(Allocation.answer_id, Score.criterion_id, Score.value)
    )
    for answer_id, criterion_id, value in rows:
        found.setdefault((answer_id, criterion_id), []).append(value)
    holders = {
        answer_id: number
        for answer_id, number in session.execute(
            select(Allocation.answer_id, func.count())
            .where(Allocation.campaign_id == campaign.id, Allocation.state == AllocationState.OPEN)
            .group_by(Allocation.answer_id)
        )
    }
    return {key: values for key, values in found.items() if len(values) == holders[key[0]]}


def arrange_moderation(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> int:
    """Send every fully scored answer whose scores differ to moderation; how many were added."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="arrange moderation")
    minimums = {criterion.id: criterion.minimum for criterion in list_criteria(session, campaign_id)}
    arranged = {
        (answer_id, criterion_id)
        for answer_id, criterion_id in session.execute(
            select(Moderation.answer_id, Moderation.criterion_id).where(Moderation.campaign_id == campaign_id)
        )
    }
    new = [
        key
        for key, values in _complete_scores(session, campaign).items()
        if key not in arranged and differs(values, minimum=minimums[key[1]])
    ]
    session.add_all(
        Moderation(campaign_id=campaign_id, answer_id=answer_id, criterion_id=criterion_id, arranged_at=desk.now)
        for answer_id, criterion_id in new
    )
    count_anew(session, campaign_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="moderation_arranged",
        answers=len(new),
    )
    return len(new)


@dataclass(frozen=True)
class Voice:
    """One shortlister's part: the original score and reason, and what they would agree to."""

    name: str
    is_own: bool
    score: int
    reason: str
    proposed: int | None
    proposed_reason: str


@dataclass(frozen=True)
class ModerationCase:
    """`handle` is the reader's own handle of the answer; `voices` only ever hold its shortlisters."""

    handle: UUID
    criterion_id: UUID
    question_text: str
    parts: tuple[ShownPart, ...]
    criterion: str
    minimum: int
    lowest: int
    highest: int
    anchors: tuple[tuple[int, str], ...]
    voices: tuple[Voice, ...]
    agreed: int | None


def _own_case(
    session: Session, actor: Actor, campaign_id: UUID, handle: UUID, criterion_id: UUID
) -> tuple[Moderation, Answer]:
    """The case with its answer; `TooSoon` while the reader's own score is not in."""
    found = session.execute(
        select(Moderation, Answer, Score.value)
        .join(Answer, (Answer.campaign_id == Moderation.campaign_id) & (Answer.id == Moderation.answer_id))
        .join(
            Allocation,
            (Allocation.campaign_id == Moderation.campaign_id) & (Allocation.answer_id == Moderation.answer_id),
        )
        .outerjoin(Score, own_score_of_case())
        .where(
            Moderation.campaign_id == campaign_id,
            Moderation.criterion_id == criterion_id,
            Allocation.id == handle,
            Allocation.person_id == actor.id,
            Allocation.state == AllocationState.OPEN,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    moderation, answer, own_score = found
    if own_score is None:
        raise TooSoon("Score this answer on your own first. You can see the other scores once yours is saved.")
    return moderation, answer


def proposal_place(answer_id: UUID, criterion_id: UUID, person_id: UUID) -> str:
    return f"moderation {answer_id} {criterion_id} {person_id}"


def read_case(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, handle: UUID, criterion_id: UUID
) -> ModerationCase:
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="read moderation")
    moderation, answer = _own_case(session, actor, campaign_id, handle, criterion_id)
    question = session.get_one(Question, (campaign_id, answer.question_id))
    criterion = session.get_one(Criterion, (campaign_id, criterion_id))
    anchors = session.scalars(
        select(Anchor)
        .where(Anchor.campaign_id == campaign_id, Anchor.criterion_id == criterion_id)
        .order_by(Anchor.score)
    )
    return ModerationCase(
        handle,
        criterion_id,
        question.text,
        shown_parts(read_pieces(desk, campaign_id, answer.id, answer.redacted)),
        criterion.name,
        criterion.minimum,
        campaign.scale_min,
        campaign.scale_max,
        tuple((anchor.score, anchor.text) for anchor in anchors),
        _voices(session, actor, desk, campaign_id, answer.id, criterion_id),
        moderation.agreed_value,
    )


def _voices(
    session: Session, actor: Actor, desk: Desk, campaign_id: UUID, answer_id: UUID, criterion_id: UUID
) -> tuple[Voice, ...]:
    rows = session.execute(
        select(Person, Score, ModerationProposal)
        .select_from(Allocation)
        .join(Person, Person.id == Allocation.person_id)
        .join(
            Score,
            (Score.campaign_id == Allocation.campaign_id)
            & (Score.allocation_id == Allocation.id)
            & (Score.criterion_id == criterion_id),
        )
        .outerjoin(
            ModerationProposal,
            (ModerationProposal.campaign_id == Allocation.campaign_id)
            & (ModerationProposal.answer_id == answer_id)
            & (ModerationProposal.criterion_id == criterion_id)
            & (ModerationProposal.person_id == Person.id),
        )
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.answer_id == answer_id,
            Allocation.state == AllocationState.OPEN,
        )
        .order_by(Person.name, Person.id)
    )
    return tuple(
        Voice(
            person.name,
            person.id == actor.id,
            score.value,
            open_reason(desk, campaign_id, score_place(score.allocation_id, score.criterion_id), score.reason),
            proposal.value if proposal else None,
            open_reason(desk, campaign_id, proposal_place(answer_id, criterion_id, person.id), proposal.reason)
            if proposal
            else "",
        )
        for person, score, proposal in rows
    )


def propose_score(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    handle: UUID,
    criterion_id: UUID,
    value: int,
    reason: str,
) -> bool:
    """Say which score one would agree to, with a reason; agreed (True) once all of the answer's propose it."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="moderate")
    moderation, answer = _own_case(session, actor, campaign_id, handle, criterion_id)
    if moderation.agreed_value is not None:
        raise TooLate("This score is agreed.")
    if not campaign.scale_min <= value <= campaign.scale_max:
        raise Invalid(f"Choose a score from {campaign.scale_min} to {campaign.scale_max}.", "value")
    if not reason.strip():
        raise Invalid("Give a reason for the score you would agree to.", "reason")
    check_reason(reason)
    sealed = seal_reason(desk, campaign_id, proposal_place(answer.id, criterion_id, actor.id), reason)
    with counting(session, campaign_id, [answer.id]):
        session.merge(
            ModerationProposal(
                campaign_id=campaign_id,
                answer_id=answer.id,
                criterion_id=criterion_id,
                person_id=actor.id,
                value=value,
                reason=sealed,
                at=desk.now,
            )
        )
        session.flush()
        agreed = _is_agreed(session, campaign_id, answer.id, criterion_id, value)
        if agreed:
            moderation.agreed_value, moderation.agreed_at = value, desk.now
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="moderation_proposed",
        answer=answer.id,
        criterion=criterion_id,
        value=value,
        agreed=agreed,
    )
    return agreed


def _is_agreed(session: Session, campaign_id: UUID, answer_id: UUID, criterion_id: UUID, value: int) -> bool:
    proposed = session.scalars(
        select(ModerationProposal.value)
        .select_from(Allocation)
        .outerjoin(
            ModerationProposal,
            (ModerationProposal.campaign_id == Allocation.campaign_id)
            & (ModerationProposal.answer_id == Allocation.answer_id)
            & (ModerationProposal.criterion_id == criterion_id)
            & (ModerationProposal.person_id == Allocation.person_id),
        )
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.answer_id == answer_id,
            Allocation.state == AllocationState.OPEN,
        )
    ).all()
    return set(proposed) == {value}
