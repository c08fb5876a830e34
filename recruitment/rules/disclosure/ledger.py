"""What was ever released of the same people, and a later release made safe against all of it.

Source: Hundepool et al. (2012), section 5.4 (linked tables, differencing). Two releases over people of whom some
are in both can be subtracted, so the people are cut into blocks that no release divides: whoever is in the year
but in no campaign that was released is a block, and its small counts are guarded as if they had been printed.
Nothing that was shown can be taken back: where a later release cannot be made safe it is refused or withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recruitment.rules.disclosure.asking import known_of_asking
from recruitment.rules.disclosure.attacker import Range
from recruitment.rules.disclosure.cells import TOTAL, Cell, Period, Shape
from recruitment.rules.disclosure.controlled import Controlled, Rules, control
from recruitment.rules.disclosure.sensitivity import primary_cells

MOST_BLOCKS = 12
"""Blocks that are read together. Two of nine characteristics take seconds, three already minutes; a period of many
campaigns is best released once, and its campaigns not on their own."""


class Refused(ValueError):
    """No release of these people can be made that is safe beside the earlier ones; the text says why."""


@dataclass(frozen=True)
class Held:
    """One campaign's exact counts, its cells under any one scope.

    `asked`: the lines of the shape that the campaign asked about; None: all of them.
    """

    shape: Shape
    numbers: Mapping[Cell, int]
    asked: frozenset[str] | None = None

    @property
    def lines(self) -> frozenset[str]:
        return frozenset(line.name for line in self.shape.lines) if self.asked is None else self.asked

    def over(self, shape: Shape, scope: str) -> dict[Cell, int]:
        """The counts in a shape with some of its stages, under another scope."""
        own = {
            (cell.line, cell.row, self.shape.stages[cell.stage]): number for cell, number in self.numbers.items()
        }
        return {cell: own[cell.line, cell.row, shape.stages[cell.stage]] for cell in shape.cells(scope)}


@dataclass(frozen=True)
class Entry:
    """One release: whose people, what the attacker reads in it, and what must stay unknown."""

    scope: str
    campaigns: frozenset[str]
    shape: Shape
    published: Mapping[Cell, Range]
    protected: frozenset[Cell]


@dataclass(frozen=True)
class Ledger:
    """Releases in the order in which they were made."""

    entries: tuple[Entry, ...] = ()

    def beside(self, campaigns: frozenset[str]) -> tuple[Entry, ...]:
        """The entries that share people with these, or with entries that do."""
        reached, found = set(campaigns), set[str]()
        while more := [entry for entry in self.entries if entry.scope not in found and entry.campaigns & reached]:
            for entry in more:
                found.add(entry.scope)
                reached |= entry.campaigns
        return tuple(entry for entry in self.entries if entry.scope in found)

    def release(
        self,
        scope: str,
        campaigns: frozenset[str],
        held: Mapping[str, Held],
        rules: Rules | None = None,
        *,
        lines: frozenset[str] | None = None,
    ) -> tuple[Controlled, Ledger]:
        """Control one release of these campaigns' people together, and the ledger with it.

        `held` has every campaign of the release and of the entries beside it. `lines`: those that are printed,
        where `held` has others that only an earlier release tells of, such as crossings. Refused where the same
        people were released, where they differ from an earlier release's by fewer than the threshold, or where
        nothing at all could be shown safely beside the earlier releases.
        """
        rules = rules or Rules()
        beside = self.beside(campaigns)
        if any(entry.scope == scope for entry in self.entries):
            raise Refused("This was released before, and a second version could be compared with the first.")
        for entry in beside:
            _refuse_close(campaigns, entry.campaigns, held, rules.threshold)
        laid = laid_out(scope, campaigns, beside, held, rules.threshold)
        printed = asked_lines([held[each] for each in campaigns]) | {TOTAL}
        made = control(
            laid.shapes,
            laid.numbers,
            rules,
            periods=laid.periods,
            earlier=laid.known,
            new=(scope,),
            lines=printed if lines is None else printed & lines,
            guarded=laid.guarded,
        )
        if beside and not made.is_whole:
            raise Refused("Beside what was released earlier, no figure of this release would be safe.")
        entry = Entry(scope, campaigns, laid.shapes[scope], made.published, made.protected)
        return made, Ledger((*self.entries, entry))


def _people(campaigns: frozenset[str], held: Mapping[str, Held]) -> int:
    return sum(
        number
        for campaign in campaigns
        for cell, number in held[campaign].numbers.items()
        if cell.line == TOTAL and cell.stage == 0
    )


def _refuse_close(
    campaigns: frozenset[str], others: frozenset[str], held: Mapping[str, Held], threshold: int
) -> None:
    if campaigns == others:
        raise Refused("These people's figures were released before, and could be compared with the new ones.")
    for one, other in ((campaigns, others), (others, campaigns)):
        if one & other and 0 < _people(one - other, held) < threshold:
            raise Refused(
                f"An earlier release is of the same people but for fewer than {threshold}: the difference would "
                "be theirs."
            )


def asked_lines(campaigns: Iterable[Held]) -> frozenset[str]:
    """The lines that any of them asked about: of others there is nothing to print or to protect."""
    return frozenset[str]().union(*(each.lines for each in campaigns))


def asked_cells(scope: str, shape: Shape, campaigns: Iterable[Held]) -> list[Cell]:
    wanted = asked_lines(campaigns) | {TOTAL}
    return [cell for cell in shape.cells(scope) if cell.line in wanted]


def pooled_shape(shapes: Sequence[Shape]) -> Shape:
    """The first shape over the stages that all have. ValueError where the questions differ."""
    first = shapes[0]
    if any(shape.lines != first.lines or shape.inside != first.inside for shape in shapes):
        raise ValueError("These campaigns did not ask the same questions.")
    shared = tuple(stage for stage in first.stages if all(stage in shape.stages for shape in shapes))
    return Shape(shared, first.lines, first.inside)


def pooled(scope: str, campaigns: Sequence[Held]) -> tuple[Shape, dict[Cell, int]]:
    """Several campaigns counted together."""
    shape = pooled_shape([each.shape for each in campaigns])
    numbers = dict.fromkeys(shape.cells(scope), 0)
    for each in campaigns:
        for cell, number in each.over(shape, scope).items():
            numbers[cell] += number
    return shape, numbers


@dataclass(frozen=True)
class LaidOut:
    """Every scope and block with its numbers, which is the sum of which, and what must stay unknown.

    `known`: what the releases beside it tell, and which campaigns asked what.
    """

    shapes: dict[str, Shape]
    numbers: dict[Cell, int]
    periods: list[Period]
    guarded: set[Cell]
    known: dict[Cell, Sequence[Range]]


def laid_out(
    scope: str, campaigns: frozenset[str], beside: Sequence[Entry], held: Mapping[str, Held], threshold: int
) -> LaidOut:
    """What is read together for one release of these campaigns' people."""
    scopes = {entry.scope: entry.campaigns for entry in beside} | {scope: campaigns}
    blocks: dict[frozenset[str], set[str]] = {}
    for campaign in sorted(frozenset().union(*scopes.values())):
        members = frozenset(name for name, own in scopes.items() if campaign in own)
        blocks.setdefault(members, set()).add(campaign)
    if len(blocks) > MOST_BLOCKS:
        raise Refused("Too many earlier releases divide these people for all of them to be read together.")
    shapes: dict[str, Shape] = {}
    numbers: dict[Cell, int] = {}
    guarded = {cell for entry in beside for cell in entry.protected}
    names: dict[frozenset[str], str] = {}
    for name, own in scopes.items():
        shapes[name], counted = pooled(name, [held[each] for each in sorted(own)])
        numbers |= counted
        names.setdefault(own, name)
    parts: dict[str, list[str]] = {name: [] for name in scopes}
    for number, (members, own_campaigns) in enumerate(blocks.items()):
        own = frozenset(own_campaigns)
        if own not in names:
            block = f"people of block {number}"
            names[own] = block
            shapes[block], counted = pooled(block, [held[each] for each in sorted(own)])
            numbers |= counted
            cells = asked_cells(block, shapes[block], [held[each] for each in own])
            guarded |= primary_cells(cells, counted, threshold)
        for name in members:
            if name != names[own]:
                parts[name].append(names[own])
    periods = [Period(name, tuple(own)) for name, own in parts.items() if own]
    known: dict[Cell, Sequence[Range]] = {
        cell: (told,) for entry in beside for cell, told in entry.published.items()
    }
    for name, own in (scopes | {name: own for own, name in names.items()}).items():
        asked = [held[each].lines for each in own]
        for cell, noughts in known_of_asking(name, shapes[name], asked, numbers).items():
            known[cell] = (*known.get(cell, ()), *noughts)
    return LaidOut(shapes, numbers, periods, guarded, known)
