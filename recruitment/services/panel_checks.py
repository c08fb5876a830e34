"""Checks a campaign's panel against its policy: before interviews are booked, on their day, and when asked.

What members told of themselves is opened for one thing alone: counts over the panel as it would be booked. The
verdicts that were given are kept, and one that would single somebody out beside them is not given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import TooLate
from recruitment.rules.panel_members import Composition, Panel, Probed
from recruitment.rules.panel_policies import Policy, RuleSetting, Severity, characteristic_of
from recruitment.rules.panels import (
    Finding,
    Verdict,
    blocking,
    check_panel,
    composition_rules,
    with_waivers,
)
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.openings import record_opening
from recruitment.services.panel_answering import read_answering, rule_key
from recruitment.services.panel_policies import policy_of
from recruitment.services.panels import read_panel_facts
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import Organisation
from recruitment.store.panels import PanelCheck, PanelReason, PanelWaiver
from recruitment.store.pool import CompositionAnswer, PoolMembership
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.pool import open_composition

ASKED, BOOKING, DAY = "asked", "booking", "day"
_UNTIL_BOOKED = frozenset({"conflicts_declared"})
"""Blocking rules that need not be met before a composition is answered: they wait for the reveal."""


@dataclass(frozen=True)
class Checked:
    """The findings on a membership; `members` are ids of people, in order."""

    campaign_id: UUID
    policy: Policy
    members: tuple[str, ...]
    findings: tuple[Finding, ...]
    composition: tuple[RuleSetting, ...] = ()
    """The rules on composition whose verdict is new, and to be kept."""
    checked_at: datetime | None = None
    """When this membership was last checked with its composition asked; None where it never was."""

    @property
    def is_blocked(self) -> bool:
        return bool(blocking(self.findings))


def membership(panel: Panel) -> tuple[str, ...]:
    return tuple(sorted(member.id for member in panel.members))


def prepare_check(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> Checked:
    """Check the panel as it would be booked, its composition included; nothing is shown before `keep_check`.

    A read session: what members told is opened with a record in a session of its own.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL)
    if has_reached(CampaignState(campaign.state), CampaignState.DECIDED):
        raise TooLate("The outcomes are final, so the panel is no longer checked.")
    today = desk.now.date()
    policy = policy_of(session, campaign)
    panel = read_panel_facts(session, campaign, grades=policy.grades, today=today)
    members = membership(panel)
    plain = check_panel(panel, policy, today=today)
    held = {setting.rule for setting in policy.settings} & composition_rules()
    open_ = [each for each in blocking(plain) if each.rule not in _UNTIL_BOOKED | composition_rules()]
    if not held or open_:
        return Checked(campaign_id, policy, members, plain)
    answering = read_answering(session, campaign, policy, members)
    composition = _composition(session, desk, actor, campaign, members) if answering.new else None
    asked = replace(panel, composition=composition, probed=Probed.WOULD_TELL)
    findings = []
    new = []
    for one, setting in zip(check_panel(asked, policy, today=today), policy.settings, strict=True):
        if setting.rule in held and one.verdict is not Verdict.NOT_APPLICABLE:
            before = answering.again.get(setting.rule)
            if before is not None:
                one = replace(one, verdict=before.verdict, sentence=before.sentence)
            elif setting.rule in answering.new:
                new.append(setting)
            else:
                one = one.withheld()
        findings.append(one)
    return Checked(campaign_id, policy, members, tuple(findings), tuple(new))


def _composition(
    session: Session, desk: StaffDesk, actor: Actor, campaign: Campaign, members: Sequence[str]
) -> Composition:
    ids = [UUID(each) for each in members]
    rows = session.execute(
        select(PoolMembership.person_id, PoolMembership.answers).where(PoolMembership.person_id.in_(ids))
    ).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.POOL,
        scope_id=campaign.organisation_id,
        records=[person_id for person_id, _ in rows],
        ground="counts over a panel as it would be booked",
        chain_id=campaign.id,
    )
    return open_composition(
        desk.vault, receipt, ((person_id, blob) for person_id, blob in rows), len(ids) - len(rows)
    )


def keep_check(
    session: Session, *, actor: Actor, desk: Desk, checked: Checked, purpose: str = ASKED, day: date | None = None
) -> Checked:
    """Write a check down, then it may be shown; a verdict that another asked meanwhile made telling is dropped."""
    campaign = require(session, actor, checked.campaign_id, Permission.ARRANGE_PANEL, lock=True)
    if checked.composition:
        # One at a time in an organisation: two questions at once must not be answered beside each other.
        session.scalars(
            select(Organisation).where(Organisation.id == campaign.organisation_id).with_for_update()
        ).one()
        checked = _without_telling(session, campaign, checked)
        found = {each.rule: each for each in checked.findings}
        session.add_all(
            CompositionAnswer(
                organisation_id=campaign.organisation_id,
                id=desk.new_id(),
                campaign_id=campaign.id,
                rule=rule_key(setting),
                characteristic=characteristic_of(setting),
                members=list(checked.members),
                verdict=found[setting.rule].verdict,
                sentence=found[setting.rule].sentence,
                at=desk.now,
            )
            for setting in checked.composition
        )
    write_check(session, actor=actor, desk=desk, campaign=campaign, checked=checked, purpose=purpose, day=day)
    return checked


def _without_telling(session: Session, campaign: Campaign, checked: Checked) -> Checked:
    answering = read_answering(session, campaign, checked.policy, checked.members)
    dropped = {setting.rule for setting in checked.composition if setting.rule not in answering.new}
    if not dropped:
        return checked
    return replace(
        checked,
        findings=tuple(one.withheld() if one.rule in dropped else one for one in checked.findings),
        composition=tuple(each for each in checked.composition if each.rule not in dropped),
    )


def write_check(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign: Campaign,
    checked: Checked,
    purpose: str,
    day: date | None,
) -> None:
    session.add(
        PanelCheck(
            campaign_id=campaign.id,
            id=desk.new_id(),
            purpose=purpose,
            day=day,
            policy_version=checked.policy.version,
            members=list(checked.members),
            findings=[_written(each) for each in checked.findings],
            is_blocked=checked.is_blocked,
            checked_by=None if actor.kind == "system" else actor.id,
            checked_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign.id,
        actor=actor,
        event="panel_checked",
        purpose=purpose,
        members=len(checked.members),
        not_met=sorted(each.rule for each in checked.findings if each.verdict is Verdict.NOT_MET),
        composition_answered=len(checked.composition),
    )


def _written(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "verdict": str(finding.verdict),
        "severity": str(finding.severity),
        "sentence": finding.sentence,
    }


def _read(row: dict[str, Any]) -> Finding:
    return Finding(row["rule"], Verdict(row["verdict"]), Severity(row["severity"]), row["sentence"])


def approved_waivers(session: Session, campaign_id: UUID, members: Sequence[str]) -> dict[str, str]:
    """Rule → reason of each waiver approved for this very membership."""
    rows = session.scalars(
        select(PanelWaiver).where(PanelWaiver.campaign_id == campaign_id, PanelWaiver.is_approved.is_(True))
    )
    return {row.rule: row.reason for row in rows if tuple(row.members) == tuple(members)}


def reasons_of(session: Session, campaign_id: UUID, members: Sequence[str]) -> dict[str, str]:
    """Rule → the recorded reason to go ahead with this membership."""
    rows = session.scalars(select(PanelReason).where(PanelReason.campaign_id == campaign_id))
    return {row.rule: row.reason for row in rows if tuple(row.members) == tuple(members)}


def findings_now(session: Session, campaign: Campaign, *, today: date) -> Checked:
    """The findings as they stand, nothing opened: verdicts on composition are those given for this membership."""
    policy = policy_of(session, campaign)
    panel = read_panel_facts(session, campaign, grades=policy.grades, today=today)
    members = membership(panel)
    checks = _checks_of(session, campaign.id, members)
    kept = _compositions_found(checks)
    findings = []
    for one in check_panel(panel, policy, today=today):
        if one.rule in kept and one.verdict is not Verdict.NOT_APPLICABLE:
            one = replace(one, verdict=kept[one.rule].verdict, sentence=kept[one.rule].sentence)
        findings.append(one)
    waived = approved_waivers(session, campaign.id, members)
    last = next((row.checked_at for row in reversed(checks) if row.purpose != DAY), None)
    return Checked(campaign.id, policy, members, with_waivers(findings, waived), checked_at=last)


def _checks_of(session: Session, campaign_id: UUID, members: Sequence[str]) -> list[PanelCheck]:
    """The checks of this very membership, the latest last."""
    rows = session.scalars(
        select(PanelCheck)
        .where(PanelCheck.campaign_id == campaign_id)
        .order_by(PanelCheck.checked_at, PanelCheck.id)
    )
    return [row for row in rows if tuple(row.members) == tuple(members)]


def _compositions_found(checks: Sequence[PanelCheck]) -> dict[str, Finding]:
    """Rule on composition → what was last found of it."""
    found: dict[str, Finding] = {}
    for row in checks:
        for each in map(_read, row.findings):
            if each.rule in composition_rules() and (each.is_answered or each.rule not in found):
                found[each.rule] = each
    return found


def lacking_reasons(session: Session, campaign_id: UUID, checked: Checked) -> list[Finding]:
    """Findings on composition that are not met and have no recorded reason yet for this membership."""
    given = reasons_of(session, campaign_id, checked.members)
    return [
        each
        for each in checked.findings
        if each.rule in composition_rules() and each.needs_reason and each.rule not in given
    ]
