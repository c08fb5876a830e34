"""Holds for claims: one person asks and another agrees, to place one and to release it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.holds import IN_FORCE, HoldKind, HoldStanding, check_hold
from recruitment.rules.permissions import PANEL_ROLES, Role
from recruitment.services.jobs import COLLECT_HOLD, enqueue
from recruitment.services.past_roles import used_roles
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.holds import Hold
from recruitment.store.people import CampaignRole, Person, roles_in_campaign
from recruitment.vault.compartments import OF_HOLD

# Who scores, or watches, may not read through a hold what their part withholds from them.
_BARRED = PANEL_ROLES | {Role.SHORTLISTER, Role.SUBSTITUTE, Role.AUDITOR}


def require_holding(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    """An administrator, or a recruiter of the campaign, who never sifted in it: they may read the names."""
    person = require_staff(session, actor)
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.organisation_id != actor.organisation_id:
        raise NotFound
    roles = set(roles_in_campaign(session, campaign_id, actor.id))
    if not (person.is_administrator or Role.RECRUITER in roles):
        raise NotAllowed
    if _BARRED & (roles | used_roles(session, campaign_id, actor.id)):
        raise NotAllowed
    return campaign


def campaigns_to_hold_in(session: Session, actor: Actor) -> list[tuple[UUID, str]]:
    """The campaigns with applications that somebody may ask a hold in, the latest first.

    `NotAllowed` for who neither administers the body nor recruits anywhere.
    """
    person = require_staff(session, actor)
    if not (person.is_administrator or holds_anywhere(session, actor, Role.RECRUITER)):
        raise NotAllowed
    query = select(Campaign.id, Campaign.title).where(
        Campaign.organisation_id == actor.organisation_id,
        Campaign.id.in_(select(Application.campaign_id)),
        Campaign.id.not_in(
            select(CampaignRole.campaign_id).where(
                CampaignRole.person_id == actor.id, CampaignRole.role.in_(_BARRED)
            )
        ),
    )
    if not person.is_administrator:
        query = query.where(
            Campaign.id.in_(
                select(CampaignRole.campaign_id).where(
                    CampaignRole.person_id == actor.id, CampaignRole.role == Role.RECRUITER
                )
            )
        )
    return [(key, title) for key, title in session.execute(query.order_by(Campaign.closes_at.desc(), Campaign.id))]


def ask_hold(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    reference: str,
    kind: HoldKind,
    reason: str,
    review_on: date | None,
) -> UUID:
    """Ask that the papers of one application, named by its reference, are kept. Nothing is opened yet."""
    campaign = require_holding(session, actor, campaign_id)
    check_hold(reason, review_on, desk.now.date())
    application = session.scalars(
        select(Application).where(
            Application.campaign_id == campaign_id, Application.reference == reference.strip().upper()
        )
    ).one_or_none()
    if application is None:
        raise Invalid("There is no application with this reference in this campaign.", "reference")
    standing = session.scalars(
        select(Hold.standing).where(
            Hold.campaign_id == campaign_id,
            Hold.application_id == application.id,
            Hold.standing.in_((HoldStanding.ASKED, *IN_FORCE)),
        )
    ).first()
    if standing is not None:
        raise Invalid("There is a hold on this application already.", "reference")
    hold = Hold(
        id=desk.new_id(),
        organisation_id=campaign.organisation_id,
        campaign_id=campaign_id,
        application_id=application.id,
        reference=application.reference,
        kind=kind,
        standing=HoldStanding.ASKED,
        reason=reason.strip(),
        review_on=review_on,
        asked_by=actor.id,
        asked_at=desk.now,
    )
    session.add(hold)
    _record(session, actor, desk, hold, "hold_asked", reason=hold.reason, review_on=hold.review_on.isoformat())
    return hold.id


def _hold(session: Session, actor: Actor, hold_id: UUID, *standings: HoldStanding) -> Hold:
    hold = session.get(Hold, hold_id, with_for_update=True, populate_existing=True)
    if hold is None or hold.organisation_id != actor.organisation_id:
        raise NotFound
    require_holding(session, actor, hold.campaign_id)
    if hold.standing not in standings:
        raise TooLate("Somebody has decided on this meanwhile.")
    return hold


def decide_hold(session: Session, *, actor: Actor, desk: StaffDesk, hold_id: UUID, is_agreed: bool) -> None:
    """Agree as a second person, or refuse. Once agreed, the worker moves the papers under the hold's own key."""
    hold = _hold(session, actor, hold_id, HoldStanding.ASKED)
    if is_agreed and hold.asked_by == actor.id:
        raise NotAllowed("Somebody other than who asked agrees.")
    hold.standing = HoldStanding.PLACED if is_agreed else HoldStanding.REFUSED
    hold.decided_by, hold.decided_at = actor.id, desk.now
    if is_agreed:
        desk.vault.make_compartments(session, hold.id, OF_HOLD, desk.now)
        enqueue(session, desk=desk, kind=COLLECT_HOLD, hold_id=hold.id)
    _record(session, actor, desk, hold, "hold_placed" if is_agreed else "hold_refused")


def ask_release(session: Session, *, actor: Actor, desk: StaffDesk, hold_id: UUID, reason: str) -> None:
    hold = _hold(session, actor, hold_id, HoldStanding.PLACED)
    if not reason.strip():
        raise Invalid("Say why the papers need not be kept any longer.", "reason")
    hold.standing, hold.release_reason = HoldStanding.RELEASE_ASKED, reason.strip()
    hold.release_asked_by, hold.release_asked_at = actor.id, desk.now
    _record(session, actor, desk, hold, "hold_release_asked", reason=hold.release_reason)


def decide_release(session: Session, *, actor: Actor, desk: StaffDesk, hold_id: UUID, is_agreed: bool) -> None:
    """Agree to the release as a second person, or keep the hold. What it keeps is erased the next night."""
    hold = _hold(session, actor, hold_id, HoldStanding.RELEASE_ASKED)
    if is_agreed and hold.release_asked_by == actor.id:
        raise NotAllowed("Somebody other than who asked agrees.")
    if is_agreed:
        hold.standing, hold.released_by, hold.released_at = HoldStanding.RELEASED, actor.id, desk.now
    else:
        hold.standing, hold.release_asked_by, hold.release_asked_at = HoldStanding.PLACED, None, None
    _record(session, actor, desk, hold, "hold_released" if is_agreed else "hold_kept")


def review_hold(
    session: Session, *, actor: Actor, desk: StaffDesk, hold_id: UUID, reason: str, review_on: date | None
) -> None:
    """Keep a hold after looking at it again, until another day."""
    hold = _hold(session, actor, hold_id, *IN_FORCE)
    check_hold(reason, review_on, desk.now.date())
    if review_on is not None:
        hold.review_on = review_on
    _record(
        session, actor, desk, hold, "hold_reviewed", reason=reason.strip(), review_on=hold.review_on.isoformat()
    )


def _record(session: Session, actor: Actor, desk: StaffDesk, hold: Hold, event: str, **detail: Any) -> None:
    record_event(
        session, at=desk.now, chain_id=hold.campaign_id, actor=actor, event=event, hold=hold.id,
        reference=hold.reference, **detail,
    )  # fmt: skip


@dataclass(frozen=True)
class ReadHold:
    """`may_decide`: whether the reader may be the second person now; `is_overdue`: its review is past."""

    id: UUID
    campaign: str
    reference: str
    kind: HoldKind
    standing: HoldStanding
    reason: str
    review_on: date
    is_overdue: bool
    asked_by: str
    asked_at: datetime
    decided_by: str
    release_reason: str
    release_asked_by: str
    is_collected: bool
    may_decide: bool


def list_all_holds(session: Session, *, actor: Actor, desk: StaffDesk) -> list[ReadHold]:
    """The holds that somebody may see, those that wait first; one statement for all."""
    allowed = {key for key, _ in campaigns_to_hold_in(session, actor)} | _held_campaigns(session, actor)
    asker, decider, releaser = aliased(Person), aliased(Person), aliased(Person)
    rows = session.execute(
        select(Hold, Campaign.title, asker.name, decider.name, releaser.name)
        .join(Campaign, Campaign.id == Hold.campaign_id)
        .join(asker, asker.id == Hold.asked_by)
        .outerjoin(decider, decider.id == Hold.decided_by)
        .outerjoin(releaser, releaser.id == Hold.release_asked_by)
        .where(Hold.organisation_id == actor.organisation_id, Hold.campaign_id.in_(allowed))
        .order_by(Hold.asked_at.desc(), Hold.id)
    )
    found = []
    for hold, title, asked_by, decided_by, release_asked_by in rows:
        standing = HoldStanding(hold.standing)
        first = hold.asked_by if standing is HoldStanding.ASKED else hold.release_asked_by
        found.append(
            ReadHold(
                hold.id, title, hold.reference, HoldKind(hold.kind), standing, hold.reason, hold.review_on,
                standing in IN_FORCE and hold.review_on <= desk.now.date(), asked_by, hold.asked_at,
                decided_by or "", hold.release_reason, release_asked_by or "", hold.collected_at is not None,
                standing in (HoldStanding.ASKED, HoldStanding.RELEASE_ASKED) and first != actor.id,
            )
        )  # fmt: skip
    order = list(HoldStanding)
    return sorted(found, key=lambda one: (not one.may_decide, order.index(one.standing)))


def _held_campaigns(session: Session, actor: Actor) -> set[UUID]:
    """Campaigns whose records are gone and which have a hold still."""
    found = set()
    for key in session.scalars(
        select(Hold.campaign_id).where(Hold.organisation_id == actor.organisation_id).distinct()
    ):
        try:
            require_holding(session, actor, key)
        except NotFound:
            continue
        found.add(key)
    return found


def read_hold(session: Session, *, actor: Actor, desk: StaffDesk, hold_id: UUID) -> ReadHold:
    for one in list_all_holds(session, actor=actor, desk=desk):
        if one.id == hold_id:
            return one
    raise NotFound
