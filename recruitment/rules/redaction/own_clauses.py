"""Clauses of one's own: what a clause without work tells of its writer by the field of its words.

The phrases of `patterns/` name what is usually said. This asks less: a clause in which I, my or we stands, a word
from the field of home, body, faith, origin, age or fellowship, and no word of work, of figures or of other people.
Beside something that is hidden already, as in a list of circumstances, it need not say I.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recruitment.rules.redaction.clauses import Clauses, is_figure
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.spread import PERSONAL
from recruitment.rules.redaction.subjects import AUXILIARIES, FIRST, STATES
from recruitment.rules.redaction.tokens import Tokens
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.word_classes import Class

FIELDS = {
    "private_family": Kind.FAMILY,
    "private_health": Kind.DISABILITY,
    "private_faith": Kind.RELIGION,
    "private_origin": Kind.NATIONALITY,
    "private_age": Kind.AGE,
    "private_belonging": Kind.MEMBERSHIP,
    "private_politics": Kind.POLITICS,
    "private_gender": Kind.GENDER,
}
"""Word lists, and what a clause tells by one of their words."""


@dataclass(frozen=True)
class Private:
    """The fields, by the word with which each entry begins."""

    by_first: Mapping[str, tuple[tuple[Kind, Class, frozenset[str] | None], ...]]
    """Each with the words of which one must come second; None for any."""

    @classmethod
    def of(cls, lists: Mapping[str, frozenset[str]]) -> Private:
        by_first: dict[str, list[tuple[Kind, Class, frozenset[str] | None]]] = {}
        for name, kind in FIELDS.items():
            field = Class(lists[name])
            for word in field.phrases:
                by_first.setdefault(word, []).append((kind, field, field.seconds(word)))
        return cls({word: tuple(found) for word, found in by_first.items()})

    def find(self, tokens: Tokens, clauses: Clauses, spans: Sequence[Span], telling: Telling) -> Iterator[Span]:
        """Clauses outside `spans` that tell something by a word of a field."""
        hits = self._hits(tokens)
        if not hits:
            return
        covered = bytearray(len(tokens.text) + 1)
        personal = bytearray(len(tokens.text) + 1)
        for span in spans:
            covered[span.start : span.end] = b"\x01" * (span.end - span.start)
            if span.kind in PERSONAL and span.action is Action.HIDE:
                personal[span.start : span.end] = b"\x01" * (span.end - span.start)
        reading = _Reading(tokens, clauses, telling, covered, personal)
        done = -1
        for at, ends in hits:
            number = reading.clauses.number(tokens.starts[at])
            if number == done or covered[tokens.starts[at]]:
                continue
            for kind, end in ends:
                action = reading.told(number, at, end)
                if action is not None:
                    done = number
                    first, last = reading.clauses.range(number)
                    first = reading.after_a_post(first, at)
                    yield Span(
                        tokens.starts[first], tokens.ends[last - 1], kind, f"clause of one's own: {kind}", action
                    )
                    break

    def _hits(self, tokens: Tokens) -> list[tuple[int, list[tuple[Kind, int]]]]:
        """Where entries begin, each with its kind and the token after it."""
        by_first, words, found = self.by_first, tokens.words, []
        for at, word in enumerate(words):
            if word not in by_first:
                continue
            second = words[at + 1] if at + 1 < len(words) else ""
            ends = [
                (kind, end)
                for kind, field, seconds in by_first[word]
                if (seconds is None or second in seconds) and (end := field.end(tokens, at)) is not None
            ]
            if ends:
                found.append((at, ends))
        return found


@dataclass(frozen=True)
class _Reading:
    tokens: Tokens
    clauses: Clauses
    telling: Telling
    covered: bytearray
    personal: bytearray

    def told(self, number: int, at: int, end: int) -> Action | None:
        """What to do with the clause in which a word of a field stands, tokens `at` to `end`."""
        first, last = self.clauses.range(number)
        if last - first > _LONGEST:
            return None
        if not self.is_own(first, at) and not self.is_beside_what_is_told(number, first, last, at):
            return None
        if self.is_about_others(first, last, at, end):
            return None
        if any(self.is_work(index, last) for index in range(first, last) if not at <= index < end):
            return None
        return Action.HIDE

    def after_a_post(self, first: int, at: int) -> int:
        """Where the word's item opens, if posts stand before it: I'm a governor of the fund and a grandfather."""
        words = self.tokens.words
        for back in range(at - 1, max(first, at - _LONGEST_ITEM), -1):
            if words[back] == "and" and words[back + 1] in _ARTICLES:
                return first if POSTS.isdisjoint(words[first:back]) else back
        return first

    def is_about_others(self, first: int, last: int, at: int, end: int) -> bool:
        words = self.tokens.words
        return any(
            words[index] in self.telling.others
            and words[index] not in _PRONOUNS
            and tuple(words[max(first, index - 2) : index]) != ("as", "a")
            for index in range(first, last)
            if not at <= index < end
        ) or (
            end < last
            and words[end] not in _OF_A_HOME
            and (words[end] in _FUNDS or self.telling.jobs.end(self.tokens, end) is not None)
        )

    def is_own(self, first: int, at: int) -> bool:
        """Whether I, my or we stands before the word, and nobody else's wife, church or passport is meant."""
        words = self.tokens.words
        before = words[at - 1] if at > first else ""
        if before in _OTHERS_OWN or not self.is_state(first, at + 1):
            return False
        if words[first] in ("my", "our") and not _SUBJECT_OF.isdisjoint(words[first + 1 : at]):
            return False
        if "me" in words[at : at + 6] and before in ("", "the"):
            return True
        if before in _SOMEBODYS and FIRST.isdisjoint(words[max(first, at - 4) : at]):
            return before in _ARTICLES and not FIRST.isdisjoint(words[first:at])
        return not FIRST.isdisjoint(words[first : at + 1]) or (words[first] in _DROPPED_I and first < at)

    def is_state(self, first: int, at: int) -> bool:
        """Whether no deed of the writer's stands before the word."""
        return _DEEDS.isdisjoint(self.tokens.words[first:at])

    def is_beside_what_is_told(self, number: int, first: int, last: int, at: int) -> bool:
        words = self.tokens.words
        if last - first > _LONGEST_BESIDE or not _PRONOUNS.isdisjoint(words[first:last]):
            return False
        if words[first] in _SOMEBODYS or words[at - 1 if at > first else at] in _SOMEBODYS:
            return False
        if at - first <= 1 and last - first <= _LONGEST_ITEM:
            return self.is_told_in(number - 1) or self.is_told_in(number + 1)
        return (number > 0 and self.clauses.continues[number] and self.is_told_in(number - 1)) or (
            number + 1 < len(self.clauses) and self.clauses.continues[number + 1] and self.is_told_in(number + 1)
        )

    def is_told_in(self, number: int) -> bool:
        """Whether a clause of the same paragraph holds something told already."""
        if not 0 <= number < len(self.clauses):
            return False
        first, last = self.clauses.range(number)
        return any(self.personal[start] for start in self.tokens.starts[first:last])

    def is_work(self, index: int, last: int) -> bool:
        words = self.tokens.words
        if words[index] in ("i", "we"):
            ahead = index + 1
            while ahead < last and words[ahead] in AUXILIARIES:
                ahead += 1
            return ahead == index + 1 and ahead < last and words[ahead] not in STATES | _LIVING
        if self.covered[self.tokens.starts[index]]:
            return False
        return (
            words[index] in self.telling.works - _LIVING
            or self.telling.evidence.end(self.tokens, index) is not None
            or is_figure(self.tokens, index)
        )


_LONGEST = 18
POSTS = frozenset(
    "governor trustee treasurer secretary chair chairman chairwoman chairperson magistrate volunteer coach mentor "
    "councillor director manager officer leader adviser advisor member fellow organiser convenor".split()
)
_LONGEST_BESIDE = 9
# My section on Hindu weddings is about them.
_SUBJECT_OF = frozenset("on about into against regarding".split())
_LONGEST_ITEM = 6
_OF_A_HOME = frozenset("household family home".split())
# What is named after those for whom it is there: the widows' fund.
_FUNDS = frozenset("fund funds charity trust foundation association".split())
_ARTICLES = frozenset("a an the".split())
_SOMEBODYS = frozenset("a an the his her their your its one each every any some two three".split())
# Verbs with which a clause begins when its "I" is left out.
_DROPPED_I = frozenset("had have got been am ive i've lost born raised diagnosed suffer live wear went".split())
_OTHERS_OWN = frozenset("his her their your its".split())
# What one does to others, where the verbs of living below would let it pass.
_DEEDS = frozenset(
    "found saw said brought took made send sent know knew kept got gave shouted looked talked helped asked used "
    "let rang wrote put drove stopped met then share".split()
)
_PRONOUNS = frozenset("he she they his her their them him who people family children adult".split())
# What one does in living, whatever one's work is.
_LIVING = frozenset(
    "need needed sit stand get go went left leave use used keep kept wake sleep eat drink see hear feel felt tire "
    "struggle stay stayed send miss love like prefer want wanted cannot can't should must talk talked help helped "
    "follow attend fit survived beat recovered broke fell inherited finish finished lost learnt learned "
    "look looked made found lean rest read say mention should know known hope bring brought took saw".split()
)
