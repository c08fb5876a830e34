"""The panel pool: people join by their own choice, say what they can do, and leave nothing behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooSoon, check_lines
from recruitment.rules.panel_members import Training
from recruitment.rules.permissions import Role
from recruitment.rules.pool import PoolAnswers, check_answers
from recruitment.services.desk import Desk
from recruitment.services.panel_policies import current_policy
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.services.trail import record_event
from recruitment.store.people import Person, find_person
from recruitment.store.pool import PoolAbsence, PoolMembership, PoolTraining, absences_of, trainings_of
from recruitment.vault.sealing.pool import seal_pool_answers


@dataclass(frozen=True)
class PoolFacts:
    """What a member says of their work; `manager_email` names the line manager, if they are on the staff here."""

    grade: str = ""
    directorate: str = ""
    manager_email: str = ""
    can_chair: bool = False
    can_lead: bool = False
    is_inclusion_adviser: bool = False
    network: str = ""


@dataclass(frozen=True)
class HeldTraining:
    id: UUID
    training: Training
    title: str
    is_confirmed: bool


@dataclass(frozen=True)
class Absence:
    id: UUID
    first_day: date
    last_day: date


@dataclass(frozen=True)
class OwnMembership:
    """What a member sees of their own place in the pool; whether they told anything of themselves is not in it."""

    facts: PoolFacts
    training: tuple[HeldTraining, ...]
    absences: tuple[Absence, ...]


def _own(session: Session, actor: Actor) -> PoolMembership:
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed
    held = session.get(PoolMembership, actor.id)
    if held is None or held.organisation_id != actor.organisation_id:
        raise TooSoon("You are not in the panel pool: join it first.")
    return held


def _manager(session: Session, actor: Actor, email: str) -> UUID | None:
    if not email.strip():
        return None
    found = find_person(session, email)
    if found is None or found.organisation_id != actor.organisation_id:
        raise Invalid("Nobody on the staff here has this e-mail address. Leave it empty.", "manager_email")
    if found.id == actor.id:
        raise Invalid("Give your line manager's address, not your own.", "manager_email")
    return found.id


def _set_facts(session: Session, actor: Actor, held: PoolMembership, facts: PoolFacts) -> None:
    check_lines(grade=facts.grade, directorate=facts.directorate, network=facts.network)
    if not facts.directorate.strip():
        raise Invalid("Enter your directorate.", "directorate")
    if not facts.grade.strip():
        raise Invalid("Choose your grade.", "grade")
    held.grade, held.directorate = facts.grade.strip(), facts.directorate.strip()
    held.manager_id = _manager(session, actor, facts.manager_email)
    held.can_chair, held.can_lead = facts.can_chair, facts.can_lead
    held.is_inclusion_adviser, held.network = facts.is_inclusion_adviser, facts.network.strip()


def join_pool(
    session: Session, *, actor: Actor, desk: Desk, facts: PoolFacts, answers: PoolAnswers | None = None
) -> None:
    """Join, with what one can do and, apart from it and optional, what one tells of oneself."""
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed
    if session.get(PoolMembership, actor.id) is not None:
        raise Invalid("You are in the panel pool already.", "directorate")
    held = PoolMembership(
        person_id=actor.id,
        organisation_id=actor.organisation_id,
        answers=_sealed(session, desk, actor, answers or PoolAnswers()),
        joined_at=desk.now,
    )
    _set_facts(session, actor, held, facts)
    session.add(held)
    session.flush()
    _record(session, desk, actor, "pool_joined")


def change_membership(session: Session, *, actor: Actor, desk: Desk, facts: PoolFacts) -> None:
    _set_facts(session, actor, _own(session, actor), facts)
    session.flush()
    _record(session, desk, actor, "pool_membership_changed")


def give_answers(session: Session, *, actor: Actor, desk: Desk, answers: PoolAnswers) -> None:
    """Give, replace or (with `PoolAnswers()`) take back what one told of oneself; which, is not recorded."""
    held = _own(session, actor)
    held.answers = _sealed(session, desk, actor, answers)
    session.flush()
    _record(session, desk, actor, "pool_answers_changed")


def _sealed(session: Session, desk: Desk, actor: Actor, answers: PoolAnswers) -> bytes:
    keys = desk.vault.public_keys(session, actor.organisation_id)
    return seal_pool_answers(keys, actor.id, check_answers(answers))


def leave_pool(session: Session, *, actor: Actor, desk: Desk) -> None:
    """Erase everything that the pool holds of the actor, their own characteristics first of all."""
    _own(session, actor)
    for table in (PoolTraining, PoolAbsence, PoolMembership):
        session.execute(delete(table).where(table.person_id == actor.id))
    _record(session, desk, actor, "pool_left")


def _record(session: Session, desk: Desk, actor: Actor, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, **detail)


def add_training(session: Session, *, actor: Actor, desk: Desk, training: Training) -> UUID:
    """A course the actor completed; it counts once somebody else has confirmed it."""
    _own(session, actor)
    _, policy = current_policy(session, actor.organisation_id)
    if training.course not in policy.courses:
        raise Invalid("Choose one of the courses.", "course")
    if training.completed > desk.now.date():
        raise Invalid("The day of completion must be in the past.", "completed")
    if training.expires is not None and training.expires < training.completed:
        raise Invalid("The training cannot end before it was completed.", "expires")
    check_lines(evidence=training.evidence)
    if not training.evidence.strip():
        raise Invalid("Say where the evidence is, such as a certificate's number.", "evidence")
    training_id = desk.new_id()
    session.add(
        PoolTraining(
            person_id=actor.id,
            id=training_id,
            course=training.course,
            completed=training.completed,
            expires=training.expires,
            evidence=training.evidence.strip(),
        )
    )
    session.flush()
    _record(session, desk, actor, "training_added", course=training.course)
    return training_id


def remove_training(session: Session, *, actor: Actor, desk: Desk, training_id: UUID) -> None:
    _own(session, actor)
    held = session.get(PoolTraining, (actor.id, training_id))
    if held is None:
        raise NotFound
    session.delete(held)
    session.flush()
    _record(session, desk, actor, "training_removed", course=held.course)


def add_absence(session: Session, *, actor: Actor, desk: Desk, first_day: date, last_day: date) -> UUID:
    """Days on which the actor cannot sit, both included."""
    _own(session, actor)
    if last_day < first_day:
        raise Invalid("The last day cannot be before the first.", "last_day")
    if last_day < desk.now.date():
        raise Invalid("These days have passed.", "last_day")
    absence_id = desk.new_id()
    session.add(PoolAbsence(person_id=actor.id, id=absence_id, first_day=first_day, last_day=last_day))
    session.flush()
    return absence_id


def remove_absence(session: Session, *, actor: Actor, absence_id: UUID) -> None:
    _own(session, actor)
    held = session.get(PoolAbsence, (actor.id, absence_id))
    if held is None:
        raise NotFound
    session.delete(held)
    session.flush()


def read_own_membership(session: Session, *, actor: Actor, desk: Desk) -> OwnMembership | None:
    """The actor's own place in the pool; None for somebody who has not joined."""
    held = session.get(PoolMembership, actor.id)
    if held is None or held.organisation_id != actor.organisation_id:
        return None
    manager = session.get(Person, held.manager_id) if held.manager_id else None
    _, policy = current_policy(session, actor.organisation_id)
    return OwnMembership(
        PoolFacts(
            held.grade,
            held.directorate,
            manager.email if manager else "",
            held.can_chair,
            held.can_lead,
            held.is_inclusion_adviser,
            held.network,
        ),
        tuple(
            HeldTraining(
                row.id, training_of(row), policy.courses.get(row.course, row.course), row.confirmed_at is not None
            )
            for row in trainings_of(session, [actor.id])
        ),
        tuple(
            Absence(row.id, row.first_day, row.last_day)
            for row in absences_of(session, [actor.id], since=desk.now.date())
        ),
    )


def training_of(row: PoolTraining) -> Training:
    return Training(row.course, row.completed, row.expires, row.evidence)


def may_recruit(session: Session, actor: Actor) -> bool:
    try:
        require_recruiting(session, actor)
    except NotAllowed:
        return False
    return True


def require_recruiting(session: Session, actor: Actor) -> None:
    """Raise unless the actor recruits in some campaign of the organisation, or administers it."""
    person = require_staff(session, actor)
    if not holds_anywhere(session, actor, Role.RECRUITER) and not person.is_administrator:
        raise NotAllowed


@dataclass(frozen=True)
class PooledPerson:
    """One line of the pool, as the recruitment team sees it."""

    id: UUID
    name: str
    grade: str
    directorate: str
    can_chair: bool
    can_lead: bool
    is_inclusion_adviser: bool
    network: str
    training: tuple[HeldTraining, ...]


def list_pool(session: Session, *, actor: Actor) -> list[PooledPerson]:
    """Everybody in the pool by name, with their training; never with a characteristic."""
    require_recruiting(session, actor)
    _, policy = current_policy(session, actor.organisation_id)
    rows = session.execute(
        select(PoolMembership, Person.name)
        .join(Person, Person.id == PoolMembership.person_id)
        .where(PoolMembership.organisation_id == actor.organisation_id, Person.is_active)
        .order_by(Person.name, Person.id)
    ).all()
    training: dict[UUID, list[HeldTraining]] = {}
    for row in trainings_of(session, [held.person_id for held, _ in rows]):
        title = policy.courses.get(row.course, row.course)
        training.setdefault(row.person_id, []).append(
            HeldTraining(row.id, training_of(row), title, row.confirmed_at is not None)
        )
    return [
        PooledPerson(
            held.person_id,
            name,
            held.grade,
            held.directorate,
            held.can_chair,
            held.can_lead,
            held.is_inclusion_adviser,
            held.network,
            tuple(training.get(held.person_id, ())),
        )
        for held, name in rows
    ]


def confirm_training(session: Session, *, actor: Actor, desk: Desk, person_id: UUID, training_id: UUID) -> None:
    """Confirm that the evidence of somebody else's training was seen."""
    require_recruiting(session, actor)
    if person_id == actor.id:
        raise Invalid("Somebody else must confirm your training.", "training")
    held, member = session.get(PoolTraining, (person_id, training_id)), session.get(PoolMembership, person_id)
    if held is None or member is None or member.organisation_id != actor.organisation_id:
        raise NotFound
    held.confirmed_by, held.confirmed_at = actor.id, desk.now
    session.flush()
    _record(session, desk, actor, "training_confirmed", person=person_id, course=held.course)
