"""How a campaign's panel stands: each finding, what can be done about it, and whether interviews can be booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.panels import RULES, Finding, Verdict, composition_rules
from recruitment.rules.permissions import Permission
from recruitment.services.bookings import obstacles_of
from recruitment.services.panel_arrangements import Arrangements, arrangements_of
from recruitment.services.panel_checks import findings_now, reasons_of
from recruitment.services.panels import bookings_of
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.waivers import ReadWaiver, read_waivers

VERDICT_TITLES = {
    Verdict.MET: "Met",
    Verdict.NOT_MET: "Not met",
    Verdict.NOT_KNOWN: "Not known",
    Verdict.NOT_APPLICABLE: "Does not apply yet",
    Verdict.WAIVED: "Waived",
}


@dataclass(frozen=True)
class ShownFinding:
    """A finding for the page; `can_waive` and `needs_reason` say what the recruiter may do about it."""

    rule: str
    title: str
    verdict: Verdict
    verdict_title: str
    sentence: str
    is_blocking: bool
    can_waive: bool
    is_waiver_asked: bool
    needs_reason: bool
    reason: str


@dataclass(frozen=True)
class ReadStanding:
    """`obstacles`: what stands in the way of booking, empty when nothing does; `is_checked`: as it stands."""

    findings: tuple[ShownFinding, ...]
    policy_version: int
    obstacles: str
    checked_at: datetime | None
    is_checked: bool
    has_composition: bool
    bookings: int
    arrangements: Arrangements
    waivers: tuple[ReadWaiver, ...]

    @property
    def can_book(self) -> bool:
        return not self.obstacles


def read_standing(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> ReadStanding:
    """For the recruitment team; a composition is told as it was last answered for these very members."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL)
    today = desk.now.date()
    checked = findings_now(session, campaign, today=today)
    given = reasons_of(session, campaign_id, checked.members)
    waivers = read_waivers(session, campaign_id, checked.members)
    asked = {one.rule for one in waivers if one.is_approved is None and one.is_of_this_panel}
    return ReadStanding(
        tuple(sorted((_shown(each, given, asked) for each in checked.findings), key=_urgency)),
        checked.policy.version,
        obstacles_of(session, checked),
        checked.checked_at,
        checked.checked_at is not None,
        any(each.rule in composition_rules() for each in checked.findings),
        len(bookings_of(session, campaign_id)),
        arrangements_of(campaign),
        tuple(waivers),
    )


_ORDER = (Verdict.NOT_MET, Verdict.NOT_KNOWN, Verdict.WAIVED, Verdict.MET, Verdict.NOT_APPLICABLE)


def _urgency(one: ShownFinding) -> tuple[bool, int]:
    """What must be done first comes first; otherwise the policy's order stays."""
    return not (one.is_blocking or one.needs_reason), _ORDER.index(one.verdict)


def _shown(each: Finding, given: dict[str, str], asked: set[str]) -> ShownFinding:
    is_composition = each.rule in composition_rules()
    return ShownFinding(
        each.rule,
        RULES[each.rule].title,
        each.verdict,
        VERDICT_TITLES[each.verdict],
        each.sentence,
        each.is_blocking,
        each.is_blocking and each.rule not in asked,
        each.rule in asked,
        is_composition and each.needs_reason and each.rule not in given,
        given.get(each.rule, "") if is_composition else "",
    )
