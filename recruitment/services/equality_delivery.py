"""Sheets of the Equality Delivery System: read by all staff, scored by analysts and administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.equality_delivery import (
    VERSION,
    EdsSheet,
    Evidence,
    EvidenceKind,
    Scored,
    check_giving,
    check_scored,
    digest_of,
    keep,
    read_kept,
)
from recruitment.rules.errors import Invalid, NotFound, TooLate, check_lines
from recruitment.rules.publications import Period, year_to_march
from recruitment.services.governance_groups import record, require_keeping
from recruitment.services.permissions import require_staff
from recruitment.services.publications import list_published
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.actions import ActionPlan
from recruitment.store.audits import InclusionAudit
from recruitment.store.campaigns import Campaign
from recruitment.store.equality_delivery import EdsSheetRow
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent


@dataclass(frozen=True)
class ListedSheet:
    id: UUID
    period: Period
    left_open: int
    rating: str
    given_on: date | None


def _sheet(row: EdsSheetRow) -> EdsSheet:
    return EdsSheet(Period(row.period_from, row.period_until), read_kept(row.scored))


def list_sheets(session: Session, *, actor: Actor) -> list[ListedSheet]:
    """The latest period first."""
    require_staff(session, actor)
    rows = session.scalars(
        select(EdsSheetRow)
        .where(EdsSheetRow.organisation_id == actor.organisation_id)
        .order_by(EdsSheetRow.period_until.desc(), EdsSheetRow.id)
    )
    found = []
    for row in rows:
        sheet = _sheet(row)
        found.append(ListedSheet(row.id, sheet.period, len(sheet.left_open), sheet.rating, row.given_on))
    return found


def begin_sheet(session: Session, *, actor: Actor, desk: StaffDesk) -> UUID:
    """For the reporting year under way; one for each year."""
    require_keeping(session, actor)
    period = year_to_march(desk.now.date())
    if any(one.period == period for one in list_sheets(session, actor=actor)):
        raise TooLate("This year has its sheet already.")
    row = EdsSheetRow(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        version=VERSION,
        period_from=period.first,
        period_until=period.last,
        scored={},
        made_by=actor.id,
        made_at=desk.now,
    )
    session.add(row)
    session.flush()
    record(session, desk, actor, "eds_begun", sheet=row.id, until=period.last.isoformat())
    return row.id


@dataclass(frozen=True)
class ReadSheet:
    """`is_whole`: whether a given sheet still has the digest that was recorded."""

    id: UUID
    organisation: str
    version: str
    sheet: EdsSheet
    given_to: str
    given_on: date | None
    given_by: str
    digest: str
    is_whole: bool


def _row(session: Session, actor: Actor, sheet_id: UUID) -> EdsSheetRow:
    require_staff(session, actor)
    row = session.get(EdsSheetRow, sheet_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def read_sheet(session: Session, *, actor: Actor, sheet_id: UUID) -> ReadSheet:
    row = _row(session, actor, sheet_id)
    giver = session.get(Person, row.given_by) if row.given_by else None
    return ReadSheet(
        row.id,
        session.get_one(Organisation, row.organisation_id).name,
        row.version,
        _sheet(row),
        row.given_to,
        row.given_on,
        giver.name if giver else "",
        row.digest.hex() if row.digest else "",
        row.digest is None or digest_of(row.scored) == row.digest,
    )


def list_evidence(session: Session, *, actor: Actor) -> list[Evidence]:
    """What an outcome can point at: published figures, plans, completed audits, packs that were made."""
    require_keeping(session, actor)
    found = [
        Evidence(
            EvidenceKind.PUBLICATION, str(one.id),
            f"{one.title}{f', {one.part}' if one.part else ''}, {_days(one.period.first, one.period.last)}",
        )
        for one in list_published(session, actor=actor)
    ]  # fmt: skip
    plans = session.scalars(
        select(ActionPlan)
        .where(ActionPlan.organisation_id == actor.organisation_id)
        .order_by(ActionPlan.title, ActionPlan.id)
    )
    found += [Evidence(EvidenceKind.PLAN, str(one.id), one.title) for one in plans]
    audits = session.scalars(
        select(InclusionAudit)
        .where(InclusionAudit.organisation_id == actor.organisation_id, InclusionAudit.completed_at.is_not(None))
        .order_by(InclusionAudit.period_until.desc(), InclusionAudit.id)
    )
    found += [
        Evidence(EvidenceKind.AUDIT, str(one.id), f"Campaigns of {_days(one.period_from, one.period_until)}")
        for one in audits
    ]
    return found + _packs(session, actor)


def _days(first: date, last: date) -> str:
    return f"{first:%-d %B %Y} to {last:%-d %B %Y}"


def _packs(session: Session, actor: Actor) -> list[Evidence]:
    """Of each campaign the latest pack, by the digest that its trail holds."""
    rows = session.execute(
        select(Campaign.id, Campaign.title, TrailEvent.at)
        .join(TrailEvent, TrailEvent.chain_id == Campaign.id)
        .where(Campaign.organisation_id == actor.organisation_id, TrailEvent.event == "evidence_pack_made")
        .order_by(TrailEvent.at)
    )
    latest: dict[UUID, tuple[str, datetime]] = {key: (title, at) for key, title, at in rows}
    return [
        Evidence(EvidenceKind.PACK, str(key), f"{title}, made on {at:%-d %B %Y}")
        for key, (title, at) in sorted(latest.items(), key=lambda one: (one[1][0], one[0]))
    ]


def score_outcome(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    sheet_id: UUID,
    outcome: str,
    score: int | None,
    grounds: str,
    evidence: Sequence[tuple[EvidenceKind, str]] = (),
) -> None:
    """Give one outcome its score; `evidence`: (kind, id) of what it points at."""
    require_keeping(session, actor)
    row = _row(session, actor, sheet_id)
    if row.given_at is not None:
        raise TooLate("The sheet was given, and stays as it was.")
    offered = {(one.kind, one.key): one for one in list_evidence(session, actor=actor)}
    # What was linked earlier stays linked under the name it had.
    before = read_kept(row.scored).get(outcome, Scored())
    offered = {(one.kind, one.key): one for one in before.evidence} | offered
    if unknown := [one for one in evidence if one not in offered]:
        raise Invalid(f"There is no such evidence: {unknown[0][0].value}.", "evidence")
    given = Scored(score, grounds.strip(), tuple(offered[one] for one in dict.fromkeys(evidence)))
    check_scored(outcome, given)
    row.scored = row.scored | keep({outcome: given})
    session.flush()
    record(session, desk, actor, "eds_scored", sheet=sheet_id, outcome=outcome, score=score)


def give_sheet(
    session: Session, *, actor: Actor, desk: StaffDesk, sheet_id: UUID, given_to: str, given_on: date | None
) -> None:
    """Freeze the sheet: say to whom it went and when. It is sent to nobody."""
    require_keeping(session, actor)
    row = _row(session, actor, sheet_id)
    if row.given_at is not None:
        raise TooLate("The sheet was given already.")
    if not given_to.strip():
        raise Invalid("Say to whom it was given.", "given_to")
    check_lines(given_to=given_to)
    check_giving(_sheet(row), given_on, desk.now.date())
    row.given_to, row.given_on = " ".join(given_to.split()), given_on
    row.given_by, row.given_at, row.digest = actor.id, desk.now, digest_of(row.scored)
    session.flush()
    record(session, desk, actor, "eds_given", sheet=sheet_id, to=row.given_to, digest=row.digest.hex())
