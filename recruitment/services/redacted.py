"""Redacted answers as they rest under the sift key: pieces of text, and numbers of hidden passages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from recruitment.rules.redaction import MARKER, Redaction, Shown
from recruitment.services.desk import Desk
from recruitment.vault.payloads import dump, load
from recruitment.vault.working import WorkingPurpose

Pieces = tuple[str | int, ...]


def pieces_of(redaction: Redaction) -> Pieces:
    return tuple(piece.text if isinstance(piece, Shown) else piece.ordinal for piece in redaction.pieces)


def restorable_of(redaction: Redaction) -> dict[int, str]:
    return {
        piece.ordinal: piece.text
        for piece in redaction.pieces
        if not isinstance(piece, Shown) and piece.restorable
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
