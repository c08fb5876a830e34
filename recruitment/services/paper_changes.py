"""What staff do for somebody without an e-mail address whom they recognised: by the rules of the site.

Each is the candidate's own act in the records; beside it the trail says who did it for somebody, and a letter that
confirms it waits in the post room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Correction
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.paper_replies import Reply
from recruitment.rules.recognition import Change
from recruitment.services.applications import own_application, withdraw_application
from recruitment.services.equality_answers import has_stopped
from recruitment.services.jobs import TELL_ON_PAPER, enqueue
from recruitment.services.recognitions import candidate_of, own_recognition
from recruitment.services.rights import (
    OwnRequest,
    ask_copy,
    ask_correction,
    ask_erasure,
    give_notice,
    list_own_requests,
)
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign, lock_campaign


@dataclass(frozen=True)
class Recognised:
    """`reference` is empty once the application is erased. Nothing here names anybody."""

    id: UUID
    campaign_id: UUID
    title: str
    reference: str
    is_withdrawn: bool
    can_withdraw: bool
    is_erased_at_once: bool
    has_stopped: bool
    requests: Sequence[OwnRequest]


def read_recognised(session: Session, *, actor: Actor, desk: StaffDesk, recognition_id: UUID) -> Recognised:
    row = own_recognition(session, actor=actor, desk=desk, recognition_id=recognition_id)
    candidate = candidate_of(row, actor)
    campaign = session.get_one(Campaign, row.campaign_id)
    state = CampaignState(campaign.state)
    try:
        application = own_application(session, actor=candidate, campaign_id=campaign.id)
    except NotFound:
        application = None
    is_withdrawn = application is not None and application.withdrawn_at is not None
    return Recognised(
        row.id,
        campaign.id,
        campaign.title,
        application.reference if application is not None else "",
        is_withdrawn,
        application is not None and not is_withdrawn and not has_reached(state, CampaignState.DECIDED),
        not has_reached(state, CampaignState.FROZEN),
        has_stopped(session, candidate),
        list_own_requests(session, actor=candidate),
    )


def make_change(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    recognition_id: UUID,
    change: Change,
    correction: Correction | None = None,
) -> None:
    """Do what they ask; `Invalid` and `TooLate` as on the site. Nothing is erased that a hold keeps.

    No equality answers are withdrawn: nobody without an e-mail address can have given any.
    """
    row = own_recognition(session, actor=actor, desk=desk, recognition_id=recognition_id)
    lock_campaign(session, row.campaign_id)
    own_recognition(session, actor=actor, desk=desk, recognition_id=recognition_id)
    candidate, campaign_id = candidate_of(row, actor), row.campaign_id
    try:
        application = own_application(session, actor=candidate, campaign_id=campaign_id)
    except NotFound:
        raise TooLate("This application is erased, so there is nothing left to change.") from None
    reply: Reply | None = None  # of a correction the worker writes, to the old address and the new one
    if change is Change.WITHDRAW:
        if application.withdrawn_at is not None:
            raise TooLate("This application is withdrawn already.")
        withdraw_application(session, actor=candidate, desk=desk, campaign_id=campaign_id)
        reply = Reply.WITHDRAWN
    elif change is Change.COPY:
        ask_copy(session, actor=candidate, desk=desk)
        reply = Reply.COPY_ASKED
    elif change is Change.ERASE:
        is_done = ask_erasure(session, actor=candidate, desk=desk, campaign_id=campaign_id)
        reply = Reply.ERASED if is_done else Reply.ERASURE_ASKED
    elif change is Change.STOP:
        if has_stopped(session, candidate):
            raise TooLate("They have given this notice already.")
        give_notice(session, actor=candidate, desk=desk)
        reply = Reply.STOPPED
    else:
        ask_correction(
            session,
            actor=candidate,
            desk=desk,
            campaign_id=campaign_id,
            change=correction or Correction(),
            is_on_paper=True,
        )
    if reply is not None:
        enqueue(session, desk=desk, kind=TELL_ON_PAPER, candidate_id=candidate.id, reply=reply)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="changed_for_candidate",
        change=change.value,
        format=row.format,
    )
