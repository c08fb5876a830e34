"""The address, postcode, e-mail and numbers that the form holds, found in the text word by word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from recruitment.rules.redaction.folding import Folded, fold
from recruitment.rules.redaction.forms import digits_of
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import KnownValues
from recruitment.rules.redaction.spans import Action, Span

_WORD = re.compile(r"[^\W_]+")
_SHORT = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
    "cres": "crescent", "ct": "court", "gdns": "gardens", "grn": "green", "pl": "place", "sq": "square",
    "terr": "terrace", "ter": "terrace", "pk": "park", "apt": "apartment", "hse": "house", "bldg": "building",
}  # fmt: skip
_ABBREVIATED = frozenset(_SHORT.values())
_WIDEST_GAP = 6
_SHORTEST_CODE = 5

Word = tuple[int, int, str]


def words_of(folded: Folded) -> list[Word]:
    """Words and numbers of a folded text: (start, end, word with street abbreviations written out)."""
    return [(start, end, _SHORT.get(word, word)) for start, end, word in folded.words]


def find_phrases(folded: Folded, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Original bounds of each place where a phrase's words follow one another closely."""
    wanted: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = [word for _, _, word in words_of(fold(phrase))]
        if words and all(word in folded.text or word in _ABBREVIATED for word in words):
            wanted.setdefault(words[0], []).append(words)
    if not wanted:
        return
    words_here = words_of(folded)
    for index, (start, _, word) in enumerate(words_here):
        for phrase_words in wanted.get(word, ()):
            here = words_here[index : index + len(phrase_words)]
            if [each for _, _, each in here] == phrase_words and _are_close(here):
                yield folded.bounds(start, here[-1][1])


def _are_close(words: list[Word]) -> bool:
    return all(after[0] - before[1] <= _WIDEST_GAP for before, after in pairwise(words))


def find_known_details(folded: Folded, known: KnownValues) -> Iterator[Span]:
    """The known address lines, postcode, e-mail address, telephone and National Insurance numbers."""
    address, towns = _address_phrases(known)
    whole = [" ".join(known.address_lines)] if towns else []
    for start, end in find_phrases(folded, [*address, *whole]):
        yield Span(start, end, Kind.ADDRESS, "known address", Action.HIDE)
    codes = [(Kind.ADDRESS, line) for line in address]
    codes += [(Kind.POSTCODE, known.postcode), (Kind.EMAIL, known.email)]
    codes += [(Kind.NATIONAL_INSURANCE, known.national_insurance_number)]
    codes += [(Kind.TELEPHONE, digits_of(number)) for number in known.phones]
    words: list[Word] = []
    for kind, code in codes:
        wanted = fold(code).stream if code else ""
        if len(wanted) < _SHORTEST_CODE or wanted not in folded.stream:
            continue
        words = words or words_of(folded)
        for start, end in _find_codes(words, folded, wanted):
            yield Span(start, end, kind, f"known {kind}", Action.HIDE)


def _address_phrases(known: KnownValues) -> tuple[list[str], list[str]]:
    """Lines that are an address by themselves, and lines that may be a place of work's town as well."""
    address: list[str] = []
    towns: list[str] = []
    for line in known.address_lines:
        words = _WORD.findall(line)
        if any(word[0].isdecimal() for word in words) and len(words) >= 2:
            address.append(line)
        elif words:
            towns.append(line)
    return address, towns


def find_town_beside(text: str, folded: Folded, known: KnownValues, hidden: Iterable[Span]) -> Iterator[Span]:
    """A known address line without a number, only where it stands beside something already hidden."""
    edges = {edge for span in hidden for edge in (span.start, span.end)}
    for start, end in find_phrases(folded, _address_phrases(known)[1]):
        lead = len(text[max(0, start - _WIDEST_GAP) : start].rstrip(" \t\r\n,.;-–"))
        tail = text[end : end + _WIDEST_GAP]
        before = max(0, start - _WIDEST_GAP) + lead
        after = end + len(tail) - len(tail.lstrip(" \t\r\n,.;-–"))
        if before in edges or after in edges:
            yield Span(start, end, Kind.ADDRESS, "town beside a known detail", Action.HIDE)


def _find_codes(words: list[Word], folded: Folded, wanted: str) -> Iterator[tuple[int, int]]:
    """Original bounds of a code's letters and digits in order, whatever else stands between them, if near."""
    at = folded.stream.find(wanted)
    offsets = list(accumulate((end - start for start, end, _ in words), initial=0))
    while at >= 0:
        first = _place_of(words, offsets, at)
        last = _place_of(words, offsets, at + len(wanted) - 1) + 1
        if last - first <= 3 * len(wanted) + _WIDEST_GAP:
            yield folded.bounds(first, last)
        at = folded.stream.find(wanted, at + 1)


def _place_of(words: list[Word], offsets: list[int], at: int) -> int:
    index = bisect_right(offsets, at) - 1
    return words[index][0] + at - offsets[index]
