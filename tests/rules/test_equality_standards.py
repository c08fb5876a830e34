"""The returns of the equality standards hold the worked figures, with their directions and what is left out."""

from __future__ import annotations

from recruitment.rules.equality_standards import BY_GROUP, split_by_ethnicity, standard_sheets
from recruitment.rules.funnel import STAGES, Counts, Exit
from recruitment.rules.question_sets import SHIPPED, checked_set


def people(counts: Counts, number: int, appointed: int, **answers: str) -> None:
    for place in range(number):
        counts.add(answers, STAGES if place < appointed else STAGES[:2])


def test_the_return_of_a_year_holds_the_worked_ratios_of_both_standards() -> None:
    counts = Counts()
    counts.add({"ethnic_background": "white_irish"}, STAGES[:4], left=Exit.DECLINED)
    people(counts, 780, 155, ethnic_group="white", ethnic_background="white_irish")
    people(counts, 210, 27, ethnic_group="asian", ethnic_background="asian_indian")
    people(counts, 400, 80, disability="not_disabled")
    people(counts, 100, 15, disability="disabled")
    race, disability = standard_sheets(counts)
    assert race.rows[1][:3] == ("White", 780, 155)
    assert race.rows[2][:3] == ("BME", 210, 27)
    assert race.rows[3][:3] == ("Did not say, or were not asked", 500, 95)
    assert race.rows[5][1] == "1.55"
    assert race.rows[6][1] == "1.06 to 2.26"
    assert disability.rows[5][1] == "1.33"
    assert disability.rows[6][1] == "0.80 to 2.21"
    assert ("Grouping", "wres_bme", "", "") in race.rows
    assert [row[1] for row in disability.rows if row[0] == "Wording"][1].startswith("Old wording (2020)")


def test_campaigns_that_asked_the_five_groups_alone_count_by_group_and_the_return_says_so() -> None:
    five = checked_set(1, {**SHIPPED.chosen, "ethnic_group": "five"}, {})
    whole, groups = Counts(), Counts(asked=five.characteristics)
    people(whole, 700, 140, ethnic_group="white", ethnic_background="white_irish")
    people(groups, 80, 15, ethnic_group="white")
    people(whole, 200, 20, ethnic_group="asian", ethnic_background="asian_indian")
    people(groups, 10, 7, ethnic_group="asian")
    parts = split_by_ethnicity([whole, groups])
    assert len(parts) == 2
    race, disability = standard_sheets(*parts)
    assert race.rows[1][:3] == ("White", 780, 155)
    assert race.rows[2][:3] == ("BME", 210, 27)
    assert [row for row in race.rows if row[0] == "Note"] == [("Note", BY_GROUP, "", "")]
    assert [row for row in disability.rows if row[0] == "Note"] == []
    assert disability.rows[3][1] == 990
    assert split_by_ethnicity([whole])[0].asked == whole.asked


def test_without_appointments_there_are_words_and_no_number() -> None:
    counts = Counts()
    people(counts, 5, 2, ethnic_background="white_irish")
    people(counts, 5, 0, ethnic_background="asian_indian")
    race, disability = standard_sheets(counts)
    assert "nobody was selected in the group that is divided by" in str(race.rows[5][1])
    assert "nobody was considered" in str(disability.rows[5][1])
