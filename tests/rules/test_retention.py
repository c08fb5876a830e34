"""Periods have sensible bounds, months are calendar months, and every table of a campaign goes or has a reason."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.retention import (
    KINDS,
    Due,
    Periods,
    RetentionKind,
    add_months,
    check_periods,
    read_periods,
)
from recruitment.store.base import Base
from recruitment.store.retention import ERASED, KEPT


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
    ],
)
def test_a_period_ends_on_the_same_day_of_a_later_month_or_on_its_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


def test_the_defaults_may_be_set_and_unsuccessful_applications_are_kept_for_a_year() -> None:
    check_periods(Periods().months)
    assert Periods()[RetentionKind.APPLICATIONS] == 12


@pytest.mark.parametrize("kind", list(RetentionKind))
def test_a_period_outside_its_bounds_is_refused_by_name(kind: RetentionKind) -> None:
    for months in (KINDS[kind].least - 1, KINDS[kind].most + 1):
        with pytest.raises(Invalid) as refused:
            check_periods({**Periods().months, kind: months})
        assert refused.value.field == kind


def test_the_trail_outlives_what_it_shows_the_openings_of() -> None:
    with pytest.raises(Invalid) as refused:
        check_periods({**Periods().months, RetentionKind.APPLICATIONS: 30})
    assert refused.value.field == RetentionKind.TRAIL


def test_a_kind_that_came_later_has_its_default_in_an_older_version() -> None:
    assert read_periods(3, {"applications": 18})[RetentionKind.TRAIL] == KINDS[RetentionKind.TRAIL].months
    assert read_periods(3, {"applications": 18})[RetentionKind.APPLICATIONS] == 18


def test_what_waits_is_not_due_on_its_day() -> None:
    one = Due(RetentionKind.APPLICATIONS, "", "", date(2026, 1, 1), date(2027, 1, 1), 3)
    assert one.is_due(date(2027, 1, 1)) and not one.is_due(date(2026, 12, 31))
    waiting = Due(
        RetentionKind.APPLICATIONS, "", "", date(2026, 1, 1), date(2027, 1, 1), 3, waits="A hold is asked."
    )
    assert not waiting.is_due(date(2030, 1, 1))


def test_every_table_of_a_campaign_is_erased_or_has_a_reason_to_stay() -> None:
    of_campaign = {name for name, table in Base.metadata.tables.items() if "campaign_id" in table.columns}
    erased = {name for names in ERASED.values() for name in names}
    assert of_campaign == erased | set(KEPT), of_campaign ^ (erased | set(KEPT))
    assert not erased & set(KEPT)
