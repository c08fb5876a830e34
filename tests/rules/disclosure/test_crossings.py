"""Two characteristics of published people together: shown where the attacker agrees, safe beside what follows.

The attacker here is written apart: he knows that everybody has one sex, one group and one last stage, and looks
for whole numbers of each kind of person in each campaign that agree with all that was ever published.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from recruitment.rules.disclosure import DECLARED, TOTAL, Cell, Line, Mode, Range, Rules, Shape, crossing
from recruitment.rules.disclosure.intersections import add_crossing
from recruitment.rules.disclosure.ledger import Held, Ledger

SEX, GROUP = Line("sex", ("f", "m", "?"), frozenset({"?"})), Line("group", ("a", "b", "c"))
BOTH, SUMS = crossing("both", SEX, GROUP)
SHAPE = Shape(("applied", "appointed"), (SEX, GROUP, BOTH), SUMS)
OWN = frozenset({TOTAL, "sex", "group"})
Person = tuple[str, str, int]
KINDS = list(product(SEX.rows, GROUP.rows, (1, 2)))


def is_counted(person: Person, cell: Cell) -> bool:
    sex, group, depth = person
    rows = {
        TOTAL: {TOTAL},
        "sex": {sex, DECLARED} if sex != "?" else {sex},
        "group": {group},
        "both": {f"{sex} × {group}", DECLARED} if sex != "?" else {f"{sex} × {group}"},
    }
    return cell.stage < depth and cell.row in rows[cell.line]


def held(people: Mapping[Person, int]) -> Held:
    return Held(
        SHAPE,
        {
            cell: sum(number for person, number in people.items() if is_counted(person, cell))
            for cell in SHAPE.cells("x")
        },
    )


def drawn(random: Random, people: int) -> dict[Person, int]:
    found = dict.fromkeys(KINDS, 0)
    for _ in range(people):
        found[random.choice("fffmmm?"), random.choice("aaabbc"), 1 + (random.random() < 0.4)] += 1
    return found


CAMPAIGNS = ("one", "two")
SCOPES = {"one": {"one"}, "two": {"two"}, "year": {"one", "two"}}


class JointAttacker:
    def __init__(self, published: Mapping[Cell, Range]) -> None:
        self.unknowns = list(product(CAMPAIGNS, KINDS))
        rows = np.array([self.row(cell) for cell in published])
        self.sums = LinearConstraint(
            rows,
            [known.low for known in published.values()],
            [np.inf if known.high is None else known.high for known in published.values()],
        )

    def row(self, cell: Cell) -> list[float]:
        own = SCOPES[cell.scope]
        return [float(campaign in own and is_counted(person, cell)) for campaign, person in self.unknowns]

    def interval(self, cell: Cell) -> tuple[int, int]:
        ends = []
        for sign in (1, -1):
            done = milp(
                sign * np.array(self.row(cell)),
                integrality=np.ones(len(self.unknowns)),
                bounds=Bounds(0, 1_000),
                constraints=self.sums,
            )
            assert done.status == 0, done.message
            ends.append(round(sign * done.fun))
        return ends[0], ends[1]


def exact(campaigns: Mapping[str, Held]) -> dict[Cell, int]:
    numbers = {}
    for scope, own in SCOPES.items():
        for cell in SHAPE.cells(scope):
            at = Cell("x", cell.line, cell.row, cell.stage)
            numbers[cell] = sum(campaigns[name].numbers[at] for name in own)
    return numbers


def year_with_crossing(campaigns: Mapping[str, Held], rules: Rules) -> tuple[dict[Cell, Range], Ledger] | None:
    made, ledger = Ledger().release("year", frozenset(campaigns), campaigns, rules, lines=OWN)
    assert {cell.line for cell in made.figures} == OWN
    crossed = add_crossing(ledger, "year", frozenset({"both"}), campaigns, rules)
    if crossed is None:
        return None
    assert {cell.line for cell in crossed[0].figures} == {"both"}
    return {**made.published, **crossed[0].published}, crossed[1]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_is_narrowed_by_the_crossing_nor_by_a_campaign_that_is_released_after_it(
    seed: int, mode: Mode
) -> None:
    random, rules = Random(seed), Rules(mode=mode)
    campaigns = {"one": held(drawn(random, 40)), "two": held(drawn(random, random.choice((60, 150))))}
    found = year_with_crossing(campaigns, rules)
    assert found is not None
    published, ledger = found
    numbers = exact(campaigns)
    after, ledger = ledger.release("one", frozenset({"one"}), campaigns, rules, lines=OWN)
    assert {cell.line for cell in after.figures} == OWN
    for told in (published, {**published, **after.published}):
        attacker = JointAttacker(told)
        small = [cell for cell, number in numbers.items() if 0 < number < 8]
        assert any(cell.line == "both" and cell.scope == "two" for cell in small)
        for cell in small:
            low, high = attacker.interval(cell)
            assert low <= 1, cell
            assert high >= 7, cell


def test_the_attacker_wins_against_a_naive_crossing_of_the_same_people() -> None:
    campaigns = {"one": held(drawn(Random(3), 40)), "two": held(drawn(Random(4), 60))}
    rules = Rules(mode=Mode.KEEP_TOTALS)
    made, _ = Ledger().release("year", frozenset(campaigns), campaigns, rules, lines=OWN)
    numbers = exact(campaigns)
    crossed = [cell for cell in SHAPE.cells("year") if cell.line == "both"]
    naive = {cell: Range(numbers[cell], numbers[cell]) for cell in crossed if not 0 < numbers[cell] < 8}
    attacker = JointAttacker({**made.published, **naive})
    small = [cell for cell in crossed if 0 < numbers[cell] < 8]
    narrowed = [cell for cell in small if (known := attacker.interval(cell))[0] > 1 or known[1] < 7]
    assert narrowed


def test_a_crossing_of_many_is_shown_and_leaves_the_tables_as_they_were() -> None:
    campaigns = {"one": held(dict.fromkeys(KINDS, 60)), "two": held(dict.fromkeys(KINDS, 60))}
    made, ledger = Ledger().release("year", frozenset(campaigns), campaigns, lines=OWN)
    crossed, later = add_crossing(ledger, "year", frozenset({"both"}), campaigns)
    assert [crossed.figures[Cell("year", "both", "f × a", at)] for at in (0, 1)] == [240, 120]
    assert crossed.figures[Cell("year", "both", DECLARED, 0)] == 240 * 6
    (entry,) = later.entries
    assert made.published.items() <= entry.published.items()


def test_a_crossing_that_would_show_nothing_is_not_made() -> None:
    few = dict.fromkeys(KINDS, 0) | {("f", "a", 1): 3, ("m", "b", 2): 3, ("f", "c", 2): 3, ("m", "a", 1): 3}
    campaigns = {"one": held(few), "two": held(few)}
    made, ledger = Ledger().release("year", frozenset(campaigns), campaigns, lines=OWN)
    assert any(made.figures.values())
    assert add_crossing(ledger, "year", frozenset({"both"}), campaigns) is None


def test_a_row_of_a_crossing_is_missing_where_either_answer_is() -> None:
    assert BOTH.missing == {"? × a", "? × b", "? × c"}
