"""Outcome letters: which letter an application gets, how far it has come, what a person decides of a doubtful one.

Everybody who applied gets one for each outcome. Handing mail to a server cannot be exactly once (RFC 5321, section
4.5.3.2.6 and RFC 1047: the two sides may part after the message and before the reply), so a letter whose hand-over
was broken off there is "in doubt", is not sent again by itself, and waits for a person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TypeVar

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid

T = TypeVar("T")

BATCH = 25
"""Letters of one job: other mail is taken between two batches, so a sign-in link waits for no more than these."""


class LetterKind(StrEnum):
    NOT_ELIGIBLE = "not_eligible"
    NOT_PAST_FIRST_SIFT = "not_past_first_sift"
    NOT_SHORTLISTED = "not_shortlisted"
    NOT_INVITED = "not_invited"
    MISSED_TEST = "missed_test"
    NOT_APPOINTED = "not_appointed"
    MISSED_INTERVIEW = "missed_interview"
    RESERVE = "reserve"
    OFFERED = "offered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


KIND_TITLES = {
    LetterKind.NOT_ELIGIBLE: "Requirements not met",
    LetterKind.NOT_PAST_FIRST_SIFT: "Not past the first sift",
    LetterKind.NOT_SHORTLISTED: "Not shortlisted",
    LetterKind.NOT_INVITED: "Not invited after a test",
    LetterKind.MISSED_TEST: "Did not come to a test",
    LetterKind.NOT_APPOINTED: "Not appointed after the interview",
    LetterKind.MISSED_INTERVIEW: "Did not come to the interview",
    LetterKind.RESERVE: "On the reserve list",
    LetterKind.OFFERED: "Offered the job",
    LetterKind.DECLINED: "Turned the offer down",
    LetterKind.WITHDRAWN: "Withdrew",
}
ANSWER = "answer"
"""The kind of a letter that answers a candidate's question."""

# Event of the stage history → letter, the last word first; those marked come only once outcomes are final.
_OF_EVENTS: tuple[tuple[str, LetterKind, bool], ...] = (
    ("withdrawn", LetterKind.WITHDRAWN, False),
    ("withdrew", LetterKind.WITHDRAWN, False),
    ("declined", LetterKind.DECLINED, True),
    ("appointed", LetterKind.OFFERED, True),
    ("reserve", LetterKind.RESERVE, True),
    # Whoever did not come as far as an interview is not thanked for one, also once outcomes are final.
    ("not_invited", LetterKind.NOT_INVITED, False),
    ("not_appointed", LetterKind.NOT_APPOINTED, True),
    # Whom the check of the requirements refused was scored by nobody, and gets no letter about scores.
    ("not_eligible", LetterKind.NOT_ELIGIBLE, False),
    ("not_shortlisted", LetterKind.NOT_SHORTLISTED, False),
    ("not_past_first_sift", LetterKind.NOT_PAST_FIRST_SIFT, False),
)
WITH_INTERVIEW = frozenset({LetterKind.NOT_APPOINTED, LetterKind.RESERVE, LetterKind.OFFERED, LetterKind.DECLINED})
WITH_TESTS = WITH_INTERVIEW | {LetterKind.NOT_INVITED, LetterKind.MISSED_TEST, LetterKind.MISSED_INTERVIEW}
_ONCE_TOLD_AS = {
    LetterKind.MISSED_TEST: LetterKind.NOT_INVITED,
    LetterKind.MISSED_INTERVIEW: LetterKind.NOT_APPOINTED,
}


def letter_kind(events: Collection[str], state: CampaignState, *, was_absent: bool = False) -> LetterKind | None:
    """What an application with these events is to be told now; None while it is still in the running.

    Nothing before the reveal: who is told what would tell how the sift went. `was_absent`: whether they go no
    further since they did not come to a test, and not for a mark. Whoever is not appointed and was not
    interviewed did not come to the interview: nobody is thanked for coming who did not come.
    """
    if not has_reached(state, CampaignState.REVEALED):
        return None
    is_final = has_reached(state, CampaignState.DECIDED)
    for event, kind, waits_for_outcomes in _OF_EVENTS:
        if event in events:
            found = _as_they_came(kind, events, was_absent=was_absent)
            return found if is_final or not waits_for_outcomes else None
    return None


def _as_they_came(kind: LetterKind, events: Collection[str], *, was_absent: bool) -> LetterKind:
    if kind is LetterKind.NOT_INVITED and was_absent:
        return LetterKind.MISSED_TEST
    if kind is LetterKind.NOT_APPOINTED and "interviewed" not in events:
        return LetterKind.MISSED_INTERVIEW
    return kind


def told_by(kind: LetterKind) -> tuple[LetterKind, ...]:
    """The letters that tell an outcome: whoever had one in the words of before gets no second."""
    before = _ONCE_TOLD_AS.get(kind)
    return (kind, before) if before else (kind,)


class LetterState(StrEnum):
    QUEUED = "queued"
    HANDING_OVER = "handing_over"
    TAKEN = "taken"
    IN_DOUBT = "in_doubt"
    REFUSED = "refused"
    NO_ADDRESS = "no_address"
    ON_PAPER = "on_paper"
    POSTED = "posted"
    TOLD_OTHERWISE = "told_otherwise"


STATE_WORDS = {
    LetterState.QUEUED: "Waiting to be sent",
    LetterState.HANDING_OVER: "Being handed to the mail server",
    LetterState.TAKEN: "Sent",
    LetterState.IN_DOUBT: "In doubt",
    LetterState.REFUSED: "Refused by the mail server",
    LetterState.NO_ADDRESS: "No e-mail address",
    LetterState.ON_PAPER: "Waiting to be printed and posted",
    LetterState.POSTED: "Printed and posted",
    LetterState.TOLD_OTHERWISE: "Told another way",
}
TOLD = frozenset({LetterState.TAKEN, LetterState.POSTED, LetterState.TOLD_OTHERWISE})
UNDER_WAY = frozenset({LetterState.QUEUED, LetterState.HANDING_OVER})


class Settling(StrEnum):
    """What a person decides of a letter that cannot go on by itself."""

    ARRIVED = "arrived"
    AGAIN = "again"
    OTHERWISE = "otherwise"


SETTLING_WORDS = {
    Settling.ARRIVED: "It was sent: the mail server’s log has it",
    Settling.AGAIN: "Send it again, even if it may arrive twice",
    Settling.OTHERWISE: "They were told another way",
}
_MAY_SETTLE = {
    LetterState.IN_DOUBT: (Settling.ARRIVED, Settling.AGAIN, Settling.OTHERWISE),
    LetterState.REFUSED: (Settling.AGAIN, Settling.OTHERWISE),
    LetterState.NO_ADDRESS: (Settling.AGAIN, Settling.OTHERWISE),
}
TROUBLED = frozenset(_MAY_SETTLE)


def settled_as(state: LetterState, settling: Settling) -> LetterState:
    """Where a person's decision takes a letter. `Invalid` where that cannot be decided of it now."""
    if settling not in _MAY_SETTLE.get(state, ()):
        raise Invalid("This cannot be decided of the letter as it stands now. Look again.", "settling")
    return {
        Settling.ARRIVED: LetterState.TAKEN,
        Settling.AGAIN: LetterState.QUEUED,
        Settling.OTHERWISE: LetterState.TOLD_OTHERWISE,
    }[settling]


def in_batches(items: Sequence[T], size: int = BATCH) -> list[Sequence[T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
