"""Which further figures to withhold so that the attacker gains nothing, at the least loss of information.

Source: Fischetti and Salazar-González (2001): the master programme chooses, the attacker answers with a cut from
the dual of his own programme, until he has none left. Where every programme is solved to its end the choice is
the best there is; a large one is stopped within 2 % of it.

The loss of a figure is the number of places in which it is printed: a row's or a declaration's once, a stage's
total once in each table. Where totals are to be kept a total counts a thousand times as much. Noughts of a line
and stage go with its first asterisk, and cost nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from recruitment.rules.disclosure.attacker import SLACK, Attacker, Range, Unmet
from recruitment.rules.disclosure.cells import Cell, Unknowns
from recruitment.rules.disclosure.sensitivity import Aim

ROUNDS = 60
AT_ONCE = 30
NODES = 5_000
GAP = 0.02
KEPT_POINTS = 400
SMALL = 150
"""Figures up to which the best choice is sought to the end."""

Place = tuple[str, str, int]
Cut = dict[Cell, float]
"""At least 1 in sum over the cells that are withheld."""


@dataclass
class Programme:
    """One choice: what is there to withhold, what it costs, and what must remain possible."""

    unknowns: Unknowns
    numbers: Mapping[Cell, int]
    primary: frozenset[Cell]
    costs: Mapping[Cell, float]
    shown: Callable[[Cell], Range]
    aims: Sequence[Aim]
    told: Mapping[Cell, Range]
    companions: Sequence[set[Cell]] = ()
    earlier: Mapping[Cell, Sequence[Range]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.points: list[Any] = [np.array(self.unknowns.point(self.numbers))]
        self.told_points: list[Any] = list(self.points)
        self.free = [cell for cell in self.costs if cell not in self.primary and self.numbers[cell]]
        self.column = {cell: number for number, cell in enumerate(self.free)}
        self.cuts: list[Cut] = [dict.fromkeys(sorted(each), 1.0) for each in self.companions]

    def with_noughts(self, withheld: set[Cell] | frozenset[Cell]) -> frozenset[Cell]:
        places = {_place(cell) for cell in withheld}
        noughts = {cell for cell in self.costs if not self.numbers[cell] and _place(cell) in places}
        return frozenset(withheld | noughts)

    def unmet(self, withheld: frozenset[Cell], enough: int | None = None) -> list[Unmet]:
        """The aims defeated by the attacker who knows nothing of an asterisk; else by the one who has guessed.

        Witnesses are kept from one choice to the next: most of them still agree with what is shown.
        """
        published = {cell: self.shown(cell) for cell in self.costs if cell not in withheld}
        plain = Attacker(self.unknowns, published, earlier=self.earlier, points=self.points)
        found = plain.unmet([aim for aim in self.aims if not aim.is_told], enough=enough)
        self.points = _joined(self.points, plain.points)
        if found:
            return found
        guessed = Attacker(self.unknowns, published, earlier=self.earlier, told=self.told, points=self.told_points)
        found = guessed.unmet([aim for aim in self.aims if aim.is_told], enough=enough)
        self.told_points = _joined(self.told_points, guessed.points)
        return found


def _joined(points: list[Any], more: list[Any]) -> list[Any]:
    held = {id(point) for point in points}
    return (points + [point for point in more if id(point) not in held])[-KEPT_POINTS:]


def _place(cell: Cell) -> Place:
    return cell.scope, cell.line, cell.stage


def _within_reach(programme: Programme) -> None:
    """Ask of each aim no more than earlier releases have left possible: a later one must not narrow it further."""
    if not programme.earlier:
        return
    # First what the one attacker has, then what is left to the other.
    for _ in range(2):
        lost = {each.aim: each for each in programme.unmet(frozenset(programme.costs))}
        programme.aims = [asked for aim in programme.aims if (asked := _eased(aim, lost.get(aim))) is not None]


def _eased(aim: Aim, lost: Unmet | None) -> Aim | None:
    """The aim as far as it can be met; None where nothing is known of it."""
    if lost is None:
        return aim
    ends = [
        replace(end, least=end.least - math.ceil(gap[0] - SLACK))
        for end, gap in zip(aim.ends, lost.missing, strict=True)
        if gap is not None
    ]
    return replace(aim, ends=tuple(ends)) if ends else None


def choose(programme: Programme) -> frozenset[Cell] | None:
    """The cells to withhold; None where no choice short of everything is safe."""
    _within_reach(programme)
    withheld = programme.with_noughts(programme.primary)
    chosen: set[Cell] = set()
    if programme.cuts:
        first = _solve(programme)
        if first is None:
            return None
        chosen = first
        withheld = programme.with_noughts(programme.primary | chosen)
    for number in range(ROUNDS):
        found = programme.unmet(withheld, AT_ONCE)
        if not found:
            return withheld
        cuts = [_cut(programme, each, withheld) for each in found]
        if not all(cuts):
            return None
        programme.cuts += cuts
        again = _solve(programme) if number < ROUNDS - 1 else {cell for cut in cuts for cell in cut}
        if again is None:
            return None
        chosen = again
        withheld = programme.with_noughts(programme.primary | chosen)
    return withheld if not programme.unmet(withheld, 1) else None


def _cut(programme: Programme, unmet: Unmet, withheld: frozenset[Cell]) -> Cut:
    """What must give way; empty where nothing can.

    Withholding a figure moves its upper end away without limit and its lower end to nought; by weak duality an
    end gains at most the sum of these moves, each by its weight.
    """
    cut: Cut = {}
    for end in unmet.missing:
        if end is None:
            return {cell: 1.0 for cell in programme.costs if cell not in withheld}
        need, weights = end
        for weight in weights:
            if weight.cell not in programme.costs:
                continue
            room = math.inf if weight.is_upper else programme.shown(weight.cell).low
            share = min(1.0, weight.gain * room / need) if room else 0.0
            if share > SLACK:
                cut[weight.cell] = max(cut.get(weight.cell, 0.0), share)
    return cut


def _solve(programme: Programme) -> set[Cell] | None:
    """The cheapest choice that satisfies every cut. A column for each figure, and one for each line and stage
    with noughts: whether it has an asterisk.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    size = len(programme.free)
    own = {_place(cell) for cell in programme.primary}
    members: dict[Place, list[int]] = {}
    for cell, column in programme.column.items():
        members.setdefault(_place(cell), []).append(column)
    places: dict[Place, int] = {}
    rows: list[dict[int, float]] = []
    lows: list[float] = []
    for cut in programme.cuts:
        row: dict[int, float] = {}
        for cell, share in cut.items():
            if cell in programme.column:
                row[programme.column[cell]] = row.get(programme.column[cell], 0.0) + share
            elif not programme.numbers[cell] and _place(cell) in members and _place(cell) not in own:
                column = places.setdefault(_place(cell), size + len(places))
                row[column] = min(1.0, row.get(column, 0.0) + share)
        rows.append(row)
        lows.append(1.0)
    for place, column in places.items():
        rows.append({column: -1.0} | dict.fromkeys(members[place], 1.0))
        lows.append(0.0)
    width = size + len(places)
    costs = np.zeros(width)
    # A hair's breadth cheaper where fewer people are hidden, so that among equals there is one answer.
    most = max(programme.numbers.values(), default=1) or 1
    costs[:size] = [
        programme.costs[cell] * (1 + 0.001 * math.log1p(programme.numbers[cell]) / math.log1p(most))
        for cell in programme.free
    ]
    values = [value for row in rows for value in row.values()]
    at = [number for number, row in enumerate(rows) for _ in row]
    columns = [column for row in rows for column in row]
    done = milp(
        costs,
        integrality=np.ones(width),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(csr_array((values, (at, columns)), shape=(len(rows), width)), lows, np.inf),
        options={"mip_rel_gap": 0.0 if size <= SMALL else GAP, "node_limit": NODES},
    )
    if done.status == 2:
        return None
    if done.x is None:
        return set(programme.free)
    return {cell for cell, column in programme.column.items() if done.x[column] > 0.5}
