"""Who is interviewed once the opt-ins to the Disability Confident scheme are known.

Sources: Disability Confident guidance (an interview for disabled applicants who meet the minimum criteria;
where that is not practicable, for those who best meet them); Equality Act 2010 s13(3) (more favourable
treatment is lawful).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from recruitment.rules.errors import Invalid, TooLate
from recruitment.rules.scoring import BlindResult, above_line, ranked_groups


@dataclass(frozen=True)
class VolumeRule:
    """The most interviews the scheme adds below the line, why, and when that was laid down."""

    cap: int
    reason: str
    recorded_at: datetime


def check_volume_rule(rule: VolumeRule, first_score_at: datetime | None) -> None:
    """Raises Invalid without a reason or a place, TooLate where a score was given before the rule or at
    its moment.
    """
    if rule.cap < 1:
        raise Invalid("The scheme must offer at least one interview.", "cap")
    if not rule.reason.strip():
        raise Invalid("Say why not all who meet the minimum can be interviewed.", "reason")
    if first_score_at is not None and rule.recorded_at >= first_score_at:
        raise TooLate("A limit on interviews under the scheme must be recorded before the first score is given.")


def _best_meeting(candidates: Iterable[BlindResult], cap: int) -> frozenset[str]:
    admitted: list[str] = []
    for _, group in ranked_groups({result.application_id: result.total for result in candidates}):
        if len(admitted) >= cap:
            break
        admitted += group
    return frozenset(admitted)


def resolve_shortlist(
    results: Sequence[BlindResult],
    line: Fraction,
    opt_ins: AbstractSet[str],
    *,
    rule: VolumeRule | None = None,
    first_score_at: datetime | None = None,
) -> frozenset[str]:
    """Those above the line and the opt-ins at or above the minimum, as one set that keeps no route of entry.

    With a volume rule, opt-ins below the line come in by their totals until its cap is reached, and all who
    tie for the last place come in. Raises Invalid for an opt-in without a result, and what
    `check_volume_rule` raises.
    """
    if rule is not None:
        check_volume_rule(rule, first_score_at)
    if not opt_ins <= {result.application_id for result in results}:
        raise Invalid("Somebody who chose the scheme has not been scored yet.")
    above = above_line(results, line)
    eligible = [result for result in results if result.application_id in opt_ins - above and result.meets_minimum]
    return above | _best_meeting(eligible, len(eligible) if rule is None else rule.cap)
