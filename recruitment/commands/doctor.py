"""Says whether this installation is ready for real people, and what to do if not."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from config import Config
from recruitment.app import open_staff_desk
from recruitment.services.documents import Scanner, network_isolation


@dataclass(frozen=True)
class Finding:
    is_ready: bool
    sentence: str


def findings(config: Config) -> Iterator[Finding]:
    desk = open_staff_desk(config)
    yield Finding(
        not desk.vault.is_development,
        "Keys are production keys." if not desk.vault.is_development else "Keys are development keys: reinstall.",
    )
    secure = config.public_url.startswith("https://") and config.staff_url.startswith("https://")
    yield Finding(
        secure,
        "Both addresses are HTTPS."
        if secure
        else "Set RECRUITMENT_PUBLIC_URL and RECRUITMENT_STAFF_URL to https addresses: cookies demand HTTPS.",
    )
    yield Finding(
        bool(config.mail_host and config.mail_sender),
        f"Mail goes through {config.mail_host}."
        if config.mail_host and config.mail_sender
        else "Set RECRUITMENT_MAIL_HOST and RECRUITMENT_MAIL_SENDER: candidates sign in by e-mail.",
    )
    yield _apart(config)
    isolation = network_isolation()
    yield Finding(
        True,
        "Uploaded documents are read in a network namespace of their own."
        if isolation == "namespace"
        else "Uploaded documents are read with sockets blocked (no network namespaces here).",
    )
    yield _scanning(config)


def _scanning(config: Config) -> Finding:
    if not config.clamd:
        return Finding(True, "Uploaded documents are not scanned for viruses (RECRUITMENT_CLAMD is not set).")
    if Scanner(config.clamd).is_available():
        return Finding(True, f"Uploaded documents are scanned for viruses by {config.clamd}.")
    return Finding(False, f"Nothing answers at {config.clamd}: until clamd does, every upload is refused.")


def _apart(config: Config) -> Finding:
    """Promise 2 on one machine: the public site's own user must not be able to read the private keys."""
    path = config.keys / "private-master.key"
    owner = path.stat()
    if stat.S_IMODE(owner.st_mode) & 0o077:
        return Finding(False, f"Others may read {path}: chmod 600.")
    if owner.st_uid == os.getuid():
        return Finding(
            True,
            "The public site's process holds no private key. Run it as a user of its own as well "
            "(see the README), so that it could not read the file either.",
        )
    return Finding(True, "The private keys belong to another user than this one.")


@click.command()
def doctor() -> None:
    """Say whether this installation is ready for real people; exit status 1 when it is not."""
    ready = True
    for finding in findings(Config.from_environment()):
        click.echo(f"{'ready ' if finding.is_ready else 'TO DO '} {finding.sentence}")
        ready = ready and finding.is_ready
    sys.exit(0 if ready else 1)
