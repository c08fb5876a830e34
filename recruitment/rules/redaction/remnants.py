"""Remnants: what still tells something beside a passage that is hidden, flagged where work may stand in it.

Rules find a telling word and hide what they are sure of. The rest of the same passage often says the same again
("… after sunset on Fridays, which means about two"), and a reader who sees a hole beside it guesses the rest. A
remnant without a word of work is hidden; one in which some work may stand waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.clauses import Whole, is_figure
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.own_clauses import POSTS
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.spread import PERSONAL
from recruitment.rules.redaction.subjects import FIRST
from recruitment.rules.redaction.wordlists import WordLists

_RULE = "what is left of a personal passage"
_LONGEST_SAME = 9
_LONGEST_DOUBTFUL = 7
_LONGEST_BESIDE = 7
_LONGEST_LEANING = 6
# What a form asked stays readable: "Age – 52".
_IS_LABEL = re.compile(r"[ \t]{0,8}(?::|[-–][ \t]|=|\t)")
_ENOUGH_HIDDEN = 2
_SAYS_NOTHING = frozenset(
    "a an the and or but of in on at to for by with from that which this i am have my is was as".split()
)
_GRADES = frozenset("first second upper lower class merit distinction pass band grade level".split())
# "As well as the supplier board": more of the same kind, which is work as often as not.
_ADDS = frozenset("as including plus like such along use because since".split())
_GOES_ON = frozenset("which not until".split())


def find_remnants(whole: Whole, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """The rest of each clause in which something is told of the writer, and short clauses that go on with it."""
    personal = [
        span
        for span in spans
        if span.kind in PERSONAL - {Kind.GENDER} and span.action is Action.HIDE and not span.replacement
    ]
    if not personal:
        return
    reading = _Reading(whole, spans, lists)
    upto = 0
    for span in personal:
        first, last = reading.clauses.number(span.start), reading.clauses.number(span.end - 1)
        for number in range(max(first, upto), last + 1):
            yield from reading.same(number, span.kind)
        upto = max(upto, last + 1)
        if reading.is_open(last):
            yield from reading.beside(last + 1, span.kind)
        if reading.clauses.continues[first]:
            yield from reading.beside(first - 1, span.kind)


class _Reading:
    def __init__(self, whole: Whole, spans: Sequence[Span], lists: WordLists) -> None:
        self.tokens, self.clauses, self.telling = whole.tokens, whole.clauses, lists.telling
        self.covered = bytearray(len(whole.text) + 1)
        for span in spans:
            self.covered[span.start : span.end] = b"\x01" * (span.end - span.start)
        self.qualifications = lists.qualifications
        self.done, self.read, self.read_beside = set[int](), set[int](), set[int]()

    def is_open(self, number: int) -> bool:
        following = number + 1
        return following < len(self.clauses) and (
            self.clauses.continues[following] or self.clauses.turns[following]
        )

    def same(self, number: int, kind: Kind) -> Iterator[Span]:
        """What is left of a clause that is hidden in part."""
        if number in self.done or number in self.read:
            return
        self.read.add(number)
        if self.clauses.is_of_somebody(number):
            return
        left = self.left(number)
        if left and _IS_LABEL.match(self.tokens.text, self.tokens.ends[left[-1]]):
            return
        if all(self.tokens.words[at] in _SAYS_NOTHING for at in left):
            return
        first, last = self.clauses.range(number)
        if not left or len(left) > _LONGEST_SAME:
            return
        self.done.add(number)
        words = {self.tokens.words[at] for at in left}
        if not FIRST.isdisjoint(words) and not (self.telling.works.isdisjoint(words) and POSTS.isdisjoint(words)):
            return  # "I reported to Mr …, aged …": a deed; "I'm a governor and a grandfather": a post
        if any(self.is_figure_or_evidence(at) or self.tokens.words[at].isdecimal() for at in left):
            if len(left) <= _LONGEST_DOUBTFUL and last - first - len(left) >= min(len(left), _ENOUGH_HIDDEN):
                yield from self.spans(left, kind, Action.FLAG)
            return
        yield from self.spans(left, kind, Action.FLAG if self.may_be_work(first, last, left) else Action.HIDE)

    def beside(self, number: int, kind: Kind) -> Iterator[Span]:
        """A short clause without a subject beside one that is hidden in part or whole: "drops twice a day"."""
        if number in self.done or number in self.read_beside:
            return
        self.read_beside.add(number)
        left = self.left(number)
        first, last = self.clauses.range(number)
        if not left or len(left) < last - first or len(left) > _LONGEST_BESIDE:
            return
        if _IS_LABEL.match(self.tokens.text, self.tokens.ends[last - 1]):
            return
        self.done.add(number)
        words = self.tokens.words[first:last]
        if self.clauses.is_of_somebody(number):
            return
        if words[0] in _ADDS or (not FIRST.isdisjoint(words) and words[0] not in _GOES_ON):
            return
        if any(
            word.isdecimal() or word in _GRADES or word in self.qualifications for word in words
        ) or self.has_letters(first, last):
            return
        if any(self.is_figure_or_evidence(at) for at in left):
            return
        if self.may_be_work(first, last, left):
            if len(left) <= _LONGEST_LEANING and self.telling.others.isdisjoint(words) and FIRST.isdisjoint(words):
                yield from self.spans(left, kind, Action.FLAG)
            return
        yield from self.spans(left, kind, Action.HIDE)

    def has_letters(self, first: int, last: int) -> bool:
        """Whether an abbreviation in capitals stands there, as of a course or a body."""
        text, starts, ends = self.tokens.text, self.tokens.starts, self.tokens.ends
        return any(
            ends[at] - starts[at] > 1 and text[starts[at] : ends[at]].isupper() for at in range(first, last)
        )

    def may_be_work(self, first: int, last: int, left: Sequence[int]) -> bool:
        words = [self.tokens.words[at] for at in left]
        return (
            any(word in self.telling.works or word in self.telling.others or word.endswith("ed") for word in words)
            or self.telling.does_work(self.tokens, first, last, left)
            or self.clauses.tells_a_deed(first, last)
        )

    def left(self, number: int) -> list[int]:
        first, last = self.clauses.range(number)
        return [at for at in range(first, last) if not self.covered[self.tokens.starts[at]]]

    def is_figure_or_evidence(self, at: int) -> bool:
        return self.telling.evidence.end(self.tokens, at) is not None or is_figure(self.tokens, at)

    def spans(self, left: Sequence[int], kind: Kind, action: Action) -> Iterator[Span]:
        """What is left, each piece that says something as a span."""
        tokens = self.tokens
        piece: list[int] = []
        for at in [*left, -1]:
            if piece and at != piece[-1] + 1:
                if action is Action.HIDE or not all(tokens.words[each] in _SAYS_NOTHING for each in piece):
                    place = tokens.starts[piece[0]], tokens.ends[piece[-1]]
                    yield Span(*place, kind, _RULE, action, is_apart=action is Action.FLAG)
                piece = []
            piece.append(at)
