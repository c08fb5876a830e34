"""Phrases that tell something of their writer, written as patterns that a person can read and correct.

A file of `patterns/` holds one kind. A heading `== hide: name` or `== flag: name` begins a rule; each line below
is a pattern, matched word by word within a sentence, whatever its capitals:

    word  a|b  (two words|one)   a word, alternatives, alternatives of several words
    @class                       an entry of the word list of that name in `words/`
    #  @year  @Cap  ~            a number, a year, a word with a capital, any word
    @age  @long                  a number from 15 to 89, from 25 to 60
    x?  x*                       once or not at all; up to four times
    ~3                           up to three words of any kind
    &x  !x                       the next word must be, must not be one of x ($: the end of a clause)
    -x  +x                       at the front: the word before must not be, must be one of x (^: a clause begins)
    [ … ]                        only what stands between is hidden
    …  (last)                    the hidden part reaches to the end of its clause
    $name                        the text that `macros.txt` gives that name

Matching looks at each word once and tries the patterns that begin with it; their length is bounded, so the time is
proportional to the text's length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from operator import or_
from typing import NamedTuple

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.tokens import Tokens
from recruitment.rules.redaction.word_classes import FIGURES, Test

_STOPS = frozenset("and but so because although though which i we yet while whilst however where".split())

_LONGEST_CLAUSE = 14


class PatternError(ValueError):
    """A pattern cannot be read; the message names its file, rule and line."""


@dataclass(frozen=True)
class Step:
    """One element of a pattern: `word`, `see`, `not`, `gap`, `open`, `close` or `extend`."""

    what: str
    test: Test = field(default_factory=Test)
    least: int = 1
    most: int = 1

    @cached_property
    def is_one_word(self) -> bool:
        """Whether this is a word or phrase that must stand there once."""
        return self.what == "word" and self.least == self.most == 1


_Move = tuple[frozenset[str] | None, bool, Step]
"""A step after the words that pass as one word (None for another kind of step), and whether no others do."""


@dataclass(frozen=True)
class Pattern:
    kind: Kind
    action: Action
    rule: str
    steps: tuple[Step, ...]
    before: tuple[tuple[bool, Test], ...]
    line: int
    needs: int
    """What must come after its first word: a bit for each set of words of which it needs one."""
    opening: Test | None = None
    """What stands at the front, exactly once; None where the front is not so simple."""
    opening_at: int = 0
    """The step of `opening`."""
    following: frozenset[str] | None = None
    """The words that can come after the opening; None for any."""

    @cached_property
    def moves(self) -> tuple[_Move, ...]:
        """Its steps, made ready for matching."""
        return tuple(
            (step.test.fixed if step.is_one_word else None, step.test.is_fixed, step) for step in self.steps
        )


Filed = tuple[tuple[int, Pattern], ...]
"""Patterns, each after what it needs."""


class _Found(NamedTuple):
    """How far a match reaches, and which part of it is hidden where the pattern says so."""

    end: int
    opened: int | None = None
    closed: int | None = None
    extends: bool = False


_NOTHING = _Found(0)


@dataclass(frozen=True)
class Beginnings:
    """Patterns that begin with one word: those that go on with a given second word, and those for any other."""

    by_second: Mapping[str, Filed]
    anyhow: Filed


_UNKNOWN: tuple[int, Beginnings | None] = (0, None)


@dataclass(frozen=True)
class Phrasebook:
    """Patterns by the word with which they begin, and by the one after it where that is known."""

    by_word: Mapping[str, tuple[int, Beginnings | None]]
    """For each word the sets in which it stands, as `Pattern.needs` counts them, and what begins with it."""

    def find(self, tokens: Tokens) -> Iterator[Span]:
        """Every phrase of a text as a span."""
        words, by_word = tokens.words, self.by_word
        filed = [FIGURES if word.isdecimal() else word for word in words]
        known = [by_word.get(word, _UNKNOWN) for word in filed]
        filed.append("")
        ends = [index for index, goes_on in enumerate(tokens.follows) if not goes_on and index]
        for first, last in pairwise([0, *ends, len(words)]):
            ahead: list[int] = []  # not yet known
            for index in range(first, last):
                beginnings = known[index][1]
                if beginnings is None:
                    continue
                possible = beginnings.by_second.get(filed[index + 1], beginnings.anyhow)
                if not possible:
                    continue
                ahead = ahead or list(accumulate([bits for bits, _ in known[first:last][::-1]], or_))
                held = ahead[last - 1 - index]
                patterns = [pattern for needs, pattern in possible if needs & held == needs]
                if patterns:
                    yield from _spans(tokens, filed, patterns, index)


def _spans(tokens: Tokens, filed: Sequence[str], patterns: Sequence[Pattern], index: int) -> Iterator[Span]:
    """The phrases of some patterns that begin with the word at `index`."""
    ends: dict[int, int | None] = {}
    word = tokens.words[index]
    for pattern in patterns:
        opening, at = pattern.opening, index
        if opening is not None:
            if word in opening.fixed:
                end: int | None = index + 1
            elif id(opening) in ends:  # many patterns share one
                end = ends[id(opening)]
            else:
                end = ends[id(opening)] = opening.end(tokens, index)
            if end is None or (pattern.following is not None and filed[end] not in pattern.following):
                continue
            at = end
        if pattern.before and not _are_before(tokens, index, pattern.before):
            continue
        found = _match(tokens, pattern, index, at)
        if found is not None and found.end > index:
            yield _span(tokens, pattern, index, found)


def _span(tokens: Tokens, pattern: Pattern, index: int, found: _Found) -> Span:
    first = index if found.opened is None else found.opened
    last = (found.end if found.closed is None else found.closed) - 1
    if found.extends:
        last = _clause_end(tokens, last)
    return Span(tokens.starts[first], tokens.ends[last], pattern.kind, pattern.rule, pattern.action)


def _clause_end(tokens: Tokens, last: int) -> int:
    for following in range(last + 1, min(len(tokens), last + 1 + _LONGEST_CLAUSE)):
        if tokens.is_segment_end(following - 1) or tokens.words[following] in _STOPS:
            break
        last = following
    return last


def _are_before(tokens: Tokens, index: int, before: Sequence[tuple[bool, Test]]) -> bool:
    for wanted, test in before:  # noqa: SIM110 - a generator would cost more than the tests
        if not _is_before(tokens, index, wanted, test):
            return False
    return True


def _is_before(tokens: Tokens, index: int, wanted: bool, test: Test) -> bool:
    if index == 0 or not tokens.follows[index]:
        return wanted is test.edge if test.edge else not wanted
    if test.edge and tokens.is_segment_start(index):
        return wanted
    return (test.end(tokens, index - 1) is not None) is wanted


def _match(tokens: Tokens, pattern: Pattern, begin: int, at: int) -> _Found | None:
    """The longest way to match a pattern from the word at `begin`; `at`: where its opening ends, if it has one."""
    if pattern.opening is None:
        return _go_on(tokens, pattern.moves, 0, begin, begin, _NOTHING)
    found = _Found(begin, opened=begin) if pattern.opening_at else _NOTHING
    return _go_on(tokens, pattern.moves, pattern.opening_at + 1, begin, at, found)


def _go_on(
    tokens: Tokens, moves: tuple[_Move, ...], at_step: int, begin: int, at: int, found: _Found
) -> _Found | None:
    """The longest way to match the steps from `at_step`; recursion is as deep as words that may be repeated."""
    words, follows, count = tokens.words, tokens.follows, tokens.count
    for number in range(at_step, len(moves)):
        fixed, is_fixed, step = moves[number]
        if fixed is not None:
            if at >= count or (at != begin and not follows[at]):
                return None
            if words[at] in fixed:
                at += 1
                continue
            end = None if is_fixed else step.test.end(tokens, at)
            if end is None:
                return None
            at = end
        elif step.what == "word":
            reached = _reach(tokens, step, begin, at)
            if not reached:
                return None
            for here in reversed(reached[1:]):
                result = _go_on(tokens, moves, number + 1, begin, here, found)
                if result is not None:
                    return result
            at = reached[0]
        elif step.what in ("see", "not"):
            if _is_ahead(tokens, step.test, at) is not (step.what == "see"):
                return None
        else:
            found = _marked(found, step, at)
    return found._replace(end=at)


def _marked(found: _Found, step: Step, at: int) -> _Found:
    if step.what == "open":
        return found._replace(opened=at)
    return found._replace(closed=at) if step.what == "close" else found._replace(extends=True)


def _is_ahead(tokens: Tokens, test: Test, at: int) -> bool:
    """Whether what a test asks for comes next in the clause, or the clause's end where it asks for that."""
    if at >= tokens.count or not tokens.follows[at]:
        return test.edge
    return (test.edge and tokens.is_segment_end(at - 1)) or test.end(tokens, at) is not None


def _reach(tokens: Tokens, step: Step, begin: int, at: int) -> list[int]:
    """Where a word ends that may stand several times or not at all, by how often it stands; the rarest first."""
    reached = [at]
    here = at
    while len(reached) <= step.most and here < tokens.count and (here == begin or tokens.follows[here]):
        end = step.test.end(tokens, here)
        if end is None:
            break
        here = end
        reached.append(here)
    return reached[step.least :]
