"""An entered application is sent: redacted and sealed as any; its account gets the candidate's own address."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.application_copies import written_copy
from recruitment.rules.drafts import Draft as Content
from recruitment.rules.entries import missing_in_entry
from recruitment.rules.errors import Stale, TooLate
from recruitment.rules.letters_on_paper import PostalAddress, as_address, postal_lines
from recruitment.rules.messages import ENGLISH
from recruitment.services.applications import give_way
from recruitment.services.candidate_accounts import has_standing_application
from recruitment.services.catalogues import LANGUAGES, load_catalogue
from recruitment.services.confirmations import draft_beside
from recruitment.services.desk import Desk
from recruitment.services.entries import OpenEntry, candidate_of, own_entry
from recruitment.services.post import post_sealed, seal_message
from recruitment.services.submissions import Submission, prepare_submission, submit_application
from recruitment.services.trail import record_event
from recruitment.services.vacancies import AdvertisedCampaign
from recruitment.store.applications import Application, Draft
from recruitment.store.candidates import Candidate, find_candidate
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.entries import Entry
from recruitment.vault.sealing.contact import seal_address


@dataclass(frozen=True)
class PreparedEntry:
    """Nothing in here is plaintext. `address_hash`: of the e-mail address, if there is one.

    `beside`: a sealed message to it, for whoever turns out to have begun an application on the site too.
    """

    entry_id: UUID
    submission: Submission
    address_hash: bytes | None
    address_sealed: bytes
    beside: tuple[UUID, bytes] | None = None


def missing_of(content: Content, advert: AdvertisedCampaign) -> list[str]:
    return missing_in_entry(content, advert.questions, len(advert.vacancies), advert.requirements)


def copy_of_entry(content: Content, advert: AdvertisedCampaign, language: str = ENGLISH) -> str:
    """What the candidate gets with the confirmation: what was typed for them; by post less than by e-mail."""
    if len(advert.vacancies) == 1:
        titles = [advert.vacancies[0].title]
    else:
        titles = [one.title for one in advert.vacancies if str(one.id) in content.vacancies]
    return written_copy(
        organisation=advert.organisation,
        title=advert.title,
        draft=content,
        questions=advert.questions,
        vacancies=titles,
        cv_texts=content.answers,
        say=load_catalogue(language).say_made,
        is_printed=not content.email.strip(),
    )


def prepare_entry(session: Session, *, actor: Actor, desk: Desk, entry: OpenEntry) -> PreparedEntry:
    """Check, redact and seal, in a read session. `Invalid` names what is missing, `TooLate` says that it is."""
    if entry.draft is None:
        raise TooLate("The closing time has passed. Ask for more time first.")
    row = own_entry(session, actor, entry.id)
    content, advert = entry.draft.content, entry.advert
    email, language = content.email.strip(), content.language if content.language in LANGUAGES else ENGLISH
    postal = as_address(PostalAddress(entry.campaign_id, postal_lines(content), language))
    submission = prepare_submission(
        session,
        actor=candidate_of(row, actor),
        desk=desk,
        campaign_id=entry.campaign_id,
        copy_text=copy_of_entry(content, advert, language),
        draft=entry.draft,
        advert=advert,
        language=language,
        missing=missing_of(content, advert),
        address=email or postal,
    )
    keys = desk.vault.public_keys(session, actor.organisation_id)
    return PreparedEntry(
        entry.id,
        submission,
        desk.vault.blind("address", actor.organisation_id, email) if email else None,
        seal_address(keys, row.candidate_id, email or postal, language),
        seal_message(desk, keys, draft_beside(advert, email, submission.reference, language)) if email else None,
    )


def submit_entry(session: Session, *, actor: Actor, desk: Desk, prepared: PreparedEntry) -> str:
    """Store a prepared entry once; the reference, which a second click gets too."""
    entry = own_entry(session, actor, prepared.entry_id, lock=True)
    if entry.reference is not None:
        return entry.reference
    candidate = candidate_of(entry, actor)
    if candidate.id != prepared.submission.candidate_id:
        raise Stale("This application changed meanwhile. Check it and send it again.")
    reference = submit_application(session, actor=candidate, desk=desk, submission=prepared.submission)
    _give_address(session, actor, desk, entry, prepared)
    entry.reference, entry.sent_at = reference, desk.now
    # Without the application: how it came could tell who is disabled (Equality Act 2010, section 6).
    record_event(
        session,
        at=desk.now,
        chain_id=entry.campaign_id,
        actor=actor,
        event="application_entered",
        format=entry.format,
    )
    return reference


def _give_address(session: Session, actor: Actor, desk: Desk, entry: Entry, prepared: PreparedEntry) -> None:
    """The account becomes the candidate's own, or gives the application to the one they have by their address.

    Who has an application here already keeps it, and nothing tells whoever types: this one gets its letters alone.
    """
    account = session.get_one(Candidate, entry.candidate_id, with_for_update={"key_share": True})
    account.address_sealed = prepared.address_sealed
    if prepared.address_hash is None:
        return
    own = find_candidate(session, actor.organisation_id, prepared.address_hash)
    if own is None:
        account.address_hash = prepared.address_hash
        session.flush()
        return
    session.refresh(own, with_for_update={"key_share": True})
    theirs = Actor(ActorKind.CANDIDATE, own.id, actor.organisation_id)
    if has_standing_application(session, actor=theirs, campaign_id=entry.campaign_id):
        return
    give_way(session, actor=theirs, campaign_id=entry.campaign_id)
    for table in (Application, ClosingRequest, Entry):
        session.execute(update(table).where(table.candidate_id == account.id).values(candidate_id=own.id))
    session.flush()
    session.execute(delete(Candidate).where(Candidate.id == account.id))
    has_draft = exists().where(Draft.campaign_id == entry.campaign_id, Draft.candidate_id == own.id)
    if prepared.beside is not None and session.scalar(select(has_draft)):
        message_id, blob = prepared.beside
        post_sealed(
            session, desk=desk, organisation_id=actor.organisation_id, message_id=message_id, blob=blob
        )  # fmt: skip
