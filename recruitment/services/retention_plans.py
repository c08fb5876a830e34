"""What is to be erased when: every clock of an organisation, as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.holds import IN_FORCE, HoldStanding
from recruitment.rules.retention import (
    ABANDONED_AFTER,
    ASKED_WAITS_DAYS,
    Due,
    Periods,
    RetentionKind,
    add_months,
    first_of_month,
)
from recruitment.services.kept_releases import list_kept
from recruitment.services.permissions import require_administrator
from recruitment.services.retention_periods import current_periods
from recruitment.store.applications import Application, Draft
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate, SignInLink
from recruitment.store.entries import Entry
from recruitment.store.equality import EqualityRow
from recruitment.store.holds import Hold
from recruitment.store.jobs import Message
from recruitment.store.panels import PanelCheck
from recruitment.store.releases import Tally
from recruitment.store.retention import CampaignEnd, RetentionAct
from recruitment.store.trail import TrailEvent

OF_CAMPAIGNS = (RetentionKind.APPLICATIONS, RetentionKind.PANELS, RetentionKind.EQUALITY_ANSWERS)
_ENDS = ("outcomes_decided", "closed_without_appointment")


def ends_of(session: Session, campaigns: Iterable[Campaign], today: date) -> dict[UUID, date]:
    """The day on which each campaign ended: its outcomes became final, or it was left for a year after closing."""
    held = {campaign.id: campaign for campaign in campaigns}
    told = (
        select(literal(0), TrailEvent.chain_id, func.max(TrailEvent.at))
        .where(TrailEvent.chain_id.in_(held), TrailEvent.event.in_(_ENDS))
        .group_by(TrailEvent.chain_id)
    )
    kept = select(literal(1), CampaignEnd.campaign_id, CampaignEnd.ended_at).where(
        CampaignEnd.campaign_id.in_(held)
    )
    # What was kept goes before what the trail tells.
    rows = sorted(session.execute(union_all(told, kept)), key=lambda row: int(row[0]))
    found: dict[UUID, date] = {key: at.date() for _, key, at in rows}
    for key, campaign in held.items():
        left = add_months(campaign.closes_at.date(), ABANDONED_AFTER)
        if key not in found and (
            has_reached(CampaignState(campaign.state), CampaignState.DECIDED) or left <= today
        ):
            found[key] = left
    return found


def opened_campaigns(session: Session, organisation_id: UUID) -> list[Campaign]:
    """Those that may hold something of a candidate."""
    return list(
        session.scalars(
            select(Campaign)
            .where(Campaign.organisation_id == organisation_id, Campaign.state != CampaignState.DRAFT)
            .order_by(Campaign.closes_at, Campaign.id)
        )
    )


def _numbers(
    session: Session, column: InstrumentedAttribute[UUID], *narrowed: ColumnElement[bool]
) -> dict[UUID, int]:
    return {
        key: number
        for key, number in session.execute(select(column, func.count()).where(*narrowed).group_by(column))
    }


@dataclass(frozen=True)
class _Plan:
    session: Session
    organisation_id: UUID
    periods: Periods
    today: date

    @cached_property
    def opened(self) -> list[Campaign]:
        return opened_campaigns(self.session, self.organisation_id)

    @cached_property
    def ends(self) -> dict[UUID, date]:
        return ends_of(self.session, self.opened, self.today)

    @cached_property
    def tallied(self) -> Sequence[tuple[UUID, str, datetime, bool]]:
        """(campaign, its title, when it was counted, whether the counts are there) of every counted one."""
        rows = self.session.execute(
            select(Campaign.id, Campaign.title, Tally.tallied_at, Tally.blob != b"")
            .join(Tally, Tally.campaign_id == Campaign.id)
            .where(Campaign.organisation_id == self.organisation_id)
            .order_by(Tally.tallied_at, Campaign.id)
        )
        return [(key, title, at, bool(is_kept)) for key, title, at, is_kept in rows]

    def _numbers_by_kind(self, ids: Sequence[UUID]) -> dict[tuple[str, UUID], int]:
        """(kind, campaign) → how many there are, in one statement."""
        counted = [
            select(literal(kind.value), column, func.count()).where(column.in_(ids)).group_by(column)
            for kind, column in (
                (RetentionKind.APPLICATIONS, Application.campaign_id),
                (RetentionKind.PANELS, PanelCheck.campaign_id),
                (RetentionKind.EQUALITY_ANSWERS, EqualityRow.campaign_id),
            )
        ]
        return {(kind, key): number for kind, key, number in self.session.execute(union_all(*counted))}

    def campaigns(self) -> list[Due]:
        ids = [campaign.id for campaign in self.opened]
        counted = {key for key, *_ in self.tallied}
        numbers = self._numbers_by_kind(ids)
        holds = self._holds()
        done = {
            (key, kind)
            for key, kind in self.session.execute(
                select(RetentionAct.campaign_id, RetentionAct.kind).where(RetentionAct.campaign_id.in_(ids))
            )
        }
        found = []
        for campaign in self.opened:
            for kind in OF_CAMPAIGNS:
                is_equality = kind is RetentionKind.EQUALITY_ANSWERS
                began = campaign.closes_at.date() if is_equality else self.ends.get(campaign.id)
                number = numbers.get((kind.value, campaign.id), 0)
                is_over = (campaign.id, kind) in done or (is_equality and campaign.id in counted)
                if began is None or (is_over and not number) or (is_equality and not number):
                    continue
                due = add_months(began, self.periods[kind])
                one = Due(kind, campaign.id.hex, campaign.title, began, due, number)
                is_held = kind is RetentionKind.APPLICATIONS
                found.append(replace(one, **holds.get(campaign.id, {})) if is_held else one)
        return found

    def _holds(self) -> dict[UUID, dict[str, Any]]:
        """By campaign: how many applications are held, and why its erasure waits for a hold that was asked."""
        rows = self.session.scalars(select(Hold).where(Hold.organisation_id == self.organisation_id)).all()
        found: dict[UUID, dict[str, Any]] = {}
        for row in rows:
            said = found.setdefault(row.campaign_id, {"held": 0})
            said["held"] += row.standing in IN_FORCE
            asked = row.asked_at.date()
            if row.standing == HoldStanding.ASKED and asked + timedelta(days=ASKED_WAITS_DAYS) > self.today:
                said["waits"] = f"A hold asked on {asked:%-d %B %Y} waits for a second person."
        return found

    def counts(self) -> list[Due]:
        """Counts that a published figure joins go together: without some of them none is proved safe."""
        rows = [(key, title, at) for key, title, at, is_kept in self.tallied if is_kept]
        began = {key.hex: at.date() for key, _, at in rows}
        together = {key: {key} for key in began}
        for release in list_kept(self.session, self.organisation_id):
            joined = set().union(*(together.get(each, {each}) for each in release.campaigns))
            together |= dict.fromkeys(joined, joined)
        due = {key: add_months(at, self.periods[RetentionKind.COUNTS]) for key, at in began.items()}
        return [
            Due(
                RetentionKind.COUNTS,
                key.hex,
                title,
                began[key.hex],
                max(due[each] for each in together[key.hex] if each in due),
                1,
            )
            for key, title, _ in rows
        ]

    def of_organisation(self) -> list[Due]:
        """What is gone through on the first of a month; what would be erased on the first of this one, or next."""
        this, coming = first_of_month(self.today), add_months(first_of_month(self.today), 1)
        kinds = (RetentionKind.ACCOUNTS, RetentionKind.LETTERS)
        began = {
            (kind, month): add_months(month, -self.periods[kind]) for kind in kinds for month in (this, coming)
        }
        counted = union_all(*(self._count(kind, began[kind, this], began[kind, coming]) for kind in kinds))
        found = []
        for kind, now, then in self.session.execute(counted):
            month, number = (this, now) if now else (coming, then)
            if number:
                named = RetentionKind(kind)
                found.append(Due(named, "", "", began[named, month], month, number))
        return found

    def _count(self, kind: RetentionKind, before: date, later: date) -> Select[str, int, int]:
        """The kind, how many there are of before the one day, and of before the later one."""
        is_account = kind is RetentionKind.ACCOUNTS
        table = Candidate if is_account else Message
        narrowed = (accounts_left if is_account else letters_left)(self.organisation_id, later)
        of_now = func.count(case((table.created_at < start_of(before), 1)))
        return select(literal(kind.value), of_now, func.count()).select_from(table).where(*narrowed)

    def trails(self) -> list[Due]:
        months = self.periods[RetentionKind.TRAIL]
        chains = {campaign.id: campaign.title for campaign in self.opened if campaign.id in self.ends}
        month = first_of_month(self.today)
        before = add_months(month, -months)
        old = _numbers(
            self.session,
            TrailEvent.chain_id,
            TrailEvent.chain_id.in_([*chains, self.organisation_id]),
            TrailEvent.at < start_of(before),
        )
        found = []
        for chain, number in old.items():
            if chain == self.organisation_id:
                found.append(Due(RetentionKind.TRAIL, "", "", before, month, number))
            elif add_months(self.ends[chain], months) <= self.today:
                found.append(Due(RetentionKind.TRAIL, chain.hex, chains[chain], self.ends[chain], month, number))
        return found


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def accounts_left(organisation_id: UUID, before: date) -> list[ColumnElement[bool]]:
    """Accounts made before a day with no application, no draft, and nobody on their way in."""
    return [
        Candidate.organisation_id == organisation_id,
        Candidate.created_at < start_of(before),
        ~exists().where(Application.candidate_id == Candidate.id),
        ~exists().where(Application.earlier_candidate_id == Candidate.id),
        ~exists().where(Draft.candidate_id == Candidate.id),
        ~exists().where(SignInLink.candidate_id == Candidate.id),
        ~exists().where(Entry.candidate_id == Candidate.id),
    ]


def letters_left(organisation_id: UUID, before: date) -> list[ColumnElement[bool]]:
    return [Message.organisation_id == organisation_id, Message.created_at < start_of(before)]


def plan_erasures(session: Session, organisation_id: UUID, today: date) -> list[Due]:
    """Every erasure that can be foreseen today, the earliest first: the dry run."""
    plan = _Plan(session, organisation_id, current_periods(session, organisation_id), today)
    found = [*plan.campaigns(), *plan.counts(), *plan.of_organisation(), *plan.trails()]
    order = list(RetentionKind)
    return sorted(found, key=lambda one: (one.due, order.index(one.kind), one.title, one.campaign_id))


@dataclass(frozen=True)
class Erased:
    """`title`: the campaign's, or empty for what belonged to the organisation; `rows`: how many in all."""

    kind: RetentionKind
    title: str
    rows: int
    done_at: datetime


def list_erased(session: Session, *, actor: Actor, limit: int = 50) -> list[Erased]:
    """What retention erased, the latest first. Administrators only."""
    require_administrator(session, actor)
    rows = session.execute(
        select(RetentionAct, Campaign.title)
        .outerjoin(Campaign, Campaign.id == RetentionAct.campaign_id)
        .where(RetentionAct.organisation_id == actor.organisation_id)
        .order_by(RetentionAct.done_at.desc(), RetentionAct.id)
        .limit(limit)
    )
    return [
        Erased(RetentionKind(act.kind), title or "", sum(int(number) for number in act.rows.values()), act.done_at)
        for act, title in rows
    ]
