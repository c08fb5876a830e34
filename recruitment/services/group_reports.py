"""Reports for groups: put together from what is published, frozen, and marked when they were given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.governance_calendar import Standing, Timing
from recruitment.rules.group_reports import (
    Report,
    ReportedFigures,
    arrange,
    check_giving,
    digest_of,
    keep,
    read_kept,
    report_figures,
)
from recruitment.rules.publications import Period
from recruitment.services.actions import list_plans, read_plan
from recruitment.services.comparisons import read_beside
from recruitment.services.governance_calendar import is_settled, read_due
from recruitment.services.governance_groups import (
    find_entry,
    record,
    require_keeping,
    timing_of,
)
from recruitment.services.permissions import require_staff
from recruitment.services.publications import ListedPublication, list_published, read_publication
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.governance_calendar import GroupReport
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person


def make_report(session: Session, *, actor: Actor, desk: StaffDesk, entry_id: UUID, until: date) -> UUID:
    """Freeze what is published and planned now. It is sent to nobody; made again, the earlier one stays."""
    require_keeping(session, actor)
    today = desk.now.date()
    found = read_due(session, actor=actor, entry_id=entry_id, until=until, today=today)
    if found.standing in (Standing.GIVEN, Standing.LEFT_OUT):
        raise TooLate("This is settled already.")
    row = find_entry(session, actor, entry_id)
    if row.ended_at is not None:
        raise TooLate("The group no longer gets this.")
    figures = _figures(session, actor, timing_of(row), found.period) if row.has_figures else None
    plans = [row.plan_id] if row.plan_id else [one.id for one in list_plans(session, actor=actor, today=today)]
    actions = []
    for plan_id in plans if row.has_actions else ():
        plan = read_plan(session, actor=actor, plan_id=plan_id)
        actions += [(plan.title, one.text) for one in plan.actions]
    kept = keep(
        Report(
            found.group, row.title, found.period, today, row.has_figures, figures, row.has_actions,
            arrange(actions, today),
        )
    )  # fmt: skip
    made = GroupReport(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        entry_id=entry_id,
        period_until=until,
        content=kept,
        digest=digest_of(kept),
        made_by=actor.id,
        made_at=desk.now,
    )
    session.add(made)
    session.flush()
    record(
        session, desk, actor, "group_report_made", report=made.id, title=row.title, group=found.group,
        digest=made.digest.hex(),
    )  # fmt: skip
    return made.id


def _figures(session: Session, actor: Actor, timing: Timing, period: Period) -> ReportedFigures | None:
    """Those published of the very period; failing that the latest of everything that ended by its end."""
    whole = [
        one for one in list_published(session, actor=actor) if not one.part and one.period.last <= period.last
    ]
    if not whole:
        return None

    def fitness(one: ListedPublication) -> tuple[bool, bool, date, datetime]:
        is_same = one.period == period
        return (is_same, is_same and one.kind is timing.figures, one.period.last, one.released_at)

    chosen = max(whole, key=fitness)
    read = read_publication(session, actor=actor, publication_id=chosen.id)
    beside = read_beside(session, organisation_id=actor.organisation_id, tables=read.tables)
    return report_figures(
        read.tables,
        {key: (*one.targets, *one.benchmarks) for key, one in beside.items()},
        title=read.title,
        period=read.period,
        published_on=read.released_at.date(),
        is_of_period=read.period == period,
        threshold=read.threshold,
        base=read.base,
        question_set=read.question_set,
        remarks=read.remarks,
    )


@dataclass(frozen=True)
class ReadReport:
    """`is_whole`: whether what is kept has the digest that was recorded; `is_open`: whether it can be given still;
    `others`: ids of later or earlier reports on the same period.
    """

    id: UUID
    entry_id: UUID
    report: Report
    organisation: str
    digest: str
    is_whole: bool
    made_by: str
    given_on: date | None
    given_by: str
    given_note: str
    is_open: bool
    others: tuple[tuple[UUID, datetime], ...]


def _row(session: Session, actor: Actor, report_id: UUID) -> GroupReport:
    require_staff(session, actor)
    row = session.get(GroupReport, report_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def read_report(session: Session, *, actor: Actor, report_id: UUID) -> ReadReport:
    """For all staff of the body."""
    row = _row(session, actor, report_id)
    names = {one.id: one.name for one in session.scalars(select(Person).where(Person.id.in_(
        [key for key in (row.made_by, row.given_by) if key is not None]
    )))}  # fmt: skip
    same = session.execute(
        select(GroupReport.id, GroupReport.made_at, GroupReport.given_at)
        .where(GroupReport.entry_id == row.entry_id, GroupReport.period_until == row.period_until)
        .order_by(GroupReport.made_at, GroupReport.id)
    ).all()
    return ReadReport(
        row.id,
        row.entry_id,
        read_kept(row.content),
        session.get_one(Organisation, row.organisation_id).name,
        row.digest.hex(),
        digest_of(row.content) == row.digest,
        names.get(row.made_by, ""),
        row.given_on,
        names.get(row.given_by, "") if row.given_by else "",
        row.given_note,
        not is_settled(session, actor, row.entry_id, row.period_until),
        tuple((one, made_at) for one, made_at, _ in same if one != row.id),
    )


def mark_given(
    session: Session, *, actor: Actor, desk: StaffDesk, report_id: UUID, given_on: date | None, note: str = ""
) -> None:
    """Say when the group had it, which ticks the calendar; once for a period."""
    require_keeping(session, actor)
    row = _row(session, actor, report_id)
    if is_settled(session, actor, row.entry_id, row.period_until):
        raise TooLate("This is settled already.")
    report = read_kept(row.content)
    check_giving(given_on, row.made_at.date(), desk.now.date(), note)
    row.given_on, row.given_note, row.given_by, row.given_at = given_on, note.strip(), actor.id, desk.now
    session.flush()
    record(
        session, desk, actor, "group_report_given", report=report_id, group=report.group, title=report.title,
        day=given_on.isoformat() if given_on else "",
    )  # fmt: skip
