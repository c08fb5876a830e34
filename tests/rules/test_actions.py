"""Actions and plans: what they need, and how a plan comes in from a file."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.actions import (
    ActionText,
    ImportProblems,
    Status,
    by_objective,
    check_action,
    plan_sheet,
    read_plan_file,
)
from recruitment.rules.errors import Invalid

HEADING = "Objective,What,Lead,Due,Status,Progress,Anticipated outcome,Evidence\n"
ONE = ActionText("Panels", "Train chairs", "Head of learning", date(2027, 3, 31))


def test_a_plan_is_read_from_a_file_in_any_order_of_columns() -> None:
    content = b"\xef\xbb\xbfwhat,DUE,Lead ,Status\nTrain chairs,31/03/2027,Head of learning,in progress\n"
    (action,) = read_plan_file(content)
    assert action == ActionText("", "Train chairs", "Head of learning", date(2027, 3, 31), Status.IN_PROGRESS)


@pytest.mark.parametrize("written", ["2027-03-31", "31/03/2027", "31 March 2027", "31 Mar 2027"])
def test_dates_are_read_as_people_here_write_them(written: str) -> None:
    (action,) = read_plan_file(f"{HEADING}A,Train chairs,Lead,{written},,,,\n".encode())
    assert action.due == date(2027, 3, 31)


def test_every_line_that_is_wrong_is_named_at_once() -> None:
    wrong = "A,,Lead,2027-03-31,,,,\nA,Do,Lead,soon,,,,\nA,Do,Lead,2027-03-31,Done,,,\n"
    content = f"{HEADING}{wrong}A,Do,Lead,2027-03-31,,,,\n"
    with pytest.raises(ImportProblems) as refusal:
        read_plan_file(content.encode())
    assert [line.split(":")[0] for line in refusal.value.lines] == ["Line 2", "Line 3", "Line 4"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "heading row lacks: What, Lead, Due"),
        (b"What,Lead\nA,B\n", "heading row lacks: Due"),
        (b"\xff\xfe", "no UTF-8 text"),
        (b'What,Lead,Due\n"A,B,2027-01-01', "no CSV"),
        (b"What,Lead,Due\nA,B,2027-01-01,more\n", "more cells than headings"),
        (b"x" * 1_000_001, "larger than"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(ImportProblems) as refusal:
        read_plan_file(content)
    assert said in refusal.value.sentence


@pytest.mark.parametrize("change", [{"what": " "}, {"lead": ""}, {"progress": "x" * 4001}, {"lead": "x" * 201}])
def test_an_action_says_what_and_who(change: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refusal:
        check_action(ActionText(**(vars(ONE) | change)))
    assert refusal.value.field in change


def test_an_action_is_overdue_the_day_after_until_it_is_completed() -> None:
    assert not ONE.is_overdue(date(2027, 3, 31))
    assert ONE.is_overdue(date(2027, 4, 1))
    assert not ActionText(**(vars(ONE) | {"status": Status.COMPLETED})).is_overdue(date(2027, 4, 1))


def test_a_report_goes_by_objective_and_due_date_those_without_one_last() -> None:
    later = ActionText(**(vars(ONE) | {"due": date(2028, 1, 1), "what": "Again"}))
    loose = ActionText(**(vars(ONE) | {"objective": ""}))
    found = by_objective([loose, later, ONE])
    assert list(found) == ["Panels", "Without an objective"]
    assert [one.what for one in found["Panels"]] == ["Train chairs", "Again"]
    sheet = plan_sheet("Plan", [loose, later, ONE])
    assert sheet.rows[0][0] == "Objective"
    assert len(sheet.rows) == 4


def test_what_goes_out_as_a_sheet_comes_in_again() -> None:
    rows = plan_sheet("Plan", [ONE]).rows
    content = "\n".join(",".join(str(cell) for cell in row) for row in rows)
    assert read_plan_file(content.encode()) == (ONE,)
