"""Proposes panels for all campaigns of a period at once, and gives a proposed panel its roles when it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.allocation import Infeasible, Locked, PanelNeed, PoolMember, Proposal, Wish, propose
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.panel_members import Characteristic, Duty
from recruitment.rules.panel_policies import Policy
from recruitment.rules.panels import minority_groups
from recruitment.rules.permissions import PANEL_ROLES, Permission, Role, role_conflicts
from recruitment.rules.pool import OPTIONS
from recruitment.services.openings import record_opening
from recruitment.services.panel_policies import current_policy
from recruitment.services.panels import members_of, post_grade, seated_on
from recruitment.services.permissions import require
from recruitment.services.pool import require_recruiting
from recruitment.services.roles import give_role
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Booking
from recruitment.store.people import CampaignRole, Person
from recruitment.store.pool import PoolMembership, absences_of
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.pool import open_proposal_groups

LONGEST_PERIOD = timedelta(days=366)
SECONDS = 15.0
_ROLES = {Duty.CHAIR: Role.PANEL_CHAIR, Duty.INCLUSION_LEAD: Role.INCLUSION_LEAD, None: Role.PANEL_MEMBER}


@dataclass(frozen=True)
class WantedPanel:
    """A campaign of the period whose panel is to be proposed; `may_take`: whether the actor recruits in it."""

    campaign_id: UUID
    title: str
    grade: str
    first_day: date
    last_day: date
    may_take: bool


@dataclass(frozen=True)
class ProposedPanels:
    """`outcome` names people by the hex of their id; `names` says who they are. None: nothing is wanted."""

    wanted: tuple[WantedPanel, ...]
    names: Mapping[str, str]
    outcome: Proposal | Infeasible | None


def list_wanted(session: Session, *, actor: Actor, first_day: date, last_day: date) -> list[WantedPanel]:
    """Campaigns with interviews planned in the period and none booked yet."""
    require_recruiting(session, actor)
    if not first_day <= last_day or last_day - first_day > LONGEST_PERIOD:
        raise Invalid("Give a first and a last day, at most a year apart.", "last_day")
    _, policy = current_policy(session, actor.organisation_id)
    own = set(
        session.scalars(
            select(CampaignRole.campaign_id).where(
                CampaignRole.person_id == actor.id, CampaignRole.role == Role.RECRUITER
            )
        )
    )
    rows = session.scalars(
        select(Campaign)
        .where(
            Campaign.organisation_id == actor.organisation_id,
            Campaign.interviews_from.between(first_day, last_day),
            Campaign.id.not_in(select(Booking.campaign_id)),
        )
        .order_by(Campaign.interviews_from, Campaign.title, Campaign.id)
    ).all()
    return [
        WantedPanel(
            row.id,
            row.title,
            post_grade(session, row, policy.grades),
            row.interviews_from,
            row.interviews_until or row.interviews_from,
            row.id in own,
        )
        for row in rows
        if row.interviews_from is not None and not has_reached(CampaignState(row.state), CampaignState.DECIDED)
    ]


def propose_panels(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    first_day: date,
    last_day: date,
    locked: Mapping[UUID, Sequence[Locked]],
    seconds: float = SECONDS,
) -> ProposedPanels:
    """Panels for every campaign of the period; whoever has a place already keeps it. A read session.

    What people told of themselves, as far as they consented to its use for proposals, is opened with a record and
    seen by the solver alone.
    """
    wanted = list_wanted(session, actor=actor, first_day=first_day, last_day=last_day)
    _, policy = current_policy(session, actor.organisation_id)
    pool, names = _pool(session, desk, actor, first_day)
    if not wanted:
        return ProposedPanels((), names, None)
    needs = [_need(session, each, policy, {member.id for member in pool}, locked) for each in wanted]
    outcome = propose(pool, needs, policy, today=desk.now.date(), seconds=seconds)
    return ProposedPanels(tuple(wanted), names, outcome)


def _pool(session: Session, desk: StaffDesk, actor: Actor, since: date) -> tuple[list[PoolMember], dict[str, str]]:
    rows = session.execute(
        select(PoolMembership, Person.name)
        .join(Person, Person.id == PoolMembership.person_id)
        .where(PoolMembership.organisation_id == actor.organisation_id, Person.is_active)
        .order_by(Person.id)
    ).all()
    if not rows:
        return [], {}
    ids = [row.person_id for row, _ in rows]
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.POOL,
        scope_id=actor.organisation_id,
        records=ids,
        ground="to propose panels, as far as people consented to that",
    )
    groups = open_proposal_groups(desk.vault, receipt, ((row.person_id, row.answers) for row, _ in rows))
    away: dict[UUID, set[date]] = {}
    for absence in absences_of(session, ids, since=since):
        day = max(absence.first_day, since)
        while day <= absence.last_day and day - since <= LONGEST_PERIOD * 2:
            away.setdefault(absence.person_id, set()).add(day)
            day += timedelta(days=1)
    facts = {
        member.id: member
        for member in members_of(
            session,
            ((row.person_id, name) for row, name in rows),
            today=desk.now.date(),
            campaign_id=UUID(int=0),
        )
    }
    made = []
    for row, name in rows:
        member = facts[str(row.person_id)]
        made.append(
            PoolMember(
                member.id,
                name,
                member.grade,
                member.directorate,
                member.line_manager,
                member.training,
                row.can_chair,
                row.can_lead,
                row.is_inclusion_adviser,
                member.is_network_member,
                row.is_external,
                frozenset(away.get(row.person_id, ())),
                member.panels_past_year,
                groups[row.person_id],
            )
        )
    return made, {str(row.person_id): name for row, name in rows}


def _need(
    session: Session,
    wanted: WantedPanel,
    policy: Policy,
    pooled: set[str],
    locked: Mapping[UUID, Sequence[Locked]],
) -> PanelNeed:
    campaign = session.get_one(Campaign, wanted.campaign_id)
    size = policy.setting("size")
    duties = {Role.PANEL_CHAIR: Duty.CHAIR, Role.INCLUSION_LEAD: Duty.INCLUSION_LEAD}
    held = [
        Locked(str(seat.id), next((duties[role] for role in sorted(seat.roles) if role in duties), None))
        for seat in seated_on(session, campaign.id)
        if str(seat.id) in pooled
    ]
    chosen = [lock for lock in locked.get(campaign.id, ()) if lock.member in pooled]
    barred = {
        str(person_id)
        for person_id, role in session.execute(
            select(CampaignRole.person_id, CampaignRole.role).where(CampaignRole.campaign_id == campaign.id)
        )
        if role_conflicts({Role(role), Role.PANEL_MEMBER})
    }
    known = {lock.member for lock in chosen}
    return PanelNeed(
        str(campaign.id),
        campaign.title,
        days=_weekdays(wanted.first_day, wanted.last_day),
        size=max(size.least if size else 2, len(held)),
        grade=wanted.grade,
        directorate=campaign.directorate,
        barred=frozenset(barred),
        locked=(*(lock for lock in held if lock.member not in known), *chosen),
        wishes=tuple(_wishes(policy)),
    )


def _weekdays(first: date, last: date) -> tuple[date, ...]:
    days = (first + timedelta(days=each) for each in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5) or (first,)


def _wishes(policy: Policy) -> Iterable[Wish]:
    """What a composition is to have, as wishes: after the load is shared, and opening no place to anybody."""
    if policy.setting("not_all_of_one_sex"):
        for code, label in OPTIONS[Characteristic.SEX]:
            yield Wish(label, frozenset({f"{Characteristic.SEX}:{code}"}))
    if setting := policy.setting("ethnic_minority_member"):
        codes = minority_groups(setting.grouping, (code for code, _ in OPTIONS[Characteristic.ETHNIC_GROUP]))
        yield Wish("minority", frozenset(f"{Characteristic.ETHNIC_GROUP}:{code}" for code in codes))
    if policy.setting("disabled_member"):
        yield Wish("disability", frozenset({f"{Characteristic.DISABILITY}:yes"}))


def take_proposal(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    seats: Sequence[tuple[UUID, Duty | None]],
) -> None:
    """Give the people of a proposed panel their roles in the campaign; each is asked outside this system first."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    held = {seat.id: seat.roles for seat in seated_on(session, campaign_id)}
    for person_id, duty in seats:
        member = session.get(PoolMembership, person_id)
        if member is None or member.organisation_id != campaign.organisation_id:
            raise NotFound
        if held.get(person_id, frozenset()) & PANEL_ROLES:
            continue
        give_role(session, actor=actor, desk=desk, campaign_id=campaign_id, person_id=person_id, role=_ROLES[duty])
