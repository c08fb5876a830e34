"""Finds out how this installation stands, for `recruitment doctor` and the administrator's page of it."""

from __future__ import annotations

import os
import smtplib
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.readiness import Circumstances, Finding, findings_of
from recruitment.services.documents import Scanner, network_isolation
from recruitment.services.outgoing import MailServer, connected
from recruitment.services.permissions import require_administrator
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application
from recruitment.store.jobs import Job
from recruitment.store.keys import KeyStoreIdentity
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent

_SECONDS_FOR_MAIL = 4.0
_STUBBORN = 5  # attempts of a job after which it is said to keep failing


@dataclass(frozen=True)
class Premises:
    """What the settings say of where this runs. `backup_stamp`: a file that each backup touches; None for none."""

    keys: Path
    home: Path
    is_https: bool
    trusted_proxies: int
    mail: MailServer | None
    clamd: str
    backup_stamp: Path | None
    has_oidc: bool
    provider_of: str


def read_readiness(session: Session, *, actor: Actor, desk: StaffDesk, premises: Premises) -> list[Finding]:
    """For an administrator; asks mail server and virus scanner, and waits a few seconds for each at most."""
    require_administrator(session, actor)
    return findings_of(find_circumstances(session, desk=desk, premises=premises))


def find_circumstances(session: Session, *, desk: StaffDesk, premises: Premises) -> Circumstances:
    waits_since, failing = session.execute(
        select(
            func.min(Job.run_after).filter(Job.attempts == 0),
            func.count().filter(Job.attempts >= _STUBBORN),
        )
    ).one()
    administrators = session.scalar(
        select(func.count()).where(
            Person.is_administrator,
            Person.is_active,
            Person.staff_factor.is_not(None) | Person.provider_subject.is_not(None),
        )
    )
    engine = desk.sessions.engine
    is_postgres = engine.dialect.name == "postgresql"
    with desk.vault.key_store.reading() as store:
        has_recovery = store.query(KeyStoreIdentity).one().recovery is not None
    return Circumstances(
        is_development=desk.vault.is_development,
        open_key_files=_open_files(premises.keys),
        has_recovery_key=has_recovery,
        is_key_file_own=_is_own(premises.keys / "private-master.key"),
        are_keys_beside_database=not is_postgres and _is_same_disk(premises.keys, engine.url.database),
        is_https=premises.is_https,
        trusted_proxies=premises.trusted_proxies,
        mail=_greeted(premises.mail),
        mail_host=premises.mail.host if premises.mail else "",
        is_namespaced=network_isolation() == "namespace",
        clamd=premises.clamd,
        clamd_answers=bool(premises.clamd) and Scanner(premises.clamd).is_available(),
        is_postgres=is_postgres,
        applications=session.scalar(select(func.count()).select_from(Application)) or 0,
        has_backup_stamp=premises.backup_stamp is not None,
        backup_at=_touched(premises.backup_stamp),
        has_uk_time=_knows_uk_time(),
        latest_event=session.scalar(select(func.max(TrailEvent.at))),
        waits_since=waits_since,
        failing_jobs=failing,
        administrators=administrators or 0,
        bodies_without_contact=session.scalar(
            select(func.count()).select_from(Organisation).where(Organisation.contact == "")
        )
        or 0,
        lacks_oidc=premises.has_oidc and find_spec("joserfc") is None,
        provider_of=premises.provider_of if premises.has_oidc else None,
        bodies=frozenset(session.scalars(select(Organisation.slug))),
        now=desk.now,
    )


def _greeted(server: MailServer | None) -> str | None:
    """What is wrong with the mail server, in a few words that tell no password."""
    if server is None:
        return None
    try:
        with connected(replace(server, seconds=_SECONDS_FOR_MAIL)):
            pass
    except smtplib.SMTPAuthenticationError:
        return "it refuses user or password"
    except smtplib.SMTPNotSupportedError:
        return "it offers no encryption"
    except (OSError, smtplib.SMTPException) as problem:
        return f"it does not answer ({type(problem).__name__})"
    return ""


def _open_files(folder: Path) -> tuple[str, ...]:
    """Key files that others than their owner may read; the verifying key is public."""
    found = [path for path in sorted(folder.glob("*.key")) if path.name != "verifying.key"]
    return tuple(path.name for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077)


def _is_own(path: Path) -> bool:
    try:
        return path.stat().st_uid == os.getuid()
    except OSError:
        return False


def _is_same_disk(keys: Path, database: str | None) -> bool:
    try:
        return keys.stat().st_dev == Path(database or "").stat().st_dev
    except OSError:
        return False


def _touched(stamp: Path | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(stamp.stat().st_mtime, UTC) if stamp else None
    except OSError:
        return None


def _knows_uk_time() -> bool:
    try:
        return bool(ZoneInfo("Europe/London"))
    except ZoneInfoNotFoundError:
        return False
