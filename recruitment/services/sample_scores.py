"""Calibration: each shortlister scores the samples alone, then sees what the group gave and why.

Nothing here is read by moderation, ranking or the shortlist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.calibration import Spread, spread_of
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.scoring import reason_needed
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.reasons import check_reason, open_reason, seal_reason
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Anchor, Campaign, Criterion, Question, QuestionCriterion
from recruitment.store.people import people_with_role
from recruitment.store.sample_answers import SampleAnswer, SampleScore, list_samples


@dataclass(frozen=True)
class SampleVoice:
    """One shortlister's score of a sample for one criterion."""

    name: str
    is_own: bool
    score: int
    reason: str


@dataclass(frozen=True)
class SampleCriterion:
    """A criterion with its guide; `voices` are empty until the reader has scored, then their own comes first."""

    id: UUID
    name: str
    description: str
    minimum: int
    anchors: tuple[tuple[int, str], ...]
    voices: tuple[SampleVoice, ...]
    spread: Spread | None


@dataclass(frozen=True)
class SampleToScore:
    """`others`: how many other shortlisters there are; `others_scored`: of them, 0 until the reader has scored."""

    id: UUID
    campaign_title: str
    number: int
    total: int
    question_number: int
    question_text: str
    text: str
    criteria: tuple[SampleCriterion, ...]
    lowest: int
    highest: int
    is_scored: bool
    others: int
    others_scored: int
    next: UUID | None


def _place(sample_id: UUID, criterion_id: UUID, person_id: UUID) -> str:
    return f"sample {sample_id} {criterion_id} {person_id}"


def _sifting(session: Session, actor: Actor, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS, lock=lock)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="score the sample answers")
    return campaign


def list_samples_to_score(session: Session, *, actor: Actor, campaign_id: UUID) -> list[tuple[UUID, bool]]:
    """The campaign's samples in order, and whether the actor has scored each; empty where it has none."""
    _sifting(session, actor, campaign_id)
    scored = set(
        session.scalars(
            select(SampleScore.sample_id).where(
                SampleScore.campaign_id == campaign_id, SampleScore.person_id == actor.id
            )
        )
    )
    asked = set(
        session.scalars(select(QuestionCriterion.question_id).where(QuestionCriterion.campaign_id == campaign_id))
    )
    return [(row.id, row.id in scored) for row in list_samples(session, campaign_id) if row.question_id in asked]


def find_sample_to_score(session: Session, *, actor: Actor, campaign_id: UUID) -> UUID | None:
    """The first sample that the actor has not scored; None when all are, or there are none."""
    found = list_samples_to_score(session, actor=actor, campaign_id=campaign_id)
    return next((sample_id for sample_id, is_scored in found if not is_scored), None)


def _criteria(session: Session, campaign_id: UUID, question_id: UUID) -> list[Criterion]:
    return list(
        session.scalars(
            select(Criterion)
            .join(
                QuestionCriterion,
                (QuestionCriterion.campaign_id == Criterion.campaign_id)
                & (QuestionCriterion.criterion_id == Criterion.id),
            )
            .where(Criterion.campaign_id == campaign_id, QuestionCriterion.question_id == question_id)
            .order_by(Criterion.position)
        )
    )


def read_sample(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, sample_id: UUID
) -> SampleToScore:
    """A sample to score; once the reader has, with every shortlister's scores and reasons."""
    campaign = _sifting(session, actor, campaign_id)
    samples = list_samples_to_score(session, actor=actor, campaign_id=campaign_id)
    done = dict(samples)
    sample = session.get(SampleAnswer, (campaign_id, sample_id))
    if sample is None or sample_id not in done:
        raise NotFound
    question = session.get_one(Question, (campaign_id, sample.question_id))
    criteria = _criteria(session, campaign_id, question.id)
    anchors: dict[UUID, list[tuple[int, str]]] = {}
    for anchor in session.scalars(
        select(Anchor)
        .where(Anchor.campaign_id == campaign_id, Anchor.criterion_id.in_([one.id for one in criteria]))
        .order_by(Anchor.score)
    ):
        anchors.setdefault(anchor.criterion_id, []).append((anchor.score, anchor.text))
    people = {person.id: person.name for person in people_with_role(session, campaign_id, Role.SHORTLISTER)}
    is_scored = done[sample_id]
    voices = _voices(session, actor, desk, campaign_id, sample_id, people) if is_scored else {}
    numbers = [one for one, _ in samples]
    others = people.keys() - {actor.id}
    heard = {person_id for person_id, _ in voices} - {actor.id}
    return SampleToScore(
        sample_id,
        campaign.title,
        numbers.index(sample_id) + 1,
        len(numbers),
        question.position,
        question.text,
        sample.text,
        tuple(
            _guided(one, anchors.get(one.id, []), [v for (_, key), v in voices.items() if key == one.id])
            for one in criteria
        ),
        campaign.scale_min,
        campaign.scale_max,
        is_scored,
        len(others),
        len(heard),
        next((one for one, is_done in samples if not is_done and one != sample_id), None),
    )


def _guided(criterion: Criterion, anchors: list[tuple[int, str]], voices: list[SampleVoice]) -> SampleCriterion:
    return SampleCriterion(
        criterion.id,
        criterion.name,
        criterion.description,
        criterion.minimum,
        tuple(anchors),
        tuple(sorted(voices, key=lambda voice: not voice.is_own)),
        spread_of([voice.score for voice in voices]),
    )


def _voices(
    session: Session, actor: Actor, desk: Desk, campaign_id: UUID, sample_id: UUID, people: Mapping[UUID, str]
) -> dict[tuple[UUID, UUID], SampleVoice]:
    """(person, criterion) → what they gave, of those who are shortlisters still, by name."""
    rows = session.scalars(
        select(SampleScore).where(SampleScore.campaign_id == campaign_id, SampleScore.sample_id == sample_id)
    )
    found = {(row.person_id, row.criterion_id): row for row in rows if row.person_id in people}
    order = {person_id: place for place, person_id in enumerate(people)}
    return {
        key: SampleVoice(
            people[row.person_id],
            row.person_id == actor.id,
            row.value,
            open_reason(desk, campaign_id, _place(sample_id, row.criterion_id, row.person_id), row.reason),
        )
        for key, row in sorted(found.items(), key=lambda item: order[item[0][0]])
    }


def score_sample(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    sample_id: UUID,
    given: Mapping[UUID, tuple[int | None, str]],
) -> bool:
    """Score a sample on each criterion of its question at once (criterion → score, reason); False when that was
    done before by the very same. `Invalid` names the criterion's id; `TooLate` once others' scores could be seen.
    """
    campaign = _sifting(session, actor, campaign_id, lock=True)
    sample = session.get(SampleAnswer, (campaign_id, sample_id))
    criteria = _criteria(session, campaign_id, sample.question_id) if sample is not None else []
    if not criteria:
        raise NotFound
    for criterion in criteria:
        value, reason = given.get(criterion.id, (None, ""))
        _check(campaign, criterion, value, reason)
    before = {
        row.criterion_id: row.value
        for row in session.scalars(
            select(SampleScore).where(
                SampleScore.campaign_id == campaign_id,
                SampleScore.sample_id == sample_id,
                SampleScore.person_id == actor.id,
            )
        )
    }
    if before:
        if all(before.get(criterion.id) == given[criterion.id][0] for criterion in criteria):
            return False
        raise TooLate("You have scored this sample and seen the others' scores, so yours stays as it is.")
    for criterion in criteria:
        value, reason = given[criterion.id]
        session.add(
            SampleScore(
                campaign_id=campaign_id,
                sample_id=sample_id,
                person_id=actor.id,
                criterion_id=criterion.id,
                value=value,
                reason=seal_reason(desk, campaign_id, _place(sample_id, criterion.id, actor.id), reason),
                scored_at=desk.now,
            )
        )
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="sample_scored")
    return True


def _check(campaign: Campaign, criterion: Criterion, value: int | None, reason: str) -> None:
    if value is None or not campaign.scale_min <= value <= campaign.scale_max:
        scale = f"{campaign.scale_min} to {campaign.scale_max}"
        raise Invalid(f"Choose a score from {scale} for “{criterion.name}”.", f"value {criterion.id}")
    check_reason(reason, f"reason {criterion.id}")
    if reason_needed(value, criterion.minimum) and not reason.strip():
        raise Invalid(
            f"Give a reason: {value} is below the minimum of {criterion.minimum} for “{criterion.name}”.",
            f"reason {criterion.id}",
        )
