"""Copies a campaign of the product to the floor in plain text, under the same ids."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.commands.bench import tables
from recruitment.commands.bench.home import ORGANISATION, Home
from recruitment.services.desk import Desk
from recruitment.services.redacted import read_pieces
from recruitment.store import campaigns as plans
from recruitment.store.applications import Answer, Application
from recruitment.store.people import Person
from recruitment.store.sift import Allocation


def _values(row: object, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def copy_to_floor(home: Home, campaign_id: UUID) -> None:
    """Campaign, questions, criteria, redacted answers and everybody's queues."""
    desk = home.public_desk
    with desk.sessions.reading() as store, home.floor.writing() as floor:
        for person_id in home.cast.people.values():
            name = store.get_one(Person, person_id).name
            floor.merge(tables.User(id=person_id, kind="staff", name=name))
        _copy_plan(store, floor, campaign_id)
        _copy_applications(store, floor, desk, campaign_id)


def _copy_plan(store: Session, floor: Session, campaign_id: UUID) -> None:
    campaign = store.get_one(plans.Campaign, campaign_id)
    (vacancy,) = plans.list_vacancies(store, campaign_id)
    floor.add(
        tables.Campaign(
            **_values(campaign, "id", "title", "state", "closes_at", "scale_min", "scale_max"),
            organisation=ORGANISATION,
            vacancy_id=vacancy.id,
            vacancy=vacancy.title,
        )
    )
    floor.flush()
    for question in plans.list_questions(store, campaign_id):
        floor.add(
            tables.Question(
                **_values(question, "id", "campaign_id", "position", "kind", "text", "hint", "word_limit")
            )
        )
    floor.flush()
    owners = {
        criterion_id: question_id
        for question_id, criteria in plans.criteria_by_question(store, campaign_id).items()
        for criterion_id in criteria
    }
    for row in plans.list_criteria(store, campaign_id, 1):
        values = _values(row, "id", "name", "description", "minimum")
        floor.add(tables.Criterion(**values, question_id=owners[row.id]))
    floor.flush()
    for anchor in plans.list_anchors(store, campaign_id):
        if anchor.criterion_id in owners:
            floor.add(tables.Anchor(**_values(anchor, "criterion_id", "score", "text")))


def _copy_applications(store: Session, floor: Session, desk: Desk, campaign_id: UUID) -> None:
    for application in store.scalars(select(Application).where(Application.campaign_id == campaign_id)):
        values = _values(application, "id", "campaign_id", "reference", "submitted_at")
        floor.add(tables.Application(**values, user_id=None))
    floor.flush()
    for answer in store.scalars(select(Answer).where(Answer.campaign_id == campaign_id)):
        pieces = list(read_pieces(desk, campaign_id, answer.id, answer.redacted))
        values = _values(answer, "id", "application_id", "question_id", "has_restorable")
        floor.add(tables.Answer(**values, pieces=pieces))
    floor.flush()
    for allocation in store.scalars(select(Allocation).where(Allocation.campaign_id == campaign_id)):
        values = _values(allocation, "id", "campaign_id", "answer_id", "position", "recognition")
        floor.add(tables.Allocation(**values, user_id=allocation.person_id))
