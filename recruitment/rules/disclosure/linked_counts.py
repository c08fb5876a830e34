"""The exact counts and published ranges of many releases as arrays, cut into blocks that no release divides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recruitment.rules.disclosure.attacker import Range
from recruitment.rules.disclosure.cells import DECLARED, Cell, Shape
from recruitment.rules.disclosure.exchanges import NO_END, Nodes, Ranges

Array = Any
Node = tuple[str, str]


class NotLinked(ValueError):
    """These shapes are of a kind that exchanges do not know."""


@dataclass(frozen=True)
class Told:
    """One release: its blocks' campaigns, its stages, what it published and what of it must stay unknown."""

    name: str
    campaigns: frozenset[str]
    stages: tuple[str, ...]
    published: Mapping[Cell, Range]
    protected: Iterable[Cell]


def stages_of(shapes: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """All stages in one order. NotLinked where two shapes have them in different orders."""
    found: list[str] = []
    rows = [tuple(each) for each in dict.fromkeys(tuple(shape) for shape in shapes)]
    for row in sorted(rows, key=len, reverse=True):
        at = 0
        for stage in row:
            if stage not in found:
                found.insert(at, stage)
            at = found.index(stage) + 1
    for row in rows:
        places = [found.index(stage) for stage in row]
        if places != sorted(places):
            raise NotLinked("The stages stand in different orders.")
    return tuple(found)


def lines_of(shape: Shape) -> list[Nodes]:
    """The lines, nested ones together, as nodes and atoms. NotLinked for crossings and deeper nestings."""
    outer = {each.outer for each in shape.inside}
    inner = {each.inner for each in shape.inside}
    if any(each.is_whole for each in shape.inside) or outer & inner:
        raise NotLinked("Crossed characteristics are not proved by exchange.")
    by_name = {line.name: line for line in shape.lines}
    found = []
    for line in shape.lines:
        if line.name in inner:
            continue
        nests = [each for each in shape.inside if each.outer == line.name]
        inners = {each.inner for each in nests}
        if len(inners) > 1 or any(each.outer != line.name for each in shape.inside if each.inner in inners):
            raise NotLinked("Only one characteristic may lie within another.")
        lines = [line, *(by_name[name] for name in inners)]
        named: list[Node] = [(each.name, row) for each in lines for row in each.rows]
        named += [(each.name, DECLARED) for each in lines if each.missing]
        at = {node: number for number, node in enumerate(named)}

        def of(name: str, row: str, at: dict[Node, int] = at) -> set[int]:
            own = {at[name, row]}
            return own | {at[name, DECLARED]} if row in by_name[name].spoken and (name, DECLARED) in at else own

        if len(lines) == 1:
            atoms = [frozenset(of(line.name, row)) for row in line.rows]
            found.append(Nodes(tuple(named), (), tuple(atoms)))
            continue
        within = lines[1]
        taken = {row for each in nests for row in each.rows}
        free = [row for row in within.rows if row not in taken]
        spare: list[tuple[int, tuple[int, ...]]] = []
        atoms = []
        for group in line.rows:
            rows = [row for each in nests if each.group == group for row in each.rows]
            extra: set[int] = set()
            if rows:
                extra = {len(named) + len(spare)}
                spare.append((at[line.name, group], tuple(at[within.name, row] for row in rows)))
            atoms += [frozenset(of(line.name, group) | of(within.name, row)) for row in rows]
            atoms += [frozenset(of(line.name, group) | of(within.name, row) | extra) for row in free]
        found.append(Nodes(tuple(named), tuple(spare), tuple(atoms)))
    return found


class Linked:
    """Blocks [node, stage, block] and the scopes of several blocks [node, stage, scope]; see `Ranges`.

    `numbers`: each campaign's stages and exact counts. A stage that a campaign does not have is given the number
    of the stage before, and no range: it is no more than a place where nothing is known.
    """

    def __init__(
        self,
        numbers: Mapping[str, tuple[Sequence[str], Mapping[Cell, int]]],
        nodes: Iterable[Node],
        told: Sequence[Told],
    ) -> None:
        self.told = list(told)
        self.stages = stages_of([own for own, _ in numbers.values()])
        self.place = {node: number for number, node in enumerate(nodes)}
        members: dict[tuple[int, ...], list[str]] = {}
        holding: dict[str, list[int]] = {name: [] for name in numbers}
        for number, each in enumerate(told):
            for name in each.campaigns:
                holding[name].append(number)
        for name, own in holding.items():
            members.setdefault(tuple(own), []).append(name)
        self.blocks = [tuple(names) for names in members.values()]
        self.inside = np.zeros((len(told), len(members)), dtype=bool)
        for number, own_scopes in enumerate(members):
            self.inside[list(own_scopes), number] = True
        arrays = {name: self._counted(*each) for name, each in numbers.items()}
        self.counts = np.stack([sum(arrays[name] for name in names) for names in self.blocks], axis=2)
        self.scopes = self.counts @ self.inside.T.astype(np.int32)

    def _counted(self, stages: Sequence[str], numbers: Mapping[Cell, int]) -> Array:
        found = np.full((len(self.place), len(self.stages)), -1, dtype=np.int32)
        at = [self.stages.index(stage) for stage in stages]
        for cell, number in numbers.items():
            place = self.place.get((cell.line, cell.row))
            if place is not None:
                found[place, at[cell.stage]] = number
        for stage in range(1, len(self.stages)):
            found[:, stage] = np.where(found[:, stage] < 0, found[:, stage - 1], found[:, stage])
        if (found < 0).any():
            raise NotLinked("A campaign lacks the first stage.")
        return found

    def at(self, scope: int, cell: Cell) -> tuple[int, int]:
        return self.place[cell.line, cell.row], self.stages.index(self.told[scope].stages[cell.stage])

    def ends(self, scope: int) -> tuple[Array, Array]:
        """What a release published: lowest and highest [node, stage]."""
        low = np.zeros(self.counts.shape[:2], dtype=np.int32)
        high = np.full(self.counts.shape[:2], NO_END, dtype=np.int32)
        at = [self.stages.index(stage) for stage in self.told[scope].stages]
        for cell, known in self.told[scope].published.items():
            place = self.place[cell.line, cell.row], at[cell.stage]
            low[place] = known.low
            high[place] = NO_END if known.high is None else known.high
        return low, high

    def kept(self, scope: int) -> Array:
        """What must stay unknown of a release [node, stage]."""
        found = np.zeros(self.counts.shape[:2], dtype=bool)
        at = [self.stages.index(stage) for stage in self.told[scope].stages]
        for cell in self.told[scope].protected:
            found[self.place[cell.line, cell.row], at[cell.stage]] = True
        return found


def taken(nodes: Nodes, place: Mapping[Node, int], counts: Array, low: Array, high: Array) -> Ranges:
    """One line's part of arrays over all nodes, with its nestings."""
    own = [place[node] for node in nodes.named]
    width = len(nodes.spare)
    extra = ((0, width), (0, 0), (0, 0))
    return Ranges(
        nodes.with_spare(counts[own]),
        np.pad(low[own], extra),
        np.pad(high[own], extra, constant_values=NO_END),
    )
