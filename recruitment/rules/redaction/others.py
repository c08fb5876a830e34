"""Other people's names: after titles and ranks, beside roles, in reference sections and letters' heads.

A name that a reader may know leads to the writer: a manager, a referee, a child. Found with certainty it is
hidden; a lone given name, or a pair of which only one word is a known name, is flagged. Names of cases (R v Smith)
and of judges as citations stay: they are law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import fold
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.persons import acts_as_person, is_only_a_person
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

CAPITALISED = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

# The same, but for those that open with a small letter of English.
_WITH_CAPITAL = re.compile(r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’\-].)[^\W\d_]*(?:['’\-][^\W\d_]+)*")

_NEXT = re.compile(r"\.?[ ](?:\((?:retd|Retd)\.?\)[ \t])?([^\W\d_](?:\.|[^\W\d_]*)(?:['’\-][^\W\d_]+)*)")
_NEXT_WRAPPED = re.compile(r"\.?[ \n](?:\((?:retd|Retd)\.?\)[ \t])?([^\W\d_](?:\.|[^\W\d_]*)(?:['’\-][^\W\d_]+)*)")

# A full stop after an initial or Wm goes on with the name; after any other word it ends the sentence.
_ABBREVIATED = re.compile(r"(?<!\w)(?:[^\W\d_]|[^\W\d_aeiouyAEIOUY]{2,3}|Prof|Revd?|Insp|Supt|Capt|Chas|Jas|Geo)$")

_APPOSITION = re.compile(r"(?:['’]s|[ \t]?(?:[,:(–—\-]|is|was|called|named|,? ?(?:then|now) )?)[ \t\n(]{1,2}")

_CITED = re.compile(
    r"\s?(?:\(.{0,30}\)\s)?v\.?\s|\s?\[\d{4}\]|\s\(\d{4}\)\s\d|['’]s\s(?:law|disease|syndrome|principles|model|cycle|scale)\b"
)

_CITED_BEFORE = re.compile(r"\bv\.?\s(?:the\s)?$|\bre\s$|\bIn re\s$|\bOffices? of\s$")

_LIST_OF_AUTHORS = re.compile(r"(?:,|;|&|and|\d\.|^)[ ]?$")

_SMALL_PARTS = frozenset(
    {
        "de",
        "da",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "ap",
        "ab",
        "la",
        "le",
        "du",
        "di",
        "dos",
        "o",
        "mac",
        "mc",
        "st",
    }
)

_NOT_PEOPLE_AFTER = re.compile(
    r"[ \t](?:Street|Road|Lane|Avenue|House|Court|Ward|Hospital|School|College|University|Trust|Centre|Center"
    r"|Park|Hall|Close|Way|Drive|Hill|Review|"
    r"Report|Inquiry|Act|Rules|Principles|Framework|Team|Unit|Group|Ltd|Limited|LLP|plc|Council|Foundation|Award|Awards|Library|Station|Square|"
    r"Estate|Clinic|Surgery|Practice|Academy|Primary|Prison|Barracks|Building|Wing|Scale|Score|Test|Model"
    r"|Cycle|Law|Chambers|Bank|Solicitors|&|and Sons|"
    r"Associates|Inc|Cable|Group|Brothers|Partners|Bros|Cosmetics|Stores|Teaching|Phonetics|OS|Ops|Lynch|Lewis|Kit|System|Software|Programme|Project|Standard|Code|Line|Method|Grange|Lodge|Manor|Place|Gardens|Terrace|Crescent|Bridge|Green)\b"
)

# What makes a firm or a body of the name before it, and is no family name.
_FIRM_AFTER = re.compile(
    r"[ \t](?:Motors|Garage|Industries|Technologies|Consulting|Consultants|Enterprises|Holdings|Airlines"
    r"|Airways|Pharmacy|Pharma|Publishing|Publications|Studios|Museum|Gallery|Theatre|Airport"
    r"|Healthcare|Insurance|Construction|Engineering|Logistics|Foods|Homes|Hotels?|Hospice|Ambulance"
    r"|County|Borough|Arms|Stadium|Arena|Festival|Trophy|Cup|Prize|Medal|Scholarship|Fellowship"
    r"|Archives?|Collection|Pest|Computing|Communications|Entertainment|Records|Bakery|Freight"
    r"|Chemicals?|Packaging|Electronics|Furniture|Interiors|Security|Recruitment|Properties|Lettings"
    r"|Associates|Brothers|Solicitors|Stores|Cosmetics)\b"
)


def _is_a_body(text: str, end: int) -> bool:
    return _NOT_PEOPLE_AFTER.match(text, end) is not None or _FIRM_AFTER.match(text, end) is not None


def span(start: int, end: int, rule: str, action: Action = Action.HIDE) -> Span:
    return Span(start, end, Kind.OTHER_NAME, rule, action)


def is_name_word(word: str, lists: WordLists) -> bool:
    """A capitalised word that may be a part of a person's name."""
    low = word.lower()
    return word[0].isupper() and low not in lists.capitalised_ordinary and low not in lists.role_words


def names_after(
    text: str, end: int, lists: WordLists, most: int = 4, *, given: bool = False, wrapped: bool = False
) -> int:
    """Where up to `most` words end that may be a name: capitalised, initials, particles between.

    After a given name an ordinary word with a capital may be the family name: Sheila Church.
    """
    last = end
    at = end
    for _ in range(most):
        following = (_NEXT_WRAPPED if at == end and wrapped else _NEXT).match(text, at)
        if (
            not following
            or _FIRM_AFTER.match(text, at)
            or (
                text[at] == "."
                and not (at == end and wrapped)
                and not _ABBREVIATED.search(text, max(0, at - 5), at)
            )
        ):
            break
        word = following[1]
        if not is_name_word(word, lists) and not (
            given
            and word[0].isupper()
            and word.lower() in lists.ordinary_words
            and word[1:].islower()
            and len(word) > 2
        ):
            if word.lower() in _SMALL_PARTS and last > end - 1:
                at = following.end()
                continue
            break
        if word.isupper() and len(word) > 3 and not text[end - 2 : end].isupper():
            break
        at = last = following.end()
    return last


def find_titled(text: str, lists: WordLists) -> Iterator[Span]:
    """Titles and ranks with the names after them; a title that stands alone tells sex as well."""
    for match in _WITH_CAPITAL.finditer(text):
        word = match[0]
        if not word[0].isupper() or ((low := word.lower()) not in lists.titles and low not in lists.ranks):
            continue
        if _is_no_title(text, match, lists):
            continue
        hole = _HOLE_AFTER.match(text, match.end())
        if hole is not None:
            yield Span(match.start(), hole.end(), Kind.TITLE, "title of the writer", Action.HIDE)
            continue
        end = names_after(text, match.end(), lists, wrapped=True)
        if text[match.end() : match.end() + 9] in (" Justice ", " Recorder"):
            continue
        if low in _STAND_ALONE and end == match.end():
            if low != "ms" or word == "Ms":
                yield Span(match.start(), match.end(), Kind.TITLE, "title", Action.HIDE)
            continue
        if end == match.end() or _is_citation(text, match.start(), end) or _is_a_body(text, end):
            continue
        if word == "MS" and _is_a_program(text[match.end() : end], lists):
            continue
        first = text[match.end() : end].strip(" .\t\n")
        if low in _COURT and not lists.given_names & {fold(part).text for part in first.split()[:1]}:
            continue
        if low in _WEAK_RANKS and not looks_like_a_name(first, lists) and len(first.split()) < 2:
            continue
        yield span(match.start(), end, "name after a title or rank")


def _is_no_title(text: str, match: re.Match[str], lists: WordLists) -> bool:
    """Whether a word that can be a title is none here: Sir/Madam, and two capitals such as FR."""
    low = match[0].lower()
    if low in ("sir", "madam") and text[match.end() : match.end() + 1] in "/,\n":
        return True
    return match[0].isupper() and len(low) == 2 and low in lists.titles and low not in ("mr", "ms")


def _is_a_program(name: str, lists: WordLists) -> bool:
    """MS Exchange is a program; MS DEBORAH is a person in a text of capitals."""
    first = name.split()[0]
    return not first.isupper() and not looks_like_a_name(first, lists)


# The writer's name, hidden already, and words with capitals that stand with it.
_HOLE_AFTER = re.compile(r"\.? ?\x00(?: [A-Z][a-z]+[A-Z]\w*)?")

_STAND_ALONE = frozenset({"mr", "mrs", "ms", "miss", "mx"})

_COURT = frozenset({"judge", "justice", "recorder", "coroner", "magistrate"})

_WEAK_RANKS = frozenset(
    "officer general major captain nurse matron commander governor father brother sister lady lord master "
    "canon bishop "
    "ci so cm wm gm po co sr mp acc justice commissioner staff firefighter ff ps gen master hon detective "
    "inspector sergeant superintendent "
    "constable pastor deacon imam rabbi sir dame".split()
)


def looks_like_a_name(words: str, lists: WordLists) -> bool:
    parts = [fold(part).text for part in re.findall(r"[^\W\d_]+", words)]
    return any(part in lists.given_names or part in lists.family_names for part in parts)


def _is_citation(text: str, start: int, end: int) -> bool:
    return (
        _CITED.match(text, end) is not None or _CITED_BEFORE.search(text[max(0, start - 11) : start]) is not None
    )


def find_others(text: str, lists: WordLists) -> Iterator[Span]:
    """Names of other people, by their words and by what stands beside them."""
    at = 0
    role_words = lists.role_words
    for match in CAPITALISED.finditer(text):
        word = match[0]
        if (word.islower() and word not in role_words) or match.start() < at:
            continue
        low = word.lower()
        if low in role_words:
            found = _beside_role(text, match, lists)
            if found is not None:
                yield found
                at = found.end
            continue
        if not word[0].isupper() or len(word) < 2 or low in lists.capitalised_ordinary:
            continue
        given = fold(word).text in lists.given_names
        end = names_after(text, match.end(), lists, 3, given=given)
        found = _by_its_words(text, match, end, lists)
        if found is not None:
            yield found
            at = found.end


def _by_its_words(text: str, match: re.Match[str], end: int, lists: WordLists) -> Span | None:
    """A given name with a family name, or by itself."""
    first = fold(match[0]).text
    parts = re.findall(r"[^\W\d_]+", text[match.start() : end])
    if first in lists.given_names and text[match.end() : match.end() + 2] == " \x00":
        return span(match.start(), match.end(), "given name before the writer's family name")
    if _is_citation(text, match.start(), end) or _is_a_body(text, end):
        return None
    if match[0].istitle() and first in lists.ordinary_given_names:
        rest = [fold(part).text for part in parts[1:]]
        if rest and rest[-1] in lists.family_names and parts[-1].istitle():
            return span(match.start(), end, "given name and family name")
        return None
    given = first in lists.given_names or first.split("-")[0] in lists.given_names
    if len(parts) >= 2 and end > match.end():
        rest = [fold(part).text for part in parts[1:]]
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
        match[0].lower() in _COURT and _ON_THE_BENCH.search(text, max(0, match.start() - 20), match.start())
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
    if _is_a_body(text, end) or _is_citation(text, named.start(), end):
        return None
    parts = re.findall(r"[^\W\d_]+", name)
    known = looks_like_a_name(name, lists)
    if (len(parts) == 1 and len(parts[0]) < 3) or (name.isupper() and not known):
        return None
    whose = _OWNED.search(text[max(0, match.start() - 40) : match.start()]) is not None
    given = fold(parts[0]).text in lists.given_names
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
