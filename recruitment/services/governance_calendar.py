"""The calendar of a body's groups: what is due, what was left out, and what is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.governance_calendar import (
    LOOKS_AHEAD,
    Standing,
    due_day,
    period_ending,
    standing,
    still_to_settle,
)
from recruitment.rules.publications import Period
from recruitment.services.governance_groups import (
    ListedEntry,
    find_entry,
    may_keep_calendar,
    record,
    require_keeping,
    timing_of,
)
from recruitment.services.permissions import require_staff
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.actions import ActionPlan
from recruitment.store.governance_calendar import CalendarEntry, GovernanceGroup, GroupReport, LeftOutReport

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Due:
    """One report on the calendar; `report_id`: the latest that was made for it, if any."""

    entry_id: UUID
    title: str
    group: str
    period: Period
    due: date
    standing: Standing
    report_id: UUID | None


def list_due(session: Session, *, actor: Actor, today: date) -> list[Due]:
    """What is overdue, due and coming within a year, by the day it is due."""
    require_staff(session, actor)
    made = _reports(session, actor.organisation_id)
    left = _left_out(session, actor.organisation_id)
    year_end, found = read_year_end(session, actor.organisation_id), []
    for row, group in _entries(session, actor.organisation_id):
        given = {until for until, (_, is_given) in made.get(row.id, {}).items() if is_given}
        settled = given | left.get(row.id, set())
        for period, due, how in still_to_settle(timing_of(row), row.begins, today, settled, year_end):
            report = made.get(row.id, {}).get(period.last)
            found.append(Due(row.id, row.title, group, period, due, how, report[0] if report else None))
    return sorted(found, key=lambda one: (one.due, one.group, one.title, one.entry_id))


def list_due_now(session: Session, *, actor: Actor, today: date) -> list[Due]:
    """What is due or overdue, for those who keep the calendar: nobody else is reminded of it."""
    if not may_keep_calendar(session, actor):
        return []
    found = list_due(session, actor=actor, today=today)
    return [one for one in found if one.standing in (Standing.DUE, Standing.OVERDUE)]


def _entries(session: Session, organisation_id: UUID) -> list[tuple[CalendarEntry, str]]:
    rows = session.execute(
        select(CalendarEntry, GovernanceGroup.name)
        .join(GovernanceGroup, GovernanceGroup.id == CalendarEntry.group_id)
        .where(CalendarEntry.organisation_id == organisation_id, CalendarEntry.ended_at.is_(None))
    )
    return [(row, name) for row, name in rows]


def _reports(session: Session, organisation_id: UUID) -> Mapping[UUID, Mapping[date, tuple[UUID, bool]]]:
    """Entry → last day of the period → (the report given, or else the latest; whether it was given)."""
    rows = session.execute(
        select(GroupReport.entry_id, GroupReport.period_until, GroupReport.id, GroupReport.given_at)
        .where(GroupReport.organisation_id == organisation_id)
        .order_by(GroupReport.made_at, GroupReport.id)
    )
    found: dict[UUID, dict[date, tuple[UUID, bool]]] = {}
    for entry_id, until, report_id, given_at in rows:
        held = found.setdefault(entry_id, {})
        if not held.get(until, (None, False))[1]:
            held[until] = (report_id, given_at is not None)
    return found


def _left_out(session: Session, organisation_id: UUID) -> Mapping[UUID, set[date]]:
    rows = session.execute(
        select(LeftOutReport.entry_id, LeftOutReport.period_until)
        .join(CalendarEntry, CalendarEntry.id == LeftOutReport.entry_id)
        .where(CalendarEntry.organisation_id == organisation_id)
    )
    found: dict[UUID, set[date]] = {}
    for entry_id, until in rows:
        found.setdefault(entry_id, set()).add(until)
    return found


@dataclass(frozen=True)
class ReadDue:
    """One report on the calendar, with why it was left out where it was."""

    entry: ListedEntry
    group: str
    period: Period
    due: date
    standing: Standing
    report_id: UUID | None
    reason: str


def read_due(session: Session, *, actor: Actor, entry_id: UUID, until: date | None, today: date) -> ReadDue:
    """What is due of an entry for the period that ends on `until`; without one, the earliest that is open."""
    row = find_entry(session, actor, entry_id)
    timing, year_end = timing_of(row), read_year_end(session, actor.organisation_id)
    if until is None:
        settled = _settled(session, actor, entry_id)
        coming = still_to_settle(timing, row.begins, today, settled, year_end)
        if not coming:
            raise NotFound
        until = coming[0][0].last
    period = period_ending(timing.rhythm, until, year_end)
    if period is None or not row.begins <= (due := due_day(timing, period)) <= today + timedelta(LOOKS_AHEAD):
        raise NotFound
    report_id, is_given = _reports(session, actor.organisation_id).get(entry_id, {}).get(until, (None, False))
    left = session.get(LeftOutReport, (entry_id, until))
    plan = session.get(ActionPlan, row.plan_id) if row.plan_id else None
    group = session.get_one(GovernanceGroup, row.group_id)
    how = standing(period, due, today, is_given=is_given, is_left_out=left is not None)
    entry = ListedEntry(
        row.id, row.title, row.source, timing, row.has_figures, row.has_actions, plan.title if plan else None
    )
    return ReadDue(entry, group.name, period, due, how, report_id, left.reason if left else "")


def is_settled(session: Session, actor: Actor, entry_id: UUID, until: date) -> bool:
    """Whether a report of the period was given or left out."""
    return until in _settled(session, actor, entry_id)


def _settled(session: Session, actor: Actor, entry_id: UUID) -> set[date]:
    made = _reports(session, actor.organisation_id).get(entry_id, {})
    given = {until for until, (_, is_given) in made.items() if is_given}
    return given | _left_out(session, actor.organisation_id).get(entry_id, set())


def leave_out(
    session: Session, *, actor: Actor, desk: StaffDesk, entry_id: UUID, until: date, reason: str
) -> None:
    """Say why a report is not given: it ticks the calendar without one."""
    require_keeping(session, actor)
    found = read_due(session, actor=actor, entry_id=entry_id, until=until, today=desk.now.date())
    if found.standing in (Standing.GIVEN, Standing.LEFT_OUT):
        raise TooLate("This is settled already.")
    if not reason.strip():
        raise Invalid("Say why it is not given.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON:,} characters or fewer.", "reason")
    session.add(
        LeftOutReport(
            entry_id=entry_id, period_until=until, reason=reason.strip(), left_out_by=actor.id,
            left_out_at=desk.now,
        )
    )  # fmt: skip
    session.flush()
    record(
        session, desk, actor, "group_report_left_out", entry=entry_id, title=found.entry.title,
        until=until.isoformat(), reason=reason.strip(),
    )  # fmt: skip
