"""Whether an installation is ready for real people: each finding with what to do where it is not.

Sources: NCSC guidance on secure system administration and backups; ICO on security (UK GDPR Article 32); the
promises of this system. `TO_DO` must be mended first; `ADVICE` is weighed by whoever runs the service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BACKUP_WITHIN = timedelta(hours=26)  # a nightly backup, with some slack
WORKER_WITHIN = timedelta(minutes=10)
CLOCK_SLACK = timedelta(minutes=2)


class Standing(StrEnum):
    READY = "ready"
    ADVICE = "advice"
    TO_DO = "to do"


@dataclass(frozen=True)
class Finding:
    """`sentence` says how it is, `what_to_do` how to mend it; the latter is empty where nothing is to be done."""

    title: str
    standing: Standing
    sentence: str
    what_to_do: str = ""

    @property
    def is_ready(self) -> bool:
        return self.standing is not Standing.TO_DO


@dataclass(frozen=True)
class Circumstances:
    """What was found. `mail`: "" where the server answers, else why not; None where none is set. `waits_since`:
    of the oldest job that nobody began. `backup_at`: None where no stamp is set, or there is none yet.
    `provider_of`: for which of the `bodies`, by slug, an account provider signs staff in; "" where that is not
    said, None where there is no provider.
    """

    is_development: bool
    open_key_files: tuple[str, ...]
    has_recovery_key: bool
    is_key_file_own: bool
    are_keys_beside_database: bool
    is_https: bool
    trusted_proxies: int
    mail: str | None
    mail_host: str
    is_namespaced: bool
    clamd: str
    clamd_answers: bool
    is_postgres: bool
    applications: int
    has_backup_stamp: bool
    backup_at: datetime | None
    has_uk_time: bool
    latest_event: datetime | None
    waits_since: datetime | None
    failing_jobs: int
    administrators: int
    bodies_without_contact: int
    lacks_oidc: bool
    provider_of: str | None
    bodies: frozenset[str]
    now: datetime


def _found(
    title: str, is_good: bool, good: str, bad: str, what: str, standing: Standing = Standing.TO_DO
) -> Finding:
    return Finding(title, Standing.READY, good) if is_good else Finding(title, standing, bad, what)


def findings_of(found: Circumstances) -> list[Finding]:
    """Every finding, in the order in which they are best mended."""
    return [
        *_of_keys(found),
        *_of_addresses(found),
        _of_mail(found),
        *_of_documents(found),
        *_of_records(found),
        *_of_running(found),
    ]


def finding_of_counts(miscounted: Sequence[str]) -> Finding:
    """Whether the counts that are kept of each sift are those of its scores; which sifts they are not of."""
    return _found(
        "Counts of sifts", not miscounted, "What is counted of each sift is what its scores say.",
        f"Progress and agreement are shown wrongly for: {', '.join(miscounted)}.",
        "Hand answers to other shortlisters once (Sift): it counts anew. Say how it came about: it is a fault.",
    )  # fmt: skip


def _of_keys(found: Circumstances) -> list[Finding]:
    files = ", ".join(found.open_key_files)
    return [
        _found(
            "Keys", not found.is_development, "Keys are production keys.", "Keys are development keys: reinstall.",
            "Run recruitment install in an empty RECRUITMENT_HOME, without RECRUITMENT_DEVELOPMENT.",
        ),
        _found(
            "Key files", not found.open_key_files, "Only their owner can read the key files.",
            f"Others may read {files}.", f"Run: chmod 600 {files}",
        ),
        _found(
            "Recovery key", found.has_recovery_key, "A printed recovery key brings lost master keys back.",
            "There is no recovery key: lost master keys would take every sealed record with them.",
            "Run recruitment install anew before real people apply, and lock the printed key away.",
        ),
        _found(
            "Public site apart (promise 2)", not found.is_key_file_own,
            "The private keys belong to another user than this one.",
            "The public site’s process holds no private key, but its user could read the file.",
            "Run the public site as a user of its own, with the three keys that it needs (see the README).",
            Standing.ADVICE,
        ),
        _found(
            "Keys apart from the database", not found.are_keys_beside_database,
            "Keys and database lie on different disks or servers.",
            "Keys and database lie on the same disk: whoever takes the disk has both.",
            "Set RECRUITMENT_KEYS and RECRUITMENT_KEY_STORE to another disk or server.", Standing.ADVICE,
        ),
    ]  # fmt: skip


def _of_addresses(found: Circumstances) -> list[Finding]:
    return [
        _found(
            "HTTPS", found.is_https, "Both addresses are HTTPS.",
            "Set RECRUITMENT_PUBLIC_URL and RECRUITMENT_STAFF_URL to https addresses: cookies demand HTTPS.",
            "Put a proxy with a certificate in front of both sites, then set both addresses.",
        ),
        _found(
            "Proxy", found.trusted_proxies > 0, "Proxies in front are counted.",
            "No proxy is expected in front, yet both sites speak plain HTTP to it.",
            "Set RECRUITMENT_TRUSTED_PROXIES to the number of proxies, usually 1.", Standing.ADVICE,
        ),
        _found(
            "Account provider", not found.lacks_oidc, "What signs staff in is installed.",
            "RECRUITMENT_OIDC_ISSUER is set, but what it needs is not installed.",
            "Install recruitment[oidc].",
        ),
        *_of_provider(found),
    ]  # fmt: skip


def _of_provider(found: Circumstances) -> list[Finding]:
    """It vouches for the people of one body: OpenID Connect says who somebody is, not where they belong."""
    if found.provider_of is None:
        return []
    slugs = ", ".join(sorted(found.bodies))
    is_said = found.provider_of in found.bodies or (not found.provider_of and len(found.bodies) == 1)
    bad = (
        f"RECRUITMENT_OIDC_ORGANISATION is “{found.provider_of}”, and no organisation is called that."
        if found.provider_of
        else "There are several organisations, and it is not said whose account provider it is: nobody can use it."
    )
    return [
        _found(
            "Organisation of the provider", is_said, "It is known whose people the provider signs in.", bad,
            f"Set RECRUITMENT_OIDC_ORGANISATION to one of: {slugs}.",
        )
    ]  # fmt: skip


def _of_mail(found: Circumstances) -> Finding:
    if found.mail is None:
        return Finding(
            "Mail", Standing.TO_DO,
            "Set RECRUITMENT_MAIL_HOST and RECRUITMENT_MAIL_SENDER: candidates sign in by e-mail.",
            "Ask for an account on your mail server, and let its domain sign what we send (SPF, DKIM).",
        )  # fmt: skip
    return _found(
        "Mail", not found.mail, f"Mail goes through {found.mail_host}, which answers.",
        f"{found.mail_host} does not take mail from us: {found.mail}.",
        "Check host, port, user, password and RECRUITMENT_MAIL_TLS.",
    )  # fmt: skip


def _of_documents(found: Circumstances) -> list[Finding]:
    said = (
        "Uploaded documents are read in a network namespace of their own."
        if found.is_namespaced
        else "Uploaded documents are read with sockets blocked (no network namespaces here)."
    )
    isolated = Finding("Reading of documents", Standing.READY, said)
    if not found.clamd:
        return [
            isolated,
            Finding(
                "Virus scanner", Standing.READY,
                "Uploaded documents are not scanned for viruses (RECRUITMENT_CLAMD is not set).",
                "If your rules ask for it, run clamd and set RECRUITMENT_CLAMD. Nobody opens the files here.",
            ),
        ]  # fmt: skip
    return [
        isolated,
        _found(
            "Virus scanner", found.clamd_answers, f"Uploaded documents are scanned for viruses by {found.clamd}.",
            f"Nothing answers at {found.clamd}: until clamd does, every upload is refused.",
            "Start clamd, or correct RECRUITMENT_CLAMD.",
        ),
    ]  # fmt: skip


_MANY = 5_000  # applications; beyond, one writer at a time is felt


def _of_records(found: Circumstances) -> list[Finding]:
    if found.has_backup_stamp:
        is_fresh = found.backup_at is not None and found.now - found.backup_at <= BACKUP_WITHIN
        last = f"{found.backup_at:%d %B %Y}" if found.backup_at else "never"
        backups = _found(
            "Backups", is_fresh, "The last backup is less than 26 hours old.", f"The last backup: {last}.",
            "Run the backup, and have it touch RECRUITMENT_BACKUP_STAMP only when it succeeded.",
        )  # fmt: skip
    else:
        backups = Finding(
            "Backups", Standing.TO_DO, "Nobody can see here whether backups are made.",
            "Back up database and keys apart, for 35 days at most. Let each touch a file, and name that file in "
            "RECRUITMENT_BACKUP_STAMP.",
        )  # fmt: skip
    is_small = found.is_postgres or found.applications < _MANY
    return [
        backups,
        _found(
            "Database", is_small,
            "PostgreSQL holds the records." if found.is_postgres else "SQLite is enough for so many applications.",
            f"SQLite holds {found.applications:,} applications: people may have to wait for each other.",
            "Move to PostgreSQL (RECRUITMENT_DATABASE).", Standing.ADVICE,
        ),
        _found(
            "UK time", found.has_uk_time, "Deadlines are told in UK time.", "This system does not know UK time.",
            "Install the system’s time zone data (the package tzdata).",
        ),
        _found(
            "Clock", found.latest_event is None or found.latest_event <= found.now + CLOCK_SLACK,
            "The clock has not gone back.", "The clock is behind the last event of the trail.",
            "Let the system keep its time by NTP.",
        ),
    ]  # fmt: skip


def _of_running(found: Circumstances) -> list[Finding]:
    is_worked = found.waits_since is None or found.now - found.waits_since <= WORKER_WITHIN
    return [
        _found(
            "Worker", is_worked, "The worker does what waits.",
            "Work has waited for more than ten minutes: no worker runs.",
            "Start recruitment serve, or recruitment worker.",
        ),
        _found(
            "Failed work", not found.failing_jobs, "Nothing keeps failing.",
            f"{found.failing_jobs} {'job keeps' if found.failing_jobs == 1 else 'jobs keep'} failing, and will be "
            "tried again.",
            "Most are letters that the mail server refuses. See what it says of them.",
        ),
        _found(
            "Administrators", found.administrators >= 2, "More than one administrator can sign in.",
            "Fewer than two administrators can sign in: if one is away, nobody can let people in.",
            "Add a second administrator on the page People.", Standing.ADVICE,
        ),
        _found(
            "Contact", not found.bodies_without_contact, "Candidates are told whom to ask.",
            "Candidates are not told whom to ask for help.",
            "Write your contact on the page Your organisation, under Settings.", Standing.ADVICE,
        ),
    ]  # fmt: skip
