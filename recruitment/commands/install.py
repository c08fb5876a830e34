"""Makes an installation: keys, schema, organisation, first administrator, recovery key."""

from __future__ import annotations

import os
from uuid import uuid4

import click

from config import Config
from recruitment.app import open_staff_desk
from recruitment.commands.migrate import migrate_all
from recruitment.rules.actors import system_actor
from recruitment.services.accounts import Site, invite_person
from recruitment.services.installation import add_administrator, add_organisation, claim_database
from recruitment.services.staff_desk import StaffDesk
from recruitment.vault.masters import FolderKeys, KeyPurpose, make_keys


def prepare_home(config: Config) -> StaffDesk:
    """Fresh keys, an empty key store and database of one new installation; refuses where keys are already."""
    if (config.keys / f"{KeyPurpose.WORKING_MASTER}.key").exists():
        raise click.ClickException(f"There is an installation already: {config.keys} holds keys.")
    config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    provider = FolderKeys(config.keys, allow_development=config.is_development)
    for key in make_keys(uuid4(), is_development=config.is_development).values():
        provider.store(key)
    os.umask(0o077)  # database and key store are for their owner alone
    migrate_all(config)
    desk = open_staff_desk(config, is_new=True)
    desk.vault.claim_key_store()
    with desk.sessions.writing() as session:
        claim_database(session, desk=desk)
    return desk


@click.command()
@click.option("--organisation", "name", prompt="Name of the organisation")
@click.option("--slug", prompt="Short name (letters, digits, hyphens)")
@click.option("--contact", default="", help="How candidates reach the organisation.")
@click.option("--administrator", prompt="Name of the first administrator")
@click.option("--email", prompt="Their e-mail address")
def install(name: str, slug: str, contact: str, administrator: str, email: str) -> None:
    """Make a new installation for real data, and print the recovery key."""
    config = Config.from_environment()
    desk = prepare_home(config)
    with desk.sessions.writing() as session:
        organisation_id = add_organisation(session, desk=desk, name=name, slug=slug, contact=contact)
        person_id = add_administrator(
            session, desk=desk, organisation_id=organisation_id, name=administrator, email=email
        )
        token = invite_person(
            session, actor=system_actor(organisation_id), desk=desk, person_id=person_id, site=Site.STAFF
        )
    recovery = desk.vault.make_recovery_key()
    click.echo(f"Installed in {config.home}.\n")
    click.echo("Print this recovery key, lock it away, and clear the screen. It brings the master keys back:")
    click.echo(f"\n  {recovery}\n")
    click.echo(f"{administrator} sets a password and second factor here, once, within seven days:")
    click.echo(f"  {config.staff_url}/enrol/{token}")


@click.command()
def migrate() -> None:
    """Bring database and key store to this version's schema."""
    migrate_all(Config.from_environment())
    click.echo("The schema is up to date.")


@click.group()
def organisations() -> None:
    """Bodies that share this installation."""


@organisations.command("add")
@click.argument("name")
@click.argument("slug")
@click.option("--contact", default="")
@click.option("--administrator", required=True, help="Name of its first administrator.")
@click.option("--email", required=True)
def add_one(name: str, slug: str, contact: str, administrator: str, email: str) -> None:
    """Add an organisation with its first administrator."""
    config = Config.from_environment()
    desk = open_staff_desk(config)
    with desk.sessions.writing() as session:
        organisation_id = add_organisation(session, desk=desk, name=name, slug=slug, contact=contact)
        person_id = add_administrator(
            session, desk=desk, organisation_id=organisation_id, name=administrator, email=email
        )
        token = invite_person(
            session, actor=system_actor(organisation_id), desk=desk, person_id=person_id, site=Site.STAFF
        )
    click.echo(f"Added {name}. {administrator} enrols here: {config.staff_url}/enrol/{token}")
