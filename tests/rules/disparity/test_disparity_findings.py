from __future__ import annotations

from recruitment.rules.disparity import groupings
from recruitment.rules.disparity.findings import StageCounts, Verdict, findings, report_findings
from recruitment.rules.disparity.groupings import Side
from recruitment.rules.equality_questions import CHARACTERISTICS


def _counts(**groups):
    return StageCounts(
        "ethnic_group",
        ("shortlisted", "appointed"),
        groups,
        {code: code.title() for code in groups},
        "white",
        frozenset({"silent"}),
    )


def test_a_clear_difference_is_said_with_its_counts_and_its_family():
    (found,) = findings(_counts(white=(780, 155), asian=(210, 27), silent=(9, 3)))
    assert found.verdict is Verdict.LESS_LIKELY and found.family.size == 1
    assert "compared with White: less likely" in found.sentence and "27 of 210" in found.sentence
    assert found.not_declared.considered == 9


def test_no_difference_too_few_and_not_calculable_are_ordinary_results():
    found = findings(_counts(white=(400, 80), a=(100, 15), b=(8, 1), c=(0, 0)))
    assert [f.verdict for f in found] == [
        Verdict.NO_DIFFERENCE_SEEN,
        Verdict.TOO_FEW,
        Verdict.NOT_CALCULABLE,
    ]
    assert "do not tell the two apart" in found[0].sentence and "too few to say" in found[1].sentence
    assert found[1].p is None and found[0].family.size == 1


def test_a_family_holds_all_characteristics_of_a_report_at_one_step():
    one = _counts(white=(780, 155), a=(210, 27))
    found = report_findings([one, one])
    assert {f.family.size for f in found} == {2}


def test_none_appointed_anywhere_is_too_few_and_not_an_error():
    (found,) = findings(_counts(white=(40, 0), a=(40, 0)))
    assert found.verdict is Verdict.TOO_FEW


def test_every_code_of_the_product_has_a_side_in_every_grouping_and_a_code_of_the_nhs():
    codes = {key: {code for code, _ in labels} for key, _, labels in CHARACTERISTICS}
    for grouping in (*groupings.MINORITY_GROUPINGS, groupings.WDES_DISABILITY):
        assert set(grouping.sides) == codes[grouping.characteristic]
    assert set(groupings.NHS_CODES) == codes["ethnic_background"]
    assert groupings.NHS_CODES["asian_chinese"] == "R" and groupings.NHS_CODES["black_caribbean"] == "M"


def test_white_minorities_change_sides_between_groupings():
    assert groupings.WRES_BME.sides["white_irish"] is Side.COMPARATOR
    assert groupings.GOVUK_ETHNIC_MINORITIES.sides["white_irish"] is Side.MONITORED
