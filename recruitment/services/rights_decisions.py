"""Requests that a person decides on: erasure once the shortlist is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.paper_replies import Reply
from recruitment.rules.rights import COPY_AGREED, LONGEST, Right, RightStanding
from recruitment.services.erasures import erase_application, is_held
from recruitment.services.jobs import MAKE_ACCESS_PACKAGE, TELL_ON_PAPER, enqueue
from recruitment.services.permissions import require_administrator
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.rights import RightsRequest


@dataclass(frozen=True)
class ReadRequest:
    """Without a name: an administrator sees no application. `is_overdue`: the month is over."""

    id: UUID
    kind: Right
    standing: RightStanding
    campaign: str
    reference: str
    asked_at: datetime
    due_on: date
    is_overdue: bool
    is_to_decide: bool
    is_to_send: bool
    reason: str


def list_requests(session: Session, *, actor: Actor, desk: StaffDesk, limit: int = 200) -> list[ReadRequest]:
    """Those that wait first, by the day they are due. Administrators only."""
    require_administrator(session, actor)
    rows = session.execute(
        select(RightsRequest, Campaign.title)
        .outerjoin(Campaign, Campaign.id == RightsRequest.campaign_id)
        .where(RightsRequest.organisation_id == actor.organisation_id)
        .order_by((RightsRequest.standing == RightStanding.WAITING).desc(), RightsRequest.due_on, RightsRequest.id)
        .limit(limit)
    )
    return [
        ReadRequest(
            row.id, Right(row.kind), RightStanding(row.standing), title or "", row.reference, row.asked_at,
            row.due_on,
            row.standing == RightStanding.WAITING and row.due_on < desk.now.date(),
            row.standing == RightStanding.WAITING and row.kind == Right.ERASURE,
            row.standing == RightStanding.WAITING and row.kind == Right.ACCESS, row.reason,
        )
        for row, title in rows
    ]  # fmt: skip


def read_request(session: Session, *, actor: Actor, desk: StaffDesk, request_id: UUID) -> ReadRequest:
    for one in list_requests(session, actor=actor, desk=desk):
        if one.id == request_id:
            return one
    raise NotFound


def agree_copy(session: Session, *, actor: Actor, desk: StaffDesk, request_id: UUID) -> None:
    """Have the worker make the copy that a candidate asked for: the second person, after the candidate.

    The agreement stands in the trail, and the worker makes no copy without it.
    """
    require_administrator(session, actor)
    row = session.get(RightsRequest, request_id, with_for_update=True, populate_existing=True)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    if row.kind != Right.ACCESS or row.standing != RightStanding.WAITING:
        raise TooLate("There is no copy to send for this request.")
    record_event(
        session, at=desk.now, chain_id=row.organisation_id, actor=actor, event=COPY_AGREED, request=row.id
    )  # fmt: skip
    enqueue(session, desk=desk, kind=MAKE_ACCESS_PACKAGE, request_id=row.id)


def decide_erasure(
    session: Session, *, actor: Actor, desk: StaffDesk, request_id: UUID, is_agreed: bool, reason: str
) -> None:
    """Erase the application, or refuse with the reason that the candidate is told.

    `TooSoon` for agreeing before outcomes are final or while a hold keeps the papers (UK GDPR Article 17(3)(e)).
    """
    require_administrator(session, actor)
    row = session.get(RightsRequest, request_id, with_for_update=True, populate_existing=True)
    if row is None or row.organisation_id != actor.organisation_id or row.kind != Right.ERASURE:
        raise NotFound
    if row.standing != RightStanding.WAITING:
        raise TooLate("Somebody has decided on this meanwhile.")
    if not is_agreed and not reason.strip():
        raise Invalid("Say why: the candidate is told.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"Shorten the reason to {LONGEST:,} characters or fewer.", "reason")
    if is_agreed:
        _erase(session, actor, desk, row)
    row.standing = RightStanding.DONE if is_agreed else RightStanding.REFUSED
    row.answered_at, row.answered_by, row.reason = desk.now, actor.id, reason.strip()
    record_event(
        session,
        at=desk.now,
        chain_id=row.campaign_id or row.organisation_id,
        actor=actor,
        event="erasure_agreed" if is_agreed else "erasure_refused",
        request=row.id,
        reason=row.reason,
    )
    # Who has an e-mail address reads it on their own page; who has none gets a letter.
    reply = Reply.ERASED if is_agreed else Reply.ERASURE_REFUSED
    enqueue(
        session, desk=desk, kind=TELL_ON_PAPER, candidate_id=row.candidate_id, reply=reply, request_id=row.id
    )  # fmt: skip


def _erase(session: Session, actor: Actor, desk: StaffDesk, row: RightsRequest) -> None:
    application = session.get(Application, (row.campaign_id, row.application_id))
    if application is None:
        return  # retention was first
    campaign = session.get_one(Campaign, application.campaign_id)
    if not has_reached(CampaignState(campaign.state), CampaignState.DECIDED):
        raise TooSoon("The application is erased once the outcomes of its campaign are final.")
    if is_held(session, application):
        raise TooSoon("A hold keeps these papers for a claim. Refuse with that reason, or release the hold first.")
    erase_application(session, actor=actor, desk=desk, application=application)
