"""A campaign whose names are revealed and whose panel is declared, checked and booked step by step by the test."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.panel_members import Training
from recruitment.rules.permissions import Role
from recruitment.rules.pool import PoolAnswers
from recruitment.services import bookings, conflicts, panel_checks, pool
from recruitment.services.accounts import add_person
from recruitment.services.panel_checks import Checked
from recruitment.services.panels import standing_entries
from recruitment.services.roles import give_role, take_role
from tests.support.world import World

PANEL = ("shortlister_one", "shortlister_two", "member")


def revealed(world: World, applications: int = 6) -> UUID:
    """Names are revealed, nothing is declared, checked or booked."""
    return world.campaign(until=CampaignState.REVEALED, applications=applications, is_booked=False)


def entries(world: World, campaign_id: UUID) -> list[UUID]:
    with world.staff_desk.sessions.reading() as session:
        return standing_entries(session, campaign_id)


def declare_nothing(world: World, campaign_id: UUID, *parts: str) -> None:
    desk = world.staff_desk
    said = {entry: conflicts.Declared(knows=False) for entry in entries(world, campaign_id)}
    for part in parts or PANEL:
        with desk.sessions.writing() as session:
            conflicts.declare(session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, declared=said)


def check(world: World, campaign_id: UUID) -> Checked:
    """Check the panel as it stands, composition included, and keep the check."""
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.reading() as session:
        checked = panel_checks.prepare_check(session, actor=actor, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        return panel_checks.keep_check(session, actor=actor, desk=desk, checked=checked)


def verdict(checked: Checked, rule: str) -> str:
    return str(next(each.verdict for each in checked.findings if each.rule == rule))


def book(
    world: World, campaign_id: UUID, application_id: UUID, *, day: date | None = None, at: str = "9:30"
) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        bookings.book_interview(
            session,
            actor=world.actor("recruiter"),
            desk=desk,
            campaign_id=campaign_id,
            application_id=application_id,
            day=day or desk.now.date(),
            begins=at,
        )


def swap(world: World, campaign_id: UUID, out: str, into: str, role: Role = Role.PANEL_MEMBER) -> None:
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        asked = {"actor": actor, "desk": desk, "campaign_id": campaign_id, "role": role}
        take_role(session, **asked, person_id=world.people[out])
        give_role(session, **asked, person_id=world.people[into])


def add_pooled(world: World, name: str, answers: PoolAnswers | None = None, *, lasts: int = 400) -> str:
    """Somebody new on the staff and in the pool, trained; the part by which the world knows them."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        world.cast.people[name] = add_person(  # type: ignore[index]
            session, actor=recruiter, desk=desk, name=name.title(), email=f"{name}@body.example"
        )
    actor, today = world.actor(name), desk.now.date()
    with desk.sessions.writing() as session:
        pool.join_pool(
            session,
            actor=actor,
            desk=desk,
            facts=pool.PoolFacts("Band 7", f"Directorate of {name}"),
            answers=answers,
        )
        training = Training("panel", today - timedelta(days=30), today + timedelta(days=lasts), "Certificate")
        training_id = pool.add_training(session, actor=actor, desk=desk, training=training)
        pool.confirm_training(session, actor=recruiter, desk=desk, person_id=actor.id, training_id=training_id)
    return name
