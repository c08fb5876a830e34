"""The rest of a personal sentence: where something is told of the writer and no work beside it, all of it is hidden.

What a phrase rule finds rarely is all that a sentence tells ("I had a stent fitted, and I am on tablets for life"):
so the sentence goes, and a short one that leans on it, unless a word of work says that evidence stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.tokens import Tokens

PERSONAL = frozenset(
    {
        Kind.FAMILY, Kind.PREGNANCY, Kind.AGE, Kind.ETHNICITY, Kind.NATIONALITY, Kind.RELIGION, Kind.DISABILITY, Kind.ORIENTATION,
        Kind.TRANSITION, Kind.POLITICS, Kind.MEMBERSHIP, Kind.GENDER,
    }
)  # fmt: skip
_FIGURES = re.compile(r"[%£$]|\d{3,}|\d+\s?(?:per cent|k\b)")
_FIRST = frozenset("i i'm im i've ive i'd i'll me my mine myself we we're we've our".split())
_SHORT = 8
_LONGEST_REST = 11
_LONGEST_LEANING = 11
_LEANS = frozenset("i i'm i've my we we've our he she they it this that these both since so all neither none me us myself also".split())


def find_rest(tokens: Tokens, breaks: Sequence[int], spans: Sequence[Span], telling: Telling) -> Iterator[Span]:
    """Whole sentences of which the personal spans leave nothing that is work."""
    personal = sorted(
        (span for span in spans if span.kind in PERSONAL and span.action is Action.HIDE and span.end - span.start > 5),
        key=lambda span: span.start,
    )
    if not personal:
        return
    every = sorted((span.start, span.end) for span in spans if span.action is Action.HIDE)
    done: set[int] = set()
    for span in personal:
        number = bisect_right(breaks, span.start) - 1
        if number in done:
            continue
        done.add(number)
        first, last = _range(tokens, breaks, number)
        if first >= last or not _is_free_of_work(tokens, first, last, every, telling, _LONGEST_REST):
            continue
        yield Span(tokens.starts[first], tokens.ends[last - 1], span.kind, "rest of a personal sentence", Action.HIDE)
        following = _range(tokens, breaks, number + 1) if number + 1 < len(breaks) else (0, 0)
        if _leans(tokens, last, *following) and _is_free_of_work(tokens, *following, every, telling, _LONGEST_LEANING):
            done.add(number + 1)
            yield Span(
                tokens.starts[following[0]], tokens.ends[following[1] - 1], span.kind, "sentence after a personal one", Action.HIDE
            )


def _range(tokens: Tokens, breaks: Sequence[int], number: int) -> tuple[int, int]:
    stop = breaks[number + 1] if number + 1 < len(breaks) else len(tokens.text)
    return bisect_left(tokens.starts, breaks[number]), bisect_left(tokens.starts, stop)


def _leans(tokens: Tokens, before: int, first: int, last: int) -> bool:
    if first >= last or first != before or last - first > _LONGEST_LEANING:
        return False
    between = tokens.text[tokens.ends[first - 1] : tokens.starts[first]]
    return "\n" not in between and tokens.words[first] in _LEANS


def _is_free_of_work(
    tokens: Tokens, first: int, last: int, covered: Sequence[tuple[int, int]], telling: Telling, longest: int
) -> bool:
    rest = [index for index in range(first, last) if not _is_covered(tokens.starts[index], covered)]
    if len(rest) > longest or (last - first > _SHORT and not _FIRST.intersection(tokens.words[first:last])):
        return False
    for index in rest:
        if tokens.words[index] in telling.works or tokens.words[index] in telling.others or any(True for _ in telling.evidence.ends(tokens, index)):
            return False
        if _FIGURES.search(tokens.text, tokens.starts[index], tokens.ends[index] + 1) and not _is_year(tokens.words[index]):
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
