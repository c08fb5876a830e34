"""The library of inclusion questions: drafted by a group, approved by senior leadership, kept in versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid, NotFound, TooLate, check_lines
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.permissions import require, require_administrator
from recruitment.services.pool import require_recruiting
from recruitment.services.trail import record_event
from recruitment.store.interviews import InterviewScore
from recruitment.store.pool import InclusionQuestion

LONGEST_TEXT, LONGEST_GUIDE = 1_000, 4_000


@dataclass(frozen=True)
class LibraryQuestion:
    """A version of a question; `approved_by` names the senior leader or board, empty until then."""

    id: UUID
    number: int
    version: int
    text: str
    guide: str
    drafted_by: str
    approved_by: str
    approved_at: datetime | None
    is_retired: bool
    is_own: bool

    @property
    def is_usable(self) -> bool:
        return self.approved_at is not None and not self.is_retired


def list_inclusion_questions(session: Session, *, actor: Actor, is_usable: bool = False) -> list[LibraryQuestion]:
    """The library by number, latest version first; with `is_usable` only what a campaign may choose."""
    require_recruiting(session, actor)
    rows = session.scalars(
        select(InclusionQuestion)
        .where(InclusionQuestion.organisation_id == actor.organisation_id)
        .order_by(InclusionQuestion.number, InclusionQuestion.version.desc())
    )
    found = [
        LibraryQuestion(
            row.id,
            row.number,
            row.version,
            row.text,
            row.guide,
            row.drafted_by,
            row.approved_by,
            row.approved_at,
            row.retired_at is not None,
            row.entered_by == actor.id,
        )
        for row in rows
    ]
    return [each for each in found if each.is_usable] if is_usable else found


def draft_question(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    text: str,
    guide: str,
    drafted_by: str,
    number: int | None = None,
) -> UUID:
    """Enter a draft: a new question, or with `number` a new version of one; `drafted_by` is the group."""
    require_recruiting(session, actor)
    for name, value, longest, missing in (
        ("text", text, LONGEST_TEXT, "Enter the question."),
        ("guide", guide, LONGEST_GUIDE, "Enter the scoring guide: what a weak, a good and a strong answer shows."),
        ("drafted_by", drafted_by, 200, "Say which group drafted it."),
    ):
        if not value.strip():
            raise Invalid(missing, name)
        if len(value) > longest:
            raise Invalid(f"Shorten this to {longest:,} characters or fewer.", name)
    check_lines(drafted_by=drafted_by)
    held = InclusionQuestion.organisation_id == actor.organisation_id
    if number is None:
        number, version = (session.scalar(select(func.max(InclusionQuestion.number)).where(held)) or 0) + 1, 1
    else:
        latest = session.scalar(
            select(func.max(InclusionQuestion.version)).where(held, InclusionQuestion.number == number)
        )
        if latest is None:
            raise NotFound
        version = latest + 1
    question_id = desk.new_id()
    session.add(
        InclusionQuestion(
            organisation_id=actor.organisation_id,
            id=question_id,
            number=number,
            version=version,
            text=text.strip(),
            guide=guide.strip(),
            drafted_by=drafted_by.strip(),
            entered_by=actor.id,
            entered_at=desk.now,
        )
    )
    session.flush()
    _record(session, desk, actor, "inclusion_question_drafted", number=number, version=version)
    return question_id


def approve_question(session: Session, *, actor: Actor, desk: Desk, question_id: UUID, approved_by: str) -> None:
    """Enter senior leadership's approval, as an administrator who did not enter the draft.

    Earlier versions of the same question are retired; campaigns that chose them keep them.
    """
    require_administrator(session, actor)
    row = session.get(InclusionQuestion, (actor.organisation_id, question_id))
    if row is None:
        raise NotFound
    if row.approved_at is not None:
        raise TooLate("This version is approved already.")
    if row.entered_by == actor.id:
        raise Invalid("Somebody other than who entered the draft must enter its approval.", "approved_by")
    if not approved_by.strip():
        raise Invalid("Name the senior leader or board that approved it, and when.", "approved_by")
    check_lines(approved_by=approved_by)
    for older in session.scalars(
        select(InclusionQuestion).where(
            InclusionQuestion.organisation_id == actor.organisation_id,
            InclusionQuestion.number == row.number,
            InclusionQuestion.version < row.version,
            InclusionQuestion.retired_at.is_(None),
        )
    ):
        older.retired_at = desk.now
    row.approved_by, row.approved_at = approved_by.strip(), desk.now
    row.approval_entered_by = None if actor.kind is ActorKind.SYSTEM else actor.id
    session.flush()
    _record(session, desk, actor, "inclusion_question_approved", number=row.number, version=row.version)


def retire_question(session: Session, *, actor: Actor, desk: Desk, question_id: UUID) -> None:
    require_administrator(session, actor)
    row = session.get(InclusionQuestion, (actor.organisation_id, question_id))
    if row is None:
        raise NotFound
    row.retired_at = row.retired_at or desk.now
    session.flush()
    _record(session, desk, actor, "inclusion_question_retired", number=row.number, version=row.version)


def choose_question(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, question_id: UUID) -> None:
    """Take an approved question and its guide for a campaign, until somebody has been scored."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    row = session.get(InclusionQuestion, (campaign.organisation_id, question_id))
    if row is None or row.approved_at is None or row.retired_at is not None:
        raise Invalid("Choose a question of the approved library.", "question")
    if has_reached(CampaignState(campaign.state), CampaignState.DECIDED):
        raise TooLate("The outcomes are final.")
    scored = select(InterviewScore.person_id).where(InterviewScore.campaign_id == campaign_id).limit(1)
    if session.scalars(scored).first() is not None:
        raise TooLate("Somebody has been scored, so everybody is asked the same question.")
    campaign.inclusion_question, campaign.inclusion_guide = row.text, row.guide
    campaign.inclusion_question_id = row.id
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="inclusion_question_chosen",
        number=row.number,
        version=row.version,
    )


def _record(session: Session, desk: Desk, actor: Actor, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, **detail)
