"""Proof by exchange that a figure may as well be another, across any number of releases at once.

Source: the moves are those of Diaconis and Sturmfels (1998), "Algebraic algorithms for sampling from conditional
distributions": one more here, one fewer there, so that no margin changes. Here they are counted, not sampled.

A *block* is the people whom no release divides, a *scope* several blocks of which one release tells together.
Somebody's answers to one line (or to two nested ones) are an *atom*: the rows, declarations and nestings
("nodes") that count them. An exchange over the stages a to b makes one more of atom r come as far as b instead of
stopping before a, and one of atom s the other way round: no total changes, so every line is proved by itself, with
everything else at its true number. `Ranges` says by how much each node may move.

*Lemma.* A block takes k exchanges, all of them allowed beside each other there by its own ranges (this is
calculated, in whole numbers). Each has to be undone in another block, so that no scope notices. One exchange moves
a node by one at most, so another block that has room for n of a kind has room for n-1 of that kind after any
exchange whatever. Where the other blocks that lie in the same scopes have room for k in sum of each kind used, all
k therefore find a place one after the other: whole numbers that agree with all that was published.
What the one scope over all blocks itself has room for need not be undone.

What is claimed is only that a want is met. Of one that is not met nothing is known: the search is greedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MOST = 16
"""Room beyond this many exchanges is never counted."""
NO_END = 1 << 24
KINDS = 12
"""Atoms that are tried against one: the most frequent."""

Array = Any


@dataclass(frozen=True)
class Nodes:
    """The figures of one line, or of nested ones: (line, row), and of each atom the places of its nodes.

    `spare`: those of a group with none of its inner rows; they are counted after the named nodes, each as its
    group less the rows.
    """

    named: tuple[tuple[str, str], ...]
    spare: tuple[tuple[int, tuple[int, ...]], ...]
    atoms: tuple[frozenset[int], ...]

    def with_spare(self, named: Array) -> Array:
        """Counts [node, stage, block] with those of nobody's rows."""
        more = [named[group] - named[list(rows)].sum(axis=0) for group, rows in self.spare]
        return np.concatenate([named, np.array(more)]) if more else named


@dataclass
class Ranges:
    """Counts of blocks or scopes and the published ends, each [node, stage, place]."""

    counts: Array
    low: Array
    high: Array

    def take(self, places: Array) -> Ranges:
        return Ranges(self.counts[:, :, places], self.low[:, :, places], self.high[:, :, places])

    def within(self, over: Ranges) -> Ranges:
        """The same where nothing is undone elsewhere: as far as the one scope of `over` has room too."""
        return Ranges(
            self.counts,
            np.maximum(self.low, self.counts - (over.counts - over.low)),
            np.minimum(self.high, self.counts + (over.high - over.counts)),
        )

    def room(self, node: int, span: tuple[int, int], places: Array, *, up: bool) -> Array:
        """By how much a node may rise or fall over a run of stages, at some places."""
        first, last = span
        here = slice(first, last + 1)
        counts = self.counts[node][:, places]
        if up:
            found = self.high[node, here][:, places] - counts[here]
            found = found.min(axis=0)
            return np.minimum(found, counts[first - 1] - counts[first]) if first else found
        found = (counts[here] - self.low[node, here][:, places]).min(axis=0)
        return np.minimum(found, counts[last] - counts[last + 1] if last + 1 < len(counts) else counts[last])

    def move(self, nodes: Sequence[int], span: tuple[int, int], places: Array, by: Array) -> None:
        for node in nodes:
            for stage in range(span[0], span[1] + 1):
                self.counts[node, stage, places] += by


def spans(stages: int) -> list[tuple[int, int]]:
    """Runs of stages, the shortest first."""
    return sorted(((a, b) for a in range(stages) for b in range(a, stages)), key=lambda each: each[1] - each[0])


class Supply:
    """How many exchanges of each kind the blocks of one class have room for: [gaining, losing, span].

    `over`: the scopes that hold them all. What those have room for need not be undone: it is one more place, in
    the opposite sense.
    """

    def __init__(self, nodes: Nodes, blocks: Ranges, over: Ranges | None = None) -> None:
        self.nodes, self.spans = nodes, spans(blocks.counts.shape[1])
        shape = (2, len(blocks.counts), len(self.spans), blocks.counts.shape[2])
        rooms = np.zeros(shape, dtype=np.int16)
        for node in range(shape[1]):
            for number, span in enumerate(self.spans):
                for up in (0, 1):
                    rooms[up, node, number] = blocks.room(node, span, slice(None), up=bool(up)).clip(0, MOST)
        if over is not None and over.counts.shape[2]:
            more = np.zeros((*shape[:3], 1), dtype=np.int16)
            for number, (first, last) in enumerate(self.spans):
                here = slice(first, last + 1)
                rise = (over.high - over.counts)[:, here].min(axis=(1, 2))
                fall = (over.counts - over.low)[:, here].min(axis=(1, 2))
                more[0, :, number, 0], more[1, :, number, 0] = rise.clip(0, MOST), fall.clip(0, MOST)
            rooms = np.concatenate([rooms, more], axis=3)
        self.rooms = rooms
        self._sums: dict[tuple[int, int], Array] = {}

    def each(self, gaining: int, losing: int) -> Array:
        """[span, block]."""
        more, fewer = changed(self.nodes, gaining, losing)
        return np.concatenate([self.rooms[1, more], self.rooms[0, fewer]]).min(axis=0)

    def sums(self, gaining: int, losing: int) -> Array:
        """[span]."""
        if (gaining, losing) not in self._sums:
            self._sums[gaining, losing] = self.each(gaining, losing).sum(axis=1, dtype=np.int32)
        return self._sums[gaining, losing]


def changed(nodes: Nodes, gaining: int, losing: int) -> tuple[list[int], list[int]]:
    one, other = nodes.atoms[gaining], nodes.atoms[losing]
    return sorted(one - other), sorted(other - one)


@dataclass
class Batch:
    """What is wanted of one node, in many places at once.

    `sense` [span, want]: 1 where the node must rise over that span, -1 where it must fall, 0 where it does not
    matter; `need` [want]: by how much.
    """

    node: int
    ranges: Ranges
    sense: Array
    need: Array
    used: Array = field(init=False)
    least: Array = field(init=False)
    made: list[tuple[tuple[int, int], tuple[int, int], Array, Array]] = field(default_factory=list)
    """Exchanges to be undone, in order: (gaining, losing), span, wants, how many of each."""

    def __post_init__(self) -> None:
        self.used = np.zeros(len(self.need), dtype=np.int32)
        self.least = np.full(len(self.need), NO_END, dtype=np.int32)

    @property
    def is_met(self) -> Array:
        return (self.need <= 0) & (self.used <= self.least)


@dataclass(frozen=True)
class Undone:
    """Where a batch's exchanges are undone: in every block of `supply` but the batch's own (`own` [want])."""

    supply: Supply
    own: Array

    def sums(self, gaining: int, losing: int, span: int, wants: Array) -> Array:
        """How many exchanges of this kind there is room to undo, by want."""
        more, fewer = changed(self.supply.nodes, losing, gaining)
        at, rooms = self.own[wants], self.supply.rooms
        mine = [rooms[1, node, span, at] for node in more] + [rooms[0, node, span, at] for node in fewer]
        return self.supply.sums(losing, gaining)[span] - np.minimum.reduce(mine).astype(np.int32)


def push(nodes: Nodes, batch: Batch, undone: Undone | None) -> None:
    """Make exchanges until nothing is needed, or no more are found. None: nothing has to be undone."""
    frequent = batch.ranges.counts[:, 0].sum(axis=1, dtype=np.int64)
    ordered = sorted(range(len(nodes.atoms)), key=lambda atom: -min(frequent[list(nodes.atoms[atom])]))
    gaining = [atom for atom in ordered if batch.node in nodes.atoms[atom]][:4]
    losing = [atom for atom in ordered if batch.node not in nodes.atoms[atom]][:KINDS]
    for number, span in enumerate(spans(batch.ranges.counts.shape[1])):
        for sense in (1, -1):
            wants = np.flatnonzero((batch.sense[number] == sense) & (batch.need > 0))
            for one in gaining:
                for other in losing:
                    if not len(wants):
                        break
                    pair = (one, other) if sense > 0 else (other, one)
                    _exchange(nodes, batch, pair, (number, span), wants, undone)
                    wants = wants[batch.need[wants] > 0]


def _exchange(
    nodes: Nodes,
    batch: Batch,
    pair: tuple[int, int],
    numbered: tuple[int, tuple[int, int]],
    wants: Array,
    undone: Undone | None,
) -> None:
    number, span = numbered
    both = changed(nodes, *pair)
    room = batch.need[wants]
    for nodes_of, up in zip(both, (True, False), strict=True):
        for node in nodes_of:
            room = np.minimum(room, batch.ranges.room(node, span, wants, up=up))
            some = room > 0
            if not some.all():
                wants, room = wants[some], room[some]
            if not len(wants):
                return
    if undone is not None:
        there = undone.sums(*pair, number, wants)
        # Every exchange made so far counts against every kind, and this kind against those made so far.
        room = np.minimum(room, np.minimum(there, batch.least[wants]) - batch.used[wants])
        some = room > 0
        wants, room, there = wants[some], room[some], there[some]
        batch.used[wants] += room
        batch.least[wants] = np.minimum(batch.least[wants], there)
        batch.made.append((pair, span, wants, room))
    batch.ranges.move(both[0], span, wants, room)
    batch.ranges.move(both[1], span, wants, -room)
    batch.need[wants] -= room


@dataclass
class Transfers:
    """People moved to each block from others, or from it, so that its totals change and no scope's do.

    One more comes as far in the block, in one atom of every line, and one fewer in another block, in the same
    atoms: nothing changes in any scope that holds both. `lines`: each line's blocks, as changed. `used` [block]:
    moves made; each weighs on the others' room as an exchange does. `made`: span, blocks, the others, and of each
    line the atoms.
    """

    up: bool
    lines: list[Ranges]
    used: Array
    made: list[tuple[tuple[int, int], Array, Array, list[Array]]]


def transfer(total: Ranges, lines: Sequence[tuple[Ranges, Supply]], wanted: Array, *, up: bool) -> Transfers:
    """As many of the `wanted` [span, block] changes of totals as find another block; each is whole or not made."""
    width = total.counts.shape[2]
    done = Transfers(
        up, [Ranges(own.counts.copy(), own.low, own.high) for own, _ in lines], np.zeros(width, int), []
    )
    own_total = Ranges(total.counts.copy(), total.low, total.high)
    given = np.zeros((width, width), dtype=np.int16)
    np.fill_diagonal(given, MOST + 1)
    left = np.abs(wanted)
    for number, span in enumerate(spans(total.counts.shape[1])):
        spare = total.room(0, span, slice(None), up=not up)
        theirs = [_alone(supply, number, width, up=not up) for _, supply in lines]
        while len(
            places := np.flatnonzero((left[number] > 0) & (own_total.room(0, span, slice(None), up=up) > 0))
        ):
            mine = [_alone_now(supply.nodes, own, span, places, up=up) for own, (_, supply) in _zip(done, lines)]
            fits = spare[None, :] > given[places]
            for here, there in zip(mine, theirs, strict=True):
                fits &= _meeting(here, there, given[places])
            # Each block begins to look at another place, so that not all lean on the same few.
            order = np.where(fits, (np.arange(width)[None, :] * 7919 + places[:, None] * 104_729) % width, -1)
            found = order.max(axis=1) >= 0
            left[number, places[~found]] = 0
            at, others = places[found], order.argmax(axis=1)[found]
            atoms = []
            for line, (here, there) in enumerate(zip(mine, theirs, strict=True)):
                able = np.where(there[:, others] > given[at, others], here[:, found], -1)
                atoms.append(able.argmax(axis=0))
                for atom in np.unique(atoms[-1]):
                    chosen = at[atoms[-1] == atom]
                    nodes = sorted(lines[line][1].nodes.atoms[atom])
                    done.lines[line].move(nodes, span, chosen, np.int32(1 if up else -1))
            own_total.move([0], span, at, np.int32(1 if up else -1))
            given[at, others] += 1
            done.used[at] += 1
            left[number, at] -= 1
            done.made.append((span, at, others, atoms))
    return done


def _zip(done: Transfers, lines: Sequence[tuple[Ranges, Supply]]) -> list[tuple[Ranges, tuple[Ranges, Supply]]]:
    return list(zip(done.lines, lines, strict=True))


def _alone(supply: Supply, span: int, width: int, *, up: bool) -> Array:
    """Room of each block for one atom more or fewer, with nothing in exchange [atom, block]."""
    rooms = supply.rooms[int(up)][:, span, :width]
    return np.array([rooms[sorted(atom)].min(axis=0) for atom in supply.nodes.atoms])


def _alone_now(nodes: Nodes, own: Ranges, span: tuple[int, int], places: Array, *, up: bool) -> Array:
    return np.array(
        [np.minimum.reduce([own.room(node, span, places, up=up) for node in sorted(atom)]) for atom in nodes.atoms]
    )


def _meeting(here: Array, there: Array, given: Array) -> Array:
    """Whether some atom has room both in the place and, beside what was given, in the other block."""
    able = (here > 0).astype(np.float32).T
    found = np.zeros(given.shape, dtype=bool)
    for times in np.unique(given[given <= MOST]):
        found |= (given == times) & (able @ (there > times).astype(np.float32) > 0)
    return found
