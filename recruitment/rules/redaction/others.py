"""Other people's names: after titles and ranks, beside roles, in reference sections and letters' heads.

A name that a reader may know leads to the writer: a manager, a referee, a child. Found by form with certainty it is
hidden; a lone given name, or a pair of which only one word is a known name, is flagged. Names of cases (R v Smith)
and of judges as citations stay: they are law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import fold
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

_CAPITALISED = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NEXT = re.compile(r"\.?[ ](?:\((?:retd|Retd)\.?\)[ \t])?([^\W\d_](?:\.|[^\W\d_]*)(?:['’\-][^\W\d_]+)*)")
_APPOSITION = re.compile(r"(?:['’]s|[ \t]?(?:[,:(–—\-]|is|was|called|named|,? ?(?:then|now) )?)[ \t\n(]{1,2}")
_CITED = re.compile(
    r"\s?(?:\(.{0,30}\)\s)?v\.?\s|\s?\[\d{4}\]|\s\(\d{4}\)\s\d|['’]s\s(?:law|disease|syndrome|principles|model|cycle|scale)\b"
)
_CITED_BEFORE = re.compile(r"\bv\.?\s(?:the\s)?$|\bre\s$|\bIn re\s$")
_DEAR = re.compile(r"\b(?:Dear|Hi|Hello|Hiya|Attn|FAO|cc)[ \t:]{1,2}")
_REFERENCES = re.compile(
    r"^[ \t#*•\-]{0,4}(?:referees?|references?|reference details|references available)\b[^\n]{0,24}$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?<![\w.])([^\W\d_]{2,}(?:['’\-][^\W\d_]+)*),?[ ]((?:[^\W\d_]\.?[ \-]?){1,3})(?![^\W_])(?=[,.;&)]| &| and| et al| \(|$)",
    re.MULTILINE,
)
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
    r"[ \t](?:Street|Road|Lane|Avenue|House|Court|Ward|Hospital|School|College|University|Trust|Centre|Center|Park|Hall|Close|Way|Drive|Hill|Review|"
    r"Report|Inquiry|Act|Rules|Principles|Framework|Team|Unit|Group|Ltd|Limited|LLP|plc|Council|Foundation|Award|Awards|Library|Station|Square|"
    r"Estate|Clinic|Surgery|Practice|Academy|Primary|Prison|Barracks|Building|Wing|Scale|Score|Test|Model|Cycle|Law|Chambers|Bank|Solicitors|&|and Sons|"
    r"Associates|Inc|Cable|Group|Brothers|Partners|Bros|Cosmetics|Stores|Teaching|Phonetics|OS|Ops|Lynch|Lewis|Kit|System|Software|Programme|Project|Standard|Code|Line|Method|Grange|Lodge|Manor|Place|Gardens|Terrace|Crescent|Bridge|Green)\b"
)


def _span(start: int, end: int, rule: str, action: Action = Action.HIDE) -> Span:
    return Span(start, end, Kind.OTHER_NAME, rule, action)


def _is_name_word(word: str, lists: WordLists) -> bool:
    """A capitalised word that may be a part of a person's name."""
    low = word.lower()
    return word[0].isupper() and low not in lists.capitalised_ordinary and low not in lists.role_words


def _names_after(text: str, end: int, lists: WordLists, most: int = 4, *, given: bool = False) -> int:
    """Where up to `most` words end that may be a name: capitalised, initials, particles between.

    After a given name an ordinary word with a capital may be the family name: Sheila Church.
    """
    last = end
    at = end
    for _ in range(most):
        following = _NEXT.match(text, at)
        if not following:
            break
        word = following[1]
        if not _is_name_word(word, lists) and not (
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
    for match in _CAPITALISED.finditer(text):
        word = match[0]
        low = word.lower()
        if (low not in lists.titles and low not in lists.ranks) or not word[0].isupper():
            continue
        if low in ("sir", "madam") and text[match.end() : match.end() + 1] in "/,\n":
            continue
        if word.isupper() and len(word) == 2 and low in lists.titles and low not in ("mr", "ms"):
            continue
        hole = _HOLE_AFTER.match(text, match.end())
        if hole is not None:
            yield Span(match.start(), hole.end(), Kind.TITLE, "title of the writer", Action.HIDE)
            continue
        end = _names_after(text, match.end(), lists)
        if text[match.end() : match.end() + 9] in (" Justice ", " Recorder"):
            continue
        if low in _STAND_ALONE and end == match.end():
            if low != "ms" or word == "Ms":
                yield Span(match.start(), match.end(), Kind.TITLE, "title", Action.HIDE)
            continue
        if end == match.end() or _is_citation(text, match.start(), end) or _NOT_PEOPLE_AFTER.match(text, end):
            continue
        first = text[match.end() : end].strip(" .\t\n")
        if low in _COURT and not lists.given_names & {fold(part).text for part in first.split()[:1]}:
            continue
        if low in _WEAK_RANKS and not _looks_like_a_name(first, lists) and len(first.split()) < 2:
            continue
        yield _span(match.start(), end, "name after a title or rank")


# The writer's name, hidden already, and words with capitals that stand with it.
_HOLE_AFTER = re.compile(r"\.? ?\x00(?: [A-Z][a-z]+[A-Z]\w*)?")
_STAND_ALONE = frozenset({"mr", "mrs", "ms", "miss", "mx"})
_COURT = frozenset({"judge", "justice", "recorder", "coroner", "magistrate"})
_WEAK_RANKS = frozenset(
    "officer general major captain nurse matron commander governor father brother sister lady lord master canon bishop "
    "ci so cm wm gm po co sr mp acc justice commissioner staff firefighter ff ps gen master hon detective inspector sergeant superintendent "
    "constable pastor deacon imam rabbi sir dame".split()
)


def _looks_like_a_name(words: str, lists: WordLists) -> bool:
    parts = [fold(part).text for part in re.findall(r"[^\W\d_]+", words)]
    return any(part in lists.given_names or part in lists.family_names for part in parts)


def _is_citation(text: str, start: int, end: int) -> bool:
    return _CITED.match(text, end) is not None or _CITED_BEFORE.search(text[max(0, start - 8) : start]) is not None


def find_others(text: str, lists: WordLists) -> Iterator[Span]:
    """Names of other people, by their words and by what stands beside them."""
    at = 0
    words = list(_CAPITALISED.finditer(text))
    index = 0
    while index < len(words):
        match = words[index]
        index += 1
        if match.start() < at:
            continue
        word = match[0]
        low = word.lower()
        if low in lists.role_words:
            found = _beside_role(text, match, lists)
            if found is not None:
                yield found
                at = found.end
            continue
        if not word[0].isupper() or len(word) < 2 or low in lists.capitalised_ordinary:
            continue
        given = fold(word).text in lists.given_names
        end = _names_after(text, match.end(), lists, 3, given=given)
        found = _by_its_words(text, match, end, lists)
        if found is not None:
            yield found
            at = found.end


def _by_its_words(text: str, match: re.Match[str], end: int, lists: WordLists) -> Span | None:
    """A given name with a family name, or by itself."""
    first = fold(match[0]).text
    parts = re.findall(r"[^\W\d_]+", text[match.start() : end])
    if first in lists.given_names and text[match.end() : match.end() + 2] == " \x00":
        return _span(match.start(), match.end(), "given name before the writer's family name")
    if _is_citation(text, match.start(), end) or _NOT_PEOPLE_AFTER.match(text, end):
        return None
    if match[0].istitle() and first in lists.ordinary_given_names:
        rest = [fold(part).text for part in parts[1:]]
        if rest and rest[-1] in lists.family_names and parts[-1].istitle():
            return _span(match.start(), end, "given name and family name")
        return None
    given = first in lists.given_names or first.split("-")[0] in lists.given_names
    if len(parts) >= 2 and end > match.end():
        rest = [fold(part).text for part in parts[1:]]
        family = any(part in lists.family_names or part in lists.given_names for part in rest)
        if match[0].isupper() and not all(part.isupper() for part in parts):
            return None
        if given and (family or _looks_personal(parts[-1])):
            return _span(match.start(), end, "given name and family name")
        if given:
            return _span(match.start(), match.end(), "given name alone", Action.FLAG)
        if family and first in lists.family_names and _stands_as_person(text, match, end):
            return _span(match.start(), end, "two family names", Action.FLAG)
        return None
    if given and not match[0].isupper() and len(first) > 2 and _stands_as_person(text, match):
        return _span(match.start(), match.end(), "given name alone", Action.FLAG)
    return None


def _looks_personal(word: str) -> bool:
    return word[1:].islower() and len(word) > 2


_PERSON_VERBS = re.compile(
    r"['’]s\b|[ \t](?:and [A-Z]|who|whose|said|says|told|asked|wrote|is|was|has|had|did|does|will|would|could|can|led|left|came|went|agreed|rang|called|"
    r"thanked|knew|knows|took|gave|got|wanted|felt|thought|needed|helped|kept|moved|works|worked|joined|started|and I|to)\b|[,.;)!?]"
)
_PERSON_BEFORE = re.compile(
    r"\b(?:and|with|by|for|to|from|that|how|when|if|because|thanked|told|asked|called|named|met|helped|rang|where|like|of|line manage|mentored|trained|supported|replaced|covered for|"
    r"[,(–:]|mentoring|supporting|let|made|as|saw|knew|while|whether|what|after|before|but|so|then)[ \t]$|[,(:“\"'‘]\s?$",
    re.IGNORECASE,
)


def _stands_as_person(text: str, match: re.Match[str], end: int | None = None) -> bool:
    return (
        _PERSON_VERBS.match(text, end or match.end()) is not None
        and _PERSON_BEFORE.search(text[max(0, match.start() - 16) : match.start()]) is not None
    )


def _beside_role(text: str, match: re.Match[str], lists: WordLists) -> Span | None:
    """A name right after a role, or set beside it: "my manager, Jo Cole", "Referee: A. Khan"."""
    gap = _APPOSITION.match(text, match.end())
    if gap is None:
        return None
    named = _CAPITALISED.match(text, gap.end())
    if (
        named is None
        or not _is_name_word(named[0], lists)
        or named[0].lower() in lists.titles
        or named[0].lower() in lists.ranks
    ):
        return None
    end = _names_after(text, named.end(), lists, 3)
    name = text[named.start() : end]
    if _NOT_PEOPLE_AFTER.match(text, end) or _is_citation(text, named.start(), end):
        return None
    parts = re.findall(r"[^\W\d_]+", name)
    known = _looks_like_a_name(name, lists)
    if (len(parts) == 1 and len(parts[0]) < 3) or (name.isupper() and not known):
        return None
    whose = _OWNED.search(text[max(0, match.start() - 40) : match.start()]) is not None
    given = fold(parts[0]).text in lists.given_names
    if (given and len(parts) >= 2) or (whose and (known or len(parts) >= 2) and not _is_firm(name, lists)):
        return _span(named.start(), end, "name beside a role")
    if whose and parts[0][1:].islower() and gap[0].strip() in ("", ",", "(", ":"):
        return _span(named.start(), end, "name beside a role")
    if len(parts) == 2 and all(part[1:].islower() for part in parts):
        if known and gap[0] in (" ", ": "):
            return _span(named.start(), end, "name beside a role")
        if gap[0] == " " and match[0].islower():
            return _span(named.start(), end, "name beside a role", Action.FLAG)
    return None


def _is_firm(name: str, lists: WordLists) -> bool:
    return any(word.isupper() and len(word) > 3 for word in name.split()) and not name.isupper()


_OWNED = re.compile(
    r"\b(?:my|our|his|her|their|the|a|line|team|former|previous|current|duty|service)\s(?:[\w\-]{1,16}\s){0,3}$",
    re.IGNORECASE,
)


def find_greeted(text: str, lists: WordLists) -> Iterator[Span]:
    """The name after "Dear", which leads to whoever knows the writer."""
    for match in _DEAR.finditer(text):
        named = _CAPITALISED.match(text, match.end())
        if (
            named is None
            or not _is_name_word(named[0], lists)
            or named[0].lower() in _ADDRESSED
            or named[0].lower() in lists.titles
        ):
            continue
        end = _names_after(text, named.end(), lists, 2)
        if _looks_like_a_name(text[named.start() : end], lists):
            yield _span(named.start(), end, "name in a greeting")


_ADDRESSED = frozenset(
    "sir madam panel team recruitment hiring colleagues all recruiter manager selection hr sirs shortlisting resourcing committee editor".split()
)


_INLINE = re.compile(
    r"\b(?:[Rr]ef|[Rr]eferee|[Rr]eference|[Mm]anager|[Ss]upervisor|[Cc]ontact|[Ss]igned|[Cc]ompleted by|[Rr]eviewer|[Aa]ssessor|[Cc]ountersigned|[Rr]eporting officer)s?(?: is|:| ?[-–])\s"
    r"((?:[A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*)(?: [A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*){1,2})(?=[,.;\n)]|$| \d| [a-z])"
)
_IN_SMALL_LETTERS = re.compile(r"\b(?:my (?:manager|boss|supervisor|gaffer|team leader|line manager|mentor)(?: is| was|,)?|ref(?:eree)?:?|manager:) ([a-z]{2,12} [a-z]{3,14})\b")


def find_named_inline(text: str, lists: WordLists) -> Iterator[Span]:
    """Names after "Ref:" and the like, and in texts without capitals after "my manager is"."""
    for match in _INLINE.finditer(text):
        if not set(match[1].lower().split()) & _NOT_NAMED and match[1].split()[0].lower() not in lists.capitalised_ordinary:
            yield _span(*match.span(1), "name after a label")
    for match in _IN_SMALL_LETTERS.finditer(text):
        if match[1].split()[0] in lists.given_names:
            yield _span(*match.span(1), "name in small letters")


def find_referees(text: str, lists: WordLists) -> Iterator[Span]:
    """Names at the start of a line, or of its parts, in a section of references."""
    inside = 0
    for line in re.finditer(r"[^\n]+", text):
        if _REFERENCES.match(line[0]) or _REFEREE_LINE.match(line[0]):
            inside = 10
        elif inside and line[0].isupper() and len(line[0].split()) <= 3 and not _looks_like_a_name(line[0], lists):
            inside = 0
        labelled = _NAMED_REFEREE.match(line[0])
        if labelled and labelled[1][0].isupper() and not set(labelled[1].lower().split()) & _NOT_NAMED:
            yield _span(line.start() + labelled.start(1), line.start() + labelled.end(1), "name of a referee")
        if not inside:
            continue
        inside -= 1
        for part in re.finditer(r"(?:^|[,;:|•–]|\d[.)]|\band\b|\t| {2,})[ \t]*", line[0]):
            named = _CAPITALISED.match(line[0], part.end())
            if named is None or not _is_name_word(named[0], lists):
                continue
            end = _names_after(line[0], named.end(), lists, 3)
            words = re.findall(r"[^\W\d_]+", line[0][named.start() : end])
            if len(words) >= 2 and (_looks_like_a_name(line[0][named.start() : end], lists) or part.end() == 0):
                yield _span(line.start() + named.start(), line.start() + end, "name of a referee")


_NOT_NAMED = frozenset(
    "available on request upon details can be will provided to of my the and may happy supports support".split()
)
_NAMED_REFEREE = re.compile(
    r"^[ \t#*•\-]{0,4}(?:referees?|refs?|line manager|manager|supervisor)\b ?[:.\-–] ?([A-Z][^\n,;:|–]{3,48})",
    re.IGNORECASE,
)
_REFEREE_LINE = re.compile(r"^[ \t#*•\-]{0,4}(?:referees?|references?|refs?)\b ?[:.\-–]", re.IGNORECASE)


def find_lettered(text: str, lists: WordLists) -> Iterator[Span]:
    """Two capitalised words and letters such as KC or OBE."""
    for match in _LETTERED.finditer(text):
        if (
            match[3].lower() in lists.letters_after_names
            and _is_name_word(match[1], lists)
            and _is_name_word(match[2], lists)
        ):
            yield _span(match.start(), match.end(2), "name with letters after it")


_LETTERED = re.compile(
    r"(?<!\w)([A-Z][a-zà-ÿ]+) ((?:[A-Z][^\W\d_]*['’\-])?[A-Z][a-zà-ÿ]+),? ([A-Z][A-Za-z]{1,6})(?!\w)"
)


def find_authors(text: str, hidden: list[Span]) -> Iterator[Span]:
    """Other authors beside the writer in a list of publications: "Cole, J.", "Marsh D"."""
    own = sorted(span.start for span in hidden if span.kind is Kind.NAME)
    if not own or not _YEAR.search(text):
        return
    for match in _AUTHOR.finditer(text):
        initials = re.sub(r"[. \-]", "", match[2])
        if not match[1][0].isupper() or match[1].isupper() or not initials.isupper() or len(initials) > 3:
            continue
        if len(initials) == 3 and "." not in match[2]:
            continue
        is_beside = any(abs(start - match.start()) < _BESIDE for start in own)
        if is_beside and _YEAR.search(text, max(0, match.start() - 200), match.end() + 200):
            yield _span(match.start(), match.end(2), "author beside the writer")


_BESIDE = 60
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")
