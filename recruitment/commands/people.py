"""Staff from the command line: add, invite, list."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Config
from recruitment.app import open_staff_desk
from recruitment.rules.actors import system_actor
from recruitment.services.accounts import Site, add_person, invite_person
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.organisations import find_organisation
from recruitment.store.people import Person, find_person


@click.group()
def people() -> None:
    """Staff accounts."""


def _links(config: Config, session: Session, desk: StaffDesk, person: Person, sites: tuple[str, ...]) -> list[str]:
    made = []
    for site in sites:
        token = invite_person(
            session,
            actor=system_actor(person.organisation_id),
            desk=desk,
            person_id=person.id,
            site=Site(site),
        )
        base = config.staff_url if site == Site.STAFF else config.public_url
        made.append(f"{site} site: {base}/enrol/{token}")
    return made


_SITES = click.option(
    "--site",
    "sites",
    type=click.Choice([site.value for site in Site]),
    multiple=True,
    default=("staff", "public"),
    help="The site to enrol for: shortlisters need public, everybody else staff.",
)


@people.command()
@click.argument("organisation")
@click.argument("name")
@click.argument("email")
@click.option("--administrator", is_flag=True, help="May add people and invite them; sees no application.")
@_SITES
def add(organisation: str, name: str, email: str, administrator: bool, sites: tuple[str, ...]) -> None:
    """Add NAME to ORGANISATION (its short name) and print single-use enrolment links."""
    config = Config.from_environment()
    desk = open_staff_desk(config)
    with desk.sessions.writing() as session:
        body = find_organisation(session, organisation)
        if body is None:
            raise click.ClickException(f"There is no organisation “{organisation}”.")
        person_id = add_person(
            session,
            actor=system_actor(body.id),
            desk=desk,
            name=name,
            email=email,
            is_administrator=administrator,
        )
        lines = _links(config, session, desk, session.get_one(Person, person_id), sites)
    click.echo("\n".join(lines))


@people.command()
@click.argument("email")
@_SITES
def invite(email: str, sites: tuple[str, ...]) -> None:
    """Print new enrolment links: a lost telephone or password."""
    config = Config.from_environment()
    desk = open_staff_desk(config)
    with desk.sessions.writing() as session:
        person = find_person(session, email)
        if person is None:
            raise click.ClickException("There is nobody with this address.")
        lines = _links(config, session, desk, person, sites)
    click.echo("\n".join(lines))


@people.command("list")
def list_people() -> None:
    """Everybody with an account."""
    desk = open_staff_desk(Config.from_environment())
    with desk.sessions.reading() as session:
        for person in session.scalars(select(Person).order_by(Person.name)):
            kind = " (administrator)" if person.is_administrator else ""
            state = "" if person.is_active else " inactive"
            click.echo(f"{person.name} <{person.email}>{kind}{state}")
