"""The second reader: clauses that probably tell something of their writer, though no rule took them, are flagged.

It reads after the rules, and only what they left: whole clauses, and the rest of clauses that are hidden in part.
It never hides: a person looks at each passage that it flags. Before that it gives back clauses that the rules hid
only for what stands beside them, where it is sure that they tell of work. In a text that a person has to look at
anyhow, and that tells something already, it flags what is less probable too: whoever tells one thing of themselves
tells others, and one more passage in an open text costs a clearer seconds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recruitment.rules.redaction.clause_weights import Clause, ClauseWeights
from recruitment.rules.redaction.clauses import Clauses, Whole
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span, settled
from recruitment.rules.redaction.spread import BESIDE, PERSONAL
from recruitment.rules.redaction.subjects import FIRST, OTHERS

PROBABLE = 1.5
"""The score from which a clause is flagged in any text."""
POSSIBLE = -0.4
"""The score from which a clause is flagged in a text that is looked at anyhow and tells something already."""
POSSIBLE_REST = -0.5
"""The same for the rest of a clause that is hidden in part."""
_WITHOUT_I = 0.5
# A line that nowhere says I or my, as in a list of duties, has to score so much more.

WORK = -1.8
"""The score below which a clause that was hidden only for what stands beside it is read after all."""

_RULE = "the second reader"
_FEWEST_WORDS = 2
_FEWEST_OF_WORK = 3
_SAYS_NOTHING = frozenset(
    "a an the and or but of in on at to for by with from that which this i am have my is was as to".split()
)
_MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december present date current till until now".split()
)
_SAYS_I = re.compile(r"\b(?:I|my|My|we|We|our|me)\b")


class Candidate(NamedTuple):
    """A clause, or the rest of one, that could be flagged; `is_rest`: some of its clause is hidden."""

    clause: Clause
    is_rest: bool
    says_i: bool


def read_again(whole: Whole, spans: Sequence[Span], weights: ClauseWeights) -> Iterator[Span]:
    """Flags for what the rules left and probably tells something."""
    if not weights.weights:
        return
    reading = Reading(whole, spans)
    scored = [(weights.score(each.clause), each) for each in reading.candidates()]
    scored = [(score if each.says_i else score - _WITHOUT_I, each) for score, each in scored]
    scored = [(score, each) for score, each in scored if score > min(POSSIBLE, POSSIBLE_REST)]
    if not scored:
        return
    is_open = reading.tells > 0 and (
        any(score > PROBABLE for score, _ in scored)
        or any(span.action is Action.FLAG for span in settled(whole.text, spans))
    )
    for score, each in scored:
        least = PROBABLE if not is_open else POSSIBLE_REST if each.is_rest else POSSIBLE
        if score > least:
            yield from _flagged(each.clause, weights.kind(each.clause))


def give_back(whole: Whole, spans: Sequence[Span], weights: ClauseWeights) -> tuple[Span, ...]:
    """The spans without those that hide a whole clause for its company alone, where it tells of work."""
    if not weights.weights or not any(span.rule in BESIDE for span in spans):
        return tuple(spans)
    reading = Reading(whole, [span for span in spans if span.rule not in BESIDE])
    kept = []
    for span in spans:
        if span.rule in BESIDE:
            number = reading.clauses.number(span.start)
            first, last = reading.clauses.range(number)
            is_apart = number not in reading.kinds and number == reading.clauses.number(span.end - 1)
            if is_apart and last - first >= _FEWEST_OF_WORK:
                score = weights.score(reading.candidate(number, range(first, last), False).clause)
                is_apart = score < WORK
            else:
                is_apart = False
            if is_apart:
                continue
        kept.append(span)
    return tuple(kept)


def _flagged(clause: Clause, kind: Kind) -> Iterator[Span]:
    """Each piece of a clause that says something as a flagged span."""
    tokens, piece = clause.tokens, list[int]()
    for at in [*clause.places, -1]:
        if piece and at != piece[-1] + 1:
            if not all(tokens.words[each] in _SAYS_NOTHING for each in piece):
                place = tokens.starts[piece[0]], tokens.ends[piece[-1]]
                yield Span(*place, kind, _RULE, Action.FLAG, is_apart=True)
            piece = []
        piece.append(at)


class Reading:
    """A text's clauses as the rules left them: which are hidden, which tell something, and what is still read."""

    def __init__(self, whole: Whole, spans: Sequence[Span]) -> None:
        self.text, self.tokens, self.clauses = whole.text, whole.tokens, whole.clauses
        self.covered = bytearray(len(whole.text) + 1)
        self.kinds: dict[int, set[Kind]] = {}
        self.told: set[int] = set()
        for span in spans:
            self.covered[span.start : span.end] = b"\x01" * (span.end - span.start)
            is_told = span.kind in PERSONAL and not span.replacement
            for number in range(self.clauses.number(span.start), self.clauses.number(span.end - 1) + 1):
                self.kinds.setdefault(number, set()).add(span.kind)
                if is_told:
                    self.told.add(number)
        self.lines = [0, *(match.end() for match in re.finditer("\n", whole.text)), len(whole.text)]
        self.says_i: dict[int, bool] = {}

    @property
    def tells(self) -> int:
        """The clauses in which the rules found something of the writer."""
        return len(self.told)

    def candidates(self) -> Iterator[Candidate]:
        """Every clause of which something is still read and says anything."""
        words = self.tokens.words
        for number in range(len(self.clauses)):
            first, last = self.clauses.range(number)
            if first >= last:
                continue
            is_rest = number in self.kinds
            places: Sequence[int] = range(first, last)
            if is_rest:
                places = [at for at in places if not self.covered[self.tokens.starts[at]]]
                if all(words[at] in _SAYS_NOTHING for at in places):
                    continue
            elif not self._says_enough(first, last):
                continue
            yield self.candidate(number, places, is_rest)

    def _says_enough(self, first: int, last: int) -> bool:
        """Whether more than dates stands there: those are for the rules of study and of age."""
        said = 0
        for word in self.tokens.words[first:last]:
            if not word.isdecimal() and word not in _MONTHS:
                said += 1
                if said == _FEWEST_WORDS:
                    return True
        return False

    def candidate(self, number: int, places: Sequence[int], is_rest: bool) -> Candidate:
        """A clause, or its words at some places, with the signs of what stands around it."""
        told = self.told
        says_i = self._line_says_i(self.tokens.starts[places[0]])
        signs = ["#line with I" if says_i else "#line without I", *_around(self.clauses, number, told)]
        signs.append(_TOTALS[min(len(told) - (number in told), len(_TOTALS) - 1)])
        if is_rest:
            signs += self._of_rest(number, places)
        return Candidate(Clause(self.tokens, places, tuple(signs)), is_rest, says_i)

    def _of_rest(self, number: int, places: Sequence[int]) -> Iterator[str]:
        first, last = self.clauses.range(number)
        yield f"#rest {min(4, len(places))}"
        yield "#rest after" if places[0] > first else "#rest before" if places[-1] < last - 1 else "#rest around"
        if number in self.told:
            yield "#rest of what tells"
        for kind in sorted(self.kinds.get(number, ())):
            yield f"#beside {kind}"

    def _line_says_i(self, place: int) -> bool:
        number = bisect_right(self.lines, place) - 1
        if number not in self.says_i:
            end = self.lines[min(number + 1, len(self.lines) - 1)]
            self.says_i[number] = _SAYS_I.search(self.text, self.lines[number], end) is not None
        return self.says_i[number]


def _around(clauses: Clauses, number: int, told: set[int]) -> list[str]:
    """Whether the clauses beside one tell something, and whether it goes on with the one before."""
    signs = []
    goes_on = number > 0 and (clauses.continues[number] or clauses.turns[number])
    if number - 1 in told:
        signs.append("#goes on with what tells" if goes_on else "#after what tells")
    if number + 1 in told:
        ahead = clauses.continues[number + 1] or clauses.turns[number + 1]
        signs.append("#what tells goes on" if ahead else "#before what tells")
    if not goes_on:
        signs.append("#opens")
        return signs
    first, last = clauses.range(number - 1)
    before = clauses.tokens.words[first:last]
    if not FIRST.isdisjoint(before):
        signs.append("#goes on with I")
    if not OTHERS.isdisjoint(before):
        signs.append("#goes on with others")
    return signs


_TOTALS = ("#tells 0", "#tells 1", "#tells 2", "#tells 2", "#tells 4")
"""By how many clauses tell something, of which the last stands for any more."""
