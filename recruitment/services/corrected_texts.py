"""What a corrected name or address would leave readable is hidden in the texts that shortlisters read.

The old form stays hidden: a passage hidden anew never comes back, and those hidden before are not touched. Once
the shortlist is frozen nobody reads the texts any more, so they stay as they were read.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Identity
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.clearance import WaitingPassage
from recruitment.rules.marked_words import flat_text, without_places
from recruitment.rules.redaction.known_again import find_newly_known
from recruitment.services.clearance import restored
from recruitment.services.openings import record_opening
from recruitment.services.redacted import Pieces, read_pieces, seal_pieces
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Answer, SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.sift import ClearanceDecision
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.opening.clearance import open_passages
from recruitment.vault.sealing.clearance import seal_passages

Waiting = Mapping[UUID, Mapping[int, WaitingPassage]]
"""Answer → ordinal → passage."""


def open_waiting(
    desk: StaffDesk, *, actor: Actor, campaign_id: UUID, application_id: UUID, ground: str
) -> Waiting:
    """The passages of the application that wait for a person, opened with one record."""
    with desk.sessions.reading() as session:
        blobs = session.execute(
            select(Answer.id, SealedRecord.blob)
            .join(
                SealedRecord,
                (SealedRecord.campaign_id == Answer.campaign_id)
                & (SealedRecord.application_id == Answer.application_id),
            )
            .where(
                Answer.campaign_id == campaign_id,
                Answer.application_id == application_id,
                Answer.has_restorable,
                SealedRecord.compartment == Compartment.CLEARANCE,
            )
            .add_columns(SealedRecord.part)
            .order_by(Answer.id)
        ).all()
    own = [(answer_id, blob) for answer_id, blob, part in blobs if part == answer_id.hex]
    if not own:
        return {}
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CLEARANCE,
        scope_id=campaign_id,
        records=[answer_id for answer_id, _ in own],
        ground=ground,
    )
    return open_passages(desk.vault, receipt, own)


def hide_newly_known(
    session: Session,
    *,
    desk: StaffDesk,
    keys: PublicKeys,
    waiting: Waiting,
    application_id: UUID,
    before: Identity,
    after: Identity,
) -> None:
    """Hide in every text what `after` tells of the writer and `before` did not. The caller holds the campaign."""
    campaign_id = keys.scope_id
    state = CampaignState(session.get_one(Campaign, campaign_id).state)
    if has_reached(state, CampaignState.FROZEN) or after.known_values() == before.known_values():
        return
    answers = session.scalars(
        select(Answer)
        .where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
        .order_by(Answer.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for answer in answers:
        pieces = first = read_pieces(desk, campaign_id, answer.id, answer.redacted)
        if answer.has_restorable and answer.id in waiting:
            pieces = _with_fewer_waiting(session, desk, keys, waiting[answer.id], answer, pieces, before, after)
        pieces = _hidden(desk, pieces, before, after)
        if pieces != first:
            answer.redacted = seal_pieces(desk, campaign_id, answer.id, pieces)
    session.flush()


def _hidden(desk: StaffDesk, pieces: Pieces, before: Identity, after: Identity) -> Pieces:
    while places := find_newly_known(flat_text(pieces), after.known_values(), before.known_values(), desk.lists):
        pieces = without_places(pieces, places)
    return pieces


def _with_fewer_waiting(
    session: Session,
    desk: StaffDesk,
    keys: PublicKeys,
    waiting: Mapping[int, WaitingPassage],
    answer: Answer,
    pieces: Pieces,
    before: Identity,
    after: Identity,
) -> Pieces:
    """No waiting passage that holds the name can come back; an answer whose last one it was is decided."""
    left = {number: each for number, each in waiting.items() if not _tells(desk, each, before, after)}
    if left == waiting:
        return pieces
    key = (answer.campaign_id, answer.application_id, Compartment.CLEARANCE.value, answer.id.hex)
    record = session.get_one(SealedRecord, key, with_for_update=True, populate_existing=True)
    record.blob = seal_passages(keys, answer.id, left)
    decided = _decided(session, answer)
    if not left.keys() <= decided.keys():
        return pieces
    answer.has_restorable = False
    return restored(pieces, {number: each.text for number, each in left.items() if decided[number]})


def _tells(desk: StaffDesk, passage: WaitingPassage, before: Identity, after: Identity) -> bool:
    return bool(find_newly_known(passage.text, after.known_values(), before.known_values(), desk.lists))


def _decided(session: Session, answer: Answer) -> Mapping[int, bool]:
    return {
        ordinal: is_restored
        for ordinal, is_restored in session.execute(
            select(ClearanceDecision.ordinal, ClearanceDecision.restored).where(
                ClearanceDecision.campaign_id == answer.campaign_id, ClearanceDecision.answer_id == answer.id
            )
        )
    }
