"""Reasons and notes of scorers, under the sift key."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.errors import Invalid
from recruitment.services.desk import Desk
from recruitment.vault.working import WorkingPurpose

LONGEST_REASON = 2_000  # characters
_BLOCK = 1_024  # bytes


def check_reason(reason: str, field: str = "reason") -> None:
    """`Invalid` on `field` where a reason is longer than what is kept."""
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"The reason must be {LONGEST_REASON:,} characters or fewer.", field)


def seal_reason(desk: Desk, campaign_id: UUID, place: str, text: str) -> bytes | None:
    """`place` names the row, so that a reason moved to another score cannot be read there."""
    if not text.strip():
        return None
    return desk.vault.encrypt(
        campaign_id, WorkingPurpose.SIFT, f"reason {place}", text.strip().encode("utf-8", "surrogatepass")
    )


def seal_adjustments(desk: Desk, campaign_id: UUID, place: str, words: str) -> bytes:
    """Always stored, and filled up to whole blocks: neither presence nor length tells who asked for something."""
    raw = words.strip().encode("utf-8", "surrogatepass")
    return desk.vault.encrypt(
        campaign_id, WorkingPurpose.SIFT, f"reason {place}", raw + b" " * (-len(raw) % _BLOCK or _BLOCK)
    )


def open_reason(desk: Desk, campaign_id: UUID, place: str, blob: bytes | None) -> str:
    if blob is None:
        return ""
    raw = desk.vault.decrypt(campaign_id, WorkingPurpose.SIFT, f"reason {place}", blob)
    return raw.decode("utf-8", "surrogatepass").strip()


def score_place(allocation_id: UUID, criterion_id: UUID) -> str:
    return f"{allocation_id} {criterion_id}"
