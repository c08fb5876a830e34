"""How far shortlisters agree, and whether the shortlist hangs on one of them; borderline scores to moderation.

Until the scores lock, a shortlister can still change one, and the recruiter may have read adjustments by
reference: so figures then stand beside "Shortlister 1", and borderline applications are a number. Locked, they
have names and references, as coverage and ranking do. Once the shortlist is frozen, nothing tells who was near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached, require_state
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.scorer_agreement import (
    Alpha,
    GivenScore,
    PairAgreement,
    Sensitivity,
    Severity,
    by_unit,
    pair_agreements,
    places_at,
    read_alpha,
    read_sensitivity,
    severities,
)
from recruitment.rules.scorer_agreement.sensitivity import Change, Trial
from recruitment.services.desk import Desk
from recruitment.services.given_scores import GivenScores, read_given_scores
from recruitment.services.permissions import require
from recruitment.services.sift_counts import count_anew
from recruitment.services.trail import record_event
from recruitment.store.sift import Moderation

_TRIED = (CampaignState.SIFTING, CampaignState.SCORED, CampaignState.LINE_SET)


@dataclass(frozen=True)
class CriterionAlpha:
    name: str
    alpha: Alpha


@dataclass(frozen=True)
class ScorerFigures:
    """`name` is the person's, or "Shortlister 1" before the scores lock."""

    name: str
    severity: Severity


@dataclass(frozen=True)
class PairFigures:
    names: tuple[str, str]
    agreement: PairAgreement


@dataclass(frozen=True)
class HangingPlace:
    """An application that changes side: its place in the ranking, whether it is on the shortlist as the scores
    stand, and with whom: the names of those `left_out`, and of the harshest or kindest `levelled` with the others.
    """

    reference: str
    place: int
    is_shortlisted: bool
    left_out: tuple[str, ...]
    levelled: tuple[str, ...]


@dataclass(frozen=True)
class ShortlistTrial:
    """What happened to a shortlist of so many places when shortlisters were left out one by one, or one was
    brought to the others' level. Which places are `hanging` on somebody is empty until the scores lock.

    `shortlisted` may exceed `places`: ties come in. `to_moderate`: scores that differ and can still be agreed.
    """

    places: int
    shortlisted: int
    left_out: int
    left_out_changing: int
    changed_by_leaving_out: int
    changed_by_harshest: int | None
    changed_by_kindest: int | None
    largest_move: int
    borderline: int
    hanging: tuple[HangingPlace, ...]
    to_moderate: int


@dataclass(frozen=True)
class ScorerAgreement:
    """`scorers` and `pairs` are empty until every score is in; `trial` is None until then, without a number of
    interviews, during a first sift, and once the shortlist is frozen. `line_places`: how many stand above a line
    that is set.
    """

    state: CampaignState
    is_complete: bool
    is_named: bool
    overall: Alpha
    criteria: tuple[CriterionAlpha, ...]
    scorers: tuple[ScorerFigures, ...]
    pairs: tuple[PairFigures, ...]
    line_places: int | None
    trial: ShortlistTrial | None
    in_first_sift: bool = False

    @property
    def can_be_tried(self) -> bool:
        return self.is_complete and self.state in _TRIED and not self.in_first_sift


def read_scorer_agreement(
    session: Session, *, actor: Actor, campaign_id: UUID, places: int | None = None
) -> ScorerAgreement:
    """For the recruiter. `places`: how many would be interviewed, for "would the shortlist change?"; a line that
    is set says it instead. `Invalid` below 1.
    """
    campaign = require(session, actor, campaign_id, Permission.SEE_COVERAGE)
    state = CampaignState(campaign.state)
    if not has_reached(state, CampaignState.SIFTING):
        raise TooSoon("Shortlisters have not scored yet: agreement shows once the sift is open.")
    sift = read_given_scores(session, campaign)
    is_named = has_reached(state, CampaignState.SCORED)
    told = severities(sift.case.scores) if sift.is_complete else ()
    line_places = None
    if state is CampaignState.LINE_SET and campaign.interview_line:
        line_places = places_at(sift.ranked, Fraction(campaign.interview_line)) or None
    wanted = line_places if line_places is not None else places
    trial = None
    if wanted is not None and sift.is_complete and state in _TRIED and not sift.in_first_sift:
        trial = _trial(sift, told, _checked(wanted), with_references=is_named)
    names = sift.names if is_named else _numbered(told)
    return ScorerAgreement(
        state,
        sift.is_complete,
        is_named,
        _alpha(campaign_id, sift.case.scores),
        tuple(
            CriterionAlpha(one.name, _alpha(campaign_id, scores))
            for one in sift.criteria
            if (scores := [score for score in sift.case.scores if score.criterion == one.id.hex])
        ),
        tuple(ScorerFigures(names[one.scorer], one) for one in _harshest_first(told)),
        _pairs(sift, names) if sift.is_complete else (),
        line_places,
        trial,
        sift.in_first_sift,
    )


def moderate_borderline(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, places: int) -> int:
    """Send every differing score of the borderline applications to moderation, all or none; how many.

    Moderation belongs to the sift, so this comes before the scores lock; the lock then waits for what was sent.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="arrange moderation")
    sift = read_given_scores(session, campaign)
    if not sift.is_complete:
        raise TooSoon("Some answers are not scored by all of their shortlisters yet.")
    if sift.in_first_sift:
        raise TooSoon("The first sift is under way: nobody can be near a line before the full sift.")
    found = read_sensitivity(sift.ranked, severities(sift.ranked.scores), places=_checked(places))
    units = sift.to_moderate(found)
    session.add_all(
        Moderation(
            campaign_id=campaign_id,
            answer_id=sift.answers[unit],
            criterion_id=UUID(hex=unit[2]),
            arranged_at=desk.now,
        )
        for unit in units
    )
    count_anew(session, campaign_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="borderline_moderation_arranged",
        answers=len(units),
        places=places,
    )
    return len(units)


def _checked(places: int) -> int:
    if places < 1:
        raise Invalid("Enter a number of interviews of 1 or more.", "places")
    return places


def _alpha(campaign_id: UUID, scores: Sequence[GivenScore]) -> Alpha:
    """From one seed for each campaign: the same scores show the same interval whenever the page is read."""
    given = by_unit(scores).values()
    random = Random(campaign_id.int)  # noqa: S311 - nothing secret hangs on it
    return read_alpha(([score.value for score in unit] for unit in given), random)


def _harshest_first(told: tuple[Severity, ...]) -> list[Severity]:
    return sorted(told, key=lambda one: (one.against_others.mean or Fraction(0), one.scorer))


def _numbered(told: tuple[Severity, ...]) -> dict[str, str]:
    return {one.scorer: f"Shortlister {number}" for number, one in enumerate(_harshest_first(told), 1)}


def _pairs(sift: GivenScores, names: dict[str, str]) -> tuple[PairFigures, ...]:
    """Those who agree least come first."""
    found = pair_agreements(sift.case.scores)
    ordered = sorted(found, key=lambda pair: 1 if pair.quadratic is None else pair.quadratic)
    return tuple(
        PairFigures((min(both := (names[pair.one], names[pair.other])), max(both)), pair) for pair in ordered
    )


def _trial(sift: GivenScores, told: tuple[Severity, ...], places: int, *, with_references: bool) -> ShortlistTrial:
    found = read_sensitivity(sift.ranked, told, places=places)
    left_out = found.of(Trial.LEFT_OUT)
    return ShortlistTrial(
        places,
        len(found.shortlist),
        len(left_out),
        sum(bool(change.changing) for change in left_out),
        _changed(left_out) or 0,
        _changed(found.of(Trial.HARSHEST)),
        _changed(found.of(Trial.KINDEST)),
        max((change.largest_move for change in found.changes), default=0),
        len(found.borderline),
        _hanging(sift, found) if with_references else (),
        len(sift.to_moderate(found)),
    )


def _hanging(sift: GivenScores, found: Sensitivity) -> tuple[HangingPlace, ...]:
    """In the order of the ranking."""

    def names(key: str, *trials: Trial) -> tuple[str, ...]:
        return tuple(sorted(sift.names[scorer] for scorer in found.scorers_of(key, *trials)))

    hanging = [
        HangingPlace(
            sift.references[key],
            found.places[key],
            key in found.shortlist,
            names(key, Trial.LEFT_OUT),
            names(key, Trial.HARSHEST, Trial.KINDEST),
        )
        for key in found.borderline
    ]
    return tuple(sorted(hanging, key=lambda one: (one.place, one.reference)))


def _changed(changes: tuple[Change, ...]) -> int | None:
    """How many applications change side in any of these; None where nothing was tried."""
    if not changes:
        return None
    return len(frozenset().union(*(change.changing for change in changes)))
