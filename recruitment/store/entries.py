"""Applications that staff enter for somebody, while they do; and letters that wait to be posted on paper."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base
from recruitment.store.people import CampaignRole


class Entry(Base):
    """An application that a member of staff types; what was typed is its account's draft, sealed like any.

    It is erased a day after it was sent: then nothing links the application to how it came or who typed it.
    `left_at`: when whoever typed it left it to a colleague.
    """

    __tablename__ = "entries"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    format: Mapped[str]
    begun_at: Mapped[datetime]
    reference: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "person_id"), Index(None, "candidate_id"))


class PaperLetter(Base):
    """A whole letter, address and all, sealed in the organisation's `contact` compartment until it is posted.

    `letter_id`: the outcome letter that it is, if it is one. `taken_by`: who prints it, if somebody does.
    """

    __tablename__ = "paper_letters"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID | None]
    blob: Mapped[bytes]
    written_at: Mapped[datetime]
    taken_by: Mapped[UUID | None]
    taken_at: Mapped[datetime | None]


def find_entry(session: Session, entry_id: UUID, person_id: UUID, *, lock: bool = False) -> Entry | None:
    """An entry of this member of staff, who holds no role in its campaign."""
    role = exists().where(CampaignRole.campaign_id == Entry.campaign_id, CampaignRole.person_id == Entry.person_id)
    query = select(Entry).where(Entry.id == entry_id, Entry.person_id == person_id, ~role)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()
