"""Restriction of processing and objection (UK GDPR Articles 18 and 21): asked for, decided by a person, and ended.

A restricted application is stored and nothing else is done with it: it leaves queues, ranking and shortlist. What
goes on is in Article 18(2): legal claims, the rights of others, and what its owner agrees to, who may end it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.correspondence import Correspondence
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.rights import RESTRICTING, Ground, Right, RightStanding, check_words
from recruitment.services.applications import own_application
from recruitment.services.desk import Desk
from recruitment.services.late_applications import hand_out_late
from recruitment.services.rankings import leave_ranking
from recruitment.services.rights import ask_right, require_none_waiting
from recruitment.services.sift_counts import answers_of, counting
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.eligibility import EligibilityCheck, requirements_of
from recruitment.store.rights import RightsRequest
from recruitment.store.sift import Allocation, AllocationState
from recruitment.vault.sealing.correspondence import QUESTION, seal_correspondence


def ask_restriction(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, ground: Ground | None, words: str
) -> None:
    """Ask that an application is stored and not used, for one of the four reasons of Article 18(1)."""
    if ground is None:
        raise Invalid("Select why we should stop using it.", "ground")
    _ask(session, actor, desk, campaign_id, Right.RESTRICTION, words, ground)


def ask_objection(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, words: str) -> None:
    """Object to the use of an application, on grounds of the person's own situation (Article 21(1))."""
    _ask(session, actor, desk, campaign_id, Right.OBJECTION, words)


def _ask(
    session: Session,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    kind: Right,
    words: str,
    ground: str | None = None,
) -> None:
    """What is said may tell of an illness: it is sealed, and opened by whoever decides alone."""
    said = Correspondence(check_words(words))
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    require_none_waiting(session, actor, kind, campaign_id)
    request = ask_right(session, actor, desk, kind, application)
    request.ground = ground
    keys = desk.vault.public_keys(session, campaign_id)
    request.sealed = seal_correspondence(keys, request.id, QUESTION, said)


def restrict(session: Session, *, desk: Desk, request: RightsRequest) -> None:
    """Take the application out of the sift and the ranking as it stands; nothing where it is gone already."""
    campaign_id, application_id = _place(request)
    lock_campaign(session, campaign_id)
    application = session.get(Application, (campaign_id, application_id), populate_existing=True)
    if application is None or application.restricted_at is not None:
        return
    application.restricted_at = desk.now
    _move_answers(session, campaign_id, application_id, AllocationState.OPEN, AllocationState.SET_ASIDE)
    leave_ranking(session, campaign_id, application_id)


def end_restriction(session: Session, *, actor: Actor, desk: Desk, request: RightsRequest) -> None:
    """Use the application again. While the sift is open its answers go back into the queues, with their scores.

    Once scores are locked they stay aside: the application cannot be ranked any more.
    """
    campaign_id, application_id = _place(request)
    campaign = lock_campaign(session, campaign_id)
    request.ends_at = desk.now
    application = session.get(Application, (campaign_id, application_id), populate_existing=True)
    if application is not None and application.restricted_at is not None:
        application.restricted_at = None
        session.flush()
        if campaign.state == CampaignState.SIFTING and application.withdrawn_at is None:
            _sift_again(session, actor, desk, campaign, application_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="restriction_ended",
        request=request.id,
    )


def _sift_again(session: Session, actor: Actor, desk: Desk, campaign: Campaign, application_id: UUID) -> None:
    if _move_answers(session, campaign.id, application_id, AllocationState.SET_ASIDE, AllocationState.OPEN):
        return
    # Where the job requires anything, the check that confirms it hands it out.
    is_checked = session.get(EligibilityCheck, (campaign.id, application_id)) is not None
    if is_checked or not requirements_of(session, campaign.id):
        hand_out_late(session, actor=actor, desk=desk, campaign=campaign, application_id=application_id)


def _move_answers(
    session: Session, campaign_id: UUID, application_id: UUID, before: AllocationState, after: AllocationState
) -> bool:
    """Whether any answer was ever handed out; those that are `before` become `after`."""
    answers = answers_of(session, campaign_id, application_id)
    held = (Allocation.campaign_id == campaign_id, Allocation.answer_id.in_(answers))
    if session.scalars(select(Allocation.id).where(*held).limit(1)).first() is None:
        return False
    with counting(session, campaign_id, answers):
        session.execute(update(Allocation).where(*held, Allocation.state == before).values(state=after))
    return True


def _place(request: RightsRequest) -> tuple[UUID, UUID]:
    if request.campaign_id is None or request.application_id is None:
        raise NotFound
    return request.campaign_id, request.application_id


def find_restricting(session: Session, campaign_id: UUID, application_id: UUID) -> RightsRequest | None:
    """The request because of which an application is not used now."""
    query = select(RightsRequest).where(
        RightsRequest.campaign_id == campaign_id,
        RightsRequest.application_id == application_id,
        RightsRequest.kind.in_(RESTRICTING),
        RightsRequest.standing == RightStanding.DONE,
    )
    return session.scalars(query.order_by(RightsRequest.answered_at.desc()).limit(1)).first()


def end_own_restriction(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> None:
    """Its owner lets the application be used again, at once (Article 18(2): with their consent)."""
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    request = find_restricting(session, campaign_id, application.id)
    if request is None or application.restricted_at is None:
        raise TooLate("This application is not restricted.")
    end_restriction(session, actor=actor, desk=desk, request=request)


def list_restricted(session: Session, *, actor: Actor) -> frozenset[UUID]:
    """Campaigns in which the candidate's own application is not used now."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    return frozenset(
        session.scalars(
            select(Application.campaign_id).where(
                Application.candidate_id == actor.id, Application.restricted_at.is_not(None)
            )
        )
    )
