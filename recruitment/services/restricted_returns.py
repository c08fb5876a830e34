"""Restricted returns: exact counts of a year handed to one recipient who is owed them, by two people.

Basis: Data Protection Act 2018, Schedule 1 paragraph 8, with the duty that asks for the figures (NHS Standard
Contract: Workforce Race and Workforce Disability Equality Standards). Recorded, and known to later releases.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.equality_standards import split_by_ethnicity, standard_sheets
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.funnel import EXITS, Counts, pool
from recruitment.rules.publication_remarks import cut_off_sentence
from recruitment.rules.publications import Period, PublicationKind, last_period
from recruitment.rules.sheets import Sheet, Value
from recruitment.services.exact_counts import open_all_counts
from recruitment.services.publication_plans import Wanted, require_analysing, tallied_in
from recruitment.services.question_sets import questions_remarks
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.people import Person
from recruitment.store.publications import RestrictedReturn

LONGEST_BASIS = 2_000


@dataclass(frozen=True)
class ListedReturn:
    """`may_agree`: whether the reader is somebody other than the one who asked, and it waits for that."""

    id: UUID
    recipient: str
    basis: str
    period: Period
    asked_by: str
    asked_at: datetime
    agreed_by: str
    made_at: datetime | None
    may_agree: bool
    is_mine: bool


def ask_return(session: Session, *, actor: Actor, desk: StaffDesk, recipient: str, basis: str) -> UUID:
    """Ask for the exact counts of the last reporting year for one named recipient, with the duty that asks for
    them."""
    require_analysing(session, actor)
    recipient, basis = recipient.strip(), basis.strip()
    if not recipient or len(recipient) > 200:
        raise Invalid("Name the recipient in 200 characters or fewer.", "recipient")
    if not basis or len(basis) > LONGEST_BASIS:
        raise Invalid(
            f"Give the law or contract that asks for it, in {LONGEST_BASIS:,} characters or fewer.", "basis"
        )
    period = last_period(PublicationKind.ANNUAL, desk.now.date(), read_year_end(session, actor.organisation_id))
    tallied = tallied_in(session, actor.organisation_id, Wanted(PublicationKind.ANNUAL), period)
    if not tallied:
        raise TooSoon("No campaign of the last reporting year is counted.")
    row = RestrictedReturn(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        recipient=recipient,
        basis=basis,
        period_from=period.first,
        period_until=period.last,
        campaigns=[one.campaign_id.hex for one in tallied],
        asked_by=actor.id,
        asked_at=desk.now,
    )
    session.add(row)
    _record(session, actor, desk, row, "return_asked")
    return row.id


def _record(session: Session, actor: Actor, desk: StaffDesk, row: RestrictedReturn, event: str) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event=event,
        restricted_return=row.id,
        recipient=row.recipient,
        reason=row.basis,
    )


def _second_person(session: Session, actor: Actor) -> None:
    """Another analyst or an administrator agrees: a body of five has one analyst."""
    person = session.get(Person, actor.id)
    if person is not None and person.is_administrator and person.organisation_id == actor.organisation_id:
        return
    require_analysing(session, actor)


def _row(session: Session, actor: Actor, return_id: UUID) -> RestrictedReturn:
    row = session.get(RestrictedReturn, return_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def agree_return(session: Session, *, actor: Actor, desk: StaffDesk, return_id: UUID) -> None:
    """Agree, as a second person, that this recipient gets the exact counts."""
    _second_person(session, actor)
    row = _row(session, actor, return_id)
    if row.agreed_by is not None:
        raise TooLate("Somebody agreed to this return already.")
    if row.asked_by == actor.id:
        raise NotAllowed("Somebody other than who asked agrees.")
    row.agreed_by, row.agreed_at = actor.id, desk.now
    _record(session, actor, desk, row, "return_agreed")


@dataclass(frozen=True)
class MadeReturn:
    return_id: UUID
    sheets: tuple[Sheet, ...]
    digest: bytes


def prepare_return(session: Session, *, actor: Actor, desk: StaffDesk, return_id: UUID) -> MadeReturn:
    """The exact tables, for who asked alone; a read session. `TooSoon` until a second person agreed."""
    require_analysing(session, actor)
    row = _row(session, actor, return_id)
    if row.asked_by != actor.id:
        raise NotAllowed("Who asked for the return makes it.")
    if row.agreed_by is None:
        raise TooSoon("A second person has to agree first.")
    wanted = set(row.campaigns)
    period = Period(row.period_from, row.period_until)
    tallied = [
        one
        for one in tallied_in(session, actor.organisation_id, Wanted(PublicationKind.ANNUAL), period)
        if one.campaign_id.hex in wanted
    ]
    if len(tallied) < len(wanted):
        raise TooLate("Exact counts of a campaign in this return were erased at the end of their period.")
    opened = list(open_all_counts(desk, actor, tallied, f"restricted return for {row.recipient}").values())
    sheets = (*standard_sheets(*split_by_ethnicity(opened)), *exact_sheets(pool(opened)))
    asked = questions_remarks(session, actor.organisation_id, [one.question_set for one in tallied])
    sheets = (*sheets, Sheet("About the questions", tuple((each,) for each in asked))) if asked else sheets
    if early := [one.title for one in tallied if one.cut_off is not None]:
        sheets = (*sheets, Sheet("About these figures", ((cut_off_sentence(early),),)))
    digest = hashlib.sha256(repr(sheets).encode()).digest()
    return MadeReturn(row.id, sheets, digest)


def keep_return(session: Session, *, actor: Actor, desk: StaffDesk, made: MadeReturn) -> None:
    """Record that it was made; the figures themselves are kept nowhere."""
    row = _row(session, actor, made.return_id)
    row.made_at, row.digest = desk.now, made.digest
    _record(session, actor, desk, row, "return_made")


def exact_sheets(counts: Counts) -> tuple[Sheet, ...]:
    """One sheet for each characteristic: every answer, silence of each kind apart, by stage; who left, apart."""
    stages = counts.stages
    sheets = []
    for key, title, labels in CHARACTERISTICS:
        if key not in counts.asked:
            continue
        rows: list[tuple[Value, ...]] = [
            ("Answer", *(str(stage) for stage in stages), *(str(exit_) for exit_ in EXITS))
        ]
        for code, label in labels:
            reached = [counts.count(key, code, stage) for stage in stages]
            rows.append((label, *reached, *(counts.left(exit_, key, code) for exit_ in EXITS)))
        everyone = [counts.total(stage) for stage in stages]
        rows.append(("Everyone", *everyone, *(counts.left(exit_) for exit_ in EXITS)))
        sheets.append(Sheet(title, tuple(rows)))
    return tuple(sheets)


def list_returns(session: Session, *, actor: Actor) -> list[ListedReturn]:
    """For analysts, and for administrators, who may agree; the latest first."""
    _second_person(session, actor)
    rows = session.scalars(
        select(RestrictedReturn)
        .where(RestrictedReturn.organisation_id == actor.organisation_id)
        .order_by(RestrictedReturn.asked_at.desc(), RestrictedReturn.id)
    ).all()
    ids = {person_id for row in rows for person_id in (row.asked_by, row.agreed_by) if person_id}
    names: dict[UUID, str] = {
        person_id: name
        for person_id, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    }
    return [
        ListedReturn(
            row.id, row.recipient, row.basis, Period(row.period_from, row.period_until), names[row.asked_by],
            row.asked_at, names.get(row.agreed_by, "") if row.agreed_by else "", row.made_at,
            row.agreed_by is None and row.asked_by != actor.id, row.asked_by == actor.id,
        )
        for row in rows
    ]  # fmt: skip
