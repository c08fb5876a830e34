"""No published figure gives a person away: an attacker who knows the rules reads every release."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.disclosure import (
    EXPLANATION,
    STAR,
    WITHHELD,
    Figure,
    ReleaseTable,
    percentage,
    release_tables,
)
from recruitment.rules.equality_question_set import BACKGROUNDS
from recruitment.rules.equality_questions import AGE_BANDS, CHARACTERISTICS, NOT_ANSWERED, NOT_ASKED
from recruitment.rules.funnel import MISSING_CODES, STAGES, Counts, FunnelStage
from recruitment.rules.question_sets import SHIPPED
from recruitment.rules.release_formats import tables_from_json, tables_to_csv, tables_to_json

ASKED = [row for row in CHARACTERISTICS if row[0] in SHIPPED.characteristics]


BIG = 10**6
Sheet = dict[tuple[str, str, int], tuple[int, int]]
_GROUP_OF = {option.code: group for group, options in BACKGROUNDS.items() for option in options}


def narrowed(ranges: Sheet, sums: list[tuple[tuple, list[tuple]]]) -> Sheet:
    """The attacker: exact whole-number intervals, each sum used in every direction until nothing moves."""
    found = dict(ranges)
    moved = True
    while moved:
        moved = False
        for whole, parts in sums:
            lows, highs = [found[part][0] for part in parts], [found[part][1] for part in parts]
            news = {whole: (sum(lows), sum(highs))}
            for part, low, high in zip(parts, lows, highs, strict=True):
                rest_low, rest_high = sum(lows) - low, sum(highs) - high
                news[part] = (found[whole][0] - rest_high, found[whole][1] - rest_low)
            for key, (low, high) in news.items():
                tighter = (max(low, found[key][0]), min(high, found[key][1]))
                if tighter != found[key]:
                    found[key], moved = tighter, True
    return found


def published_range(figure: Figure, *, threshold: int = 8, base: int = 5) -> tuple[int, int]:
    if figure.shown is None:
        return (0, BIG)
    if figure.shown == 0:
        return (0, 0)
    lowest = figure.shown - base // 2
    return (max(threshold, lowest), lowest + base - 1)


def read_release(
    tables: tuple[ReleaseTable, ...],
    *,
    threshold: int = 8,
    base: int = 5,
    told: Sheet | None = None,
) -> Sheet:
    """All tables at once: sums, declaration, groups and their backgrounds, nesting, and those who left.

    `told` adds what the attacker knows, or rightly guesses, beyond the release.
    """
    ranges: Sheet = {}
    sums: list[tuple[tuple, list[tuple]]] = []
    depth = len(STAGES)
    for table in tables:
        for place in range(depth):
            rows = [(table.characteristic, row.code, place) for row in table.rows]
            for key, row in zip(rows, table.rows, strict=True):
                ranges[key] = published_range(row.figures[place], threshold=threshold, base=base)
                if row.code == NOT_ASKED:  # everybody knows that all were asked
                    ranges[key] = (0, 0)
            ranges["all", "all", place] = published_range(table.total[place], threshold=threshold, base=base)
            ranges[table.characteristic, "declared", place] = published_range(
                table.declaration[place], threshold=threshold, base=base
            )
    names = sorted({key[:2] for key in ranges})
    for name in [*names, *(("rest", group) for group in BACKGROUNDS)]:
        for place in range(depth):
            ranges.setdefault((*name, place), (0, BIG))
            if place + 1 < depth:
                ranges[(*name, 100 + place)] = (0, BIG)
                sums.append(((*name, place), [(*name, place + 1), (*name, 100 + place)]))
    for place in [*range(depth), *(100 + step for step in range(depth - 1))]:
        for table in tables:
            line = table.characteristic
            codes = [row.code for row in table.rows]
            silent = [(line, code, place) for code in codes if code in MISSING_CODES]
            spoken = [(line, code, place) for code in codes if code not in MISSING_CODES]
            sums.append((("all", "all", place), spoken + silent))
            sums.append(((line, "declared", place), spoken))
            sums.append((("all", "all", place), [(line, "declared", place), *silent]))
        for group in BACKGROUNDS:
            parts = [("ethnic_background", code, place) for code, of in _GROUP_OF.items() if of == group]
            sums.append((("ethnic_group", group, place), [*parts, ("rest", group, place)]))
    return narrowed(ranges | (told or {}), sums)


def sex_counts(*, female: list[int], male: list[int]) -> Counts:
    """Applications that answered the question on sex only; each list holds the numbers by stage."""
    counts = Counts()
    for code, numbers in (("female", female), ("male", male)):
        for depth, number in enumerate(numbers, start=1):
            further = numbers[depth] if depth < len(numbers) else 0
            for _ in range(number - further):
                silent = dict.fromkeys((key for key, _, _ in ASKED), NOT_ANSWERED)
                counts.add(silent | {"sex": code}, STAGES[:depth])
    return counts


def texts(tables: tuple[ReleaseTable, ...], characteristic: str, code: str) -> list[str]:
    table = next(table for table in tables if table.characteristic == characteristic)
    return [figure.text for row in table.rows if row.code == code for figure in row.figures]


def test_the_attacker_wins_on_a_table_with_small_cells_hidden_and_exact_totals() -> None:
    rows = {"white": 46, "asian": 12, "black": 9, "other": 0, "PNTS": 10}
    sheet: Sheet = {("ethnic", code, 0): (number, number) for code, number in rows.items()}
    sheet |= {("ethnic", "mixed", 0): (1, 7), ("all", "all", 0): (80, 80)}
    parts = [("ethnic", code, 0) for code in (*rows, "mixed")]
    assert narrowed(sheet, [(("all", "all", 0), parts)])["ethnic", "mixed", 0] == (3, 3)


def test_the_attacker_wins_where_rounding_is_the_only_protection_of_a_table_with_two_rows() -> None:
    sheet: Sheet = {("sex", "female", 0): (1, 7), ("sex", "male", 0): (13, 17), ("all", "all", 0): (13, 17)}
    parts = [("sex", "female", 0), ("sex", "male", 0)]
    assert narrowed(sheet, [(("all", "all", 0), parts)])["sex", "female", 0] == (1, 4)


def test_the_same_two_rows_are_protected_in_a_release() -> None:
    tables = release_tables(sex_counts(female=[1], male=[14]))
    low, high = read_release(tables)["sex", "female", 0]
    assert (texts(tables, "sex", "female")[0], low <= 1, high >= 7) == (STAR, True, True)


def test_the_worked_example_is_rounded_row_by_row_and_one_star_is_enough() -> None:
    counts = Counts()
    for group, number in (("white", 46), ("mixed", 3), ("asian", 12), ("black", 9), ("PNTS", 10)):
        for _ in range(number):
            silent = dict.fromkeys((key for key, _, _ in ASKED), NOT_ANSWERED)
            counts.add(silent | {"ethnic_group": group}, [FunnelStage.SUBMITTED])
    table = next(table for table in release_tables(counts) if table.characteristic == "ethnic_group")
    assert [row.figures[0].text for row in table.rows] == ["45", "*", "10", "10", "*", "10", "*"]
    assert table.total[0].text == "80"


def test_a_group_of_which_nobody_or_everybody_goes_on_is_withheld() -> None:
    tables = release_tables(sex_counts(female=[60, 60], male=[60, 0]))
    assert texts(tables, "sex", "female")[:2] == ["60", "*"]
    assert texts(tables, "sex", "male")[:2] == ["60", "*"]


def test_what_is_true_of_the_whole_campaign_is_shown_of_every_group() -> None:
    tables = release_tables(sex_counts(female=[60, 30, 30], male=[60, 20, 20]))
    assert texts(tables, "sex", "female") == ["60", "30", "30", "0", "0"]
    assert texts(tables, "sex", "male") == ["60", "20", "20", "0", "0"]


def test_a_nought_beside_an_asterisk_does_not_tell_where_the_withheld_people_are_not() -> None:
    tables = release_tables(sex_counts(female=[60, 30], male=[3, 0]))
    assert texts(tables, "sex", "female")[0] == "60"
    assert (texts(tables, "sex", "male")[0], texts(tables, "sex", "PNTS")[0]) == (STAR, STAR)


def test_a_group_without_applicants_shows_nought_where_nothing_is_withheld_beside_it() -> None:
    tables = release_tables(sex_counts(female=[60, 30], male=[60, 20]))
    assert texts(tables, "sex", "PNTS") == ["0"] * 5


def test_a_stored_release_does_not_tell_the_reasons_for_withholding_apart() -> None:
    counts = sex_counts(female=[60, 60, 3], male=[60, 0])
    tables = release_tables(counts)
    withheld = {figure for table in tables for row in table.rows for figure in row.figures if figure.shown is None}
    assert withheld == {WITHHELD}


def test_the_threshold_can_be_raised_but_never_below_five() -> None:
    counts = sex_counts(female=[9], male=[60])
    assert texts(release_tables(counts, threshold=10), "sex", "female")[0] == STAR
    with pytest.raises(ValueError, match="below 5"):
        release_tables(counts, threshold=4)


@pytest.mark.parametrize("base", [1, 4, 17])
def test_figures_are_never_rounded_too_finely_or_to_nought(base: int) -> None:
    with pytest.raises(ValueError, match="rounded"):
        release_tables(Counts(), base=base)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(10, 25, 40), (10, 20, None), (None, 25, None), (10, None, None), (25, 25, 100)],
)
def test_percentages_come_from_shown_figures_of_at_least_23(
    part: int | None, whole: int | None, expected: int | None
) -> None:
    assert percentage(Figure(part), Figure(whole)) == expected


def test_a_release_survives_being_written_and_read() -> None:
    tables = release_tables(sex_counts(female=[60, 20, 5], male=[40, 30, 9]))
    assert tables_from_json(tables_to_json(tables)) == tables


def test_a_release_with_a_broken_figure_is_refused() -> None:
    text = tables_to_json(release_tables(sex_counts(female=[60], male=[40])))
    with pytest.raises(ValueError, match="neither"):
        tables_from_json(text.replace("60", '"=1"'))


def test_spreadsheets_get_no_formulas_and_the_star_is_explained() -> None:
    table = ReleaseTable("x", "=1+1", ("submitted",), (), (Figure(10),), (WITHHELD,))
    lines = tables_to_csv((table,)).splitlines()
    assert lines[1:3] == ["'=1+1,Gave an answer,*", "'=1+1,Everyone,10"]
    assert lines[3].strip('"') == EXPLANATION.format(base=5)


@st.composite
def funnels(draw: st.DrawFn) -> Counts:
    """Random campaigns: few or many people, skewed answers, any share going on, sometimes all or none."""
    random = draw(st.randoms(use_true_random=False))
    size = draw(st.sampled_from([1, 6, 9, 14, 28, 40, 90, 250]))
    spread = draw(st.sampled_from([1, 2, 4, 30]))
    rates = draw(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 0.98, 1.0]), min_size=4, max_size=4))
    counts = Counts()
    for _ in range(size):
        answers = {}
        for key, _, labels in ASKED:
            # Everybody is asked the questions of their campaign.
            codes = [code for code, _ in labels if code != NOT_ASKED]
            codes = codes[-spread - 2 : -1] if spread < 4 else codes
            answers[key] = codes[min(random.randrange(len(codes)), random.randrange(len(codes)))]
        background = answers["ethnic_background"]
        answers["ethnic_group"] = _GROUP_OF.get(background, background)
        depth = 1
        while depth < len(STAGES) and random.random() < rates[depth - 1]:
            depth += 1
        counts.add(answers, STAGES[:depth])
    return counts


@settings(max_examples=120, deadline=None)
@given(counts=funnels(), threshold=st.sampled_from([5, 8, 10]))
def test_no_withheld_figure_can_be_narrowed_by_arithmetic(counts: Counts, threshold: int) -> None:
    tables = release_tables(counts, threshold=threshold)
    ranges = read_release(tables, threshold=threshold)
    for table in tables:
        for row in table.rows:
            for place, (figure, stage) in enumerate(zip(row.figures, STAGES, strict=True)):
                number = counts.count(table.characteristic, row.code, stage)
                low, high = ranges[table.characteristic, row.code, place]
                assert low <= number <= high
                if figure.shown is not None:
                    assert number == 0 or number >= threshold
                elif 0 < number < threshold:
                    assert low <= 1
                    assert high >= threshold - 1
                elif number == 0:
                    # Withheld only for the sake of an asterisk beside it, of which it must not be told apart.
                    assert low == 0
                else:
                    assert low < high


@settings(max_examples=60, deadline=None)
@given(counts=funnels())
def test_nobody_can_be_sure_that_a_whole_group_went_on_or_was_left_behind(counts: Counts) -> None:
    tables = release_tables(counts)
    ranges = read_release(tables)
    for table in tables:
        for row in table.rows:
            for place, stage in enumerate(STAGES[1:], start=1):
                numbers = [counts.count(table.characteristic, row.code, STAGES[at]) for at in (place - 1, place)]
                if not numbers[0] or counts.total(stage) in (0, counts.total(STAGES[place - 1])):
                    continue
                (_, before), (low, high) = (
                    ranges[table.characteristic, row.code, at] for at in (place - 1, place)
                )
                assert (low < before, high > 0) == (True, True)


@settings(max_examples=60, deadline=None)
@given(counts=funnels())
def test_even_a_reader_who_guesses_which_stars_are_small_is_left_with_two_numbers(counts: Counts) -> None:
    tables = release_tables(counts)
    told: Sheet = {
        (table.characteristic, row.code, place): (1, 7)
        for table in tables
        for row in table.rows
        for place, stage in enumerate(STAGES)
        if 1 <= counts.count(table.characteristic, row.code, stage) <= 7
    }
    figures = [figure for table in tables for row in table.rows for figure in row.figures]
    if all(figure == WITHHELD for figure in figures):
        return
    ranges = read_release(tables, told=told)
    assert [key for key in told if ranges[key][0] == ranges[key][1]] == []


def test_four_sevens_that_make_up_a_total_do_not_all_come_out() -> None:
    counts = Counts()
    for group in ("white", "mixed", "asian", "black"):
        for _ in range(7):
            silent = dict.fromkeys((key for key, _, _ in ASKED), NOT_ANSWERED)
            counts.add(silent | {"ethnic_group": group}, [FunnelStage.SUBMITTED])
    told: Sheet = {("ethnic_group", group, 0): (1, 7) for group in ("white", "mixed", "asian", "black")}
    naive = narrowed(told | {("all", "all", 0): (28, 32)}, [(("all", "all", 0), list(told))])
    assert {naive[key] for key in told} == {(7, 7)}
    protected = read_release(release_tables(counts), told=told)
    assert [key for key in told if protected[key][0] == protected[key][1]] == []


def test_seven_people_who_differ_in_everything_get_no_release_at_all() -> None:
    counts = Counts()
    for band in AGE_BANDS:
        silent = dict.fromkeys((key for key, _, _ in ASKED), NOT_ANSWERED)
        counts.add(silent | {"age": band}, [FunnelStage.SUBMITTED])
    tables = release_tables(counts)
    figures = {figure for table in tables for row in table.rows for figure in (*row.figures, *table.total)}
    assert figures == {WITHHELD}


@pytest.mark.parametrize("people", [1, 7])
def test_a_campaign_of_a_few_who_are_all_alike_gets_no_release_at_all(people: int) -> None:
    counts = Counts()
    for _ in range(people):
        counts.add({key: labels[0][0] for key, _, labels in ASKED}, [FunnelStage.APPOINTED])
    assert counts.count("age", AGE_BANDS[0], FunnelStage.SUBMITTED) == people
    shown = {
        figure.text
        for table in release_tables(counts)
        for series in (table.total, table.declaration, *(row.figures for row in table.rows))
        for figure in series
    }
    assert shown == {STAR}


def test_a_campaign_nobody_applied_to_shows_noughts() -> None:
    figures = {figure for table in release_tables(Counts()) for row in table.rows for figure in row.figures}
    assert figures == {Figure(0)}
