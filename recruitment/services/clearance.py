"""Clearance: somebody outside the sift restores a doubtful passage, or leaves it hidden, before the sift opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import NotFound, Stale
from recruitment.rules.permissions import Permission
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.redacted import Pieces, read_pieces, seal_pieces
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application, SealedRecord
from recruitment.store.sift import ClearanceDecision
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.clearance import open_passages


@dataclass(frozen=True)
class DoubtfulPassage:
    """A hidden passage with what stands around it, which shortlisters read anyway."""

    answer_id: UUID
    ordinal: int
    before: str
    text: str
    after: str
    decided: bool | None


@dataclass(frozen=True)
class ClearanceBatch:
    passages: tuple[DoubtfulPassage, ...]
    answers_left: int


AROUND = 120  # characters of context on each side


def count_waiting(session: Session, campaign_id: UUID) -> int:
    """Answers with a restorable passage on which nothing was decided yet."""
    return session.scalar(waiting_count(campaign_id)) or 0


def waiting_count(campaign_id: UUID) -> Select[int]:
    """The statement of `count_waiting`, to be part of another."""
    decided = select(ClearanceDecision.answer_id).where(ClearanceDecision.campaign_id == campaign_id)
    return _waiting(campaign_id).with_only_columns(func.count()).where(Answer.id.not_in(decided))


def count_waiting_by_campaign(session: Session, campaign_ids: Sequence[UUID]) -> dict[UUID, int]:
    """`count_waiting` of several campaigns in one statement; those with nothing waiting are left out."""
    if not campaign_ids:
        return {}
    decided = select(ClearanceDecision.answer_id).where(ClearanceDecision.campaign_id.in_(campaign_ids))
    rows = session.execute(
        _waiting(*campaign_ids)
        .with_only_columns(Answer.campaign_id, func.count())
        .where(Answer.id.not_in(decided))
        .group_by(Answer.campaign_id)
    )
    return {campaign_id: number for campaign_id, number in rows}


def _waiting(*campaign_ids: UUID) -> Select[Answer]:
    return (
        select(Answer)
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(
            Answer.campaign_id.in_(campaign_ids),
            Answer.has_restorable,
            Application.withdrawn_at.is_(None),
        )
    )


def _around(pieces: Pieces, ordinal: int) -> tuple[str, str]:
    at = pieces.index(ordinal)
    before = pieces[at - 1] if at else ""
    after = pieces[at + 1] if at + 1 < len(pieces) else ""
    return (
        _shortened(before[::-1])[::-1] if isinstance(before, str) else "",
        _shortened(after) if isinstance(after, str) else "",
    )


def _shortened(text: str) -> str:
    """The beginning of a text in whole words, with an ellipsis where something is left out."""
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"


def read_clearance(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, answers: int = 10
) -> ClearanceBatch:
    """The next answers with undecided passages, opened from `clearance` with one record. A read session."""
    campaign = require(session, actor, campaign_id, Permission.CLEAR_PASSAGES)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="clear passages")
    decided = select(ClearanceDecision.answer_id).where(ClearanceDecision.campaign_id == campaign_id)
    query = _waiting(campaign_id).where(Answer.id.not_in(decided)).order_by(Answer.id).limit(answers)
    batch = session.scalars(query).all()
    left = count_waiting(session, campaign_id)
    if not batch:
        return ClearanceBatch((), 0)
    blobs = _passage_blobs(session, campaign_id, [answer.id for answer in batch])
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CLEARANCE,
        scope_id=campaign_id,
        records=[answer.id for answer in batch],
        ground="clearance before the sift",
    )
    opened = open_passages(desk.vault, receipt, blobs)
    passages = []
    for answer in batch:
        pieces = read_pieces(desk, campaign_id, answer.id, answer.redacted)
        for ordinal, waiting in sorted(opened[answer.id].items()):
            before, after = _around(pieces, ordinal)
            passages.append(DoubtfulPassage(answer.id, ordinal, before, waiting.text, after, None))
    return ClearanceBatch(tuple(passages), left)


def _passage_blobs(session: Session, campaign_id: UUID, answer_ids: list[UUID]) -> list[tuple[UUID, bytes]]:
    rows = session.execute(
        select(SealedRecord.part, SealedRecord.blob).where(
            SealedRecord.campaign_id == campaign_id,
            SealedRecord.compartment == Compartment.CLEARANCE,
            SealedRecord.part.in_([answer_id.hex for answer_id in answer_ids]),
        )
    )
    return [(UUID(hex=part), blob) for part, blob in rows]


@dataclass(frozen=True)
class Clearing:
    """A decision made ready: the texts that come back, opened before the write begins."""

    campaign_id: UUID
    answer_id: UUID
    decisions: dict[int, bool]
    texts: dict[int, str]


def prepare_clearing(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    answer_id: UUID,
    decisions: dict[int, bool],
) -> Clearing:
    """`decisions`: ordinal → restored. All restorable passages of the answer are decided at once."""
    campaign = require(session, actor, campaign_id, Permission.CLEAR_PASSAGES)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="clear passages")
    blobs = _passage_blobs(session, campaign_id, [answer_id])
    if not blobs:
        raise NotFound
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CLEARANCE,
        scope_id=campaign_id,
        records=[answer_id],
        ground="clearance decision",
    )
    opened = open_passages(desk.vault, receipt, blobs)[answer_id]
    texts = {ordinal: waiting.text for ordinal, waiting in opened.items()}
    whole = {ordinal: decisions.get(ordinal, False) for ordinal in texts}
    return Clearing(campaign_id, answer_id, whole, texts)


def decide_passages(session: Session, *, actor: Actor, desk: StaffDesk, clearing: Clearing) -> None:
    """Restore what was decided to be restored; the rest stays hidden. Each answer is decided once."""
    campaign = require(session, actor, clearing.campaign_id, Permission.CLEAR_PASSAGES, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="clear passages")
    answer = session.get_one(Answer, (clearing.campaign_id, clearing.answer_id))
    earlier = session.scalars(
        select(ClearanceDecision.ordinal).where(
            ClearanceDecision.campaign_id == clearing.campaign_id,
            ClearanceDecision.answer_id == clearing.answer_id,
        )
    ).first()
    if earlier is not None:
        raise Stale("Somebody else has decided on this answer already.")
    pieces = read_pieces(desk, clearing.campaign_id, answer.id, answer.redacted)
    answer.redacted = seal_pieces(desk, clearing.campaign_id, answer.id, _restored(pieces, clearing))
    session.add_all(
        ClearanceDecision(
            campaign_id=clearing.campaign_id,
            answer_id=answer.id,
            ordinal=ordinal,
            restored=restored,
            person_id=actor.id,
            decided_at=desk.now,
        )
        for ordinal, restored in clearing.decisions.items()
    )
    record_event(
        session,
        at=desk.now,
        chain_id=clearing.campaign_id,
        actor=actor,
        event="passage_decided",
        answer=answer.id,
        restored=sum(clearing.decisions.values()),
        hidden=sum(not restored for restored in clearing.decisions.values()),
    )


def _restored(pieces: Pieces, clearing: Clearing) -> Pieces:
    """Put restored texts back, and join pieces of text that meet."""
    out: list[str | int] = []
    for piece in pieces:
        whole: str | int = piece
        if isinstance(piece, int) and clearing.decisions.get(piece):
            whole = clearing.texts[piece]
        if isinstance(whole, str) and out and isinstance(out[-1], str):
            out[-1] += whole
        else:
            out.append(whole)
    return tuple(out)
