"""Letters to people without an e-mail address: printed and posted by staff with no part in the campaign.

A letter names a person beside their reference, so whoever reads one can have no part in the campaign later either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import NotAllowed, NotFound, Stale
from recruitment.rules.letters import LetterState
from recruitment.rules.letters_on_paper import postal_address
from recruitment.rules.messages import ENGLISH
from recruitment.rules.rights import COPY_FILE
from recruitment.services.catalogues import LANGUAGES
from recruitment.services.entries import require_no_part
from recruitment.services.outgoing import open_paper_letter
from recruitment.services.past_roles import campaigns_with_part
from recruitment.services.permissions import require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.entries import PaperLetter
from recruitment.store.letters import OutcomeLetter
from recruitment.store.people import Person

SHOWN = 50


@dataclass(frozen=True)
class PaperLine:
    """One that waits, as far as can be told without opening it. `holder`: who prints and posts it, or empty."""

    id: UUID
    campaign: str
    written_at: datetime
    is_outcome: bool
    holder: str = ""
    is_own: bool = False
    taken_at: datetime | None = None


@dataclass(frozen=True)
class OpenedPaper:
    """`attachment`: a text that goes into the same envelope, or empty; `is_whole`: all that is held of them."""

    id: UUID
    campaign: str
    address: tuple[str, ...]
    written_at: datetime
    subject: str
    body: str
    attachment: str
    language: str
    is_whole: bool


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
        select(PaperLetter, Campaign.title, Person.name)
        .join(Campaign, Campaign.id == PaperLetter.campaign_id)
        .outerjoin(Person, Person.id == PaperLetter.taken_by)
        .where(PaperLetter.campaign_id.in_(outside))
        .order_by(PaperLetter.written_at, PaperLetter.id)
        .options(defer(PaperLetter.blob))
        .limit(SHOWN)
    )
    return [_line(row, title, name, actor) for row, title, name in found]


def _line(row: PaperLetter, title: str, holder: str | None, actor: Actor) -> PaperLine:
    return PaperLine(
        row.id, title, row.written_at, row.letter_id is not None, holder or "", row.taken_by == actor.id,
        row.taken_at,
    )  # fmt: skip


def count_paper_letters(session: Session, *, actor: Actor) -> int:
    """How many wait that the actor may post: what a first screen tells, in one statement where there are none.

    Those that a colleague has do not count.

    Of a campaign that somebody has a part in they learn no number: one more beside a new reference would tell
    that this candidate has no e-mail address, and so did not apply on the site.
    """
    if require_staff(session, actor).only_campaign_id is not None:
        return 0
    waiting = session.execute(
        select(PaperLetter.campaign_id, func.count())
        .join(Campaign, Campaign.id == PaperLetter.campaign_id)
        .where(
            Campaign.organisation_id == actor.organisation_id,
            or_(PaperLetter.taken_by.is_(None), PaperLetter.taken_by == actor.id),
        )
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
    return _line(row, campaign.title, _holder(session, row), actor)


def _holder(session: Session, row: PaperLetter) -> str:
    holder = session.get(Person, row.taken_by) if row.taken_by else None
    return holder.name if holder is not None else ""


def note_reading(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> None:
    """Record in the campaign's trail that somebody is about to read a letter: it bars them from any part in it.

    From now on it is theirs to post. `Stale` where a colleague has it: two would post it twice.
    """
    row, campaign = _own(session, actor, paper_id)
    lock_campaign(session, campaign.id)
    row, _ = _own(session, actor, paper_id, lock=True)
    if row.taken_by not in (None, actor.id):
        raise Stale(f"{_holder(session, row)} has this letter, and may have posted it. Ask them first.")
    if row.taken_by is None:
        row.taken_by, row.taken_at = actor.id, desk.now
    record_event(session, at=desk.now, chain_id=campaign.id, actor=actor, event="paper_letter_read", paper=row.id)


def take_over_paper(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> None:
    """Take a letter that a colleague has and did not post; recorded, since it may turn out to be posted twice."""
    row, campaign = _own(session, actor, paper_id)
    lock_campaign(session, campaign.id)
    row, _ = _own(session, actor, paper_id, lock=True)
    before = row.taken_by
    if before in (None, actor.id):
        return
    row.taken_by, row.taken_at = actor.id, desk.now
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign.id,
        actor=actor,
        event="paper_letter_taken_over",
        paper=row.id,
        person=before,
    )


def release_paper(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> None:
    """Put a letter back that the actor has and did not post, for whoever comes next."""
    row, campaign = _own(session, actor, paper_id, lock=True)
    if row.taken_by != actor.id:
        raise Stale("You do not have this letter any more.")
    row.taken_by = row.taken_at = None
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign.id, actor=actor, event="paper_letter_released", paper=row.id
    )  # fmt: skip


def open_paper(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> OpenedPaper:
    """The letter as it is printed; recorded. A read session, after `note_reading`."""
    row, campaign = _own(session, actor, paper_id)
    if row.taken_by != actor.id:
        raise Stale("A colleague has taken this letter over.")
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
        postal.language if postal and postal.language in LANGUAGES else ENGLISH,
        letter.attachment_name == COPY_FILE,
    )


def mark_posted(session: Session, *, actor: Actor, desk: StaffDesk, paper_id: UUID) -> None:
    """It is in the post: the sealed copy is erased. `Stale` for whoever has it not, `NotFound` once it is."""
    row, campaign = _own(session, actor, paper_id, lock=True)
    if row.taken_by is None:
        raise Stale("Nobody has this letter. Show it and print it first.")
    if row.taken_by != actor.id:
        raise Stale(f"{_holder(session, row)} has this letter now. Ask them whether they have posted it.")
    if row.letter_id is not None:
        outcome = session.get(OutcomeLetter, (campaign.id, row.letter_id), with_for_update=True)
        if outcome is not None and outcome.state == LetterState.ON_PAPER:
            outcome.state, outcome.ended_at = LetterState.POSTED, desk.now
    session.delete(row)
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign.id, actor=actor, event="paper_letter_posted", paper=paper_id
    )
