"""Inclusion audits: appointed by an administrator, drawn and judged by somebody from outside the campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.audits import (
    TEMPLATE_VERSION,
    Judged,
    Method,
    check_judgement,
    check_targets,
    draw,
    left_open,
)
from recruitment.rules.errors import Invalid, TooLate, TooSoon, check_lines
from recruitment.rules.permissions import Role
from recruitment.services.audit_reading import (
    Drawable,
    find_audit,
    judged_of,
    population_of,
    sampled_campaign,
    sampled_of,
)
from recruitment.services.permissions import require_administrator
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.audits import AuditedCampaign, AuditJudgement, InclusionAudit
from recruitment.store.people import CampaignRole, Person, roles_in_campaign

LONGEST_SUMMARY = 8000


def list_possible_auditors(session: Session, *, actor: Actor) -> list[tuple[UUID, str]]:
    """Active staff who neither administer nor recruit in any campaign now: whoever recruits is not outside."""
    require_administrator(session, actor)
    recruiting = select(CampaignRole.person_id).where(CampaignRole.role == Role.RECRUITER)
    rows = session.execute(
        select(Person.id, Person.name)
        .where(
            Person.organisation_id == actor.organisation_id,
            Person.is_active,
            Person.is_administrator.is_(False),
            Person.id.not_in(recruiting),
        )
        .order_by(Person.name)
    )
    return [(person_id, name) for person_id, name in rows]


def appoint_auditor(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    person_id: UUID,
    directorate: str,
    period_from: date,
    period_until: date,
) -> UUID:
    """Begin an audit of the campaigns that closed in a period, both days included."""
    if person_id not in {one for one, _ in list_possible_auditors(session, actor=actor)}:
        raise Invalid("Choose somebody who neither recruits nor administers.", "auditor")
    if not directorate.strip():
        raise Invalid("Enter the directorate of the auditor.", "directorate")
    check_lines(directorate=directorate)
    if period_until < period_from:
        raise Invalid("The last day must not lie before the first.", "period_until")
    row = InclusionAudit(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        auditor_id=person_id,
        directorate=" ".join(directorate.split()),
        period_from=period_from,
        period_until=period_until,
        template_version=TEMPLATE_VERSION,
        appointed_by=actor.id,
        appointed_at=desk.now,
    )
    session.add(row)
    session.flush()
    _record(session, desk, actor, "audit_appointed", audit=row.id, person=person_id)
    return row.id


def _record(session: Session, desk: StaffDesk, actor: Actor, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, **detail)


def draw_random(session: Session, *, actor: Actor, desk: StaffDesk, audit_id: UUID, size: int) -> int:
    """Draw `size` of the campaigns by lot; the auditor can read their evidence from then on."""
    audit = find_audit(session, actor, audit_id, to_change=True)
    population = _undrawn(session, audit)
    drawn = draw([one.id for one in population], size, desk.random)
    return _keep_sample(session, desk, actor, audit, Method.RANDOM, "", len(population), drawn)


def draw_targeted(
    session: Session, *, actor: Actor, desk: StaffDesk, audit_id: UUID, campaigns: Sequence[UUID], reason: str
) -> int:
    """Take these campaigns, for a reason that stands beside the audit."""
    audit = find_audit(session, actor, audit_id, to_change=True)
    population = _undrawn(session, audit)
    wanted = list(dict.fromkeys(campaigns))
    check_targets(wanted, [one.id for one in population], reason)
    return _keep_sample(session, desk, actor, audit, Method.TARGETED, reason.strip(), len(population), wanted)


def _undrawn(session: Session, audit: InclusionAudit) -> list[Drawable]:
    if audit.method:
        raise TooLate("The sample is drawn: drawing until it suits would be no audit.")
    population = population_of(session, audit)
    if not population:
        raise TooSoon("No campaign of this period is over, outside your directorate and without a part of yours.")
    return population


def _keep_sample(
    session: Session,
    desk: StaffDesk,
    actor: Actor,
    audit: InclusionAudit,
    method: Method,
    reason: str,
    population: int,
    drawn: Sequence[UUID],
) -> int:
    audit.method, audit.reason, audit.population, audit.drawn_at = method, reason, population, desk.now
    for campaign_id in sorted(drawn):
        session.add(AuditedCampaign(audit_id=audit.id, campaign_id=campaign_id))
        if Role.AUDITOR not in roles_in_campaign(session, campaign_id, audit.auditor_id):
            session.add(
                CampaignRole(
                    campaign_id=campaign_id, person_id=audit.auditor_id, role=Role.AUDITOR, given_at=desk.now
                )
            )
            record_event(
                session,
                at=desk.now,
                chain_id=campaign_id,
                actor=actor,
                event="role_given",
                person=audit.auditor_id,
                role=Role.AUDITOR.value,
            )
    session.flush()
    _record(
        session, desk, actor, "audit_drawn", audit=audit.id, method=method.value, of=population, drawn=len(drawn)
    )
    return len(drawn)


def judge(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    audit_id: UUID,
    campaign_id: UUID,
    judged: Mapping[str, Judged],
) -> int:
    """Keep the judgements on items of one campaign, all or none; how many items are still open there."""
    find_audit(session, actor, audit_id, to_change=True)
    sampled_campaign(session, audit_id, campaign_id)
    for item, one in judged.items():
        check_judgement(item, one)
        session.merge(
            AuditJudgement(
                audit_id=audit_id,
                campaign_id=campaign_id,
                item=item,
                judgement=one.judgement,
                note=one.note.strip(),
                judged_at=desk.now,
            )
        )
    session.flush()
    return len(left_open(judged_of(session, audit_id).get(campaign_id, {})))


def complete_audit(session: Session, *, actor: Actor, desk: StaffDesk, audit_id: UUID, summary: str) -> int:
    """Close the audit with its summary; how many findings it raised. Nothing in it changes after that."""
    audit = find_audit(session, actor, audit_id, to_change=True)
    sampled = sampled_of(session, audit.id)
    if not sampled or not all(one.is_complete for one in sampled):
        raise TooSoon("Judge every item of every campaign first.")
    if not summary.strip():
        raise Invalid("Say in a few sentences what the audit found.", "summary")
    if len(summary) > LONGEST_SUMMARY:
        raise Invalid(f"Shorten the summary to {LONGEST_SUMMARY:,} characters or fewer.", "summary")
    audit.summary, audit.completed_at = summary.strip(), desk.now
    findings = sum(len(one.findings) for one in sampled)
    session.flush()
    _record(session, desk, actor, "audit_completed", audit=audit.id, campaigns=len(sampled), findings=findings)
    return findings
