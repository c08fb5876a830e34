"""Clearance: somebody outside the sift restores doubtful passages, or leaves them hidden, before the sift opens.

An answer's text changes once, when all of its passages are decided: what shortlisters read is never a mixture that
nobody has seen. Until then decisions on single passages ("the same everywhere") wait as rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.clearance import WaitingPassage, harm
from recruitment.rules.errors import NotFound, Stale
from recruitment.rules.permissions import Permission
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.redacted import Pieces, read_pieces, seal_pieces
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application, SealedRecord
from recruitment.store.eligibility import is_running
from recruitment.store.sift import ClearanceDecision
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.clearance import open_passages

AROUND = 160  # characters of context on each side
MOST_OPENED = 600
"""Waiting answers opened at a time, to be put in order: more than a campaign of 300 applications has."""


@dataclass(frozen=True)
class DoubtfulPassage:
    """A hidden passage with what stands around it, which shortlisters read anyway.

    `elsewhere`: other answers of the campaign in which the very same words wait.
    """

    answer_id: UUID
    ordinal: int
    before: str
    text: str
    after: str
    waiting: WaitingPassage
    elsewhere: int


@dataclass(frozen=True)
class ClearanceBatch:
    passages: tuple[DoubtfulPassage, ...]
    answers_left: int


def count_waiting(session: Session, campaign_id: UUID) -> int:
    """Answers with a restorable passage on which nothing was decided yet."""
    return session.scalar(waiting_count(campaign_id)) or 0


def waiting_count(campaign_id: UUID) -> Select[int]:
    """The statement of `count_waiting`, to be part of another."""
    return waiting_answers(campaign_id).with_only_columns(func.count())


def waiting_answers(*campaign_ids: UUID) -> Select[Answer]:
    return (
        select(Answer)
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .where(
            Answer.campaign_id.in_(campaign_ids),
            Answer.has_restorable,
            is_running(),
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
    """The answers with undecided passages whose hiding harms most, opened with one record. A read session."""
    campaign = require(session, actor, campaign_id, Permission.CLEAR_PASSAGES)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="clear passages")
    held = {answer.id: answer for answer in _held(session, campaign_id)}
    if not held:
        return ClearanceBatch((), 0)
    opened = _open(session, actor, desk, campaign_id, list(held), "clearance before the sift")
    places = Counter(words for passages in opened.values() for words in {each.words for each in passages.values()})
    first = sorted(
        opened, key=lambda answer_id: (*(-part for part in harm(opened[answer_id].values())), answer_id)
    )
    found = []
    for answer_id in first[:answers]:
        pieces = read_pieces(desk, campaign_id, answer_id, held[answer_id].redacted)
        for ordinal, waiting in sorted(opened[answer_id].items()):
            before, after = _around(pieces, ordinal)
            elsewhere = places[waiting.words] - 1
            found.append(DoubtfulPassage(answer_id, ordinal, before, waiting.text, after, waiting, elsewhere))
    return ClearanceBatch(tuple(found), count_waiting(session, campaign_id))


def _held(session: Session, campaign_id: UUID) -> Sequence[Answer]:
    return session.scalars(waiting_answers(campaign_id).order_by(Answer.id).limit(MOST_OPENED)).all()


def _open(
    session: Session, actor: Actor, desk: StaffDesk, campaign_id: UUID, answer_ids: list[UUID], ground: str
) -> dict[UUID, dict[int, WaitingPassage]]:
    """Answer → ordinal → passage, without those that are decided already; opened with one record."""
    blobs = _passage_blobs(session, campaign_id, answer_ids)
    if not blobs:
        raise NotFound
    decided = {
        (answer_id, ordinal)
        for answer_id, ordinal in session.execute(
            select(ClearanceDecision.answer_id, ClearanceDecision.ordinal).where(
                ClearanceDecision.campaign_id == campaign_id, ClearanceDecision.answer_id.in_(answer_ids)
            )
        )
    }
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CLEARANCE,
        scope_id=campaign_id,
        records=answer_ids,
        ground=ground,
    )
    opened = open_passages(desk.vault, receipt, blobs)
    return {
        answer_id: {ordinal: each for ordinal, each in passages.items() if (answer_id, ordinal) not in decided}
        for answer_id, passages in opened.items()
    }


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
    """A decision made ready: the texts that may come back, opened before the write begins.

    `texts`: all restorable passages of the answer; `decisions`: ordinal → restored, of some or all of them.
    """

    campaign_id: UUID
    answer_id: UUID
    decisions: dict[int, bool]
    texts: dict[int, str]
    is_everywhere: bool = False


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
    (clearing,) = prepare_clearings(
        session, actor=actor, desk=desk, campaign_id=campaign_id, decisions={answer_id: decisions}
    )
    return clearing


def prepare_clearings(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    decisions: dict[UUID, dict[int, bool]],
    everywhere: frozenset[tuple[UUID, int]] = frozenset(),
) -> list[Clearing]:
    """Decisions on whole answers made ready, and with them, for passages of `everywhere`, those on the same words.

    Another answer that holds further passages keeps the decision until these are decided as well.
    """
    campaign = require(session, actor, campaign_id, Permission.CLEAR_PASSAGES)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="clear passages")
    wanted = list(decisions)
    if everywhere:
        wanted += [answer.id for answer in _held(session, campaign_id) if answer.id not in decisions]
    blobs = _passage_blobs(session, campaign_id, wanted)
    if not decisions or not set(decisions) <= {answer_id for answer_id, _ in blobs}:
        raise NotFound
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CLEARANCE,
        scope_id=campaign_id,
        records=[answer_id for answer_id, _ in blobs],
        ground="clearance decision",
    )
    opened = open_passages(desk.vault, receipt, blobs)
    same = {
        opened[answer_id][ordinal].words: decisions[answer_id].get(ordinal, False)
        for answer_id, ordinal in everywhere
        if answer_id in decisions and ordinal in opened[answer_id]
    }
    made = []
    for answer_id, passages in opened.items():
        texts = {ordinal: each.text for ordinal, each in passages.items()}
        if answer_id in decisions:
            whole = {ordinal: decisions[answer_id].get(ordinal, False) for ordinal in texts}
            made.append(Clearing(campaign_id, answer_id, whole, texts))
            continue
        alike = {ordinal: same[each.words] for ordinal, each in passages.items() if each.words in same}
        if alike:
            made.append(Clearing(campaign_id, answer_id, alike, texts, is_everywhere=True))
    return made


def decide_passages(session: Session, *, actor: Actor, desk: StaffDesk, clearing: Clearing) -> None:
    """Keep the decisions; once all passages of the answer are decided, restore what is to be restored.

    `Stale` when somebody else finished this answer first; a passage decided before stays as it was decided.
    """
    campaign = require(session, actor, clearing.campaign_id, Permission.CLEAR_PASSAGES, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="clear passages")
    answer = session.get_one(Answer, (clearing.campaign_id, clearing.answer_id), populate_existing=True)
    if not answer.has_restorable:
        if clearing.is_everywhere:
            return
        raise Stale("Somebody else has decided on this answer already.")
    earlier = {
        ordinal: restored
        for ordinal, restored in session.execute(
            select(ClearanceDecision.ordinal, ClearanceDecision.restored).where(
                ClearanceDecision.campaign_id == clearing.campaign_id,
                ClearanceDecision.answer_id == clearing.answer_id,
            )
        )
    }
    fresh = {ordinal: restored for ordinal, restored in clearing.decisions.items() if ordinal not in earlier}
    session.add_all(
        ClearanceDecision(
            campaign_id=clearing.campaign_id,
            answer_id=answer.id,
            ordinal=ordinal,
            restored=restored,
            person_id=actor.id,
            decided_at=desk.now,
        )
        for ordinal, restored in fresh.items()
    )
    known = earlier | fresh
    if known.keys() >= clearing.texts.keys():
        pieces = read_pieces(desk, clearing.campaign_id, answer.id, answer.redacted)
        back = {ordinal: clearing.texts[ordinal] for ordinal, restored in known.items() if restored}
        answer.redacted = seal_pieces(desk, clearing.campaign_id, answer.id, restored(pieces, back))
        answer.has_restorable = False
    if fresh:
        record_event(
            session,
            at=desk.now,
            chain_id=clearing.campaign_id,
            actor=actor,
            event="passage_decided_everywhere" if clearing.is_everywhere else "passage_decided",
            answer=answer.id,
            restored=sum(fresh.values()),
            hidden=sum(not restored for restored in fresh.values()),
        )


def restored(pieces: Pieces, back: dict[int, str]) -> Pieces:
    """Put restored texts back, and join pieces of text that meet."""
    out: list[str | int] = []
    for piece in pieces:
        whole: str | int = back.get(piece, piece) if isinstance(piece, int) else piece
        if isinstance(whole, str) and out and isinstance(out[-1], str):
            out[-1] += whole
        else:
            out.append(whole)
    return tuple(out)
