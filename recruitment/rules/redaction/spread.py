"""The rest of a personal sentence: hidden where something is told of the writer and no work stands beside it.

What a phrase rule finds rarely is all that a sentence tells ("I had a stent fitted, and am on tablets for life").
So its clauses go, and a short sentence that leans on it, unless a word of work says that evidence stands there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from recruitment.rules.redaction.clauses import Clauses, is_free_of_work
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.tokens import Tokens
from recruitment.rules.redaction.told import Telling, is_somebody_elses

BESIDE = frozenset({"rest of a personal sentence"})
"""Rules that hide a clause for what stands beside it."""

PERSONAL = frozenset(
    {
        Kind.FAMILY, Kind.PREGNANCY, Kind.AGE, Kind.ETHNICITY, Kind.NATIONALITY, Kind.RELIGION, Kind.DISABILITY,
        Kind.ORIENTATION,
        Kind.TRANSITION, Kind.POLITICS, Kind.MEMBERSHIP, Kind.GENDER,
    }
)  # fmt: skip


def settle_doubts(tokens: Tokens, clauses: Clauses, spans: Sequence[Span], telling: Telling) -> Iterator[Span]:
    """What is doubtful but stands in a clause without work is hidden like what is certain; the rest as it was."""
    for span in spans:
        if span.rule.endswith(_TOLD_IN_OTHER_WORDS):
            yield replace(span, is_apart=span.action is Action.FLAG)
            continue
        is_settled = span.kind in PERSONAL - {Kind.MEMBERSHIP} and span.rule not in _STAY_DOUBTFUL
        if span.action is Action.FLAG and is_settled:
            own = ((span.start, span.end),)
            at = bisect_left(tokens.starts, span.start)
            if span.kind is Kind.RELIGION and at < len(tokens) and is_somebody_elses(tokens, at):
                yield span
                continue
            numbers = range(clauses.number(span.start), clauses.number(span.end - 1) + 1)
            if all(is_free_of_work(tokens, *clauses.range(number), own, telling) for number in numbers):
                yield replace(span, action=Action.HIDE)
                continue
        yield span


# Phrases that are as often said of others or of work: a person looks at each.
_TOLD_IN_OTHER_WORDS = ("in other words", "tell a faith")
_STAY_DOUBTFUL = frozenset({"nationality: languages as a skill"})


def find_rest(tokens: Tokens, clauses: Clauses, spans: Sequence[Span], telling: Telling) -> Iterator[Span]:
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
    done: set[int] = set()
    for span in personal:
        first, last = clauses.number(span.start), clauses.number(span.end - 1)
        if first in done and last in done:
            continue
        free = {
            number: is_free_of_work(tokens, *clauses.range(number), every, telling)
            and not (clauses.is_of_somebody(number) and span.start > tokens.starts[clauses.range(number)[0]])
            for number in range(first, last + 1)
        }
        low, high = first, last
        # A group that somebody ran takes nothing along of what they ran it with.
        start, stop = clauses.range(first)
        is_deed = (
            span.kind is Kind.MEMBERSHIP
            and clauses.tells_a_deed(start, stop)
            and not telling.works.isdisjoint(tokens.words[start:stop])
        )
        if free[first] and not is_deed:
            while low > 0 and clauses.continues[low] and clauses.is_free(low - 1, every, telling):
                low -= 1
        if free[last] and not is_deed:
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
