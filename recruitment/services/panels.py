"""A campaign's panel as the rules read it: who sits, with what training, how often already, and what is booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.panel_members import Duty, Member, Panel, Sitting, Training
from recruitment.rules.permissions import PANEL_ROLES, Role
from recruitment.services.pool import training_of
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign, list_vacancies
from recruitment.store.interviews import ShortlistEntry
from recruitment.store.panels import Booking, Declaration, RelationshipMatch, Substitution
from recruitment.store.people import CampaignRole, Person
from recruitment.store.pool import InclusionQuestion, PoolMembership, trainings_of

YEAR = timedelta(days=365)
_DUTIES = {Role.PANEL_CHAIR: Duty.CHAIR, Role.INCLUSION_LEAD: Duty.INCLUSION_LEAD}


@dataclass(frozen=True)
class Seated:
    """Somebody on a campaign's panel."""

    id: UUID
    name: str
    email: str
    roles: frozenset[Role]


def seated_on(session: Session, campaign_id: UUID) -> list[Seated]:
    """The active people on the panel, by name. Substitutes are not among them."""
    found: dict[UUID, Seated] = {}
    for role, person_id, name, email in session.execute(
        select(CampaignRole.role, Person.id, Person.name, Person.email)
        .join(Person, Person.id == CampaignRole.person_id)
        .where(
            CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_(sorted(PANEL_ROLES)), Person.is_active
        )
        .order_by(Person.name, Person.id)
    ):
        held = found.get(person_id)
        roles = (held.roles if held else frozenset()) | {Role(role)}
        found[person_id] = Seated(person_id, name, email, roles)
    return list(found.values())


def panels_past_year(session: Session, person_ids: Sequence[UUID], *, today: date, but: UUID) -> dict[UUID, int]:
    """How many panels each sat on, or is booked to sit on, in the year up to and from today; without one of them.

    A panel is a campaign with an interview booked on a day within a year before today or later.
    """
    rows = session.execute(
        select(CampaignRole.person_id, func.count(CampaignRole.campaign_id.distinct()))
        .where(
            CampaignRole.person_id.in_(person_ids),
            CampaignRole.role.in_(sorted(PANEL_ROLES)),
            CampaignRole.campaign_id != but,
            CampaignRole.campaign_id.in_(select(Booking.campaign_id).where(Booking.day > today - YEAR)),
        )
        .group_by(CampaignRole.person_id)
    )
    return {person_id: number for person_id, number in rows}


def standing_entries(session: Session, campaign_id: UUID) -> list[UUID]:
    """The shortlisted applications that nobody withdrew."""
    return list(
        session.scalars(
            select(ShortlistEntry.application_id)
            .join(
                Application,
                (Application.campaign_id == ShortlistEntry.campaign_id)
                & (Application.id == ShortlistEntry.application_id),
            )
            .where(ShortlistEntry.campaign_id == campaign_id, Application.withdrawn_at.is_(None))
            .order_by(ShortlistEntry.application_id)
        )
    )


def bookings_of(session: Session, campaign_id: UUID) -> list[Booking]:
    return list(
        session.scalars(
            select(Booking)
            .where(Booking.campaign_id == campaign_id)
            .order_by(Booking.day, Booking.begins, Booking.application_id)
        )
    )


@dataclass(frozen=True)
class Sitters:
    """Who interviews each candidate: the panel, less who has a conflict, and those who sit in their place."""

    panel: frozenset[UUID]
    left_out: Mapping[UUID, frozenset[UUID]]
    came_in: Mapping[UUID, frozenset[UUID]]

    def of(self, application_id: UUID) -> frozenset[UUID]:
        nobody: frozenset[UUID] = frozenset()
        return (self.panel - self.left_out.get(application_id, nobody)) | self.came_in.get(application_id, nobody)


def sitters_of(session: Session, campaign_id: UUID, seats: Sequence[Seated] | None = None) -> Sitters:
    """`seats`: the panel, where it was read already."""
    panel = frozenset(seat.id for seat in (seated_on(session, campaign_id) if seats is None else seats))
    left_out: dict[UUID, set[UUID]] = {}
    came_in: dict[UUID, set[UUID]] = {}
    for application_id, person_id, substitute_id in session.execute(
        select(Declaration.application_id, Declaration.person_id, Substitution.substitute_id)
        .outerjoin(
            Substitution,
            (Substitution.campaign_id == Declaration.campaign_id)
            & (Substitution.application_id == Declaration.application_id)
            & (Substitution.member_id == Declaration.person_id),
        )
        .where(Declaration.campaign_id == campaign_id, Declaration.is_conflict.is_(True))
    ):
        left_out.setdefault(application_id, set()).add(person_id)
        if substitute_id is not None:
            came_in.setdefault(application_id, set()).add(substitute_id)
    return Sitters(
        panel,
        {key: frozenset(people) for key, people in left_out.items()},
        {key: frozenset(people) for key, people in came_in.items()},
    )


def post_grade(session: Session, campaign: Campaign, grades: Sequence[str]) -> str:
    """The grade of the post: what the recruiter set, or else the highest of the vacancies'."""
    if campaign.panel_grade:
        return campaign.panel_grade
    found = [vacancy.grade for vacancy in list_vacancies(session, campaign.id) if vacancy.grade]
    ranked = [grade for grade in found if grade in grades]
    return max(ranked, key=list(grades).index) if ranked else (found[0] if found else "")


def members_of(
    session: Session, people: Iterable[tuple[UUID, str]], *, today: date, campaign_id: UUID
) -> list[Member]:
    """The people as the rules read them; who is not in the pool has neither grade nor training."""
    named = dict(people)
    ids = list(named)
    held = {
        row.person_id: row
        for row in session.scalars(select(PoolMembership).where(PoolMembership.person_id.in_(ids)))
    }
    training: dict[UUID, list[Training]] = {}
    for course in trainings_of(session, ids):
        if course.confirmed_at is not None:
            training.setdefault(course.person_id, []).append(training_of(course))
    loads = panels_past_year(session, ids, today=today, but=campaign_id)
    made = []
    for person_id, name in named.items():
        row = held.get(person_id)
        made.append(
            Member(
                str(person_id),
                name,
                grade=row.grade if row else "",
                directorate=row.directorate if row else "",
                line_manager=str(row.manager_id) if row and row.manager_id else None,
                training=tuple(training.get(person_id, ())),
                is_inclusion_adviser=bool(row and row.is_inclusion_adviser),
                is_network_member=bool(row and row.network),
                is_external=bool(row and row.is_external),
                panels_past_year=loads.get(person_id, 0),
            )
        )
    return made


def read_panel_facts(session: Session, campaign: Campaign, *, grades: Sequence[str], today: date) -> Panel:
    """The campaign's panel for the rules, without a composition: statements do not grow with its interviews."""
    seats = seated_on(session, campaign.id)
    duties = {str(seat.id): frozenset(_DUTIES[role] for role in seat.roles if role in _DUTIES) for seat in seats}
    members = [
        _with_duties(member, duties[member.id])
        for member in members_of(
            session, ((seat.id, seat.name) for seat in seats), today=today, campaign_id=campaign.id
        )
    ]
    is_revealed = has_reached(CampaignState(campaign.state), CampaignState.REVEALED)
    bookings = bookings_of(session, campaign.id)
    sitters = sitters_of(session, campaign.id, seats)
    everybody = {seat.id for seat in seats}
    question = (
        session.get(InclusionQuestion, (campaign.organisation_id, campaign.inclusion_question_id))
        if campaign.inclusion_question_id
        else None
    )
    return Panel(
        tuple(members),
        grade=post_grade(session, campaign, grades),
        directorate=campaign.directorate,
        days=tuple(day for day in (campaign.interviews_from, campaign.interviews_until) if day),
        sittings=tuple(
            Sitting(
                booking.day,
                frozenset(str(one) for one in sitters.of(booking.application_id)),
                frozenset(str(one) for one in sitters.of(booking.application_id) - everybody),
            )
            for booking in bookings
        ),
        undeclared=_undeclared(session, campaign.id, everybody) if is_revealed else {},
        has_candidates=is_revealed,
        inclusion_question=campaign.inclusion_question,
        is_question_approved=question is not None and question.approved_at is not None,
        earlier_chairs=_earlier_chairs(session, campaign),
    )


def _with_duties(member: Member, duties: frozenset[Duty]) -> Member:
    return replace(member, duties=duties)


def _undeclared(session: Session, campaign_id: UUID, panel: Iterable[UUID]) -> dict[str, int]:
    """Member → candidates of whom they have not declared, or of whom what they declared is not ruled on."""
    entries = set(standing_entries(session, campaign_id))
    said = {
        (row.application_id, row.person_id)
        for row in session.scalars(select(RelationshipMatch).where(RelationshipMatch.campaign_id == campaign_id))
    }
    settled: dict[UUID, set[UUID]] = {}
    for row in session.scalars(select(Declaration).where(Declaration.campaign_id == campaign_id)):
        is_plain = not row.knows and (row.application_id, row.person_id) not in said
        if is_plain or row.is_conflict is not None:
            settled.setdefault(row.person_id, set()).add(row.application_id)
    return {str(person): len(entries - settled.get(person, set())) for person in panel}


def _earlier_chairs(session: Session, campaign: Campaign) -> tuple[str, ...]:
    """Who chaired the directorate's last panels that interviewed, the latest first."""
    if not campaign.directorate:
        return ()
    last = select(Booking.campaign_id, func.max(Booking.day).label("day")).group_by(Booking.campaign_id).subquery()
    rows = session.execute(
        select(CampaignRole.person_id)
        .join(Campaign, Campaign.id == CampaignRole.campaign_id)
        .join(last, last.c.campaign_id == Campaign.id)
        .where(
            Campaign.organisation_id == campaign.organisation_id,
            Campaign.directorate == campaign.directorate,
            Campaign.id != campaign.id,
            CampaignRole.role == Role.PANEL_CHAIR,
        )
        .order_by(last.c.day.desc(), Campaign.id)
        .limit(10)
    )
    return tuple(str(person_id) for (person_id,) in rows)
