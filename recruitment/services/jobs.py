"""Queues work in the caller's transaction; it is done if, and only if, that transaction commits."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.services.desk import Desk
from recruitment.store.jobs import Job

BOOK_CHOSEN = "book_chosen"
CROSS_FIGURES = "cross_figures"
CORRECT_CONTACT = "correct_contact"
MAKE_ACCESS_PACKAGE = "make_access_package"
COLLECT_HOLD = "collect_hold"
END_RESTRICTION = "end_restriction"
ERASE_DUE = "erase_due"
MATCH_RELATIONSHIPS = "match_relationships"
POST_APPOINTMENT = "post_appointment"
POST_DIGESTS = "post_digests"
PUBLISH_FIGURES = "publish_figures"
TELL_CLOSING_TIME = "tell_closing_time"
TELL_ON_PAPER = "tell_on_paper"
TELL_ELIGIBILITY = "tell_eligibility"
TELL_RIGHT = "tell_right"
SEND_LETTERS = "send_letters"

UNHURRIED = (SEND_LETTERS,)
"""Kinds that wait while anything else is due: no sign-in link stands in a queue behind a thousand letters."""


def enqueue(session: Session, *, desk: Desk, kind: str, run_after: datetime | None = None, **detail: Any) -> None:
    """`detail` holds ids only."""
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in detail.items()}
    session.add(Job(id=desk.new_id(), kind=kind, detail=plain, run_after=run_after or desk.now))
    session.flush()
