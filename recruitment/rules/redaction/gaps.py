"""What stands between hidden passages, too short to be evidence and long enough to tell: "no" after a condition.

Also the end of a span of time whose beginning is hidden because it tells something: "… - 03/2021" of a leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from recruitment.rules.redaction.spans import LINE_BREAK, Action, Span, runs
from recruitment.rules.redaction.spread import PERSONAL
from recruitment.rules.redaction.wordlists import WordLists

_RULE = "between what is hidden"
_LONGEST_GAP = 14
_MOST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_ENDS_IN_DATE = re.compile(r"\d{4}$")
_END_OF_TIME = re.compile(
    r"[ \t]{0,2}(?:[-–—]|to|until|till)[ \t]{1,2}"
    r"(?:(?:\d{1,2}[/.]){1,2}(?:19|20)?\d\d|(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d)(?![\w/])"
)


def find_gaps(text: str, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """Words between two passages of a line that tell something, and ends of times that tell something."""
    hidden = [
        (start, end, members)
        for start, end, members in runs(text, spans)
        if any(span.action is Action.HIDE for span in members)
        and not any(span.replacement for span in members)  # they for she: read, not hidden
    ]
    for _, end, members in hidden:
        last = max(members, key=lambda span: span.end)
        if last.kind in PERSONAL and _ENDS_IN_DATE.search(text, max(0, end - 4), end):
            following = _END_OF_TIME.match(text, end)
            if following is not None:
                yield Span(end, following.end(), last.kind, _RULE, Action.HIDE)
    for (_, end, before), (start, _, after) in pairwise(hidden):
        if not 0 < start - end <= _LONGEST_GAP or LINE_BREAK.search(text, end, start):
            continue
        kinds = {before[-1].kind, after[0].kind}
        if kinds <= PERSONAL and _says_little(text, end, start, lists):
            yield Span(end, start, after[0].kind, _RULE, Action.HIDE)


def _says_little(text: str, start: int, end: int, lists: WordLists) -> bool:
    words = _WORD.findall(text, start, end)
    return 0 < len(words) <= _MOST_WORDS and all(
        word.islower()
        and word not in lists.telling.works
        and word not in lists.role_words
        and () not in lists.telling.evidence.phrases.get(word, ())
        for word in words
    )
