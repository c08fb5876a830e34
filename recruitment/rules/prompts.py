"""What a writer is told, gently, when something they wrote will be hidden: never an error, never a must."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from recruitment.rules.previews import in_one_line, spans_in
from recruitment.rules.redaction import Kind, Redaction, Shown, Span

_MOST_WORDS = 4
_LONGEST = 80

_PERSONAL = "something personal, such as age, health, family or belief"
WHAT: dict[Kind, str] = {
    Kind.NAME: "your name",
    Kind.EMAIL: "contact details",
    Kind.TELEPHONE: "contact details",
    Kind.ADDRESS: "contact details",
    Kind.POSTCODE: "contact details",
    Kind.WEB_ADDRESS: "a web address or an account name",
    Kind.DATE_OF_BIRTH: "your date of birth",
    Kind.NATIONAL_INSURANCE: "a number that could lead to you",
    Kind.NHS_NUMBER: "a number that could lead to you",
    Kind.NUMBER: "a number that could lead to you",
    Kind.OTHER_NAME: "another person’s name",
    Kind.TITLE: "a title, or a word such as he or she",
    Kind.GENDER: "a title, or a word such as he or she",
    Kind.FAMILY: _PERSONAL,
    Kind.PREGNANCY: _PERSONAL,
    Kind.AGE: _PERSONAL,
    Kind.ETHNICITY: _PERSONAL,
    Kind.NATIONALITY: _PERSONAL,
    Kind.RELIGION: _PERSONAL,
    Kind.DISABILITY: _PERSONAL,
    Kind.ORIENTATION: _PERSONAL,
    Kind.TRANSITION: _PERSONAL,
    Kind.POLITICS: _PERSONAL,
    Kind.MEMBERSHIP: _PERSONAL,
    Kind.PLACE_OF_STUDY: "where or when you studied",
    Kind.YEAR_OF_STUDY: "where or when you studied",
}
"""What somebody has written, as it is said to them; what they hid themselves is nothing to be told of."""


@dataclass(frozen=True)
class Prompt:
    """One sort of thing that was written; `more` counts the words beyond those that are quoted."""

    what: str
    words: tuple[str, ...]
    more: int = 0


def prompts_of(redaction: Redaction) -> tuple[Prompt, ...]:
    """What a text tells that shortlisters will not read, the most telling first."""
    found: dict[str, dict[str, str]] = {}
    for what, words in _found(redaction):
        found.setdefault(what, {}).setdefault(words.casefold(), _shortened(words))
    order = {what: place for place, what in reversed(list(enumerate(WHAT.values())))}
    prompts = []
    for what in sorted(found, key=order.__getitem__):
        quoted = tuple(found[what].values())
        prompts.append(Prompt(what, quoted[:_MOST_WORDS], max(0, len(quoted) - _MOST_WORDS)))
    return tuple(prompts)


def _found(redaction: Redaction) -> Iterator[tuple[str, str]]:
    """What was found, with its words; things of two sorts apart, though one mark may hide both."""
    for piece in redaction.pieces:
        if isinstance(piece, Shown):
            continue
        for what, spans in groupby(_outermost(spans_in(redaction, piece)), key=lambda span: WHAT[span.kind]):
            every = list(spans)
            yield what, in_one_line(redaction.original[every[0].start : max(span.end for span in every)])


def _outermost(spans: tuple[Span, ...]) -> Iterator[Span]:
    """The spans that lie in no other, of those that are told of."""
    furthest = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > furthest:
            furthest = span.end
            if span.kind in WHAT:
                yield span


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return (words[:_LONGEST].rpartition(" ")[0] or words[:_LONGEST]) + " …"
