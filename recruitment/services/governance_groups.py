"""The groups of a body and what each gets: read by all its staff, kept by its analysts and administrators."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, check_lines
from recruitment.rules.governance_calendar import (
    STANDARDS,
    USUAL_GROUPS,
    GroupKind,
    OfferedEntry,
    Rhythm,
    Timing,
    check_timing,
)
from recruitment.rules.permissions import Role
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.actions import ActionPlan
from recruitment.store.governance_calendar import CalendarEntry, GovernanceGroup


def may_keep_calendar(session: Session, actor: Actor) -> bool:
    """Whether somebody changes the calendar and makes reports: they administer, or analyse in some campaign."""
    return require_staff(session, actor).is_administrator or holds_anywhere(session, actor, Role.ANALYST)


def require_keeping(session: Session, actor: Actor) -> None:
    if not may_keep_calendar(session, actor):
        raise NotAllowed


def record(session: Session, desk: StaffDesk, actor: Actor, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, **detail)


@dataclass(frozen=True)
class ListedEntry:
    """What a group gets; `plan`: the title of the one plan in it, None for all plans."""

    id: UUID
    title: str
    source: str
    timing: Timing
    has_figures: bool
    has_actions: bool
    plan: str | None


@dataclass(frozen=True)
class ListedGroup:
    id: UUID
    kind: GroupKind
    name: str
    entries: tuple[ListedEntry, ...]


def timing_of(row: CalendarEntry) -> Timing:
    return Timing(Rhythm(row.rhythm), row.month, row.working_days)


def list_groups(session: Session, *, actor: Actor) -> list[ListedGroup]:
    """The groups that still meet, boards first, each with what it gets."""
    require_staff(session, actor)
    rows = session.execute(
        select(CalendarEntry, ActionPlan.title)
        .outerjoin(ActionPlan, ActionPlan.id == CalendarEntry.plan_id)
        .where(CalendarEntry.organisation_id == actor.organisation_id, CalendarEntry.ended_at.is_(None))
        .order_by(CalendarEntry.title, CalendarEntry.id)
    )
    entries: dict[UUID, list[ListedEntry]] = {}
    for row, plan in rows:
        entries.setdefault(row.group_id, []).append(
            ListedEntry(row.id, row.title, row.source, timing_of(row), row.has_figures, row.has_actions, plan)
        )
    groups = session.scalars(
        select(GovernanceGroup).where(
            GovernanceGroup.organisation_id == actor.organisation_id, GovernanceGroup.ended_at.is_(None)
        )
    )
    order = list(GroupKind)
    listed = [ListedGroup(one.id, GroupKind(one.kind), one.name, tuple(entries.get(one.id, ()))) for one in groups]
    return sorted(listed, key=lambda one: (order.index(one.kind), one.name, one.id))


def read_group(session: Session, *, actor: Actor, group_id: UUID) -> ListedGroup:
    require_staff(session, actor)
    found = next((one for one in list_groups(session, actor=actor) if one.id == group_id), None)
    if found is None:
        raise NotFound
    return found


def add_group(session: Session, *, actor: Actor, desk: StaffDesk, kind: GroupKind, name: str) -> UUID:
    require_keeping(session, actor)
    plain = " ".join(name.split())
    if not plain:
        raise Invalid("Enter the name of the group.", "name")
    check_lines(name=plain)
    if plain.casefold() in {one.name.casefold() for one in list_groups(session, actor=actor)}:
        raise Invalid("There is a group of that name already.", "name")
    row = GovernanceGroup(
        id=desk.new_id(), organisation_id=actor.organisation_id, kind=kind, name=plain, made_by=actor.id,
        made_at=desk.now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(session, desk, actor, "governance_group_added", group=row.id, name=plain)
    return row.id


def end_group(session: Session, *, actor: Actor, desk: StaffDesk, group_id: UUID) -> None:
    """It gets nothing more; what it was given stays."""
    require_keeping(session, actor)
    found = read_group(session, actor=actor, group_id=group_id)
    session.get_one(GovernanceGroup, group_id).ended_at = desk.now
    for one in found.entries:
        session.get_one(CalendarEntry, one.id).ended_at = desk.now
    record(session, desk, actor, "governance_group_ended", group=group_id, name=found.name)


def add_entry(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    group_id: UUID,
    entry: OfferedEntry,
    plan_id: UUID | None = None,
) -> UUID:
    """What is due from today on is in the calendar."""
    require_keeping(session, actor)
    read_group(session, actor=actor, group_id=group_id)
    if not entry.title.strip():
        raise Invalid("Enter what the group gets.", "title")
    check_lines(title=entry.title, source=entry.source)
    check_timing(entry.timing)
    if not (entry.figures or entry.actions):
        raise Invalid("Choose figures, actions or both.", "parts")
    if plan_id is not None:
        plan = session.get(ActionPlan, plan_id)
        if plan is None or plan.organisation_id != actor.organisation_id:
            raise NotFound
    row = CalendarEntry(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        group_id=group_id,
        title=" ".join(entry.title.split()),
        source=" ".join(entry.source.split()),
        rhythm=entry.timing.rhythm,
        month=entry.timing.month if entry.timing.rhythm is Rhythm.YEARLY else 0,
        working_days=0 if entry.timing.rhythm is Rhythm.YEARLY else entry.timing.working_days,
        has_figures=entry.figures,
        has_actions=entry.actions,
        plan_id=plan_id if entry.actions else None,
        begins=desk.now.date(),
        made_by=actor.id,
        made_at=desk.now,
    )
    session.add(row)
    session.flush()
    record(session, desk, actor, "calendar_entry_added", entry=row.id, group=group_id, title=row.title)
    return row.id


def end_entry(session: Session, *, actor: Actor, desk: StaffDesk, entry_id: UUID) -> UUID:
    """The group no longer gets it; the group's id."""
    require_keeping(session, actor)
    row = find_entry(session, actor, entry_id)
    if row.ended_at is None:
        row.ended_at = desk.now
        record(session, desk, actor, "calendar_entry_ended", entry=entry_id, title=row.title)
    return row.group_id


def add_usual_groups(session: Session, *, actor: Actor, desk: StaffDesk, is_nhs: bool) -> int:
    """What most bodies have, those of the NHS with their two standards; how many entries. Only into an empty
    calendar: what a body has arranged for itself is not added to.
    """
    require_keeping(session, actor)
    if list_groups(session, actor=actor):
        raise TooLate("The calendar has groups already. Add what is missing one by one.")
    added = 0
    for offered in USUAL_GROUPS:
        group_id = add_group(session, actor=actor, desk=desk, kind=offered.kind, name=offered.name)
        more = STANDARDS if is_nhs and offered.kind is GroupKind.BOARD else ()
        for entry in (*offered.entries, *more):
            add_entry(session, actor=actor, desk=desk, group_id=group_id, entry=entry)
            added += 1
    return added


def find_entry(session: Session, actor: Actor, entry_id: UUID) -> CalendarEntry:
    require_staff(session, actor)
    row = session.get(CalendarEntry, entry_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row
