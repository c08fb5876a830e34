"""Letters of the sample: wordings approved but one, everybody written to, and one candidate who asks about it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.letters import LetterKind
from recruitment.services.correspondence import ask_about_letter
from recruitment.services.letter_wordings import approve_wording
from recruitment.services.letters import queue_letters, read_letters
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.letters import OutcomeLetter

_LEFT = LetterKind.NOT_INVITED
_QUESTION = (
    "Thank you for my letter. I gave an example of a letter that I rewrote. What would have made it a five? "
    "I would like to apply again in spring."
)


def write_letters(desk: StaffDesk, recruiter: Actor, campaign_id: UUID, public_url: str) -> int:
    """Approve the shipped wordings, but one, and queue every letter that is due; how many."""
    with desk.sessions.writing() as session:
        for kind in LetterKind:
            if kind is not _LEFT:
                approve_wording(session, actor=recruiter, desk=desk, kind=kind, seen=0)
        due = read_letters(session, actor=recruiter, campaign_id=campaign_id).due
        return queue_letters(
            session,
            actor=recruiter,
            desk=desk,
            campaign_id=campaign_id,
            kinds=[one.kind for one in due if one.is_worded],
            ask_address=f"{public_url.rstrip('/')}/campaigns/{campaign_id}/application/questions",
        )


def ask_a_question(desk: StaffDesk, campaign_id: UUID) -> None:
    """One candidate who is not on the shortlist asks; nobody has answered yet."""
    with desk.sessions.writing() as session:
        row = session.execute(
            select(Application.candidate_id, OutcomeLetter.application_id)
            .join(
                Application,
                (Application.campaign_id == OutcomeLetter.campaign_id)
                & (Application.id == OutcomeLetter.application_id),
            )
            .where(OutcomeLetter.campaign_id == campaign_id, OutcomeLetter.kind == LetterKind.NOT_SHORTLISTED)
            .order_by(Application.reference)
            .limit(1)
        ).one()
        body = session.get_one(Campaign, campaign_id).organisation_id
        actor = Actor(ActorKind.CANDIDATE, row.candidate_id, body)
        ask_about_letter(session, actor=actor, desk=desk, campaign_id=campaign_id, text=_QUESTION)
