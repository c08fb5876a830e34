"""Telling words that no certain rule took and no work explains: flagged, for a person to look at.

A word for a faith, a relative, an illness or a sex is evidence when it belongs to others or to the work, and tells
of its writer when it is theirs. Phrases and sentences decide the clear cases; what they leave is read here once
more, by the words around it alone: said of oneself ("as a young woman", "I'm a governor and a grandfather"),
standing alone ("no kids"), or a body one belongs to ("co-chair, council Trans & Allies network").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recruitment.rules.redaction.clauses import is_figure
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.spread import PERSONAL
from recruitment.rules.redaction.subjects import FIRST, FRAGMENT_VERBS, is_state
from recruitment.rules.redaction.tokens import Tokens
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.word_classes import Class

_FARTHEST = 30
_LONGEST_ALONE = 5
_LONGEST_OPENING = 9
_IMPERSONAL = b"\x02"
# What one does for others, where no word of work stands.
_DEEDS = frozenset("gave brought did made asked wrote saved called put got keep stopped turned do deal".split())
_OPENS_A_DESCRIPTION = frozenset("as being am i'm im i've".split())
_DETERMINERS = frozenset("a an the one two three four some any this that these those each every another".split())
_WHOSE = frozenset("his her their your its whose".split())
_TOWARDS = frozenset("with for to about on between among against by of in at from into".split())
_NOT_OPENING = _DETERMINERS | _TOWARDS | frozenset("among amongst as such including like".split())
_BELONGING = frozenset(
    "member co run chair vice chairwoman chairman chairperson secretary treasurer trustee committee "
    "founder founded sit steward ambassador patron volunteer belong joined active president convenor "
    "convener organiser organise captain".split()
)
_BODIES = frozenset(
    "network group association forum society union club guild league collective circle fellowship alliance trust "
    "committee caucus choir centre in".split()
)
# What one is in a treatment that one gives: EMDR accredited, dementia trained.
_TRAINED = frozenset("accredited trained certified practitioner practitioners therapist trainer assessor".split())
# What can be told by "as a …" or "I'm a …", also before the name of a job: as a turbaned Sikh officer.
_OF_A_PERSON = frozenset(
    {Kind.RELIGION, Kind.ETHNICITY, Kind.GENDER, Kind.FAMILY, Kind.ORIENTATION, Kind.TRANSITION, Kind.DISABILITY}
)
_ALSO_BEFORE_A_JOB = frozenset({Kind.RELIGION, Kind.GENDER})


@dataclass(frozen=True)
class Doubts:
    """The words to look at once more, by kind; and those by which a body tells something of its members."""

    by_kind: Mapping[Kind, Class]
    by_first: Mapping[str, tuple[tuple[Kind, frozenset[str] | None], ...]]
    """The kinds of which an entry begins with a word, and the words that must follow it; None for any."""
    posts: Class
    """Words for a post that tell the sex of who holds it."""

    @classmethod
    def of(cls, by_kind: Mapping[Kind, frozenset[str]], posts: frozenset[str]) -> Doubts:
        classes = {kind: Class(words) for kind, words in by_kind.items()}
        by_first: dict[str, list[tuple[Kind, frozenset[str] | None]]] = {}
        for kind, each in classes.items():
            for word in each.phrases:
                by_first.setdefault(word, []).append((kind, each.seconds(word)))
        return cls(classes, {word: tuple(kinds) for word, kinds in by_first.items()}, Class(posts))

    def find(
        self, tokens: Tokens, breaks: Sequence[int], spans: Sequence[Span], telling: Telling
    ) -> Iterator[Span]:
        """Flags for telling words outside `spans`; `breaks`: where the text's sentences begin, in order."""
        covered = bytearray(len(tokens.text) + 1)
        for span in spans:
            mark = b"\x01" if span.kind in PERSONAL else _IMPERSONAL
            covered[span.start : span.end] = mark * (span.end - span.start)
        by_first, words, starts = self.by_first, tokens.words, tokens.starts
        number = 0
        for index, word in enumerate(words):
            kinds = by_first.get(word)
            if kinds is None or covered[starts[index]]:
                continue
            while number + 1 < len(breaks) and breaks[number + 1] <= starts[index]:
                number += 1
            stop = breaks[number + 1] if number + 1 < len(breaks) else len(tokens.text)
            second = words[index + 1] if index + 1 < len(words) else ""
            for kind, seconds in kinds:
                if seconds is not None and second not in seconds:
                    continue
                end = self.by_kind[kind].end(tokens, index)
                if end is None:
                    continue
                reading = _Reading(tokens, telling, breaks[number], stop, index, end, covered)
                told = reading.told(kind, self.posts.end(tokens, index) is not None)
                if told is not None:
                    left, right, action = told
                    yield Span(
                        starts[left], tokens.ends[right - 1], kind, f"a telling word left over: {kind}", action
                    )
                    break


class _Reading:
    """One telling word, tokens `index` to `end`, in its sentence and in its item between commas."""

    def __init__(
        self, tokens: Tokens, telling: Telling, start: int, stop: int, index: int, end: int, covered: bytearray
    ) -> None:
        self.tokens, self.telling, self.index, self.end, self.covered = tokens, telling, index, end, covered
        self.first = max(bisect_left(tokens.starts, start), index - _FARTHEST)
        self.last = min(bisect_left(tokens.starts, stop), end + _FARTHEST)
        self.left, self.right = index, end
        while self.left > self.first and not self._opens(self.left):
            self.left -= 1
        while (
            self.right < self.last
            and not tokens.is_segment_end(self.right - 1)
            and not covered[tokens.starts[self.right]]
        ):
            self.right += 1

    def told(self, kind: Kind, is_post: bool) -> tuple[int, int, Action] | None:
        """The tokens to hide or flag, or None."""
        if kind is Kind.MEMBERSHIP:
            body = self._body()
            return None if body is None else (*body, Action.FLAG)
        if self.index > self.first and self.tokens.words[self.index - 1] in _WHOSE:
            return None
        if is_post and self.index - self.left <= 1 and self.tokens.words[self.left] not in _DETERMINERS:
            return self.index, self.end, Action.HIDE
        if self._qualifies_the_writer():
            return self.left, self.right, Action.HIDE
        is_job = self._is_job()
        if kind in _OF_A_PERSON and (not is_job or kind in _ALSO_BEFORE_A_JOB):
            opened = self._description()
            if opened is not None:
                return opened, self.end, Action.HIDE
        if kind is Kind.DISABILITY and self._is_appointment():
            return self.index, self.end, Action.FLAG
        if is_job:
            return None
        if self._is_of_writer():
            return self.index, self.end, Action.FLAG
        if self._stands_alone(kind):
            return self.left, self.right, Action.FLAG
        return (self.left, self.right, Action.FLAG) if self._tells_no_work() else None

    def _tells_no_work(self) -> bool:
        """Whether the sentence, or the short item that opens it, holds nothing of work and of nobody else."""
        tokens = self.tokens
        if self.left and self.covered[tokens.starts[self.left - 1]] == ord(_IMPERSONAL):
            return False  # it would be hidden for good with a name or a number
        # "Sickle cell: an audit of 120 attendances" is the heading of some work.
        if tokens.text.startswith(":", tokens.ends[self.right - 1]):
            return False
        if self._is_free(self.first, self.last):
            return True
        opens = self.left == self.first and self.right - self.left <= _LONGEST_OPENING
        return opens and self._is_free(self.left, self.right)

    def _is_free(self, first: int, last: int) -> bool:
        """Whether neither work, nor somebody else, nor a deed or a figure stands in a sentence or an item."""
        tokens, free = self.tokens, [at for at in range(first, last) if not self.covered[self.tokens.starts[at]]]
        if any(self._is_work(at) or self._is_others(at) or is_figure(tokens, at) for at in free):
            return False
        words = tokens.words
        if words[first] in _NOT_OPENING or _DEEDS & set(words[first:last]):
            return False
        return not self.telling.does_work(tokens, first, last, free)

    def _opens(self, at: int) -> bool:
        # What is hidden already ends an item, as it will when its marker is read.
        tokens = self.tokens
        return (
            bool(self.covered[tokens.starts[at - 1]])
            or tokens.is_segment_start(at)
            or tokens.text[tokens.ends[at - 1] : tokens.starts[at]] == ", "
        )

    def _is_job(self) -> bool:
        end = self.end
        if end >= self.last or not self.tokens.follows[end]:
            return False
        if self.tokens.words[end] in _TRAINED:
            return True
        return self.telling.jobs.end(self.tokens, end) is not None or self._is_work(end)

    def _is_others(self, at: int) -> bool:
        return self.tokens.words[at] in self.telling.others and not self.covered[self.tokens.starts[at]]

    def _is_work(self, at: int) -> bool:
        word = self.tokens.words[at]
        return not self.covered[self.tokens.starts[at]] and (
            word in self.telling.works
            or word in FRAGMENT_VERBS
            or self.telling.evidence.end(self.tokens, at) is not None
        )

    def _description(self) -> int | None:
        """Where "as a", "being a" or "I'm a" stands shortly before the word."""
        words = self.tokens.words
        for back in range(self.index - 1, max(self.first, self.index - 5) - 1, -1):
            if (
                words[back] in _OPENS_A_DESCRIPTION
                and back + 1 < self.index
                and words[back - 1 : back] != ["such"]
            ):
                return back if words[back + 1] in ("a", "an", "the", "one", "also") else None
            if words[back] in _TOWARDS or words[back] in self.telling.others or words[back].isdecimal():
                return None
        return None

    def _is_of_writer(self) -> bool:
        """Whether I am or I have governs the word, over other items of a list, without work between."""
        words = self.tokens.words
        for back in range(self.index - 1, self.first - 1, -1):
            word = words[back]
            if word in ("my", "our"):
                return self.index - back <= 4
            if word in FIRST:
                if word in ("me", "us", "mine", "myself") or not self._describes(back):
                    return False
                return is_state(words, back, min(self.index, back + 6))
            if self._is_others(back) or self._is_work(back):
                return False
        return False

    def _is_appointment(self) -> bool:
        """Whether it is an appointment of the writer's: I have an asthma clinic appointment on the 4th."""
        words = self.tokens.words
        if not {"appointment", "appointments", "check", "operation"} & set(words[self.end : self.end + 2]):
            return False
        sentence = range(self.first, self.last)
        return not FIRST.isdisjoint(words[self.first : self.index]) and not any(map(self._is_others, sentence))

    def _qualifies_the_writer(self) -> bool:
        """A sentence that opens with the word in a short item, and goes on with I: "Deaf from birth, I …"."""
        words = self.tokens.words
        if self.left != self.first or self.right - self.left > _LONGEST_ALONE or self.right >= self.last:
            return False
        if words[self.left] in _TOWARDS | _DETERMINERS or words[self.right] not in ("i", "i'm", "i've"):
            return False
        return not any(self._is_work(at) or self._is_others(at) for at in range(self.left, self.right))

    def _describes(self, back: int) -> bool:
        """I am a … and a …, I have …; not: I had a grown man ring me, I'm putting it here like the lady said."""
        words = self.tokens.words
        ahead = words[back : back + 3]
        if ahead[0] in ("i'm", "im", "we're") or "am" in ahead:
            return not any(
                word.endswith("ing") or word in ("like", "when", "if") for word in words[back : self.index]
            )
        return _DETERMINERS.isdisjoint(words[back : self.index])

    def _stands_alone(self, kind: Kind) -> bool:
        """A short item without a verb, in a sentence that tells of no work and of nobody else."""
        words = self.tokens.words
        length = self.right - self.left - (self.end - self.index)
        if length > _LONGEST_ALONE - 1 or words[self.left] in _TOWARDS | _DETERMINERS:
            return False
        if any(self._is_work(at) or self._is_others(at) for at in range(self.first, self.last)):
            return False
        if kind is Kind.NATIONALITY and not {"born", "from", "home"} & set(words[self.first : self.index]):
            return False
        free = [at for at in range(self.first, self.last) if not self.covered[self.tokens.starts[at]]]
        return not self.telling.does_work(self.tokens, self.first, self.last, free)

    def _body(self) -> tuple[int, int] | None:
        """The name of a body one belongs to, when the word is in it."""
        words = self.tokens.words
        cue = next(
            (
                at
                for at in range(self.index - 1, max(self.first, self.index - 7) - 1, -1)
                if words[at] in _BELONGING
            ),
            None,
        )
        if cue is None:
            return None
        for at in range(self.end, min(self.last, self.end + 5)):
            if not self.tokens.follows[at]:
                return None
            if words[at] in _BODIES and (words[at] != "in" or self.tokens.is_capitalised(self.index)):
                while at + 1 < self.right and self.tokens.is_capitalised(at + 1):
                    at += 1
                return cue + 1, at + 1
        return None
