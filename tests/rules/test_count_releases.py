"""Comparisons and controlled tables of a file of counts."""

from __future__ import annotations

import csv
import io
import json

import pytest

from recruitment.rules.count_comparisons import GROUPINGS, LARGEST, each_with, known_codes, two_sides
from recruitment.rules.count_files import SAMPLE, CountFile, read_counts
from recruitment.rules.count_releases import file_names, release_counts, table_to_csv
from recruitment.rules.count_reports import findings_of, report_of
from recruitment.rules.disclosure import Mode, Rules
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.errors import Invalid


def read(text: str) -> CountFile:
    found = read_counts(text)
    assert isinstance(found, CountFile), found
    return found


def funnel(**characteristics: dict[str, tuple[int, ...]]) -> CountFile:
    lines = ["characteristic,group,stage,count"]
    for name, rows in characteristics.items():
        for group, row in rows.items():
            lines += [f"{name},{group},S{at},{number}" for at, number in enumerate(row)]
    return read("\n".join(lines))


WORKED = funnel(Ethnic={"White": (780, 155), "All other ethnic groups": (210, 27), "Unknown": (40, 9)})


def test_the_worked_ratio_comes_out_with_its_intervals_and_test() -> None:
    (found,) = findings_of(each_with(WORKED))
    assert (found["comparator"], found["comparator_is"]) == ("White", LARGEST)
    assert round(found["ratio"], 4) == 1.5456
    assert [round(end, 3) for end in found["ratio_interval"]] == [1.058, 2.258]
    assert [round(100 * end, 2) for end in found["interval"]] == [8.99, 18.06]
    assert round(found["shortfall"], 1) == 11.6
    assert found["p"] < 0.05


def test_missing_answers_are_outside_rates_and_stand_beside_them() -> None:
    (found,) = findings_of(each_with(WORKED))
    assert (found["not_declared_selected"], found["not_declared_considered"]) == (9, 40)
    report = report_of(WORKED, each_with(WORKED), release_counts(WORKED, Rules()))
    (held,) = report["characteristics"]
    assert held["declared"] == [990, 182]
    assert [("rates" in group) for group in held["groups"]] == [True, True, False]


def test_a_grouping_adds_people_of_a_side_up() -> None:
    rows = {"White": (780, 155), "Asian": (110, 12), "Black": (100, 15), "Not stated": (40, 9)}
    (two,) = two_sides(funnel(Ethnic=rows), GROUPINGS["wres_bme"])
    assert two.counts.counts["monitored"] == (210, 27)
    assert two.grouping == "wres_bme"
    (found,) = findings_of([two])
    assert round(found["ratio"], 2) == 1.55
    assert "wres_bme" in found["characteristic"]


def test_white_alone_does_not_tell_white_british_apart() -> None:
    with pytest.raises(Invalid, match="White British apart"):
        two_sides(WORKED, GROUPINGS["govuk_ethnic_minorities"])


def test_white_minorities_are_monitored_where_the_file_counts_them() -> None:
    rows = {"White British": (700, 140), "White Irish": (80, 15), "Asian": (210, 27)}
    (two,) = two_sides(funnel(Ethnic=rows), GROUPINGS["govuk_ethnic_minorities"])
    assert two.counts.counts["monitored"] == (290, 42)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"Female": (10, 2), "Male": (10, 2)}, "no characteristic of the file"),
        ({"White": (10, 2), "Martian": (10, 2)}, "which side Martian"),
    ],
)
def test_groups_a_grouping_does_not_know_are_refused(rows: dict[str, tuple[int, ...]], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        two_sides(funnel(Ethnic=rows), GROUPINGS["wres_bme"])


def test_every_label_of_the_equality_questions_is_known() -> None:
    labels = {key: held for key, _, held in CHARACTERISTICS}
    missing = {"PNTS", "NOT_ANSWERED", "NOT_ASKED"}
    for key, known in (("ethnic_group", "ethnic_background"), ("ethnic_background",) * 2, ("disability",) * 2):
        for code, label in labels[key]:
            if code not in missing:
                assert known_codes(known, label), label
                assert known_codes(known, code), code


@pytest.mark.parametrize("chosen", [{"Sex": "Female"}, {"Ethnic": "Martian"}, {"Ethnic": "Unknown"}])
def test_a_comparator_that_is_not_there_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        each_with(WORKED, chosen)


SMALL = funnel(
    Sex={"Female": (60, 22, 4), "Male": (50, 20, 9), "Not asked": (10, 3, 1)},
    Disability={"Disabled": (14, 5, 1), "Not disabled": (96, 37, 12), "Unknown": (10, 3, 1)},
)


@pytest.mark.parametrize("mode", list(Mode))
def test_no_small_figure_is_shown_and_none_can_be_worked_out(mode: Mode) -> None:
    release = release_counts(SMALL, Rules(mode=mode))
    exact = SMALL.pooled()
    for table in release.tables:
        for row in table.rows:
            for figure, number in zip(row.figures, exact[table.title][row.label], strict=True):
                if 0 < number < 8:
                    assert figure.shown is None
    assert release.audit
    for cell in release.audit:
        if 0 < exact[cell.characteristic][cell.answer][SMALL.stages.index(cell.stage)] < 8:
            assert cell.low <= 1
            assert cell.high is None or cell.high >= 7


def test_names_of_the_release_itself_may_be_names_of_the_file() -> None:
    file = funnel(total={"declared": (30, 20), "total": (40, 20)})
    (table,) = release_counts(file, Rules()).tables
    assert [figure.shown for figure in table.total] == [70, 40]


def test_a_group_counted_in_two_characteristics_is_not_given_away_by_one() -> None:
    broad = {"White": (60, 30), "Asian": (40, 12)}
    narrow = {"White": (60, 30), "Indian": (21, 9), "Pakistani": (19, 3)}
    release = release_counts(funnel(Broad=broad, Narrow=narrow), Rules(mode=Mode.KEEP_TOTALS))
    tables = {table.title: {row.label: row.figures[1].shown for row in table.rows} for table in release.tables}
    assert tables["Narrow"]["Pakistani"] is None
    assert tables["Broad"]["Asian"] is None or tables["Narrow"]["Indian"] is None
    # Were White shown, Asian would be the rest of everybody.
    (audited,) = [cell for cell in release.audit if (cell.answer, cell.stage) == ("Pakistani", "S1")]
    assert audited.low <= 1


def test_characteristics_whose_nesting_does_not_hold_are_still_released() -> None:
    broad = {"White": (60, 30), "Asian": (40, 12)}
    narrow = {"White": (50, 30), "Indian": (50, 12)}
    assert len(release_counts(funnel(Broad=broad, Narrow=narrow), Rules()).tables) == 2


def test_a_table_as_csv_runs_no_formula_and_explains_the_asterisk() -> None:
    file = funnel(Sex={"=1+1": (60, 22), "@SUM": (50, 3)})
    release = release_counts(file, Rules())
    rows = list(csv.reader(io.StringIO(table_to_csv(release.tables[0], release.explanation))))
    assert rows[0] == ["Sex", "S0", "S1"]
    assert rows[1][0] == "'=1+1"
    assert all(not cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row)
    assert rows[-1] == [release.explanation]


def test_no_two_tables_share_a_file() -> None:
    file = funnel(**{"Sex!": {"F": (60, 22)}, "Sex?": {"F": (60, 22)}, "性": {"F": (60, 22)}})
    names = file_names(release_counts(file, Rules()).tables)
    assert names == ("01-sex.csv", "02-sex.csv", "03-table.csv")


@pytest.mark.parametrize(
    "rows",
    [
        {"A": (0, 0), "B": (0, 0)},
        {"A": (10, 0), "B": (10, 0)},
        {"A": (10, 10), "B": (10, 10)},
        {"A": (5, 5), "B": (0, 0)},
        {"A": (100, 50), "B": (80, 0)},
        {"Unknown": (100, 50)},
    ],
)
def test_no_figure_is_ever_infinity_or_nan(rows: dict[str, tuple[int, ...]]) -> None:
    file = funnel(Any=rows)
    report = report_of(file, each_with(file), release_counts(file, Rules()))
    text = json.dumps(report, allow_nan=False)
    assert "nan" not in text.lower()
    assert "infinity" not in text.lower()


def test_what_is_controlled_holds_no_exact_figure_of_a_rounded_release() -> None:
    report = report_of(read(SAMPLE), each_with(read(SAMPLE)), release_counts(read(SAMPLE), Rules()))
    shown = [
        figure
        for table in report["controlled"]["tables"]
        for row in (*[each["figures"] for each in table["rows"]], table["everyone"], table["gave_an_answer"])
        for figure in row
    ]
    assert shown
    assert all(figure == "*" or figure % 5 == 0 for figure in shown)
