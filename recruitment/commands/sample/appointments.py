"""Times of the sample: a written test that is marked, an assessment day to choose a time for, and interviews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.commands.sample.interviewing import prepare_panel
from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import StageKind
from recruitment.services import marks, slots
from recruitment.services.panels import standing_entries
from recruitment.services.sign_in_links import find_or_make_account
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application

BETWEEN = ((StageKind.TEST, "Written test"), (StageKind.ASSESSMENT, "Assessment day"))
TEST, ASSESSMENT, INTERVIEW = 2, 3, 4
_FULL, _MINIMUM = 40, 24
_MARKS = (35, 28, 31, 19, 38, 26)  # one below the minimum
_NOTE = "Bring nothing. There is step-free access from Albion Street, and a quiet room to wait in."


def offer_sample_times(
    desk: StaffDesk, recruiter: Actor, campaign_id: UUID, *, address: str, sites: tuple[str, str]
) -> int:
    """How many times are offered. The candidate with that address is one of those who are invited to choose."""
    prepare_panel(desk, campaign_id)
    asked: dict[str, Any] = {"actor": recruiter, "desk": desk, "campaign_id": campaign_id}
    with desk.sessions.writing() as session:
        _give_to(session, desk, recruiter.organisation_id, campaign_id, address)
    with desk.sessions.writing() as session:
        _mark_the_test(session, asked)
    tomorrow = desk.now.date() + timedelta(days=1)
    offered = 0
    with desk.sessions.writing() as session:
        marks.fix_rule(session, **asked, position=ASSESSMENT, full=50, minimum=30)
        slots.set_slot_plan(session, **asked, position=ASSESSMENT, minutes=90, change_hours=24, note=_NOTE)
        for days, times in ((6, "9:30, 13:30"), (7, "9:30, 13:30"), (8, "9:30")):
            offered += slots.offer_slots(
                session, **asked, position=ASSESSMENT, day=tomorrow + timedelta(days=days), times=times,
                minutes=90, place="14 Albion Street, Leeds, second floor", places=3,
            )  # fmt: skip
        slots.set_slot_plan(session, **asked, position=INTERVIEW, minutes=45, change_hours=48, note="")
        offered += slots.offer_slots(
            session, **asked, position=INTERVIEW, day=tomorrow + timedelta(days=14), times="9:30, 10:30, 11:30",
            minutes=45, place="Room 4, 14 Albion Street",
        )  # fmt: skip
        slots.invite_all(session, **asked, position=ASSESSMENT, sites=sites)
    return offered


def _give_to(session: Session, desk: StaffDesk, organisation_id: UUID, campaign_id: UUID, address: str) -> None:
    """Let one of the candidates have the account that a newcomer signs in with, to choose a time with."""
    (first, *_) = standing_entries(session, campaign_id)
    candidate_id = find_or_make_account(session, desk=desk, organisation_id=organisation_id, address=address)
    session.get_one(Application, (campaign_id, first)).candidate_id = candidate_id
    session.flush()


def _mark_the_test(session: Session, asked: dict[str, Any]) -> None:
    marks.fix_rule(session, **asked, position=TEST, full=_FULL, minimum=_MINIMUM)
    entries = standing_entries(session, asked["campaign_id"])
    references = session.scalars(
        select(Application.reference).where(
            Application.campaign_id == asked["campaign_id"], Application.id.in_(entries)
        )
    )
    lines = [f"{reference},{_MARKS[place % len(_MARKS)]}" for place, reference in enumerate(sorted(references))]
    marks.enter_marks(session, **asked, position=TEST, sheet="\n".join(lines))
    marks.close_stage(session, **asked, position=TEST)
