"""When a body's reporting year ends: 31 March, as the NHS equality standards ask, unless it sets another."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid
from recruitment.rules.publications import MARCH, YEAR_ENDS
from recruitment.services.permissions import require_administrator
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.organisations import Organisation


def read_year_end(session: Session, organisation_id: UUID) -> int:
    """The month, 1 to 12, with whose last day the year ends."""
    row = session.get(Organisation, organisation_id)
    return row.year_end if row is not None else MARCH


def set_year_end(session: Session, *, actor: Actor, desk: StaffDesk, month: int) -> None:
    """For what is counted and published from now on: nothing that is published changes. `Invalid` for no month."""
    require_administrator(session, actor)
    if month not in YEAR_ENDS:
        raise Invalid("Select the last day of the year.", "month")
    row = session.get_one(Organisation, actor.organisation_id, with_for_update=True)
    if row.year_end == month:
        return
    row.year_end = month
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="year_end_set",
        year_end=YEAR_ENDS[month],
    )
