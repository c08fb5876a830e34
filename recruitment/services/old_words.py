"""What candidates wrote when no time suited, from before it was sealed: it may tell of an illness.

It lay under the sift key, which the public site holds. The worker seals each as a question of its candidate, as it
is kept now, and leaves the mark in its place.
"""

from __future__ import annotations

import logging

from sqlalchemy import select

from recruitment.services.appointments import UNSUITED, stage_at, words_place
from recruitment.services.correspondence import seal_earlier_words
from recruitment.services.reasons import open_reason
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application
from recruitment.store.slots import Appointment
from recruitment.vault.errors import CannotBeOpened

log = logging.getLogger(__name__)
_MARK = UNSUITED.encode()
_AT_ONCE = 100


def seal_old_words(desk: StaffDesk) -> int:
    """Seal what still lies under the sift key; how many. What that key cannot open any more is left out."""
    is_old = Appointment.words.is_not(None) & (Appointment.words != _MARK)
    with desk.sessions.reading() as session:
        if session.scalars(select(Appointment.application_id).where(is_old).limit(1)).first() is None:
            return 0
    with desk.sessions.writing() as session:
        rows = session.scalars(
            select(Appointment)
            .where(is_old)
            .order_by(Appointment.campaign_id, Appointment.application_id, Appointment.stage_position)
            .limit(_AT_ONCE)
            .with_for_update()
        ).all()
        for row in rows:
            try:
                words = open_reason(desk, row.campaign_id, words_place(row, "words"), row.words)
            except CannotBeOpened:
                words = ""
            if words:
                stage, _ = stage_at(session, row.campaign_id, row.stage_position)
                application = session.get_one(Application, (row.campaign_id, row.application_id))
                seal_earlier_words(session, desk, application, f"No time suits ({stage.name}):\n\n{words}")
            row.words = _MARK
    log.info("%d texts on times that did not suit are sealed anew", len(rows))
    return len(rows)
