"""The share of a group in a region, a local authority, or a catchment of several: people added up, then divided.

Percentages are never averaged: a catchment of a large and a small authority is not the mean of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from recruitment.rules.benchmarks.categories import MATCHES, Match, unmatched
from recruitment.rules.benchmarks.census import ENGLAND, ENGLAND_AND_WALES, WALES, Census, CensusTable
from recruitment.rules.disparity.groupings import MINORITY_GROUPINGS, Grouping, Side
from recruitment.rules.errors import Invalid


@dataclass(frozen=True)
class Share:
    """`people` of `of` (fractions only where a table has shares instead of counts), and what goes with them.

    `grouping` names the minority grouping, where the group is one; `caveat` goes with every comparison.
    """

    characteristic: str
    group: str
    areas: tuple[str, ...]
    people: Fraction
    of: Fraction
    base: str
    caveat: str
    notes: tuple[str, ...] = ()
    grouping: str = ""

    @property
    def value(self) -> float:
        """0 to 1."""
        return float(self.people / self.of)


@dataclass(frozen=True)
class NoFigure:
    """What is said where there is no figure."""

    sentence: str


def _check_overlap(areas: Sequence[str]) -> None:
    if not areas:
        raise Invalid("Name at least one area.", "areas")
    if len(set(areas)) < len(areas):
        raise Invalid("An area is named twice: its people would count twice.", "areas")
    within = [code for code in areas if code != ENGLAND_AND_WALES]
    overlaps = ENGLAND_AND_WALES in areas and within
    if overlaps or (ENGLAND in areas and any(code not in (ENGLAND, WALES) for code in within)):
        raise Invalid("One area lies within another: its people would count twice.", "areas")


def _table(census: Census, match: Match, areas: Sequence[str]) -> CensusTable | NoFigure:
    known = {code for table in census.tables.values() for code in table.names}
    for code in areas:
        if code not in known:
            raise Invalid(f"{code} is no area of the Census tables.", "areas")
    for name in match.tables:
        table = census.tables[name]
        if all(code in table.names for code in areas):
            return table
    held = " or ".join(census.tables[name].kind.value for name in match.tables)
    return NoFigure(f"There is no figure of these areas: the tables of this characteristic are of {held}.")


def _summed(
    census: Census, match: Match, characteristic: str, group: str, codes: Sequence[str], areas: Sequence[str]
) -> Share | NoFigure:
    _check_overlap(areas)
    table = _table(census, match, areas)
    if isinstance(table, NoFigure):
        return table
    wanted = [name for code in codes for name in match.categories[code]]
    # Sex has columns of all ages too: only those that stand for an answer make up the base, but age has bands
    # that match no answer and belong to it.
    base = [name for names in match.categories.values() for name in names]
    if characteristic == "age":
        base = list(table.counts[areas[0]])
    people = sum((table.counts[area][name] for area in areas for name in wanted), Fraction(0))
    of = sum((table.counts[area][name] for area in areas for name in base), Fraction(0))
    if not of:
        return NoFigure("There is no figure: the Census counts nobody there.")
    names = tuple(table.names[area] for area in areas)
    return Share(characteristic, group, names, people, of, match.base, match.caveat, match.notes)


def share(census: Census, characteristic: str, code: str, areas: Sequence[str]) -> Share | NoFigure:
    """The share of one answer in the areas, by their ONS codes, or the sentence that says why there is none.

    Raises Invalid for an unknown, repeated or overlapping area, KeyError for an unknown characteristic or answer.
    """
    said = unmatched(characteristic, code)
    if said:
        return NoFigure(said)
    return _summed(census, MATCHES[characteristic], characteristic, code, [code], areas)


def grouping_share(census: Census, grouping: Grouping | str, areas: Sequence[str]) -> Share | NoFigure:
    """The share of a grouping's monitored side; a text is the name of a minority grouping (KeyError).

    Raises Invalid as `share` does.
    """
    if isinstance(grouping, str):
        grouping = {each.name: each for each in MINORITY_GROUPINGS}[grouping]
    key, label = grouping.characteristic, grouping.monitored_label
    codes = [code for code, side in grouping.sides.items() if side is Side.MONITORED]
    found = _summed(census, MATCHES[key], key, label, codes, areas)
    if isinstance(found, NoFigure):
        return found
    return Share(
        key, label, found.areas, found.people, found.of, found.base, found.caveat, found.notes, grouping.name
    )
