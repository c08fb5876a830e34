"""Campaigns that asked different questions, counted together: an attacker knows which asked what."""

from __future__ import annotations

from random import Random

import pytest

from recruitment.rules.disclosure import (
    DECLARED,
    TOTAL,
    WITHHELD,
    Attacker,
    Cell,
    Figure,
    Line,
    Period,
    Range,
    Shape,
    Unknowns,
    release_tables,
)
from recruitment.rules.disclosure.adding_up import added_up
from recruitment.rules.disclosure.asking import known_of_asking
from recruitment.rules.disclosure.ledger import Held, Ledger
from recruitment.rules.equality_question_set import NOT_ANSWERED, NOT_ASKED
from recruitment.rules.funnel import NO_ANSWERS, STAGES, Counts, pool
from recruitment.rules.funnel_reports import declaration_sentence
from recruitment.rules.question_sets import SHIPPED, checked_set
from recruitment.rules.release_formats import tables_from_json, tables_to_json

SHAPE = Shape(
    ("applied", "appointed"),
    (
        Line("sex", ("f", "m", "?", "N"), frozenset({"?", "N"}), "N"),
        Line("care", ("yes", "no", "?", "N"), frozenset({"?", "N"}), "N"),
    ),
)
CARING = checked_set(1, {**SHIPPED.chosen, "caring": "standard"}, {})


def held(random: Random, people: int, *, asks_care: bool) -> Held:
    numbers = dict.fromkeys(SHAPE.cells("x"), 0)
    for _ in range(people):
        answers = {"sex": random.choice("ffmm?"), "care": "N"}
        if asks_care:
            answers["care"] = random.choice(("yes", "no", "no", "no", "no", "?"))
        for stage in range(1 + (random.random() < 0.4)):
            numbers[Cell("x", TOTAL, TOTAL, stage)] += 1
            for line, row in answers.items():
                numbers[Cell("x", line, row, stage)] += 1
                numbers[Cell("x", line, DECLARED, stage)] += row not in "?N"
    return Held(SHAPE, numbers, frozenset({"sex", "care"} if asks_care else {"sex"}))


def test_it_is_known_that_nobody_stands_where_no_campaign_puts_anybody() -> None:
    numbers = dict.fromkeys(SHAPE.cells("x"), 0)
    both, sex = frozenset({"sex", "care"}), frozenset({"sex"})
    assert {(c.line, c.row) for c in known_of_asking("x", SHAPE, [both], numbers)} == {("sex", "N"), ("care", "N")}
    assert {(c.line, c.row) for c in known_of_asking("x", SHAPE, [sex], numbers)} == {
        ("sex", "N"), ("care", "yes"), ("care", "no"), ("care", "?"),
    }  # fmt: skip
    assert {(c.line, c.row) for c in known_of_asking("x", SHAPE, [sex, both], numbers)} == {("sex", "N")}
    one = numbers | {Cell("x", "sex", "N", 0): 1}
    assert {(c.line, c.row) for c in known_of_asking("x", SHAPE, [both], one)} == {("care", "N")}


@pytest.mark.parametrize("order", [("one", "year"), ("year", "one")])
@pytest.mark.parametrize("seed", range(6))
def test_who_knows_which_campaign_asked_what_learns_no_small_figure(seed: int, order: tuple[str, str]) -> None:
    random = Random(seed)
    campaigns = {
        "one": held(random, random.choice((25, 45, 90)), asks_care=True),
        "two": held(random, random.choice((25, 45, 90)), asks_care=False),
    }
    scopes = {"one": frozenset({"one"}), "year": frozenset(campaigns)}
    ledger, published = Ledger(), {}
    for scope in order:
        made, ledger = ledger.release(scope, scopes[scope], campaigns)
        published |= made.published
    known = {"one": ["one"], "two": ["two"], "year": ["one", "two"]}
    shapes = dict.fromkeys(known, SHAPE)
    exact = {name: campaigns[name].over(SHAPE, name) for name in campaigns}
    exact["year"] = {
        cell: sum(campaigns[name].over(SHAPE, "year")[cell] for name in campaigns) for cell in SHAPE.cells("year")
    }
    public = {
        cell: ranges
        for scope, own in known.items()
        for cell, ranges in known_of_asking(
            scope, SHAPE, [campaigns[each].lines for each in own], exact[scope]
        ).items()
    }
    attacker = Attacker(Unknowns(shapes, [Period("year", ("one", "two"))]), published, earlier=public)
    assert attacker.interval(Cell("two", "care", "yes", 0)) == Range(0, 0), "he knows who was not asked"
    asked = {"one": {"sex", "care"}, "two": {"sex"}, "year": {"sex", "care"}}
    small = [
        cell
        for scope, numbers in exact.items()
        for cell, number in numbers.items()
        if 0 < number < 8 and cell.line in asked[scope]
    ]
    assert small
    for cell in small:
        found = attacker.interval(cell)
        assert found.low <= 1, cell
        assert found.high is None or found.high >= 7, cell


def test_a_release_prints_nothing_on_what_it_did_not_ask() -> None:
    campaigns = {"two": held(Random(1), 60, asks_care=False)}
    made, _ = Ledger().release("two", frozenset({"two"}), campaigns)
    assert {cell.line for cell in made.figures} == {"sex", TOTAL}


def counts(asked, people: int, **answers: str) -> Counts:
    found = Counts(asked=asked.characteristics)
    silent = dict.fromkeys(asked.characteristics, NOT_ANSWERED)
    for place in range(people):
        found.add(silent | (answers if place % 2 else {}), STAGES[: 1 + place % 5])
    return found


def table(tables, characteristic):
    return next(each for each in tables if each.characteristic == characteristic)


def test_a_pooled_release_has_a_row_of_those_not_asked_and_leaves_them_out_of_the_rate() -> None:
    alone, before = counts(CARING, 100, caring="no"), counts(SHIPPED, 200, sex="female")
    tables = release_tables(pool([alone, before]))
    care = table(tables, "caring")
    assert [row.figures[0] for row in care.rows if row.code == NOT_ASKED] == [Figure(200)]
    assert (care.total[0].shown, care.asked[0].shown, care.declaration[0].shown) == (300, 100, 50)
    assert declaration_sentence(care).startswith("50 % of the applicants who were asked this question answered.")
    sex = table(tables, "sex")
    assert NOT_ASKED not in [row.code for row in sex.rows] and sex.is_all_asked
    assert tables_from_json(tables_to_json(tables)) == tables
    assert "caring" not in [each.characteristic for each in release_tables(before)]


def test_where_the_row_of_those_not_asked_is_withheld_there_is_no_rate() -> None:
    alone, few = counts(CARING, 100, caring="no"), counts(SHIPPED, 5)
    care = table(release_tables(pool([alone, few])), "caring")
    assert [row.figures[0] for row in care.rows if row.code == NOT_ASKED] == [WITHHELD]
    assert care.asked[0] == WITHHELD
    assert "not published" in declaration_sentence(care)


def test_a_part_that_did_not_ask_is_added_as_not_asked_and_an_old_release_as_asked_of_all() -> None:
    new, old = release_tables(counts(CARING, 100, caring="no")), release_tables(counts(SHIPPED, 200, sex="female"))
    made = added_up([new, old])
    care = table(made, "caring")
    assert [row.figures[0].shown for row in care.rows if row.code in ("no", NOT_ASKED)] == [50, 200]
    assert (care.total[0].shown, care.asked[0].shown, care.is_all_asked) == (300, 100, False)
    assert table(made, "sex").is_all_asked
    # Before questions could be chosen, every table had a row of those not asked, often withheld.
    row = '{"code":"NOT_ASKED","figures":["*","*","*","*","*"],"label":"Not asked"},'
    kept = tables_to_json(old).replace('{"code":"NOT_ANSWERED"', f'{row}{{"code":"NOT_ANSWERED"')
    made = added_up([new, tables_from_json(kept)])
    assert table(made, "sex").is_all_asked and table(made, "caring").asked[0].shown == 100
    assert tables_from_json(kept) == old
    assert NO_ANSWERS.keys() == set(SHIPPED.characteristics)
