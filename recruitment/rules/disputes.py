"""“This was hidden wrongly”: passages that the writer asks to have shown, which a person then decides on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from recruitment.rules.hidden_passages import Passages
from recruitment.rules.previews import HiddenWords, hidden_words, in_one_line, kinds_in, passages_of
from recruitment.rules.redaction import Kind, Passage, Redaction

_FINDABLE = "If this is yours, shortlisters could find out who you are."
WARNINGS: dict[Kind, str] = {
    Kind.NAME: "Ask only if the word means something else, as in “I hope”. If it is your name, shortlisters "
    "would know who you are.",
    Kind.EMAIL: _FINDABLE,
    Kind.TELEPHONE: _FINDABLE,
    Kind.ADDRESS: _FINDABLE,
    Kind.POSTCODE: _FINDABLE,
    Kind.WEB_ADDRESS: _FINDABLE,
    Kind.DATE_OF_BIRTH: _FINDABLE,
    Kind.NATIONAL_INSURANCE: _FINDABLE,
    Kind.NHS_NUMBER: _FINDABLE,
    Kind.NUMBER: _FINDABLE,
}
"""What to think of before asking, for kinds that lead to a person."""


def words_at(redaction: Redaction, mark: int) -> HiddenWords | None:
    """The hidden words of which this mark is one."""
    return next((entry for entry in hidden_words(redaction) if mark in entry.marks), None)


def ask_to_show(redaction: Redaction, disputed: Iterable[tuple[int, int]], mark: int) -> Passages | None:
    """The disputed places with all of the words at a mark; None where they cannot be asked for."""
    entry = words_at(redaction, mark)
    if entry is None or not entry.may_ask:
        return None
    return tuple(sorted({*disputed, *entry.places}))


def leave_hidden(redaction: Redaction, disputed: Iterable[tuple[int, int]], mark: int) -> Passages | None:
    """The disputed places without those in the words at a mark; None where no words are."""
    entry = words_at(redaction, mark)
    if entry is None:
        return None
    return tuple(
        (start, end)
        for start, end in sorted(disputed)
        if not any(start < last and first < end for first, last in entry.places)
    )


def follow_disputes(old: str, disputed: Iterable[tuple[int, int]], redaction: Redaction) -> Passages:
    """The disputed places of a changed text: where the same words are hidden by themselves, and nowhere else."""
    wanted = {in_one_line(old[start:end]).casefold() for start, end in disputed}
    return tuple(
        (passage.start, passage.end)
        for passage in passages_of(redaction)
        if in_one_line(passage.text).casefold() in wanted
    )


def count_asked(redactions: Iterable[Redaction]) -> int:
    """How many words the writer asks to have shown; those that are hidden alike in one text count once."""
    return sum(entry.is_asked for redaction in redactions for entry in hidden_words(redaction))


def keep_own_hidden(redaction: Redaction) -> Redaction:
    """The redaction in which no dispute brings back words that the writer has asked to hide beside it."""
    return replace(
        redaction,
        pieces=tuple(
            replace(piece, restorable=False, is_disputed=False)
            if isinstance(piece, Passage) and piece.is_disputed and Kind.ASKED in kinds_in(redaction, piece)
            else piece
            for piece in redaction.pieces
        ),
    )
