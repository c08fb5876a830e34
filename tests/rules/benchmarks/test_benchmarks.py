"""Census shares: people added up, matched to the answers, and compared with the caveat that belongs to it."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.benchmarks import (
    TABLES,
    BenchmarkError,
    Comparison,
    NoFigure,
    OwnShare,
    Share,
    build_census,
    compare,
    grouping_share,
    share,
)
from recruitment.rules.benchmarks.categories import BACKGROUND_CATEGORIES, GROUP_CATEGORIES, MATCHES
from recruitment.rules.benchmarks.census import ETHNIC_AUTHORITIES, ETHNIC_REGIONS, read_table
from recruitment.rules.disparity.rates import Rate, wilson
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.errors import Invalid
from recruitment.services.benchmarks import TABLE_FOLDER, load_census

CENSUS = load_census()
E_AND_W, ENGLAND, LONDON, NORTH_EAST, WALES = "K04000001", "E92000001", "E12000007", "E12000001", "W92000004"
AUTHORITIES = sorted(CENSUS.tables[ETHNIC_AUTHORITIES].names)


def figure(found: Share | NoFigure) -> float:
    assert isinstance(found, Share), found
    return round(100 * found.value, 1)


@pytest.mark.parametrize(
    ("characteristic", "code", "area", "percentage"),
    [
        ("ethnic_group", "white", E_AND_W, 81.7),
        ("ethnic_group", "asian", E_AND_W, 9.3),
        ("ethnic_group", "black", LONDON, 13.5),
        ("ethnic_group", "mixed", WALES, 1.6),
        ("ethnic_background", "white_british", E_AND_W, 74.4),
        ("ethnic_background", "asian_bangladeshi", LONDON, 3.7),
        ("ethnic_background", "other_arab", NORTH_EAST, 0.4),
        ("disability", "disabled", E_AND_W, 17.5),
        ("disability", "disabled", WALES, 21.6),
        ("sex", "female", LONDON, 51.5),
        ("sex", "female", E_AND_W, 50.8),
        ("age", "25-34", LONDON, 18.1),
        ("age", "65 and over", NORTH_EAST, 20.4),
    ],
)
def test_the_published_shares_come_out(characteristic: str, code: str, area: str, percentage: float) -> None:
    assert figure(share(CENSUS, characteristic, code, [area])) == percentage


@pytest.mark.parametrize(
    ("area", "wres", "govuk"), [(E_AND_W, 18.3, 25.6), (LONDON, 46.2, 63.2), (WALES, 6.2, 9.4)]
)
def test_the_three_minority_groupings_differ_by_white_minorities_alone(
    area: str, wres: float, govuk: float
) -> None:
    found = {name: grouping_share(CENSUS, name, [area]) for name in ("wres_bme", "nonwhite_label")}
    assert {figure(each) for each in found.values()} == {wres}
    wider = grouping_share(CENSUS, "govuk_ethnic_minorities", [area])
    assert isinstance(wider, Share)
    assert figure(wider) == govuk
    assert wider.grouping == "govuk_ethnic_minorities"


def test_whoever_left_a_voluntary_question_blank_is_outside_the_share() -> None:
    parts = [
        share(CENSUS, "sexual_orientation", code, [E_AND_W]) for code in ("gay_or_lesbian", "bisexual", "other")
    ]
    assert all(isinstance(part, Share) and part.of == 44_939_767 for part in parts)
    assert sum(part.people for part in parts if isinstance(part, Share)) == 1_536_714


def test_roma_count_with_any_other_white_background_and_it_is_said() -> None:
    found = share(CENSUS, "ethnic_background", "white_other", [E_AND_W])
    assert isinstance(found, Share)
    alone = CENSUS.tables[ETHNIC_REGIONS].counts[E_AND_W]
    assert found.people == alone["White: Roma"] + alone["White: Other White"]
    assert any("Roma" in note for note in found.notes)


def test_all_nineteen_categories_stand_for_one_background_and_one_group_each() -> None:
    nineteen = set(next(iter(CENSUS.tables[ETHNIC_AUTHORITIES].counts.values())))
    for categories in (BACKGROUND_CATEGORIES, GROUP_CATEGORIES):
        held = [name for names in categories.values() for name in names]
        assert len(held) == len(set(held)) == 19
        assert set(held) == nineteen


@pytest.mark.parametrize(
    ("characteristic", "code"), [(key, code) for key, _, labels in CHARACTERISTICS for code, _ in labels]
)
def test_every_answer_has_a_figure_or_words(characteristic: str, code: str) -> None:
    found = share(CENSUS, characteristic, code, [E_AND_W])
    if isinstance(found, Share):
        assert 0 < found.value < 1
        assert found.caveat
    else:
        assert found.sentence.endswith(".")


@pytest.mark.parametrize(
    ("characteristic", "code", "word"),
    [
        ("age", "16-24", "aged 15"),
        ("age", "under 16", "0 to 14"),
        ("gender_identity", "different", "no longer accredited"),
        ("marital_status", "married", "no table"),
        ("religion", "PNTS", "outside the share"),
    ],
)
def test_where_categories_do_not_match_words_say_so(characteristic: str, code: str, word: str) -> None:
    found = share(CENSUS, characteristic, code, [E_AND_W])
    assert isinstance(found, NoFigure)
    assert word in found.sentence


@given(st.lists(st.sampled_from(AUTHORITIES), min_size=1, max_size=12, unique=True))
def test_a_catchment_is_its_people_added_up_never_an_average(areas: list[str]) -> None:
    whole = grouping_share(CENSUS, "wres_bme", areas)
    each = [grouping_share(CENSUS, "wres_bme", [area]) for area in areas]
    assert isinstance(whole, Share)
    assert whole.people == sum(part.people for part in each if isinstance(part, Share))
    assert whole.of == sum(part.of for part in each if isinstance(part, Share))
    assert {part.of.denominator for part in each if isinstance(part, Share)} == {1}


@given(st.lists(st.sampled_from(AUTHORITIES), min_size=1, max_size=4, unique=True))
def test_the_shares_of_the_five_groups_make_up_everybody(areas: list[str]) -> None:
    parts = [share(CENSUS, "ethnic_group", code, areas) for code in GROUP_CATEGORIES]
    assert sum((part.people / part.of for part in parts if isinstance(part, Share)), Fraction(0)) == 1


def test_the_average_of_two_unequal_authorities_is_not_their_catchment() -> None:
    areas = ["E08000025", "E06000001"]  # Birmingham, Hartlepool
    both = grouping_share(CENSUS, "wres_bme", areas)
    alone = [grouping_share(CENSUS, "wres_bme", [area]) for area in areas]
    mean = sum(part.value for part in alone if isinstance(part, Share)) / 2
    assert isinstance(both, Share)
    assert both.value - mean > 0.1


@pytest.mark.parametrize(
    "areas",
    [[], [LONDON, LONDON], [E_AND_W, LONDON], [ENGLAND, NORTH_EAST], [ENGLAND, WALES, E_AND_W], ["E99999999"]],
)
def test_areas_that_count_somebody_twice_or_are_none_are_refused(areas: list[str]) -> None:
    with pytest.raises(Invalid):
        share(CENSUS, "sex", "female", areas)


def test_england_and_wales_add_up_to_both() -> None:
    one, both = share(CENSUS, "sex", "female", [ENGLAND, WALES]), share(CENSUS, "sex", "female", [E_AND_W])
    assert isinstance(one, Share)
    assert isinstance(both, Share)
    assert (one.people, one.of) == (both.people, both.of)


def test_a_characteristic_without_a_table_of_local_authorities_says_so() -> None:
    found = share(CENSUS, "religion", "muslim", AUTHORITIES[:2])
    assert isinstance(found, NoFigure)
    assert "regions and nations" in found.sentence


def test_three_of_sixty_against_the_population_is_the_worked_figure() -> None:
    benchmark = grouping_share(CENSUS, "wres_bme", [E_AND_W])
    assert isinstance(benchmark, Share)
    found = compare(OwnShare(Rate(3, 60)), benchmark)
    assert isinstance(found, Comparison)
    assert round(found.p, 4) == 0.0042
    assert (round(100 * found.interval.low, 1), round(100 * found.interval.high, 1)) == (1.7, 13.7)
    assert round(100 * found.difference, 1) == -13.3
    assert "wres_bme" in found.sentences[0]
    assert "p = 0.0042" in found.sentences[0]
    assert benchmark.caveat in found.sentences


@given(st.data())
def test_the_interval_of_the_difference_is_wilsons_shifted_and_has_the_difference_in_it(
    held: st.DataObject,
) -> None:
    of = held.draw(st.integers(1, 3000))
    rate = Rate(held.draw(st.integers(0, of)), of)
    characteristic = held.draw(st.sampled_from(sorted(MATCHES)))
    code = held.draw(st.sampled_from(sorted(MATCHES[characteristic].categories)))
    benchmark = share(CENSUS, characteristic, code, [held.draw(st.sampled_from([LONDON, WALES, E_AND_W]))])
    assert isinstance(benchmark, Share)
    found = compare(OwnShare(rate), benchmark)
    assert isinstance(found, Comparison)
    interval = wilson(rate)
    assert found.difference_interval.high - found.difference_interval.low == pytest.approx(
        interval.high - interval.low
    )
    assert found.difference_interval.low - 1e-9 <= found.difference <= found.difference_interval.high + 1e-9
    assert 0 <= found.p <= 1
    assert benchmark.caveat in found.sentences
    assert not any(word in " ".join(found.sentences).lower() for word in ("nan", "infinity"))


@pytest.mark.parametrize(("panels", "is_compared"), [(1, False), (9, False), (10, True), (None, True)])
def test_no_panel_is_ever_held_against_a_benchmark(panels: int | None, is_compared: bool) -> None:
    benchmark = share(CENSUS, "sex", "female", [ENGLAND])
    assert isinstance(benchmark, Share)
    found = compare(OwnShare(Rate(12, 30), "panel members", panels), benchmark)
    assert isinstance(found, Comparison) is is_compared


def test_nobody_is_compared_where_nobody_answered() -> None:
    benchmark = share(CENSUS, "sex", "female", [ENGLAND])
    assert isinstance(benchmark, Share)
    assert isinstance(compare(OwnShare(Rate(0, 0)), benchmark), NoFigure)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name,a\n", "empty"),
        ("code,name,a\nE1,One,5,6\n", "line 2: 4 columns"),
        ("code,name,a\nE1,One,5\nE1,Two,6\n", "line 3: E1 stands there twice"),
        ("code,name,a\nE1,One,x\n", "line 2: a figure is no number"),
        ("code,name,a\nE1,One,-1\n", "line 2: a figure is below nought"),
    ],
)
def test_a_table_that_is_broken_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(BenchmarkError, match=said):
        read_table("t", text)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(BenchmarkError, match=TABLES[0]):
        build_census({})


def test_the_licence_and_the_source_lie_beside_the_tables() -> None:
    text = (TABLE_FOLDER / "PROVENANCE.txt").read_text(encoding="utf-8")
    assert "Open Government Licence v3.0" in text
    assert "Office for National Statistics" in text


def test_the_percentages_that_come_along_agree_with_the_counts() -> None:
    path = Path(TABLE_FOLDER) / "census2021_ts021_ethnic5_region.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    names = {"white": "White", "mixed": "Mixed", "asian": "Asian", "black": "Black", "other": "Other"}
    for row in rows:
        for code, column in names.items():
            assert figure(share(CENSUS, "ethnic_group", code, [row["code"]])) == pytest.approx(
                float(row[f"{column}_pct"]), abs=0.051
            )
