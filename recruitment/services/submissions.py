"""Submission: plaintext and known facts meet here, once; what leaves is redacted or sealed.

`prepare_application` does the heavy work with no transaction open; `store_application` is one short write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Document, Identity, Relationship, Requests
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.disputes import count_asked, keep_own_hidden
from recruitment.rules.eligibility import EligibilityAnswer
from recruitment.rules.errors import Invalid, NotAllowed, TooLate
from recruitment.rules.messages import ENGLISH
from recruitment.rules.redaction import Redaction, redact
from recruitment.services.applications import give_way
from recruitment.services.confirmations import confirmation
from recruitment.services.desk import Desk
from recruitment.services.drafts import OpenDraft, is_taking_from, read_documents, read_draft
from recruitment.services.late_applications import hand_out_late
from recruitment.services.post import post_sealed, seal_message
from recruitment.services.redacted import pieces_of, restorable_of, seal_pieces
from recruitment.services.references import free_references
from recruitment.services.trail import record_event
from recruitment.services.vacancies import AdvertisedCampaign, read_advert
from recruitment.store import applications as rows
from recruitment.store.campaigns import lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.eligibility import requirements_of
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.sealing.clearance import seal_passages
from recruitment.vault.sealing.eligibility import ANSWERS, seal_eligibility
from recruitment.vault.sealing.identity import seal_document, seal_identity
from recruitment.vault.sealing.relationships import seal_relationships
from recruitment.vault.sealing.requests import ADJUSTMENTS, OPT_IN, seal_adjustments, seal_opt_in


@dataclass(frozen=True)
class ApplicationContent:
    """A complete application, from the web form or from an import.

    `texts`: question id → the answer, statement or text of the CV. `hidden`: passages the candidate adds;
    `disputed`: passages of which the candidate says that they were hidden wrongly.
    """

    identity: Identity
    texts: Mapping[UUID, str]
    documents: Mapping[UUID, Document] = field(default_factory=dict)
    requests: Requests = field(default_factory=Requests)
    relationships: tuple[Relationship, ...] = ()
    eligibility: tuple[EligibilityAnswer, ...] = ()
    vacancies: tuple[UUID, ...] = ()
    first_choice: UUID | None = None
    hidden: Mapping[UUID, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    disputed: Mapping[UUID, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class PreparedAnswer:
    id: UUID
    question_id: UUID
    redacted: bytes
    passages: bytes | None


@dataclass(frozen=True)
class PreparedApplication:
    """Nothing in here is plaintext. `asked`: how many hidden words the candidate asks to have shown."""

    campaign_id: UUID
    id: UUID
    answers: tuple[PreparedAnswer, ...]
    sealed: tuple[tuple[Compartment, str, bytes], ...]
    vacancies: tuple[UUID, ...]
    external_id_hash: bytes | None = None
    asked: int = 0
    first_choice: UUID | None = None


def redact_texts(desk: Desk, content: ApplicationContent) -> dict[UUID, Redaction]:
    """Question id → what shortlisters will read; the preview shows this very result."""
    known, hidden, disputed = content.identity.known_values(), content.hidden, content.disputed
    redacted = {
        key: redact(text, known, desk.lists, also_hide=hidden.get(key, ()), disputed=disputed.get(key, ()))
        for key, text in content.texts.items()
    }
    return {question_id: keep_own_hidden(redaction) for question_id, redaction in redacted.items()}


def prepare_application(
    *,
    desk: Desk,
    keys: PublicKeys,
    application_id: UUID,
    content: ApplicationContent,
    external_id_hash: bytes | None = None,
) -> PreparedApplication:
    """Redact and seal a whole application; `keys` are the campaign's."""
    answers, sealed = [], []
    redacted = redact_texts(desk, content)
    for question_id, redaction in redacted.items():
        answer_id = desk.new_id()
        restorable = restorable_of(redaction)
        answers.append(
            PreparedAnswer(
                answer_id,
                question_id,
                seal_pieces(desk, keys.scope_id, answer_id, pieces_of(redaction)),
                seal_passages(keys, answer_id, restorable) if restorable else None,
            )
        )
    sealed.append((Compartment.IDENTITY, "", seal_identity(keys, application_id, content.identity)))
    for question_id, document in content.documents.items():
        part = f"document {question_id}"
        sealed.append((Compartment.IDENTITY, part, seal_document(keys, application_id, part, document)))
    requests = content.requests
    sealed += [
        (Compartment.REQUESTS, ADJUSTMENTS, seal_adjustments(keys, application_id, requests)),
        (Compartment.REQUESTS, OPT_IN, seal_opt_in(keys, application_id, requests)),
        (Compartment.RELATIONSHIPS, "", seal_relationships(keys, application_id, content.relationships)),
    ]
    if content.eligibility:
        blob = seal_eligibility(keys, application_id, content.eligibility)
        sealed.append((Compartment.ELIGIBILITY, ANSWERS, blob))
    return PreparedApplication(
        keys.scope_id,
        application_id,
        tuple(answers),
        tuple(sealed),
        content.vacancies,
        external_id_hash,
        count_asked(redacted.values()),
        content.first_choice,
    )


def store_application(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    prepared: PreparedApplication,
    candidate_id: UUID | None,
    reference: str,
) -> None:
    """Write a prepared application with its first stage; the caller appends the trail last."""
    now, campaign_id = desk.now, prepared.campaign_id
    session.add(
        rows.Application(
            campaign_id=campaign_id,
            id=prepared.id,
            candidate_id=candidate_id,
            reference=reference,
            external_id_hash=prepared.external_id_hash,
            submitted_at=now,
        )
    )
    session.flush()
    for answer in prepared.answers:
        session.add(
            rows.Answer(
                campaign_id=campaign_id,
                id=answer.id,
                application_id=prepared.id,
                question_id=answer.question_id,
                redacted=answer.redacted,
                has_restorable=answer.passages is not None,
            )
        )
        if answer.passages is not None:
            session.add(_sealed(prepared, Compartment.CLEARANCE, answer.id.hex, answer.passages))
    session.add_all(_sealed(prepared, compartment, part, blob) for compartment, part, blob in prepared.sealed)
    session.add_all(
        rows.Preference(
            campaign_id=campaign_id,
            application_id=prepared.id,
            vacancy_id=vacancy_id,
            is_first=vacancy_id == prepared.first_choice,
        )
        for vacancy_id in prepared.vacancies
    )
    session.add(
        rows.StageEvent(
            campaign_id=campaign_id,
            application_id=prepared.id,
            kind=rows.StageEventKind.SUBMITTED,
            at=now,
        )
    )
    session.flush()


def _sealed(prepared: PreparedApplication, compartment: Compartment, part: str, blob: bytes) -> rows.SealedRecord:
    return rows.SealedRecord(
        campaign_id=prepared.campaign_id,
        application_id=prepared.id,
        compartment=compartment,
        part=part,
        blob=blob,
    )


@dataclass(frozen=True)
class Submission:
    """A draft made ready to be submitted: only the short write is left."""

    campaign_id: UUID
    organisation_id: UUID
    candidate_id: UUID
    version: int
    prepared: PreparedApplication
    message_id: UUID
    message: bytes
    reference: str
    is_late: bool = False


def content_of_draft(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, draft: OpenDraft | None = None
) -> ApplicationContent:
    """The actor's own draft (`draft`, where it was read already) as a complete application's content."""
    draft = draft or read_draft(session, actor=actor, desk=desk, campaign_id=campaign_id)
    documents = read_documents(session, desk=desk, draft=draft) if draft.content.documents else {}
    content = draft.content
    texts = {UUID(key): text for key, text in content.answers.items()}
    texts |= {question_id: document.text for question_id, document in documents.items()}
    return ApplicationContent(
        identity=content.identity(),
        texts=texts,
        documents=documents,
        requests=content.requests,
        relationships=content.relationships,
        eligibility=content.eligibility,
        vacancies=tuple(UUID(vacancy) for vacancy in content.vacancies),
        first_choice=UUID(content.first_choice) if content.first_choice else None,
        hidden={UUID(key): passages for key, passages in content.hidden.items()},
        disputed={UUID(key): passages for key, passages in content.disputed.items()},
    )


def prepare_submission(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    copy_text: str,
    draft: OpenDraft | None = None,
    advert: AdvertisedCampaign | None = None,
    language: str = ENGLISH,
    missing: Sequence[str] | None = None,
    address: str = "",
) -> Submission:
    """Check, redact and seal the actor's draft, in a read session; `copy_text` goes with the confirmation.

    That is in `language`, the one that the page was read in. `draft` and `advert` where the caller has read them
    already; `missing` where it asks for other things than the site does, and `address` where the confirmation
    goes if not to the e-mail address. Raise `Invalid` naming what is missing, `TooLate` after the closing time.
    """
    draft = draft or read_draft(session, actor=actor, desk=desk, campaign_id=campaign_id)
    if draft.is_closed:
        raise TooLate("The closing time has passed. You can still read your draft, but not submit it.")
    advert = advert or read_advert(session, desk=desk, campaign_id=campaign_id)
    missing = advert.missing(draft.content) if missing is None else missing
    if missing:
        raise Invalid("Your application is not complete. " + ". ".join(missing) + ".")
    content = content_of_draft(session, actor=actor, desk=desk, campaign_id=campaign_id, draft=draft)
    if len(advert.vacancies) == 1:
        content = replace(content, vacancies=(advert.vacancies[0].id,))
    keys, contact_keys = desk.vault.public_keys_of_each(session, campaign_id, advert.organisation_id)
    prepared = prepare_application(desk=desk, keys=keys, application_id=draft.id, content=content)
    (reference,) = free_references(session, desk, campaign_id, 1)
    letter = confirmation(advert, address or content.identity.contact.email, reference, copy_text, language)
    message_id, message = seal_message(desk, contact_keys, letter)
    return Submission(
        campaign_id,
        advert.organisation_id,
        actor.id,
        draft.version,
        prepared,
        message_id,
        message,
        reference,
        draft.is_late,
    )


def submit_application(session: Session, *, actor: Actor, desk: Desk, submission: Submission) -> str:
    """Store a prepared submission once; the reference. A double click or retry gives the first one's."""
    if actor.kind is not ActorKind.CANDIDATE or actor.id != submission.candidate_id:
        raise NotAllowed
    campaign_id = submission.campaign_id
    # Held, so that the sift cannot open between this look at the clock and the commit.
    # One that comes late is put into queues, so it is alone in the campaign.
    campaign = lock_campaign(session, campaign_id, is_shared=not submission.is_late)
    draft = session.scalars(
        select(rows.Draft)
        .where(rows.Draft.campaign_id == campaign_id, rows.Draft.id == submission.prepared.id)
        .with_for_update()
    ).one_or_none()
    if draft is None:
        # A draft goes in the transaction that submits it: somebody, in another tab, was first.
        earlier = rows.find_application(session, campaign_id, submission.prepared.id)
        if earlier is not None:
            return earlier.reference
    if draft is None or draft.version != submission.version:
        raise Invalid("Your application changed while it was being submitted. Check it and submit again.")
    if not is_taking_from(session, campaign, actor.id, desk.now):
        raise TooLate("The closing time has passed. You can still read your draft, but not submit it.")
    # An application that a colleague typed may come to this account at the same moment: one waits for the other.
    session.get_one(Candidate, actor.id, with_for_update={"key_share": True})
    give_way(session, actor=actor, campaign_id=campaign_id)
    store_application(
        session,
        actor=actor,
        desk=desk,
        prepared=submission.prepared,
        candidate_id=actor.id,
        reference=submission.reference,
    )
    # Where the job requires anything, the check that confirms it hands it out.
    if campaign.state == CampaignState.SIFTING and not requirements_of(session, campaign_id):
        hand_out_late(session, actor=actor, desk=desk, campaign=campaign, application_id=submission.prepared.id)
    session.delete(draft)  # its documents go with it
    post_sealed(
        session,
        desk=desk,
        organisation_id=submission.organisation_id,
        message_id=submission.message_id,
        blob=submission.message,
    )
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="application_submitted",
        application=submission.prepared.id,
    )
    return submission.reference
