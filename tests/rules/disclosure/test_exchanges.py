"""What is claimed to remain possible beside many releases and their year is possible, and what is known is not."""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
import pytest

from recruitment.rules.disclosure import (
    DECLARED,
    TOTAL,
    Attacker,
    Cell,
    Line,
    Period,
    Range,
    Rules,
    Shape,
    Unknowns,
)
from recruitment.rules.disclosure.cells import crossing
from recruitment.rules.disclosure.controlled import control
from recruitment.rules.disclosure.linked_counts import Linked, NotLinked, Told, lines_of, stages_of
from recruitment.rules.disclosure.witnesses import Proof, Witnesses
from tests.rules.disclosure.test_random_funnels import SHAPE, counted, people

YEAR = "year"
Numbers = dict[str, dict[Cell, int]]


def invented(campaigns: int, seed: int) -> Numbers:
    random = Random(seed)
    return {name: counted(people(random), name) for name in (f"c{number}" for number in range(campaigns))}


def year_of(numbers: Numbers) -> dict[Cell, int]:
    return {
        cell: sum(own[Cell(name, cell.line, cell.row, cell.stage)] for name, own in numbers.items())
        for cell in SHAPE.cells(YEAR)
    }


def exactly(numbers: dict[Cell, int]) -> dict[Cell, Range]:
    return {cell: Range(number, number) for cell, number in numbers.items()}


def linked(numbers: Numbers, published: dict[str, dict[Cell, Range]]) -> Linked:
    told = [
        Told(name, frozenset(numbers) if name == YEAR else frozenset({name}), SHAPE.stages, each, ())
        for name, each in published.items()
    ]
    return Linked({name: (SHAPE.stages, own) for name, own in numbers.items()}, SHAPE.nodes(), told)


def released(numbers: Numbers, *, unreleased: int = 0) -> dict[str, dict[Cell, Range]]:
    """Every campaign but the last few controlled by itself, and the year by itself."""
    scopes = dict(list(numbers.items())[: len(numbers) - unreleased]) | {YEAR: year_of(numbers)}
    return {name: control({name: SHAPE}, own, Rules()).published for name, own in scopes.items()}


class Wants:
    """Of each small count, that it be 1 and that it be 7."""

    def __init__(self, known: Linked, node: tuple[str, str]) -> None:
        counts = known.counts[known.place[node]]
        stages, blocks = np.nonzero((counts > 0) & (counts < 8))
        number = counts[stages, blocks]
        self.stages, self.blocks = np.tile(stages, 2), np.tile(blocks, 2)
        self.by = np.concatenate([1 - number, 7 - number])
        kept = self.by != 0
        self.stages, self.blocks, self.by = self.stages[kept], self.blocks[kept], self.by[kept]


NODES = [node for node in SHAPE.nodes() if node != (TOTAL, TOTAL)]


class Read:
    """A year, everything claimed of it."""

    def __init__(self, campaigns: int, seed: int, *, unreleased: int = 0) -> None:
        self.numbers = invented(campaigns, seed)
        self.published = released(self.numbers, unreleased=unreleased)
        self.linked = linked(self.numbers, self.published)
        self.witnesses = Witnesses(self.linked, SHAPE, 7)
        self.claims: list[tuple[tuple[str, str], Wants, Proof]] = []
        for node in NODES:
            wants = Wants(self.linked, node)
            self.claims.append((node, wants, self.witnesses.met(node, wants.stages, wants.blocks, wants.by)))


@cache
def read(campaigns: int, seed: int, unreleased: int = 0) -> Read:
    return Read(campaigns, seed, unreleased=unreleased)


def disagreements(known: Read, every: list[np.ndarray]) -> list[str]:
    """What is wrong with counts [node, stage, block] of each line: campaigns, year and sums."""
    found, witnesses = [], known.witnesses
    totals = [
        counts[rows_of_first(nodes.named)].sum(axis=0)
        for nodes, counts in zip(witnesses.lines, every, strict=True)
    ]
    if any((other != totals[0]).any() for other in totals):
        found.append("the totals of two lines")
    if (totals[0] < witnesses.total.low[0]).any() or (totals[0] > witnesses.total.high[0]).any():
        found.append("a campaign's total")
    ends = known.linked.ends([each.name for each in known.linked.told].index(YEAR))
    at = known.linked.place[TOTAL, TOTAL]
    year = totals[0].sum(axis=1)
    if (year < ends[0][at]).any() or (year > ends[1][at]).any():
        found.append("the year's total")
    for line, counts in enumerate(every):
        found += line_disagreements(known, line, counts)
    return found


def line_disagreements(known: Read, line: int, counts: np.ndarray) -> list[str]:
    own, over = known.witnesses.blocks[line], known.witnesses.over[line]
    year = counts.sum(axis=2)[:, :, None]
    found = []
    if (counts < own.low).any() or (counts > own.high).any():
        found.append("a campaign's figure")
    if (year < over.low).any() or (year > over.high).any():
        found.append("the year's figure")
    if (counts < 0).any() or (np.diff(counts, axis=1) > 0).any() or (counts != np.round(counts)).any():
        found.append("more people later than before, or parts of people")
    nodes = known.witnesses.lines[line]
    for name in dict.fromkeys(name for name, _ in nodes.named):
        rows = [at for at, (own_line, row) in enumerate(nodes.named) if own_line == name and row != DECLARED]
        spoken = [at for at in rows if nodes.named[at][1] != "?"]
        declared = nodes.named.index((name, DECLARED))
        if (counts[spoken].sum(axis=0) != counts[declared]).any():
            found.append("those who answered")
        if (counts[rows].sum(axis=0) != counts[rows_of_first(nodes.named)].sum(axis=0)).any():
            found.append("the total")
    for at, (group, inner) in enumerate(nodes.spare):
        left = counts[group] - counts[list(inner)].sum(axis=0)
        # Of each stage's leavers, none with a background may be outside the group.
        leavers = left - np.vstack([left[1:], np.zeros_like(left[:1])])
        if (counts[len(nodes.named) + at] != left).any() or (leavers < 0).any():
            found.append("a group and its backgrounds")
    return found


def rows_of_first(named: tuple[tuple[str, str], ...]) -> list[int]:
    return [at for at, (name, row) in enumerate(named) if name == named[0][0] and row != DECLARED]


@pytest.mark.parametrize(("seed", "unreleased"), [(1, 0), (2, 0), (3, 5), (4, 7)])
def test_every_claim_can_be_written_out_and_agrees_with_all_that_was_published(seed: int, unreleased: int) -> None:
    known = read(12, seed, unreleased)
    written = 0
    for node, wants, proof in known.claims:
        at = known.witnesses.lines[proof.line].named.index(node)
        before = known.witnesses.blocks[proof.line].counts
        for want in np.flatnonzero(proof.met):
            every = proof.counts_of(int(want))
            assert not disagreements(known, every), (node, want)
            counts = every[proof.line]
            place = at, wants.stages[want], wants.blocks[want]
            assert (counts[place] - before[place]) * np.sign(wants.by[want]) >= abs(wants.by[want])
            written += 1
    assert written > 50


@pytest.mark.parametrize("seed", [1, 2])
def test_a_linear_programme_over_all_releases_does_not_shut_out_what_is_claimed(seed: int) -> None:
    known = read(12, seed)
    shapes = dict.fromkeys((YEAR, *known.numbers), SHAPE)
    everything = {cell: span for each in known.published.values() for cell, span in each.items()}
    attacker = Attacker(Unknowns(shapes, [Period(YEAR, tuple(known.numbers))]), everything)
    asked = 0
    for node, wants, proof in known.claims:
        for want in np.flatnonzero(proof.met)[:: max(1, int(proof.met.sum()) // 4)]:
            (name,) = known.linked.blocks[wants.blocks[want]]
            cell = Cell(name, *node, int(wants.stages[want]))
            possible = attacker.interval(cell)
            number = known.numbers[name][cell] + int(wants.by[want])
            if wants.by[want] < 0:
                assert possible.low <= number
            else:
                assert possible.high is None or possible.high >= number
            asked += 1
    assert asked > 30


def test_nothing_is_claimed_of_a_campaign_that_is_the_rest_of_exact_figures() -> None:
    numbers = invented(5, 7)
    published = {name: exactly(own) for name, own in numbers.items() if name != "c2"}
    published[YEAR] = exactly(year_of(numbers))
    known = linked(numbers, published)
    witnesses = Witnesses(known, SHAPE, 7)
    asked = 0
    for node in NODES:
        wants = Wants(known, node)
        asked += len(wants.by)
        assert not witnesses.met(node, wants.stages, wants.blocks, wants.by).met.any(), node
    assert asked


def test_an_exact_year_still_leaves_the_withheld_figures_of_two_campaigns_open() -> None:
    numbers = invented(6, 5)
    known = linked(numbers, {"c0": {}, YEAR: exactly(year_of(numbers))})
    witnesses = Witnesses(known, SHAPE, 7)
    met = []
    for node in NODES:
        wants = Wants(known, node)
        met += witnesses.met(node, wants.stages, wants.blocks, wants.by).met.tolist()
    assert any(met)


def test_most_small_counts_of_forty_campaigns_are_proved_open() -> None:
    known = read(40, 9)
    met = np.concatenate([proof.met for _, _, proof in known.claims])
    assert met.mean() > 0.75, met.mean()


def test_stages_that_some_campaigns_lack_find_their_place() -> None:
    assert stages_of([("a", "c"), ("a", "b", "c"), ("a", "c", "d")]) == ("a", "b", "c", "d")
    with pytest.raises(NotLinked, match="orders"):
        stages_of([("a", "b"), ("b", "a")])


def test_crossings_are_not_read_by_exchange() -> None:
    one, other = Line("sex", ("f", "m")), Line("group", ("a", "b"))
    crossed, sums = crossing("both", one, other)
    with pytest.raises(NotLinked, match="Crossed"):
        lines_of(Shape(("applied",), (one, other, crossed), sums))


def test_releases_that_divide_a_year_crosswise_are_not_read_by_exchange() -> None:
    numbers = invented(3, 1)
    known = linked(numbers, {YEAR: {}})
    halves = [frozenset({"c0", "c1"}), frozenset({"c1", "c2"})]
    several = [*known.told, *(Told(str(sorted(half)), half, SHAPE.stages, {}, ()) for half in halves)]
    again = Linked({name: (SHAPE.stages, own) for name, own in numbers.items()}, SHAPE.nodes(), several)
    with pytest.raises(NotLinked, match="year"):
        Witnesses(again, SHAPE, 7)
