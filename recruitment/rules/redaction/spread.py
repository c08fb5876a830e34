"""The rest of a personal sentence: hidden where something is told of the writer and no work stands beside it.

What a phrase rule finds rarely is all that a sentence tells ("I had a stent fitted, and am on tablets for life").
So its clauses go, and a short sentence that leans on it, unless a word of work says that evidence stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.subjects import AUXILIARIES, FIRST, STATES
from recruitment.rules.redaction.tokens import Tokens
from recruitment.rules.redaction.told import Telling

PERSONAL = frozenset(
    {
        Kind.FAMILY, Kind.PREGNANCY, Kind.AGE, Kind.ETHNICITY, Kind.NATIONALITY, Kind.RELIGION, Kind.DISABILITY,
        Kind.ORIENTATION,
        Kind.TRANSITION, Kind.POLITICS, Kind.MEMBERSHIP, Kind.GENDER,
    }
)  # fmt: skip
_FIGURES = re.compile(r"[%£$]|\d{3,}|\d+\s?(?:per cent|k\b)")
# Of somebody who was named just before: my mum, who had a stroke.
_PRONOUNS = frozenset("who she he her his him they their them".split())
_LONGEST_REST = 13
_LONGEST_TURN = 6
_LONGEST_LEANING = 11
_DEED_AUXILIARIES = frozenset("could can would will did do also always".split())
_NEEDS = frozenset(
    "need needed needs cannot can't couldn't never cope coped manage managed struggle struggled use used "
    "find found "
    "know knew feel felt suffer prefer like have avoid rest keep".split()
)
_LEANS = frozenset(
    "i i'm i've my we we've our he she they it this that these both since so all neither none me us myself "
    "also".split()
)


def settle_doubts(text: str, tokens: Tokens, spans: Sequence[Span], telling: Telling) -> Iterator[Span]:
    """What is doubtful but stands in a clause without work is hidden like what is certain; the rest as it was."""
    clauses: _Clauses | None = None
    for span in spans:
        is_settled = span.kind in PERSONAL - {Kind.MEMBERSHIP} and span.rule not in _STAY_DOUBTFUL
        if span.action is Action.FLAG and is_settled:
            clauses = clauses or _Clauses(text, tokens)
            own = ((span.start, span.end),)
            at = bisect_left(tokens.starts, span.start)
            is_a_post = span.kind is Kind.RELIGION and at > 0 and tokens.words[at - 1] == "the"
            if is_a_post and FIRST.isdisjoint(_words_of(tokens, span)):
                yield span
                continue
            numbers = range(clauses.number(span.start), clauses.number(span.end - 1) + 1)
            if all(_is_free_of_work(tokens, *clauses.range(number), own, telling) for number in numbers):
                yield replace(span, action=Action.HIDE)
                continue
        yield span


def _words_of(tokens: Tokens, span: Span) -> Sequence[str]:
    return tokens.words[bisect_left(tokens.starts, span.start) : bisect_left(tokens.starts, span.end)]


_STAY_DOUBTFUL = frozenset({"nationality: languages as a skill"})


def find_rest(text: str, tokens: Tokens, spans: Sequence[Span], telling: Telling) -> Iterator[Span]:
    """Clauses around personal spans that hold nothing of work, and a short sentence that leans on one."""
    personal = sorted(
        (
            span
            for span in spans
            if span.kind in PERSONAL and span.action is Action.HIDE and span.end - span.start > 3
        ),
        key=lambda span: span.start,
    )
    if not personal:
        return
    every = sorted((span.start, span.end) for span in spans if span.action is Action.HIDE)
    clauses = _Clauses(text, tokens)
    done: set[int] = set()
    for span in personal:
        first, last = clauses.number(span.start), clauses.number(span.end - 1)
        if first in done and last in done:
            continue
        free = {
            number: _is_free_of_work(tokens, *clauses.range(number), every, telling)
            for number in range(first, last + 1)
        }
        low, high = first, last
        if free[first]:
            while low > 0 and clauses.continues[low] and clauses.is_free(low - 1, every, telling):
                low -= 1
        if free[last]:
            while (
                high + 1 < len(clauses) and clauses.goes_on(high + 1) and clauses.is_free(high + 1, every, telling)
            ):
                high += 1
            following = high + 1
            if (
                following < len(clauses)
                and clauses.leans(following)
                and clauses.is_free(following, every, telling)
            ):
                high = following
        for number in range(low, high + 1):
            if number in done or not free.get(number, True):
                continue
            done.add(number)
            start, stop = clauses.range(number)
            if start < stop:
                yield Span(
                    tokens.starts[start],
                    tokens.ends[stop - 1],
                    span.kind,
                    "rest of a personal sentence",
                    Action.HIDE,
                )


class _Clauses:
    """A text's clauses: between punctuation, and before "but", "so", "because"."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.tokens = tokens
        self.starts = [0]
        self.continues = [False]
        self.turns = [False]
        for boundary in _CLAUSE_BREAK.finditer(text):
            self.starts.append(boundary.end())
            mark = boundary[0].strip()[:1]
            self.continues.append(mark in _WITHIN and mark != "")
            self.turns.append(boundary[0] == " ")
        self.starts.append(len(text) + 1)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def number(self, place: int) -> int:
        return min(bisect_right(self.starts, place) - 1, len(self) - 1)

    def range(self, number: int) -> tuple[int, int]:
        return bisect_left(self.tokens.starts, self.starts[number]), bisect_left(
            self.tokens.starts, self.starts[number + 1]
        )

    def is_free(self, number: int, covered: Sequence[tuple[int, int]], telling: Telling) -> bool:
        first, last = self.range(number)
        return (
            first < last
            and last - first <= _LONGEST_REST
            and _is_free_of_work(self.tokens, first, last, covered, telling)
        )

    def goes_on(self, number: int) -> bool:
        """Whether a clause goes on with the one before it; after "but" or "so" only a short one does."""
        first, last = self.range(number)
        return self.continues[number] or (
            self.turns[number] and last - first <= _LONGEST_TURN and not self._tells_a_deed(first, last)
        )

    def _tells_a_deed(self, first: int, last: int) -> bool:
        """ "so I could switch": what somebody can do is evidence; what they cannot, or need, is not."""
        words = self.tokens.words
        for index in range(first, min(last, first + 3)):
            if words[index] in ("i", "we"):
                ahead = index + 1
                while ahead < last and words[ahead] in _DEED_AUXILIARIES:
                    ahead += 1
                return ahead < last and words[ahead] not in STATES | AUXILIARIES | _NEEDS
        return False

    def leans(self, number: int) -> bool:
        """Whether a clause opens a short sentence in the same paragraph with I, it, that or the like."""
        first, last = self.range(number)
        if not 0 < first < last or last - first > _LONGEST_LEANING or self.continues[number]:
            return False
        if self.turns[number] and self._tells_a_deed(first, last):
            return False
        between = self.tokens.text[self.tokens.ends[first - 1] : self.tokens.starts[first]]
        return "\n" not in between and self.tokens.words[first] in _LEANS


_CLAUSE_BREAK = re.compile(
    r"[,;:()\[\]–—\n.!?…•●▪■◦·✓|\x00 ](?:(?<=[,;:()\[\]–—])(?=\s|\w|$)|(?<=\n)\n*|(?<=[.!?…])(?=\s)"
    r"|(?<=[•●▪■◦·✓|\x00])|(?<= )(?:- | +|(?=(?:but|so|because|although|which) )|(?=and (?:I|my|we|the) )))"
)
_WITHIN = frozenset(",;()–—")


def _is_free_of_work(
    tokens: Tokens, first: int, last: int, covered: Sequence[tuple[int, int]], telling: Telling
) -> bool:
    rest = [index for index in range(first, last) if not _is_covered(tokens.starts[index], covered)]
    if len(rest) > _LONGEST_REST or telling.does_work(tokens, first, last, rest):
        return False
    for index in rest:
        if (
            tokens.words[index] in telling.works
            or (tokens.words[index] in telling.others and tokens.words[index] not in _PRONOUNS)
            or telling.evidence.end(tokens, index) is not None
        ):
            return False
        if _FIGURES.search(tokens.text, tokens.starts[index], tokens.ends[index] + 1) and not _is_year(
            tokens.words[index]
        ):
            return False
    return True


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def _is_covered(place: int, covered: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(covered, (place, len(covered) + 10**9)) - 1
    while at >= 0 and at > bisect_right(covered, (place, 10**9)) - 12:
        if covered[at][0] <= place < covered[at][1]:
            return True
        at -= 1
    return False
