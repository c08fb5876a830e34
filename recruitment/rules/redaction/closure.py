"""What is hidden in part is hidden whole: the ends of a name, a place, a year or a clause of which most is hidden.

Rules find the telling words; what is left beside them ("… national university", "… one week on, one week off")
says nothing of work, and often lets a reader guess the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.clauses import Clauses, is_figure
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span, runs
from recruitment.rules.redaction.spread import PERSONAL
from recruitment.rules.redaction.tokens import read_tokens
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.wordlists import WordLists

_RULE = "the rest of what is hidden in part"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    "|aug|sept?|oct|nov|dec"
)
_BEFORE_YEAR = re.compile(
    rf"(?:\b(?:(?:qualified|graduated|left|leaving|finished|class of|summer of|{_MONTHS})[ ]"
    r"(?:in[ ])?)){1,2}['’]?$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"\bno[.]?[ ]$", re.IGNORECASE)
_BEFORE_PLACE = re.compile(
    r"(?:\b[Tt]he[ ])?(?:\b(?:St\.?|Saint|Our|Sir|Syr|King|Queen|DPS|IIT|NIT|Ysgol|Coleg)[ ])?$"
)
_AFTER_PLACE = re.compile(
    r"(?:[ ](?:(?:national|state|federal|medical|technical|polytechnic|university|uni|school|college|academy"
    r"|grammar|high|secondary|primary|comp|comprehensive|sixth form|institute|lyceum)\b|I{1,3}\b|VI\b))+",
    re.IGNORECASE,
)
_TOWN_AFTER = re.compile(r"(?:,| in)[ ](?P<town>[A-Z][a-zà-ÿ'’-]{2,})(?=[,;.)\n]|[ ]?[\d(’']|$)")
_MOST_LEFT = 5
_REACH = 48
_NAME_LINE = re.compile(r"[^\W\d_]+(?:['’.-]{1,2}[^\W\d_]*)*")


def close(text: str, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """The words beside hidden spans that belong to them."""
    personal: list[tuple[int, int, Kind]] = []
    for start, end, members in runs(text, spans):
        if any(span.replacement for span in members) or all(span.action is Action.FLAG for span in members):
            continue
        first, last = members[0].kind, max(members, key=lambda span: span.end).kind
        yield from _before(text, start, first)
        if last is Kind.PLACE_OF_STUDY:
            yield from _after_place(text, end, lists)
        if Kind.NAME in (first, last):
            yield from _line(text, start, end)
        told = next((span.kind for span in members if span.kind in PERSONAL), None)
        if told is not None:
            personal.append((start, end, told))
    if personal:
        yield from _clauses(text, spans, personal, lists.telling)


def _before(text: str, start: int, kind: Kind) -> Iterator[Span]:
    pattern = {
        Kind.YEAR_OF_STUDY: _BEFORE_YEAR, Kind.NUMBER: _BEFORE_NUMBER, Kind.PLACE_OF_STUDY: _BEFORE_PLACE
    }.get(kind)  # fmt: skip
    match = pattern.search(text, max(0, start - _REACH), start) if pattern else None
    if match is not None and match.start() < start:
        yield Span(match.start(), start, kind, _RULE, Action.HIDE)


def _after_place(text: str, end: int, lists: WordLists) -> Iterator[Span]:
    match = _AFTER_PLACE.match(text, end)
    if match is not None:
        yield Span(end, match.end(), Kind.PLACE_OF_STUDY, _RULE, Action.HIDE)
        end = match.end()
    match = _TOWN_AFTER.match(text, end)
    if match is not None:
        low = match["town"].lower()
        if not any(low in each for each in (lists.subjects, lists.qualifications, lists.role_words)):
            yield Span(end, match.end(), Kind.PLACE_OF_STUDY, _RULE, Action.HIDE)


def _line(text: str, start: int, end: int) -> Iterator[Span]:
    """A line that holds hardly more than a name: a signature with a kiss or an initial, a middle name."""
    low = text.rfind("\n", max(0, start - 40), start) + 1
    high = text.find("\n", end, end + 40)
    high = len(text) if high < 0 else high
    if (low == 0 and start > 40) or high - end > 40 or (low == start and high == end):
        return
    for first, last in ((low, start), (end, high)):
        words = _NAME_LINE.findall(text[first:last])
        if not words or len(words) > 2 or len("".join(words)) < len(text[first:last].replace(" ", "")) - 2:
            continue
        if all(len(word) == 1 or (word[0].isupper() and first != low) for word in words) and last - first < 24:
            yield Span(first, last, Kind.NAME, _RULE, Action.HIDE)


def _clauses(
    text: str, spans: Sequence[Span], personal: Sequence[tuple[int, int, Kind]], telling: Telling
) -> Iterator[Span]:
    """Clauses of which most words are hidden as told of oneself, where the rest is no work."""
    tokens = read_tokens(text)
    clauses = Clauses(text, tokens)
    covered = bytearray(len(text) + 1)
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    done = -1
    for start, end, kind in personal:
        for number in sorted({clauses.number(start), clauses.number(end - 1)}):
            first, last = clauses.range(number)
            if number <= done or first >= last:
                continue
            done = number
            left = [index for index in range(first, last) if not covered[tokens.starts[index]]]
            if not 0 < len(left) <= min(_MOST_LEFT, last - first - len(left)):
                continue
            if any(
                tokens.words[index] in telling.works
                or telling.evidence.end(tokens, index) is not None
                or is_figure(tokens, index)
                for index in left
            ):
                continue
            yield Span(tokens.starts[first], tokens.ends[last - 1], kind, _RULE, Action.HIDE)
