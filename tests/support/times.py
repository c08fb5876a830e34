"""Times offered to the candidates of a campaign whose names are revealed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.services import bookings, slots
from recruitment.services.panels import standing_entries
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.marks import StageMark, StageMarking
from recruitment.store.panels import Booking
from recruitment.store.people import CampaignRole
from recruitment.store.slots import Slot, SlotPlan
from tests.support.world import World

INTERVIEW = 2
SITES = ("https://jobs.example", "https://staff.example")


def recruiter_of(world: World, campaign_id: UUID) -> Actor:
    with world.staff_desk.sessions.reading() as session:
        held = select(CampaignRole.person_id).where(
            CampaignRole.campaign_id == campaign_id, CampaignRole.role == "recruiter"
        )
        return Actor(
            ActorKind.STAFF, session.scalars(held.order_by(CampaignRole.person_id)).one(), world.organisation_id
        )


def offer(
    world: World, campaign_id: UUID, times: str, *, days: int = 3, minutes: int = 45, **more: object
) -> list[UUID]:
    """Offer times of one day some days ahead; the ids of all slots of that length, in their order."""
    desk = world.staff_desk
    position = int(str(more.pop("position", INTERVIEW)))
    with desk.sessions.writing() as session:
        slots.offer_slots(
            session, actor=recruiter_of(world, campaign_id), desk=desk, campaign_id=campaign_id, position=position,
            day=desk.now.date() + timedelta(days=days), times=times, minutes=minutes, place="Room 4", **more,  # type: ignore[arg-type]
        )  # fmt: skip
        found = select(Slot.id).where(
            Slot.campaign_id == campaign_id, Slot.stage_position == position, Slot.minutes == minutes
        )
        return list(session.scalars(found.order_by(Slot.day, Slot.begins)))


def invite(
    world: World,
    campaign_id: UUID,
    application_id: UUID,
    *,
    minutes: int = 45,
    adjustments: str = "",
    position: int = INTERVIEW,
) -> Actor:
    """Invite a candidate; them, as they act on the public site."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        slots.invite(
            session, actor=recruiter_of(world, campaign_id), desk=desk, campaign_id=campaign_id, position=position,
            application_id=application_id, minutes=minutes, adjustments=adjustments, sites=SITES,
        )  # fmt: skip
        candidate_id = session.get_one(Application, (campaign_id, application_id)).candidate_id
    assert candidate_id is not None
    return Actor(ActorKind.CANDIDATE, candidate_id, world.organisation_id)


def offer_times(world: World, campaign_id: UUID, people: dict[str, UUID], found: dict[str, UUID]) -> None:
    """Where names are revealed, let the last of the shortlist, now `candidate`, choose; `slot_id` stays free."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        if session.get_one(Campaign, campaign_id).state != CampaignState.REVEALED:
            return
        last = standing_entries(session, campaign_id)[-1]
        if session.get(Booking, (campaign_id, last)) is not None:
            bookings.cancel_booking(
                session, actor=recruiter_of(world, campaign_id), desk=desk, campaign_id=campaign_id,
                application_id=last, reason="Times are offered instead.",
            )  # fmt: skip
    times = offer(world, campaign_id, "9:30 10:30 14:00")
    candidate = invite(world, campaign_id, last)
    run_due_jobs(desk, None)
    people["candidate"] = candidate.id
    found["slot_id"] = times[0]


def fill_slots(world: World, campaign_id: UUID) -> None:
    """Times as they were offered, as rows; the appointments come with the booked interviews."""
    desk, by = world.staff_desk, world.people["recruiter"]
    stage: dict[str, Any] = {"campaign_id": campaign_id, "stage_position": INTERVIEW}
    with desk.sessions.writing() as session:
        session.add(
            StageMarking(**stage, full=40, minimum=20, fixed_by=by, fixed_at=desk.now)  # as a test has it
        )
        session.add(SlotPlan(**stage, minutes=45, change_hours=24, made_by=by, made_at=desk.now))
        session.add(
            Slot(
                **stage, id=desk.new_id(), day=desk.now.date(), begins="09:30", minutes=45, offered_by=by,
                offered_at=desk.now,
            )
        )  # fmt: skip
        session.flush()
        first = standing_entries(session, campaign_id)[0]
        session.add(StageMark(**stage, application_id=first, mark=30, entered_by=by, entered_at=desk.now))
