"""Letters about appointments, with their calendar entries: to the candidate, and to whoever runs the stage.

The worker opens the address of the candidate's account and nothing else with it. No letter to staff says whom an
appointment is for, since letters pass through servers of the body: the page does, and records who looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.calendar_entries import CalendarEntry, write_calendar
from recruitment.rules.campaigns import StageKind
from recruitment.rules.permissions import Role
from recruitment.rules.slots import AppointmentStanding
from recruitment.services.appointments import (
    BOOKED,
    CANCELLED,
    INVITED,
    UNSUITED,
    entry_of,
    has_time,
    span_of,
    stage_at,
    words_place,
)
from recruitment.services.outgoing import open_account_addresses
from recruitment.services.panels import sitters_of
from recruitment.services.post import post_letter
from recruitment.services.reasons import open_reason
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign, Stage
from recruitment.store.candidates import Candidate
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person, people_with_role
from recruitment.store.slots import Appointment
from recruitment.vault.sealing.contact import Letter

CANDIDATE, STAFF = "candidate", "staff"
FILE = "appointment.ics"


@dataclass(frozen=True)
class _Told:
    """What a letter is made of; `when` is empty where there is no time to tell of."""

    title: str
    body: str
    stage: str
    when: str
    place: str
    reason: str
    is_first: bool
    entry: CalendarEntry | None


def post_appointment(
    desk: StaffDesk,
    campaign_id: UUID,
    application_id: UUID,
    position: int,
    what: str,
    sites: tuple[str, str],
) -> None:
    """Write to everybody concerned that an appointment was offered, booked, moved or cancelled.

    A letter that something later has overtaken is not sent: that one has its own.
    """
    with desk.sessions.reading() as session:
        row = session.get(Appointment, (campaign_id, application_id, position))
        application = session.get(Application, (campaign_id, application_id))
        if row is None or application is None or _is_overtaken(row, what):
            return
        campaign = session.get_one(Campaign, campaign_id)
        stage, kind = stage_at(session, campaign_id, position)
        told = _told(session, desk, row, campaign, stage, what)
        letters = [] if what == INVITED else _to_staff(session, told, row, campaign, kind, what, sites[1], desk)
        address = "" if what == UNSUITED else _address(session, desk, application, campaign.organisation_id)
        if address:
            letters.append(_to_candidate(told, campaign, position, what, sites[0], address, desk))
    with desk.sessions.writing() as session:
        for letter in letters:
            post_letter(session, desk=desk, organisation_id=campaign.organisation_id, letter=letter)


def _is_overtaken(row: Appointment, what: str) -> bool:
    if what == BOOKED:
        return row.standing != AppointmentStanding.BOOKED
    return what in (CANCELLED, INVITED) and has_time(row)


def _told(
    session: Session, desk: StaffDesk, row: Appointment, campaign: Campaign, stage: Stage, what: str
) -> _Told:
    span = span_of(row) if row.day is not None and what in (BOOKED, CANCELLED) else None
    when = ""
    if span is not None:
        until = f" to {span.ends}" if span.minutes else ""
        when = f"{span.day:%A} {span.day.day} {span.day:%B %Y}, {span.begins}{until} (UK time)"
    reason = open_reason(desk, campaign.id, words_place(row, "reason"), row.reason)
    entry = (
        entry_of(row, campaign.title, stage.name, "", is_cancelled=what == CANCELLED) if span is not None else None
    )
    body = session.get_one(Organisation, campaign.organisation_id).name
    return _Told(campaign.title, body, stage.name, when, row.place, reason, row.sequence <= 1, entry)


def _lines(*lines: str) -> str:
    return "\n\n".join(line for line in lines if line) + "\n"


def _ics(told: _Told, audience: str, site: str, desk: StaffDesk) -> dict[str, str]:
    if told.entry is None:
        return {}
    written = write_calendar([told.entry], audience=audience, site=site, made_at=desk.now)
    return {"attachment_name": FILE, "attachment": written}


def _to_candidate(
    told: _Told, campaign: Campaign, position: int, what: str, site: str, address: str, desk: StaffDesk
) -> Letter:
    page = f"{site.rstrip('/')}/campaigns/{campaign.id}/appointments/{position}" if site else ""
    stage = told.stage.lower()
    if what == INVITED:
        return Letter(
            address,
            f"Choose a time: {told.stage}, {told.title}",
            _lines(
                f"You are invited to this stage: {stage}. Choose a time that suits you.",
                page and f"Choose here, after you sign in:\n{page}",
                "If no time suits you, say so on the same page.",
                told.body,
            ),
        )
    is_off = what == CANCELLED
    opening = f"Your time is cancelled: {stage}." if is_off else f"Your time is booked: {stage}."
    if not is_off and not told.is_first:
        opening = f"Your time has changed: {stage}."
    return Letter(
        address,
        f"{'Cancelled' if is_off else 'Booked'}: {told.stage}, {told.title}",
        _lines(
            opening,
            f"{told.when}\n{told.place}".strip(),
            told.reason and f"Why: {told.reason}",
            page and f"See it, or change it, here:\n{page}",
            "" if is_off else "The attached file puts it into your calendar.",
            told.body,
        ),
        **_ics(told, CANDIDATE, site, desk),
    )


def _to_staff(
    session: Session,
    told: _Told,
    row: Appointment,
    campaign: Campaign,
    kind: StageKind,
    what: str,
    site: str,
    desk: StaffDesk,
) -> list[Letter]:
    """To the recruiters, and for an interview that has a time to those who sit for the candidate."""
    emails = {person.email: _page(site, campaign, row, kind) for person in _recruiters(session, campaign)}
    if kind is StageKind.INTERVIEW and what != UNSUITED:
        sitting = sitters_of(session, campaign.id).of(row.application_id)
        for email in session.scalars(select(Person.email).where(Person.id.in_(sitting), Person.is_active)):
            emails.setdefault(email, f"{site.rstrip('/')}/campaigns/{campaign.id}/interviews" if site else "")
    words = {
        BOOKED: "A time is booked, or has changed.",
        CANCELLED: "A time is free again: it was cancelled.",
        UNSUITED: "A candidate says that no time suits them. What they wrote is sealed, among the questions.",
    }[what]
    subject = {BOOKED: "Booked", CANCELLED: "Cancelled", UNSUITED: "No time suits"}[what]
    return [
        Letter(
            email,
            f"{subject}: {told.stage}, {told.title}",
            _lines(
                words, f"{told.when}\n{told.place}".strip() if told.when else "", page and f"See whom:\n{page}"
            ),
            **_ics(told, STAFF, site, desk),
        )
        for email, page in sorted(emails.items())
    ]


def _recruiters(session: Session, campaign: Campaign) -> list[Person]:
    return list(people_with_role(session, campaign.id, Role.RECRUITER))


def _page(site: str, campaign: Campaign, row: Appointment, kind: StageKind) -> str:
    if not site:
        return ""
    home = f"{site.rstrip('/')}/campaigns/{campaign.id}"
    return f"{home}/bookings" if kind is StageKind.INTERVIEW else f"{home}/stages/{row.stage_position}/slots"


def _address(session: Session, desk: StaffDesk, application: Application, organisation_id: UUID) -> str:
    """The address of the candidate's account; empty for somebody who applied elsewhere and has none here."""
    account = session.get(Candidate, application.candidate_id) if application.candidate_id else None
    if account is None:
        return ""
    found = open_account_addresses(
        desk,
        actor=system_actor(organisation_id),
        accounts=[(account.id, account.address_sealed)],
        ground="to write about an appointment",
    )
    return found[account.id]
