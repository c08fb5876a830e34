"""How far the sift has come, and how well its shortlisters agree; no application is told apart."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.eligibility import why_unchecked
from recruitment.rules.errors import TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import Agreement, agreement
from recruitment.rules.sift_counts import Counted, Counts
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.rankings import write_ranking
from recruitment.services.sift_counts import count_anew, read_counts
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Criterion
from recruitment.store.closing_times import last_personal_closing
from recruitment.store.eligibility import waiting_count
from recruitment.store.first_sifts import count_in_first_sift
from recruitment.store.people import Person

_PAIRS = (Counted.PAIRS, Counted.SAME, Counted.WITHIN_ONE)


@dataclass(frozen=True)
class Progress:
    name: str
    scores_wanted: int
    scores_given: int
    recused: int


@dataclass(frozen=True)
class CriterionAgreement:
    name: str
    agreement: Agreement


@dataclass(frozen=True)
class Coverage:
    """`unfilled`: answers with fewer shortlisters than the campaign wants, after recusals."""

    shortlisters: tuple[Progress, ...]
    criteria: tuple[CriterionAgreement, ...]
    to_moderate: int
    in_moderation: int
    moderated: int
    unfilled: int

    @property
    def is_complete(self) -> bool:
        return all(p.scores_given >= p.scores_wanted for p in self.shortlisters) and not self.unfilled


def read_coverage(session: Session, *, actor: Actor, campaign_id: UUID) -> Coverage:
    """From the counts that are kept with the scores: a few dozen rows, however many applied."""
    require(session, actor, campaign_id, Permission.SEE_COVERAGE)
    counts = read_counts(session, campaign_id)
    criteria = session.execute(
        select(Criterion.id, Criterion.name)
        .where(Criterion.campaign_id == campaign_id)
        .order_by(Criterion.position)
    ).all()

    def of_criteria(counted: Counted) -> int:
        return sum(counts[counted, criterion_id] for criterion_id, _ in criteria)

    return Coverage(
        _progress(session, counts),
        tuple(
            CriterionAgreement(name, agreement(*(counts[counted, criterion_id] for counted in _PAIRS)))
            for criterion_id, name in criteria
            if counts[Counted.GIVEN, criterion_id]
        ),
        of_criteria(Counted.TO_MODERATE),
        of_criteria(Counted.IN_MODERATION),
        of_criteria(Counted.MODERATED),
        counts[Counted.UNFILLED, campaign_id],
    )


def _progress(session: Session, counts: Counts) -> tuple[Progress, ...]:
    """Whoever was ever handed an answer."""
    people = [of_id for (counted, of_id), number in counts.items() if counted is Counted.HANDED_OUT and number]
    rows = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(people)).order_by(Person.name, Person.id)
    )
    columns = (Counted.SCORES_WANTED, Counted.SCORES_GIVEN, Counted.PASSED_ON)
    return tuple(Progress(name, *(counts[counted, person_id] for counted in columns)) for person_id, name in rows)


def lock_scores(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> None:
    """Close the sift: every score in, every difference agreed. After it no score changes."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="lock the scores")
    last = last_personal_closing(session, campaign_id)
    if last is not None and desk.now < last:
        raise TooSoon(
            "A candidate with a later closing time may still apply: see the closing times of the campaign."
        )
    if waiting := session.scalar(waiting_count(campaign_id)):
        raise TooSoon(why_unchecked(waiting))
    if count_in_first_sift(session, campaign_id):
        raise TooSoon("Close the first sift first: whoever reaches its minimum is still to be read in full.")
    # Counted anew: nothing may stand between the scores and their lock.
    count_anew(session, campaign_id)
    coverage = read_coverage(session, actor=actor, campaign_id=campaign_id)
    if not coverage.is_complete:
        raise TooSoon("Some answers are not scored by all of their shortlisters yet.")
    if coverage.to_moderate or coverage.in_moderation:
        left = coverage.to_moderate + coverage.in_moderation
        raise TooSoon(f"{left} differing scores are not agreed yet: arrange moderation and wait for it.")
    campaign.state = CampaignState.SCORED
    write_ranking(session, campaign_id)
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="scores_locked")
