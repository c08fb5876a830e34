"""Records of tie-breaks under section 159 of the Equality Act 2010: a form, and never an act of the system.

It is offered once every interview score is locked. No equality answer is read for it and nobody is proposed: the
chair names the candidates and the characteristic, and says how the candidate told it for this purpose (promise 6:
evidence for a tie-break is collected apart). A record tells a characteristic of people by name, which is special
category data, so it is sealed in a compartment of its own: a new purpose is a new compartment, never a new reader
of an old one. Only the chair opens it again, and each opening is recorded. Whether there is one is no secret: the
checklist and the auditor ask for it, so its times stand plain, without an application.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.tie_breaks import LONGEST, TieBreakRecord, TieBreakStanding, check_record
from recruitment.services.interview_results import interview_criteria, interview_finals, interview_results
from recruitment.services.openings import record_opening
from recruitment.services.outcomes import read_merit
from recruitment.services.panels import standing_entries
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.tie_breaks import TieBreak
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.tie_breaks import open_tie_break
from recruitment.vault.sealing.tie_breaks import seal_tie_break


def tie_break_standing(session: Session, campaign_id: UUID) -> TieBreakStanding:
    """Whether a tie-break was used and recorded; the caller has asked for permission. No name is opened."""
    rows = [row for row in _rows(session, campaign_id) if row.dropped_at is None]
    if not rows:
        return TieBreakStanding.NONE
    is_whole = all(row.completed_at is not None for row in rows)
    return TieBreakStanding.COMPLETE if is_whole else TieBreakStanding.INCOMPLETE


@dataclass(frozen=True)
class ListedTieBreak:
    id: UUID
    begun_at: datetime
    completed_at: datetime | None
    dropped_at: datetime | None
    drop_reason: str

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.dropped_at is None


@dataclass(frozen=True)
class ListedTieBreaks:
    """`is_offered`: whether another may be begun now: names revealed, every score locked, outcomes not final."""

    title: str
    listed: tuple[ListedTieBreak, ...]
    is_offered: bool


def list_tie_breaks(session: Session, *, actor: Actor, campaign_id: UUID) -> ListedTieBreaks:
    campaign = require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES)
    listed = tuple(
        ListedTieBreak(row.id, row.begun_at, row.completed_at, row.dropped_at, row.drop_reason)
        for row in _rows(session, campaign_id)
    )
    is_offered = campaign.state == CampaignState.REVEALED and _is_scored(session, campaign_id)
    return ListedTieBreaks(campaign.title, listed, is_offered)


def _is_scored(session: Session, campaign_id: UUID) -> bool:
    results = interview_results(session, campaign_id)
    return all(entry in results for entry in standing_entries(session, campaign_id))


def _rows(session: Session, campaign_id: UUID) -> Sequence[TieBreak]:
    held = select(TieBreak).where(TieBreak.campaign_id == campaign_id)
    return session.scalars(held.order_by(TieBreak.begun_at, TieBreak.id)).all()


def begin_tie_break(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> UUID:
    """Begin a record, as the chair, before the outcomes are final. `TooSoon` until all scores are in."""
    campaign = require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="use a tie-break")
    read_merit(session, actor=actor, campaign_id=campaign_id)
    tie_break_id = desk.new_id()
    session.add(TieBreak(campaign_id=campaign_id, id=tie_break_id, begun_by=actor.id, begun_at=desk.now))
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="tie_break_begun")
    return tie_break_id


def require_open(session: Session, *, actor: Actor, campaign_id: UUID, tie_break_id: UUID) -> None:
    """Raise unless the chair may still fill the record in, every score being locked."""
    require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES)
    _open_row(session, campaign_id, tie_break_id)
    read_merit(session, actor=actor, campaign_id=campaign_id)


def _open_row(session: Session, campaign_id: UUID, tie_break_id: UUID) -> TieBreak:
    row = session.get(TieBreak, (campaign_id, tie_break_id))
    if row is None:
        raise NotFound
    if row.completed_at is not None or row.dropped_at is not None:
        raise TooLate("This record is closed. Begin another if there is another tie.")
    return row


def list_weighed(session: Session, *, actor: Actor, campaign_id: UUID) -> tuple[tuple[UUID, str, int], ...]:
    """Each criterion of the interview: id, name, weight."""
    require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES)
    return tuple((row.id, row.name, row.weight) for row in interview_criteria(session, campaign_id))


def complete_tie_break(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    tie_break_id: UUID,
    record: TieBreakRecord,
) -> None:
    """Seal the whole record, which cannot change afterwards. `Invalid` names what is missing or not equal."""
    require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES, lock=True)
    row = _open_row(session, campaign_id, tie_break_id)
    merit = read_merit(session, actor=actor, campaign_id=campaign_id)
    weighed = {row.id: row.name for row in interview_criteria(session, campaign_id)}
    check_record(
        record,
        {one.application_id: one.result.total for one in merit if one.result and not one.is_withdrawn},
        interview_finals(session, campaign_id, weighed),
        weighed,
        today=desk.now.date(),
    )
    keys = desk.vault.public_keys(session, campaign_id)
    if Compartment.TIE_BREAK not in keys.keys:
        # A campaign made before there were tie-breaks.
        desk.vault.make_compartments(session, campaign_id, (Compartment.TIE_BREAK,), desk.now)
        keys = desk.vault.public_keys(session, campaign_id)
    row.sealed = seal_tie_break(keys, tie_break_id, record)
    row.completed_by, row.completed_at = actor.id, desk.now
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="tie_break_recorded")


def drop_tie_break(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, tie_break_id: UUID, reason: str
) -> None:
    """Close a record that was begun although no tie-break was used, with a reason that names nobody."""
    require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES, lock=True)
    row = _open_row(session, campaign_id, tie_break_id)
    if not reason.strip():
        raise Invalid("Say why no tie-break was used.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"The reason must be {LONGEST:,} characters or fewer.", "reason")
    row.dropped_at, row.drop_reason = desk.now, reason.strip()
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="tie_break_dropped",
        reason=reason.strip(),
    )


def read_tie_break(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, tie_break_id: UUID
) -> TieBreakRecord:
    """The whole record, for the chair; the opening is on the trail before it happens."""
    require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES)
    row = session.get(TieBreak, (campaign_id, tie_break_id))
    if row is None:
        raise NotFound
    if row.sealed is None:
        raise TooSoon("This record is not complete, so there is nothing to open.")
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.TIE_BREAK,
        scope_id=campaign_id,
        records=[tie_break_id],
        ground="the chair reads the record of the tie-break",
    )
    return open_tie_break(desk.vault, receipt, tie_break_id, row.sealed)
