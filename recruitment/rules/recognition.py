"""How somebody without an e-mail address is recognised, by letter or telephone, before anything of theirs changes.

Sources: UK GDPR Article 12(2) and 12(6) (rights are not made harder to use; where it is in doubt who asks, no more
is asked than confirms it). So nothing new is collected: what they say is compared with what stands on a letter
that reached them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

RECOGNISED_FOR = timedelta(days=1)
"""For so long whoever recognised somebody can act for them; then nothing links the two."""
MOST_TRIES = 5
"""Of one member of staff in `TRIES_WITHIN`: a letter in hand gives all four at the first."""
TRIES_WITHIN = timedelta(hours=1)
PROOF = ("name", "postcode", "date of a letter")
"""What has to agree, beside the reference: what the envelope and the letter bear."""
_DAYS_LATE = 3
_UK = ZoneInfo("Europe/London")


class Change(StrEnum):
    """What staff do for somebody who has no e-mail address."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"
    COPY = "copy"
    ERASE = "erase"
    STOP = "stop"


CHANGE_WORDS = {
    Change.WITHDRAW: "withdrew an application for its candidate",
    Change.CORRECT: "had contact details corrected for a candidate",
    Change.COPY: "asked for a copy of what is held, for a candidate",
    Change.ERASE: "asked for an application to be erased, for its candidate",
    Change.STOP: "gave notice for a candidate that their equality answers may not be used",
}


@dataclass(frozen=True)
class Told:
    """What somebody says of a letter that they hold: who it is to, and its date."""

    name: str
    postcode: str
    letter_on: date


def _folded(typed: str) -> str:
    parts = unicodedata.normalize("NFKD", typed.casefold())
    return "".join(each for each in parts if each.isalnum() or each.isspace())


def _is_named(typed: str, held: str) -> bool:
    """The same family name, and the same first letter before it: few people say their name as they wrote it."""
    said, known = _folded(typed).split(), _folded(held).split()
    if len(said) < 2 or len(known) < 2:
        return bool(said) and said == known
    return said[-1] == known[-1] and said[0][0] == known[0][0]


def letter_days(moments: Iterable[datetime]) -> set[date]:
    """The days that letters may bear which were due at these moments (UTC): that day in the UK, or soon after.

    The worker makes them, and may have stood still over a weekend.
    """
    days = {moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(_UK).date() for moment in moments}
    return {day + timedelta(days=later) for day in days for later in range(_DAYS_LATE + 1)}


def is_recognised(told: Told, lines: Sequence[str], days: Iterable[date]) -> bool:
    """Whether all agrees: `lines` are those of the envelope, the name first and the postcode last."""
    if len(lines) < 2:
        return False
    postcode = "".join(_folded(told.postcode).split())
    return (
        bool(postcode)
        and postcode == "".join(_folded(lines[-1]).split())
        and _is_named(told.name, lines[0])
        and told.letter_on in set(days)
    )
