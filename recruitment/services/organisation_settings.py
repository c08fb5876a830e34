"""What a body calls itself and its service, whom candidates ask, whom mail is from, and when the morning's is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, check_lines
from recruitment.services.desk import Desk
from recruitment.services.jobs import POST_DIGESTS
from recruitment.services.permissions import require_administrator
from recruitment.services.trail import record_event
from recruitment.store.jobs import Job
from recruitment.store.organisations import Installation, Organisation

UK = ZoneInfo("Europe/London")
FIRST_HOUR, LAST_HOUR, USUAL_HOUR = 5, 11, 7
_LONGEST_CONTACT = 1_000


@dataclass(frozen=True)
class OrganisationSettings:
    """`service_name` and `sender_name` are empty where the installation's own are used.

    `digest_hour` is the installation's, in UK time; it can be set where `is_alone`, with no other body here.
    """

    name: str
    contact: str
    service_name: str
    sender_name: str
    digest_hour: int
    is_alone: bool = True


def read_settings(session: Session, *, actor: Actor) -> OrganisationSettings:
    require_administrator(session, actor)
    row = session.get_one(Organisation, actor.organisation_id)
    return OrganisationSettings(
        row.name, row.contact, row.service_name, row.sender_name, read_digest_hour(session), _is_alone(session)
    )


def _is_alone(session: Session) -> bool:
    return len(session.scalars(select(Organisation.id).limit(2)).all()) < 2


def read_digest_hour(session: Session) -> int:
    """The hour of the morning's mail, in UK time."""
    hour = session.scalars(select(Installation.digest_hour)).one_or_none()
    return USUAL_HOUR if hour is None else hour


def write_settings(session: Session, *, actor: Actor, desk: Desk, wanted: OrganisationSettings) -> None:
    """Change what differs, with its old and new words in the trail. `Invalid` names the entry that is wrong."""
    require_administrator(session, actor)
    if not wanted.name.strip():
        raise Invalid("Enter the name of your organisation.", "name")
    check_lines(name=wanted.name, service_name=wanted.service_name, sender_name=wanted.sender_name)
    if len(wanted.contact) > _LONGEST_CONTACT:
        raise Invalid(f"Shorten the contact to {_LONGEST_CONTACT:,} characters or fewer.", "contact")
    if (
        any(character in wanted.sender_name for character in '<>@",;:\\\r\n')
        or not wanted.sender_name.isprintable()
    ):
        raise Invalid("The sender can have letters, digits, spaces and simple marks.", "sender_name")
    row = session.get_one(Organisation, actor.organisation_id, with_for_update=True)
    for field in ("name", "contact", "service_name", "sender_name"):
        before, after = getattr(row, field), getattr(wanted, field).strip()
        if before != after:
            setattr(row, field, after)
            _record(session, desk, actor, field, before, after)
    if _is_alone(session):
        _set_hour(session, actor, desk, wanted.digest_hour)


def _set_hour(session: Session, actor: Actor, desk: Desk, hour: int) -> None:
    if not FIRST_HOUR <= hour <= LAST_HOUR:
        raise Invalid(f"Choose an hour from {FIRST_HOUR} to {LAST_HOUR} in the morning.", "digest_hour")
    installed = session.scalars(select(Installation).with_for_update()).one()
    if installed.digest_hour == hour:
        return
    _record(session, desk, actor, "digest_hour", str(installed.digest_hour), str(hour))
    installed.digest_hour = hour
    for job in session.scalars(select(Job).where(Job.kind == POST_DIGESTS, Job.attempts == 0)):
        day = job.run_after.astimezone(UK).date()
        job.run_after = datetime.combine(day, time(hour, tzinfo=UK))


def _record(session: Session, desk: Desk, actor: Actor, field: str, before: str, after: str) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="organisation_changed",
        field=field,
        before=before,
        after=after,
    )


@dataclass(frozen=True)
class PublicName:
    """What the public site is called, and whom people ask for help."""

    service_name: str
    help_contact: str


def read_public_name(session: Session, default: str) -> PublicName:
    """Those of the only body here; where several share the site, the installation's own."""
    rows = session.execute(select(Organisation.service_name, Organisation.contact).limit(2)).all()
    if len(rows) != 1:
        return PublicName(default, "")
    return PublicName(rows[0][0] or default, rows[0][1])


def sender_for(session: Session, organisation_id: UUID, sender: str) -> str:
    """The From line of a body's mail: its own words before the installation's address."""
    row = session.get(Organisation, organisation_id)
    if row is None or not row.sender_name:
        return sender
    address = sender.rpartition("<")[2].rstrip("> ")
    return f"{row.sender_name} <{address}>"
