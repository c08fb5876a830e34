"""The staff of an organisation, as its administrator sees them: names, addresses, and ways in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import NotFound
from recruitment.services.accounts import Site
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.store.people import Enrolment, Person


@dataclass(frozen=True)
class ListedPerson:
    """`enrolled`: the sites they can sign in to; `invited`: those with a link that still works."""

    id: UUID
    name: str
    email: str
    is_administrator: bool
    is_active: bool
    enrolled: frozenset[Site]
    invited: frozenset[Site]
    has_provider: bool = False


def list_people(
    session: Session, *, actor: Actor, desk: Desk, after: UUID | None = None, limit: int = 200
) -> list[ListedPerson]:
    """People of the actor's organisation by name, from behind the person `after`."""
    require_administrator(session, actor)
    query = select(Person).where(Person.organisation_id == actor.organisation_id)
    if after is not None:
        last = session.get(Person, after)
        if last is None or last.organisation_id != actor.organisation_id:
            raise NotFound
        query = query.where(tuple_(Person.name, Person.id) > tuple_(last.name, last.id))
    people = session.scalars(query.order_by(Person.name, Person.id).limit(limit)).all()
    return _listed(session, desk, people)


def read_person(session: Session, *, actor: Actor, desk: Desk, person_id: UUID) -> ListedPerson:
    require_administrator(session, actor)
    person = session.get(Person, person_id)
    if person is None or person.organisation_id != actor.organisation_id:
        raise NotFound
    return _listed(session, desk, [person])[0]


def _listed(session: Session, desk: Desk, people: Iterable[Person]) -> list[ListedPerson]:
    people = list(people)
    invited: dict[UUID, set[Site]] = {}
    for person_id, site in session.execute(
        select(Enrolment.person_id, Enrolment.site).where(
            Enrolment.person_id.in_([person.id for person in people]),
            Enrolment.used_at.is_(None),
            Enrolment.expires_at > desk.now,
            Enrolment.site.in_(list(Site)),  # a demonstration has sign-in links of its own here
        )
    ):
        invited.setdefault(person_id, set()).add(Site(site))
    return [
        ListedPerson(
            person.id,
            person.name,
            person.email,
            person.is_administrator,
            person.is_active,
            frozenset(site for site in Site if _may_sign_in(person, site)),
            frozenset(invited.get(person.id, set())),
            person.provider_subject is not None,
        )
        for person in people
    ]


def _may_sign_in(person: Person, site: Site) -> bool:
    if site is Site.STAFF:
        return person.staff_password is not None and person.staff_factor is not None
    return person.public_password is not None and person.public_factor is not None
