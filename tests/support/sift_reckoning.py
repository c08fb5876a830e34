"""A sift reckoned from every score, row by row: slow, and the truth that kept counts must agree with."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.scoring import agreement, differs
from recruitment.rules.sift_pace import RECENT_ANSWERS, drift, time_left
from recruitment.services.coverage import Coverage, CriterionAgreement, Progress
from recruitment.services.rankings import blind_results
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import Campaign, Question, QuestionCriterion, list_criteria
from recruitment.store.people import Person
from recruitment.store.sift import Allocation, AllocationState, Moderation, ModerationProposal, Score

OPEN, RECUSED = AllocationState.OPEN, AllocationState.RECUSED


class Reckoning:
    """Everything of one sift, read into memory."""

    def __init__(self, session: Session, campaign_id: UUID) -> None:
        def every(table: Any) -> list[Any]:
            return list(session.scalars(select(table).where(table.campaign_id == campaign_id)))

        self.campaign = session.get_one(Campaign, campaign_id)
        self.names = {person.id: person.name for person in session.scalars(select(Person))}
        self.criteria = {one.id: one for one in list_criteria(session, campaign_id)}
        self.questions = {one.id: one for one in every(Question)}
        self.asked: dict[UUID, set[UUID]] = defaultdict(set)
        for one in every(QuestionCriterion):
            self.asked[one.question_id].add(one.criterion_id)
        self.answers = {one.id: one for one in every(Answer)}
        self.allocations = every(Allocation)
        self.scores: dict[UUID, dict[UUID, Score]] = defaultdict(dict)
        for score in every(Score):
            self.scores[score.allocation_id][score.criterion_id] = score
        self.moderations = every(Moderation)
        self.proposed = {(one.answer_id, one.criterion_id, one.person_id) for one in every(ModerationProposal)}

    def asked_of(self, allocation: Allocation) -> set[UUID]:
        return self.asked[self.answers[allocation.answer_id].question_id]

    def is_scored(self, allocation: Allocation) -> bool:
        return self.asked_of(allocation) <= self.scores[allocation.id].keys()

    def own(self, person_id: UUID) -> list[Allocation]:
        """In the order of the person's queue."""
        held = [one for one in self.allocations if one.person_id == person_id and one.state == OPEN]
        return sorted(held, key=lambda one: one.position)

    def coverage(self) -> Coverage:
        holders: dict[UUID, int] = {}
        for one in self.allocations:
            if one.state in (OPEN, RECUSED):
                holders[one.answer_id] = holders.get(one.answer_id, 0) + (one.state == OPEN)
        units: dict[tuple[UUID, UUID], list[int]] = defaultdict(list)
        for one in self.allocations:
            for criterion_id, score in self.scores[one.id].items() if one.state == OPEN else ():
                units[one.answer_id, criterion_id].append(score.value)
        arranged = {(one.answer_id, one.criterion_id) for one in self.moderations}
        standing = [one.agreed_value for one in self.moderations if one.answer_id in holders]
        return Coverage(
            self._progress(),
            tuple(
                CriterionAgreement(criterion.name, self._agreement(key, units))
                for key, criterion in sorted(self.criteria.items(), key=lambda item: item[1].position)
                if any(unit[1] == key for unit in units)
            ),
            sum(
                key not in arranged
                and len(values) == holders[key[0]]
                and differs(values, minimum=self.criteria[key[1]].minimum)
                for key, values in units.items()
            ),
            sum(agreed is None for agreed in standing),
            sum(agreed is not None for agreed in standing),
            sum(number < self.campaign.shortlisters_per_answer for number in holders.values()),
        )

    def _progress(self) -> tuple[Progress, ...]:
        people = sorted({one.person_id for one in self.allocations}, key=lambda key: (self.names[key], key))
        return tuple(
            Progress(
                self.names[person],
                sum(len(self.asked_of(one)) for one in self.own(person)),
                sum(len(self.scores[one.id]) for one in self.own(person)),
                sum(one.person_id == person and one.state == RECUSED for one in self.allocations),
            )
            for person in people
        )

    def _agreement(self, criterion_id: UUID, units: dict[tuple[UUID, UUID], list[int]]) -> Any:
        gaps = [
            abs(one - other)
            for (_, key), values in units.items()
            if key == criterion_id
            for one, other in combinations(values, 2)
        ]
        return agreement(len(gaps), gaps.count(0), sum(gap <= 1 for gap in gaps))

    def to_agree(self, person_id: UUID) -> int:
        held = {one.answer_id: one for one in self.own(person_id)}
        return sum(
            one.agreed_value is None
            and one.answer_id in held
            and one.criterion_id in self.scores[held[one.answer_id].id]
            and (one.answer_id, one.criterion_id, person_id) not in self.proposed
            for one in self.moderations
        )

    def queue(self, person_id: UUID) -> list[tuple[UUID, int, bool]]:
        """(handle, number of its question, whether it is scored) in order."""
        return [
            (one.id, self.questions[self.answers[one.answer_id].question_id].position, self.is_scored(one))
            for one in self.own(person_id)
        ]

    def drifts(self, person_id: UUID) -> list[tuple[int, str, Any]]:
        rows: dict[tuple[int, int, str], list[int]] = defaultdict(list)
        for one in self.own(person_id):
            question = self.questions[self.answers[one.answer_id].question_id]
            for key, score in self.scores[one.id].items():
                criterion = self.criteria[key]
                rows[question.position, criterion.position, criterion.name].append(score.value)
        return [
            (number, name, found)
            for (number, _, name), values in sorted(rows.items())
            if (found := drift(values)) is not None
        ]

    def time_left(self, person_id: UUID, left: int) -> Any:
        ended = sorted(
            max(score.scored_at for score in self.scores[one.id].values())
            for one in self.own(person_id)
            if self.scores[one.id]
        )
        return time_left(ended[-2 * RECENT_ANSWERS :], left)

    def last_scored(self, person_id: UUID) -> UUID | None:
        found = [
            (score.scored_at, one.position, one.id)
            for one in self.own(person_id)
            for score in self.scores[one.id].values()
        ]
        return max(found)[2] if found else None


def reckon_ranking(session: Session, campaign_id: UUID) -> list[tuple[str, Any, bool, bool]]:
    """(reference, total, whether every minimum is met, whether it is tied), best first."""
    results = blind_results(session, campaign_id)
    of_it = select(Application).where(Application.campaign_id == campaign_id)
    references = {one.id: one.reference for one in session.scalars(of_it)}
    totals = [result.total for result in results.values()]
    found = [
        (references[key], result.total, result.meets_minimum, totals.count(result.total) > 1)
        for key, result in results.items()
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))
