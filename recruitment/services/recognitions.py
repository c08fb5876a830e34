"""Somebody without an e-mail address is recognised by letter or telephone, for staff who then act for them.

For staff with no part in the campaign, as for entering. What is typed is compared in memory with the address to
which our letters go, opened with a record; nobody is shown either. From here on whoever did it can have no part in
the campaign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.entries import Acquaintance, EntryFormat
from recruitment.rules.errors import NotAllowed, NotFound, TooLate
from recruitment.rules.letters import LetterState
from recruitment.rules.letters_on_paper import postal_address
from recruitment.rules.recognition import (
    MOST_TRIES,
    PROOF,
    RECOGNISED_FOR,
    TRIES_WITHIN,
    Told,
    is_recognised,
    letter_days,
)
from recruitment.services.entries import require_no_part
from recruitment.services.outgoing import open_account_addressees
from recruitment.services.past_roles import campaigns_with_part
from recruitment.services.permissions import require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.letters import OutcomeLetter
from recruitment.store.recognitions import Recognition
from recruitment.store.trail import TrailEvent

_REFUSED = "recognition_refused"
_GROUND = "to compare what somebody tells with what is held"


@dataclass(frozen=True)
class Match:
    campaign_id: UUID
    candidate_id: UUID


def require_tries_left(session: Session, *, actor: Actor, desk: StaffDesk) -> None:
    """`TooLate` for whoever typed too much lately that matches nothing."""
    if require_staff(session, actor).only_campaign_id is not None:
        raise NotAllowed
    tries = session.scalar(
        select(func.count())
        .select_from(TrailEvent)
        .where(
            TrailEvent.chain_id == actor.organisation_id,
            TrailEvent.event == _REFUSED,
            TrailEvent.actor == str(actor),
            TrailEvent.at > desk.now - TRIES_WITHIN,
        )
    )
    if (tries or 0) >= MOST_TRIES:
        raise TooLate("What you typed matched nothing too often. Try again in an hour, with the letter at hand.")


def find_match(session: Session, *, actor: Actor, desk: StaffDesk, reference: str, told: Told) -> Match | None:
    """Whose application it is, if all that they tell agrees with what is held. A read session.

    An application that is not there, one of somebody with an e-mail address, one of a campaign in which the actor
    has a part, and a wrong name, postcode or day look the same.
    """
    require_tries_left(session, actor=actor, desk=desk)
    found = session.execute(
        select(Application, Candidate)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Campaign.organisation_id == actor.organisation_id,
            Application.reference == "-".join(reference.upper().replace("-", " ").split()),
        )
        .order_by(Application.campaign_id)
    ).all()
    inside = campaigns_with_part(session, actor.id, [one.campaign_id for one, _ in found]) if found else set()
    outside = [(one, account) for one, account in found if one.campaign_id not in inside]
    accounts = {account.id: account.address_sealed for _, account in outside}
    addresses = open_account_addressees(desk, actor=actor, accounts=accounts.items(), ground=_GROUND)
    for one, account in outside:
        postal = postal_address(addresses[account.id].address)
        if postal is not None and is_recognised(told, postal.lines, letter_days(_written(session, one))):
            return Match(one.campaign_id, account.id)
    return None


def _written(session: Session, application: Application) -> list[datetime]:
    """When letters to its candidate were made: the confirmation, and those on the outcome that went on paper."""
    outcomes = session.scalars(
        select(OutcomeLetter.queued_at).where(
            OutcomeLetter.campaign_id == application.campaign_id,
            OutcomeLetter.application_id == application.id,
            OutcomeLetter.state.in_((LetterState.ON_PAPER, LetterState.POSTED)),
        )
    )
    return [application.submitted_at, *outcomes]


def note_recognition(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    match: Match | None,
    entry_format: EntryFormat,
    known: Acquaintance = Acquaintance.NO,
) -> UUID | None:
    """Record that somebody was recognised, or that what was typed matches nothing; for the first, a day to act."""
    if match is None:
        record_event(
            session,
            at=desk.now,
            chain_id=actor.organisation_id,
            actor=actor,
            event=_REFUSED,
            format=entry_format.value,
        )
        return None
    # Held against roles that are given meanwhile.
    lock_campaign(session, match.campaign_id)
    require_no_part(session, actor, match.campaign_id)
    row = Recognition(
        campaign_id=match.campaign_id,
        id=desk.new_id(),
        candidate_id=match.candidate_id,
        person_id=actor.id,
        format=entry_format,
        recognised_at=desk.now,
    )
    session.add(row)
    session.flush()
    # Without the application, as of entries: how somebody comes could tell who is disabled.
    record_event(
        session,
        at=desk.now,
        chain_id=match.campaign_id,
        actor=actor,
        event="candidate_recognised",
        format=entry_format.value,
        known=known.value,
        by=list(PROOF),
    )
    return row.id


def own_recognition(session: Session, *, actor: Actor, desk: StaffDesk, recognition_id: UUID) -> Recognition:
    """The actor's own, of the last day; `NotFound` for any other."""
    require_staff(session, actor)
    row = session.scalars(
        select(Recognition).where(
            Recognition.id == recognition_id,
            Recognition.person_id == actor.id,
            Recognition.recognised_at > desk.now - RECOGNISED_FOR,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    require_no_part(session, actor, row.campaign_id)
    return row


def candidate_of(row: Recognition, actor: Actor) -> Actor:
    """The candidate as the one whose right it is: for what is done in their name."""
    return Actor(ActorKind.CANDIDATE, row.candidate_id, actor.organisation_id)


def forget_recognitions(desk: StaffDesk) -> None:
    """Erase, a day after, what links an account to who acted for it."""
    with desk.sessions.writing() as session:
        session.execute(delete(Recognition).where(Recognition.recognised_at < desk.now - RECOGNISED_FOR))
