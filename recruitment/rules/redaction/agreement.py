"""Verbs beside "they" where the writer wrote she or he: they are, they have, they check."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IRREGULAR = {
    "is": "are", "isn't": "aren't", "was": "were", "wasn't": "weren't", "has": "have", "hasn't": "haven't",
    "does": "do", "doesn't": "don't", "focuses": "focus",
}  # fmt: skip
# Words in -s that follow a subject and are no verb.
_NOT_VERBS = frozenset(
    "always sometimes perhaps besides towards afterwards nevertheless nonetheless across as his hers this "
    "its thus "
    "plus yes less us was's themselves others those regardless".split()
)
_ADVERB = (
    r"(?:[a-z]+ly|always|also|often|never|still|now|seldom|just|even|only|not only|then|sometimes|ever|both|soon"
    r"|already)"
)
_VERB_AFTER = re.compile(rf"\s{{1,2}}(?:{_ADVERB}\s){{0,2}}(?P<verb>[a-z]+(?:['’]t)?)(?!\w)", re.IGNORECASE)
_NEXT_VERB = re.compile(
    rf"(?:,\s|\s(?:and|or)\s|,\s(?:and|or)\s)(?:{_ADVERB}\s)?(?P<verb>[a-z]+s)(?!\w)", re.IGNORECASE
)
# The verb stands first in questions, and after words that turn a sentence: not only does she.
_VERB_BEFORE = re.compile(
    r"(?:\b(?P<turned>does|has|doesn['’]t|hasn['’]t)|(?:^|[.!?]\s|\b(?:only|nor|neither|never|rarely|seldom|so|than"
    r"|how|why|where|when|what)\s)(?P<asked>is|was|isn['’]t|wasn['’]t))\s$",
    re.IGNORECASE,
)
_MOST_VERBS = 3
# Further on in the sentence only what is always a verb, right after "and": she is calm and has never shouted.
_LATER_VERB = re.compile(
    rf"[^.;:!?\n]{{1,80}}?\s(?:and|but)\s(?:{_ADVERB}\s)?(?P<verb>(?:is|was|does)(?:n['’]t)?|has(?:n['’]t)?)(?!\w)",
    re.IGNORECASE,
)
_HAVE_DONE = re.compile(
    rf"\s(?:{_ADVERB}\s)?(?:been|got|had|become|shown|taken|given|made|led|grown|brought|done|built|gone)\b",
    re.IGNORECASE,
)


def plural(verb: str) -> str | None:
    """ "check" for "checks"; None for a word that stands as it is after they."""
    low = verb.lower().replace("’", "'")
    found = _IRREGULAR.get(low) or _without_s(low)
    if found is None:
        return None
    found = found.replace("'", "’") if "’" in verb else found
    return found.upper() if verb.isupper() else found.capitalize() if verb[0].isupper() else found


def _without_s(verb: str) -> str | None:
    if len(verb) < 3 or not verb.endswith("s") or verb.endswith(("ss", "us", "is")) or verb in _NOT_VERBS:
        return None
    if verb.endswith("ies"):
        return verb[:-3] + "y" if len(verb) > 4 else verb[:-1]
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else verb[:-1]


def verbs_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The verbs of a subject that stands at `start` to `end`, and what each becomes beside they."""
    at, match = end, _VERB_AFTER.match(text, end)
    count = 0
    while match is not None and count < _MOST_VERBS:
        verb = plural(match["verb"])
        if verb is None:
            break
        yield *match.span("verb"), verb
        count += 1
        at = match.end("verb")
        match = _NEXT_VERB.match(text, at)
    later = _LATER_VERB.match(text, at)
    if later is not None and (verb := plural(later["verb"])) is not None:
        yield *later.span("verb"), verb
    before = _VERB_BEFORE.search(text, max(0, start - 16), start) if count == 0 else None
    if before is not None:
        group = "turned" if before["turned"] else "asked"
        verb = plural(before[group])
        if verb is not None:
            yield *before.span(group), verb


def has_done(text: str, end: int) -> bool:
    """Whether she's, which ends there, means she has."""
    return _HAVE_DONE.match(text, end) is not None
