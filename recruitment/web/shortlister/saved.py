"""“Saved: 5 for …” on the page after a score: the address names the score, the words come from the store."""

from __future__ import annotations

from uuid import UUID

from flask import request

from recruitment.services.queues import SavedScore, find_saved_score
from recruitment.web.access import reading
from recruitment.web.site import acting


def uuid_in(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def saved_score(campaign_id: UUID, handle: UUID | None, criterion_id: UUID | None) -> SavedScore | None:
    if handle is None or criterion_id is None:
        return None
    return find_saved_score(
        reading(), actor=acting(), campaign_id=campaign_id, handle=handle, criterion_id=criterion_id
    )


def saved_before(campaign_id: UUID) -> SavedScore | None:
    """The score that the page's address says was saved just before, if it is the reader's own."""
    handle, criterion_id = (uuid_in(request.args.get(name, "")) for name in ("scored", "criterion"))
    return saved_score(campaign_id, handle, criterion_id)
