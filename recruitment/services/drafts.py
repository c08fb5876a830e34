"""Applications while they are written: started, saved section by section, resumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Document
from recruitment.rules.campaigns import CampaignState, QuestionKind, is_accepting
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.rules.errors import NotAllowed, NotFound, Stale, TooLate
from recruitment.rules.hidden_passages import follow_change
from recruitment.services.desk import Desk
from recruitment.store import applications as rows
from recruitment.store.campaigns import Campaign, list_questions_with_spelling
from recruitment.store.candidates import Candidate
from recruitment.store.closing_times import personal_closing
from recruitment.vault.payloads import dump, dump_document, load, load_document
from recruitment.vault.working import WorkingPurpose


@dataclass(frozen=True)
class OpenDraft:
    """A draft as its writer sees it; `version` must come back with the next save.

    `is_late`: the closing time for everybody has passed; the writer may have a later one.
    """

    campaign_id: UUID
    id: UUID
    version: int
    content: Draft
    is_closed: bool
    is_late: bool


def _candidate_campaign(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    campaign = session.get(Campaign, campaign_id)
    if (
        campaign is None
        or campaign.organisation_id != actor.organisation_id
        or campaign.state == CampaignState.DRAFT
    ):
        raise NotFound
    return campaign


def is_open(campaign: Campaign, now: datetime) -> bool:
    return is_accepting(CampaignState(campaign.state), campaign.opens_at, campaign.closes_at, now)


def own_closing(session: Session, campaign: Campaign, candidate_id: UUID) -> datetime:
    """When the campaign closes for this candidate: for everybody, or later by a time of their own."""
    return max(campaign.closes_at, personal_closing(session, campaign.id, candidate_id) or campaign.closes_at)


def is_taking_from(session: Session, campaign: Campaign, candidate_id: UUID, now: datetime) -> bool:
    """Whether this candidate may write and submit now; in a time of their own while the sift is open too."""
    if is_open(campaign, now):
        return True
    if campaign.state not in (CampaignState.OPEN, CampaignState.SIFTING) or now < campaign.opens_at:
        return False
    return now < own_closing(session, campaign, candidate_id)


def _own_row(session: Session, actor: Actor, campaign_id: UUID, *, lock: bool = False) -> rows.Draft | None:
    query = select(rows.Draft).where(rows.Draft.campaign_id == campaign_id, rows.Draft.candidate_id == actor.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def _seal(desk: Desk, campaign_id: UUID, draft_id: UUID, content: Draft) -> bytes:
    return desk.vault.encrypt(campaign_id, WorkingPurpose.DRAFTS, f"draft {draft_id}", dump(content.to_fields()))


def start_draft(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, email: str) -> UUID:
    """The actor's draft in this campaign, made when there is none; its id becomes the application's."""
    campaign = _candidate_campaign(session, actor, campaign_id)
    # A second click waits here, then finds the draft of the first.
    session.get_one(Candidate, actor.id, with_for_update={"key_share": True})
    row = _own_row(session, actor, campaign_id)
    if row is not None:
        return row.id
    if not is_taking_from(session, campaign, actor.id, desk.now):
        raise TooLate("This vacancy is closed to new applications.")
    draft_id = desk.new_id()
    session.add(
        rows.Draft(
            campaign_id=campaign_id,
            id=draft_id,
            candidate_id=actor.id,
            version=1,
            sealed=_seal(desk, campaign_id, draft_id, Draft(email=email)),
            updated_at=desk.now,
        )
    )
    if campaign.unfinished is not None:
        # Counted when the sift opened; this one is begun after it, in a time of its own.
        campaign.unfinished = Campaign.unfinished + 1
    session.flush()
    return draft_id


def read_draft(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> OpenDraft:
    """The actor's own draft; readable after the deadline too, until the drafts key is destroyed."""
    campaign = _candidate_campaign(session, actor, campaign_id)
    row = _own_row(session, actor, campaign_id)
    if row is None:
        raise NotFound
    raw = desk.vault.decrypt(campaign_id, WorkingPurpose.DRAFTS, f"draft {row.id}", row.sealed)
    is_late = not is_open(campaign, desk.now)
    is_closed = is_late and not is_taking_from(session, campaign, actor.id, desk.now)
    return OpenDraft(campaign_id, row.id, row.version, Draft.from_fields(load(raw)), is_closed, is_late)


def save_draft(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, version: int, content: Draft
) -> None:
    """Store a draft; `Stale` when it was changed since `version` (another tab), `TooLate` after closing."""
    campaign = _candidate_campaign(session, actor, campaign_id)
    row = _own_row(session, actor, campaign_id, lock=True)
    if row is None:
        raise NotFound
    if not is_taking_from(session, campaign, actor.id, desk.now):
        raise TooLate("The closing time has passed. You can still read your draft, but not change or submit it.")
    if row.version != version:
        raise Stale(
            "You changed this application in another window since this page was opened. "
            "What you typed is still below: check it and save again."
        )
    row.sealed = _seal(desk, campaign_id, row.id, content)
    row.version += 1
    row.updated_at = desk.now
    session.flush()


def attach_document(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    version: int,
    question_id: UUID,
    document: Document,
) -> None:
    """Keep an uploaded file with the text read from it; it replaces an earlier one."""
    draft = read_draft(session, actor=actor, desk=desk, campaign_id=campaign_id)
    asked = {question.id: question for question in asked_questions(session, campaign_id)}
    if question_id not in asked or asked[question_id].kind is not QuestionKind.CV:
        raise NotFound
    key, before = str(question_id), draft.content
    documents = tuple(dict.fromkeys((*before.documents, key)))
    hidden, disputed = dict(before.hidden), dict(before.disputed)
    # What the candidate hides stays hidden in a new file; what was to be shown must be asked for anew.
    disputed.pop(key, None)
    places, earlier = hidden.pop(key, ()), read_documents(session, desk=desk, draft=draft).get(question_id)
    if places and earlier is not None:
        hidden[key] = follow_change(earlier.text, document.text, places)
    content = before.with_section(f"question {question_id}", documents=documents, hidden=hidden, disputed=disputed)
    save_draft(session, actor=actor, desk=desk, campaign_id=campaign_id, version=version, content=content)
    session.merge(
        rows.DraftDocument(
            campaign_id=campaign_id,
            draft_id=draft.id,
            question_id=question_id,
            sealed=desk.vault.encrypt(
                campaign_id,
                WorkingPurpose.DRAFTS,
                f"document {draft.id} {question_id}",
                dump_document(document),
            ),
        )
    )
    session.flush()


def read_documents(session: Session, *, desk: Desk, draft: OpenDraft) -> dict[UUID, Document]:
    """Question id → the uploaded document of a draft that was read by its own writer."""
    found = session.scalars(
        select(rows.DraftDocument).where(
            rows.DraftDocument.campaign_id == draft.campaign_id, rows.DraftDocument.draft_id == draft.id
        )
    )
    return {
        row.question_id: load_document(
            desk.vault.decrypt(
                draft.campaign_id,
                WorkingPurpose.DRAFTS,
                f"document {draft.id} {row.question_id}",
                row.sealed,
            )
        )
        for row in found
    }


def asked_questions(session: Session, campaign_id: UUID) -> list[AskedQuestion]:
    return [
        AskedQuestion(row.id, QuestionKind(row.kind), row.text, row.hint, row.word_limit, counts)
        for row, counts in list_questions_with_spelling(session, campaign_id)
    ]
