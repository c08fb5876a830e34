"""Later releases are safe beside earlier ones, or are not made."""

from __future__ import annotations

from random import Random

import pytest

from recruitment.rules.disclosure import (
    DECLARED,
    TOTAL,
    Attacker,
    Cell,
    Line,
    Mode,
    Period,
    Range,
    Rules,
    Shape,
    Unknowns,
)
from recruitment.rules.disclosure.ledger import Held, Ledger, Refused

SHAPE = Shape(
    ("applied", "appointed"), (Line("sex", ("f", "m", "?"), frozenset({"?"})), Line("group", ("a", "b", "c")))
)


def held(random: Random, people: int, shape: Shape = SHAPE) -> Held:
    numbers = dict.fromkeys(shape.cells("x"), 0)
    for _ in range(people):
        answers = {"sex": random.choice("fffmmm?"), "group": random.choice("aaabbc")}
        for stage in range(1 + (random.random() < 0.4)):
            numbers[Cell("x", TOTAL, TOTAL, stage)] += 1
            for line, row in answers.items():
                numbers[Cell("x", line, row, stage)] += 1
            numbers[Cell("x", "sex", DECLARED, stage)] += answers["sex"] != "?"
    return Held(shape, numbers)


def test_the_same_people_are_not_released_twice() -> None:
    campaigns = {"one": held(Random(1), 60)}
    _, ledger = Ledger().release("first", frozenset({"one"}), campaigns)
    with pytest.raises(Refused, match="before"):
        ledger.release("second", frozenset({"one"}), campaigns)


@pytest.mark.parametrize("order", [("all", "most"), ("most", "all")])
def test_releases_that_differ_by_a_few_people_are_refused(order: tuple[str, str]) -> None:
    campaigns = {"large": held(Random(1), 90), "small": held(Random(2), 5)}
    scopes = {"all": frozenset(campaigns), "most": frozenset({"large"})}
    _, ledger = Ledger().release(order[0], scopes[order[0]], campaigns)
    with pytest.raises(Refused, match="fewer than 8"):
        ledger.release(order[1], scopes[order[1]], campaigns)


def test_releases_of_other_people_are_left_out_of_account() -> None:
    campaigns = {"one": held(Random(1), 60), "other": held(Random(2), 60)}
    alone, _ = Ledger().release("other", frozenset({"other"}), campaigns)
    _, ledger = Ledger().release("one", frozenset({"one"}), campaigns)
    assert ledger.release("other", frozenset({"other"}), campaigns)[0].figures == alone.figures


def naive(campaign: Held, scope: str) -> dict[Cell, Range]:
    return {
        cell: Range(number, number) for cell, number in campaign.over(SHAPE, scope).items() if not 0 < number < 8
    }


def interval(published: dict[Cell, Range], cell: Cell, parts: tuple[str, ...] = ("one", "two")) -> Range:
    shapes = dict.fromkeys(("year", *parts), SHAPE)
    return Attacker(Unknowns(shapes, [Period("year", parts)]), published).interval(cell)


def together(campaigns: dict[str, Held]) -> Held:
    cells = SHAPE.cells("x")
    return Held(SHAPE, {cell: sum(each.numbers[cell] for each in campaigns.values()) for cell in cells})


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", range(8))
def test_what_a_campaign_hid_the_year_does_not_give_back(seed: int, mode: Mode) -> None:
    random = Random(seed)
    campaigns = {
        "one": held(random, random.choice((20, 45, 90))),
        "two": held(random, random.choice((20, 45, 90))),
    }
    first, ledger = Ledger().release("one", frozenset({"one"}), campaigns, Rules(mode=mode))
    year, _ = ledger.release("year", frozenset(campaigns), campaigns, Rules(mode=mode))
    published = dict(first.published) | dict(year.published)
    exact = {"one": campaigns["one"].over(SHAPE, "one"), "two": campaigns["two"].over(SHAPE, "two")}
    exact["year"] = together(campaigns).over(SHAPE, "year")
    small = [cell for numbers in exact.values() for cell, number in numbers.items() if 0 < number < 8]
    assert small
    for cell in small:
        # The second campaign is not released, and yet is the year less the first.
        known = interval(published, cell)
        assert known.low <= 1, cell
        assert known.high is None or known.high >= 7, cell


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", [("one", "two", "year"), ("year", "one", "two"), ("one", "both", "year")])
def test_of_three_sets_of_people_nothing_is_given_back_in_whatever_order_they_are_released(
    order: tuple[str, ...], seed: int, mode: Mode
) -> None:
    random, rules, parts = Random(seed), Rules(mode=mode), ("one", "two", "three")
    campaigns = {name: held(random, random.choice((20, 45, 90))) for name in parts}
    scopes = {name: frozenset({name}) for name in parts} | {"both": frozenset(parts[:2]), "year": frozenset(parts)}
    exact = {
        cell: number
        for name, own in scopes.items()
        for cell, number in together({each: campaigns[each] for each in sorted(own)}).over(SHAPE, name).items()
    }
    ledger, published = Ledger(), dict[Cell, Range]()
    for name in order:
        made, ledger = ledger.release(name, scopes[name], campaigns, rules)
        published |= made.published
        attacker = Attacker(
            Unknowns(dict.fromkeys(scopes, SHAPE), [Period("both", parts[:2]), Period("year", parts)]),
            published,
        )
        small = [cell for cell, number in exact.items() if 0 < number < 8 and cell.scope in {*order, "three"}]
        assert small
        for cell in small:
            known = attacker.interval(cell)
            assert known.low <= 1, cell
            assert known.high is None or known.high >= 7, cell


def test_the_year_beside_a_campaign_gives_back_what_a_naive_table_hid() -> None:
    random = Random(3)
    campaigns = {"one": held(random, 40), "two": held(random, 40)}
    exact = campaigns["two"].over(SHAPE, "two")
    published = naive(campaigns["one"], "one") | naive(together(campaigns), "year")
    small = [cell for cell, number in exact.items() if 0 < number < 8]
    narrowed = [cell for cell in small if (known := interval(published, cell)).low == known.high]
    assert narrowed
