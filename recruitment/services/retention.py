"""Erases what has come to the end of its period: keys first, then rows, then the pages they lay on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, CursorResult, Table, delete, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.retention import Due, RetentionKind, add_months
from recruitment.services.hold_papers import collect_again, erase_released
from recruitment.services.jobs import ERASE_DUE
from recruitment.services.key_turning import begin_turn
from recruitment.services.retention_periods import current_periods
from recruitment.services.retention_plans import (
    OF_CAMPAIGNS,
    accounts_left,
    ends_of,
    letters_left,
    opened_campaigns,
    plan_erasures,
    start_of,
)
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event, start_statement
from recruitment.store.base import Base
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.jobs import Job, Message
from recruitment.store.keys import CompartmentKey
from recruitment.store.organisations import Organisation
from recruitment.store.releases import Tally
from recruitment.store.retention import CampaignEnd, RetentionAct, TrailStart, tables_of
from recruitment.store.rights import RightsRequest
from recruitment.store.trail import SignedHead, TrailEvent, lock_head
from recruitment.vault.compartments import Compartment

AT = time(2, tzinfo=ZoneInfo("Europe/London"))
_NIGHTS = UUID("0c7f9b52-30e4-4a4e-8a19-5f5d4f7f2b61")
CHUNK = 500
Rows = dict[str, int]


def erase_due(desk: StaffDesk) -> list[Due]:
    """Erase everything that is due today, in every organisation; what was erased.

    May be repeated: a worker that dies leaves the rest for the next night. The organisation's keys are turned
    where something sealed to them, or a whole campaign, is gone.
    """
    with desk.sessions.reading() as session:
        bodies = session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
    done: list[Due] = []
    for organisation_id in bodies:
        done += _erase_for(desk, organisation_id)
    return done


def _erase_for(desk: StaffDesk, organisation_id: UUID) -> list[Due]:
    note_ends(desk, organisation_id)
    destroy_counted_keys(desk, organisation_id)
    released = erase_released(desk, organisation_id)
    due: list[Due] = []
    touched: set[str] = {"hold_records", "compartment_keys"} if released else set()
    # An account whose last application goes tonight goes with it, so it is looked for afterwards.
    for kinds in (set(OF_CAMPAIGNS), set(RetentionKind) - set(OF_CAMPAIGNS)):
        today = desk.now.date()
        with desk.sessions.reading() as session:
            planned = plan_erasures(session, organisation_id, today)
        for one in planned:
            if one.kind in kinds and one.is_due(today):
                touched |= set(_ERASERS[one.kind](desk, organisation_id, one))
                due.append(one)
    if any(one.kind is not RetentionKind.TRAIL for one in due):
        begin_turn(desk, organisation_id)
    if touched:
        desk.sessions.let_old_pages_go(*sorted(touched))
        desk.vault.key_store.let_old_pages_go("private_keys", "working_keys")
    return due


def note_ends(desk: StaffDesk, organisation_id: UUID) -> None:
    """Keep the day on which each finished campaign ended: its clock must not depend on the trail for ever."""
    with desk.sessions.reading() as session:
        known = set(session.scalars(select(CampaignEnd.campaign_id)))
        finished = [
            campaign
            for campaign in opened_campaigns(session, organisation_id)
            if campaign.id not in known and has_reached(CampaignState(campaign.state), CampaignState.DECIDED)
        ]
        ends = ends_of(session, finished, desk.now.date())
    if ends:
        with desk.sessions.writing() as session:
            for campaign_id, day in ends.items():
                session.merge(CampaignEnd(campaign_id=campaign_id, ended_at=start_of(day)))


def destroy_counted_keys(desk: StaffDesk, organisation_id: UUID) -> None:
    """What opens the equality answers of a counted campaign: the rows are erased, and so is every copy of them."""
    with desk.sessions.reading() as session:
        counted = session.scalars(
            select(Tally.campaign_id)
            .join(Campaign, Campaign.id == Tally.campaign_id)
            .where(Campaign.organisation_id == organisation_id)
        ).all()
    for campaign_id in counted:
        desk.vault.destroy_private_key(campaign_id, Compartment.EQUALITY)


def _record(
    session: Session,
    desk: StaffDesk,
    organisation_id: UUID,
    one: Due,
    rows: Mapping[str, int],
    *,
    in_body: bool = False,
) -> None:
    campaign_id = UUID(hex=one.campaign_id) if one.campaign_id else None
    session.add(
        RetentionAct(
            id=desk.new_id(),
            organisation_id=organisation_id,
            campaign_id=campaign_id,
            kind=one.kind,
            rows=dict(rows),
            done_at=desk.now,
        )
    )
    record_event(
        session,
        at=desk.now,
        chain_id=organisation_id if in_body or campaign_id is None else campaign_id,
        actor=system_actor(organisation_id),
        event="records_erased",
        kind=one.kind.value,
        rows=sum(rows.values()),
    )


def _delete(session: Session, table: Table, campaign_id: UUID) -> int:
    gone = session.execute(delete(table).where(table.c.campaign_id == campaign_id))
    return int(gone.rowcount) if isinstance(gone, CursorResult) else 0


def _erase_applications(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    """The campaign's keys, private and working, then its rows: no copy of them can be opened any more."""
    campaign_id = UUID(hex=one.campaign_id)
    collect_again(desk, campaign_id)
    desk.vault.destroy_keys(campaign_id)
    with desk.sessions.writing() as session:
        lock_campaign(session, campaign_id)
        session.execute(delete(CompartmentKey).where(CompartmentKey.scope_id == campaign_id))
        rows = {table.name: _delete(session, table, campaign_id) for table in tables_of(one.kind)}
        rows = {name: number for name, number in rows.items() if number}
        _record(session, desk, organisation_id, one, rows)
    return rows


def _erase_of_campaign(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    campaign_id = UUID(hex=one.campaign_id)
    with desk.sessions.writing() as session:
        lock_campaign(session, campaign_id)
        rows = {table.name: _delete(session, table, campaign_id) for table in tables_of(one.kind)}
        rows = {name: number for name, number in rows.items() if number}
        _record(session, desk, organisation_id, one, rows)
    return rows


def _erase_uncounted(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    """Answers that nobody counted in time; a new key takes the place of theirs, for the tally finds none."""
    campaign_id = UUID(hex=one.campaign_id)
    desk.vault.destroy_private_key(campaign_id, Compartment.EQUALITY)
    with desk.sessions.writing() as session:
        session.execute(
            delete(CompartmentKey).where(
                CompartmentKey.scope_id == campaign_id, CompartmentKey.compartment == Compartment.EQUALITY
            )
        )
        session.flush()
        desk.vault.make_compartments(session, campaign_id, (Compartment.EQUALITY,), desk.now)
    return _erase_of_campaign(desk, organisation_id, one)


def _blank_counts(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    """That the campaign was counted stays: its answers are not to be counted again."""
    with desk.sessions.writing() as session:
        session.execute(update(Tally).where(Tally.campaign_id == UUID(hex=one.campaign_id)).values(blob=b""))
        _record(session, desk, organisation_id, one, {"tallies": 1})
    return {"tallies": 1}


def _erase_accounts(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    return _erase_by_key(
        desk, organisation_id, one, Candidate.__table__, accounts_left(organisation_id, one.began)
    )


def _erase_letters(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    return _erase_by_key(desk, organisation_id, one, Message.__table__, letters_left(organisation_id, one.began))


def _erase_by_key(
    desk: StaffDesk, organisation_id: UUID, one: Due, table: object, narrowed: list[ColumnElement[bool]]
) -> Rows:
    """In short transactions of their own, recorded once at the end."""
    held = Base.metadata.tables[str(table)]
    number = 0
    while True:
        with desk.sessions.writing() as session:
            keys = session.scalars(select(held.c.id).where(*narrowed).limit(CHUNK)).all()
            if not keys:
                _record(session, desk, organisation_id, one, {held.name: number})
                return {held.name: number}
            session.execute(delete(held).where(held.c.id.in_(keys)))
            number += len(keys)


def _cut_trail(desk: StaffDesk, organisation_id: UUID, one: Due) -> Rows:
    """Erase the old events of a chain; the last of them is signed as the place from which it goes on."""
    chain_id = UUID(hex=one.campaign_id) if one.campaign_id else organisation_id
    with desk.sessions.writing() as session:
        months = current_periods(session, organisation_id)[RetentionKind.TRAIL]
        before = start_of(add_months(one.due, -months))
        lock_head(session, chain_id)
        # Up to the first event that is young enough: a chain is cut at one place.
        young = session.scalars(
            select(TrailEvent.number)
            .where(TrailEvent.chain_id == chain_id, TrailEvent.at >= before)
            .order_by(TrailEvent.number)
            .limit(1)
        ).first()
        query = select(TrailEvent.number, TrailEvent.digest).where(TrailEvent.chain_id == chain_id)
        if young is not None:
            query = query.where(TrailEvent.number < young)
        last = session.execute(query.order_by(TrailEvent.number.desc()).limit(1)).first()
        if last is None:
            return {}
        number, digest = last
        signature = desk.vault.sign_statement(start_statement(chain_id, number, digest))
        session.merge(
            TrailStart(chain_id=chain_id, number=number, digest=digest, signature=signature, cut_at=desk.now)
        )
        gone = session.execute(
            delete(TrailEvent).where(TrailEvent.chain_id == chain_id, TrailEvent.number <= number)
        )
        session.execute(delete(SignedHead).where(SignedHead.chain_id == chain_id, SignedHead.number < number))
        if chain_id == organisation_id:
            # A notice to stop holds for as long as there is an account.
            session.execute(
                delete(RightsRequest).where(
                    RightsRequest.organisation_id == organisation_id,
                    RightsRequest.answered_at < before,
                    RightsRequest.candidate_id.not_in(select(Candidate.id)),
                )
            )
        rows = {"trail_events": int(gone.rowcount) if isinstance(gone, CursorResult) else 0}
        _record(session, desk, organisation_id, one, rows, in_body=True)
    return rows


_ERASERS: Mapping[RetentionKind, Callable[[StaffDesk, UUID, Due], Rows]] = {
    RetentionKind.APPLICATIONS: _erase_applications,
    RetentionKind.EQUALITY_ANSWERS: _erase_uncounted,
    RetentionKind.PANELS: _erase_of_campaign,
    RetentionKind.COUNTS: _blank_counts,
    RetentionKind.ACCOUNTS: _erase_accounts,
    RetentionKind.LETTERS: _erase_letters,
    RetentionKind.TRAIL: _cut_trail,
}


def _night(day: date) -> UUID:
    """One id for each night: a second worker cannot queue the same again."""
    return uuid5(_NIGHTS, day.isoformat())


def _queue(session: Session, day: date) -> None:
    session.merge(
        Job(
            id=_night(day),
            kind=ERASE_DUE,
            detail={"day": day.isoformat()},
            run_after=datetime.combine(day, AT),
            attempts=0,
            failure="",
        )
    )
    session.flush()


def begin_nights(desk: StaffDesk) -> None:
    """Queue the next night's erasures, unless they are queued."""
    with desk.sessions.reading() as session:
        if session.scalars(select(Job.id).where(Job.kind == ERASE_DUE).limit(1)).first() is not None:
            return
    now = desk.now.astimezone(AT.tzinfo)
    with desk.sessions.writing() as session:
        _queue(session, now.date() + timedelta(days=int(now.timetz() >= AT)))


def erase_by_night(desk: StaffDesk, day: date) -> None:
    """The night's work, and the following night's job; nights that nobody worked are made up for by the next."""
    erase_due(desk)
    following = max(day, desk.now.astimezone(AT.tzinfo).date()) + timedelta(days=1)
    with desk.sessions.writing() as session:
        _queue(session, following)
