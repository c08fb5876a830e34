"""What lies under the sift key of one application, in words: for a claim, or for the person themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.services.conflicts import place_of
from recruitment.services.desk import Desk
from recruitment.services.interview_results import agreed_place, form_place
from recruitment.services.reasons import open_reason, score_place
from recruitment.services.redacted import read_pieces, shown_parts
from recruitment.store.applications import Answer, Application, StageEvent
from recruitment.store.campaigns import Criterion, Question
from recruitment.store.first_sifts import FirstSiftResult
from recruitment.store.interviews import InterviewScore, Outcome
from recruitment.store.marks import StageMark
from recruitment.store.panels import AgreedScore, Challenge, Declaration
from recruitment.store.people import Person
from recruitment.store.sift import Allocation, Score

Lines = dict[str, list[str]]
# What is told to the person themselves: nothing that somebody else said of themselves or of others.
OWN = (
    "The application",
    "What happened when",
    "Answers as shortlisters read them",
    "The first sift",
    "Scores of the sift",
    "Marks of tests",
    "Scores of the interview",
    "Scores that the panel agreed",
    "Outcome",
)
UNTIL_FINAL = OWN[:3]


def own_papers(
    session: Session, desk: Desk, campaign_id: UUID, application_id: UUID, *, are_outcomes_final: bool
) -> Lines:
    """What the person may have: staff by what they are and not by name, scores once outcomes are final.

    Source: UK GDPR Article 15(4) (rights of others); Data Protection Act 2018, Schedule 2, paragraph 25 (marks may
    wait until they are announced).
    """
    names = _Anonymous()
    every = _papers(session, desk, campaign_id, application_id, names)
    return {
        heading: every[heading] for heading in (OWN if are_outcomes_final else UNTIL_FINAL) if heading in every
    }


class _Anonymous(dict[UUID, str]):
    """A letter for each person, in the order in which they are met."""

    def __missing__(self, key: UUID) -> str:
        self[key] = f"scorer {len(self) + 1}"
        return self[key]


def _reference(session: Session, campaign_id: UUID, application_id: UUID) -> str:
    return session.get_one(Application, (campaign_id, application_id)).reference


def staff_papers(session: Session, desk: Desk, campaign_id: UUID, application_id: UUID) -> Lines:
    """Everything, with the names of staff: for a claim. Heading → lines."""
    names = {key: name for key, name in session.execute(select(Person.id, Person.name))}
    return _papers(session, desk, campaign_id, application_id, names)


def _papers(
    session: Session, desk: Desk, campaign_id: UUID, application_id: UUID, names: dict[UUID, str]
) -> Lines:
    titles = {
        row.id: row.name for row in session.scalars(select(Criterion).where(Criterion.campaign_id == campaign_id))
    }

    def of(table: Any) -> Sequence[Any]:
        return session.scalars(
            select(table).where(table.campaign_id == campaign_id, table.application_id == application_id)
        ).all()

    answers = session.execute(
        select(Answer, Question.text)
        .join(Question, (Question.campaign_id == Answer.campaign_id) & (Question.id == Answer.question_id))
        .where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
    ).all()
    scores = session.execute(
        select(Score, Allocation.person_id, Question.text)
        .join(Allocation, (Allocation.campaign_id == Score.campaign_id) & (Allocation.id == Score.allocation_id))
        .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
        .join(Question, (Question.campaign_id == Answer.campaign_id) & (Question.id == Answer.question_id))
        .where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
    ).all()
    found: Lines = {
        "The application": [f"Reference {_reference(session, campaign_id, application_id)}"],
        "What happened when": [
            f"{row.at:%-d %B %Y}: {row.kind.replace('_', ' ')}"
            for row in sorted(of(StageEvent), key=lambda row: row.at)
        ],
        "Answers as shortlisters read them": [
            f"{asked}: "
            + "".join(
                part.text for part in shown_parts(read_pieces(desk, campaign_id, answer.id, answer.redacted))
            )
            for answer, asked in answers
        ],
        "The first sift": [
            f"{row.at:%-d %B %Y}: {'went on' if row.is_past else 'below the minimum'}"
            for row in of(FirstSiftResult)
        ],
        "Scores of the sift": [
            f"{asked} – {titles[row.criterion_id]}: {row.value} by {names[person]}. "
            + open_reason(desk, campaign_id, score_place(row.allocation_id, row.criterion_id), row.reason)
            for row, person, asked in scores
        ],
        "Marks of tests": [
            f"Stage {row.stage_position}: {'absent' if row.mark is None else row.mark}" for row in of(StageMark)
        ],
        "Scores of the interview": [
            f"{titles[row.criterion_id]}: {row.value} by {names[row.person_id]}. "
            + open_reason(
                desk, campaign_id, form_place(application_id, row.person_id, row.criterion_id), row.notes
            )
            for row in of(InterviewScore)
        ],
        "Scores that the panel agreed": [
            f"{titles[row.criterion_id]}: {row.value}. "
            + open_reason(desk, campaign_id, agreed_place(application_id, row.criterion_id), row.reason)
            for row in of(AgreedScore)
        ],
        "Conflicts declared": [
            f"{names[row.person_id]}: "
            + open_reason(desk, campaign_id, place_of("declared", application_id, row.person_id), row.nature)
            for row in of(Declaration)
            if row.knows
        ],
        "Challenges": [open_reason(desk, campaign_id, f"challenge {row.id}", row.text) for row in of(Challenge)],
        "Outcome": [f"{row.result.replace('_', ' ')}. {row.reason}" for row in of(Outcome)],
    }
    return {heading: lines for heading, lines in found.items() if lines}
