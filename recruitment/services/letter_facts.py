"""What a letter may tell one candidate: their own final scores with guide and reasons, and nothing of others.

Neither who scored, nor a line, rank or total is read here; reasons are in the order of their words, so that the
order tells nothing of who gave them.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.letter_wordings import LetterFacts, OwnScore, guide_around
from recruitment.rules.letters import WITH_INTERVIEW, WITH_TESTS, LetterKind
from recruitment.rules.scoring import final_score
from recruitment.services.desk import Desk
from recruitment.services.interview_results import agreed_place, interview_criteria, interview_finals
from recruitment.services.moderation import proposal_place
from recruitment.services.reasons import open_reason, score_place
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import (
    Campaign,
    Criterion,
    Stage,
    list_anchors,
    list_criteria,
    list_questions,
    list_vacancies,
)
from recruitment.store.interviews import Outcome
from recruitment.store.marks import StageMark, StageMarking
from recruitment.store.organisations import Organisation
from recruitment.store.panels import AgreedScore
from recruitment.store.sift import Allocation, AllocationState, Moderation, ModerationProposal, Score

_Unit = tuple[UUID, UUID, UUID]
"""Application, question, criterion."""


def letter_facts(
    session: Session, desk: Desk, campaign_id: UUID, wanted: dict[UUID, LetterKind | None], ask_address: str
) -> dict[UUID, LetterFacts]:
    """Application → its facts, for a batch in a fixed number of statements. `wanted`: the letter each gets."""
    campaign = session.get_one(Campaign, campaign_id)
    body = session.get_one(Organisation, campaign.organisation_id)
    criteria = {row.id: row for row in list_criteria(session, campaign_id)}
    anchors: dict[UUID, dict[int, str]] = {}
    for anchor in list_anchors(session, campaign_id):
        anchors.setdefault(anchor.criterion_id, {})[anchor.score] = anchor.text
    sift = _sift_scores(session, desk, campaign, wanted, criteria, anchors)
    interviewed = {key for key, kind in wanted.items() if kind in WITH_INTERVIEW}
    interview = _interview_scores(session, desk, campaign, interviewed, anchors) if interviewed else {}
    offered = _offered(session, campaign_id, wanted)
    tests = _test_marks(session, campaign_id, {key for key, kind in wanted.items() if kind in WITH_TESTS})
    limit = (campaign.volume_cap, campaign.volume_reason) if campaign.volume_cap is not None else None
    references = session.execute(
        select(Application.id, Application.reference).where(
            Application.campaign_id == campaign_id, Application.id.in_(wanted)
        )
    )
    return {
        key: LetterFacts(
            campaign.title,
            body.name,
            reference,
            body.contact.strip(),
            ask_address,
            tuple(sift.get(key, ())),
            tuple(interview.get(key, ())),
            offered.get(key, ""),
            limit,
            tuple(tests.get(key, ())),
        )
        for key, reference in references
    }


def _sift_scores(
    session: Session,
    desk: Desk,
    campaign: Campaign,
    wanted: Collection[UUID],
    criteria: dict[UUID, Criterion],
    anchors: dict[UUID, dict[int, str]],
) -> dict[UUID, list[OwnScore]]:
    given: dict[_Unit, list[tuple[int, str]]] = {}
    for application_id, question_id, score in session.execute(
        select(Answer.application_id, Answer.question_id, Score)
        .join(Allocation, (Allocation.campaign_id == Answer.campaign_id) & (Allocation.answer_id == Answer.id))
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(
            Answer.campaign_id == campaign.id,
            Answer.application_id.in_(wanted),
            Allocation.state == AllocationState.OPEN,
        )
    ):
        place = score_place(score.allocation_id, score.criterion_id)
        reason = open_reason(desk, campaign.id, place, score.reason)
        given.setdefault((application_id, question_id, score.criterion_id), []).append((score.value, reason))
    agreed = _agreed(session, desk, campaign.id, wanted)
    numbers = {row.id: row.position for row in list_questions(session, campaign.id)}
    found: dict[UUID, list[OwnScore]] = {}
    ordered = sorted(given, key=lambda unit: (numbers[unit[1]], criteria[unit[2]].position))
    for unit in ordered:
        application_id, question_id, criterion_id = unit
        value, reasons = agreed.get(unit, (None, []))
        final = final_score([score for score, _ in given[unit]], value)
        # What was agreed in moderation stands in place of what each had written before.
        said = reasons or [reason for _, reason in given[unit]]
        found.setdefault(application_id, []).append(
            OwnScore(
                criteria[criterion_id].name,
                numbers[question_id],
                final,
                campaign.scale_max,
                guide_around(final, anchors.get(criterion_id, {})),
                _without_order(said),
            )
        )
    return found


def _without_order(reasons: list[str]) -> tuple[str, ...]:
    return tuple(sorted({reason for reason in reasons if reason}))


def _agreed(
    session: Session, desk: Desk, campaign_id: UUID, wanted: Collection[UUID]
) -> dict[_Unit, tuple[int, list[str]]]:
    """The score agreed in moderation, and the reasons of those who agreed to it."""
    found: dict[_Unit, tuple[int, list[str]]] = {}
    for application_id, question_id, row, proposal in session.execute(
        select(Answer.application_id, Answer.question_id, Moderation, ModerationProposal)
        .join(Moderation, (Moderation.campaign_id == Answer.campaign_id) & (Moderation.answer_id == Answer.id))
        .outerjoin(
            ModerationProposal,
            (ModerationProposal.campaign_id == Moderation.campaign_id)
            & (ModerationProposal.answer_id == Moderation.answer_id)
            & (ModerationProposal.criterion_id == Moderation.criterion_id)
            & (ModerationProposal.value == Moderation.agreed_value),
        )
        .where(
            Answer.campaign_id == campaign_id,
            Answer.application_id.in_(wanted),
            Moderation.agreed_value.is_not(None),
        )
    ):
        key = (application_id, question_id, row.criterion_id)
        _, reasons = found.setdefault(key, (row.agreed_value or 0, []))
        if proposal is not None:
            place = proposal_place(proposal.answer_id, proposal.criterion_id, proposal.person_id)
            reasons.append(open_reason(desk, campaign_id, place, proposal.reason))
    return found


def _interview_scores(
    session: Session,
    desk: Desk,
    campaign: Campaign,
    interviewed: Collection[UUID],
    anchors: dict[UUID, dict[int, str]],
) -> dict[UUID, list[OwnScore]]:
    """Members' own notes stay with the panel: the reasons told are those that it agreed on."""
    criteria = {row.id: row for row in interview_criteria(session, campaign.id)}
    reasons = {
        (row.application_id, row.criterion_id): open_reason(
            desk, campaign.id, agreed_place(row.application_id, row.criterion_id), row.reason
        )
        for row in session.scalars(
            select(AgreedScore).where(
                AgreedScore.campaign_id == campaign.id, AgreedScore.application_id.in_(interviewed)
            )
        )
    }
    return {
        application_id: [
            OwnScore(
                criterion.name,
                0,
                finals[key],
                campaign.scale_max,
                guide_around(finals[key], anchors.get(key, {})),
                _without_order([reasons.get((application_id, key), "")]),
            )
            for key, criterion in criteria.items()
        ]
        for application_id, finals in interview_finals(session, campaign.id, criteria).items()
        if application_id in interviewed
    }


def _of_kind(wanted: dict[UUID, LetterKind | None], kind: LetterKind) -> set[UUID]:
    return {key for key, found in wanted.items() if found is kind}


def _test_marks(session: Session, campaign_id: UUID, wanted: Collection[UUID]) -> dict[UUID, list[OwnScore]]:
    """Own marks of stages that are closed; whoever was absent has none. The minimum is told in no letter."""
    if not wanted:
        return {}
    found: dict[UUID, list[OwnScore]] = {}
    for application_id, mark, full, stage in session.execute(
        select(StageMark.application_id, StageMark.mark, StageMarking.full, Stage.name)
        .join(
            StageMarking,
            (StageMarking.campaign_id == StageMark.campaign_id)
            & (StageMarking.stage_position == StageMark.stage_position),
        )
        .join(Stage, (Stage.campaign_id == StageMark.campaign_id) & (Stage.position == StageMark.stage_position))
        .where(
            StageMark.campaign_id == campaign_id,
            StageMark.application_id.in_(wanted),
            StageMark.mark.is_not(None),
            StageMarking.closed_at.is_not(None),
        )
        .order_by(Stage.position)
    ):
        found.setdefault(application_id, []).append(OwnScore(stage, 0, Fraction(mark or 0), full))
    return found


def _offered(session: Session, campaign_id: UUID, wanted: dict[UUID, LetterKind | None]) -> dict[UUID, str]:
    offered = _of_kind(wanted, LetterKind.OFFERED)
    if not offered:
        return {}
    vacancies = {
        row.id: ", ".join(part for part in (row.title, row.location) if part)
        for row in list_vacancies(session, campaign_id)
    }
    return {
        application_id: vacancies.get(vacancy_id, "") if vacancy_id else ""
        for application_id, vacancy_id in session.execute(
            select(Outcome.application_id, Outcome.vacancy_id).where(
                Outcome.campaign_id == campaign_id,
                Outcome.application_id.in_(offered),
            )
        )
    }
