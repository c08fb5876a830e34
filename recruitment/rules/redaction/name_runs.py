"""How far a name goes: its words, initials and particles, and what shows that it is none."""

from __future__ import annotations

import re

from recruitment.rules.redaction.folding import LETTERS, fold_word
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

CAPITALISED = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

_NEXT = re.compile(r"\.?[ ](?:\((?:retd|Retd)\.?\)[ \t])?([^\W\d_](?:\.|[^\W\d_]*)(?:['’\-][^\W\d_]+)*)")
_NEXT_WRAPPED = re.compile(r"\.?[ \n](?:\((?:retd|Retd)\.?\)[ \t])?([^\W\d_](?:\.|[^\W\d_]*)(?:['’\-][^\W\d_]+)*)")

# A full stop after an initial or Wm goes on with the name; after any other word it ends the sentence.
_ABBREVIATED = re.compile(r"(?<!\w)(?:[^\W\d_]|[^\W\d_aeiouyAEIOUY]{2,3}|Prof|Revd?|Insp|Supt|Capt|Chas|Jas|Geo)$")

COURT = frozenset({"judge", "justice", "recorder", "coroner", "magistrate"})

_CITED = re.compile(
    r"\s?(?:\(.{0,30}\)\s)?v\.?\s|\s?\[\d{4}\]|\s\(\d{4}\)\s\d|['’]s\s(?:law|disease|syndrome|principles|model|cycle|scale)\b"
)

_CITED_BEFORE = re.compile(r"\bv\.?\s(?:the\s)?$|\bre\s$|\bIn re\s$|\bOffices? of\s$")

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


def is_a_body(text: str, end: int) -> bool:
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


def looks_like_a_name(words: str, lists: WordLists) -> bool:
    parts = [fold_word(part) for part in LETTERS.findall(words)]
    return any(part in lists.given_names or part in lists.family_names for part in parts)


def is_citation(text: str, start: int, end: int) -> bool:
    return (
        _CITED.match(text, end) is not None or _CITED_BEFORE.search(text[max(0, start - 11) : start]) is not None
    )
