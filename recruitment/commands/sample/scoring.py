"""How the sample's shortlisters and panel score: by the evidence, each a little differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from uuid import UUID

from sqlalchemy import select

from recruitment.commands.sample.interviewing import complete_checklist, prepare_interviews
from recruitment.rules.actors import Actor
from recruitment.services import interviews, moderation, moderation_lists, reveals, scores, sift
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Criterion, QuestionCriterion
from recruitment.store.sift import Allocation


def _score(ability: float, random: Random, severity: float) -> int:
    return max(1, min(7, round(2.2 + 4.6 * ability + severity + random.gauss(0, 0.7))))


def score_sift(
    desk: StaffDesk,
    campaign_id: UUID,
    scorers: Sequence[Actor],
    abilities: Mapping[UUID, float],
    random: Random,
) -> int:
    """Every shortlister works through the whole of their queue; how many scores were given."""
    given = 0
    with desk.sessions.reading() as session:
        asked: dict[UUID, list[UUID]] = {}
        owner: dict[UUID, UUID] = {}
        for handle, application_id, criterion_id in session.execute(
            select(Allocation.id, Answer.application_id, Criterion.id)
            .join(
                Answer,
                (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id),
            )
            .join(
                QuestionCriterion,
                (QuestionCriterion.campaign_id == Answer.campaign_id)
                & (QuestionCriterion.question_id == Answer.question_id),
            )
            .join(
                Criterion,
                (Criterion.campaign_id == QuestionCriterion.campaign_id)
                & (Criterion.id == QuestionCriterion.criterion_id),
            )
            .where(Allocation.campaign_id == campaign_id)
            .order_by(Criterion.position)
        ):
            owner[handle] = application_id
            asked.setdefault(handle, []).append(criterion_id)
    for place, actor in enumerate(scorers):
        with desk.sessions.reading() as session:
            queue = sift.read_queue(session, actor=actor, campaign_id=campaign_id, per_page=100_000)
        with desk.sessions.writing() as session:
            for item in queue.items:
                for criterion_id in asked.get(item.handle, ()):
                    value = _score(abilities[owner[item.handle]], random, 0.3 * (place - 1))
                    scores.score_answer(
                        session,
                        actor=actor,
                        desk=desk,
                        campaign_id=campaign_id,
                        handle=item.handle,
                        criterion_id=criterion_id,
                        value=value,
                        reason="General claims; too little said of the person's own part." if value < 4 else "",
                    )
                    given += 1
    return given


def agree_moderation(desk: StaffDesk, campaign_id: UUID, scorers: Sequence[Actor]) -> int:
    """Each proposes the rounded middle of the scores they now see; how many cases are agreed."""
    agreed = 0
    for actor in scorers:
        with desk.sessions.writing() as session:
            for item in moderation_lists.list_moderation(session, actor=actor, campaign_id=campaign_id):
                case = moderation.read_case(
                    session,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    handle=item.handle,
                    criterion_id=item.criterion_id,
                )
                values = [voice.score for voice in case.voices]
                agreed += moderation.propose_score(
                    session,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    handle=item.handle,
                    criterion_id=item.criterion_id,
                    value=(sum(values) + len(values) // 2) // len(values),
                    reason="We read the example again together against the guide.",
                )
    return agreed


def score_interviews(
    desk: StaffDesk,
    campaign_id: UUID,
    panel: Sequence[Actor],
    abilities: Mapping[UUID, float],
    random: Random,
) -> int:
    """Interviews are arranged, every member fills in a form for every candidate; how many candidates."""
    prepare_interviews(desk, campaign_id)
    with desk.sessions.reading() as session:
        named = reveals.read_names(
            session, actor=panel[0], desk=desk, campaign_id=campaign_id, ground="interviews"
        )
    for actor in panel:
        with desk.sessions.writing() as session:
            for one in named:
                form = interviews.read_interview_form(
                    session,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    application_id=one.application_id,
                )
                interviews.score_interview(
                    session,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    application_id=one.application_id,
                    scores={
                        criterion.id: (_score(abilities[one.application_id], random, 0.2), "Clear example.")
                        for criterion in form.criteria
                    },
                )
    complete_checklist(desk, campaign_id)
    return len(named)
