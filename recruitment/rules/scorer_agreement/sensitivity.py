"""Would the shortlist change, were one scorer left out, or the harshest or kindest brought to the others' level?

The number of interviews stays; the line falls where that many stand above it, and a tie is never cut. Source for
leaving one out: Miller (1974), The jackknife; for bringing a marker to the others' level: Ofqual (2014), Review of
quality of marking, scaling of marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import lcm

from recruitment.rules.scorer_agreement.given import GivenScore, Unit, by_unit
from recruitment.rules.scorer_agreement.severity import Severity
from recruitment.rules.scoring import final_score, meets_minimum, weighted_total


class Trial(StrEnum):
    LEFT_OUT = "left_out"
    HARSHEST = "harshest_standardised"
    KINDEST = "kindest_standardised"


@dataclass(frozen=True)
class SiftCase:
    """Every given score of the applications that stand, what moderation agreed for a unit, and by criterion its
    weight and minimum.
    """

    scores: Sequence[GivenScore]
    agreed: Mapping[Unit, int]
    weights: Mapping[str, int]
    minimums: Mapping[str, int]


@dataclass(frozen=True)
class Change:
    """What one trial does to the shortlist; `largest_move`: the most places that any application moves."""

    trial: Trial
    scorer: str
    entering: frozenset[str]
    leaving: frozenset[str]
    largest_move: int

    @property
    def changing(self) -> frozenset[str]:
        return self.entering | self.leaving


@dataclass(frozen=True)
class Sensitivity:
    """`places` by application, 1 for the best: equal totals share one."""

    shortlist: frozenset[str]
    changes: tuple[Change, ...]
    places: Mapping[str, int]

    @property
    def borderline(self) -> frozenset[str]:
        """Those whom some trial would bring onto the shortlist or take off it."""
        return frozenset().union(*(change.changing for change in self.changes))

    def scorers_of(self, application: str, *trials: Trial) -> tuple[str, ...]:
        """The scorers with whom one of these trials brings the application onto the shortlist or takes it off."""
        found = [one.scorer for one in self.changes if one.trial in trials and application in one.changing]
        return tuple(dict.fromkeys(found))

    def of(self, trial: Trial) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.trial is trial)


@dataclass(frozen=True)
class _Standing:
    """Total and whether every minimum is met, for each application."""

    totals: dict[str, Fraction]
    able: frozenset[str]

    def ranks(self) -> dict[str, int]:
        """1 for the best; equal totals share a rank."""
        ordered = _in_order(self.totals, self.totals)
        found: dict[str, int] = {}
        previous: str | None = None
        for number, key in enumerate(ordered, 1):
            is_tied = previous is not None and self.totals[previous] == self.totals[key]
            found[key] = found[previous] if previous is not None and is_tied else number
            previous = key
        return found

    def shortlist(self, places: int) -> frozenset[str]:
        ordered = _in_order(self.able, self.totals)
        if len(ordered) <= places:
            return self.able
        line = self.totals[ordered[places - 1]]
        return frozenset(key for key in ordered if self.totals[key] >= line)


def _in_order(keys: Iterable[str], totals: Mapping[str, Fraction]) -> list[str]:
    """Best first; over one common denominator, as comparing many fractions is slow."""
    whole = lcm(*{total.denominator for total in totals.values()})
    return sorted(keys, key=lambda key: (-totals[key].numerator * (whole // totals[key].denominator), key))


@dataclass
class _Sift:
    """The case worked out once; a trial works out again only what its scorer scored."""

    case: SiftCase
    units: dict[Unit, list[GivenScore]]
    finals: dict[str, dict[Unit, Fraction]] = field(default_factory=dict)
    scored_by: dict[str, list[Unit]] = field(default_factory=dict)
    standing: _Standing = field(default_factory=lambda: _Standing({}, frozenset()))

    def __post_init__(self) -> None:
        for unit, given in self.units.items():
            final = final_score([score.value for score in given], self.case.agreed.get(unit))
            self.finals.setdefault(unit[0], {})[unit] = final
            for score in given:
                self.scored_by.setdefault(score.scorer, []).append(unit)
        self.standing = _Standing(
            {key: self._total(finals) for key, finals in self.finals.items()},
            frozenset(key for key, finals in self.finals.items() if self._is_able(finals)),
        )

    def _total(self, finals: Mapping[Unit, Fraction]) -> Fraction:
        return weighted_total(finals, {unit: self.case.weights[unit[2]] for unit in finals})

    def _is_able(self, finals: Mapping[Unit, Fraction]) -> bool:
        return meets_minimum(finals, {unit: self.case.minimums[unit[2]] for unit in finals})

    def without(self, scorer: str) -> _Standing:
        """The standing with that scorer left out. Agreed scores are everybody's and stay; so does the only score
        of a unit.
        """
        finals = {
            unit: Fraction(sum(score.value for score in given if score.scorer != scorer), len(given) - 1)
            for unit, given in self._shared_with(scorer)
        }
        return self._changed(finals, with_minimums=True)

    def shifted(self, scorer: str, points: Fraction) -> _Standing:
        """The standing with so many points taken from each score that scorer shares, minimums as they were."""
        finals = {
            unit: self.finals[unit[0]][unit] - points / len(given) for unit, given in self._shared_with(scorer)
        }
        return self._changed(finals, with_minimums=False)

    def _shared_with(self, scorer: str) -> Iterator[tuple[Unit, list[GivenScore]]]:
        for unit in self.scored_by.get(scorer, ()):
            given = self.units[unit]
            if unit not in self.case.agreed and len(given) > 1:
                yield unit, given

    def _changed(self, finals: Mapping[Unit, Fraction], *, with_minimums: bool) -> _Standing:
        changed: dict[str, dict[Unit, Fraction]] = {}
        totals = dict(self.standing.totals)
        for unit, final in finals.items():
            changed.setdefault(unit[0], {})[unit] = final
            totals[unit[0]] += self.case.weights[unit[2]] * (final - self.finals[unit[0]][unit])
        able = set(self.standing.able)
        if with_minimums:
            able -= changed.keys()
            able |= {key for key, found in changed.items() if self._is_able(self.finals[key] | found)}
        return _Standing(totals, frozenset(able))


def read_sensitivity(case: SiftCase, severities: Sequence[Severity], *, places: int) -> Sensitivity:
    """Try every scorer left out, then the harshest and the kindest brought to the others' mean. ValueError
    without a place.

    A scorer who is left out no longer counts towards a minimum. Bringing somebody to the others' level moves
    every score by a part of a point, which would put whoever stands exactly at a minimum on its other side: there
    the minimums are judged on the scores as they were given.
    """
    if places < 1:
        raise ValueError("A shortlist has one place or more.")
    sift = _Sift(case, by_unit(case.scores))
    before, ranks = sift.standing.shortlist(places), sift.standing.ranks()

    def compare(trial: Trial, scorer: str, now: _Standing) -> Change:
        after = now.shortlist(places)
        moves = (abs(rank - ranks[key]) for key, rank in now.ranks().items())
        return Change(trial, scorer, after - before, before - after, max(moves, default=0))

    changes = [compare(Trial.LEFT_OUT, scorer, sift.without(scorer)) for scorer in sorted(sift.scored_by)]
    for trial, severity in _outermost(severities):
        standing = sift.shifted(severity.scorer, severity.against_others.mean or Fraction(0))
        changes.append(compare(trial, severity.scorer, standing))
    return Sensitivity(before, tuple(changes), ranks)


def places_at(case: SiftCase, line: Fraction) -> int:
    """How many meet every minimum at or above an interview line."""
    standing = _Sift(case, by_unit(case.scores)).standing
    return sum(standing.totals[key] >= line for key in standing.able)


def _outermost(severities: Sequence[Severity]) -> list[tuple[Trial, Severity]]:
    """The harshest, if any is harsher than the others, and the kindest."""
    told = [one for one in severities if one.against_others.mean]
    means = {one.scorer: one.against_others.mean or Fraction(0) for one in told}
    ordered = sorted(told, key=lambda one: (means[one.scorer], one.scorer))
    found = []
    if ordered and means[ordered[0].scorer] < 0:
        found.append((Trial.HARSHEST, ordered[0]))
    if ordered and means[ordered[-1].scorer] > 0:
        found.append((Trial.KINDEST, ordered[-1]))
    return found
