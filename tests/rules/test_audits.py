"""The inclusion audit: its template, its sample, and who is outside."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from recruitment.rules.audits import (
    ITEMS,
    Judged,
    Judgement,
    check_judgement,
    check_targets,
    draw,
    is_outside,
    left_open,
    next_due,
)
from recruitment.rules.errors import Invalid


def test_every_item_says_where_to_look_and_who_asks_for_it() -> None:
    assert len({item.key for item in ITEMS}) == len(ITEMS) > 10
    assert [item.key for item in ITEMS if not (item.text.endswith(".") and item.look and item.source)] == []


def test_each_campaign_is_as_likely_to_be_drawn() -> None:
    random = Random(1)
    drawn = Counter(one for _ in range(3000) for one in draw(range(10), 3, random))
    assert set(drawn) == set(range(10))
    assert max(drawn.values()) - min(drawn.values()) < 200


def test_nothing_is_drawn_twice() -> None:
    assert len(set(draw(range(50), 50, Random(2)))) == 50


@pytest.mark.parametrize("size", [0, -1, 4])
def test_a_sample_that_cannot_be_is_refused(size: int) -> None:
    with pytest.raises(Invalid):
        draw(range(3), size, Random(3))


@pytest.mark.parametrize(
    ("own", "recruiting", "outside"),
    [
        ("Finance", "Operations", True),
        ("Finance", " finance ", False),
        ("Legal  Services", "legal services", False),
        ("Finance", "", True),
    ],
)
def test_an_auditor_is_outside_when_the_directorate_is_another(own: str, recruiting: str, outside: bool) -> None:
    assert is_outside(own, recruiting) is outside


@pytest.mark.parametrize(
    ("wanted", "reason"), [([], "High turnover"), ([9], "High turnover"), ([1], "  "), ([1, 9], "High turnover")]
)
def test_a_targeted_sample_names_campaigns_of_the_audit_and_a_reason(wanted: list[int], reason: str) -> None:
    with pytest.raises(Invalid):
        check_targets(wanted, [1, 2, 3], reason)


def test_a_targeted_sample_with_its_reason_is_taken() -> None:
    check_targets([1, 3], [1, 2, 3], "Complaints were made of both")


@pytest.mark.parametrize("judgement", [Judgement.NO, Judgement.NOT_APPLICABLE])
def test_a_no_needs_a_note(judgement: Judgement) -> None:
    with pytest.raises(Invalid) as refusal:
        check_judgement("guide", Judged(judgement, " "))
    assert refusal.value.field == "note_guide"
    check_judgement("guide", Judged(judgement, "Two anchors say the same."))


def test_items_without_a_judgement_are_open() -> None:
    judged = {item.key: Judged(Judgement.YES, "") for item in ITEMS if item.key != "merit"}
    assert [item.key for item in left_open(judged)] == ["merit"]


@pytest.mark.parametrize(
    ("completed", "due"), [(date(2026, 11, 26), date(2027, 11, 26)), (date(2028, 2, 29), date(2029, 2, 28))]
)
def test_the_next_audit_is_due_a_year_later(completed: date, due: date) -> None:
    assert next_due(completed) == due
