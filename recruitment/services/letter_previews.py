"""The letter to one candidate, by reference, as it would go or went."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound, TooSoon
from recruitment.rules.letter_wordings import Wording, compose_both
from recruitment.rules.letters import LetterKind, LetterState, letter_kind, told_by
from recruitment.services.letter_facts import letter_facts
from recruitment.services.letter_wordings import load_letter_texts, wordings_in_force
from recruitment.services.letters import revealed_campaign
from recruitment.services.marks import absent_from_tests
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application, StageEvent
from recruitment.store.letters import OutcomeLetter


@dataclass(frozen=True)
class LetterPreview:
    """The letter as this candidate would get it, or got it; `version` 0: in the shipped wording, not approved.

    In both languages where there are both: who reads Welsh is no recruiter's to know.
    """

    reference: str
    kind: LetterKind
    version: int
    letter: Wording
    state: LetterState | None


def preview_letter(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, reference: str, ask_address: str
) -> LetterPreview:
    """By reference. `NotFound` where there is none, `TooSoon` for somebody still in the running."""
    campaign = revealed_campaign(session, actor, campaign_id)
    application = session.scalars(
        select(Application).where(
            Application.campaign_id == campaign_id, Application.reference == reference.strip().upper()
        )
    ).one_or_none()
    if application is None:
        raise NotFound
    events = set(
        session.scalars(
            select(StageEvent.kind).where(
                StageEvent.campaign_id == campaign_id, StageEvent.application_id == application.id
            )
        )
    )
    was_absent = application.id in absent_from_tests(session, campaign_id)
    kind = letter_kind(events, CampaignState(campaign.state), was_absent=was_absent)
    if kind is None:
        raise TooSoon("This candidate is still in the running, so no letter is due yet.")
    kind, state = _begun(session, campaign_id, application.id, kind)
    version, wording = wordings_in_force(session, campaign.organisation_id).get(
        kind, (0, load_letter_texts().wordings[kind])
    )
    facts = letter_facts(session, desk, campaign_id, {application.id: kind}, ask_address)[application.id]
    letter = compose_both(load_letter_texts(), wording, facts)
    return LetterPreview(application.reference, kind, version, letter, state)


def _begun(
    session: Session, campaign_id: UUID, application_id: UUID, kind: LetterKind
) -> tuple[LetterKind, LetterState | None]:
    """The letter that tells this outcome, and how far it has come: the one that was begun, else this kind."""
    row = session.execute(
        select(OutcomeLetter.kind, OutcomeLetter.state).where(
            OutcomeLetter.campaign_id == campaign_id,
            OutcomeLetter.application_id == application_id,
            OutcomeLetter.kind.in_(told_by(kind)),
        )
    ).one_or_none()
    return (LetterKind(row.kind), LetterState(row.state)) if row else (kind, None)
