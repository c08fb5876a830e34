"""A sheet of marks is taken whole, or its errors are told line by line."""

from __future__ import annotations

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.marks import MarkRule, check_rule, is_good_enough, read_sheet

KNOWN = ["blue otter", "red heron", "grey lynx"]


def test_a_sheet_is_read_as_spreadsheets_and_people_write_it():
    typed = "Reference,Mark\nblue otter, 31\nRed Heron\tabsent\n\n"
    assert read_sheet(typed, KNOWN, 40) == {"blue otter": 31, "red heron": None}
    assert read_sheet("grey lynx 7\nblue otter;0", KNOWN, 40) == {"grey lynx": 7, "blue otter": 0}
    assert read_sheet("blue otter,\nred heron,5", KNOWN, 40) == {"red heron": 5}, "not marked yet"


def test_every_wrong_line_is_named_and_nothing_is_taken():
    typed = "blue otter,41\nBlue Otter,3\ngreen toad,3\nred heron,3.5\ngrey lynx,-1\nred heron,٣"
    with pytest.raises(Invalid) as refusal:
        read_sheet(typed, KNOWN, 40)
    told = refusal.value.sentence
    assert "Line 1: the mark of blue otter must be a whole number from 0 to 40." in told
    assert "Line 3: “green toad” is not a reference of this stage." in told
    assert all(f"Line {number}:" in told for number in (4, 5, 6))
    with pytest.raises(Invalid, match="stands there twice"):
        read_sheet("blue otter,3\nBlue Otter,3", KNOWN, 40)
    with pytest.raises(Invalid, match="And 20 more"):
        read_sheet("\n".join(f"nobody {n},1" for n in range(30)), KNOWN, 40)
    with pytest.raises(Invalid, match="at least one"):
        read_sheet("reference,mark", KNOWN, 40)


def test_the_minimum_lies_within_the_marks_and_absence_is_below_it():
    rule = check_rule(40, 20)
    assert rule == MarkRule(40, 20)
    assert [is_good_enough(mark, rule) for mark in (None, 0, 19, 20, 40)] == [False, False, False, True, True]
    assert not is_good_enough(None, MarkRule(40, 0))
    for full, minimum in ((0, 0), (None, 1), (40, 41), (40, None), (40, -1)):
        with pytest.raises(Invalid):
            check_rule(full, minimum)
