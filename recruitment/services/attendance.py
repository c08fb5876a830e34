"""Who came to a stage, and who did not: recorded on the day or later, while outcomes are open."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, StageKind, require_state
from recruitment.rules.errors import NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.slots import AppointmentStanding
from recruitment.services.appointments import span_of, stage_at
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Stage
from recruitment.store.interviews import InterviewScore
from recruitment.store.slots import Appointment


def record_attendance(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    application_id: UUID,
    came: bool,
) -> None:
    """Whether somebody came at their time. `TooSoon` before it; `TooLate` once a panel has scored them."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    _, kind = stage_at(session, campaign_id, position)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="record who came")
    row = session.get(Appointment, (campaign_id, application_id, position))
    if row is None:
        raise NotFound
    if row.standing != AppointmentStanding.BOOKED or span_of(row).begins_at > desk.now:
        raise TooSoon("This can be recorded once the booked time has come.")
    if kind is StageKind.INTERVIEW and not came and _is_scored(session, campaign_id, application_id):
        raise TooLate("Somebody of the panel has scored this interview, so the candidate came.")
    row.came, row.came_recorded_by, row.came_recorded_at = came, actor.id, desk.now
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="attendance_recorded",
        application=application_id,
        stage=position,
        came=came,
    )


def _is_scored(session: Session, campaign_id: UUID, application_id: UUID) -> bool:
    found = select(InterviewScore.person_id).where(
        InterviewScore.campaign_id == campaign_id, InterviewScore.application_id == application_id
    )
    return session.scalars(found.limit(1)).first() is not None


def missed_interview(session: Session, campaign_id: UUID) -> set[UUID]:
    """The applications whose candidates did not come to their interview."""
    return set(session.scalars(_missed(campaign_id)))


def withdrawn_and_missed(session: Session, campaign_id: UUID) -> tuple[set[UUID], set[UUID]]:
    """In one statement: applications that were withdrawn; and those of `missed_interview`, or restricted."""
    withdrawn = select(Application.id, literal(True)).where(
        Application.campaign_id == campaign_id, Application.withdrawn_at.is_not(None)
    )
    restricted = select(Application.id, literal(False)).where(
        Application.campaign_id == campaign_id,
        Application.withdrawn_at.is_(None),
        Application.restricted_at.is_not(None),
    )
    found: tuple[set[UUID], set[UUID]] = (set(), set())
    for key, is_withdrawn in session.execute(
        union_all(withdrawn, _missed(campaign_id).add_columns(literal(False)), restricted)
    ):
        found[0 if is_withdrawn else 1].add(key)
    return found


def _missed(campaign_id: UUID) -> Select[UUID]:
    return (
        select(Appointment.application_id)
        .join(Stage, (Stage.campaign_id == campaign_id) & (Stage.position == Appointment.stage_position))
        .where(
            Appointment.campaign_id == campaign_id,
            Stage.kind == StageKind.INTERVIEW,
            Appointment.came.is_(False),
        )
    )
