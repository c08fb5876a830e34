"""The reveal: a recruiter asks, a second person agrees to that very shortlist, then names open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Identity
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import NotAllowed, NotFound, Stale, TooSoon
from recruitment.rules.permissions import Permission, Role, is_second_person, permissions_of
from recruitment.services.jobs import MATCH_RELATIONSHIPS, enqueue
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.shortlists import frozen_shortlist
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Substitution
from recruitment.store.people import Person, roles_in_campaign
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.identity import open_identities


def ask_reveal(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> None:
    campaign = require(session, actor, campaign_id, Permission.ASK_REVEAL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.FROZEN, act="ask for the reveal")
    entries = frozen_shortlist(session, campaign)
    campaign.reveal_asked_by, campaign.reveal_asked_at = actor.id, desk.now
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="reveal_asked",
        digest=(campaign.shortlist_digest or b"").hex(),
        places=len(entries),
    )


@dataclass(frozen=True)
class RevealRequest:
    """What the second person is asked to agree to; `digest` must come back with the agreement."""

    title: str
    asked_by: str
    asked_at: datetime
    places: int
    digest: str


def read_reveal_request(session: Session, *, actor: Actor, campaign_id: UUID) -> RevealRequest:
    campaign = require(session, actor, campaign_id, Permission.AGREE_REVEAL)
    require_state(CampaignState(campaign.state), CampaignState.FROZEN, act="agree to the reveal")
    if campaign.reveal_asked_by is None or campaign.reveal_asked_at is None:
        raise TooSoon("Nobody has asked for the reveal yet: a recruiter of the campaign does that.")
    asker = session.get_one(Person, campaign.reveal_asked_by)
    entries = frozen_shortlist(session, campaign)
    return RevealRequest(
        campaign.title,
        asker.name,
        campaign.reveal_asked_at,
        len(entries),
        (campaign.shortlist_digest or b"").hex(),
    )


def agree_reveal(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, digest: str) -> None:
    """The second person agrees to the shortlist with this digest; from here on names may be opened."""
    campaign = require(session, actor, campaign_id, Permission.AGREE_REVEAL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.FROZEN, act="agree to the reveal")
    if not is_second_person(roles_in_campaign(session, campaign_id, actor.id)):
        raise NotAllowed
    if campaign.reveal_asked_by is None:
        raise TooSoon("Nobody has asked for the reveal yet: a recruiter of the campaign does that.")
    if campaign.reveal_asked_by == actor.id:
        raise NotAllowed
    if enrolled_since(session, actor, campaign.frozen_at):
        raise TooSoon(
            "Your sign-in was set up anew after this shortlist was frozen, so you cannot agree to its reveal. "
            "Ask a recruiter of the campaign to name a deputy of the panel chair."
        )
    if (campaign.shortlist_digest or b"").hex() != digest:
        raise Stale("The shortlist is not the one you were shown. Look again.")
    frozen_shortlist(session, campaign)
    campaign.reveal_agreed_by, campaign.reveal_agreed_at = actor.id, desk.now
    campaign.state = CampaignState.REVEALED
    enqueue(session, desk=desk, kind=MATCH_RELATIONSHIPS, campaign_id=campaign_id)
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="reveal_agreed", digest=digest)


def count_places(session: Session, *, actor: Actor, campaign_id: UUID) -> int:
    """How many are on the frozen shortlist: all that may be known of it before the reveal."""
    return len(frozen_shortlist(session, require(session, actor, campaign_id, Permission.FREEZE_SHORTLIST)))


def enrolled_since(session: Session, actor: Actor, moment: datetime | None) -> bool:
    """Whether somebody's sign-in was made or replaced after a moment: it might not be they who came back."""
    found = session.scalars(
        select(TrailEvent.number).where(
            TrailEvent.chain_id == actor.organisation_id,
            TrailEvent.event == "person_enrolled",
            TrailEvent.actor == str(actor),
            TrailEvent.at > moment,
        )
    ).first()
    return found is not None


@dataclass(frozen=True)
class Named:
    """Somebody on the revealed shortlist."""

    application_id: UUID
    identity: Identity
    is_withdrawn: bool

    @property
    def name(self) -> str:
        return self.identity.full_name


_AFTER_REVEAL = (
    CampaignState.REVEALED,
    CampaignState.DECIDED,
    CampaignState.TALLIED,
    CampaignState.RELEASED,
)


def revealed_campaign(session: Session, actor: Actor, campaign_id: UUID, permission: Permission) -> Campaign:
    campaign = require(session, actor, campaign_id, permission)
    require_state(CampaignState(campaign.state), *_AFTER_REVEAL, act="see names")
    if campaign.reveal_agreed_by is None or campaign.reveal_agreed_by == campaign.reveal_asked_by:
        raise TooSoon("The reveal needs two people.")
    return campaign


def visible_entries(session: Session, actor: Actor, campaign: Campaign) -> list[UUID]:
    """Whose names somebody may see: the whole frozen shortlist, or for a substitute those they sit for."""
    entries = frozen_shortlist(session, campaign)
    held = roles_in_campaign(session, campaign.id, actor.id)
    if any(Permission.SEE_NAMES in permissions_of([role]) for role in held - {Role.SUBSTITUTE}):
        return entries
    own = set(
        session.scalars(
            select(Substitution.application_id).where(
                Substitution.campaign_id == campaign.id, Substitution.substitute_id == actor.id
            )
        )
    )
    return [entry for entry in entries if entry in own]


def read_names(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    only: Sequence[UUID] | None = None,
    ground: str = "revealed shortlist",
) -> list[Named]:
    """Names of the frozen shortlist (or of `only` some of it), alphabetical; opened with a record.

    A read session: the record commits in a session of its own.
    """
    campaign = revealed_campaign(session, actor, campaign_id, Permission.SEE_NAMES)
    entries = visible_entries(session, actor, campaign)
    wanted = entries if only is None else [entry for entry in entries if entry in set(only)]
    if only is not None and len(wanted) != len(set(only)):
        raise NotFound
    rows = session.execute(
        select(Application.id, Application.withdrawn_at, SealedRecord.blob)
        .join(
            SealedRecord,
            (SealedRecord.campaign_id == Application.campaign_id)
            & (SealedRecord.application_id == Application.id),
        )
        .where(
            Application.campaign_id == campaign_id,
            Application.id.in_(wanted),
            SealedRecord.compartment == Compartment.IDENTITY,
            SealedRecord.part == "",
        )
    ).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.IDENTITY,
        scope_id=campaign_id,
        records=wanted,
        ground=ground,
    )
    opened = open_identities(desk.vault, receipt, ((key, blob) for key, _, blob in rows))
    named = [Named(key, opened[key], withdrawn is not None) for key, withdrawn, _ in rows]
    return sorted(named, key=lambda one: (one.name.casefold(), one.application_id))
