"""The second look: staff outside the sift read a random sample of the texts that shortlisters read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import NotFound, Stale
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.second_looks import LeakKind, draw_sample, sample_size
from recruitment.services.desk import Desk
from recruitment.services.leaks import hide_leak
from recruitment.services.permissions import require
from recruitment.services.redacted import ShownPart, read_pieces, shown_parts
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application, is_in_use
from recruitment.store.campaigns import Campaign, Question, list_questions
from recruitment.store.people import roles_in_campaign
from recruitment.store.second_looks import Leak, LeakSource, SecondLook
from recruitment.store.sift import Allocation

# Not after the reveal: whoever knows the names would read with other eyes, and tie texts to people.
LOOKED_AT_IN = (CampaignState.SIFTING, CampaignState.SCORED, CampaignState.LINE_SET, CampaignState.FROZEN)
_ACT = "take the second look"


def draw_second_looks(session: Session, *, desk: Desk, campaign: Campaign, answer_ids: Sequence[UUID]) -> int:
    """Set texts aside when the sift opens, by lot; how many. `answer_ids` in an order that tells nothing."""
    size = sample_size(len(answer_ids), len(list_questions(session, campaign.id)), campaign.second_look_size)
    session.add_all(
        SecondLook(campaign_id=campaign.id, answer_id=answer_id, position=position)
        for position, answer_id in enumerate(draw_sample(answer_ids, size, desk.random), 1)
    )
    return size


def is_handed_out() -> ColumnElement[bool]:
    """Whether a text that was drawn was ever read by a shortlister: a first sift leaves some unread."""
    return (
        select(Allocation.id)
        .where(Allocation.campaign_id == SecondLook.campaign_id, Allocation.answer_id == SecondLook.answer_id)
        .correlate(SecondLook)
        .exists()
    )


def waiting_looks(*campaign_ids: UUID) -> Select[SecondLook]:
    """Not looked at; texts of somebody who withdrew, and those that no shortlister has, are left out."""
    return (
        select(SecondLook)
        .join(Answer, (Answer.campaign_id == SecondLook.campaign_id) & (Answer.id == SecondLook.answer_id))
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(
            SecondLook.campaign_id.in_(campaign_ids),
            SecondLook.looked_at.is_(None),
            is_handed_out(),
            is_in_use(),
        )
    )


def drawn_count(campaign_id: UUID) -> Select[int]:
    return (
        select(func.count()).select_from(SecondLook).where(SecondLook.campaign_id == campaign_id, is_handed_out())
    )


def looked_count(campaign_id: UUID) -> Select[int]:
    return drawn_count(campaign_id).where(SecondLook.looked_at.is_not(None))


def waiting_count(campaign_id: UUID) -> Select[int]:
    return waiting_looks(campaign_id).with_only_columns(func.count())


@dataclass(frozen=True)
class LookedAtText:
    """A text as shortlisters read it. Neither reference nor anything else of its application is with it."""

    position: int
    question_text: str
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True)
class SecondLookPage:
    """`text` is None once none waits."""

    drawn: int
    looked: int
    left: int
    text: LookedAtText | None


def read_second_look(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> SecondLookPage:
    """The next text in the order drawn, which nobody can skip: those looked at are a random sample, too."""
    campaign = require(session, actor, campaign_id, Permission.TAKE_SECOND_LOOK)
    require_state(CampaignState(campaign.state), *LOOKED_AT_IN, act=_ACT)
    drawn, looked, left = session.execute(
        select(
            drawn_count(campaign_id).scalar_subquery(),
            looked_count(campaign_id).scalar_subquery(),
            waiting_count(campaign_id).scalar_subquery(),
        )
    ).one()
    row = session.execute(
        waiting_looks(campaign_id)
        .join(Question, (Question.campaign_id == Answer.campaign_id) & (Question.id == Answer.question_id))
        .with_only_columns(SecondLook.position, Question.text, Answer.id, Answer.redacted)
        .order_by(SecondLook.position)
        .limit(1)
    ).one_or_none()
    if row is None:
        return SecondLookPage(drawn, looked, left, None)
    position, question, answer_id, blob = row
    parts = shown_parts(read_pieces(desk, campaign_id, answer_id, blob))
    return SecondLookPage(drawn, looked, left, LookedAtText(position, question, parts))


def _look(session: Session, actor: Actor, campaign_id: UUID, position: int) -> SecondLook:
    campaign = require(session, actor, campaign_id, Permission.TAKE_SECOND_LOOK, lock=True)
    require_state(CampaignState(campaign.state), *LOOKED_AT_IN, act=_ACT)
    look = session.scalars(
        select(SecondLook).where(SecondLook.campaign_id == campaign_id, SecondLook.position == position)
    ).one_or_none()
    if look is None:
        raise NotFound
    if look.looked_at is not None and look.person_id != actor.id:
        raise Stale("Somebody else has looked at this text already.")
    return look


def mark_leak(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    words: str,
    kind: LeakKind,
) -> None:
    """Hide words that tell, for every shortlister and in every text of the application."""
    look = _look(session, actor, campaign_id, position)
    hide_leak(
        session,
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        answer_id=look.answer_id,
        words=words,
        kind=kind,
        source=LeakSource.SECOND_LOOK,
    )
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="leak_marked", answer=look.answer_id
    )


def finish_look(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, position: int) -> None:
    """Say that nothing (more) tells in a text. A second click changes nothing."""
    look = _look(session, actor, campaign_id, position)
    if look.looked_at is not None:
        return
    role = Role.CLEARER if Role.CLEARER in roles_in_campaign(session, campaign_id, actor.id) else Role.RECRUITER
    look.looked_at, look.person_id, look.role = desk.now, actor.id, role
    found = session.scalar(
        select(func.count()).where(
            Leak.campaign_id == campaign_id,
            Leak.answer_id == look.answer_id,
            Leak.person_id == actor.id,
            Leak.is_marked,
        )
    )
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="second_look_taken",
        answer=look.answer_id,
        found=bool(found),
    )
