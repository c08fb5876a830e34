"""Staff accounts: enrolled by a single-use link on each site, signed in with password and one-time code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import Invalid, NotFound, check_lines
from recruitment.services.desk import Desk
from recruitment.services.passwords import (
    PasswordPolicy,
    accepted_step,
    check_new_password,
    factor_uri,
    is_password,
    new_factor,
)
from recruitment.services.permissions import require_administrator
from recruitment.services.post import post_letter
from recruitment.services.trail import record_event
from recruitment.store.organisations import Organisation
from recruitment.store.people import Enrolment, Person, find_person
from recruitment.vault.sealing.contact import Letter

ENROLMENT_DAYS = 7
ATTEMPTS = 5
LOCKED = timedelta(minutes=15)


class Site(StrEnum):
    PUBLIC = "public"
    STAFF = "staff"


def add_person(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    name: str,
    email: str,
    is_administrator: bool = False,
) -> UUID:
    """A member of staff without any way in yet: see `invite_person`."""
    require_administrator(session, actor)
    address = email.strip().lower()
    if not name.strip():
        raise Invalid("Enter the person's name.", "name")
    if "@" not in address:
        raise Invalid("Enter an e-mail address, like name@example.org.", "email")
    check_lines(name=name, email=address)
    if find_person(session, address) is not None:
        raise Invalid("Somebody with this e-mail address is there already.", "email")
    person = Person(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        name=name.strip(),
        email=address,
        is_administrator=is_administrator,
        created_at=desk.now,
    )
    session.add(person)
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="person_added",
        person=person.id,
        is_administrator=is_administrator,
    )
    return person.id


def invite_person(session: Session, *, actor: Actor, desk: Desk, person_id: UUID, site: Site) -> str:
    """A token for a single-use enrolment link, good for seven days; what was enrolled before is replaced."""
    require_administrator(session, actor)
    person = session.get(Person, person_id)
    if person is None or person.organisation_id != actor.organisation_id:
        raise NotFound
    if person.only_campaign_id is not None and site is Site.STAFF:
        raise NotFound("An outside scorer signs in to the scoring site alone.")
    token = desk.new_token()
    session.add(
        Enrolment(
            token_hash=desk.vault.hash_token(token),
            person_id=person_id,
            site=site,
            expires_at=desk.now + timedelta(days=ENROLMENT_DAYS),
        )
    )
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="person_invited",
        person=person_id,
        site=site.value,
    )
    return token


def send_invitation(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    person_id: UUID,
    site: Site,
    make_url: Callable[[str], str],
) -> str:
    """Post an enrolment link to the person's own address; the administrator who asks for it never sees it.

    Somebody who could read another's link could enrol as them, and agree to a reveal in their name.
    """
    token = invite_person(session, actor=actor, desk=desk, person_id=person_id, site=site)
    person = session.get_one(Person, person_id)
    organisation = session.get_one(Organisation, person.organisation_id)
    letter = Letter(
        to=person.email,
        subject=f"Set up your sign-in for {organisation.name}",
        body=(
            f"Choose a password and set up one-time codes here:\n\n{make_url(token)}\n\n"
            f"The link works once, for {ENROLMENT_DAYS} days, and replaces what you had set up before. "
            "If you did not expect it, tell your auditor.\n"
        ),
    )
    post_letter(session, desk=desk, organisation_id=person.organisation_id, letter=letter)
    return person.email


@dataclass(frozen=True)
class EnrolmentOffer:
    """What the enrolment page shows; the factor is stored only once a code made from it comes back."""

    name: str
    email: str
    factor: str
    uri: str


def _enrolment(session: Session, desk: Desk, token: str, site: Site) -> tuple[Enrolment, Person]:
    row = session.get(Enrolment, desk.vault.hash_token(token))
    if row is None or row.site != site or row.used_at is not None or row.expires_at <= desk.now:
        raise NotFound("This link was used already, or is too old. Ask your administrator for a new one.")
    return row, session.get_one(Person, row.person_id)


def read_enrolment(session: Session, *, desk: Desk, token: str, site: Site, issuer: str) -> EnrolmentOffer:
    _, person = _enrolment(session, desk, token, site)
    factor = new_factor()
    return EnrolmentOffer(person.name, person.email, factor, factor_uri(factor, person.email, issuer))


def enrol(
    session: Session,
    *,
    desk: Desk,
    policy: PasswordPolicy,
    token: str,
    site: Site,
    password: str,
    factor: str,
    code: str,
) -> Person:
    """Set a person's password and second factor on one site, and use the link up."""
    row, person = _enrolment(session, desk, token, site)
    check_new_password(password, person.email)
    step = accepted_step(factor, code, 0, desk.now.timestamp())
    if step is None:
        raise Invalid("The code does not fit. Check your phone's clock, then enter the code it shows now.", "code")
    wrapped = desk.wrap_factor(person.organisation_id, person.id, factor.encode())
    hashed = policy.hasher.hash(password)
    if site is Site.STAFF:
        person.staff_password, person.staff_factor, person.staff_factor_used = hashed, wrapped, step
    else:
        person.public_password, person.public_factor, person.public_factor_used = hashed, wrapped, step
    person.session_version += 1
    row.used_at = desk.now
    record_event(
        session,
        at=desk.now,
        chain_id=person.organisation_id,
        actor=_as_actor(person),
        event="person_enrolled",
        site=site.value,
    )
    return person


def _as_actor(person: Person) -> Actor:
    return Actor(ActorKind.STAFF, person.id, person.organisation_id)


@dataclass(frozen=True)
class Attempt:
    """The result of a sign-in: a person, or None; both must be committed, since failures are counted."""

    person: Person | None
    sentence: str = ""


WRONG = "The e-mail address, password or code is wrong."


def sign_in_staff(
    session: Session,
    *,
    desk: Desk,
    policy: PasswordPolicy,
    site: Site,
    email: str,
    password: str,
    code: str,
) -> Attempt:
    """Check password and one-time code. Five failures lock the account for fifteen minutes.

    Unknown people, wrong passwords and wrong codes get one answer after the same work.
    """
    person = find_person(session, email)
    on_staff_site = site is Site.STAFF
    hashed = (person.staff_password if on_staff_site else person.public_password) if person else None
    right = is_password(policy, hashed, password)
    if person is None:
        return Attempt(None, WRONG)
    # Only now, since hashing takes long: attempts at one account are counted one after another.
    session.refresh(person, with_for_update=True)
    if person.locked_until is not None and person.locked_until > desk.now:
        return Attempt(None, "Too many attempts. Wait fifteen minutes, then try again.")
    step = None
    factor = person.staff_factor if on_staff_site else person.public_factor
    if right and person.is_active and factor is not None:
        secret = desk.unwrap_factor(person.organisation_id, person.id, factor).decode()
        used = person.staff_factor_used if on_staff_site else person.public_factor_used
        step = accepted_step(secret, code, used, desk.now.timestamp())
    if step is None:
        return count_failure(session, desk, person, site)
    if on_staff_site:
        person.staff_factor_used = step
    else:
        person.public_factor_used = step
    person.failed_attempts, person.locked_until = 0, None
    _record_sign_in(session, desk, person, site, "signed_in")
    return Attempt(person)


def count_failure(session: Session, desk: Desk, person: Person, site: Site, sentence: str = WRONG) -> Attempt:
    """Note a failed attempt, and lock the account after five."""
    person.failed_attempts += 1
    if person.failed_attempts >= ATTEMPTS:
        person.failed_attempts, person.locked_until = 0, desk.now + LOCKED
        _record_sign_in(session, desk, person, site, "account_locked")
    return Attempt(None, sentence)


def _record_sign_in(session: Session, desk: Desk, person: Person, site: Site, event: str) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=person.organisation_id,
        actor=_as_actor(person),
        event=event,
        site=site.value,
    )


def sign_out_everywhere(session: Session, *, person_id: UUID) -> None:
    """Make every session cookie of a person worthless, copies included."""
    session.get_one(Person, person_id).session_version += 1
