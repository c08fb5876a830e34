"""Opens the exact counts of campaigns, recorded; only disclosure control and restricted returns ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.counts_format import counts_from_json
from recruitment.rules.funnel import Counts
from recruitment.services.openings import record_opening
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.releases import Tally
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.counts import open_counts


@dataclass(frozen=True)
class Tallied:
    """A campaign that is counted, and its sealed counts. `day`: on which it counts; `cut_off`: the same, where its
    outcomes were not final then.
    """

    campaign_id: UUID
    title: str
    day: date
    blob: bytes
    question_set: str
    cut_off: date | None = None


def list_tallied(session: Session, organisation_id: UUID, *narrowed: ColumnElement[bool]) -> list[Tallied]:
    """The counted campaigns of a body whose counts are kept, in the order of the days on which they count."""
    rows = session.execute(
        select(Campaign.id, Campaign.title, Tally.tallied_at, Tally.blob, Tally.question_set, Tally.cut_off)
        .join(Tally, Tally.campaign_id == Campaign.id)
        .where(Campaign.organisation_id == organisation_id, Tally.blob != b"", *narrowed)
        .order_by(Tally.tallied_at, Campaign.id)
    )
    found = [
        Tallied(key, title, cut_off or at.date(), blob, asked, cut_off)
        for key, title, at, blob, asked, cut_off in rows
    ]
    return sorted(found, key=lambda one: one.day)


def open_all_counts(
    desk: StaffDesk, actor: Actor, tallied: Sequence[Tallied], ground: str, *, chain_id: UUID | None = None
) -> dict[UUID, Counts]:
    """The exact counts of these campaigns, opened together with one record in the organisation's trail, or in the
    campaign's. A read session's work.
    """
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.COUNTS,
        scope_id=actor.organisation_id,
        records=[row.campaign_id for row in tallied],
        ground=ground,
        chain_id=chain_id,
    )
    return {
        row.campaign_id: counts_from_json(open_counts(desk.vault, receipt, row.campaign_id, row.blob))
        for row in tallied
    }
