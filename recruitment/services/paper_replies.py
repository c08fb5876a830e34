"""What people without an e-mail address asked of us by letter or telephone is confirmed by a letter on paper."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.letters_on_paper import PostalAddress, as_address, postal_address
from recruitment.rules.paper_replies import Reply, reply_letter
from recruitment.services.outgoing import open_account_addressees, put_on_paper
from recruitment.services.post import in_language
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application, Draft, is_of
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.entries import Entry
from recruitment.store.organisations import Organisation
from recruitment.store.rights import RightsRequest
from recruitment.vault.sealing.contact import Letter


def put_reply(
    session: Session,
    desk: StaffDesk,
    organisation_id: UUID,
    postal: PostalAddress,
    reply: Reply,
    reference: str,
    reason: str = "",
) -> None:
    """Let a reply wait in the post room, in the language of its reader."""
    title = session.get_one(Campaign, postal.campaign_id).title
    contact = session.get_one(Organisation, organisation_id).contact.strip()
    letter = Letter(as_address(postal), *reply_letter(reply, title, reference, contact, reason))
    put_on_paper(session, desk, postal, organisation_id, in_language(letter, postal.language))


def tell_on_paper(desk: StaffDesk, candidate_id: UUID, reply: Reply, request_id: UUID | None = None) -> None:
    """Write to the account if it has no e-mail address; what was erased leaves no account once this is written."""
    with desk.sessions.reading() as session:
        account = session.get(Candidate, candidate_id)
        if account is None:
            return
        actor = system_actor(account.organisation_id)
        request = session.get(RightsRequest, request_id) if request_id else None
        reference = request.reference if request is not None else _reference(session, candidate_id)
    found = open_account_addressees(
        desk,
        actor=actor,
        accounts=[(account.id, account.address_sealed)],
        ground="to confirm what somebody asked by letter or telephone",
    )
    postal = postal_address(found[account.id].address)
    if postal is None:
        return  # they read it on their own page
    with desk.sessions.writing() as session:
        if session.get(Candidate, candidate_id, with_for_update=True) is None:
            return
        reason = request.reason if request is not None else ""
        put_reply(session, desk, actor.organisation_id, postal, reply, reference, reason)
        if reply is Reply.ERASED:
            _forget_account(session, candidate_id)


def _reference(session: Session, candidate_id: UUID) -> str:
    """Of their application; once that is erased, of the request that it be."""
    own = select(Application.reference).where(is_of(candidate_id)).order_by(Application.submitted_at.desc())
    asked = (
        select(RightsRequest.reference)
        .where(RightsRequest.candidate_id == candidate_id, RightsRequest.reference != "")
        .order_by(RightsRequest.asked_at.desc())
    )
    return session.scalars(own.limit(1)).first() or session.scalars(asked.limit(1)).first() or ""


def _forget_account(session: Session, candidate_id: UUID) -> None:
    """Nobody can sign in to it, and nothing hangs on it any more."""
    left = (Application.candidate_id, Application.earlier_candidate_id, Draft.candidate_id)
    if any(session.scalar(select(exists().where(column == candidate_id))) for column in left):
        return
    session.execute(delete(Entry).where(Entry.candidate_id == candidate_id))
    session.execute(delete(Candidate).where(Candidate.id == candidate_id))
