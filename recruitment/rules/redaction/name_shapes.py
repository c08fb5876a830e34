"""A known name in shapes that a reader still recognises: misspelt, cut short, spaced, glued, quoted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from recruitment.rules.redaction.folding import LETTERS, Folded
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import LONG_ENOUGH_ALONE, NameForms
from recruitment.rules.redaction.spans import Action, Span

POSSESSIVE = re.compile(r"['’](?:s(?![^\W_]))?", re.IGNORECASE)

# What parts two single letters.
_BETWEEN_SINGLE = re.compile(r"[ \t.\-*_](?<=(?<![^\W_])[^\W\d_].)[ \t.\-*_]{0,2}[^\W\d_](?![^\W_])")
_SINGLE_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_](?:[ \t.\-*_]{1,3}[^\W\d_](?![^\W_]))+")

_DOMAIN_AFTER = re.compile(r"(?:\.[a-z]{2,10}){1,3}(?![^\W_])")

_WHOLE = re.compile(r"[^\W_]+")


def hide(start: int, end: int, rule: str) -> Span:
    return Span(start, end, Kind.NAME, rule, Action.HIDE)


def written_together(text: str, folded: Folded, forms: NameForms) -> Iterator[Span]:
    """Parts written as one word, as in handles and file names."""
    for match in LETTERS.finditer(folded.text):
        if match[0] in forms.glued:
            yield hide(*whole_word(text, folded, *match.span()), "name written together")


def inside_longer_words(text: str, folded: Folded, forms: NameForms) -> Iterator[Span]:
    """Long parts anywhere inside another word."""
    for form in sorted(forms.inside):
        for at in occurrences(folded.text, form):
            yield hide(*whole_word(text, folded, at, at + len(form)), "name inside a longer word")


def between_capitals(text: str, folded: Folded, forms: NameForms) -> Iterator[Span]:
    """Short parts that capitals or digits set apart inside a word: AnnSmithCV."""
    for part in sorted(part for part in forms.parts if len(part) >= LONG_ENOUGH_ALONE):
        for at in occurrences(folded.text, part):
            start, end = folded.bounds(at, at + len(part))
            before, after = text[start - 1 : start], text[end : end + 1]
            if not (before.isalpha() or after.isalpha()) or not text[start].isupper():
                continue
            if not after.isalpha() or after.isupper():
                rest = text[start + 1 : end]
                if rest.islower():
                    yield hide(*whole_word(text, folded, at, at + len(part)), "name between capitals")


def spaced_letters(text: str, folded: Folded, forms: NameForms) -> Iterator[Span]:
    """Letters set apart, and initials with full stops."""
    for match in _SINGLE_LETTERS.finditer(folded.text) if _BETWEEN_SINGLE.search(folded.text) else ():
        letters = "".join(LETTERS.findall(match[0]))
        start, end = folded.bounds(*match.span())
        spelt = any(part in letters for part in forms.parts if len(part) >= LONG_ENOUGH_ALONE)
        if spelt:
            yield hide(start, end, "name in spaced letters")
        elif letters in forms.initials and text[start].isupper() and "." in match[0]:
            yield hide(start, end, "initials")


def lone_initials(text: str, folded: Folded, forms: NameForms) -> Iterator[Span]:
    """Initials in capitals alone on their line or in brackets."""
    for initials in sorted(forms.initials):
        for at in occurrences(folded.text, initials):
            start, end = folded.bounds(at, at + len(initials))
            before = text[max(0, start - 8) : start].rstrip(" \t-–—")[-1:]
            after = text[end : end + 8].lstrip(" \t.")[:1]
            if text[start:end].isupper() and ((before, after) in _ALONE or "_" in (before, after)):
                yield hide(start, end, "initials alone")


_ALONE = {("(", ")"), ("[", "]")} | {(before, after) for before in ("\n", "\r", "") for after in ("\n", "\r", "")}


def misspelt(text: str, folded: Folded, forms: NameForms, here: frozenset[str]) -> Iterator[Span]:
    """Capitalised words one slip away from a part of the name, or a long part cut short.

    `here`: the words of the folded text.
    """
    parts = sorted(part for part in forms.certain if len(part) >= _LONG_ENOUGH_TO_MISSPELL)
    if not parts:
        return
    long = [part for part in parts if len(part) >= _LONG_ENOUGH_TO_CUT]
    wrong = _misspelt_words(parts, long, forms, here)
    for match in LETTERS.finditer(folded.text) if wrong else ():
        if match[0] in wrong and text[folded.at(match.start())].isupper():
            start, end = folded.bounds(*match.span())
            ellipsis = text[end : end + 1] == "…"
            yield hide(start, end + ellipsis, "name misspelt or cut short")
    for part in long:
        for at in occurrences(folded.text, part[:5]):
            end = folded.at(at + 5) if at + 5 < len(folded.text) else len(text)
            if text[end : end + 1] in "…" and text[end : end + 1]:
                yield hide(folded.at(at), end + 1, "name misspelt or cut short")


def _misspelt_words(parts: list[str], long: list[str], forms: NameForms, here: frozenset[str]) -> set[str]:
    firsts = {part[0] for part in parts}
    longest = max(map(len, parts)) + 1
    likely = [
        word
        for word in here
        if word[0] in firsts and _LONG_ENOUGH_TO_MISSPELL - 1 <= len(word) <= longest and word not in forms.parts
    ]
    if not likely:
        return set()
    slips = {slip: part for part in parts for slip in _shortened(part)}
    return {
        word
        for word in likely
        if any(part.startswith(word) and len(word) >= 0.55 * len(part) for part in long)
        or any(slip in slips and _is_slip(word, slips[slip]) for slip in _shortened(word))
    }


_LONG_ENOUGH_TO_MISSPELL = 6

_LONG_ENOUGH_TO_CUT = 8


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without one letter: two words one slip apart share one of these."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _is_slip(word: str, part: str) -> bool:
    """One letter more, less, other or swapped; the first one is right, as it is in most slips."""
    if word[0] != part[0] or abs(len(word) - len(part)) > 1:
        return False
    if sorted(word) == sorted(part):
        return sum(a != b for a, b in zip(word, part, strict=True)) == 2
    if len(word) == len(part):
        return sum(a != b for a, b in zip(word, part, strict=True)) == 1
    short, long = sorted((word, part), key=len)
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def find_around_names(text: str, hidden: list[Span]) -> Iterator[Span]:
    """Short quotations and brackets that hold a name and otherwise only words with capitals: "PC Jack Cole"."""
    starts = sorted(span.start for span in hidden if span.kind is Kind.NAME)
    for match in _QUOTED.finditer(text):
        index = bisect_left(starts, match.start(1))
        if index < len(starts) and starts[index] < match.end(1):
            words = match[1].split()
            if all(
                word[:1].isupper() or not word[:1].isalpha() or word in ("de", "van", "al", "bin", "von", "or")
                for word in words
            ):
                yield hide(match.start(1), match.end(1), "short quotation of a name")


_QUOTED = re.compile(r"[\"“(‘]([^\"“”()\n]{2,48})[\"”)’]")


def occurrences(text: str, form: str) -> Iterator[int]:
    at = text.find(form) if form else -1
    while at >= 0:
        yield at
        at = text.find(form, at + len(form))


def whole_word(text: str, folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Original bounds of folded characters, widened to the letters and digits around them (64 at most)."""
    first, last = folded.bounds(start, end)
    lead = text[max(0, first - 64) : first]
    while lead and _WHOLE.match(lead, len(lead) - 1):
        lead, first = lead[:-1], first - 1
    tail = _WHOLE.match(text, last, last + 64)
    last = tail.end() if tail else last
    owned = POSSESSIVE.match(text, last) or _DOMAIN_AFTER.match(text, last)
    return first, owned.end() if owned else last
