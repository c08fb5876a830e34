"""Which ethnic backgrounds and disability answers stand on which side of a comparison.

Sources: NHS WRES and NHS data dictionary ethnic category codes; GOV.UK "Writing about ethnicity"; NHS WDES.
The codes are those of `equality_question_set`. "BME" is a word of the NHS returns only, never a public label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from recruitment.rules.equality_question_set import BACKGROUNDS, NOT_ANSWERED, NOT_ASKED, PREFER_NOT_TO_SAY
from recruitment.rules.minority_groupings import MinorityGrouping


class Side(Enum):
    MONITORED = "monitored"
    COMPARATOR = "comparator"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Grouping:
    """`sides` gives a side for every code of the characteristic; `name` is printed on every output."""

    name: str
    characteristic: str
    monitored_label: str
    comparator_label: str
    sides: Mapping[str, Side]


_MISSING = dict.fromkeys((PREFER_NOT_TO_SAY, NOT_ANSWERED, NOT_ASKED), Side.EXCLUDED)
_ALL = tuple(option.code for options in BACKGROUNDS.values() for option in options)


def _ethnic(name: str, monitored: str, comparator: str, codes: frozenset[str]) -> Grouping:
    sides = {code: Side.COMPARATOR if code in codes else Side.MONITORED for code in _ALL}
    # A plain text: click reads an enumeration by the names of its members.
    return Grouping(str(name), "ethnic_background", monitored, comparator, {**sides, **_MISSING})


_WHITE = frozenset(option.code for option in BACKGROUNDS["white"])
WRES_BME = _ethnic(MinorityGrouping.WRES, "Other than White", "White", _WHITE)
GOVUK_ETHNIC_MINORITIES = _ethnic(
    MinorityGrouping.GOVUK,
    "Ethnic minorities (including White minorities)",
    "White British",
    frozenset({"white_british"}),
)
NONWHITE_LABEL = _ethnic(MinorityGrouping.NOT_WHITE, "All other ethnic groups combined", "White", _WHITE)
WRES_BY_GROUP = Grouping(
    WRES_BME.name,
    "ethnic_group",
    WRES_BME.monitored_label,
    WRES_BME.comparator_label,
    {group: Side.COMPARATOR if group == "white" else Side.MONITORED for group in BACKGROUNDS} | _MISSING,
)
"""The same two sides, where the five ethnic groups were asked and no background."""
MINORITY_GROUPINGS = (WRES_BME, GOVUK_ETHNIC_MINORITIES, NONWHITE_LABEL)

WDES_DISABILITY = Grouping(
    "wdes_disability",
    "disability",
    "Disabled",
    "Not disabled",
    {"disabled": Side.MONITORED, "not_disabled": Side.COMPARATOR, **_MISSING},
)

# The NHS list of 2001 has no line for Gypsy or Irish Traveller (Any other White) or Arab (Any other).
NHS_CODES: Mapping[str, str] = {
    **dict(zip(_ALL, "A B C C D E F G H J K R L N M P S S".split(), strict=True)),
    PREFER_NOT_TO_SAY: "Z",
    NOT_ANSWERED: "Z",
    NOT_ASKED: "99",
}
