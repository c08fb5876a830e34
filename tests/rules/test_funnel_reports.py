"""A report says what its published figures carry, and no more."""

from __future__ import annotations

import random

import pytest

from recruitment.rules.disclosure import WITHHELD, Figure, ReleaseRow, ReleaseTable, release_tables
from recruitment.rules.equality_question_set import BACKGROUNDS
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.funnel import STAGES, Counts
from recruitment.rules.funnel_reports import write_report
from recruitment.rules.question_sets import SHIPPED

ASKED = [row for row in CHARACTERISTICS if row[0] in SHIPPED.characteristics]


_STAGES = ("submitted", "shortlisted", "appointed")


def figures(*numbers: int | None) -> tuple[Figure, ...]:
    return tuple(WITHHELD if number is None else Figure(number) for number in numbers)


def table(*rows: tuple[str, str, tuple[int | None, ...]], total: tuple[int | None, ...]) -> ReleaseTable:
    lines = tuple(ReleaseRow(label, code, figures(*numbers)) for code, label, numbers in rows)
    return ReleaseTable("sex", "Sex", _STAGES, lines, figures(*total), figures(*total))


def test_a_difference_beyond_chance_is_told_with_its_counts_and_interval() -> None:
    report = write_report(
        [table(("female", "Women", (300, 60, 20)), ("male", "Men", (300, 150, 50)), total=(600, 210, 70))]
    )
    assert report.summary[0] == "About 600 people applied, and about 70 were appointed."
    assert report.summary[1].startswith(
        "Women, compared with Men: less likely to go from submitted to shortlisted"
    )
    assert "(60 of 300, against 150 of 300)" in report.summary[1]
    line = report.chapters[0].lines[0]
    assert (line.ratio[:4], line.counts, line.verdict) == ("0.40", "60 of 300; 150 of 300", "less likely")
    assert report.chapters[0].axes[0][1].whiskers[0].text == line.ratio


def test_the_four_fifths_rule_stands_with_its_interval_its_counts_and_how_often_chance_says_the_same() -> None:
    report = write_report(
        [table(("female", "Women", (120, 40, 20)), ("male", "Men", (120, 60, 30)), total=(240, 100, 50))]
    )
    first, second, _ = report.chapters[0].lines
    assert first.four_fifths.startswith(
        "0.67 (0.49 to 0.90) of Men (60 of 120). Below 0.80: groups of these sizes"
    )
    assert "with equal chances would be so in" in first.four_fifths
    assert second.counts == "20 of 40; 30 of 60"
    assert second.four_fifths == "the highest rate"  # Men have it too


def test_the_four_fifths_rule_tells_no_ratio_of_few() -> None:
    report = write_report(
        [table(("female", "Women", (60, 20, 5)), ("male", "Men", (300, 200, 60)), total=(360, 220, 65))]
    )
    assert report.chapters[0].lines != ()
    told = {line.step: line.four_fifths for line in report.chapters[0].lines}
    assert all("too few" in said for step, said in told.items() if step.endswith("appointed"))


def test_figures_that_do_not_differ_make_no_finding() -> None:
    report = write_report(
        [table(("female", "Women", (300, 100, 30)), ("male", "Men", (300, 105, 30)), total=(600, 205, 60))]
    )
    assert report.summary[1].startswith("No group's chances can be told apart")
    assert report.chapters[0].sentences == ()


@pytest.mark.parametrize("came_through", [None, 5, 15, 20])
def test_a_small_group_is_compared_neither_when_it_did_well_nor_when_it_did_badly(
    came_through: int | None,
) -> None:
    report = write_report(
        [
            table(
                ("female", "Women", (20, came_through, None)),
                ("male", "Men", (300, 100, 30)),
                total=(320, 110, 30),
            )
        ]
    )
    assert report.chapters[0].lines == ()
    assert "too few" in report.summary[1]


def test_other_ethnic_groups_are_combined_under_the_name_of_their_grouping() -> None:
    rows = [
        ("White", "white", (300, 150, 50)),
        ("Asian", "asian", (60, None, None)),
        ("Black", "black", (40, None, None)),
    ]
    lines = tuple(ReleaseRow(label, code, figures(*numbers)) for label, code, numbers in rows)
    whole = figures(400, 180, 60)
    made = ReleaseTable("ethnic_group", "Ethnic group", _STAGES, lines, whole, whole)
    (chapter,) = write_report([made]).chapters
    line = chapter.lines[0]
    assert line.group == "All other ethnic groups combined (grouping wres_bme)"
    assert line.counts == "30 of 100; 150 of 300"


def test_a_withheld_figure_has_no_share_no_line_and_no_picture() -> None:
    report = write_report(
        [table(("female", "Women", (300, None, None)), ("male", "Men", (300, 105, 30)), total=(600, 205, 60))]
    )
    women, _ = report.chapters[0].shares
    assert [bar.text for bar in women.bars] == ["50 %", "not published", "not published"]
    assert report.chapters[0].lines == ()


def test_how_many_answered_stands_beside_every_characteristic() -> None:
    report = write_report([table(("female", "Women", (300, 100, 30)), total=(300, 100, 30))])
    assert report.chapters[0].declaration.startswith("100 % of applicants answered")


def people(number: int, seed: int) -> Counts:
    """Applicants of many groups whose chances are all alike."""
    draw, counts = random.Random(seed), Counts()
    for _ in range(number):
        answers = {}
        for key, _, labels in ASKED:
            codes = [code for code, _ in labels][:-1]
            answers[key] = draw.choices(codes, [40, *[10] * (len(codes) - 1)])[0]
        group = answers["ethnic_group"]
        answers["ethnic_background"] = (
            draw.choice([option.code for option in BACKGROUNDS[group]]) if group in BACKGROUNDS else group
        )
        depth = 1 if draw.random() > 0.3 else 5 if draw.random() < 0.4 else 3
        counts.add(answers, STAGES[:depth])
    return counts


def test_where_all_chances_are_alike_few_reports_find_a_difference() -> None:
    """Three steps judged at 5 % each: about 14 of 100 reports may be wrong somewhere, whatever was withheld."""
    reports = [write_report(release_tables(people(600, seed))) for seed in range(20)]
    wrong = sum(any("than chance would" in sentence for sentence in report.summary) for report in reports)
    assert wrong <= 7  # of 20 with a chance of 0.14 each, more in 2 of 1,000 such tests
