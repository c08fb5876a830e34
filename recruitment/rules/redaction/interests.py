"""Sections on interests and memberships: what somebody belongs to in their own time, by names and by words.

Clubs, congregations and choirs tell who somebody is and seldom what they can do; an item that names one is hidden,
an item with a word of work stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.tokens import Tokens, read_tokens
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.word_classes import Class

_HEADING = re.compile(
    r"^[ \t#*•\-]{0,4}(?:(?:personal |other |outside |hobbies and |hobbies & |my |leisure |spare.time "
    r"|social )?(?:interests?|hobbies|pastimes|activities|clubs?|memberships?|societies|leisure"
    r"|community involvement)"
    r"(?: and (?:hobbies|interests|memberships|activities|volunteering))?|outside (?:of )?work|in my (?:spare"
    r"|free) time|interests & hobbies)[ \t]{0,3}(?P<colon>[:.–\-][ \t]*)?(?P<rest>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_HEADING = re.compile(
    r"^[ \t#*•\-]{0,4}(?:[A-Z][A-Z &/]{3,40}|[A-Z][a-z]+(?: (?:and|&|of|[A-Z][a-z]+)){0,4}):?[ \t]*$", re.MULTILINE
)
_ITEM = re.compile(r"[^.;,•\n()|]+(?:'s)?")
_NAMED = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'’\-]{2,}")
_LONGEST = 700
# What neighbours do together, whoever they are.
_OF_A_PLACE = frozenset(
    "garden gardens gardening allotment allotments residents neighbourhood parkrun library foodbank".split()
)


def find_interests(text: str, telling: Telling, bodies: Class) -> Iterator[Span]:
    """Items of such a section that name a body or hold a telling word."""
    for heading in _HEADING.finditer(text):
        rest = heading["rest"]
        if rest.strip() and not heading["colon"]:
            continue
        start = heading.start("rest") if rest.strip() else heading.end()
        if rest.strip():
            stop = heading.end()
        else:
            following = _NEXT_HEADING.search(text, start + 1, start + _LONGEST)
            blank = text.find("\n\n", start + 2)
            stops = [place for place in (following.start() if following else -1, blank) if place > start]
            stop = min([*stops, start + _LONGEST, len(text)])
        yield from _items(text, start, stop, telling, bodies)


def _items(text: str, start: int, stop: int, telling: Telling, bodies: Class) -> Iterator[Span]:
    for item in _ITEM.finditer(text, start, stop):
        words = item[0].strip()
        if len(words) < 3:
            continue
        tokens = read_tokens(words)
        if any(
            word in telling.works
            or telling.evidence.end(tokens, index) is not None
            or bodies.end(tokens, index) is not None
            for index, word in enumerate(tokens.words)
        ):
            continue
        if not _OF_A_PLACE.isdisjoint(tokens.words) and not _tells(tokens, telling):
            continue
        is_named = _NAMED.search(words) is not None or (
            len(tokens) > 1 and sum(word[:1].isupper() for word in words.split()) >= 2
        )
        if is_named or any(word in telling.by_first for word in tokens.words):
            lead = len(item[0]) - len(item[0].lstrip())
            yield Span(
                item.start() + lead,
                item.start() + lead + len(words),
                Kind.MEMBERSHIP,
                "interests that name a body",
                Action.HIDE,
            )


def _tells(tokens: Tokens, telling: Telling) -> bool:
    """Whether a telling word stands in an item, as a whole entry of its list."""
    return any(
        lexicon.words.end(tokens, at) is not None
        for at, word in enumerate(tokens.words)
        for lexicon, _ in telling.by_first.get(word, ())
    )
