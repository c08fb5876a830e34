"""Drives to have more people answer an equality question: what was tried, when, and what published figures say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.declaration_rates import Compared, DeclarationRate, compare_rates
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.errors import Invalid, NotFound, check_lines
from recruitment.rules.question_sets import SHIPPED, QuestionSet, read_set
from recruitment.services.declaration_rates import Told, find_told, require_declaration_reader, told_of
from recruitment.services.desk import Desk
from recruitment.services.question_sets import current_set
from recruitment.services.trail import record_event
from recruitment.store.question_sets import (
    DeclarationDrive,
    EqualityQuestionSet,
    list_drives,
    newest_question_set,
)

LONGEST = 4_000
TITLES = {key: title for key, title, _ in CHARACTERISTICS}


@dataclass(frozen=True)
class ListedDrive:
    id: UUID
    title: str
    questions: tuple[str, ...]
    begins: date
    ends: date
    conclusion: str


@dataclass(frozen=True)
class ReadDrive:
    """One drive. `wording`: (question, "why we ask") of the set tried; `compared`: each question at both times."""

    id: UUID
    title: str
    aim: str
    questions: tuple[str, ...]
    version: str
    wording: tuple[tuple[str, str], ...]
    begins: date
    ends: date
    before: Told | None
    after: Told | None
    compared: tuple[Compared, ...]
    conclusion: str


def begin_drive(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    title: str,
    aim: str,
    questions: Sequence[str],
    set_version: int | None,
    begins: date,
    ends: date,
) -> UUID:
    """Record a drive. `questions`: characteristics; `set_version` None or 0: what is shipped. `Invalid` names the
    entry.
    """
    require_declaration_reader(session, actor)
    title, aim = title.strip(), aim.strip()
    if not title:
        raise Invalid("Enter a name for the drive.", "title")
    check_lines(title=title)
    if not aim or len(aim) > LONGEST:
        raise Invalid(f"Say what the drive is for, in {LONGEST:,} characters or fewer.", "aim")
    asked = _set(session, actor, set_version)
    if asked is None:
        raise Invalid("Choose a version of your equality questions.", "set_version")
    if not questions:
        raise Invalid("Select at least one question.", "questions")
    if unasked := [TITLES.get(each, each) for each in questions if each not in asked.characteristics]:
        raise Invalid(f"{unasked[0]} is not asked in that version.", "questions")
    if ends < begins:
        raise Invalid("The last day must not be before the first.", "ends")
    row = DeclarationDrive(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        title=title,
        aim=aim,
        questions=[key for key in TITLES if key in set(questions)],
        set_version=asked.number or None,
        begins=begins,
        ends=ends,
        made_by=actor.id,
        made_at=desk.now,
        changed_at=desk.now,
    )
    session.add(row)
    session.flush()
    _record(session, actor, desk, row, "declaration_drive_begun")
    return row.id


def _record(session: Session, actor: Actor, desk: Desk, row: DeclarationDrive, event: str) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event=event,
        drive=row.id,
        title=row.title,
        questions=list(row.questions),
        version=row.set_version or 0,
        before=row.before,
        after=row.after,
    )


def _set(session: Session, actor: Actor, version: int | None) -> QuestionSet | None:
    if not version:
        return SHIPPED
    row = session.get(EqualityQuestionSet, (actor.organisation_id, version))
    return read_set(row.version, row.content) if row else None


def conclude_drive(
    session: Session, *, actor: Actor, desk: Desk, drive_id: UUID, before: str, after: str, conclusion: str
) -> None:
    """Name what was published before and after, and what the body concludes; may be changed later."""
    row = _own(session, actor, drive_id)
    told, conclusion = told_of(session, actor), conclusion.strip()
    first, second = find_told(told, before), find_told(told, after)
    if before and first is None:
        raise Invalid("Choose figures that were published.", "before")
    if after and second is None:
        raise Invalid("Choose figures that were published.", "after")
    if first is not None and second is not None and second.at <= first.at:
        raise Invalid("These figures were not published after the others.", "after")
    if conclusion and second is None:
        raise Invalid("Choose the figures afterwards first: a conclusion rests on them.", "after")
    if len(conclusion) > LONGEST:
        raise Invalid(f"Shorten the conclusion to {LONGEST:,} characters or fewer.", "conclusion")
    row.before, row.after, row.conclusion, row.changed_at = before, after, conclusion, desk.now
    session.flush()
    _record(session, actor, desk, row, "declaration_drive_recorded")


def _own(session: Session, actor: Actor, drive_id: UUID) -> DeclarationDrive:
    require_declaration_reader(session, actor)
    row = session.get(DeclarationDrive, drive_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def read_drives(session: Session, *, actor: Actor) -> list[ListedDrive]:
    """The body's own, the latest begun first."""
    require_declaration_reader(session, actor)
    return [
        ListedDrive(row.id, row.title, _titles(row.questions), row.begins, row.ends, row.conclusion)
        for row in list_drives(session, actor.organisation_id)
    ]


def _titles(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(TITLES.get(key, key) for key in keys)


def read_drive(session: Session, *, actor: Actor, drive_id: UUID) -> ReadDrive:
    row = _own(session, actor, drive_id)
    told = told_of(session, actor)
    before, after = find_told(told, row.before), find_told(told, row.after)
    asked = _set(session, actor, row.set_version) or SHIPPED
    items = [
        (item, wording) for item, wording in asked.wordings if set(wording.characteristics) & set(row.questions)
    ]
    compared = tuple(
        compare_rates(_rate(before, key), _rate(after, key)) for key in row.questions if before or after
    )
    return ReadDrive(
        row.id, row.title, row.aim, _titles(row.questions), asked.version,
        tuple((item.title, asked.reasons.get(item.key, "")) for item, _ in items),
        row.begins, row.ends, before, after, compared, row.conclusion,
    )  # fmt: skip


def _rate(told: Told | None, key: str) -> DeclarationRate:
    found = told.rate(key) if told else None
    return found or DeclarationRate(key, TITLES.get(key, key))


def sets_to_try(session: Session, *, actor: Actor) -> list[QuestionSet]:
    """The versions that a drive may name, the newest first."""
    require_declaration_reader(session, actor)
    newest = newest_question_set(session, actor.organisation_id)
    numbers = range(newest.version if newest else 0, -1, -1)
    found = [_set(session, actor, number) for number in numbers]
    return [each for each in found if each is not None] or [current_set(session, actor.organisation_id)]
