"""Which other numbers campaigns' figures may have, beside all their releases and one of their year, by exchange.

`Witnesses.met` answers for many figures at once, by the lemma of `exchanges`; `Proof.counts_of` writes one answer
out as whole numbers of every block, for whoever does not believe the lemma. `ledger` does not ask it yet: the
year's own figures, totals, leavers and the attacker who has guessed which asterisks are small are not read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from recruitment.rules.disclosure.cells import TOTAL, Shape
from recruitment.rules.disclosure.exchanges import (
    NO_END,
    Batch,
    Nodes,
    Ranges,
    Supply,
    Transfers,
    Undone,
    changed,
    push,
    spans,
    transfer,
)
from recruitment.rules.disclosure.linked_counts import Linked, Node, NotLinked, lines_of, taken

Array = Any
STEPS = (0, 1, 2, 4, 8)
"""By how many people totals are moved, beside being moved to the ends of what is small: each is tried."""


@dataclass(frozen=True)
class _Try:
    batch: Batch
    wants: Array
    moved: Transfers | None


@dataclass(frozen=True)
class Proof:
    """`met` [want]: the other number is possible. Where it is not met, nothing is known."""

    met: Array
    line: int
    blocks: Array
    _witnesses: Witnesses
    _found: dict[int, tuple[_Try, int]]

    def counts_of(self, want: int) -> list[Array]:
        """Of each line the counts [node, stage, block] in which it is so."""
        how, at = self._found[want]
        known, block = self._witnesses, int(self.blocks[want])
        return [
            _written_out(known, line, block, how.batch if line == self.line else None, at, how.moved)
            for line in range(len(known.lines))
        ]


class Witnesses:
    """Blocks that each at most one release tells alone, and one scope that holds them all.

    NotLinked for anything else. `small`: the threshold less one, to which small totals are moved.
    """

    def __init__(self, linked: Linked, shape: Shape, small: int) -> None:
        self.linked, self.lines = linked, lines_of(shape)
        several = np.flatnonzero(linked.inside.sum(axis=1) > 1)
        if len(several) != 1 or not linked.inside[several[0]].all():
            raise NotLinked("Only a year over its campaigns is read by exchange.")
        low = np.zeros(linked.counts.shape, dtype=np.int32)
        high = np.full(linked.counts.shape, NO_END, dtype=np.int32)
        for scope in np.flatnonzero(linked.inside.sum(axis=1) == 1):
            block = int(np.flatnonzero(linked.inside[scope])[0])
            own_low, own_high = linked.ends(int(scope))
            low[:, :, block] = np.maximum(low[:, :, block], own_low)
            high[:, :, block] = np.minimum(high[:, :, block], own_high)
        year = int(several[0])
        year_counts, ends = linked.scopes[:, :, [year]], linked.ends(year)
        year_low, year_high = (each[:, :, None] for each in ends)
        self.blocks = [taken(nodes, linked.place, linked.counts, low, high) for nodes in self.lines]
        self.over = [taken(nodes, linked.place, year_counts, year_low, year_high) for nodes in self.lines]
        total = [linked.place[TOTAL, TOTAL]]
        self.total = Ranges(linked.counts[total], low[total], high[total])
        self.supplies = [
            Supply(nodes, own, over) for nodes, own, over in zip(self.lines, self.blocks, self.over, strict=True)
        ]
        self.spans = spans(linked.counts.shape[1])
        self.moved = {
            (up, step): transfer(
                self.total,
                list(zip(self.blocks, self.supplies, strict=True)),
                self._wanted(small, step, up=up),
                up=up,
            )
            for up in (True, False)
            for step in STEPS
        }

    def _wanted(self, small: int, step: int, *, up: bool) -> Array:
        """The moves of totals, as runs of stages [span, block]."""
        counts = self.total.counts[0]
        is_small = (counts > 0) & (counts <= small)
        end = np.where(is_small, small if up else 1, counts)
        stages = range(1, len(counts)) if up else range(len(counts) - 2, -1, -1)
        if up:
            end = np.minimum(self.total.high[0], np.maximum(end, counts + step))
        else:
            end = np.maximum(self.total.low[0], np.minimum(end, counts - step)).clip(0)
        for stage in stages:
            end[stage] = np.minimum(end[stage], end[stage - 1]) if up else np.maximum(end[stage], end[stage + 1])
        left = np.maximum(end - counts, 0) if up else np.maximum(counts - end, 0)
        found = np.zeros((len(self.spans), counts.shape[1]), dtype=np.int32)
        for number in reversed(range(len(self.spans))):
            first, last = self.spans[number]
            found[number] = left[first : last + 1].min(axis=0)
            left[first : last + 1] -= found[number]
        return found

    def met(self, node: Node, stages: Array, blocks: Array, by: Array) -> Proof:
        """Whether a row's or declaration's count may be more or fewer, at least `by` people, by want."""
        line = next(number for number, nodes in enumerate(self.lines) if node in nodes.named)
        place = self.lines[line].named.index(node)
        met = np.zeros(len(by), dtype=bool)
        found: dict[int, tuple[_Try, int]] = {}
        for moved, is_undone in self._ways():
            wants = np.flatnonzero(~met)
            if not len(wants):
                break
            batch = self._batch(line, place, stages[wants], blocks[wants], by[wants], moved)
            undone = Undone(self.supplies[line], blocks[wants]) if is_undone else None
            if undone is None:
                batch.ranges = batch.ranges.within(self.over[line])
            push(self.lines[line], batch, undone)
            how = _Try(batch, wants, moved)
            found |= {int(wants[at]): (how, int(at)) for at in np.flatnonzero(batch.is_met)}
            met[wants] = batch.is_met
        return Proof(met, line, blocks, self, found)

    def _ways(self) -> list[tuple[Transfers | None, bool]]:
        """Within the year's own room; undone elsewhere; and each of these after people were moved."""
        moved: list[Transfers | None] = [None, *self.moved.values()]
        return [(each, is_undone) for each in moved for is_undone in (False, True)]

    def _batch(
        self, line: int, place: int, stages: Array, blocks: Array, by: Array, moved: Transfers | None
    ) -> Batch:
        own = self.blocks[line].take(blocks)
        start = own if moved is None else moved.lines[line].take(blocks)
        sense = np.array([((stages >= a) & (stages <= b)) * np.sign(by) for a, b in self.spans])
        wants = np.arange(len(by))
        gone = start.counts[place, stages, wants] - own.counts[place, stages, wants]
        batch = Batch(place, start, sense, np.abs(by) - gone * np.sign(by))
        if moved is not None:
            batch.used = moved.used[blocks].astype(np.int32)
        return batch


def _written_out(
    known: Witnesses, line: int, block: int, batch: Batch | None, want: int, moved: Transfers | None
) -> Array:
    nodes, true = known.lines[line], known.blocks[line]
    now = Ranges(true.counts.copy(), true.low, true.high)
    if moved is not None:
        now.counts[:, :, block] = moved.lines[line].counts[:, :, block]
        for span, at, others, atoms in moved.made:
            for one in np.flatnonzero(at == block):
                own = sorted(nodes.atoms[atoms[line][one]])
                _move(now, own, [], span, int(others[one]), sign=-1 if moved.up else 1)
    if batch is not None:
        now.counts[:, :, block] = batch.ranges.counts[:, :, want]
        for pair, span, wants, amounts in batch.made:
            for _ in range(int(amounts[wants == want].sum())):
                _undo(nodes, now, pair, span, block)
    return now.counts


def _undo(nodes: Nodes, now: Ranges, pair: tuple[int, int], span: tuple[int, int], block: int) -> None:
    """Make the opposite exchange in another block, or in none: the year's figures then bear it."""
    more, fewer = changed(nodes, pair[1], pair[0])
    everywhere = slice(None)
    rooms = [now.room(node, span, everywhere, up=True) for node in more]
    rooms += [now.room(node, span, everywhere, up=False) for node in fewer]
    able = np.minimum.reduce(rooms)
    able[block] = 0
    if (able > 0).any():
        _move(now, more, fewer, span, int(able.argmax()), sign=1)


def _move(now: Ranges, more: list[int], fewer: list[int], span: tuple[int, int], block: int, *, sign: int) -> None:
    at = np.array([block])
    now.move(more, span, at, np.int32(sign))
    now.move(fewer, span, at, np.int32(-sign))
