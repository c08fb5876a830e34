"""Equality answers: rows rewritten in random order, tallied over a whole campaign, and erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import SystemRandom
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.counts_format import counts_to_json
from recruitment.rules.errors import TooSoon
from recruitment.rules.funnel import Exit, FunnelStage, Journey, stages_of
from recruitment.services.cut_offs import is_counted, why_not_at_cut_off
from recruitment.services.openings import record_opening
from recruitment.services.question_sets import set_of
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, StageEvent
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.equality import EqualityRewrite, EqualityRow, count_rows
from recruitment.store.first_sifts import find_first_sift
from recruitment.store.interviews import Outcome
from recruitment.store.releases import Tally
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.equality import find_superseded, tally_rows
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.counts import seal_counts

CHUNK = 500  # rows held in memory at a time
A_DAY = timedelta(days=1)
BATCH = 10  # rows that must have come in before a rewrite hides which is whose


def _rows(session: Session, campaign_id: UUID) -> Iterator[tuple[UUID, bytes]]:
    found = session.execute(
        select(EqualityRow.id, EqualityRow.blob)
        .where(EqualityRow.campaign_id == campaign_id)
        .execution_options(yield_per=CHUNK)
    )
    yield from found


def _row_ids(session: Session, campaign_id: UUID) -> list[UUID]:
    return list(session.scalars(select(EqualityRow.id).where(EqualityRow.campaign_id == campaign_id)))


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _copy_under_fresh_keys(session: Session, campaign_id: UUID, ids: Sequence[UUID]) -> None:
    """Write the rows of these keys anew, in this order."""
    found = session.execute(
        select(EqualityRow.id, EqualityRow.blob).where(
            EqualityRow.campaign_id == campaign_id, EqualityRow.id.in_(ids)
        )
    )
    blobs = {row_id: blob for row_id, blob in found}
    session.execute(
        insert(EqualityRow),
        [{"campaign_id": campaign_id, "id": uuid4(), "blob": blobs[row_id]} for row_id in ids],
    )


def _open_equality(desk: StaffDesk, campaign_id: UUID, ground: str) -> Receipt:
    with desk.sessions.reading() as session:
        organisation_id = session.get_one(Campaign, campaign_id).organisation_id
    return record_opening(
        desk,
        actor=system_actor(organisation_id),
        compartment=Compartment.EQUALITY,
        scope_id=campaign_id,
        records=None,
        ground=ground,
    )


def rewrite_rows(desk: StaffDesk, campaign_id: UUID) -> int:
    """Erase superseded rows and write the rest anew under fresh keys in random order; how many remain.

    One transaction, so that every row has the same version on PostgreSQL; then the old pages are let go.
    """
    with desk.sessions.reading() as session:
        if not count_rows(session, campaign_id):
            return 0
    receipt = _open_equality(desk, campaign_id, "erase superseded rows and rewrite in random order")
    with desk.sessions.writing() as session:
        gone = find_superseded(desk.vault, receipt, _rows(session, campaign_id))
        # Named one by one: a row that comes in meanwhile (on PostgreSQL) must stay.
        before = _row_ids(session, campaign_id)
        kept = [row_id for row_id in before if row_id not in gone]
        SystemRandom().shuffle(kept)
        for some in _chunks(kept):
            _copy_under_fresh_keys(session, campaign_id, some)
        for some in _chunks(before):
            session.execute(
                delete(EqualityRow).where(EqualityRow.campaign_id == campaign_id, EqualityRow.id.in_(some))
            )
        session.merge(EqualityRewrite(campaign_id=campaign_id, rows=len(kept), at=desk.now))
    let_old_pages_go(desk)
    return len(kept)


def let_old_pages_go(desk: StaffDesk) -> None:
    """Checkpoint the write-ahead log into the database and cut it (SQLite), or vacuum the table (PostgreSQL)."""
    if desk.sessions.is_sqlite:
        with desk.sessions.engine.connect() as connection:
            connection.execute(text("COMMIT"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.execute(text("BEGIN"))
    else:
        with desk.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM equality_rows"))


def rewrites_due(session: Session, desk: StaffDesk) -> list[UUID]:
    """Campaigns with at least a batch of new rows, or with any new row for a day."""
    due = []
    known = {row.campaign_id: row for row in session.scalars(select(EqualityRewrite))}
    for campaign_id in session.scalars(select(EqualityRow.campaign_id).distinct()):
        number = count_rows(session, campaign_id)
        before = known.get(campaign_id)
        new = number - (before.rows if before else 0)
        is_old = before is not None and desk.now - before.at > A_DAY
        if new >= BATCH or (new > 0 and is_old):
            due.append(campaign_id)
    return due


def watch_new_rows(desk: StaffDesk) -> None:
    """Note campaigns whose first rows have come in, so that a day later they are rewritten; erase stragglers.

    A straggler is a row that was being stored while its campaign was tallied.
    """
    with desk.sessions.reading() as session:
        known = set(session.scalars(select(EqualityRewrite.campaign_id)))
        counted = {
            campaign_id: is_counted(session, campaign_id)
            for campaign_id in session.scalars(select(EqualityRow.campaign_id).distinct())
        }
    for campaign_id, is_over in counted.items():
        with desk.sessions.writing() as session:
            if is_over:
                session.execute(delete(EqualityRow).where(EqualityRow.campaign_id == campaign_id))
            elif campaign_id not in known:
                session.merge(EqualityRewrite(campaign_id=campaign_id, rows=0, at=desk.now))


_DEPTH: Mapping[str, FunnelStage] = {
    "submitted": FunnelStage.SUBMITTED,
    # Whoever was ranked, above the line or below, had been sifted; those who withdrew before were not.
    "not_past_first_sift": FunnelStage.FIRST_SIFTED,
    "not_shortlisted": FunnelStage.SIFTED,
    "shortlisted": FunnelStage.SHORTLISTED,
    "tested": FunnelStage.TESTED,
    "interviewed": FunnelStage.INTERVIEWED,
    "offered": FunnelStage.OFFERED,
    "appointed": FunnelStage.APPOINTED,
}
_EXITS: Mapping[str, Exit] = {
    "withdrawn": Exit.WITHDRAWN,
    "withdrew": Exit.WITHDRAWN,
    "declined": Exit.DECLINED,
}


def _journeys(session: Session, campaign_id: UUID, cut_off: date | None) -> dict[UUID, Journey]:
    """Every application of the campaign, withdrawn ones too, with how far it came: by the end of the cut-off."""
    vacancies = {
        application_id: vacancy_id.hex
        for application_id, vacancy_id in session.execute(
            select(Outcome.application_id, Outcome.vacancy_id).where(
                Outcome.campaign_id == campaign_id, Outcome.vacancy_id.is_not(None)
            )
        )
        if vacancy_id is not None
    }
    journeys: dict[UUID, Journey] = {}
    # One object for each kind of journey, not for each application.
    known: dict[Journey, Journey] = {}
    query = select(StageEvent.application_id, StageEvent.kind)
    if cut_off is not None:
        query = query.where(StageEvent.at < datetime.combine(cut_off + A_DAY, time(), UTC))
    rows = session.execute(
        query.join(
            Application,
            (Application.campaign_id == StageEvent.campaign_id) & (Application.id == StageEvent.application_id),
        )
        .where(StageEvent.campaign_id == campaign_id)
        .execution_options(yield_per=CHUNK)
    )
    for application_id, kind in rows:
        held = journeys.get(application_id) or Journey(frozenset(), vacancy=vacancies.get(application_id, ""))
        if kind in _DEPTH:
            held = replace(held, reached=held.reached | {_DEPTH[kind]})
        if kind in _EXITS:
            held = replace(held, left=_EXITS[kind])
        journeys[application_id] = known.setdefault(held, held)
    return journeys


def tally_campaign(desk: StaffDesk, campaign_id: UUID, cut_off: date | None = None) -> int:
    """Count a campaign whose outcomes are final, or as it stood at the cut-off; seal the counts, erase answers.

    How many had answers; 0 where it was counted before, or where nothing stands for a cut-off any more (see
    `cut_offs`). Rows are opened one after another and never held: memory does not grow with them beyond their
    keys. They are gone over twice, the first time to find those that a later row of the same application
    replaces.
    """
    with desk.sessions.reading() as session:
        if not _may_count(session, desk, session.get_one(Campaign, campaign_id), cut_off):
            return 0
        is_known = is_counted(session, campaign_id)
    receipt = None if is_known else _open_equality(desk, campaign_id, _GROUNDS[cut_off is not None])
    with desk.sessions.writing() as session:
        campaign = lock_campaign(session, campaign_id)
        if not _may_count(session, desk, campaign, cut_off):
            return 0  # another worker was first
        answered = 0
        if is_counted(session, campaign_id):
            _record(session, desk, campaign, "count_of_cut_off_kept")
        else:
            answered = _count(session, desk, campaign, receipt, cut_off)
        if cut_off is None:
            campaign.state = CampaignState.TALLIED
    let_old_pages_go(desk)
    return answered


_GROUNDS = ("tally of the whole campaign", "tally of the whole campaign at the year's cut-off")


def _may_count(session: Session, desk: StaffDesk, campaign: Campaign, cut_off: date | None) -> bool:
    if cut_off is not None:
        return not why_not_at_cut_off(session, campaign, cut_off, desk.now)
    state = CampaignState(campaign.state)
    if not has_reached(state, CampaignState.DECIDED):
        raise TooSoon("Equality answers are counted only once the outcomes of the campaign are final.")
    return not has_reached(state, CampaignState.TALLIED)


def _count(
    session: Session, desk: StaffDesk, campaign: Campaign, receipt: Receipt | None, cut_off: date | None
) -> int:
    if receipt is None:
        raise TooSoon("Somebody counted this campaign at the same moment.")
    gone = find_superseded(desk.vault, receipt, _rows(session, campaign.id))
    journeys, asked = _journeys(session, campaign.id, cut_off), set_of(session, campaign)
    counts, answered = tally_rows(
        desk.vault,
        receipt,
        ((row_id, blob) for row_id, blob in _rows(session, campaign.id) if row_id not in gone),
        journeys,
        stages_of(journeys.values(), extra=_own_stages(session, campaign.id)),
        asked,
    )
    counts.unfinished = campaign.unfinished
    keys = desk.vault.public_keys(session, campaign.organisation_id)
    session.add(
        Tally(
            campaign_id=campaign.id,
            blob=seal_counts(keys, campaign.id, counts_to_json(counts)),
            question_set=asked.version,
            tallied_at=desk.now,
            cut_off=cut_off,
        )
    )
    session.execute(delete(EqualityRow).where(EqualityRow.campaign_id == campaign.id))
    session.execute(delete(EqualityRewrite).where(EqualityRewrite.campaign_id == campaign.id))
    _record(session, desk, campaign, "campaign_tallied" if cut_off is None else "campaign_tallied_at_cut_off")
    return answered


def _own_stages(session: Session, campaign_id: UUID) -> list[FunnelStage]:
    """Stages that the campaign had, whether or not anybody came no further."""
    row = find_first_sift(session, campaign_id)
    return [FunnelStage.FIRST_SIFTED, FunnelStage.SIFTED] if row and row.was_held else [FunnelStage.SIFTED]


def _record(session: Session, desk: StaffDesk, campaign: Campaign, event: str) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=campaign.id,
        actor=system_actor(campaign.organisation_id),
        event=event,
        question_set=set_of(session, campaign).version,
    )
