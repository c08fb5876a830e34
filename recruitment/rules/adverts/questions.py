"""Questions of tests and interviews: unambiguous, in plain English, one thing asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recruitment.rules.adverts.hits import Hit
from recruitment.rules.adverts.wordings import Place

_ASKS = (
    r"(?:what|why|how|when|where|which|who|whom|whose|describe|explain|tell|give|show|list|outline|set\s+out|say"
    r"|discuss|compare|summarise|write|name|state|identify|share|talk|think|imagine|suggest|provide|consider|draft"
    r"|present|prepare|upload|send|choose|assess|rank|calculate|work\s+out|analyse|evaluate|complete|submit|attach)"
)
_OPENING = re.compile(
    rf"(?:^|[.!?:,;]\s+|\n\s*|\b(?:please|and|then|(?:can|could|would|will)\s+you)\s+){_ASKS}\b",
    re.IGNORECASE,
)
_SECOND = re.compile(
    rf"(?:\band\b|\bor\b|;|\bthen\b)\s+(?:also\s+|then\s+|please\s+)?(?:in\s+|to\s+|with\s+)?"
    rf"{_ASKS}\b(?!\s+(?:best|most|more)\b)",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"\b{_ASKS}\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:do|does|did|have|has|are|is|were|was|can|could|would|will|should) you\b"
    rf"(?!\s+(?:please\s+)?{_ASKS}\b)[^.?!]*\?",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:don't|do\s+not|wouldn't|isn't|aren't|shouldn't)\s+you\b|\bwould\s+you\s+agree\b|\b(?:surely|obviously)\b"
    r"|\bof\s+course\b|\b(?:do\s+you\s+)?agree\s+that\b|\bhow\s+important\s+is\b|,\s*(?:isn't\s+it|right|don't\s+you)\?",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\band/or\b|\betc\b|\band\s+so\s+on\b|\bor\s+similar\b|\b(?:recently|often|regularly|frequently|occasionally)\b"
    r"|\bif\s+appropriate\b|\bas\s+necessary\b|\bsome\s+kind\s+of\b|\bthings\b|\bnot\s+(?:un|in|dis)\w+"
    r"|\bnot\b[^.?!]{0,30}\b(?:never|none|without|unless|except)\b",
    re.IGNORECASE,
)


def find_in_questions(places: Iterable[Place]) -> Iterator[Hit]:
    """What makes a question ask several things, be read in two ways, or suggest its answer."""
    for place in places:
        if place.text.strip():
            yield from _several(place)
            yield from _unclear(place)


def _several(place: Place) -> Iterator[Hit]:
    """Two question marks, or a second request joined to the first."""
    marks = [match.start() for match in re.finditer(r"\?", place.text)]
    second = _second_request(place.text)
    if len(marks) > 1 or second is not None:
        start, end = second or (_sentence_start(place, marks[1]), marks[1] + 1)
        yield place.hit(
            start,
            end,
            "several_things_asked",
            "More than one thing is asked: people answer one and lose marks for the other, and scorers weigh "
            "them differently.",
            "Ask one thing, and make a second question of the rest.",
        )


def _second_request(text: str) -> tuple[int, int] | None:
    first = _FIRST.search(text)
    if first is None:
        return None
    second = _SECOND.search(text, first.end())
    return second.span() if second else None


def _sentence_start(place: Place, mark: int) -> int:
    sentence = place.sentence(mark)
    return sentence.start if sentence else mark


def _unclear(place: Place) -> Iterator[Hit]:
    text = place.text
    for match in _VAGUE.finditer(text):
        yield place.hit(
            *match.span(),
            "ambiguous_question",
            "It means different things to different people.",
            "Say what is meant: how much, how often, which of the two.",
        )
    leading = _LEADING.search(text)
    if leading:
        yield place.hit(
            *leading.span(),
            "leading_question",
            "It tells what the panel wants to hear.",
            "Ask openly: what did you do, how would you do it, why.",
        )
    closed = _CLOSED.search(text)
    if closed and not _OPENING.search(text):
        yield place.hit(
            *closed.span(),
            "closed_question",
            "Yes or no is an answer to it, which gives nothing to score.",
            "Ask for an example, or how somebody would go about it.",
        )
    elif "?" not in text and not _OPENING.search(text):
        yield place.hit(
            *(_span := (len(text) - len(text.lstrip()), len(text.rstrip()))),
            "nothing_asked",
            "It names a subject, and does not say what candidates should do with it.",
            "Begin with what is wanted: describe, explain, give an example.",
        )
