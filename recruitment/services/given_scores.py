"""Every score of a sift as it was given alone, with what weighs on it and what moderation made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruitment.rules.scorer_agreement import GivenScore, Sensitivity, SiftCase, by_unit
from recruitment.rules.scorer_agreement.given import Unit
from recruitment.store.applications import Answer, Application, is_in_use
from recruitment.store.campaigns import Campaign, Criterion, QuestionCriterion, list_criteria
from recruitment.store.first_sifts import count_in_first_sift, is_cut
from recruitment.store.people import Person
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score


@dataclass(frozen=True)
class GivenScores:
    """`is_complete`: every answer has its shortlisters, and they have scored it, as coverage reads it.

    `answers`: the answer of each unit; `arranged`: units in moderation or agreed; `references` by application,
    `names` by scorer. Of a first sift: `locked` units no longer change, `cut` applications did not go past it, and
    while it is `in_first_sift` there is nothing to rank.
    """

    case: SiftCase
    is_complete: bool
    criteria: tuple[Criterion, ...]
    answers: dict[Unit, UUID]
    arranged: frozenset[Unit]
    references: dict[str, str]
    names: dict[str, str]
    locked: frozenset[Unit] = frozenset()
    cut: frozenset[str] = frozenset()
    in_first_sift: bool = False

    @property
    def ranked(self) -> SiftCase:
        """The case without those that a first sift left out: what a shortlist is made of."""
        if not self.cut:
            return self.case
        scores = [score for score in self.case.scores if score.application not in self.cut]
        return replace(self.case, scores=scores)

    def to_moderate(self, found: Sensitivity) -> list[Unit]:
        """Scores of the borderline that differ and are not with the shortlisters yet, or agreed."""
        return [
            unit
            for unit, given in by_unit(self.case.scores).items()
            if unit[0] in found.borderline
            and unit not in self.arranged | self.locked
            and len({score.value for score in given}) > 1
        ]


def read_given_scores(session: Session, campaign: Campaign) -> GivenScores:
    """Five statements; withdrawn applications, and answers passed on, are left out."""
    scores: list[GivenScore] = []
    answers: dict[Unit, UUID] = {}
    references: dict[str, str] = {}
    holders: dict[UUID, set[UUID]] = {}
    missing = 0
    rows = session.execute(_every_score(campaign.id))
    locked: set[Unit] = set()
    cut: set[str] = set()
    for (
        application_id,
        reference,
        answer_id,
        question_id,
        criterion_id,
        person_id,
        state,
        value,
        place,
        is_locked,
        was_cut,
    ) in rows:
        held = holders.setdefault(answer_id, set())
        if state != AllocationState.OPEN:
            continue
        held.add(person_id)
        if value is None:
            missing += 1
            continue
        score = GivenScore(person_id.hex, application_id.hex, question_id.hex, criterion_id.hex, value, place)
        scores.append(score)
        answers[score.unit] = answer_id
        if is_locked:
            locked.add(score.unit)
        if was_cut:
            cut.add(score.application)
        references[application_id.hex] = reference
    units = {(answer_id, unit[2]): unit for unit, answer_id in answers.items()}
    moderations = {
        units[key]: agreed
        for answer_id, criterion_id, agreed in session.execute(
            select(Moderation.answer_id, Moderation.criterion_id, Moderation.agreed_value).where(
                Moderation.campaign_id == campaign.id
            )
        )
        if (key := (answer_id, criterion_id.hex)) in units
    }
    criteria = tuple(list_criteria(session, campaign.id))
    people = select(Person.id, Person.name).where(
        Person.id.in_(select(Allocation.person_id).where(Allocation.campaign_id == campaign.id))
    )
    return GivenScores(
        SiftCase(
            scores,
            {unit: agreed for unit, agreed in moderations.items() if agreed is not None},
            {one.id.hex: one.weight for one in criteria},
            {one.id.hex: one.minimum for one in criteria},
        ),
        not missing and all(len(held) >= campaign.shortlisters_per_answer for held in holders.values()),
        criteria,
        answers,
        frozenset(moderations),
        references,
        {person_id.hex: name for person_id, name in session.execute(people)},
        frozenset(locked),
        frozenset(cut),
        bool(count_in_first_sift(session, campaign.id)),
    )


def _every_score(campaign_id: UUID) -> Select[UUID, str, UUID, UUID, UUID, UUID, str, int, int, bool, bool]:
    """A row for each score wanted of anybody, without a value where it is not given."""
    return (
        select(
            Application.id,
            Application.reference,
            Answer.id,
            Answer.question_id,
            QuestionCriterion.criterion_id,
            Allocation.person_id,
            Allocation.state,
            Score.value,
            Allocation.position,
            Allocation.is_locked,
            is_cut(),
        )
        .select_from(Allocation)
        .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
        .join(
            QuestionCriterion,
            (QuestionCriterion.campaign_id == Answer.campaign_id)
            & (QuestionCriterion.question_id == Answer.question_id),
        )
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .outerjoin(
            Score,
            (Score.campaign_id == Allocation.campaign_id)
            & (Score.allocation_id == Allocation.id)
            & (Score.criterion_id == QuestionCriterion.criterion_id),
        )
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.state.in_((AllocationState.OPEN, AllocationState.RECUSED)),
            is_in_use(),
        )
    )
