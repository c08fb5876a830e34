"""What writers tell of themselves, by a telling word and whose it is.

The patterns name phrases; this reads sentences. A word for a characteristic, with the writer as its subject or in
a fragment without one ("Type 2 diabetic."), hides its clause. A word of the same kind that belongs to patients,
clients or policies stays: it is evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.subjects import (
    AUXILIARIES,
    FIRST,
    FRAGMENT_VERBS,
    HAVING,
    OTHERS,
    STATES,
    SUBJECTS,
    WHOSE,
    WORKS,
    clause,
    is_state,
    token_range,
)
from recruitment.rules.redaction.tokens import Tokens
from recruitment.rules.redaction.word_classes import Class

_LINKS = frozenset("and or the a an of for with by to in & both also".split())


@dataclass(frozen=True)
class Lexicon:
    """Words that tell one kind; `needs`: what makes such a word somebody's own."""

    kind: Kind
    words: Class
    fragments: bool = True
    action: Action = Action.HIDE


@dataclass(frozen=True)
class Telling:
    """The lexicons of telling words, by the word with which each entry begins."""

    by_first: Mapping[str, tuple[tuple[Lexicon, frozenset[str] | None], ...]]
    """Each with the words of which one must come second; None for any."""
    jobs: Class
    evidence: Class
    bodies: Class
    works: frozenset[str] = WORKS
    others: frozenset[str] = OTHERS

    def find(self, tokens: Tokens, breaks: Sequence[int]) -> Iterator[Span]:
        """Spans of what is told; `breaks`: where the text's sentences begin, in order."""
        hits = list(self._hits(tokens))
        if not hits:
            return
        at = 0
        for number, start in enumerate(breaks):
            stop = breaks[number + 1] if number + 1 < len(breaks) else len(tokens.text)
            here = []
            while at < len(hits) and tokens.starts[hits[at][0]] < stop:
                if tokens.starts[hits[at][0]] >= start:
                    here.append(hits[at])
                at += 1
            if here:
                yield from self._sentence(tokens, start, stop, here)

    def does_work(self, tokens: Tokens, first: int, last: int, rest: Sequence[int]) -> bool:
        """Whether a clause says what its writer did: I, and a verb that tells no state."""
        words, left = tokens.words, set(rest)
        for index in range(first, last):
            if words[index] not in ("i", "we") or index not in left:
                continue
            ahead = index + 1
            while ahead < last and words[ahead] in AUXILIARIES:
                ahead += 1
            if ahead < last and words[ahead] not in STATES and ahead == index + 1:
                return True
        return False

    def own(self, tokens: Tokens, breaks: Sequence[int], spans: Iterable[Span]) -> Iterator[Span]:
        """The spans whose subject is the writer: "married" in "I am happily married", not in "they married"."""
        for span in spans:
            index, end = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
            # A word such as "I" or "my" near its start makes a phrase the writer's.
            if not SUBJECTS.isdisjoint(tokens.words[index : min(end, index + 5)]):
                yield span
                continue
            number = bisect_right(breaks, span.start) - 1
            stop = breaks[number + 1] if number + 1 < len(breaks) else len(tokens.text)
            first, last = bisect_left(tokens.starts, breaks[number]), bisect_left(tokens.starts, stop)
            has_writer = self._has_writer(tokens, first, last, index, end)
            if has_writer and span.kind is Kind.RELIGION and is_somebody_elses(tokens, index):
                has_writer = None
            if has_writer is None and span.kind in _OF_STUDY:
                yield span
                continue
            if has_writer is not False:
                yield self._with_verb(tokens, span, index) if has_writer else replace(span, action=Action.FLAG)

    @staticmethod
    def _with_verb(tokens: Tokens, span: Span, index: int) -> Span:
        """The span with "I have had" or the like before it: verbs of state alone tell nothing and look odd."""
        if span.action is not Action.HIDE:
            return span
        at = index
        while (
            at > 0
            and tokens.follows[at]
            and (tokens.words[at - 1] in AUXILIARIES or tokens.words[at - 1] in STATES)
        ):
            at -= 1
        if at > 0 and tokens.follows[at] and tokens.words[at - 1] in ("i", "we"):
            return replace(span, start=tokens.starts[at - 1])
        return span

    def _has_writer(self, tokens: Tokens, first: int, last: int, index: int, end: int) -> bool | None:
        """Whether the writer is the subject; None where it cannot be told."""
        words = tokens.words
        first, last = _around(first, last, index, end)
        if FIRST.isdisjoint(words[first:last]):
            first, last = _item(tokens, first, last, index, end)
        before, after = words[first:index], words[end:last]
        if FIRST.isdisjoint(before) and FIRST.isdisjoint(after):
            outside = [*before, *after]
            if any(word in WORKS or word in OTHERS or word in FRAGMENT_VERBS for word in outside):
                return False
            return True if len(outside) <= _SHORT_FRAGMENT else None
        for back in range(index - 1, first - 1, -1):
            word = words[back]
            if word in FIRST:
                if word in ("me", "us"):
                    return None
                path = words[back + 1 : index]
                if _is_met(words, back, index, end) and not is_state(words, back, index):
                    return False
                is_direct = word in ("my", "our") or all(each in AUXILIARIES or each in STATES for each in path)
                return True if is_direct or is_state(words, back, index) else None
            if word in OTHERS:
                return False
            if word in WORKS:
                if words[back + 1] == "by":
                    return None  # done to the writer: asked by a friend from the mosque
                return False if index - back <= 3 or _is_met(words, first, index, end) else None
        if _does(words, index, end):
            return False
        return True if index - first <= 3 else None

    def _hits(self, tokens: Tokens) -> Iterator[tuple[int, int, Lexicon]]:
        by_first, words = self.by_first, tokens.words
        for index, word in enumerate(words):
            if word not in by_first:
                continue
            second = words[index + 1] if index + 1 < len(words) else ""
            for lexicon, seconds in by_first[word]:
                if seconds is not None and second not in seconds:
                    continue
                end = lexicon.words.end(tokens, index)
                if end is not None and not (index and words[index - 1] == "power"):
                    yield index, end, lexicon
                    break

    def _sentence(
        self, tokens: Tokens, start: int, stop: int, hits: list[tuple[int, int, Lexicon]]
    ) -> Iterator[Span]:
        first, last = token_range(tokens, start, stop, hits[0][0])
        words = tokens.words[first:last]
        is_own = any(word in FIRST for word in words)
        told = [hit for hit in hits if self._is_own(tokens, first, last, hit, is_own)]
        if not told:
            return
        for index, end, lexicon in told:
            left, right = clause(tokens, *_around(first, last, index, end), index, end)
            yield Span(
                tokens.starts[left],
                tokens.ends[right - 1],
                lexicon.kind,
                f"told of oneself: {lexicon.kind}",
                lexicon.action,
            )

    def _holds_work(self, tokens: Tokens, first: int, last: int) -> bool:
        return any(self.evidence.end(tokens, index) is not None for index in range(first, last))

    def _is_own(self, tokens: Tokens, first: int, last: int, hit: tuple[int, int, Lexicon], is_own: bool) -> bool:
        index, end, lexicon = hit
        first, last = _around(first, last, index, end)
        words = tokens.words
        if self._belongs_to_work(tokens, last, hit):
            return False
        if lexicon.kind is Kind.ETHNICITY and not _OF_LANGUAGES.isdisjoint(words[max(first, index - 8) : index]):
            return False
        if not is_own:
            return lexicon.fragments and self._is_fragment(tokens, first, last, index, end)
        if index > first and words[index - 1] in WHOSE:
            return False
        for back in range(index - 1, first - 1, -1):
            word = words[back]
            if word in ("my", "our"):
                return index - back <= 4 and not (set(words[back + 1 : index]) & (OTHERS | _SUBJECT_OF))
            if word in FIRST:
                return word not in ("me", "us") and is_state(words, back, index)
            if word in OTHERS or word in WORKS:
                return False
        return index - first <= 3 and words[first] in HAVING

    def _belongs_to_work(self, tokens: Tokens, last: int, hit: tuple[int, int, Lexicon]) -> bool:
        """Whether a noun of work follows, also over "and Sikh": Muslim and Sikh patients."""
        _, end, lexicon = hit
        words, ahead = tokens.words, end
        last = min(last, end + _FARTHEST_WORK)
        while ahead < last and (words[ahead] in ("and", "or") or lexicon.words.end(tokens, ahead) is not None):
            ahead += 1
        if ahead < last and tokens.follows[ahead]:
            if lexicon.kind is Kind.AGE and words[ahead] in _RETIRED_THINGS:
                return True
            if lexicon.kind is not Kind.FAMILY and self.jobs.end(tokens, ahead) is not None:
                return True
            if words[ahead] in ("up", "out", "off"):
                return True
        if lexicon.kind is Kind.MEMBERSHIP:
            return any(self.bodies.end(tokens, at) is not None for at in range(end, min(last, end + 5)))
        return False

    def _is_fragment(self, tokens: Tokens, first: int, last: int, index: int, end: int) -> bool:
        """A sentence, or an item of a list, that begins with the telling word and holds no work."""
        opens = index == first or (
            index - first <= 2 and not any(word in FRAGMENT_VERBS for word in tokens.words[first:index])
        )
        if not opens or last - first > _SHORT_FRAGMENT:
            return False
        rest = tokens.words[first:last]
        return not any(word in FRAGMENT_VERBS or word in OTHERS for word in rest) and not self._holds_work(
            tokens, first, last
        )


# A language that somebody offers is a doubt of its own.
_OF_LANGUAGES = frozenset(
    "speak speaks speaking spoken fluent fluently language languages write translate translated translating "
    "interpreted translation into".split()
)
# My section on Hindu weddings is about them.
_SUBJECT_OF = frozenset("on about into against regarding".split())
_OF_STUDY = frozenset({Kind.YEAR_OF_STUDY, Kind.PLACE_OF_STUDY})
_SHORT_FRAGMENT = 9
_FARTHEST_WORK = 12
# Words on each side that say whose a characteristic is: longer sentences are lists; time must not grow with them.
_WIDEST = 80


def _around(first: int, last: int, index: int, end: int) -> tuple[int, int]:
    """The part of a sentence that stands near a phrase."""
    return max(first, index - _WIDEST), min(last, end + _WIDEST)


_FAITH_POSTS = frozenset(
    "imam rabbi priest vicar curate pastor minister chaplain mosque church temple synagogue gurdwara "
    "chapel parish "
    "cathedral imams".split()
)


def is_somebody_elses(tokens: Tokens, index: int) -> bool:
    """The imam, the mosque committee: met at work as often as at prayer, if no I or my stands before."""
    words = tokens.words
    if words[index] == "and" and words[index + 1 : index + 2] and words[index + 1] in _ARTICLES:
        return FIRST.isdisjoint(words[max(0, index - 6) : index])
    return (
        index > 0
        and words[index - 1] == "the"
        and words[index] in _FAITH_POSTS
        and FIRST.isdisjoint(words[max(0, index - 8) : index])
    )


# What is retired at work: we retired the old form.
_RETIRED_THINGS = frozenset("the our an a two three old legacy these those them it its unused".split())
_TOWARDS = frozenset("from by about for to against between among towards regarding concerning".split())
_ARTICLES = frozenset("a an the one two three some another this that these".split())


def _names_others(words: Sequence[str], index: int, end: int) -> bool:
    return not OTHERS.isdisjoint(words[index : min(end, index + 3)])


def _is_met(words: Sequence[str], first: int, index: int, end: int) -> bool:
    """Whether a phrase for people is what a deed of the writer's was done to: a complaint from a gay couple."""
    if index <= first or not _names_others(words, index, end):
        return False
    before = index - 1 if words[index - 1] in _ARTICLES else index
    if before > first and words[before - 1] in _TOWARDS:
        return True
    return before < index and before - first == 2 and words[before - 1].endswith("ed")


def _does(words: Sequence[str], index: int, end: int) -> bool:
    """Whether the people of a phrase do something themselves: a gay couple complained."""
    return _names_others(words, index, end) and any(
        word.endswith("ed") or word in ("came", "told", "said", "wanted", "rang", "wrote", "had", "were", "was")
        for word in words[index + 1 : min(end, index + 4)]
    )


_BETWEEN_ITEMS = re.compile(r"[;:|•\n]")


def _item(tokens: Tokens, first: int, last: int, index: int, end: int) -> tuple[int, int]:
    """The item of a list in which a phrase stands: from one semicolon, colon or line to the next."""
    left, right = index, end
    while left > first and not _BETWEEN_ITEMS.search(tokens.text, tokens.ends[left - 1], tokens.starts[left]):
        left -= 1
    while right < last and not _BETWEEN_ITEMS.search(tokens.text, tokens.ends[right - 1], tokens.starts[right]):
        right += 1
    return left, right
