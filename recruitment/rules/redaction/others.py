"""Other people's names: by their words, by what people do beside them, and beside roles.

A name that a reader may know leads to the writer: a manager, a referee, a child. Found with certainty it is
hidden; a lone given name, or a pair of which only one word is a known name, is flagged. Names of cases (R v Smith)
and of judges as citations stay: they are law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import LETTERS, fold_word
from recruitment.rules.redaction.name_runs import (
    CAPITALISED,
    COURT,
    is_a_body,
    is_citation,
    is_name_word,
    looks_like_a_name,
    names_after,
    span,
)
from recruitment.rules.redaction.persons import acts_as_person, is_only_a_person
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

_APPOSITION = re.compile(r"(?:['’]s|[ \t]?(?:[,:(–—\-]|is|was|called|named|,? ?(?:then|now) )?)[ \t\n(]{1,2}")


def find_others(text: str, lists: WordLists) -> Iterator[Span]:
    """Names of other people, by their words and by what stands beside them."""
    at = 0
    role_words, ordinary, given_names = lists.role_words, lists.capitalised_ordinary, lists.given_names
    for match in CAPITALISED.finditer(text):
        word = match[0]
        if word in role_words or (low := word.lower()) in role_words:
            found = _beside_role(text, match, lists) if match.start() >= at else None
        elif low == word or low in ordinary or match.start() < at or not word[0].isupper() or len(word) < 2:
            continue
        else:
            given = (low if word.isascii() else fold_word(word)) in given_names
            end = names_after(text, match.end(), lists, 3, given=given)
            found = _by_its_words(text, match, end, lists)
        if found is not None:
            yield found
            at = found.end


def _by_its_words(text: str, match: re.Match[str], end: int, lists: WordLists) -> Span | None:
    """A given name with a family name, or by itself."""
    first = fold_word(match[0])
    parts = LETTERS.findall(text[match.start() : end])
    if first in lists.given_names and text[match.end() : match.end() + 2] == " \x00":
        return span(match.start(), match.end(), "given name before the writer's family name")
    if is_citation(text, match.start(), end) or is_a_body(text, end):
        return None
    if match[0].istitle() and first in lists.ordinary_given_names:
        rest = [fold_word(part) for part in parts[1:]]
        if rest and rest[-1] in lists.family_names and parts[-1].istitle():
            return span(match.start(), end, "given name and family name")
        return None
    given = first in lists.given_names or first.split("-")[0] in lists.given_names
    if len(parts) >= 2 and end > match.end():
        rest = [fold_word(part) for part in parts[1:]]
        family = any(part in lists.family_names or part in lists.given_names for part in rest)
        if match[0].isupper() and not all(part.isupper() for part in parts):
            return None
        if given and (family or _looks_personal(parts[-1])):
            return span(match.start(), end, "given name and family name")
        if given:
            return span(match.start(), match.end(), "given name alone", Action.FLAG)
        if (
            len(parts) == 2
            and all(part.istitle() for part in parts)
            and not _GOES_ON_AS_A_BODY.match(text, end)
            and _QUOTED_BY.search(text[max(0, match.start() - 16) : match.start()])
        ):
            return span(match.start(), end, "name of a speaker", Action.FLAG)
        if family and first in lists.family_names and _stands_as_person(text, match, end):
            return span(match.start(), end, "two family names", Action.FLAG)
        return None
    return _alone(text, match, lists, first, given=given)


def _alone(text: str, match: re.Match[str], lists: WordLists, first: str, *, given: bool) -> Span | None:
    """One word by itself, by what people do beside it."""
    if match[0].isupper() or len(first) <= 2:
        return None
    if given and (_stands_as_person(text, match) or acts_as_person(text, match)):
        return span(match.start(), match.end(), "given name alone", Action.FLAG)
    if not given and match[0].istitle() and first not in lists.ordinary_words and is_only_a_person(text, match):
        return span(match.start(), match.end(), "word in the place of a name", Action.FLAG)
    return None


_GOES_ON_AS_A_BODY = re.compile(r"[ ](?:of |for |and |& )?[A-Z]|['’][ ]|s['’]")


def _looks_personal(word: str) -> bool:
    return word[1:].islower() and len(word) > 2


_PERSON_VERBS = re.compile(
    r"['’]s\b|[ \t](?:and [A-Z]|who|whose|said|says|told|asked|wrote|is|was|has|had|did|does|will|would|could"
    r"|can|led|left|came|went|agreed|rang|called|"
    r"thanked|knew|knows|took|gave|got|wanted|felt|thought|needed|helped|kept|moved|works|worked|joined"
    r"|started|and I|to)\b|[,.;)!?]"
)

_PERSON_BEFORE = re.compile(
    r"\b(?:and|with|by|for|to|from|that|how|when|if|because|thanked|told|asked|called|named|met|helped|rang"
    r"|where|like|of|line manage|mentored|trained|supported|replaced|covered for|"
    r"[,(–:]|mentoring|supporting|let|made|as|saw|knew|while|whether|what|after|before|but|so|then)[ \t]$"
    r"|[,(:“\"'‘]\s?$",
    re.IGNORECASE,
)


_QUOTED_BY = re.compile(r"\b(?:said|says|wrote|by|with|told|thanked|one|asked|named|called|met)[ ,]{1,2}$")


def _stands_as_person(text: str, match: re.Match[str], end: int | None = None) -> bool:
    return (
        _PERSON_VERBS.match(text, end or match.end()) is not None
        and _PERSON_BEFORE.search(text[max(0, match.start() - 16) : match.start()]) is not None
    )


def _beside_role(text: str, match: re.Match[str], lists: WordLists) -> Span | None:
    """A name right after a role, or set beside it: "my manager, Jo Cole", "Referee: A. Khan"."""
    gap = _APPOSITION.match(text, match.end())
    if gap is None or (
        match[0].lower() in COURT and _ON_THE_BENCH.search(text, max(0, match.start() - 20), match.start())
    ):
        return None
    named = CAPITALISED.match(text, gap.end())
    if (
        named is None
        or not is_name_word(named[0], lists)
        or named[0].lower() in lists.titles
        or named[0].lower() in lists.ranks
    ):
        return None
    end = names_after(text, named.end(), lists, 3)
    name = text[named.start() : end]
    if is_a_body(text, end) or is_citation(text, named.start(), end):
        return None
    parts = LETTERS.findall(name)
    known = looks_like_a_name(name, lists)
    if (len(parts) == 1 and len(parts[0]) < 3) or (name.isupper() and not known):
        return None
    whose = _OWNED.search(text[max(0, match.start() - 40) : match.start()]) is not None
    given = fold_word(parts[0]) in lists.given_names
    if (given and len(parts) >= 2) or (whose and (known or len(parts) >= 2) and not _is_firm(name, lists)):
        return span(named.start(), end, "name beside a role")
    if whose and parts[0][1:].islower() and gap[0].strip() in ("", ",", "(", ":"):
        return span(named.start(), end, "name beside a role")
    if len(parts) == 2 and all(part[1:].islower() for part in parts):
        if known and gap[0] in (" ", ": "):
            return span(named.start(), end, "name beside a role")
        if gap[0] == " " and match[0].islower():
            return span(named.start(), end, "name beside a role", Action.FLAG)
    return None


# A judge who sat in a case is cited, as in find_titled.
_ON_THE_BENCH = re.compile(r"\b(?:Honou?r|Before|before|Recorder,?|the then)(?: the)? $")


def _is_firm(name: str, lists: WordLists) -> bool:
    return any(word.isupper() and len(word) > 3 for word in name.split()) and not name.isupper()


_OWNED = re.compile(
    r"\b(?:my|our|his|her|their|the|a|line|team|former|previous|current|duty|service)\s(?:[\w\-]{1,16}\s){0,3}$",
    re.IGNORECASE,
)
