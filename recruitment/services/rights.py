"""What candidates ask for by right, on their own page: a copy, a correction, erasure, a notice to stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Contact, Correction
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import NotAllowed, TooLate
from recruitment.rules.rights import Right, RightStanding, answered_by, check_contact, check_correction
from recruitment.services.applications import earlier_applications, own_application, withdraw_application
from recruitment.services.desk import Desk
from recruitment.services.equality_answers import has_stopped, may_withdraw_equality_answers
from recruitment.services.erasures import erase_application, is_held
from recruitment.services.jobs import CORRECT_CONTACT, enqueue
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.rights import RightsRequest
from recruitment.vault.sealing.own import seal_correction


def ask_right(
    session: Session,
    actor: Actor,
    desk: Desk,
    kind: Right,
    application: Application | None = None,
    standing: RightStanding = RightStanding.WAITING,
) -> RightsRequest:
    """Add a request and record it: in the organisation's trail, or in that of the application's campaign."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    request = RightsRequest(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        candidate_id=actor.id,
        campaign_id=application.campaign_id if application else None,
        application_id=application.id if application else None,
        reference=application.reference if application else "",
        kind=kind,
        standing=standing,
        asked_at=desk.now,
        due_on=answered_by(desk.now.date()),
        answered_at=desk.now if standing is RightStanding.DONE else None,
    )
    session.add(request)
    record_event(
        session,
        at=desk.now,
        chain_id=request.campaign_id or actor.organisation_id,
        actor=actor,
        event="right_asked",
        right=kind.value,
        request=request.id,
    )
    return request


def require_none_waiting(session: Session, actor: Actor, kind: Right, campaign_id: UUID | None = None) -> None:
    # A second click waits here, then finds the request of the first.
    session.get_one(Candidate, actor.id, with_for_update={"key_share": True})
    query = select(RightsRequest.id).where(
        RightsRequest.candidate_id == actor.id,
        RightsRequest.kind == kind,
        RightsRequest.standing == RightStanding.WAITING,
    )
    if campaign_id is not None:
        query = query.where(RightsRequest.campaign_id == campaign_id)
    if session.scalars(query.limit(1)).first() is not None:
        raise TooLate("You have asked for this already, and we are working on it.")


def ask_copy(session: Session, *, actor: Actor, desk: Desk) -> None:
    """Ask for a copy of all that is held of the candidate; made once somebody of the body's staff agrees.

    The public site cannot have it made: whoever broke in there could have names sent to an address of their own.
    """
    require_none_waiting(session, actor, Right.ACCESS)
    ask_right(session, actor, desk, Right.ACCESS)


def ask_correction(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    change: Contact | Correction,
    is_on_paper: bool = False,
) -> None:
    """Seal corrected details; the worker puts them into their place, and hides them in the texts.

    `is_on_paper`: for somebody without an e-mail address, whose account has the postal one.
    """
    if isinstance(change, Contact):
        check_contact(change)
    else:
        check_correction(change)
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    require_none_waiting(session, actor, Right.RECTIFICATION, campaign_id)
    request = ask_right(session, actor, desk, Right.RECTIFICATION, application)
    keys = desk.vault.public_keys(session, campaign_id)
    request.sealed = seal_correction(keys, request.id, change)
    on_paper = "yes" if is_on_paper else ""
    enqueue(session, desk=desk, kind=CORRECT_CONTACT, request_id=request.id, is_on_paper=on_paper)


def is_erased_at_once(session: Session, *, actor: Actor, campaign_id: UUID) -> bool:
    """Whether asking erases now: before the shortlist is frozen. Later somebody decides within a month."""
    own_application(session, actor=actor, campaign_id=campaign_id)
    state = CampaignState(session.get_one(Campaign, campaign_id).state)
    return not has_reached(state, CampaignState.FROZEN)


def ask_erasure(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> bool:
    """Withdraw and erase before the freeze; afterwards ask for it. Whether it is done.

    Equality answers are withdrawn by a row of their own, in a transaction of its own, before this.
    """
    # Held against a freeze that is under way; then asked again what stands.
    lock_campaign(session, campaign_id)
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    require_none_waiting(session, actor, Right.ERASURE, campaign_id)
    every = [application, *earlier_applications(session, actor=actor, campaign_id=campaign_id)]
    is_free = not any(is_held(session, one) for one in every) and is_erased_at_once(
        session, actor=actor, campaign_id=campaign_id
    )
    if is_free:
        withdraw_application(session, actor=actor, desk=desk, campaign_id=campaign_id)
    for one in every:
        ask_right(
            session, actor, desk, Right.ERASURE, one, RightStanding.DONE if is_free else RightStanding.WAITING
        )
        if is_free:
            erase_application(session, actor=actor, desk=desk, application=one)
    return is_free


def give_notice(session: Session, *, actor: Actor, desk: Desk) -> None:
    """Record the written notice; from now on no equality question is put to this person."""
    if has_stopped(session, actor):
        return
    ask_right(session, actor, desk, Right.STOP_EQUALITY, standing=RightStanding.DONE)


def applications_to_stop(session: Session, *, actor: Actor) -> list[UUID]:
    """Campaigns in which the person's answers, if they gave any, are not counted yet."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    own = session.scalars(
        select(Application.campaign_id)
        .where(Application.candidate_id == actor.id)
        .order_by(Application.submitted_at, Application.campaign_id)
    ).all()
    return [key for key in own if may_withdraw_equality_answers(session, actor=actor, campaign_id=key)]


@dataclass(frozen=True)
class OwnRequest:
    kind: Right
    standing: RightStanding
    reference: str
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    reason: str


def list_own_requests(session: Session, *, actor: Actor) -> list[OwnRequest]:
    """The candidate's own, the latest first."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    rows = session.scalars(
        select(RightsRequest)
        .where(RightsRequest.candidate_id == actor.id)
        .order_by(RightsRequest.asked_at.desc(), RightsRequest.id)
    )
    return [
        OwnRequest(
            Right(row.kind), RightStanding(row.standing), row.reference, row.asked_at, row.due_on, row.answered_at,
            row.reason,
        )
        for row in rows
    ]  # fmt: skip
