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
    by_first: dict[str, list[tuple[Lexicon, frozenset[str] | None]]] = {}
    for lexicon in lexicons:
        for word in lexicon.words.phrases:
            by_first.setdefault(word, []).append((lexicon, lexicon.words.seconds(word)))
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
            Kind.RELIGION: lists["faiths"]
            | lists["observances"]
            | lists["worship"]
            | lists["private_faith"] - _DAILY_FAITH,
            Kind.DISABILITY: _with_verb(
                (lists["conditions"] | lists["aids"] | lists["treatments"] | lists["private_health"])
                - _DAILY_CONDITIONS
            ),
            Kind.AGE: (lists["private_age"] | lists["ages_told"]) - _DAILY_AGES,
            Kind.POLITICS: lists["private_politics"] - _DAILY_POLITICS | lists["unions"] - _DAILY_UNIONS,
            Kind.ORIENTATION: lists["orientations"],
            Kind.TRANSITION: lists["transitions"] - {"deed poll"},
            Kind.PREGNANCY: lists["pregnancies"],
            Kind.FAMILY: (lists["relatives"] | lists["marriages"] | lists["private_family"]) - _DAILY_RELATIVES,
            Kind.ETHNICITY: lists["peoples"],
            Kind.NATIONALITY: (lists["countries"] | lists["private_origin"]) - _NOT_COUNTRIES - _DAILY_ORIGINS,
            Kind.GENDER: lists["sexes"] | lists["posts_by_sex"],
            Kind.MEMBERSHIP: lists["members_told"],
        },
        lists["posts_by_sex"],
    )


def _with_verb(words: frozenset[str]) -> frozenset[str]:
    """The words, and each with "is" drawn to it: the glaucoma's controlled."""
    return words | {f"{word}'s" for word in words if not word.endswith("s")}


# What stands in sentences of any work.
_DAILY_FAITH = frozenset(
    "saved parish cathedral halal kosher holi advent mass lent elder mission temple abbey faith altar seva puja "
    "orthodox procession cantor convent turban headscarf hijab niqab hymn hymns".split()
) | {"the lord's", "the meeting", "the locks"}
_DAILY_ORIGINS = frozenset("passport visa visas asylum citizen citizenship accent roots heritage".split()) | {
    "my people", "came over", "work permit", "asylum seeker",
}  # fmt: skip
_DAILY_AGES = frozenset({"pension", "birthday", "retired", "retirement", "retire", "teenager", "growing up"})
_DAILY_POLITICS = frozenset(
    {"councillor", "parish councillor", "town councillor", "county councillor", "stood in the"}
)


_DAILY_UNIONS = frozenset(
    "unite prospect equity accord connect community fed federation arc nut num csp sor aut msf fda".split()
) | {"the federation"}

_DAILY_CONDITIONS = frozenset(
    "add ms esa pip dla asc aa medication insulin stroke sepsis dementia delirium psychosis phobia jaws dragon "
    "magnifier therapy cbt counselling scan scans injections tablets operation operations surgery rehab detox "
    "physio physiotherapy stick blind pain pains breast bowel bladder transfusion transfusions infusion infusions "
    "breakdown disabled dialysis braille dictaphone splint splints footrest illness knee knees hip hips "
    "kidney kidneys "
    "liver tablets pills fatigue faint fit aches seizure seizures tumour".split()
) | {
    "sit down",
    "signed off",
    "blood tests",
    "large print",
    "hearing loop",
    "loop system",
    "support worker",
    "job coach",
    "a breakdown",
    "personal assistant",
    "disability",
    "disabilities",
}

_DAILY_RELATIVES = frozenset(
    "ma ex partner family parent parents child children baby babies boy boys girl girls teenager teenagers eldest "
    "youngest mother's father's foster adopting adopter da mother separated parents' next kin folks lolo "
    "mum's sister sisters "
    "brother brothers bereavement".split()
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
