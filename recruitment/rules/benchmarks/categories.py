"""Which categories of the Census stand for which answers of the equality questions, and where none does.

Sources: ONS Census 2021 output classifications; GOV.UK Design System, "Equality information". The Census has a
tick box for Roma, the eighteen backgrounds have none: Roma counts with any other White background.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recruitment.rules.benchmarks import census
from recruitment.rules.equality_question_set import BACKGROUNDS
from recruitment.rules.equality_questions import CHARACTERISTICS, MISSING
from recruitment.rules.equality_questions_offered import FURTHER_CHARACTERISTICS

_ASIAN = "Asian, Asian British or Asian Welsh: "
_BLACK = "Black, Black British, Black Welsh, Caribbean or African: "
_MIXED = "Mixed or Multiple ethnic groups: "
_WHITE = "White: "
_OTHER = "Other ethnic group: "

BACKGROUND_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "white_british": (_WHITE + "English, Welsh, Scottish, Northern Irish or British",),
    "white_irish": (_WHITE + "Irish",),
    "white_gypsy_or_irish_traveller": (_WHITE + "Gypsy or Irish Traveller",),
    "white_other": (_WHITE + "Roma", _WHITE + "Other White"),
    "mixed_white_and_black_caribbean": (_MIXED + "White and Black Caribbean",),
    "mixed_white_and_black_african": (_MIXED + "White and Black African",),
    "mixed_white_and_asian": (_MIXED + "White and Asian",),
    "mixed_other": (_MIXED + "Other Mixed or Multiple ethnic groups",),
    "asian_indian": (_ASIAN + "Indian",),
    "asian_pakistani": (_ASIAN + "Pakistani",),
    "asian_bangladeshi": (_ASIAN + "Bangladeshi",),
    "asian_chinese": (_ASIAN + "Chinese",),
    "asian_other": (_ASIAN + "Other Asian",),
    "black_african": (_BLACK + "African",),
    "black_caribbean": (_BLACK + "Caribbean",),
    "black_other": (_BLACK + "Other Black",),
    "other_arab": (_OTHER + "Arab",),
    "other_any": (_OTHER + "Any other ethnic group",),
}
GROUP_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    group: tuple(name for option in options for name in BACKGROUND_CATEGORIES[option.code])
    for group, options in BACKGROUNDS.items()
}

_ALL_AGES = (
    "The Census figure is of people of all ages and the applicants are of working age, who differ: minority "
    "ethnic groups are younger than the average, so it understates their share, and disability rises with age. "
    "Read the comparison as a question to look into, not as a finding."
)
_WORKING_AGE = (
    "The Census figure is of people aged 16 to 64, in work or not; applicants may be older, and need not live in "
    "the area."
)
_SIXTEEN = (
    "The Census figure is of people aged 16 and over, those past working age with them, and applicants are "
    "younger on the whole. Read the comparison as a question to look into, not as a finding."
)
_CRUDE = "Disability is the crude Census rate, not the rate standardised for age of the headline figures."
_ROMA = "Roma, a tick box of the Census, counts with any other White background."
_ANSWERED = "Those who left the voluntary Census question blank are left out of the share."
_COVERAGE = "Figures of regions leave out small areas new in 2021, with 1.0% of people."
_TENTHS = "Age bands come from shares rounded to a tenth of a per cent; their base counts children as well."


@dataclass(frozen=True)
class Match:
    """The tables of one characteristic, the first that has the areas; the people it is a share of; what to know.

    `caveat` goes with every comparison. A category that stands for no answer ("Not answered") is outside the base.
    """

    tables: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
    base: str
    caveat: str
    notes: tuple[str, ...] = ()


MATCHES: Mapping[str, Match] = {
    "ethnic_background": Match(
        (census.ETHNIC_REGIONS, census.ETHNIC_AUTHORITIES),
        BACKGROUND_CATEGORIES,
        "all usual residents",
        _ALL_AGES,
        (_ROMA,),
    ),
    "ethnic_group": Match(
        (census.ETHNIC_REGIONS, census.ETHNIC_AUTHORITIES), GROUP_CATEGORIES, "all usual residents", _ALL_AGES
    ),
    "sex": Match(
        (census.SEX,),
        {"female": ("working_age_females",), "male": ("working_age_males",)},
        "usual residents aged 16 to 64",
        _WORKING_AGE,
    ),
    "disability": Match(
        (census.DISABILITY,),
        {
            "disabled": ("Disabled under the Equality Act",),
            "not_disabled": ("Not disabled under the Equality Act",),
        },
        "all usual residents",
        _ALL_AGES,
        (_CRUDE,),
    ),
    "religion": Match(
        (census.RELIGION,),
        {
            "none": ("No religion",),
            "christian": ("Christian",),
            "buddhist": ("Buddhist",),
            "hindu": ("Hindu",),
            "jewish": ("Jewish",),
            "muslim": ("Muslim",),
            "sikh": ("Sikh",),
            "other": ("Other religion",),
        },
        "usual residents who answered",
        _ALL_AGES,
        (_ANSWERED,),
    ),
    "sexual_orientation": Match(
        (census.SEXUAL_ORIENTATION,),
        {
            "heterosexual": ("Straight or Heterosexual",),
            "gay_or_lesbian": ("Gay or Lesbian",),
            "bisexual": ("Bisexual",),
            "other": ("All other sexual orientations",),
        },
        "usual residents aged 16 and over who answered",
        _SIXTEEN,
        (_ANSWERED, _COVERAGE),
    ),
    "age": Match(
        (census.AGE,),
        {
            "25-34": ("age_25-34",),
            "35-44": ("age_35-44",),
            "45-54": ("age_45-54",),
            "55-64": ("age_55-64",),
            "65 and over": ("age_65-74", "age_75plus"),
        },
        "all usual residents",
        _ALL_AGES,
        (_TENTHS,),
    ),
}

UNMATCHED: Mapping[tuple[str, str], str] = {
    ("age", "under 16"): "The Census bands go from 0 to 14 and from 15 to 24: none is of people under 16.",
    ("age", "16-24"): "The Census band is 15 to 24 and has people aged 15 in it: it is no match for 16 to 24.",
}
NO_TABLE: Mapping[str, str] = {
    "gender_identity": "There is no benchmark: the Census estimates of gender identity are no longer accredited "
    "official statistics.",
    **{key: f"There is no benchmark for {title.lower()}." for key, title, _ in FURTHER_CHARACTERISTICS},
    "marital_status": "There is no benchmark: no table of marital or civil partnership status comes with this "
    "product.",
}


def unmatched(characteristic: str, code: str) -> str:
    """Why an answer has no figure, in a sentence; empty where it has one. KeyError for what is no answer."""
    codes = {key: dict(labels) for key, _, labels in CHARACTERISTICS}
    label = codes[characteristic][code]
    if code in dict(MISSING):
        return f"“{label}” has no benchmark: whoever gave no answer is outside the share."
    if characteristic in NO_TABLE:
        return NO_TABLE[characteristic]
    return UNMATCHED.get((characteristic, code), "")
