"""Master keys: a new recovery key, and recovery with a printed one."""

from __future__ import annotations

import click

from config import Config
from recruitment.app import open_staff_desk
from recruitment.store.keys import KeyStoreIdentity
from recruitment.store.session import Sessions, make_engine
from recruitment.vault.masters import FolderKeys, Key, KeyPurpose, make_keys
from recruitment.vault.private import recover_master_keys
from recruitment.vault.signing import verifying_key_of


@click.group()
def keys() -> None:
    """Master keys and their recovery."""


@keys.command("print-recovery")
def print_recovery() -> None:
    """Make a new recovery key; the one printed before no longer works."""
    desk = open_staff_desk(Config.from_environment())
    click.echo(desk.vault.make_recovery_key())


@keys.command()
@click.option("--recovery-key", prompt="Recovery key", hide_input=True)
def recover(recovery_key: str) -> None:
    """Write lost key files again from the printed recovery key. Files that are there stay as they are."""
    config = Config.from_environment()
    with Sessions(make_engine(config.key_store)).reading() as session:
        identity = session.query(KeyStoreIdentity).one()
    if identity.recovery is None:
        raise click.ClickException("No recovery key was ever printed for this key store.")
    private, working, signing = recover_master_keys(recovery_key, identity.recovery, identity.installation_id)
    found = {
        KeyPurpose.PRIVATE_MASTER: private,
        KeyPurpose.WORKING_MASTER: working,
        KeyPurpose.SIGNING: signing,
        KeyPurpose.VERIFYING: verifying_key_of(signing),
    }
    # Session keys only sign people out when they change: fresh ones will do.
    fresh = make_keys(identity.installation_id, is_development=config.is_development)
    provider = FolderKeys(config.keys, allow_development=config.is_development)
    for purpose in KeyPurpose:
        material = found.get(purpose, fresh[purpose].material)
        try:
            provider.store(Key(purpose, identity.installation_id, config.is_development, material))
            click.echo(f"Wrote the {purpose} key.")
        except FileExistsError:
            click.echo(f"The {purpose} key is there already.")
