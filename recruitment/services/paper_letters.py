"""Letters to people without an e-mail address: printed and posted by staff with no part in the campaign.

A letter names a person beside their reference, so whoever reads one can have no part in the campaign later either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import NotAllowed, NotFound, Stale
from recruitment.rules.letters import LetterState
from recruitment.rules.letters_on_paper import postal_address
from recruitment.services.entries import require_no_part
from recruitment.services.outgoing import open_paper_letter
from recruitment.services.past_roles import campaigns_with_part
from recruitment.services.permissions import require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.entries import PaperLetter
from recruitment.store.letters import OutcomeLetter
from recruitment.store.trail import TrailEvent

SHOWN = 50


@dataclass(frozen=True)
class PaperLine:
    """One that waits, as far as can be told without opening it."""

    id: UUID
    campaign: str
    written_at: datetime
    is_outcome: bool


@dataclass(frozen=True)
class OpenedPaper:
    """`attachment`: a text that goes into the same envelope, or empty."""

    id: UUID
    campaign: str
    address: tuple[str, ...]
    written_at: datetime
    subject: str
    body: str
    attachment: str


def list_paper_letters(session: Session, *, actor: Actor) -> list[PaperLine]:
    """Those of campaigns in which the actor has no part, the oldest first."""
    if require_staff(session, actor).only_campaign_id is not None:
        return []
    waiting = select(PaperLetter.campaign_id).distinct()
    campaigns = session.scalars(
        select(Campaign.id).where(Campaign.organisation_id == actor.organisation_id, Campaign.id.in_(waiting))
    ).all()
    outside = set(campaigns) - campaigns_with_part(session, actor.id, campaigns)
    found = session.execute(
        select(PaperLetter.id, Campaign.title, PaperLetter.written_at, PaperLetter.letter_id)
        .join(Campaign, Campaign.id == PaperLetter.campaign_id)
        .where(PaperLetter.campaign_id.in_(outside))
        .order_by(PaperLetter.written_at, PaperLetter.id)
        .limit(SHOWN)
    )
    return [PaperLine(key, title, at, letter_id is not None) for key, title, at, letter_id in found]


def count_paper_letters(session: Session, *, actor: Actor) -> int:
    """How many wait that the actor may post: what a first screen tells, in one statement where there are none.

    Of a campaign that somebody has a part in they learn no number: one more beside a new reference would tell
    that this candidate has no e-mail address, and so did not apply on the site.
    """
    if require_staff(session, actor).only_campaign_id is not None:
        return 0
    waiting = session.execute(
        select(PaperLetter.campaign_id, func.count())
        .join(Campaign, Campaign.id == PaperLetter.campaign_id)
        .where(Campaign.organisation_id == actor.organisation_id)
        .group_by(PaperLetter.campaign_id)
    )
    numbers = {campaign_id: number for campaign_id, number in waiting}
    inside = campaigns_with_part(session, actor.id, numbers) if numbers else set()
    return sum(number for campaign_id, number in numbers.items() if campaign_id not in inside)


def _own(session: Session, actor: Actor, paper_id: UUID, *, lock: bool = False) -> tuple[PaperLetter, Campaign]:
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed
    query = select(PaperLetter).where(PaperLetter.id == paper_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound
    return row, require_no_part(session, actor, row.campaign_id)


def read_paper_line(session: Session, *, actor: Actor, paper_id: UUID) -> PaperLine:
    row, campaign = _own(session, actor, paper_id)
    return PaperLine(row.id, campaign.title, row.written_at, row.letter_id is not None)


def note_reading(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> None:
    """Record in the campaign's trail that somebody is about to read a letter: it bars them from any part in it."""
    row, campaign = _own(session, actor, paper_id)
    lock_campaign(session, campaign.id)
    require_no_part(session, actor, campaign.id)
    record_event(session, at=desk.now, chain_id=campaign.id, actor=actor, event="paper_letter_read", paper=row.id)


def open_paper(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> OpenedPaper:
    """The letter as it is printed; recorded. A read session, after `note_reading`."""
    row, campaign = _own(session, actor, paper_id)
    letter = open_paper_letter(
        desk, actor=actor, paper_id=row.id, blob=row.blob, ground="to print and post a letter"
    )
    postal = postal_address(letter.to)
    return OpenedPaper(
        row.id,
        campaign.title,
        postal.lines if postal else (letter.to,),
        row.written_at,
        letter.subject,
        letter.body,
        letter.attachment,
    )


def mark_posted(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> None:
    """It is in the post: the sealed copy is erased. `Stale` where nobody has read it, `NotFound` once it is."""
    row, campaign = _own(session, actor, paper_id, lock=True)
    read = session.scalars(
        select(TrailEvent.detail).where(
            TrailEvent.chain_id == campaign.id, TrailEvent.event == "paper_letter_read"
        )
    )
    if all(detail.get("paper") != str(row.id) for detail in read):
        raise Stale("Nobody has read this letter yet. Show it and print it first.")
    if row.letter_id is not None:
        outcome = session.get(OutcomeLetter, (campaign.id, row.letter_id), with_for_update=True)
        if outcome is not None and outcome.state == LetterState.ON_PAPER:
            outcome.state, outcome.ended_at = LetterState.POSTED, desk.now
    session.delete(row)
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign.id, actor=actor, event="paper_letter_posted", paper=paper_id
    )
