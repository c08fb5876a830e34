"""Who is what in a campaign: roles given and taken, as the rules allow."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.entries import WHY_NO_PART
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import PANEL_ROLES, Permission, Role, role_conflicts
from recruitment.services.filling import free_unfinished, set_aside_scores
from recruitment.services.jobs import MATCH_RELATIONSHIPS, enqueue
from recruitment.services.panel_days import reopen_if_broken
from recruitment.services.past_roles import has_entered, has_moved_for_one, used_roles
from recruitment.services.permissions import require
from recruitment.services.reasons import check_reason
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person, roles_in_campaign

# A substitute is named for one candidate, where there is a conflict: services/substitutes.py.
ASSIGNABLE = tuple(role for role in Role if role not in (Role.ADMINISTRATOR, Role.SUBSTITUTE))


def give_role(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, person_id: UUID, role: Role
) -> None:
    """Give somebody of the same organisation a role; `Invalid` says which rule forbids it."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True, even_closed=True)
    if not check_role(session, campaign, person_id, role):
        return
    if role is Role.SHORTLISTER and has_reached(CampaignState(campaign.state), CampaignState.SCORED):
        raise TooLate("The sift scores are locked, so no shortlister can be added.")
    session.add(CampaignRole(campaign_id=campaign_id, person_id=person_id, role=role, given_at=desk.now))
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="role_given",
        person=person_id,
        role=role.value,
    )
    _panel_changed(session, desk, campaign, role)


def _panel_changed(session: Session, desk: StaffDesk, campaign: Campaign, role: Role) -> None:
    """Somebody came onto or left the panel: what was booked may no longer stand, and a new member is matched."""
    if role not in PANEL_ROLES or campaign.state != CampaignState.REVEALED:
        return
    session.flush()
    enqueue(session, desk=desk, kind=MATCH_RELATIONSHIPS, campaign_id=campaign.id)
    reopen_if_broken(session, desk=desk, campaign=campaign)


def check_role(session: Session, campaign: Campaign, person_id: UUID, role: Role) -> bool:
    """Raise `Invalid` with the rule that forbids this role to somebody; false where they hold it already."""
    person = session.get(Person, person_id)
    if person is None or person.organisation_id != campaign.organisation_id or role not in ASSIGNABLE:
        raise NotFound
    if person.only_campaign_id is not None and (
        role is not Role.SHORTLISTER or person.only_campaign_id != campaign.id
    ):
        raise Invalid("This is an outside scorer, who scores in one campaign and does nothing else.", "role")
    held = roles_in_campaign(session, campaign.id, person_id)
    if role in held:
        return False
    if conflicts := role_conflicts(held | {role}):
        raise Invalid(conflicts[0], "role")
    _check_history(session, campaign.id, person_id, role)
    return True


def _check_history(session: Session, campaign_id: UUID, person_id: UUID, role: Role) -> None:
    """A role once used keeps excluding: nobody sheds one role in order to take its opposite."""
    if has_entered(session, campaign_id, person_id):
        raise Invalid(WHY_NO_PART, "role")
    used = used_roles(session, campaign_id, person_id)
    if conflicts := role_conflicts(used | {role}):
        raise Invalid(f"{conflicts[0]} They have already acted in that other role in this campaign.", "role")
    if role is Role.SHORTLISTER and has_moved_for_one(session, campaign_id, person_id):
        raise Invalid("They decided on one candidate’s closing time, so they may not score the answers.", "role")


def take_role(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    person_id: UUID,
    role: Role,
    set_aside: str = "",
) -> None:
    """Take a role away; a campaign keeps at least one recruiter who can sign in.

    Answers a shortlister leaves unfinished are short of one, until `fill_places` hands them to others. What they
    scored stands, unless `set_aside` gives the reason why it must not count: `TooLate` once the scores are locked.
    """
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True, even_closed=True)
    if set_aside.strip() and role is Role.SHORTLISTER:
        if campaign.state != CampaignState.SIFTING:
            raise TooLate("Scores can be set aside only while the sift is open.")
        check_reason(set_aside, "set_aside")
    if role is Role.RECRUITER:
        others = session.scalars(
            select(CampaignRole.person_id)
            .join(Person, Person.id == CampaignRole.person_id)
            .where(
                CampaignRole.campaign_id == campaign_id,
                CampaignRole.role == Role.RECRUITER,
                CampaignRole.person_id != person_id,
                Person.is_active,
            )
        ).first()
        if others is None:
            raise Invalid("A campaign needs a recruiter: name another one first.", "role")
    session.execute(
        delete(CampaignRole).where(
            CampaignRole.campaign_id == campaign_id,
            CampaignRole.person_id == person_id,
            CampaignRole.role == role,
        )
    )
    if role is Role.SHORTLISTER and campaign.state == CampaignState.SIFTING:
        if set_aside.strip():
            set_aside_scores(
                session,
                actor=actor,
                desk=desk,
                campaign_id=campaign_id,
                person_id=person_id,
                reason=set_aside.strip(),
            )
        else:
            free_unfinished(session, campaign_id, person_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="role_taken",
        person=person_id,
        role=role.value,
    )
    _panel_changed(session, desk, campaign, role)
