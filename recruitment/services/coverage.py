"""How far the sift has come, and how well its shortlisters agree; no application is told apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.eligibility import why_unchecked
from recruitment.rules.errors import TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import Agreement, agreement, differs
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Criterion, QuestionCriterion
from recruitment.store.closing_times import last_personal_closing
from recruitment.store.eligibility import waiting_count
from recruitment.store.first_sifts import count_in_first_sift
from recruitment.store.people import Person
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score


@dataclass(frozen=True)
class Progress:
    name: str
    scores_wanted: int
    scores_given: int
    recused: int


@dataclass(frozen=True)
class CriterionAgreement:
    name: str
    agreement: Agreement


@dataclass(frozen=True)
class Coverage:
    """`unfilled`: answers with fewer shortlisters than the campaign wants, after recusals."""

    shortlisters: tuple[Progress, ...]
    criteria: tuple[CriterionAgreement, ...]
    to_moderate: int
    in_moderation: int
    moderated: int
    unfilled: int

    @property
    def is_complete(self) -> bool:
        return all(p.scores_given >= p.scores_wanted for p in self.shortlisters) and not self.unfilled


def read_coverage(session: Session, *, actor: Actor, campaign_id: UUID) -> Coverage:
    campaign = require(session, actor, campaign_id, Permission.SEE_COVERAGE)
    values = _values(session, campaign_id)
    arranged = {
        (answer_id, criterion_id): agreed
        for answer_id, criterion_id, agreed in session.execute(
            select(Moderation.answer_id, Moderation.criterion_id, Moderation.agreed_value).where(
                Moderation.campaign_id == campaign_id
            )
        )
    }
    criteria = {
        row.id: row for row in session.scalars(select(Criterion).where(Criterion.campaign_id == campaign_id))
    }
    holders = _holders(session, campaign_id)
    # Nobody can agree on an answer whose application was withdrawn.
    standing = {key: agreed for key, agreed in arranged.items() if key[0] in holders}
    to_moderate = sum(
        1
        for key, scores in values.items()
        if key not in arranged
        and len(scores) == holders.get(key[0], 0)
        and differs(scores, minimum=criteria[key[1]].minimum)
    )
    pairs: dict[UUID, list[tuple[int, int]]] = {}
    for (_, criterion_id), scores in values.items():
        pairs.setdefault(criterion_id, []).extend(combinations(scores, 2))
    return Coverage(
        _progress(session, campaign_id),
        tuple(
            CriterionAgreement(criteria[criterion_id].name, agreement(found))
            for criterion_id, found in sorted(pairs.items(), key=lambda item: criteria[item[0]].position)
        ),
        to_moderate,
        sum(agreed is None for agreed in standing.values()),
        sum(agreed is not None for agreed in standing.values()),
        sum(1 for number in holders.values() if number < campaign.shortlisters_per_answer),
    )


def _values(session: Session, campaign_id: UUID) -> dict[tuple[UUID, UUID], list[int]]:
    found: dict[tuple[UUID, UUID], list[int]] = {}
    for answer_id, criterion_id, value in session.execute(
        select(Allocation.answer_id, Score.criterion_id, Score.value)
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(Allocation.campaign_id == campaign_id, Allocation.state == AllocationState.OPEN)
        .order_by(Allocation.answer_id, Allocation.person_id)
    ):
        found.setdefault((answer_id, criterion_id), []).append(value)
    return found


def _holders(session: Session, campaign_id: UUID) -> dict[UUID, int]:
    """Answer → how many shortlisters still have it; nought where all recused themselves."""
    is_open = case((Allocation.state == AllocationState.OPEN, 1), else_=0)
    return {
        answer_id: int(number)
        for answer_id, number in session.execute(
            select(Allocation.answer_id, func.sum(is_open))
            .where(
                Allocation.campaign_id == campaign_id,
                Allocation.state.in_((AllocationState.OPEN, AllocationState.RECUSED)),
            )
            .group_by(Allocation.answer_id)
        )
    }


def _progress(session: Session, campaign_id: UUID) -> tuple[Progress, ...]:
    wanted = (
        select(QuestionCriterion.question_id, func.count().label("number"))
        .where(QuestionCriterion.campaign_id == campaign_id)
        .group_by(QuestionCriterion.question_id)
        .subquery()
    )
    given = (
        select(Score.allocation_id, func.count().label("number"))
        .where(Score.campaign_id == campaign_id)
        .group_by(Score.allocation_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Person.id,
            Person.name,
            Allocation.state,
            func.sum(wanted.c.number),
            func.sum(func.coalesce(given.c.number, 0)),
            func.count(),
        )
        .select_from(Allocation)
        .join(Person, Person.id == Allocation.person_id)
        .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
        .join(wanted, wanted.c.question_id == Answer.question_id)
        .outerjoin(given, given.c.allocation_id == Allocation.id)
        .where(Allocation.campaign_id == campaign_id)
        .group_by(Person.id, Person.name, Allocation.state)
        .order_by(Person.name, Person.id)
    )
    names: dict[UUID, str] = {}
    sums: dict[UUID, list[int]] = {}
    for person_id, name, state, wants, gives, number in rows:
        names[person_id] = name
        entry = sums.setdefault(person_id, [0, 0, 0])
        if state == AllocationState.OPEN:
            entry[0] += int(wants)
            entry[1] += int(gives)
        elif state == AllocationState.RECUSED:
            entry[2] += number
    return tuple(Progress(names[person_id], *entry) for person_id, entry in sums.items())


def lock_scores(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> None:
    """Close the sift: every score in, every difference agreed. After it no score changes."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="lock the scores")
    last = last_personal_closing(session, campaign_id)
    if last is not None and desk.now < last:
        raise TooSoon(
            "A candidate with a later closing time may still apply: see the closing times of the campaign."
        )
    if waiting := session.scalar(waiting_count(campaign_id)):
        raise TooSoon(why_unchecked(waiting))
    if count_in_first_sift(session, campaign_id):
        raise TooSoon("Close the first sift first: whoever reaches its minimum is still to be read in full.")
    coverage = read_coverage(session, actor=actor, campaign_id=campaign_id)
    if not coverage.is_complete:
        raise TooSoon("Some answers are not scored by all of their shortlisters yet.")
    if coverage.to_moderate or coverage.in_moderation:
        left = coverage.to_moderate + coverage.in_moderation
        raise TooSoon(f"{left} differing scores are not agreed yet: arrange moderation and wait for it.")
    campaign.state = CampaignState.SCORED
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="scores_locked")
