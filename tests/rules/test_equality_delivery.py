"""The sheet of the Equality Delivery System: eleven outcomes, scores, and the rating they come to."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.equality_delivery import (
    OUTCOMES,
    EdsSheet,
    Evidence,
    EvidenceKind,
    Scored,
    check_giving,
    check_scored,
    digest_of,
    eds_sheets,
    keep,
    read_kept,
)
from recruitment.rules.errors import Invalid
from recruitment.rules.publications import Period

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))


def sheet_of(total: int) -> EdsSheet:
    """Points dealt out from the first outcome on, three to each while they last."""
    scored = {}
    for outcome in OUTCOMES:
        score = min(3, total)
        total -= score
        scored[outcome.key] = Scored(score, "Because.")
    return EdsSheet(YEAR, scored)


def test_there_are_eleven_outcomes_in_three_domains():
    assert len(OUTCOMES) == 11
    assert [len([one for one in OUTCOMES if one.key.startswith(domain)]) for domain in "123"] == [4, 4, 3]


@pytest.mark.parametrize(
    ("total", "rating"),
    [(0, "Undeveloped"), (7, "Undeveloped"), (8, "Developing"), (21, "Developing"), (22, "Achieving"),
     (32, "Achieving"), (33, "Excelling")],
)  # fmt: skip
def test_the_points_together_give_the_rating(total, rating):
    sheet = sheet_of(total)
    assert (sheet.total, sheet.rating) == (total, rating)


def test_with_an_outcome_open_there_is_no_rating_and_nothing_to_give():
    sheet = EdsSheet(YEAR, {one.key: Scored(3, "Because.") for one in OUTCOMES[1:]})
    assert (sheet.total, sheet.rating) == (None, "")
    with pytest.raises(Invalid, match="Open: 1A"):
        check_giving(sheet, date(2026, 9, 1), date(2026, 9, 1))


def test_a_score_needs_its_grounds_and_nought_is_a_score():
    check_scored("1A", Scored(0, "Nothing is done yet."))
    for outcome, wrong in (("1A", Scored(4, "A")), ("1A", Scored(None, "A")), ("1A", Scored(2, " ")),
                           ("4A", Scored(2, "A"))):  # fmt: skip
        with pytest.raises(Invalid):
            check_scored(outcome, wrong)


def test_what_is_kept_is_read_back_and_its_digest_tells_every_change():
    scored = {"3A": Scored(2, "The board asks.", (Evidence(EvidenceKind.PLAN, "7", "Race action plan"),))}
    kept = keep(scored)
    assert read_kept(kept) == scored
    assert digest_of(kept) != digest_of(keep({"3A": Scored(3, "The board asks.", scored["3A"].evidence)}))


def test_the_spreadsheet_has_a_row_for_each_outcome_and_says_what_is_open():
    outcomes, about = eds_sheets("A trust", EdsSheet(YEAR, {"1A": Scored(0, "=1+1")}))
    assert len(outcomes.rows) == 12
    assert outcomes.rows[1][3:6] == (0, "Undeveloped activity", "=1+1")
    assert outcomes.rows[2][3] == "Not scored"
    assert not any("Rating" in map(str, row) for row in about.rows)
