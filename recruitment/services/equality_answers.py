"""Equality answers: given, replaced or withdrawn by the candidate, in a transaction that writes nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.equality_questions import check_answers
from recruitment.rules.errors import TooLate
from recruitment.rules.rights import Right
from recruitment.services.applications import earlier_applications, own_application
from recruitment.services.desk import Desk
from recruitment.services.question_sets import asked_in
from recruitment.store.campaigns import Campaign
from recruitment.store.equality import EqualityRow
from recruitment.store.releases import Tally
from recruitment.store.rights import RightsRequest
from recruitment.vault.compartments import PublicKeys
from recruitment.vault.sealing.equality import seal_equality_answers, seal_equality_withdrawal


def _open_to_change(session: Session, actor: Actor, campaign_id: UUID) -> UUID:
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    campaign = session.get_one(Campaign, campaign_id)
    # A campaign counted at the year's cut-off goes on; its answers are erased all the same.
    is_counted = session.get(Tally, campaign_id) is not None
    if is_counted or has_reached(CampaignState(campaign.state), CampaignState.TALLIED):
        raise TooLate("The answers of this campaign have been counted and erased, so they cannot be changed.")
    return application.id


def has_stopped(session: Session, actor: Actor) -> bool:
    """Whether the person gave notice in writing to stop (Data Protection Act 2018, Schedule 1, paragraph 8(5))."""
    query = select(RightsRequest.id).where(
        RightsRequest.candidate_id == actor.id, RightsRequest.kind == Right.STOP_EQUALITY
    )
    return session.scalars(query.limit(1)).first() is not None


def prepare_equality_answers(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, answers: Mapping[str, str]
) -> bytes:
    """The sealed row of the candidate's answers, made in a read session; partial answers are accepted."""
    application_id = _open_to_change(session, actor, campaign_id)
    if has_stopped(session, actor):
        raise TooLate("You gave notice that we must not use equality answers of yours, so none are taken.")
    keys = desk.vault.public_keys(session, campaign_id)
    kept = check_answers(answers, asked_in(session, campaign_id))
    return seal_equality_answers(keys, application_id, desk.now, kept)


def prepare_equality_withdrawals(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> list[bytes]:
    """A sealed row for each application of the candidate in the campaign, to be stored one transaction each."""
    application_id = _open_to_change(session, actor, campaign_id)
    earlier = earlier_applications(session, actor=actor, campaign_id=campaign_id)
    keys = desk.vault.public_keys(session, campaign_id)
    every = [application_id, *(one.id for one in earlier)]
    return [seal_equality_withdrawal(keys, each, desk.now) for each in every]


def store_equality_row(session: Session, *, campaign_id: UUID, blob: bytes) -> None:
    """The one statement of its transaction: no trail, no job, no moment. Row versions would link them."""
    # A key from a source of its own: nothing else that is drawn may depend on whether somebody answered.
    session.add(EqualityRow(campaign_id=campaign_id, id=uuid4(), blob=blob))
    session.flush()


def seal_imported_answers(
    *, desk: Desk, keys: PublicKeys, application_id: UUID, answers: Mapping[str, str]
) -> bytes:
    return seal_equality_answers(keys, application_id, desk.now, check_answers(answers))


def may_withdraw_equality_answers(session: Session, *, actor: Actor, campaign_id: UUID) -> bool:
    """Whether the candidate's answers in this campaign are still uncounted; `NotFound` without an application."""
    try:
        _open_to_change(session, actor, campaign_id)
    except TooLate:
        return False
    return True


def may_change_equality_answers(session: Session, *, actor: Actor, campaign_id: UUID) -> bool:
    """Whether answers are still taken: uncounted, and no notice to stop was given."""
    return may_withdraw_equality_answers(session, actor=actor, campaign_id=campaign_id) and not has_stopped(
        session, actor
    )
