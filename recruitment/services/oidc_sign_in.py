"""Staff who come back from the account provider: matched to an account that is there already, never making one.

The first time somebody is known by the address that the provider has verified; from then on by the provider's own
subject, so that an address given to another person later opens nothing. Whoever is bound anew counts as enrolled
anew: they agree to no reveal of a list frozen before. A second factor is never left out: the provider says that it
asked for one (RFC 8176, “mfa”), or our own one-time code is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.oidc import ProviderRefused, ProviderSettings, SignedInElsewhere, subject_key
from recruitment.services.accounts import Attempt, Site, count_failure
from recruitment.services.desk import Desk
from recruitment.services.passwords import accepted_step
from recruitment.services.trail import record_event
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person, find_person

UNKNOWN = (
    "Nobody with this account works here with recruitment. Ask your administrator to add you with the "
    "address that the account has."
)


@dataclass(frozen=True)
class Returned:
    """`needs_code`: our own one-time code has to be asked for before they are signed in."""

    person_id: UUID
    needs_code: bool


def recognise(session: Session, *, desk: Desk, settings: ProviderSettings, found: SignedInElsewhere) -> Returned:
    """Whose account this is; a write session. `ProviderRefused` where it is nobody's, or may not sign in."""
    key = subject_key(settings, found.subject)
    person = session.scalars(select(Person).where(Person.provider_subject == key)).one_or_none()
    if person is None and found.email:
        person = find_person(session, found.email)
        if person is not None and person.provider_subject is not None:
            raise ProviderRefused(
                "This address belonged to another account of the provider before. Ask your administrator to "
                "separate them."
            )
    if person is None or not person.is_active or person.only_campaign_id is not None:
        raise ProviderRefused(UNKNOWN)
    if person.organisation_id != _body_of(session, settings):
        raise ProviderRefused(UNKNOWN)
    if person.locked_until is not None and person.locked_until > desk.now:
        raise ProviderRefused("Too many attempts. Wait fifteen minutes, then try again.")
    needs_code = not found.has_second_factor
    if needs_code and person.staff_factor is None:
        raise ProviderRefused(
            "The account provider did not say that it asked for a second factor, and you have none here. Ask your "
            "administrator for a link to set one up."
        )
    if not needs_code:
        complete(session, desk=desk, person=person, key=key, second_factor="provider")
    return Returned(person.id, needs_code)


def _body_of(session: Session, settings: ProviderSettings) -> UUID:
    """Whose people the provider vouches for; `ProviderRefused` where that is not set, or set to nobody."""
    bodies = {slug: key for slug, key in session.execute(select(Organisation.slug, Organisation.id))}
    if settings.organisation in bodies:
        return bodies[settings.organisation]
    if settings.organisation or len(bodies) != 1:
        raise ProviderRefused(
            "It is not set whose account provider this is. Tell your administrator: RECRUITMENT_OIDC_ORGANISATION "
            "names the organisation."
        )
    return next(iter(bodies.values()))


def complete(session: Session, *, desk: Desk, person: Person, key: str, second_factor: str) -> None:
    """Bind the account where it is new, and record who signed in and how."""
    actor = Actor(ActorKind.STAFF, person.id, person.organisation_id)
    recorded: dict[str, Any] = {"at": desk.now, "chain_id": person.organisation_id, "actor": actor}
    recorded["site"] = Site.STAFF.value
    if person.provider_subject is None:
        person.provider_subject = key
        record_event(session, **recorded, event="person_enrolled", by="provider")
    person.failed_attempts, person.locked_until = 0, None
    record_event(session, **recorded, event="signed_in", by="provider", second_factor=second_factor)


def check_code(session: Session, *, desk: Desk, person_id: UUID, key: str, code: str) -> Attempt:
    """Our own one-time code after the provider; failures count towards the same lock as passwords."""
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or not person.is_active or person.staff_factor is None:
        return Attempt(None, UNKNOWN)
    if person.locked_until is not None and person.locked_until > desk.now:
        return Attempt(None, "Too many attempts. Wait fifteen minutes, then try again.")
    secret = desk.unwrap_factor(person.organisation_id, person.id, person.staff_factor).decode()
    step = accepted_step(secret, code, person.staff_factor_used, desk.now.timestamp())
    if step is None or person.provider_subject not in (None, key):
        return count_failure(session, desk, person, Site.STAFF, "The one-time code is wrong.")
    person.staff_factor_used = step
    complete(session, desk=desk, person=person, key=key, second_factor="own code")
    return Attempt(person)
