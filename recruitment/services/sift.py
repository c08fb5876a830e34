"""The sift opens: answers are handed to shortlisters; each reads a queue of their own and scores alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, QuestionKind, require_state
from recruitment.rules.eligibility import why_unchecked
from recruitment.rules.errors import NotFound, TooSoon
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.sift_allocation import AnswerKey, allocate, queue_order
from recruitment.services.desk import Desk
from recruitment.services.eligibility import settle_refused
from recruitment.services.first_sifts import require_decided
from recruitment.services.permissions import require
from recruitment.services.queues import (
    Progress,
    count_queue,
    find_next,
    find_place,
    is_open_for,
    is_scored,
)
from recruitment.services.reasons import open_reason, score_place
from recruitment.services.redacted import ShownPart, read_pieces, shown_parts
from recruitment.services.second_looks import draw_second_looks
from recruitment.services.sift_counts import count_anew
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application, Draft
from recruitment.store.campaigns import (
    Anchor,
    Campaign,
    Criterion,
    Question,
    QuestionCriterion,
    list_questions,
)
from recruitment.store.eligibility import is_running, waiting_count
from recruitment.store.first_sifts import is_first_sift_alone, is_to_be_scored
from recruitment.store.people import people_with_role
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score


def open_sift(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> int:
    """After the closing time: hand every answer to its shortlisters, in an order random for each; how many.

    Where a first sift is held, these are the answers on its lead criterion. Clearance is closed from here on, so
    that all scorers read the same. Some texts are drawn for a second look. Drafts never
    submitted are counted, once.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_SIFT, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="open the sift")
    if desk.now < campaign.closes_at:
        raise TooSoon("The sift can open only after the closing time, so that everybody is read alike.")
    if waiting := session.scalar(waiting_count(campaign_id)):
        raise TooSoon(why_unchecked(waiting))
    require_decided(session, campaign)
    every, keys = _answers_to_read(session, campaign_id)
    if not keys:
        raise TooSoon("There are no applications to sift.")
    people = [person.id.hex for person in people_with_role(session, campaign_id, Role.SHORTLISTER)]
    pairs = allocate(keys, people, campaign.shortlisters_per_answer, set(), {}, desk.random)
    order = [question.id.hex for question in list_questions(session, campaign_id)]
    questions = {key.answer_id: key.question_id for key in keys}
    queues = queue_order(pairs, questions, order, desk.random)
    session.add_all(
        Allocation(
            campaign_id=campaign_id,
            id=desk.new_id(),
            answer_id=UUID(hex=answer_id),
            question_id=UUID(hex=questions[answer_id]),
            person_id=UUID(hex=person_id),
            position=position,
        )
        for person_id, answers in queues.items()
        for position, answer_id in enumerate(answers, 1)
    )
    looks = draw_second_looks(
        # Of all answers: those that a first sift leaves unread are left out again when the texts are looked at.
        session,
        desk=desk,
        campaign=campaign,
        answer_ids=every,
    )
    campaign.unfinished = session.scalar(
        select(func.count()).select_from(Draft).where(Draft.campaign_id == campaign_id)
    )
    settle_refused(session, desk=desk, campaign_id=campaign_id)
    count_anew(session, campaign_id)
    campaign.state = CampaignState.SIFTING
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="sift_opened",
        answers=len(keys),
        shortlisters=len(people),
        second_looks=looks,
    )
    return len(pairs)


def _answers_to_read(session: Session, campaign_id: UUID) -> tuple[list[UUID], list[AnswerKey]]:
    """Every answer of the applications that run, and those that are to be scored from the start."""
    rows = session.execute(
        select(Answer.id, Answer.application_id, Answer.question_id, is_to_be_scored())
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(Answer.campaign_id == campaign_id, is_running())
        .order_by(Answer.id)
    ).all()
    keys = [
        AnswerKey(answer_id.hex, application_id.hex, question_id.hex)
        for answer_id, application_id, question_id, is_read in rows
        if is_read
    ]
    return [row[0] for row in rows], keys


@dataclass(frozen=True)
class Guided:
    """A criterion with its guide, and the reader's own score if there is one.

    `is_moderated`: it has gone to moderation; `is_locked`: the first sift was closed on it. Both stand.
    """

    id: UUID
    name: str
    description: str
    minimum: int
    anchors: tuple[tuple[int, str], ...]
    score: int | None
    reason: str
    is_moderated: bool
    scores_spelling: bool = False
    is_locked: bool = False


@dataclass(frozen=True)
class AnonymousAnswer:
    """What a shortlister reads. No field here could hold a name, a file, a date or another's score.

    `handle` is this reader's own random handle of this one answer; `label` is empty while a campaign is
    unlinked, otherwise the application's reference; `lowest` and `highest` are the ends of the scale.
    """

    handle: UUID
    campaign_title: str
    question_number: int
    question_text: str
    question_kind: QuestionKind
    parts: tuple[ShownPart, ...]
    criteria: tuple[Guided, ...]
    lowest: int
    highest: int
    place: int
    queue_length: int
    scored: int
    recognition: str
    label: str
    previous: UUID | None
    next: UUID | None


@dataclass(frozen=True)
class QueueItem:
    handle: UUID
    place: int
    question_number: int
    is_scored: bool
    recognition: str


@dataclass(frozen=True)
class Queue:
    """A shortlister's own queue: `items` in reading order, one page of them; `questions`: number → text.

    `is_first_sift`: only answers on one criterion are handed out as yet.
    """

    campaign_title: str
    state: CampaignState
    items: tuple[QueueItem, ...]
    total: int
    scored: int
    next_open: UUID | None
    questions: dict[int, str] = field(default_factory=dict)
    samples_left: int = 0
    is_first_sift: bool = False


def _page_of_items(
    session: Session, campaign_id: UUID, person_id: UUID, page: int, per_page: int
) -> list[QueueItem]:
    """One page of the open part of somebody's queue, in one statement; an index tells where it begins."""
    start = (page - 1) * per_page
    mine = (Allocation.campaign_id == campaign_id, is_open_for(person_id))
    first = select(Allocation.position).where(*mine).order_by(Allocation.position).offset(start).limit(1)
    rows = session.execute(
        select(Allocation.id, Allocation.recognition, Question.position, is_scored())
        .join(
            Question,
            (Question.campaign_id == Allocation.campaign_id) & (Question.id == Allocation.question_id),
        )
        .where(*mine, Allocation.position >= first.scalar_subquery())
        .order_by(Allocation.position)
        .limit(per_page)
    )
    return [
        QueueItem(handle, place, number, done, recognition)
        for place, (handle, recognition, number, done) in enumerate(rows, start + 1)
    ]


def read_queue(session: Session, *, actor: Actor, campaign_id: UUID, page: int = 1, per_page: int = 50) -> Queue:
    """One page of the actor's queue; empty unless the sift is under way. A page past the end is empty."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    state = CampaignState(campaign.state)
    if state is not CampaignState.SIFTING:
        return Queue(campaign.title, state, (), 0, 0, None)
    mine = count_queue(session, actor.id, [campaign_id]).get(campaign_id, Progress())
    return Queue(
        campaign.title,
        state,
        tuple(_page_of_items(session, campaign_id, actor.id, page, per_page)),
        mine.total,
        mine.scored,
        find_next(session, actor=actor, campaign_id=campaign_id),
        {question.position: question.text for question in list_questions(session, campaign_id)},
        mine.samples_left,
        is_first_sift_alone(session, campaign_id),
    )


def own_allocation(session: Session, actor: Actor, campaign_id: UUID, handle: UUID) -> Allocation:
    """The reader's own open allocation, or `NotFound`: another's handle and no handle look the same."""
    found = session.scalars(
        select(Allocation).where(
            Allocation.campaign_id == campaign_id,
            Allocation.id == handle,
            Allocation.person_id == actor.id,
            Allocation.state == AllocationState.OPEN,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def read_answer(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, handle: UUID) -> AnonymousAnswer:
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="read answers")
    allocation = own_allocation(session, actor, campaign_id, handle)
    answer, question, reference = session.execute(
        select(Answer, Question, Application.reference)
        .join(
            Question,
            (Question.campaign_id == Answer.campaign_id) & (Question.id == Answer.question_id),
        )
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(Answer.campaign_id == campaign_id, Answer.id == allocation.answer_id)
    ).one()
    place = find_place(session, allocation)
    return AnonymousAnswer(
        handle=handle,
        campaign_title=campaign.title,
        question_number=question.position,
        question_text=question.text,
        question_kind=QuestionKind(question.kind),
        parts=shown_parts(read_pieces(desk, campaign_id, answer.id, answer.redacted)),
        criteria=_guided(session, desk, campaign, question.id, allocation),
        lowest=campaign.scale_min,
        highest=campaign.scale_max,
        place=place.number,
        queue_length=place.total,
        scored=place.scored,
        recognition=allocation.recognition,
        label="" if campaign.is_unlinked else reference,
        previous=place.previous,
        next=place.next,
    )


def _guided(
    session: Session, desk: Desk, campaign: Campaign, question_id: UUID, allocation: Allocation
) -> tuple[Guided, ...]:
    criteria = session.scalars(
        select(Criterion)
        .join(
            QuestionCriterion,
            (QuestionCriterion.campaign_id == Criterion.campaign_id)
            & (QuestionCriterion.criterion_id == Criterion.id),
        )
        .where(
            Criterion.campaign_id == campaign.id,
            QuestionCriterion.question_id == question_id,
        )
        .order_by(Criterion.position)
    ).all()
    anchors: dict[UUID, list[tuple[int, str]]] = {}
    for anchor in session.scalars(
        select(Anchor)
        .where(Anchor.campaign_id == campaign.id, Anchor.criterion_id.in_([c.id for c in criteria]))
        .order_by(Anchor.score)
    ):
        anchors.setdefault(anchor.criterion_id, []).append((anchor.score, anchor.text))
    scores = {
        score.criterion_id: score
        for score in session.scalars(
            select(Score).where(Score.campaign_id == campaign.id, Score.allocation_id == allocation.id)
        )
    }
    moderated = set(
        session.scalars(
            select(Moderation.criterion_id).where(
                Moderation.campaign_id == campaign.id, Moderation.answer_id == allocation.answer_id
            )
        )
    )
    return tuple(
        Guided(
            criterion.id,
            criterion.name,
            criterion.description,
            criterion.minimum,
            tuple(anchors.get(criterion.id, ())),
            scores[criterion.id].value if criterion.id in scores else None,
            _reason(desk, campaign.id, scores[criterion.id]) if criterion.id in scores else "",
            # Never said of a score that is still to be given: it would tell of the others'.
            criterion.id in scores and criterion.id in moderated,
            criterion.scores_spelling,
            allocation.is_locked,
        )
        for criterion in criteria
    )


def _reason(desk: Desk, campaign_id: UUID, score: Score) -> str:
    return open_reason(desk, campaign_id, score_place(score.allocation_id, score.criterion_id), score.reason)
