"""Builds the telling words from the word lists, without those that mean something else at work."""

from __future__ import annotations

from collections.abc import Mapping

from recruitment.rules.redaction.doubts import Doubts
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.told import Lexicon, Telling
from recruitment.rules.redaction.word_classes import Class


def build_telling(lists: Mapping[str, frozenset[str]]) -> Telling:
    """Telling words from the word lists."""
    lexicons = (
        Lexicon(Kind.RELIGION, Class(lists["faiths"] | lists["observances"])),
        Lexicon(Kind.RELIGION, Class(lists["worship"] - _NOT_WORSHIP), fragments=False),
        Lexicon(Kind.DISABILITY, Class((lists["conditions"] | lists["aids"]) - _NOT_CONDITIONS)),
        Lexicon(Kind.ORIENTATION, Class(lists["orientations"])),
        Lexicon(Kind.TRANSITION, Class(lists["transitions"])),
        Lexicon(Kind.PREGNANCY, Class(lists["pregnancies"])),
        Lexicon(Kind.FAMILY, Class(lists["marriages"] - {"partner"})),
        Lexicon(Kind.AGE, Class(lists["ages_told"] - {"pension"}), fragments=False),
        Lexicon(Kind.ETHNICITY, Class(lists["peoples"] - _NOT_PEOPLES)),
        Lexicon(Kind.NATIONALITY, Class(lists["countries"] - _NOT_COUNTRIES), fragments=False),
        Lexicon(Kind.MEMBERSHIP, Class(lists["belongings"]), fragments=True),
    )
    by_first: dict[str, list[Lexicon]] = {}
    for lexicon in lexicons:
        for word in lexicon.words.phrases:
            by_first.setdefault(word, []).append(lexicon)
    return Telling(
        {word: tuple(found) for word, found in by_first.items()},
        Class(lists["jobs_of_people"]),
        Class(lists["evidence"]),
        Class(lists["professional_bodies"]),
    )


def build_doubts(lists: Mapping[str, frozenset[str]]) -> Doubts:
    """Words to look at once more where no rule took them, without those that are daily at work."""
    return Doubts.of(
        {
            Kind.RELIGION: lists["faiths"] | lists["observances"] | lists["worship"],
            Kind.DISABILITY: (lists["conditions"] | lists["aids"] | lists["treatments"]) - _DAILY_CONDITIONS,
            Kind.ORIENTATION: lists["orientations"],
            Kind.TRANSITION: lists["transitions"] - {"deed poll"},
            Kind.PREGNANCY: lists["pregnancies"],
            Kind.FAMILY: (lists["relatives"] | lists["marriages"]) - _DAILY_RELATIVES,
            Kind.ETHNICITY: lists["peoples"],
            Kind.NATIONALITY: lists["countries"] - _NOT_COUNTRIES,
            Kind.GENDER: lists["sexes"] | lists["posts_by_sex"],
            Kind.MEMBERSHIP: lists["members_told"],
        },
        lists["posts_by_sex"],
    )


_DAILY_CONDITIONS = frozenset(
    "add ms esa pip dla asc aa medication insulin stroke sepsis dementia delirium psychosis phobia jaws dragon "
    "magnifier therapy cbt counselling scan scans injections tablets operation operations surgery rehab detox "
    "physio physiotherapy".split()
) | {"support worker", "job coach", "a breakdown", "personal assistant", "disability", "disabilities"}

_DAILY_RELATIVES = frozenset(
    "ma ex partner family parent parents child children baby babies boy boys girl girls teenager teenagers eldest "
    "youngest mother's father's foster adopting adopter da".split()
) | {"foster care", "care leaver"}

_NOT_WORSHIP = frozenset({"temple", "abbey", "parish", "citadel"})

_NOT_CONDITIONS = frozenset(
    {
        "stick",
        "medication",
        "insulin",
        "stroke",
        "cancer",
        "pip",
        "esa",
        "dla",
        "blind",
        "add",
        "ms",
        "pots",
        "aids",
        "phobia",
        "jaws",
        "dragon",
        "support worker",
        "job coach",
        "magnifier",
        "anxiety",
        "sepsis",
        "burnout",
        "addiction",
        "disability",
        "disabled",
        "disabilities",
        "personal assistant",
        "meningitis",
        "tb",
        "polio",
        "dementia",
        "seizures",
        "vertigo",
        "eds",
        "asc",
        "rsi",
        "tia",
        "gout",
    }
)

_NOT_PEOPLES = frozenset(
    {
        "ga",
        "edo",
        "pole",
        "thai",
        "eu",
        "american",
        "french",
        "german",
        "spanish",
        "italian",
        "dutch",
        "danish",
        "swedish",
        "norwegian",
        "swiss",
        "asian",
        "african",
        "kiwi",
        "turkish",
        "chinese",
        "indian",
        "greek",
        "russian",
        "japanese",
        "european",
    }
)

_NOT_COUNTRIES = frozenset(
    {
        "us",
        "the us",
        "scotland",
        "wales",
        "europe",
        "the eu",
        "cork",
        "mayo",
        "jordan",
        "chad",
        "georgia",
        "kerry",
        "northern ireland",
        "porto",
        "niger",
        "overseas",
        "abroad",
        "asia",
        "africa",
        "america",
        "france",
        "germany",
        "spain",
        "italy",
        "belgium",
        "netherlands",
        "the netherlands",
        "cyprus",
        "gibraltar",
        "malta",
        "turkey",
        "milan",
        "paris",
        "berlin",
        "dublin",
        "ireland",
        "rome",
        "madrid",
        "barcelona",
        "lyon",
        "riga",
        "sofia",
        "iraq",
        "afghanistan",
        "kosovo",
        "bosnia",
        "naples",
        "brussels",
    }
)
