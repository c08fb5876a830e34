"""Inclusion audits as they are read: the yearly cycle, one audit, one campaign of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.audits import ITEMS, AuditItem, Judged, Judgement, Method, is_outside, left_open, next_due
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.permissions import Role
from recruitment.services.permissions import require_staff
from recruitment.store.audits import AuditedCampaign, AuditJudgement, InclusionAudit
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person
from recruitment.store.trail import TrailEvent

_OVER = (CampaignState.DECIDED, CampaignState.TALLIED, CampaignState.RELEASED)


@dataclass(frozen=True)
class ListedAudit:
    id: UUID
    auditor: str
    period_from: date
    period_until: date
    campaigns: int
    is_mine: bool
    completed_at: datetime | None


@dataclass(frozen=True)
class AuditCycle:
    """`due`: when the next audit is to be completed; None where there was none yet, which is due now."""

    audits: tuple[ListedAudit, ...]
    due: date | None
    is_overdue: bool


def read_audits(session: Session, *, actor: Actor, today: date) -> AuditCycle:
    """For administrators, and for whoever audits: the others see none."""
    is_administrator = require_staff(session, actor).is_administrator
    query = (
        select(InclusionAudit, Person.name, func.count(AuditedCampaign.campaign_id))
        .join(Person, Person.id == InclusionAudit.auditor_id)
        .outerjoin(AuditedCampaign, AuditedCampaign.audit_id == InclusionAudit.id)
        .where(InclusionAudit.organisation_id == actor.organisation_id)
        .group_by(InclusionAudit.id, Person.name)
        .order_by(InclusionAudit.period_until.desc(), InclusionAudit.id)
    )
    listed = [
        ListedAudit(
            row.id,
            name,
            row.period_from,
            row.period_until,
            campaigns,
            row.auditor_id == actor.id,
            row.completed_at,
        )
        for row, name, campaigns in session.execute(query)
    ]
    done = [one.completed_at.date() for one in listed if one.completed_at is not None]
    due = next_due(max(done)) if done else None
    shown = [one for one in listed if is_administrator or one.is_mine]
    return AuditCycle(tuple(shown), due, due is None or due < today)


def find_audit(session: Session, actor: Actor, audit_id: UUID, *, to_change: bool = False) -> InclusionAudit:
    """The audit, for its auditor, or to read for an administrator; others find nothing."""
    is_administrator = require_staff(session, actor).is_administrator
    query = select(InclusionAudit).where(
        InclusionAudit.id == audit_id, InclusionAudit.organisation_id == actor.organisation_id
    )
    row = session.scalars(query.with_for_update() if to_change else query).one_or_none()
    if row is None or (row.auditor_id != actor.id and (to_change or not is_administrator)):
        raise NotFound
    if to_change and row.completed_at is not None:
        raise TooLate("The audit is complete: nothing in it can be changed.")
    return row


@dataclass(frozen=True)
class Drawable:
    id: UUID
    title: str
    directorate: str
    closed_at: datetime


def population_of(session: Session, audit: InclusionAudit) -> list[Drawable]:
    """Campaigns of the period that are over, outside the auditor's own directorate, in which they had no part."""
    first = datetime.combine(audit.period_from, time(), UTC)
    after = datetime.combine(audit.period_until + timedelta(days=1), time(), UTC)
    rows = session.scalars(
        select(Campaign)
        .where(
            Campaign.organisation_id == audit.organisation_id,
            Campaign.state.in_(_OVER),
            Campaign.closes_at >= first,
            Campaign.closes_at < after,
        )
        .order_by(Campaign.closes_at, Campaign.id)
    ).all()
    acted_in = _acted_in(session, audit.auditor_id, [row.id for row in rows])
    return [
        Drawable(row.id, row.title, row.directorate, row.closes_at)
        for row in rows
        if is_outside(audit.directorate, row.directorate) and row.id not in acted_in
    ]


# What an auditor does themselves: it is no part in the campaign.
_AUDITORS_OWN = ("evidence_pack_made", "role_given")


def _acted_in(session: Session, person_id: UUID, campaigns: Sequence[UUID]) -> set[UUID]:
    """Where somebody holds another role than the auditor's, or ever did something, which the trail remembers."""
    held = session.scalars(
        select(CampaignRole.campaign_id).where(
            CampaignRole.person_id == person_id, CampaignRole.role != Role.AUDITOR
        )
    )
    acted = session.scalars(
        select(TrailEvent.chain_id)
        .where(
            TrailEvent.chain_id.in_(campaigns),
            TrailEvent.actor == f"{ActorKind.STAFF}:{person_id}",
            TrailEvent.event.not_in(_AUDITORS_OWN),
        )
        .distinct()
    )
    return {*held, *acted}


@dataclass(frozen=True)
class SampledCampaign:
    """`findings`: items judged "no"; `is_without_directorate`: nobody can tell who is outside it."""

    id: UUID
    title: str
    closed_at: datetime
    is_without_directorate: bool
    judged: int
    findings: tuple[tuple[AuditItem, str], ...]
    is_complete: bool


@dataclass(frozen=True)
class ReadAudit:
    """`drawable` stands until the sample is drawn, `sampled` after that."""

    id: UUID
    auditor: str
    directorate: str
    period_from: date
    period_until: date
    is_mine: bool
    method: Method | None
    reason: str
    population: int
    drawable: tuple[Drawable, ...]
    sampled: tuple[SampledCampaign, ...]
    summary: str
    completed_at: datetime | None

    @property
    def is_judged(self) -> bool:
        return bool(self.sampled) and all(one.is_complete for one in self.sampled)


def read_audit(session: Session, *, actor: Actor, audit_id: UUID) -> ReadAudit:
    audit = find_audit(session, actor, audit_id)
    auditor = session.get_one(Person, audit.auditor_id)
    return ReadAudit(
        audit.id,
        auditor.name,
        audit.directorate,
        audit.period_from,
        audit.period_until,
        audit.auditor_id == actor.id,
        Method(audit.method) if audit.method else None,
        audit.reason,
        audit.population,
        () if audit.method else tuple(population_of(session, audit)),
        sampled_of(session, audit.id),
        audit.summary,
        audit.completed_at,
    )


def sampled_of(session: Session, audit_id: UUID) -> tuple[SampledCampaign, ...]:
    judged = judged_of(session, audit_id)
    rows = session.scalars(
        select(Campaign)
        .join(AuditedCampaign, AuditedCampaign.campaign_id == Campaign.id)
        .where(AuditedCampaign.audit_id == audit_id)
        .order_by(Campaign.closes_at, Campaign.id)
    )
    found = []
    for row in rows:
        own = judged.get(row.id, {})
        findings = tuple(
            (item, own[item.key].note)
            for item in ITEMS
            if item.key in own and own[item.key].judgement is Judgement.NO
        )
        found.append(
            SampledCampaign(
                row.id, row.title, row.closes_at, not row.directorate, len(own), findings, not left_open(own)
            )
        )
    return tuple(found)


def judged_of(session: Session, audit_id: UUID) -> dict[UUID, dict[str, Judged]]:
    found: dict[UUID, dict[str, Judged]] = {}
    for row in session.scalars(select(AuditJudgement).where(AuditJudgement.audit_id == audit_id)):
        found.setdefault(row.campaign_id, {})[row.item] = Judged(Judgement(row.judgement), row.note)
    return found


@dataclass(frozen=True)
class CampaignAudit:
    audit_id: UUID
    campaign_id: UUID
    title: str
    judged: Mapping[str, Judged]
    is_open: bool


def read_campaign_audit(session: Session, *, actor: Actor, audit_id: UUID, campaign_id: UUID) -> CampaignAudit:
    audit = find_audit(session, actor, audit_id)
    campaign = sampled_campaign(session, audit_id, campaign_id)
    judged = judged_of(session, audit_id).get(campaign_id, {})
    is_open = audit.completed_at is None and audit.auditor_id == actor.id
    return CampaignAudit(audit_id, campaign_id, campaign.title, judged, is_open)


def sampled_campaign(session: Session, audit_id: UUID, campaign_id: UUID) -> Campaign:
    if session.get(AuditedCampaign, (audit_id, campaign_id)) is None:
        raise NotFound
    return session.get_one(Campaign, campaign_id)
