"""What stands beside published figures."""

from __future__ import annotations

from recruitment.rules.publication_remarks import (
    COUNTED_AT_CUT_OFF,
    LeftOut,
    LeftOutFor,
    Remarks,
    remarks_from_kept,
)

ALL = Remarks(("Caseworkers", "Analysts"), (LeftOut("Porters", LeftOutFor.OTHER_QUESTIONS),), ("Drivers",), 12)


def test_what_is_kept_is_read_back_as_it_was() -> None:
    assert remarks_from_kept(ALL.kept()) == ALL
    assert remarks_from_kept({}) == Remarks()


def test_figures_without_anything_special_have_no_remark() -> None:
    assert Remarks().sentences(8, 5) == ()


def test_every_campaign_that_was_counted_early_is_named_with_the_mark() -> None:
    first = ALL.sentences(8, 5)[0]
    assert first.casefold().startswith(COUNTED_AT_CUT_OFF)
    assert "“Caseworkers”, “Analysts”" in first


def test_a_campaign_that_is_left_out_is_named_with_the_reason() -> None:
    assert ALL.sentences(8, 5)[1] == (
        "Left out: “Porters”, which asked an earlier version of the questions, whose answers cannot be added to "
        "these."
    )


def test_later_appointments_are_told_as_one_rounded_total() -> None:
    assert ALL.sentences(8, 5)[-1].startswith("About 10 people were appointed")
    assert Remarks(later=7).sentences(8, 5)[0].startswith("Fewer than 8 people were appointed")
