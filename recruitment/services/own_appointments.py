"""Appointments as their candidates see them: choosing a time, changing it, giving it back.

The public site only takes a time off the list: of two who choose at once the second finds it gone. What the rules
for the panel say of an interview is asked by the worker (`bookings.book_chosen`), which opens nothing to do it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.calendar_entries import CalendarEntry
from recruitment.rules.campaigns import CampaignState, StageKind, has_reached, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.slots import (
    USUAL_CHANGE_HOURS,
    AppointmentStanding,
    OfferedSlot,
    Span,
    change_until,
    check_words,
    open_slots,
)
from recruitment.services.applications import own_application
from recruitment.services.appointments import (
    BOOKED,
    CANCELLED,
    UNSUITED,
    busy_spans,
    entry_of,
    free_time,
    has_time,
    offered,
    post_about,
    span_of,
    stage_at,
    words_place,
)
from recruitment.services.correspondence import write_about_time
from recruitment.services.desk import Desk
from recruitment.services.jobs import BOOK_CHOSEN, enqueue
from recruitment.services.reasons import open_reason
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign, Stage, lock_campaign
from recruitment.store.slots import Appointment, SlotPlan


@dataclass(frozen=True)
class OwnAppointment:
    """`change_until` is None where nothing can be changed any more; `span` is None before a time is chosen.

    `is_unsuited`: the candidate said that no time suits; what they wrote is sealed, so it is not shown back.
    """

    position: int
    stage: str
    kind: StageKind
    standing: AppointmentStanding
    span: Span | None
    place: str
    adjustments: str
    note: str
    reason: str
    is_unsuited: bool
    change_until: datetime | None
    choices: tuple[OfferedSlot, ...]
    is_past: bool


def list_own_stages(session: Session, *, actor: Actor) -> dict[UUID, list[tuple[int, str, bool]]]:
    """Campaign → (position, stage, whether a time is chosen) of every appointment of the candidate, by stage."""
    rows = session.execute(
        select(Appointment, Stage.name)
        .join(
            Application,
            (Application.campaign_id == Appointment.campaign_id) & (Application.id == Appointment.application_id),
        )
        .join(
            Stage,
            (Stage.campaign_id == Appointment.campaign_id) & (Stage.position == Appointment.stage_position),
        )
        .join(Campaign, Campaign.id == Appointment.campaign_id)
        .where(
            Application.candidate_id == actor.id,
            Application.withdrawn_at.is_(None),
            Campaign.state == CampaignState.REVEALED,
        )
        .order_by(Appointment.stage_position)
    )
    found: dict[UUID, list[tuple[int, str, bool]]] = {}
    for row, name in rows:
        found.setdefault(row.campaign_id, []).append((row.stage_position, name, has_time(row)))
    return found


def _own(session: Session, actor: Actor, campaign_id: UUID, position: int) -> Appointment:
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    campaign = session.get_one(Campaign, campaign_id)
    if not has_reached(CampaignState(campaign.state), CampaignState.REVEALED):
        raise TooSoon("Times are offered once the shortlist stands.")
    stage_at(session, campaign_id, position)
    row = session.get(Appointment, (campaign_id, application.id, position))
    if row is None or application.withdrawn_at is not None:
        raise NotFound
    return row


def read_own_appointment(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, position: int
) -> OwnAppointment:
    """The candidate's own way to one stage, with the times that they may choose now."""
    row = _own(session, actor, campaign_id, position)
    stage, kind = stage_at(session, campaign_id, position)
    plan = session.get(SlotPlan, (campaign_id, position))
    state = CampaignState(session.get_one(Campaign, campaign_id).state)
    span = span_of(row) if has_time(row) else None
    until = change_until(span, plan.change_hours if plan else USUAL_CHANGE_HOURS) if span else None
    may_choose = state is CampaignState.REVEALED and (until is None or desk.now <= until)

    def text(what: str, blob: bytes | None) -> str:
        return open_reason(desk, campaign_id, words_place(row, what), blob)

    return OwnAppointment(
        position, stage.name, kind, AppointmentStanding(row.standing), span, row.place if span else "",
        text("adjustments", row.adjustments), plan.note if plan else "", text("reason", row.reason),
        row.words is not None, until if may_choose else None,
        tuple(_choices(session, desk, row, kind)) if may_choose else (),
        span is not None and span.begins_at <= desk.now,
    )  # fmt: skip


def _choices(session: Session, desk: Desk, row: Appointment, kind: StageKind) -> list[OfferedSlot]:
    is_panel = kind is StageKind.INTERVIEW
    busy: Iterable[Span] = busy_spans(session, row.campaign_id, but=row.application_id) if is_panel else ()
    found = open_slots(
        offered(session, row.campaign_id, row.stage_position), minutes=row.minutes, busy=busy, now=desk.now
    )
    return [slot for slot in found if slot.id != row.slot_id]


def _locked(session: Session, actor: Actor, desk: Desk, campaign_id: UUID, position: int) -> Appointment:
    """The candidate's appointment while it may still be changed, held against everybody else's choice."""
    campaign = lock_campaign(session, campaign_id)
    row = _own(session, actor, campaign_id, position)
    session.refresh(row)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="choose a time")
    plan = session.get(SlotPlan, (campaign_id, position))
    hours = plan.change_hours if plan else USUAL_CHANGE_HOURS
    if has_time(row) and desk.now > change_until(span_of(row), hours):
        raise TooLate(
            "It is too late to change this time here. Write to the recruitment team: they can still change it."
        )
    return row


def choose_time(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    slot_id: UUID,
    sites: tuple[str, str] = ("", ""),
) -> None:
    """Take a time, in place of one that was taken before. `Invalid` where somebody else was faster."""
    row = _locked(session, actor, desk, campaign_id, position)
    _, kind = stage_at(session, campaign_id, position)
    found = next((slot for slot in _choices(session, desk, row, kind) if slot.id == slot_id), None)
    if found is None:
        raise Invalid("Somebody else has just taken that time. Choose another.", "slot")
    row.slot_id, row.day, row.begins = found.id, found.span.day, found.span.begins
    row.place, row.words, row.reason, row.came = found.place, None, None, None
    is_interview = kind is StageKind.INTERVIEW
    row.standing = AppointmentStanding.CHOSEN if is_interview else AppointmentStanding.BOOKED
    if not is_interview:
        row.sequence += 1
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="time_chosen",
        application=row.application_id,
        stage=position,
        day=found.span.day.isoformat(),
    )
    if is_interview:
        enqueue(
            session,
            desk=desk,
            kind=BOOK_CHOSEN,
            campaign_id=campaign_id,
            application_id=row.application_id,
            public_url=sites[0],
            staff_url=sites[1],
        )
    else:
        post_about(session, desk, row, BOOKED, sites)


def give_back(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    words: str = "",
    sites: tuple[str, str] = ("", ""),
) -> None:
    """Free the time that was taken, if any, and say which would suit.

    `words` are sealed as a question of the candidate, which a recruiter opens with a record.
    """
    row = _locked(session, actor, desk, campaign_id, position)
    words = check_words(words, "words")
    if not words and not has_time(row):
        raise Invalid("Say which times you could come.", "words")
    was_booked = free_time(session, row)
    row.words = UNSUITED.encode() if words else None
    asked: dict[str, UUID] = {}
    if words:
        stage, _ = stage_at(session, campaign_id, position)
        application = session.get_one(Application, (campaign_id, row.application_id))
        text = f"No time suits ({stage.name}):\n\n{words}"
        asked["question"] = write_about_time(session, desk=desk, application=application, text=text, field="words")
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="time_given_back",
        application=row.application_id,
        stage=position,
        **asked,
    )
    if was_booked:
        post_about(session, desk, row, CANCELLED, sites)
    if words:
        post_about(session, desk, row, UNSUITED, sites)


def read_own_entry(
    session: Session, *, actor: Actor, campaign_id: UUID, position: int, link: str
) -> CalendarEntry:
    """The calendar entry of the candidate's booked time; `TooSoon` before it is booked."""
    row = _own(session, actor, campaign_id, position)
    if row.standing != AppointmentStanding.BOOKED:
        raise TooSoon("There is no booked time yet.")
    stage, _ = stage_at(session, campaign_id, position)
    return entry_of(row, session.get_one(Campaign, campaign_id).title, stage.name, link)
