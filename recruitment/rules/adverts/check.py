"""The whole check of an advert and of questions: prompts for a person, in the order of the text.

Source: Equality Act 2010; Gaucher, Friesen and Kay (2011); GOV.UK content guidance; Recruitment Principles.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from recruitment.rules.adverts.gender import Coded, GenderCount, count_gender_words
from recruitment.rules.adverts.hits import Hit, Part, PartKind, Severity
from recruitment.rules.adverts.lists import AdvertLists
from recruitment.rules.adverts.questions import find_in_questions
from recruitment.rules.adverts.reading import FAR_TOO_MANY, MOST_WORDS, Reading, read_ease
from recruitment.rules.adverts.wordings import (
    Place,
    find_acronyms,
    find_long_sentences,
    find_plainer_words,
    find_wordings,
    places_of,
)

MOST_CRITERIA = 8
WHOLE = "advert"
"""The part named by a hit that is about the advert as a whole."""

_ESSENTIAL = re.compile(r"essential|must have|you will need|what you will need|required", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•●▪■◦·✓✔➢❖*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_HEADING_WORDS = 8


@dataclass(frozen=True)
class AdvertCheck:
    hits: tuple[Hit, ...]
    gender: GenderCount
    reading: Reading

    @property
    def stops(self) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if hit.severity is Severity.STOPS)


def check_advert(
    parts: Sequence[Part],
    lists: AdvertLists,
    *,
    told: Collection[str] = (),
    criteria: int | None = None,
) -> AdvertCheck:
    """`told`: rules of missing items that the page answers by itself; `criteria`: how many are essential.

    Questions among the parts are checked as questions too, and count for nothing of the advert's own.
    """
    adverts, questions = places_of(parts, PartKind.ADVERT), places_of(parts, PartKind.QUESTION)
    own = [place.part for place in adverts]
    gender = count_gender_words(own, lists.gender)
    hits = [*_in_order([*_everywhere(places_of(parts), lists), *find_in_questions(questions)], parts)]
    if adverts:
        hits += [*_masculine(gender), *_missing(adverts, lists, told), *_criteria(own, criteria)]
    return AdvertCheck(tuple(hits), gender, read_ease(own))


def check_questions(parts: Sequence[Part], lists: AdvertLists) -> tuple[Hit, ...]:
    places = places_of(parts)
    return tuple(_in_order([*_everywhere(places, lists), *find_in_questions(places)], parts))


def _everywhere(places: Sequence[Place], lists: AdvertLists) -> Iterator[Hit]:
    yield from find_wordings(places, lists)
    yield from find_plainer_words(places, lists)
    yield from find_acronyms(places, lists)
    yield from find_long_sentences(places, MOST_WORDS, FAR_TOO_MANY)


def _in_order(hits: Iterable[Hit], parts: Sequence[Part]) -> list[Hit]:
    order = {part.key: number for number, part in enumerate(parts)}
    return sorted(hits, key=lambda hit: (order[hit.part], hit.start, hit.end, hit.rule))


def _masculine(gender: GenderCount) -> Iterator[Hit]:
    """One prompt for the whole advert: what counts is the balance, not a word."""
    if gender.score >= 0:
        return
    found = gender.found(Coded.MASCULINE)
    first = next(each for each in gender.coded if each.coded is Coded.MASCULINE)
    yield Hit(
        first.part,
        first.start,
        first.end,
        ", ".join(found),
        "masculine_coded",
        f"Coded masculine: {gender.count(Coded.MASCULINE)}; coded feminine: {gender.count(Coded.FEMININE)}; of "
        f"{gender.words} words. In a study of 2011 women found adverts of this kind less appealing.",
        "Look at the words listed: does the work need each of them? Say what is done for what somebody is.",
    )


def _missing(adverts: Sequence[Place], lists: AdvertLists, told: Collection[str]) -> Iterator[Hit]:
    whole = "\n".join(place.text for place in adverts)
    for item in lists.items:
        if item.rule not in told and not any(pattern.search(whole) for pattern in item.patterns):
            yield Hit(WHOLE, 0, 0, "", item.rule, item.reason, item.suggestion)


def _criteria(parts: Iterable[Part], counted: int | None) -> Iterator[Hit]:
    number = counted if counted is not None else max((essential_criteria(part.text) for part in parts), default=0)
    if number > MOST_CRITERIA:
        yield Hit(
            WHOLE,
            0,
            0,
            "",
            "too_many_criteria",
            f"{number} essential criteria: many people apply only if they meet every one of them.",
            f"Keep at most {MOST_CRITERIA}; make the others desirable, or leave out what can be learnt.",
        )


def essential_criteria(text: str) -> int:
    """Points of the longest list under a heading that says essential (must have, required, you will need)."""
    most = counting = 0
    is_essential = False
    for line in text.splitlines():
        if _BULLET.match(line):
            counting += is_essential
            most = max(most, counting)
        elif line.strip() and (line.rstrip().endswith(":") or len(line.split()) <= _HEADING_WORDS):
            is_essential, counting = bool(_ESSENTIAL.search(line)) and "desirable" not in line.lower(), 0
    return most
