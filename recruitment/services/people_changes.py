"""What an administrator changes about the people of the body; each change in the trail.

An address is never changed: whoever can read the mail of an address can enrol with it, so a changed address would
let an administrator become somebody else, and agree to a reveal in their name. A new address is a new person.
"""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotFound, TooLate, check_lines
from recruitment.rules.permissions import ROLE_TITLES, Role
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Enrolment, Person


def _own(session: Session, actor: Actor, person_id: UUID) -> Person:
    require_administrator(session, actor)
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or person.organisation_id != actor.organisation_id:
        raise NotFound
    return person


def _record(session: Session, desk: Desk, actor: Actor, event: str, person: Person, **detail: object) -> None:
    record_event(
        session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, person=person.id, **detail
    )


def list_roles(session: Session, *, actor: Actor, person_id: UUID) -> list[tuple[str, str]]:
    """(title of the campaign, what they are in it) while the campaign is not closed, the latest first."""
    require_administrator(session, actor)
    rows = session.execute(
        select(Campaign.id, Campaign.title, CampaignRole.role)
        .join(CampaignRole, CampaignRole.campaign_id == Campaign.id)
        .where(
            CampaignRole.person_id == person_id,
            Campaign.organisation_id == actor.organisation_id,
            Campaign.closed_at.is_(None),
        )
        .order_by(Campaign.closes_at.desc(), Campaign.id, CampaignRole.role)
        .limit(500)
    )
    held: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    for campaign_id, title, role in rows:
        held[campaign_id, title].append(ROLE_TITLES[Role(role)])
    return [(title, ", ".join(roles)) for (_, title), roles in held.items()]


def _check_another(session: Session, person: Person, field: str = "") -> None:
    """Raise `Invalid` where nobody else is left who could let people in."""
    others = session.scalar(
        select(func.count()).where(
            Person.organisation_id == person.organisation_id,
            Person.is_administrator,
            Person.is_active,
            Person.id != person.id,
        )
    )
    if not others:
        raise Invalid("Make somebody else an administrator first: there is no other.", field)


def change_person(
    session: Session, *, actor: Actor, desk: Desk, person_id: UUID, name: str, is_administrator: bool
) -> None:
    """A corrected name, and whether they administer the body. `Invalid` names the entry that is wrong."""
    person = _own(session, actor, person_id)
    if not name.strip():
        raise Invalid("Enter the person's name.", "name")
    check_lines(name=name)
    if person.is_administrator and not is_administrator:
        _check_another(session, person, "is_administrator")
    if is_administrator and person.only_campaign_id is not None:
        raise Invalid("An outside scorer can be nothing else.", "is_administrator")
    changed = []
    if person.name != name.strip():
        person.name = name.strip()
        changed.append("name")
    if person.is_administrator != is_administrator:
        person.is_administrator = is_administrator
        changed.append("administrator" if is_administrator else "no administrator any more")
    if changed:
        _record(session, desk, actor, "person_changed", person, changed=changed)


def retire_person(session: Session, *, actor: Actor, desk: Desk, person_id: UUID) -> None:
    """They sign in no more, at once and everywhere; what they did stays theirs, and their roles are handed on."""
    person = _own(session, actor, person_id)
    if not person.is_active:
        return
    if person.id == actor.id:
        raise TooLate("You cannot end your own access. Another administrator does that.")
    if person.is_administrator:
        _check_another(session, person)
    person.is_active, person.is_administrator = False, False
    person.staff_password = person.staff_factor = person.public_password = person.public_factor = None
    person.provider_subject = None
    person.session_version += 1
    session.execute(
        update(Enrolment)
        .where(Enrolment.person_id == person.id, Enrolment.used_at.is_(None), Enrolment.expires_at > desk.now)
        .values(expires_at=desk.now)
    )
    _record(session, desk, actor, "person_retired", person)


def return_person(session: Session, *, actor: Actor, desk: Desk, person_id: UUID) -> None:
    """They are back: a new link sets up how they sign in. Not somebody from outside, whom two people let in."""
    person = _own(session, actor, person_id)
    if person.only_campaign_id is not None:
        raise TooLate("This account was for one campaign. A recruiter asks for an outside scorer there.")
    if not person.is_active:
        person.is_active = True
        _record(session, desk, actor, "person_returned", person)


def separate_provider(session: Session, *, actor: Actor, desk: Desk, person_id: UUID) -> None:
    """Forget by which account of the provider somebody came; the next sign-in through it binds anew."""
    person = _own(session, actor, person_id)
    if person.provider_subject is not None:
        person.provider_subject = None
        person.session_version += 1
        _record(session, desk, actor, "person_separated", person)
