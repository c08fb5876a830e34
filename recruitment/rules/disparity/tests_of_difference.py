"""Tests of whether two selection rates differ by more than chance, and when there are too few to say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import erfc, sqrt

from scipy.stats import barnard_exact, boschloo_exact, fisher_exact, hypergeom

from recruitment.rules.disparity.rates import Rate
from recruitment.rules.disparity.ratios import Undefined

SMALLEST_EXPECTED_CELL = 5
BOSCHLOO_UP_TO = 200
FEWEST_CONSIDERED = 10
FEWEST_EXPECTED = 5


class Test(Enum):
    """Which test gave a p-value; the value is the name to print."""

    __test__ = False

    POOLED_Z = "pooled z test"
    FISHER = "Fisher's exact test"
    MID_P = "Fisher's exact test, mid-P"
    BOSCHLOO = "Boschloo's exact test"
    BARNARD = "Barnard's exact test"
    NO_VARIATION = "no test needed: everybody or nobody was selected"


@dataclass(frozen=True)
class Tested:
    """A two-sided p-value and the test it came from."""

    test: Test
    p: float


def _table(first: Rate, second: Rate) -> list[list[int]]:
    return [[rate.selected, rate.considered - rate.selected] for rate in (first, second)]


def expected_selections(first: Rate, second: Rate) -> float:
    """People of `second` who would be selected at the common rate. Raises ValueError where nobody was."""
    total = first.considered + second.considered
    if not total:
        raise ValueError("Nobody was considered.")
    return (first.selected + second.selected) * second.considered / total


def shortfall(first: Rate, second: Rate) -> float:
    """Expected minus actual selections of `second`; negative where more were selected than expected."""
    return expected_selections(first, second) - second.selected


def too_few(first: Rate, second: Rate) -> bool:
    """Fewer than 10 considered in the monitored (second) group, or fewer than 5 expected selections."""
    if second.considered < FEWEST_CONSIDERED:
        return True
    return expected_selections(first, second) < FEWEST_EXPECTED


def pooled_z(first: Rate, second: Rate) -> float:
    """The z statistic. Raises ValueError where a group is empty or everybody or nobody was selected."""
    n = first.considered + second.considered
    p = (first.selected + second.selected) / n if n else 0.0
    if not 0 < p < 1 or not first.considered or not second.considered:
        raise ValueError("The z statistic needs two groups and both outcomes.")
    return (first.share - second.share) / sqrt(p * (1 - p) * (1 / first.considered + 1 / second.considered))


def mid_p(first: Rate, second: Rate) -> float:
    """Fisher's two-sided p with half of the probability of tables as likely as the observed one."""
    n, k = first.considered + second.considered, first.selected + second.selected
    spread = hypergeom(n, k, first.considered)
    observed = spread.pmf(first.selected)
    least = max(0, k - second.considered)
    total = 0.0
    for count in range(least, min(k, first.considered) + 1):
        chance = float(spread.pmf(count))
        if abs(chance - observed) <= 1e-7 * observed:
            total += chance / 2
        elif chance < observed:
            total += chance
    return min(1.0, total)


def p_value(test: Test, first: Rate, second: Rate) -> float:
    """The two-sided p of one named test."""
    table = _table(first, second)
    if test is Test.POOLED_Z:
        return erfc(abs(pooled_z(first, second)) / sqrt(2))
    if test is Test.FISHER:
        return float(fisher_exact(table).pvalue)
    if test is Test.MID_P:
        return mid_p(first, second)
    if test is Test.NO_VARIATION:
        return 1.0
    exact = boschloo_exact if test is Test.BOSCHLOO else barnard_exact
    return min(1.0, float(exact(table).pvalue))


def chosen_test(first: Rate, second: Rate) -> Test:
    """Pooled z where every expected cell is at least 5; else Boschloo, or Fisher above 200 people."""
    n, k = first.considered + second.considered, first.selected + second.selected
    if k in (0, n):
        return Test.NO_VARIATION
    if min(k, n - k) * min(first.considered, second.considered) >= SMALLEST_EXPECTED_CELL * n:
        return Test.POOLED_Z
    return Test.BOSCHLOO if n <= BOSCHLOO_UP_TO else Test.FISHER


def tested(first: Rate, second: Rate) -> Tested | Undefined:
    """The p-value by the test that fits the counts, or why there is none."""
    if not first.considered or not second.considered:
        return Undefined.NOBODY_CONSIDERED
    test = chosen_test(first, second)
    return Tested(test, p_value(test, first, second))
