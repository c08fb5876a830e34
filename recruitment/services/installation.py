"""A new installation: keys, key store, organisation, first administrator."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.errors import Invalid, check_lines
from recruitment.rules.panel_policies import DEFAULT_POLICY
from recruitment.services.accounts import add_person
from recruitment.services.panel_policies import adopt_policy
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.organisations import Installation, Organisation, find_organisation, read_installation
from recruitment.vault.compartments import OF_ORGANISATION, check_public_keys
from recruitment.vault.errors import ForeignKeyStore, MissingKey
from recruitment.vault.working import WorkingPurpose, WorkingVault


def claim_database(session: Session, *, desk: StaffDesk) -> None:
    """Write the installation's identity into an empty database."""
    if read_installation(session) is None:
        session.add(Installation(id=desk.vault.installation, created_at=desk.now))
        session.flush()


def check_installation(session: Session, vault: WorkingVault) -> None:
    """Raise unless keys, key store and database are of one installation, and every public key is signed by it."""
    vault.check_key_store()
    installed = read_installation(session)
    if installed is None:
        raise MissingKey("The database is empty. Run “recruitment install” first.")
    if installed != vault.installation:
        raise ForeignKeyStore("database")
    check_public_keys(session, vault.verifying_key)


def add_organisation(session: Session, *, desk: StaffDesk, name: str, slug: str, contact: str = "") -> UUID:
    """A body with its own compartments and accounts key."""
    if not name.strip() or (not slug.isidentifier() and not slug.replace("-", "").isalnum()):
        raise Invalid("Give a name, and a short name of letters, digits and hyphens.", "slug")
    check_lines(name=name, slug=slug)
    if find_organisation(session, slug) is not None:
        raise Invalid(f"There is an organisation “{slug}” already.", "slug")
    organisation_id = desk.new_id()
    session.add(Organisation(id=organisation_id, name=name, slug=slug, contact=contact, created_at=desk.now))
    session.flush()
    desk.vault.make_working_keys(organisation_id, (WorkingPurpose.ACCOUNTS,))
    desk.vault.make_compartments(session, organisation_id, OF_ORGANISATION, desk.now)
    actor = system_actor(organisation_id)
    record_event(
        session, at=desk.now, chain_id=organisation_id, actor=actor, event="organisation_added", name=name
    )
    adopt_policy(session, actor=actor, desk=desk, policy=DEFAULT_POLICY, reason="")
    return organisation_id


def add_administrator(session: Session, *, desk: StaffDesk, organisation_id: UUID, name: str, email: str) -> UUID:
    return add_person(
        session,
        actor=system_actor(organisation_id),
        desk=desk,
        name=name,
        email=email,
        is_administrator=True,
    )
