"""How the sample's released texts are looked at again: the clearer's second look, and one shortlister's report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from recruitment.rules.actors import Actor
from recruitment.rules.leak_statements import LeakFigures
from recruitment.rules.marked_words import stand_in
from recruitment.rules.second_looks import LeakKind
from recruitment.services import second_looks, sift, text_reports
from recruitment.services.leak_counts import count_leaks
from recruitment.services.redacted import ShownPart
from recruitment.services.staff_desk import StaffDesk

# What redaction leaves standing, since it holds no known word; a person sees that it tells.
_TELLING = (
    "was on every poster",
    "I often met the same people in the street",
    "would trust with our hardest case",
)
_MOST_MARKED = 2


def _telling(parts: Iterable[ShownPart]) -> str:
    pieces = tuple(part.text for part in parts if not part.is_hidden)
    return next((words for words in _TELLING if stand_in(pieces, words)), "")


def tell_of_texts(desk: StaffDesk, campaign_id: UUID, shortlister: Actor, readers: Sequence[Actor]) -> LeakFigures:
    """One report of a shortlister, then the whole second look, if there is somebody to take it."""
    _report_one(desk, campaign_id, shortlister)
    for actor in readers:
        _look_at_all(desk, campaign_id, actor)
    with desk.sessions.reading() as session:
        return count_leaks(session, campaign_id)


def _report_one(desk: StaffDesk, campaign_id: UUID, actor: Actor) -> None:
    with desk.sessions.reading() as session:
        queue = sift.read_queue(session, actor=actor, campaign_id=campaign_id, per_page=100_000)
        for item in queue.items:
            answer = sift.read_answer(session, actor=actor, desk=desk, campaign_id=campaign_id, handle=item.handle)
            if found := _telling(answer.parts):
                break
        else:
            return
        prepared = text_reports.prepare_report(
            session, actor=actor, desk=desk, campaign_id=campaign_id, handle=item.handle, words=found
        )
    with desk.sessions.writing() as session:
        text_reports.report_text(session, actor=actor, desk=desk, prepared=prepared)


def _look_at_all(desk: StaffDesk, campaign_id: UUID, actor: Actor) -> None:
    marked = 0
    with desk.sessions.writing() as session:
        while True:
            page = second_looks.read_second_look(session, actor=actor, desk=desk, campaign_id=campaign_id)
            if page.text is None:
                return
            position = page.text.position
            found = _telling(page.text.parts)
            if found and marked < _MOST_MARKED:
                second_looks.mark_leak(
                    session,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    position=position,
                    words=found,
                    kind=LeakKind.IDENTITY,
                )
                marked += 1
            second_looks.finish_look(session, actor=actor, desk=desk, campaign_id=campaign_id, position=position)
