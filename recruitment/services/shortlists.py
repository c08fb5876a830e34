"""From locked scores to the frozen shortlist: line, ties, Disability Confident, freeze."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached, require_state
from recruitment.rules.disability_confident import VolumeRule, resolve_shortlist
from recruitment.rules.errors import Invalid, NotFound, Stale, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import BlindResult, above_line
from recruitment.services.openings import record_opening
from recruitment.services.outside_scorers import end_outside_scorers
from recruitment.services.permissions import require
from recruitment.services.rankings import blind_results, forget_ranking, references_of
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, SealedRecord, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign
from recruitment.store.eligibility import is_standing
from recruitment.store.first_sifts import is_cut
from recruitment.store.interviews import ShortlistEntry
from recruitment.store.sift import Score
from recruitment.vault.bindings import bind
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.requests import open_opt_ins
from recruitment.vault.sealing.requests import OPT_IN


def set_interview_line(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, line: Fraction, reason: str
) -> int:
    """Set the line once, on anonymous totals, with its reason; how many stand at or above it.

    Equal totals fall on the same side, so a tie is never cut; nobody below a minimum is ever above the line.
    """
    campaign = require(session, actor, campaign_id, Permission.SET_INTERVIEW_LINE, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SCORED, act="set the interview line")
    if not reason.strip():
        raise Invalid("Say why the line is drawn there.", "reason")
    admitted = above_line(blind_results(session, campaign_id).values(), line)
    if not admitted:
        raise Invalid("Nobody who meets every minimum stands at or above this line.", "line")
    campaign.interview_line, campaign.interview_line_reason = str(line), reason.strip()
    campaign.state = CampaignState.LINE_SET
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="interview_line_set",
        line=str(line),
        reason=reason.strip(),
        above=len(admitted),
    )
    return len(admitted)


@dataclass(frozen=True)
class Resolution:
    """The shortlist as it would be frozen, with the opt-ins that were opened for it."""

    campaign_id: UUID
    shortlisted: frozenset[UUID]
    by_line: tuple[str, ...]
    by_scheme: tuple[str, ...]
    opt_ins: frozenset[UUID]
    digest: bytes


def resolve_disability_confident(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID
) -> Resolution:
    """Open the opt-ins (recorded), now that all were scored blind and the line is set. A read session."""
    campaign = require(session, actor, campaign_id, Permission.SEE_REQUESTS)
    require_state(
        CampaignState(campaign.state), CampaignState.LINE_SET, act="resolve Disability Confident requests"
    )
    results = blind_results(session, campaign_id)
    blobs = session.execute(
        select(SealedRecord.application_id, SealedRecord.blob).where(
            SealedRecord.campaign_id == campaign_id,
            SealedRecord.compartment == Compartment.REQUESTS,
            SealedRecord.part == OPT_IN,
        )
    ).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.REQUESTS,
        scope_id=campaign_id,
        records=None,
        ground="Disability Confident resolution after the interview line",
    )
    opted = (
        open_opt_ins(desk.vault, receipt, ((application_id, blob) for application_id, blob in blobs))
        & results.keys()
    )
    return _resolve(session, campaign, results, opted)


def _resolve(
    session: Session, campaign: Campaign, results: dict[UUID, BlindResult], opted: Iterable[UUID]
) -> Resolution:
    line = Fraction(campaign.interview_line or "0")
    rule = None
    if campaign.volume_cap is not None and campaign.volume_recorded_at is not None:
        rule = VolumeRule(campaign.volume_cap, campaign.volume_reason, campaign.volume_recorded_at)
    first = session.scalar(select(func.min(Score.scored_at)).where(Score.campaign_id == campaign.id))
    opt_ins = frozenset(opted)
    chosen = resolve_shortlist(
        list(results.values()),
        line,
        {application_id.hex for application_id in opt_ins},
        rule=rule,
        first_score_at=first,
    )
    shortlisted = frozenset(UUID(hex=key) for key in chosen)
    above = frozenset(UUID(hex=key) for key in above_line(results.values(), line))
    references = references_of(session, campaign.id)
    return Resolution(
        campaign.id,
        shortlisted,
        tuple(sorted(references[key] for key in shortlisted & above)),
        tuple(sorted(references[key] for key in shortlisted - above)),
        opt_ins,
        shortlist_digest(campaign.id, shortlisted),
    )


def shortlist_digest(campaign_id: UUID, shortlisted: Iterable[UUID]) -> bytes:
    """What two people agree to: the very set of applications, in no order."""
    return hashlib.sha256(bind("shortlist", campaign_id, *sorted(shortlisted))).digest()


def freeze_shortlist(session: Session, *, actor: Actor, desk: StaffDesk, resolution: Resolution) -> None:
    """Fix the shortlist. It keeps no score, rank, line or route of entry for those who read it later."""
    campaign_id = resolution.campaign_id
    campaign = require(session, actor, campaign_id, Permission.FREEZE_SHORTLIST, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.LINE_SET, act="freeze the shortlist")
    results = blind_results(session, campaign_id)
    again = _resolve(session, campaign, results, resolution.opt_ins & results.keys())
    if again.digest != resolution.digest:
        raise Stale("The applications changed since you looked (somebody withdrew). Look again, then freeze.")
    if not resolution.shortlisted:
        raise TooSoon("The shortlist would be empty.")
    _write_shortlist(session, desk, campaign, resolution.shortlisted)
    forget_ranking(session, campaign_id)
    end_outside_scorers(session, actor=actor, desk=desk, campaign_id=campaign_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="shortlist_frozen",
        digest=resolution.digest.hex(),
        places=len(resolution.shortlisted),
    )


def _write_shortlist(session: Session, desk: StaffDesk, campaign: Campaign, shortlisted: frozenset[UUID]) -> None:
    session.add_all(
        ShortlistEntry(campaign_id=campaign.id, application_id=application_id)
        for application_id in sorted(shortlisted)
    )
    standing = session.execute(
        select(Application.id, is_cut())
        .where(Application.campaign_id == campaign.id, is_standing())
        .order_by(Application.id)
    )
    session.add_all(
        StageEvent(
            campaign_id=campaign.id,
            application_id=application_id,
            kind=StageEventKind.SHORTLISTED if application_id in shortlisted else not_shortlisted_as(was_cut),
            at=desk.now,
        )
        for application_id, was_cut in standing
    )
    campaign.shortlist_digest = shortlist_digest(campaign.id, shortlisted)
    campaign.frozen_at = desk.now
    campaign.state = CampaignState.FROZEN
    session.flush()


def not_shortlisted_as(was_cut: bool) -> StageEventKind:
    """How the stage history tells somebody who is not on the shortlist: how far they were read."""
    return StageEventKind.NOT_PAST_FIRST_SIFT if was_cut else StageEventKind.NOT_SHORTLISTED


def frozen_shortlist(session: Session, campaign: Campaign) -> list[UUID]:
    """The frozen shortlist, checked against the digest that was frozen with it."""
    if not has_reached(CampaignState(campaign.state), CampaignState.FROZEN):
        raise TooSoon("The shortlist is not frozen yet.")
    entries = list(
        session.scalars(
            select(ShortlistEntry.application_id)
            .where(ShortlistEntry.campaign_id == campaign.id)
            .order_by(ShortlistEntry.application_id)
        )
    )
    if shortlist_digest(campaign.id, entries) != campaign.shortlist_digest:
        raise NotFound("The frozen shortlist was altered: restore the table shortlist_entries from a backup.")
    return entries
