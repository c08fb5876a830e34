"""Requests that a person decides on: erasure once the shortlist is frozen, restriction, and objection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.retention import RetentionKind
from recruitment.rules.rights import (
    COPY_AGREED,
    LONGEST,
    RESTRICTING,
    TO_DECIDE,
    TOLD_BEFORE,
    Ground,
    Right,
    RightStanding,
)
from recruitment.services.erasures import erase_application, is_held
from recruitment.services.holds import require_holding
from recruitment.services.jobs import END_RESTRICTION, MAKE_ACCESS_PACKAGE, TELL_RIGHT, enqueue
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require_administrator
from recruitment.services.restrictions import restrict
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.retention import was_erased
from recruitment.store.rights import RightsRequest
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.correspondence import open_correspondence
from recruitment.vault.sealing.correspondence import QUESTION


@dataclass(frozen=True)
class ReadRequest:
    """Without a name: an administrator sees no application. `is_overdue`: the month is over.

    `is_restricting`: because of it the application is not used now, and no end of that is set.
    """

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
    ground: Ground | None = None
    ends_at: datetime | None = None
    is_restricting: bool = False


@dataclass(frozen=True)
class WaitingRequest:
    id: UUID
    kind: Right
    reference: str
    due_on: date


def list_requests(session: Session, *, actor: Actor, desk: StaffDesk, limit: int = 200) -> list[ReadRequest]:
    """Those that wait first, by the day they are due. Administrators only."""
    require_administrator(session, actor)
    rows = session.execute(
        select(RightsRequest, Campaign.title, Application.restricted_at)
        .outerjoin(Campaign, Campaign.id == RightsRequest.campaign_id)
        .outerjoin(
            Application,
            (Application.campaign_id == RightsRequest.campaign_id)
            & (Application.id == RightsRequest.application_id),
        )
        .where(RightsRequest.organisation_id == actor.organisation_id)
        .order_by((RightsRequest.standing == RightStanding.WAITING).desc(), RightsRequest.due_on, RightsRequest.id)
        .limit(limit)
    )
    return [_as_read(row, title, restricted_at, desk.now.date()) for row, title, restricted_at in rows]


def _as_read(row: RightsRequest, title: str | None, restricted_at: datetime | None, today: date) -> ReadRequest:
    is_waiting, kind = row.standing == RightStanding.WAITING, Right(row.kind)
    is_kept = kind in RESTRICTING and row.standing == RightStanding.DONE and restricted_at is not None
    return ReadRequest(
        row.id, kind, RightStanding(row.standing), title or "", row.reference, row.asked_at, row.due_on,
        is_waiting and row.due_on < today, is_waiting and kind in TO_DECIDE, is_waiting and kind is Right.ACCESS,
        row.reason, Ground(row.ground) if row.ground else None, row.ends_at, is_kept and row.ends_at is None,
    )  # fmt: skip


def list_waiting(session: Session, *, actor: Actor) -> list[WaitingRequest]:
    """What an administrator has to answer, the first due first: for the first screen and the morning mail."""
    require_administrator(session, actor)
    rows = session.execute(
        select(RightsRequest.id, RightsRequest.kind, RightsRequest.reference, RightsRequest.due_on)
        .where(
            RightsRequest.organisation_id == actor.organisation_id,
            RightsRequest.standing == RightStanding.WAITING,
            RightsRequest.kind != Right.RECTIFICATION,  # the worker's
        )
        .order_by(RightsRequest.due_on, RightsRequest.id)
    )
    return [WaitingRequest(key, Right(kind), reference, due_on) for key, kind, reference, due_on in rows]


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


def read_words(session: Session, *, actor: Actor, desk: StaffDesk, request_id: UUID) -> str:
    """What the candidate says with a request that waits, opened with a record; empty where nothing can be read.

    It may tell who they are: `NotAllowed` for whoever scores or judges in that campaign.
    """
    require_administrator(session, actor)
    row = session.get(RightsRequest, request_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    if row.campaign_id is None or row.sealed is None or row.kind not in RESTRICTING:
        return ""
    require_holding(session, actor, row.campaign_id)
    if was_erased(session, row.campaign_id, RetentionKind.APPLICATIONS) is not None:
        return ""
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CORRESPONDENCE,
        scope_id=row.campaign_id,
        records=[row.id],
        ground="to decide on a request by right",
    )
    return open_correspondence(desk.vault, receipt, [(row.id, QUESTION, row.sealed)])[row.id, QUESTION].text


def decide_request(
    session: Session, *, actor: Actor, desk: StaffDesk, request_id: UUID, is_agreed: bool, reason: str
) -> None:
    """Do what was asked, or refuse with the reason that the candidate is told by letter.

    `TooSoon` for erasing before outcomes are final or while a hold keeps the papers (UK GDPR Article 17(3)(e)).
    `NotAllowed` for whoever scores or judges in that campaign: they know whose application is set aside.
    """
    require_administrator(session, actor)
    row = session.get(RightsRequest, request_id, with_for_update=True, populate_existing=True)
    if row is None or row.organisation_id != actor.organisation_id or row.kind not in TO_DECIDE:
        raise NotFound
    if row.kind in RESTRICTING and row.campaign_id is not None:
        require_holding(session, actor, row.campaign_id)
    if row.standing != RightStanding.WAITING:
        raise TooLate("Somebody has decided on this meanwhile.")
    if not is_agreed and not reason.strip():
        raise Invalid("Say why: the candidate is told.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"Shorten the reason to {LONGEST:,} characters or fewer.", "reason")
    if is_agreed and row.kind == Right.ERASURE:
        _erase(session, actor, desk, row)
    elif is_agreed:
        restrict(session, desk=desk, request=row)
    row.standing = RightStanding.DONE if is_agreed else RightStanding.REFUSED
    row.answered_at, row.answered_by, row.reason, row.sealed = desk.now, actor.id, reason.strip(), None
    enqueue(session, desk=desk, kind=TELL_RIGHT, request_id=row.id)
    record_event(
        session,
        at=desk.now,
        chain_id=row.campaign_id or row.organisation_id,
        actor=actor,
        event=f"{Right(row.kind).value}_{'agreed' if is_agreed else 'refused'}",
        request=row.id,
        reason=row.reason,
    )


def plan_end(session: Session, *, actor: Actor, desk: StaffDesk, request_id: UUID, reason: str) -> None:
    """Use the application again from `TOLD_BEFORE` on: its owner is told before (UK GDPR Article 18(3))."""
    require_administrator(session, actor)
    row = session.get(RightsRequest, request_id, with_for_update=True, populate_existing=True)
    if row is None or row.organisation_id != actor.organisation_id or row.campaign_id is None:
        raise NotFound
    require_holding(session, actor, row.campaign_id)
    application = session.get(Application, (row.campaign_id, row.application_id))
    if row.kind not in RESTRICTING or application is None or application.restricted_at is None or row.ends_at:
        raise TooLate("This application is not restricted, or an end is set already.")
    if not reason.strip():
        raise Invalid("Say why: the candidate is told.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"Shorten the reason to {LONGEST:,} characters or fewer.", "reason")
    row.ends_at, row.reason, row.told_at = desk.now + TOLD_BEFORE, reason.strip(), None
    enqueue(session, desk=desk, kind=TELL_RIGHT, request_id=row.id)
    enqueue(session, desk=desk, kind=END_RESTRICTION, run_after=row.ends_at, request_id=row.id)
    record_event(
        session,
        at=desk.now,
        chain_id=row.campaign_id,
        actor=actor,
        event="restriction_end_set",
        request=row.id,
        reason=row.reason,
        ends_on=row.ends_at.date().isoformat(),
    )


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
