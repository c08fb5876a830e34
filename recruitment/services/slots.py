"""Offering times: what a recruiter sets for a stage, whom they invite, and who has chosen what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, StageKind, require_state
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.permissions import Permission
from recruitment.rules.slots import (
    USUAL_CHANGE_HOURS,
    AppointmentStanding,
    OfferedSlot,
    Span,
    check_change_hours,
    check_length,
    check_place,
    check_places,
    check_words,
    clock_times,
    open_slots,
)
from recruitment.services.appointments import (
    INVITED,
    busy_spans,
    day_of,
    has_time,
    offered,
    post_about,
    span_of,
    stage_at,
    words_place,
)
from recruitment.services.bookings import find_or_make, require_ready
from recruitment.services.desk import Desk
from recruitment.services.marks import below_minimum
from recruitment.services.panels import standing_entries
from recruitment.services.permissions import require
from recruitment.services.reasons import open_reason, seal_adjustments
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.slots import Appointment, Slot, SlotPlan

MOST_SLOTS = 400
_USUAL_MINUTES = 45


@dataclass(frozen=True)
class ReadPlan:
    minutes: int = _USUAL_MINUTES
    change_hours: int = USUAL_CHANGE_HOURS
    note: str = ""
    is_set: bool = False


@dataclass(frozen=True)
class Invited:
    """One candidate's way to the stage; `standing` is None before they are invited."""

    application_id: UUID
    reference: str
    has_account: bool
    standing: AppointmentStanding | None = None
    minutes: int = 0
    span: Span | None = None
    place: str = ""
    adjustments: str = ""
    is_unsuited: bool = False
    came: bool | None = None


@dataclass(frozen=True)
class ReadSlots:
    """`free`: how many of the offered times can still be chosen, by their length."""

    position: int
    stage: str
    kind: StageKind
    plan: ReadPlan
    slots: tuple[OfferedSlot, ...]
    free: dict[int, int]
    invited: tuple[Invited, ...]


def read_slots(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, position: int) -> ReadSlots:
    """A stage's times and candidates, by reference; nothing is opened. `NotFound` for a stage without times."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL)
    stage, kind = stage_at(session, campaign_id, position)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="offer times")
    plan = _plan(session, campaign_id, position)
    slots = offered(session, campaign_id, position)
    busy = busy_spans(session, campaign_id) if kind is StageKind.INTERVIEW else []
    free = {
        minutes: len(open_slots(slots, minutes=minutes, busy=busy, now=desk.now))
        for minutes in {slot.span.minutes for slot in slots}
    }
    return ReadSlots(
        position, stage.name, kind, plan, tuple(slots), free, _invited(session, desk, campaign_id, position)
    )


def _plan(session: Session, campaign_id: UUID, position: int) -> ReadPlan:
    row = session.get(SlotPlan, (campaign_id, position))
    return ReadPlan(row.minutes, row.change_hours, row.note, True) if row else ReadPlan()


def _invited(session: Session, desk: Desk, campaign_id: UUID, position: int) -> tuple[Invited, ...]:
    entries = set(standing_entries(session, campaign_id))
    rows = {
        row.application_id: row
        for row in session.scalars(
            select(Appointment).where(
                Appointment.campaign_id == campaign_id, Appointment.stage_position == position
            )
        )
    }
    found = []
    for key, reference, candidate_id in session.execute(
        select(Application.id, Application.reference, Application.candidate_id)
        .where(Application.campaign_id == campaign_id, Application.id.in_(entries))
        .order_by(Application.reference)
    ):
        row = rows.get(key)
        found.append(
            Invited(key, reference, candidate_id is not None)
            if row is None
            else Invited(
                key, reference, candidate_id is not None, AppointmentStanding(row.standing), row.minutes,
                span_of(row) if has_time(row) else None, row.place if has_time(row) else "",
                open_reason(desk, campaign_id, words_place(row, "adjustments"), row.adjustments),
                row.words is not None, row.came,
            )
        )  # fmt: skip
    return tuple(found)


def open_stage(
    session: Session, actor: Actor, campaign_id: UUID, position: int, *, lock: bool = True
) -> tuple[Campaign, StageKind]:
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=lock)
    _, kind = stage_at(session, campaign_id, position)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="offer times")
    return campaign, kind


def set_slot_plan(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    minutes: int | None,
    change_hours: int | None,
    note: str,
) -> None:
    """The usual length, how many hours before a time it may be changed, and what every candidate should know."""
    open_stage(session, actor, campaign_id, position)
    session.merge(
        SlotPlan(
            campaign_id=campaign_id, stage_position=position, minutes=check_length(minutes),
            change_hours=check_change_hours(change_hours), note=check_words(note, "note"), made_by=actor.id,
            made_at=desk.now,
        )
    )  # fmt: skip
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="slot_plan_set", stage=position,
        minutes=minutes, hours=change_hours,
    )  # fmt: skip


def offer_slots(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    day: date,
    times: str,
    minutes: int | None,
    place: str,
    places: int | None = 1,
) -> int:
    """Offer several times of one day; how many are new. `TooSoon` while the panel may not interview."""
    campaign, kind = open_stage(session, actor, campaign_id, position)
    length, many = check_length(minutes), check_places(places, kind)
    where = check_place(place)
    spans = [Span(day, begins, length) for begins in clock_times(times)]
    if day < desk.now.date() or any(span.begins_at <= desk.now for span in spans):
        raise Invalid("Every time must lie ahead.", "day")
    if kind is StageKind.INTERVIEW:
        require_ready(session, campaign, today=desk.now.date())
    there = {(slot.span, slot.place) for slot in offered(session, campaign_id, position)}
    new = [span for span in spans if (span, where) not in there]
    if not new:
        raise Invalid("These times are offered already.", "times")
    keep_slots(session, actor, desk, campaign_id, position, new, where, many)
    return len(new)


def keep_slots(
    session: Session,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    new: Sequence[Span],
    place: str,
    places: int,
) -> None:
    """Write checked times down, with one event for each day; whoever calls it holds the campaign's row."""
    there = select(func.count()).where(Slot.campaign_id == campaign_id, Slot.stage_position == position)
    if (session.scalar(there) or 0) + len(new) > MOST_SLOTS:
        raise Invalid(f"A stage has at most {MOST_SLOTS} times.", "times")
    session.add_all(
        Slot(
            campaign_id=campaign_id, id=desk.new_id(), stage_position=position, day=span.day, begins=span.begins,
            minutes=span.minutes, place=place, places=places, offered_by=actor.id, offered_at=desk.now,
        )
        for span in new
    )  # fmt: skip
    session.flush()
    for day, many in sorted(Counter(span.day for span in new).items()):
        record_event(
            session, at=desk.now, chain_id=campaign_id, actor=actor, event="slots_offered", stage=position,
            times=many, day=day.isoformat(),
        )  # fmt: skip


def drop_slot(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, position: int, slot_id: UUID
) -> None:
    """Take a time back that nobody has chosen; a chosen one is changed or cancelled with a reason instead."""
    open_stage(session, actor, campaign_id, position)
    row = session.get(Slot, (campaign_id, slot_id))
    if row is None or row.stage_position != position:
        raise NotFound
    taken = select(func.count()).where(Appointment.campaign_id == campaign_id, Appointment.slot_id == slot_id)
    if session.scalar(taken):
        raise Invalid("Somebody has chosen this time. Change or cancel theirs first.", "slot")
    session.delete(row)
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="slot_dropped", stage=position,
        day=row.day.isoformat(),
    )  # fmt: skip


def invite(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    application_id: UUID,
    minutes: int | None,
    adjustments: str,
    sites: tuple[str, str] = ("", ""),
) -> None:
    """Ask one candidate to choose a time of their length; `adjustments`: what to do, never why."""
    _, kind = open_stage(session, actor, campaign_id, position)
    if application_id not in standing_entries(session, campaign_id):
        raise NotFound
    if kind is StageKind.INTERVIEW and application_id in below_minimum(session, campaign_id):
        raise Invalid("This candidate is below the minimum mark of an earlier stage, or was absent.", "minutes")
    _invite(session, actor, desk, campaign_id, position, application_id, check_length(minutes), adjustments, sites)
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="candidates_invited", stage=position,
        invited=1,
    )  # fmt: skip


def _invite(
    session: Session,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    application_id: UUID,
    minutes: int,
    adjustments: str,
    sites: tuple[str, str],
) -> None:
    row = find_or_make(session, actor, desk, campaign_id, application_id, position)
    if has_time(row):
        raise Invalid("This candidate has a time. Change or cancel it first.", "minutes")
    row.minutes = minutes
    row.adjustments = seal_adjustments(
        desk, campaign_id, words_place(row, "adjustments"), check_words(adjustments, "adjustments")
    )
    row.standing, row.words = AppointmentStanding.INVITED, None
    row.invited_by, row.invited_at = actor.id, day_of(desk.now)
    session.flush()
    post_about(session, desk, row, INVITED, sites)


def invite_all(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    but: Collection[UUID] = (),
    sites: tuple[str, str] = ("", ""),
) -> int:
    """Invite with the usual length whoever is not invited yet, but those who need a look first (`but`)."""
    open_stage(session, actor, campaign_id, position)
    _, kind = stage_at(session, campaign_id, position)
    out = below_minimum(session, campaign_id) if kind is StageKind.INTERVIEW else set()
    there = select(Appointment.application_id).where(
        Appointment.campaign_id == campaign_id, Appointment.stage_position == position
    )
    known = set(session.scalars(there)) | set(but) | out
    wanted: Sequence[UUID] = [key for key in standing_entries(session, campaign_id) if key not in known]
    minutes = _plan(session, campaign_id, position).minutes
    for key in wanted:
        _invite(session, actor, desk, campaign_id, position, key, minutes, "", sites)
    if wanted:
        record_event(
            session, at=desk.now, chain_id=campaign_id, actor=actor, event="candidates_invited", stage=position,
            invited=len(wanted),
        )  # fmt: skip
    return len(wanted)
