"""Addresses by form: a number and a street, and what stands before a postcode on its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recruitment.rules.redaction.folding import capitals_of
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span

_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Crescent|Cres|Court|Ct|Gardens|Gdns|Green|Grove|Place|Pl|Square|Sq|Terrace|Ter|"
    r"Park|Way|Walk|Hill|Mews|Rise|Row|View|Vale|Brow|Fold|Mount|Parade|Quay|Wharf|Wynd|Gate|Yard|Drove|Heights|House|Lodge|Mansions|Villas|Croft|Bank|"
    r"Point|Tower|Towers|Buildings|Cottages?|Farm|Common|End|Meadows?|Heol|Ffordd|Lôn|Stryd)"
)
_NUMBERED = re.compile(
    r"(?<![\w£$€.,])(?:(?:[Ff]lat|[Aa]pt|[Aa]partment|[Uu]nit|[Rr]oom|FLAT|APT"
    r"|c/o)\.? ?\w{1,5},? ?)?(?:\d{1,3}/\d{1,3},? ?\d{0,4}|\d{1,4}[A-Za-z]?(?:/\d{1,3})?|\d{1,3}-\d{1,3}),? ?"
    r"(?:[A-Z][\w'’\-]*\.?[ ]){1,4}"
    + _STREET
    + r"\b(?! (?:depot|office|station|branch|team|clinic|surgery|ward|project|hostel|school|site|store))",
)
_NUMBERED_CAPITALS = re.compile(r"(?<![\w£$€.,])\d{1,4}[A-Z]?,? (?:[A-Z'’\-]+[ ]){1,4}" + _STREET.upper() + r"\b")
_BY_NUMBER = ((_NUMBERED, capitals_of(_STREET)), (_NUMBERED_CAPITALS, capitals_of(_STREET.upper())))
# Without a number: a flat on a line of its own, a box at the post office, a house that goes with a post.
_NAMED = re.compile(
    r"^[ \t]{0,4}(?:Flat|Apt\.?|Apartment) \w{1,4},? [A-Z][\w'’\-]+(?:,? [A-Z][\w'’\-]+){0,5}[ \t]*$"
    r"|\bP\.?O\.? Box \d{1,6}(?:, [A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)?"
    r"|\bThe (?:Vicarage|Rectory|Manse|Presbytery|Farmhouse|Gatehouse|Bungalow|Schoolhouse|Mill House|Coach House"
    r"|Old [A-Z][a-z]+), [A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)*",
    re.MULTILINE,
)
_NAMED_BY = frozenset(
    "Flat Apt Apartment Box Vicarage Rectory Manse Presbytery Farmhouse Gatehouse Bungalow Schoolhouse Mill Coach "
    "Old".split()
)
_BEFORE_CAPITAL = re.compile(r"\d[A-Za-z]?,? ?,? ?[A-Z'’\-]")
_BEFORE = re.compile(
    r"(?:\b(?:live|lives|living|reside|address|addr|home|at|c/o)\b(?: (?:is|at|in))?\W{0,4}|[|•\n\t]\s*|^|,\s"
    r"|\)\s?)$",
    re.IGNORECASE,
)
_LINE_START = re.compile(
    r"[\n|•\t]| {3}|(?<=\d) - |\b(?:address|addr|c/o|live at|living at|home address|my address is)\b ?:? ?",
    re.IGNORECASE,
)
_ADDRESS_WORD = re.compile(
    r"[A-ZÀ-Ý0-9(#&/\-][\w'’./&(),\-]*|(?:of|the|upper|lower|top|floor|bottom|near|by|on|y|yr|le|in|ground|first|second|upon|under|ar|and|flat|floor\)),?"
)
_LONGEST = 110


def find_addresses(text: str, capitals: frozenset[str], hidden: Iterable[Span]) -> Iterator[Span]:
    """The candidate's address where the form does not hold it word for word.

    `capitals`: `capital_words` of the text.
    """
    found = list(hidden)
    postcodes = [span for span in found if span.kind is Kind.POSTCODE]
    for pattern, streets in _BY_NUMBER:
        may_stand = not capitals.isdisjoint(streets) and _BEFORE_CAPITAL.search(text)
        for match in pattern.finditer(text) if may_stand else ():
            near = any(0 <= span.start - match.end() <= 60 for span in postcodes)
            if near or _BEFORE.search(text[max(0, match.start() - 30) : match.start()]):
                yield _address(match.start(), match.end(), "number and street")
    for match in _NAMED.finditer(text) if not capitals.isdisjoint(_NAMED_BY) else ():
        yield _address(*match.span(), "named house")
    for span in postcodes:
        start = _line_before(text, span.start, found)
        if start < span.start:
            yield _address(start, span.start, "line before a postcode")


def _address(start: int, end: int, rule: str) -> Span:
    return Span(start, end, Kind.ADDRESS, rule, Action.HIDE)


def _line_before(text: str, end: int, hidden: list[Span]) -> int:
    """Where the address before a postcode begins: words with capitals, numbers and commas, back to a break."""
    lead = max(0, end - _LONGEST)
    begin = max((match.end() + lead for match in _LINE_START.finditer(text[lead:end])), default=lead)
    begin = max(
        [begin, *(span.end for span in hidden if span.end <= end and span.kind is not Kind.ADDRESS)], default=begin
    )
    words = list(re.finditer(r"\S+", text[begin:end]))
    first = len(words)
    while first > 0 and _ADDRESS_WORD.fullmatch(words[first - 1][0].rstrip(",;")):
        first -= 1
    words = words[first:]
    while words and words[0][0][:1].islower():
        words = words[1:]
    if not words or not any(character.isalpha() for character in text[begin + words[0].start() : end]):
        return end
    return begin + words[0].start()
