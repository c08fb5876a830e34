"""The worker puts what a person corrects into its place; nobody sees either.

Of somebody without an e-mail address the account's address is the postal one: it changes too, in letters that wait
as well. The letter that confirms it goes to both addresses, so that a correction that nobody asked for is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.late_names import hide_late_name
from recruitment.rules.letters_on_paper import PostalAddress, as_address, postal_address
from recruitment.rules.paper_replies import Reply
from recruitment.rules.rights import RightStanding
from recruitment.services.openings import record_opening
from recruitment.services.outgoing import readdress_papers
from recruitment.services.paper_replies import put_reply
from recruitment.services.redacted import read_pieces, seal_pieces
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, SealedRecord
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.rights import RightsRequest
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.own import open_own_address, reseal_corrected
from recruitment.vault.sealing.contact import seal_address

_GROUND = "the person corrects their contact details"


def correct_contact(desk: StaffDesk, request_id: UUID, *, is_on_paper: bool = False) -> None:
    """Put corrected details into the sealed identity and, of a postal one, into the account's sealed address."""
    with desk.sessions.reading() as session:
        request = session.get(RightsRequest, request_id)
        if request is None or request.standing != RightStanding.WAITING or request.sealed is None:
            return
        if request.campaign_id is None or request.application_id is None:
            return
        actor = Actor(ActorKind.CANDIDATE, request.candidate_id, request.organisation_id)
        key = (request.campaign_id, request.application_id, Compartment.IDENTITY.value, "")
        record, account = session.get(SealedRecord, key), session.get(Candidate, actor.id)
        if record is not None:
            keys = desk.vault.public_keys(session, request.campaign_id)
    if record is None or account is None:
        _close(desk, request_id)  # erased meanwhile: there is nothing to correct
        return
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.IDENTITY,
        scope_id=request.campaign_id,
        records=[request.application_id, request.id],
        ground=_GROUND,
    )
    sealed = (request.id, request.sealed)
    corrected = reseal_corrected(desk.vault, receipt, keys, request.application_id, record.blob, sealed)
    moved = _move(desk, actor, account, corrected.lines) if is_on_paper else None
    with desk.sessions.writing() as session:
        if corrected.new_name:
            # Whoever scores or freezes meanwhile waits.
            lock_campaign(session, request.campaign_id)
        row = session.get_one(RightsRequest, request_id, with_for_update=True)
        held = session.get(SealedRecord, key, with_for_update=True)
        if row.standing != RightStanding.WAITING or held is None or held.blob != record.blob:
            return
        held.blob = corrected.sealed
        if corrected.new_name:
            _hide_name(session, desk, request.campaign_id, request.application_id, corrected.new_name)
        if moved is not None:
            session.get_one(Candidate, actor.id, with_for_update={"key_share": True}).address_sealed = moved.sealed
            for postal in dict.fromkeys((moved.before, moved.after)):
                put_reply(session, desk, actor.organisation_id, postal, Reply.CORRECTED, request.reference)
        row.standing, row.answered_at, row.sealed = RightStanding.DONE, desk.now, None
        record_event(
            session,
            at=desk.now,
            chain_id=request.campaign_id,
            actor=actor,
            event="contact_corrected",
            application=request.application_id,
        )


@dataclass(frozen=True)
class _Moved:
    before: PostalAddress
    after: PostalAddress
    sealed: bytes


def _move(desk: StaffDesk, actor: Actor, account: Candidate, lines: tuple[str, ...]) -> _Moved | None:
    """The account's address sealed anew, and the letters that wait for the old one; None for an e-mail address."""
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CONTACT,
        scope_id=actor.organisation_id,
        records=[account.id],
        ground=_GROUND,
    )
    address, language = open_own_address(desk.vault, receipt, account.id, account.address_sealed)
    before = postal_address(address)
    if before is None:
        return None
    after = replace(before, lines=tuple(line for line in lines if line))
    if after != before:
        readdress_papers(desk, actor=actor, before=before, after=after, ground=_GROUND)
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, actor.organisation_id)
    return _Moved(before, after, seal_address(keys, account.id, as_address(after), language))


def _hide_name(session: Session, desk: StaffDesk, campaign_id: UUID, application_id: UUID, name: str) -> None:
    """Further in every answer; shortlisters read the same mark as for whatever was hidden before.

    A passage that waits for a clearer may hold the name, and they would not know whose it is: it stays hidden.
    Once the shortlist is frozen nobody scores the texts any more; they stay as they were read.
    """
    if has_reached(CampaignState(session.get_one(Campaign, campaign_id).state), CampaignState.FROZEN):
        return
    answers = session.scalars(
        select(Answer)
        .where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
        .with_for_update()
    )
    for answer in answers:
        answer.has_restorable = False
        pieces = read_pieces(desk, campaign_id, answer.id, answer.redacted)
        after = hide_late_name(pieces, name, desk.lists)
        if after != pieces:
            answer.redacted = seal_pieces(desk, campaign_id, answer.id, after)


def _close(desk: StaffDesk, request_id: UUID) -> None:
    with desk.sessions.writing() as session:
        row = session.get_one(RightsRequest, request_id, with_for_update=True)
        row.standing, row.answered_at, row.sealed = RightStanding.DONE, desk.now, None
