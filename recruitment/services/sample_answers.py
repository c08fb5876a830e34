"""Sample answers: a recruiter writes two invented ones for shortlisters to calibrate on, or leaves them out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.calibration import LONGEST_SAMPLE, SAMPLES, Spread, spread_of
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.permissions import Permission, Role
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign, Criterion, Question
from recruitment.store.people import people_with_role
from recruitment.store.sample_answers import SampleAnswer, SampleScore, list_samples


@dataclass(frozen=True)
class GroupOnCriterion:
    """What the group gave a sample for one criterion; nobody's name."""

    criterion: str
    scores: tuple[int, ...]
    spread: Spread | None


@dataclass(frozen=True)
class WrittenSample:
    """`scored`: how many shortlisters have scored it."""

    id: UUID
    position: int
    question_id: UUID
    question_number: int
    question_text: str
    text: str
    scored: int
    group: tuple[GroupOnCriterion, ...]


@dataclass(frozen=True)
class WrittenSamples:
    samples: tuple[WrittenSample, ...]
    is_left_out: bool
    is_changeable: bool
    shortlisters: int

    @property
    def is_full(self) -> bool:
        return len(self.samples) >= SAMPLES


def read_samples(session: Session, *, actor: Actor, campaign_id: UUID) -> WrittenSamples:
    """The samples with what shortlisters gave them so far, for the recruiter."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    questions = select(Question).where(Question.campaign_id == campaign_id)
    asked = {question.id: question for question in session.scalars(questions)}
    given: dict[UUID, dict[str, list[int]]] = {}
    people: dict[UUID, set[UUID]] = {}
    for sample_id, person_id, name, value in session.execute(
        select(SampleScore.sample_id, SampleScore.person_id, Criterion.name, SampleScore.value)
        .join(
            Criterion,
            (Criterion.campaign_id == SampleScore.campaign_id) & (Criterion.id == SampleScore.criterion_id),
        )
        .where(SampleScore.campaign_id == campaign_id)
        .order_by(Criterion.position, SampleScore.value)
    ):
        given.setdefault(sample_id, {}).setdefault(name, []).append(value)
        people.setdefault(sample_id, set()).add(person_id)
    return WrittenSamples(
        tuple(
            WrittenSample(
                row.id,
                row.position,
                row.question_id,
                asked[row.question_id].position,
                asked[row.question_id].text,
                row.text,
                len(people.get(row.id, ())),
                tuple(
                    GroupOnCriterion(name, tuple(scores), spread_of(scores))
                    for name, scores in given.get(row.id, {}).items()
                ),
            )
            for row in list_samples(session, campaign_id)
        ),
        campaign.samples_left_out_at is not None,
        campaign.state in (CampaignState.DRAFT, CampaignState.OPEN),
        len(people_with_role(session, campaign_id, Role.SHORTLISTER)),
    )


def _changeable(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    state = CampaignState(campaign.state)
    # From the opening of the sift on, somebody may have scored them.
    require_state(state, CampaignState.DRAFT, CampaignState.OPEN, act="change the sample answers")
    return campaign


def _checked(session: Session, campaign_id: UUID, question_id: UUID, text: str) -> str:
    if session.get(Question, (campaign_id, question_id)) is None:
        raise Invalid("Select the question that the sample answers.", "question")
    if not text.strip():
        raise Invalid("Enter the sample answer.", "text")
    if len(text) > LONGEST_SAMPLE:
        raise Invalid(f"The sample answer must be {LONGEST_SAMPLE:,} characters or fewer.", "text")
    return text.strip()


def _record(session: Session, actor: Actor, desk: StaffDesk, campaign_id: UUID, event: str) -> None:
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event=event)


def add_sample(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, question_id: UUID, text: str
) -> UUID:
    """Write a sample; until the sift opens. `Invalid` when there are two, or names question or text."""
    campaign = _changeable(session, actor, campaign_id)
    written = _checked(session, campaign_id, question_id, text)
    there = select(func.count(), func.max(SampleAnswer.position)).where(SampleAnswer.campaign_id == campaign_id)
    number, last = session.execute(there).one()
    if number >= SAMPLES:
        raise Invalid(f"There are {SAMPLES} sample answers already. Change one of them.", "text")
    sample_id = desk.new_id()
    session.add(
        SampleAnswer(
            campaign_id=campaign_id,
            id=sample_id,
            position=(last or 0) + 1,
            question_id=question_id,
            text=written,
            written_by=actor.id,
            written_at=desk.now,
        )
    )
    campaign.samples_left_out_at = None
    _record(session, actor, desk, campaign_id, "sample_answer_written")
    return sample_id


def _own(session: Session, campaign_id: UUID, sample_id: UUID) -> SampleAnswer:
    found = session.get(SampleAnswer, (campaign_id, sample_id))
    if found is None:
        raise NotFound
    return found


def change_sample(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    sample_id: UUID,
    question_id: UUID,
    text: str,
) -> None:
    _changeable(session, actor, campaign_id)
    sample = _own(session, campaign_id, sample_id)
    sample.text, sample.question_id = _checked(session, campaign_id, question_id, text), question_id
    sample.written_by, sample.written_at = actor.id, desk.now
    _record(session, actor, desk, campaign_id, "sample_answer_changed")


def remove_sample(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, sample_id: UUID) -> None:
    _changeable(session, actor, campaign_id)
    sample = _own(session, campaign_id, sample_id)
    session.delete(sample)
    session.flush()
    session.execute(
        update(SampleAnswer)
        .where(SampleAnswer.campaign_id == campaign_id, SampleAnswer.position > sample.position)
        .values(position=SampleAnswer.position - 1)
    )
    _record(session, actor, desk, campaign_id, "sample_answer_removed")


def drop_samples_of_question(session: Session, campaign_id: UUID, question_id: UUID) -> None:
    """Take samples out with their question, which the caller may remove."""
    session.execute(
        delete(SampleAnswer).where(
            SampleAnswer.campaign_id == campaign_id, SampleAnswer.question_id == question_id
        )
    )


def leave_samples_out(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> None:
    """Go without calibration; `Invalid` while a sample is written. Writing one takes this back."""
    campaign = _changeable(session, actor, campaign_id)
    if list_samples(session, campaign_id):
        raise Invalid("Remove the sample answers first.")
    if campaign.samples_left_out_at is not None:
        return
    campaign.samples_left_out_at = desk.now
    _record(session, actor, desk, campaign_id, "samples_left_out")
