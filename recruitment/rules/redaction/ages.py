"""Ages right beside what is hidden: a name, a place or a year of study with "aged 52" after it.

The rules for telling words read the text with a hole for what is hidden, and cannot tell there whose age it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Span

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "fifteen|sixteen|seventeen|eighteen|nineteen"
_AGE = rf"(?:[1-9]\d|{_TEENS}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[ \-](?:{_UNITS}))?)"
_END = r"(?![\w%£]|[.,:/\-]\d|\s?(?:to|-|–)\s?\d)"
_SAID = re.compile(
    rf"[ \t]?[,(–-]?[ \t]?(?:when |now |then )?(?:I was )?(?:just |only |still )?(?:aged?|at (?:the"
    rf"|an) age of)[ \t:]{{1,2}}{_AGE}{_END}"
    r"(?:[ \t](?:years|yrs)(?: old| of age)?)?\)?",
    re.IGNORECASE,
)
# A figure alone is an age only after the writer's own name, and "at 18" only where one leaves or enters a school.
_ALONE = re.compile(r"[ \t]?\([1-9]\d(?: years old| yrs)?\)|,[ \t][1-9]\d(?=[,.;\n]|$)")
_LEFT_AT = re.compile(rf"[ \t](?:at|when I was)[ \t]{_AGE}{_END}(?=[,.;]|[ \t](?:and|to|with|for|but)\b|$)")
_BESIDE = frozenset({Kind.NAME, Kind.OTHER_NAME, Kind.PLACE_OF_STUDY, Kind.YEAR_OF_STUDY})


def find_ages_beside(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The age after each hidden name, place or year."""
    for span in spans:
        if span.kind not in _BESIDE or span.replacement:
            continue
        match = _SAID.match(text, span.end)
        if match is None and span.kind is Kind.NAME:
            match = _ALONE.match(text, span.end)
        if match is None and span.kind is Kind.PLACE_OF_STUDY:
            match = _LEFT_AT.match(text, span.end)
        if match is not None:
            yield Span(*match.span(), Kind.AGE, "age beside what is hidden", span.action)
