"""The roles somebody has acted in, whether or not they still hold them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from recruitment.rules.closing_times import FOR_EVERYBODY
from recruitment.rules.entries import OUTSIDE_EVENTS
from recruitment.rules.permissions import Role
from recruitment.store.people import CampaignRole
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment

_ROLE_OF_EVENT = {
    "answer_scored": Role.SHORTLISTER,
    "moderation_proposed": Role.SHORTLISTER,
    "text_reported": Role.SHORTLISTER,
    "passage_decided": Role.CLEARER,
    "passage_decided_everywhere": Role.CLEARER,
    "leak_marked": Role.CLEARER,
    "second_look_taken": Role.CLEARER,
    "funnel_released": Role.ANALYST,
    "interview_scored": Role.PANEL_MEMBER,
    "reveal_asked": Role.RECRUITER,
}
_NAMING = ("role_given", "recruiter_named", "substitute_named")
_OPENED = "compartment_opened"
# Who has read these has acted, whatever they did next.
_ROLE_OF_OPENING = {
    Compartment.CLEARANCE.value: Role.CLEARER,
    Compartment.REQUESTS.value: Role.RECRUITER,
    Compartment.ELIGIBILITY.value: Role.RECRUITER,
    Compartment.COUNTS.value: Role.ANALYST,
    Compartment.HOLD.value: Role.RECRUITER,
    Compartment.ORIGIN.value: Role.RECRUITER,
}


def used_roles(session: Session, campaign_id: UUID, person_id: UUID) -> frozenset[Role]:
    """Read from the trail, which forgets nothing until long after the campaign's records are erased."""
    own = (TrailEvent.chain_id == campaign_id, TrailEvent.actor == f"staff:{person_id}")
    events = session.scalars(select(TrailEvent.event).where(*own, TrailEvent.event.in_(_ROLE_OF_EVENT)).distinct())
    openings = session.scalars(select(TrailEvent.detail).where(*own, TrailEvent.event == _OPENED))
    opened = {detail["compartment"] for detail in openings} & _ROLE_OF_OPENING.keys()
    used = {_ROLE_OF_EVENT[event] for event in events} | {_ROLE_OF_OPENING[one] for one in opened}
    return frozenset(used | ({Role.AUDITOR} if _was_auditor(session, campaign_id, person_id) else set()))


def has_moved_for_one(session: Session, campaign_id: UUID, person_id: UUID) -> bool:
    """Whether somebody ever decided on one candidate's own closing time: they know that one is late, and why."""
    details = session.scalars(
        select(TrailEvent.detail).where(
            TrailEvent.chain_id == campaign_id,
            TrailEvent.actor == f"staff:{person_id}",
            TrailEvent.event.in_(("closing_proposed", "closing_agreed", "closing_refused")),
        )
    )
    return any(detail.get("kind") not in FOR_EVERYBODY for detail in details)


def has_entered(session: Session, campaign_id: UUID, person_id: UUID) -> bool:
    """Whether somebody ever typed an application for the campaign, or posted a letter of it on paper."""
    own = (TrailEvent.chain_id == campaign_id, TrailEvent.actor == f"staff:{person_id}")
    found = select(TrailEvent.number).where(*own, TrailEvent.event.in_(OUTSIDE_EVENTS)).limit(1)
    return session.scalars(found).first() is not None


def campaigns_with_part(session: Session, person_id: UUID, campaigns: Collection[UUID]) -> set[UUID]:
    """Those of the campaigns in which somebody has a role, was ever given one, or ever did something.

    Entering applications and posting letters are no part: they are for those who have none. What whoever did
    either does besides, such as naming a recruiter where none is left, is no part too: they can be given none,
    and what they began must not be shut away from them.
    """
    held = select(CampaignRole.campaign_id).where(
        CampaignRole.person_id == person_id, CampaignRole.campaign_id.in_(campaigns)
    )
    theirs = TrailEvent.actor == f"staff:{person_id}"
    outside = select(TrailEvent.chain_id).where(
        TrailEvent.chain_id.in_(campaigns), theirs, TrailEvent.event.in_(OUTSIDE_EVENTS)
    )
    acted = select(TrailEvent.chain_id).where(
        TrailEvent.chain_id.in_(campaigns), theirs, TrailEvent.chain_id.not_in(outside)
    )
    named = {campaign_id for campaign_id, person in _named(session, campaigns) if person == str(person_id)}
    return {*session.scalars(union(held, acted)), *named}


def people_with_past(session: Session, campaign_id: UUID) -> set[UUID]:
    """The same the other way round, for one campaign, but for whoever has a role now and never did anything."""
    acted = select(TrailEvent.actor).where(
        TrailEvent.chain_id == campaign_id,
        TrailEvent.actor.startswith("staff:"),
        TrailEvent.event.not_in(OUTSIDE_EVENTS),
    )
    actors = {UUID(actor.removeprefix("staff:")) for actor in session.scalars(acted.distinct())}
    return {*actors, *(UUID(person) for _, person in _named(session, [campaign_id]))}


def _named(session: Session, campaigns: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Whom others ever gave a role, by campaign."""
    events = select(TrailEvent.chain_id, TrailEvent.detail).where(
        TrailEvent.chain_id.in_(campaigns), TrailEvent.event.in_(_NAMING)
    )
    return {(chain_id, detail["person"]) for chain_id, detail in session.execute(events) if detail.get("person")}


def _was_auditor(session: Session, campaign_id: UUID, person_id: UUID) -> bool:
    """Reading the trail leaves no event, so whoever was ever given the role may have read it."""
    given = session.scalars(
        select(TrailEvent.detail).where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "role_given")
    )
    wanted = {"person": str(person_id), "role": Role.AUDITOR.value}
    return any({key: detail.get(key) for key in wanted} == wanted for detail in given)
