"""Redacted answers as they rest under the sift key: pieces of text, and numbers of hidden passages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from recruitment.rules.clearance import WaitingPassage
from recruitment.rules.redaction import MARKER, Passage, Redaction, Replaced
from recruitment.services.desk import Desk
from recruitment.vault.payloads import dump, load
from recruitment.vault.working import WorkingPurpose

Pieces = tuple[str | int, ...]


def pieces_of(redaction: Redaction) -> Pieces:
    """What shortlisters may read, joined where pieces of it meet, and the numbers of what is hidden from them."""
    found: list[str | int] = []
    for piece in redaction.pieces:
        if isinstance(piece, Passage):
            found.append(piece.ordinal)
            continue
        text = piece.replacement if isinstance(piece, Replaced) else piece.text
        if found and isinstance(found[-1], str):
            found[-1] += text
        else:
            found.append(text)
    return tuple(found)


def restorable_of(redaction: Redaction) -> dict[int, WaitingPassage]:
    """Ordinal → what waits for somebody outside the sift."""
    return {
        piece.ordinal: WaitingPassage(piece.text, piece.kind, piece.is_disputed)
        for piece in redaction.pieces
        if isinstance(piece, Passage) and piece.restorable
    }


@dataclass(frozen=True)
class ShownPart:
    """A piece of an answer as it is shown: text, or a hidden passage (all of which look the same)."""

    text: str
    is_hidden: bool


def shown_parts(pieces: Pieces) -> tuple[ShownPart, ...]:
    return tuple(
        ShownPart(MARKER, True) if isinstance(piece, int) else ShownPart(piece, False) for piece in pieces
    )


def seal_pieces(desk: Desk, campaign_id: UUID, answer_id: UUID, pieces: Pieces) -> bytes:
    return desk.vault.encrypt(campaign_id, WorkingPurpose.SIFT, f"answer {answer_id}", dump(list(pieces)))


def read_pieces(desk: Desk, campaign_id: UUID, answer_id: UUID, blob: bytes) -> Pieces:
    raw = desk.vault.decrypt(campaign_id, WorkingPurpose.SIFT, f"answer {answer_id}", blob)
    return tuple(load(raw))
