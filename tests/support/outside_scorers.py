"""Somebody from outside who was asked for and waits for a second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from recruitment.store.outside_scorers import OutsideScorer


def add_outside_scorer(session: Any, campaign_id: UUID, by: UUID, now: datetime) -> UUID:
    scorer_id = uuid4()
    session.add(
        OutsideScorer(
            campaign_id=campaign_id, id=scorer_id, name="Iolo Outside", email="iolo@outside.example",
            reason="A shortlister is ill.", standing="asked", asked_by=by, asked_at=now,
        )
    )  # fmt: skip
    return scorer_id
