"""The anonymous ranking: worked out from the scores when they lock, read by its places, gone at the freeze.

Nobody sees it before the scores lock, since it is not there; scorers and panel never see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import BlindResult, final_score, meets_minimum, ranked_groups, weighted_total
from recruitment.services.permissions import require
from recruitment.store.applications import Answer, Application, is_in_use
from recruitment.store.campaigns import Campaign, Criterion
from recruitment.store.eligibility import is_running
from recruitment.store.first_sifts import is_cut
from recruitment.store.sift import Allocation, AllocationState, BlindTotal, Moderation, Score

_MOST = 2**63 - 1  # of the column


def blind_results(session: Session, campaign_id: UUID) -> dict[UUID, BlindResult]:
    """Application → exact weighted total and whether every minimum is met; withdrawn ones are left out.

    So are those that did not go past a first sift: they lack a minimum, and a total of one part has no rank.
    """
    criteria = {
        row.id: row for row in session.scalars(select(Criterion).where(Criterion.campaign_id == campaign_id))
    }
    scores: dict[UUID, dict[tuple[UUID, UUID], list[int]]] = {}
    for application_id, question_id, criterion_id, value in session.execute(
        select(Answer.application_id, Answer.question_id, Score.criterion_id, Score.value)
        .join(
            Allocation,
            (Allocation.campaign_id == Answer.campaign_id) & (Allocation.answer_id == Answer.id),
        )
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(
            Answer.campaign_id == campaign_id,
            Allocation.state == AllocationState.OPEN,
            is_in_use(),
            ~is_cut(),
        )
    ):
        scores.setdefault(application_id, {}).setdefault((question_id, criterion_id), []).append(value)
    agreed = {
        (application_id, question_id, criterion_id): value
        for application_id, question_id, criterion_id, value in session.execute(
            select(Answer.application_id, Answer.question_id, Moderation.criterion_id, Moderation.agreed_value)
            .join(Answer, (Answer.campaign_id == Moderation.campaign_id) & (Answer.id == Moderation.answer_id))
            .where(Moderation.campaign_id == campaign_id, Moderation.agreed_value.is_not(None))
        )
    }
    results = {}
    for application_id, found in scores.items():
        finals = {key: final_score(values, agreed.get((application_id, *key))) for key, values in found.items()}
        weights = {key: criteria[key[1]].weight for key in finals}
        minimums = {key: criteria[key[1]].minimum for key in finals}
        results[application_id] = BlindResult(
            application_id.hex, weighted_total(finals, weights), meets_minimum(finals, minimums)
        )
    return results


@dataclass(frozen=True)
class RankedReference:
    reference: str
    total: Fraction
    meets_minimum: bool
    is_tied: bool


@dataclass(frozen=True)
class Ranking:
    """Anonymous totals, best first, for the recruiter: a page of them.

    `next`: the reference behind which the next page begins, empty on the last one. There `cut` has the references
    that did not go past the first sift, which have no total.
    """

    state: CampaignState
    entries: tuple[RankedReference, ...]
    line: Fraction | None
    line_reason: str
    is_first: bool = True
    next: str = ""
    cut: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineTrial:
    """What a line would do: `kept_out` stand at or above it but below a minimum."""

    line: Fraction
    applications: int
    above: int
    kept_out: int
    tied_at_line: int


def write_ranking(session: Session, campaign_id: UUID) -> None:
    """Work out every place, once: the scores are locked, and what leaves later leaves the others' order alone."""
    session.flush()
    results = blind_results(session, campaign_id)
    parts = lcm(*(result.total.denominator for result in results.values()))
    references = references_of(session, campaign_id)
    ordered = [
        UUID(hex=key)
        for _, group in ranked_groups({key.hex: result.total for key, result in results.items()})
        for key in sorted(group, key=lambda key: references[UUID(hex=key)])
    ]
    forget_ranking(session, campaign_id)
    rows = [
        {
            "campaign_id": campaign_id,
            "application_id": key,
            "position": position,
            "total": int(results[key].total * parts),
            "parts": parts,
            "meets_minimum": results[key].meets_minimum,
        }
        for position, key in enumerate(ordered, 1)
    ]
    if rows:
        session.execute(insert(BlindTotal), rows)


def leave_ranking(session: Session, campaign_id: UUID, application_id: UUID) -> None:
    """Take out an application that was withdrawn."""
    session.execute(
        delete(BlindTotal).where(
            BlindTotal.campaign_id == campaign_id, BlindTotal.application_id == application_id
        )
    )


def forget_ranking(session: Session, campaign_id: UUID) -> None:
    session.execute(delete(BlindTotal).where(BlindTotal.campaign_id == campaign_id))


def has_somebody_able(session: Session, campaign_id: UUID) -> bool:
    """Whether anybody in the ranking meets every minimum."""
    able = select(BlindTotal.position).where(
        BlindTotal.campaign_id == campaign_id, BlindTotal.meets_minimum.is_(True)
    )
    return session.scalars(able.limit(1)).first() is not None


def _require_ranked(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.SET_INTERVIEW_LINE)
    require_state(
        CampaignState(campaign.state), CampaignState.SCORED, CampaignState.LINE_SET, act="see the ranking"
    )
    return campaign


def read_ranking(
    session: Session, *, actor: Actor, campaign_id: UUID, after: str = "", per_page: int | None = None
) -> Ranking:
    """A page of the ranking, behind a reference; all of it without a length. A reference that is not in it, as in
    an address that somebody changed, begins at the start again.
    """
    campaign = _require_ranked(session, actor, campaign_id)
    of_it = (Application.campaign_id == BlindTotal.campaign_id) & (Application.id == BlindTotal.application_id)
    ranked = BlindTotal.campaign_id == campaign_id
    behind, before = 0, None
    if after:
        place = select(BlindTotal.position, BlindTotal.total).join(Application, of_it)
        found = session.execute(place.where(ranked, Application.reference == after)).one_or_none()
        behind, before = found or (0, None)
    # The page first, then its references: joined before the limit, every total behind it would be.
    page = (
        select(BlindTotal)
        .where(ranked, BlindTotal.position > behind)
        .order_by(BlindTotal.position)
        .limit(None if per_page is None else per_page + 1)
        .subquery()
        .c
    )
    rows = session.execute(
        select(Application.reference, page.total, page.parts, page.meets_minimum)
        .join(Application, Application.id == page.application_id)
        .where(Application.campaign_id == campaign_id)
        .order_by(page.position)
    ).all()
    totals = [before, *(row.total for row in rows), None]
    shown, is_last = rows[:per_page], per_page is None or len(rows) <= per_page
    entries = tuple(
        # Equal totals stand side by side.
        RankedReference(name, Fraction(total, parts), is_able, total in (totals[place - 1], totals[place + 1]))
        for place, (name, total, parts, is_able) in enumerate(shown, 1)
    )
    line = Fraction(campaign.interview_line) if campaign.interview_line else None
    return Ranking(
        CampaignState(campaign.state),
        entries,
        line,
        campaign.interview_line_reason,
        behind == 0,
        "" if is_last else shown[-1].reference,
        tuple(session.scalars(_cut(campaign_id))) if is_last else (),
    )


def _cut(campaign_id: UUID) -> Select[str]:
    return (
        select(Application.reference)
        .where(Application.campaign_id == campaign_id, is_running(), is_cut())
        .order_by(Application.reference)
    )


def try_line(session: Session, *, actor: Actor, campaign_id: UUID, line: Fraction) -> LineTrial:
    """How many would stand at or above a line; it changes nothing."""
    _require_ranked(session, actor, campaign_id)
    ranked = BlindTotal.campaign_id == campaign_id
    parts = session.scalar(select(BlindTotal.parts).where(ranked).limit(1)) or 1
    is_reached = BlindTotal.total >= min(ceil(line * parts), _MOST)
    is_able = BlindTotal.meets_minimum.is_(True)
    applications, above, reaching, lowest = session.execute(
        select(
            func.count(),
            func.count().filter(is_reached, is_able),
            func.count().filter(is_reached),
            func.min(BlindTotal.total).filter(is_reached, is_able),
        ).where(ranked)
    ).one()
    tied = session.scalar(select(func.count()).where(ranked, BlindTotal.total == lowest, is_able))
    return LineTrial(line, applications, above, reaching - above, tied or 0)


def references_of(session: Session, campaign_id: UUID) -> dict[UUID, str]:
    return {
        application_id: reference
        for application_id, reference in session.execute(
            select(Application.id, Application.reference).where(Application.campaign_id == campaign_id)
        )
    }
