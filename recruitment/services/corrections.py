"""The worker puts what a person corrects into its place; nobody sees either.

Of somebody without an e-mail address the account's address is the postal one: it changes too, in letters that wait
as well. The letter that confirms it goes to both addresses, so that a correction that nobody asked for is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Identity
from recruitment.rules.letters_on_paper import PostalAddress, as_address, postal_address
from recruitment.rules.paper_replies import Reply
from recruitment.rules.rights import RightStanding
from recruitment.services.corrected_texts import hide_newly_known, open_waiting
from recruitment.services.openings import record_opening
from recruitment.services.outgoing import readdress_papers
from recruitment.services.paper_replies import put_reply
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import SealedRecord
from recruitment.store.campaigns import lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.rights import RightsRequest
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.own import open_own_address, reseal_corrected
from recruitment.vault.sealing.contact import seal_address

_GROUND = "the person corrects their details"


def correct_contact(desk: StaffDesk, request_id: UUID, *, is_on_paper: bool = False) -> None:
    """Put corrected details into the sealed identity, and hide them in the texts; of a postal address, into the
    account's sealed one too."""
    while not _is_settled(desk, request_id, is_on_paper=is_on_paper):
        pass  # sealed anew meanwhile: what was opened is no longer what stands there


def _is_settled(desk: StaffDesk, request_id: UUID, *, is_on_paper: bool) -> bool:
    with desk.sessions.reading() as session:
        request = session.get(RightsRequest, request_id)
        if request is None or request.standing != RightStanding.WAITING or request.sealed is None:
            return True
        if request.campaign_id is None or request.application_id is None:
            return True
        actor = Actor(ActorKind.CANDIDATE, request.candidate_id, request.organisation_id)
        key = (request.campaign_id, request.application_id, Compartment.IDENTITY.value, "")
        record, account = session.get(SealedRecord, key), session.get(Candidate, actor.id)
        if record is not None:
            keys = desk.vault.public_keys(session, request.campaign_id)
    if record is None or account is None:
        _close(desk, request_id)  # erased meanwhile: there is nothing to correct
        return True
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
    waiting = open_waiting(
        desk,
        actor=actor,
        campaign_id=request.campaign_id,
        application_id=request.application_id,
        ground=_GROUND,
    )
    moved = _move(desk, actor, account, _envelope(corrected.after)) if is_on_paper else None
    with desk.sessions.writing() as session:
        # Held, so that nobody decides on a passage or freezes the shortlist meanwhile.
        lock_campaign(session, request.campaign_id)
        row = session.get_one(RightsRequest, request_id, with_for_update=True)
        held = session.get(SealedRecord, key, with_for_update=True)
        if row.standing != RightStanding.WAITING:
            return True
        if held is None or held.blob != record.blob:
            return False
        held.blob = corrected.sealed
        hide_newly_known(
            session,
            desk=desk,
            keys=keys,
            waiting=waiting,
            application_id=request.application_id,
            before=corrected.before,
            after=corrected.after,
        )
        if moved is not None:
            session.get_one(Candidate, actor.id, with_for_update={"key_share": True}).address_sealed = moved.sealed
            for postal in dict.fromkeys((moved.before, moved.after)):
                put_reply(session, desk, actor.organisation_id, postal, Reply.CORRECTED, request.reference)
        row.standing, row.answered_at, row.sealed = RightStanding.DONE, desk.now, None
        is_name = corrected.before.known_values().names != corrected.after.known_values().names
        record_event(
            session,
            at=desk.now,
            chain_id=request.campaign_id,
            actor=actor,
            event="name_corrected" if is_name else "contact_corrected",
            application=request.application_id,
        )
    return True


def _envelope(who: Identity) -> tuple[str, ...]:
    return (who.full_name, *who.contact.address_lines, who.contact.postcode)


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


def _close(desk: StaffDesk, request_id: UUID) -> None:
    with desk.sessions.writing() as session:
        row = session.get_one(RightsRequest, request_id, with_for_update=True)
        row.standing, row.answered_at, row.sealed = RightStanding.DONE, desk.now, None
