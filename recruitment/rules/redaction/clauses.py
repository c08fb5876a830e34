"""A text's clauses, and whether anything of work stands in one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from recruitment.rules.redaction.folding import capital_words
from recruitment.rules.redaction.sentences import Sentences
from recruitment.rules.redaction.subjects import AUXILIARIES, FIRST, STATES
from recruitment.rules.redaction.tokens import Tokens, read_tokens
from recruitment.rules.redaction.told import Telling

_FIGURES = re.compile(r"[%£$]|\d{3,}|\d+\s?(?:per cent|k\b)")
# Of somebody who was named just before: my mum, who had a stroke.
_PRONOUNS = frozenset("who she he her his him they their them".split())
_LONGEST_REST = 13
_LONGEST_TURN = 6
_LONGEST_LEANING = 11
_SOME = frozenset("a an one another half several".split())
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


class Whole:
    """A whole text's words, clauses and sentences, each read when first asked for."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self.text, self.sentences = text, sentences

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Its words that open with a capital."""
        return capital_words(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        return read_tokens(self.text, self.sentences.glued)

    @cached_property
    def clauses(self) -> Clauses:
        return Clauses(self.text, self.tokens)


class _Breaks(dict[str, tuple[bool, bool]]):
    """What parts two clauses: whether the second goes on with the first, and whether it turns to something."""

    def __missing__(self, between: str) -> tuple[bool, bool]:
        mark = between.strip()[:1]
        self[between] = found = (mark in _WITHIN and mark != "", between == " ")
        return found


class Clauses:
    """A text's clauses: between punctuation, and before "but", "so", "because"."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.tokens = tokens
        read = _Breaks()
        found = [(boundary.end(), read[boundary[0]]) for boundary in _CLAUSE_BREAK.finditer(text)]
        self.starts = [0, *(end for end, _ in found), len(text) + 1]
        self.continues = [False, *(goes_on for _, (goes_on, _) in found)]
        self.turns = [False, *(is_turn for _, (_, is_turn) in found)]
        self.count = len(self.continues)

    def __len__(self) -> int:
        return self.count

    def number(self, place: int) -> int:
        """The number of the clause that holds a place of the text."""
        return bisect_right(self.starts, place) - 1

    @cached_property
    def _firsts(self) -> list[int]:
        """For each clause its first token, and one more for the end."""
        starts = self.tokens.starts
        return [bisect_left(starts, start) for start in self.starts]

    def range(self, number: int) -> tuple[int, int]:
        """A clause's first token, and the one after its last."""
        firsts = self._firsts
        return firsts[number], firsts[number + 1]

    def words_between(self, start: int, end: int) -> Sequence[str]:
        """The words from one place of the text to another."""
        starts = self.tokens.starts
        return self.tokens.words[bisect_left(starts, start) : bisect_left(starts, end)]

    def is_free(self, number: int, covered: Sequence[tuple[int, int]], telling: Telling) -> bool:
        first, last = self.range(number)
        return (
            first < last
            and last - first <= _LONGEST_REST
            and is_free_of_work(self.tokens, first, last, covered, telling)
            and not self.is_of_somebody(number)
            and not self.tells_a_deed(first, last)
        )

    def is_of_somebody(self, number: int) -> bool:
        """Whether a clause opens with somebody or something, and nowhere says I: a porter who fasted."""
        first, last = self.range(number)
        words = self.tokens.words[first:last]
        return len(words) > 1 and words[0] in _SOME and FIRST.isdisjoint(words)

    def goes_on(self, number: int) -> bool:
        """Whether a clause goes on with the one before it; after "but" or "so" only a short one does."""
        first, last = self.range(number)
        return self.continues[number] or (
            self.turns[number] and last - first <= _LONGEST_TURN and not self.tells_a_deed(first, last)
        )

    def tells_a_deed(self, first: int, last: int) -> bool:
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
        if self.turns[number] and self.tells_a_deed(first, last):
            return False
        between = self.tokens.text[self.tokens.ends[first - 1] : self.tokens.starts[first]]
        return "\n" not in between and self.tokens.words[first] in _LEANS


_CLAUSE_BREAK = re.compile(
    r"[,;:()\[\]–—\n.!?…•●▪■◦·✓|\x00 ](?:(?<=[,;:()\[\]–—])(?=\s|\w|$)|(?<=\n)\n*|(?<=[.!?…])(?=\s)"
    r"|(?<=[•●▪■◦·✓|\x00])|(?<= )(?:- | +|(?=(?:but|so|because|although|which) )|(?=and (?:I|my|we|the) )))"
)
_WITHIN = frozenset(",;()–—")


def is_free_of_work(
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
        if is_figure(tokens, index):
            return False
    return True


def is_figure(tokens: Tokens, index: int) -> bool:
    """Whether a token is an amount, a share or a large number, not a year."""
    found = _FIGURES.search(tokens.text, tokens.starts[index], tokens.ends[index] + 1)
    return found is not None and not _is_year(tokens.words[index])


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


_FARTHEST_END = 10**9
_MOST_LOOKED_AT = 11


def _is_covered(place: int, covered: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(covered, (place, _FARTHEST_END))
    return any(start <= place < end for start, end in covered[max(0, at - _MOST_LOOKED_AT) : at])
