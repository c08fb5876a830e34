"""The morning's mail: to each member of staff what waits for them, as the first screen says it.

Nothing in it comes from an application: words, campaign titles and dates, no candidate and no reference. Whoever
has nothing waiting gets none. One job carries the chain from day to day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.delays import why_late
from recruitment.rules.rights_work import TASK_TITLES
from recruitment.rules.waiting import Task, action_task, counted, recruiter_task, report_task, right_task, tasks_of
from recruitment.services.actions import list_due_actions
from recruitment.services.governance_calendar import list_due_now
from recruitment.services.jobs import POST_DIGESTS
from recruitment.services.morning_mail import make_stop_token
from recruitment.services.organisation_settings import read_digest_hour
from recruitment.services.post import post_sealed, seal_message
from recruitment.services.recruiters import list_without_recruiter
from recruitment.services.rights_decisions import list_waiting
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.waiting import list_work
from recruitment.store.actions import Action
from recruitment.store.jobs import Job
from recruitment.store.people import CampaignRole, Person
from recruitment.vault.sealing.contact import Letter

UK = ZoneInfo("Europe/London")
MOST_LINES = 30
_ACTION = "Action plan"
_CALENDAR = "Governance calendar"
_RIGHTS = "Requests by right"
_DAYS = UUID("7d0c1f0e-6f55-4c0c-9a53-1d8f5f6f3a10")


def _job_id(day: date) -> UUID:
    """One id for each day: a second worker cannot queue the same morning again."""
    return uuid5(_DAYS, day.isoformat())


def _queue(session: Session, day: date, staff_url: str) -> None:
    detail = {"day": day.isoformat(), "staff_url": staff_url}
    at = datetime.combine(day, time(read_digest_hour(session), tzinfo=UK))
    session.add(Job(id=_job_id(day), kind=POST_DIGESTS, detail=detail, run_after=at))
    session.flush()


def begin_digests(desk: StaffDesk, staff_url: str) -> None:
    """Queue the next morning's digests, unless they are queued; `staff_url`: the first screen's address."""
    with desk.sessions.reading() as session:
        if session.scalars(select(Job.id).where(Job.kind == POST_DIGESTS).limit(1)).first() is not None:
            return
        hour = read_digest_hour(session)
    now = desk.now.astimezone(UK)
    day = now.date() + timedelta(days=int(now.timetz() >= time(hour, tzinfo=UK)))
    with desk.sessions.writing() as session:
        _queue(session, day, staff_url)


def post_digests(desk: StaffDesk, day: date, staff_url: str) -> int:
    """Post a morning's digests and queue the next morning's in one transaction; how many. Mornings that nobody
    worked are left out. A second run of the same morning posts none."""
    following = max(day, desk.now.astimezone(UK).date()) + timedelta(days=1)
    with desk.sessions.reading() as session:
        if session.get(Job, _job_id(following)) is not None:
            return 0
        written = _letters(session, desk, staff_url)
        keys = {home: desk.vault.public_keys(session, home) for home in {home for home, _ in written}}
    sealed = [(home, *seal_message(desk, keys[home], letter)) for home, letter in written]
    with desk.sessions.writing() as session:
        _queue(session, following, staff_url)
        for home, message_id, blob in sealed:
            post_sealed(session, desk=desk, organisation_id=home, message_id=message_id, blob=blob)
    return len(sealed)


def _letters(session: Session, desk: StaffDesk, staff_url: str) -> list[tuple[UUID, Letter]]:
    """(organisation, letter) for everybody for whom something waits."""
    found = []
    people = session.scalars(
        select(Person)
        .where(
            Person.is_active,
            Person.morning_mail_off_at.is_(None),
            or_(
                Person.is_administrator,
                Person.id.in_(select(CampaignRole.person_id)),
                Person.id.in_(select(Action.changed_by)),
            ),
        )
        .order_by(Person.organisation_id, Person.id)
    ).all()
    for person in people:
        letter = write_digest(session, desk=desk, person=person, staff_url=staff_url)
        if letter is not None:
            found.append((person.organisation_id, letter))
    return found


def write_digest(session: Session, *, desk: StaffDesk, person: Person, staff_url: str) -> Letter | None:
    """One person's digest for now; None when nothing waits for them."""
    actor = Actor(ActorKind.STAFF, person.id, person.organisation_id)
    work = list_work(session, actor=actor)
    now = desk.now
    tasks = [(one.title, task) for one in work for task in tasks_of(one.standing, now)]
    tasks += [(_ACTION, action_task(one.text)) for one in list_due_actions(session, actor=actor, today=now.date())]
    reports = list_due_now(session, actor=actor, today=now.date())
    tasks += [(_CALENDAR, report_task(one.title, one.group, one.due)) for one in reports]
    if person.is_administrator:
        tasks += [
            (_RIGHTS, right_task(TASK_TITLES[one.kind], one.reference, one.due_on))
            for one in list_waiting(session, actor=actor)
        ]
        tasks = [*((one.title, recruiter_task()) for one in list_without_recruiter(session, actor=actor)), *tasks]
    if not tasks:
        return None
    tasks.sort(key=lambda found: found[1].due or date.max)
    today = now.astimezone(UK).date()
    late = [f"{one.title}: {why}" for one in work if one.standing.is_mine and (why := why_late(one.standing, now))]
    lines = [_line(title, task, today) for title, task in tasks[:MOST_LINES]]
    if len(tasks) > MOST_LINES:
        lines.append(f"and {len(tasks) - MOST_LINES} more")
    waits = f"{counted(len(tasks), 'thing')} {'waits' if len(tasks) == 1 else 'wait'} for you"
    trouble = ["In trouble", *(f"- {line}" for line in late[:MOST_LINES]), ""] if late else []
    body = [waits, "", *(f"- {line}" for line in lines), "", *trouble, f"Sign in: {staff_url}/", ""]
    body += [f"To get this mail no longer: {staff_url}/morning-mail", ""]
    stop = f"{staff_url}/morning-mail/{make_stop_token(desk, person)}"
    return Letter(person.email, waits, "\n".join(body), unsubscribe=stop)


def _line(title: str, task: Task, today: date) -> str:
    if task.due is None:
        return f"{title}: {task.words} (no date set)"
    words = f"{task.due.day} {task.due:%B %Y}"
    return f"{title}: {task.words} ({'was due' if task.due < today else 'due'} {words})"
