"""Letters about appointments, with their calendar entries: to the candidate, and to whoever runs the stage.

The worker opens the address of the candidate's account and nothing else with it. No letter to staff says whom an
appointment is for, since letters pass through servers of the body: the page does, and records who looked.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.calendar_entries import CalendarEntry, write_calendar
from recruitment.rules.campaigns import StageKind
from recruitment.rules.messages import ENGLISH, Catalogue
from recruitment.rules.permissions import Role
from recruitment.rules.slots import AppointmentStanding
from recruitment.services.appointment_words import (
    AppointmentFacts,
    booking_in_words,
    cancellation_in_words,
    in_paragraphs,
    invitation_in_words,
    time_in_words,
)
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
from recruitment.services.catalogues import LANGUAGES, load_catalogue
from recruitment.services.outgoing import open_account_addressees
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
        told = _told(session, desk, row, campaign, stage, what, sites[0])
        entry = _entry(row, told, is_cancelled=what == CANCELLED)
        letters = [] if what == INVITED else _to_staff(session, told, entry, row, kind, what, sites[1], desk)
        reader = None if what == UNSUITED else _addressee(session, desk, application, campaign.organisation_id)
        if reader is not None:
            letters.append(_to_candidate(told, entry, what, sites[0], reader, desk))
    with desk.sessions.writing() as session:
        for letter in letters:
            post_letter(session, desk=desk, organisation_id=campaign.organisation_id, letter=letter)


def _is_overtaken(row: Appointment, what: str) -> bool:
    if what == BOOKED:
        return row.standing != AppointmentStanding.BOOKED
    return what in (CANCELLED, INVITED) and has_time(row)


def _told(
    session: Session, desk: StaffDesk, row: Appointment, campaign: Campaign, stage: Stage, what: str, site: str
) -> AppointmentFacts:
    page = f"{site.rstrip('/')}/campaigns/{campaign.id}/appointments/{row.stage_position}" if site else ""
    return AppointmentFacts(
        campaign.title,
        session.get_one(Organisation, campaign.organisation_id).name,
        stage.name,
        span_of(row) if row.day is not None and what in (BOOKED, CANCELLED) else None,
        row.place,
        open_reason(desk, campaign.id, words_place(row, "reason"), row.reason),
        row.sequence <= 1,
        page,
    )


def _entry(row: Appointment, told: AppointmentFacts, *, is_cancelled: bool) -> CalendarEntry | None:
    if told.span is None:
        return None
    return entry_of(row, told.title, told.stage, "", is_cancelled=is_cancelled)


def _ics(entry: CalendarEntry | None, audience: str, site: str, desk: StaffDesk) -> dict[str, str]:
    if entry is None:
        return {}
    written = write_calendar([entry], audience=audience, site=site, made_at=desk.now)
    return {"attachment_name": FILE, "attachment": written}


def _to_candidate(
    told: AppointmentFacts,
    entry: CalendarEntry | None,
    what: str,
    site: str,
    reader: tuple[str, str],
    desk: StaffDesk,
) -> Letter:
    address, language = reader
    said = load_catalogue(language if language in LANGUAGES else ENGLISH)
    in_words = {INVITED: invitation_in_words, BOOKED: booking_in_words, CANCELLED: cancellation_in_words}[what]
    subject, body = in_words(told, said)
    return Letter(address, subject, body, **_ics(entry, CANDIDATE, site, desk))


def _to_staff(
    session: Session,
    told: AppointmentFacts,
    entry: CalendarEntry | None,
    row: Appointment,
    kind: StageKind,
    what: str,
    site: str,
    desk: StaffDesk,
) -> list[Letter]:
    """To the recruiters, and for an interview that has a time to those who sit for the candidate."""
    emails = {
        person.email: _page(site, row, kind)
        for person in people_with_role(session, row.campaign_id, Role.RECRUITER)
    }
    if kind is StageKind.INTERVIEW and what != UNSUITED:
        sitting = sitters_of(session, row.campaign_id).of(row.application_id)
        for email in session.scalars(select(Person.email).where(Person.id.in_(sitting), Person.is_active)):
            emails.setdefault(email, f"{site.rstrip('/')}/campaigns/{row.campaign_id}/interviews" if site else "")
    when = time_in_words(told.span, Catalogue())
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
            in_paragraphs(words, f"{when}\n{told.place}".strip() if when else "", page and f"See whom:\n{page}"),
            **_ics(entry, STAFF, site, desk),
        )
        for email, page in sorted(emails.items())
    ]


def _page(site: str, row: Appointment, kind: StageKind) -> str:
    if not site:
        return ""
    home = f"{site.rstrip('/')}/campaigns/{row.campaign_id}"
    return f"{home}/bookings" if kind is StageKind.INTERVIEW else f"{home}/stages/{row.stage_position}/slots"


def _addressee(
    session: Session, desk: StaffDesk, application: Application, organisation_id: UUID
) -> tuple[str, str] | None:
    """Address and language of the candidate's account; None for somebody who has none here."""
    account = session.get(Candidate, application.candidate_id) if application.candidate_id else None
    if account is None:
        return None
    found = open_account_addressees(
        desk,
        actor=system_actor(organisation_id),
        accounts=[(account.id, account.address_sealed)],
        ground="to write about an appointment",
    )
    return found[account.id].address, found[account.id].language
