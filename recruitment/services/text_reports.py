"""“I could identify this person from the text”: a shortlister marks the words, and they are hidden for all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.marked_words import stand_in
from recruitment.rules.permissions import Permission
from recruitment.rules.second_looks import LeakKind
from recruitment.services.desk import Desk
from recruitment.services.leaks import check_words, hide_leak
from recruitment.services.permissions import require
from recruitment.services.queues import is_open_for
from recruitment.services.redacted import read_pieces
from recruitment.services.sift import own_allocation
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign
from recruitment.store.second_looks import LeakSource
from recruitment.store.sift import Allocation

_ACT = "report a text"


@dataclass(frozen=True)
class PreparedReport:
    """`is_common`: other people's texts in the campaign hold the words too."""

    campaign_id: UUID
    handle: UUID
    words: str
    is_common: bool


def prepare_report(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, handle: UUID, words: str
) -> PreparedReport:
    """Look through the campaign's texts, in a read session, before the write begins."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act=_ACT)
    allocation = own_allocation(session, actor, campaign_id, handle)
    check_words(words)
    is_common = campaign.is_unlinked and _stand_elsewhere(session, desk, allocation, words)
    return PreparedReport(campaign_id, handle, words, is_common)


def _stand_elsewhere(session: Session, desk: Desk, allocation: Allocation, words: str) -> bool:
    """Whether the words stand in a text of another application."""
    campaign_id = allocation.campaign_id
    own = select(Answer.application_id).where(Answer.campaign_id == campaign_id, Answer.id == allocation.answer_id)
    others = (
        select(Answer.id, Answer.redacted)
        .where(Answer.campaign_id == campaign_id, Answer.application_id != own.scalar_subquery())
        .order_by(Answer.id)
        .execution_options(yield_per=500)
    )
    with session.execute(others) as rows:
        return any(stand_in(read_pieces(desk, campaign_id, answer_id, blob), words) for answer_id, blob in rows)


def report_text(session: Session, *, actor: Actor, desk: Desk, prepared: PreparedReport) -> None:
    """Hide the words in this text and in all others of the application, for every shortlister; count the report.

    One exception, while shortlisters may not know which answers belong together: in the reader's own other answers
    words stay that others use as well. Somebody could otherwise report “because”, and see from which of
    their answers it went. Words that only this application holds tie its texts together for every reader anyway.
    """
    campaign_id = prepared.campaign_id
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act=_ACT)
    allocation = own_allocation(session, actor, campaign_id, prepared.handle)
    spared = _own_answers(session, actor, campaign) if prepared.is_common else frozenset()
    hide_leak(
        session,
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        answer_id=allocation.answer_id,
        words=prepared.words,
        kind=LeakKind.IDENTITY,
        source=LeakSource.REPORT,
        reaches=lambda other_id: other_id not in spared,
    )
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="text_reported",
        allocation=prepared.handle,
    )


def _own_answers(session: Session, actor: Actor, campaign: Campaign) -> frozenset[UUID]:
    mine = select(Allocation.answer_id).where(Allocation.campaign_id == campaign.id, is_open_for(actor.id))
    return frozenset(session.scalars(mine))
