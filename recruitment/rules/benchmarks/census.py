"""The tables of Census 2021 as counts of people by area, read from text; whole tables or a stated fault.

Source: Office for National Statistics, Census 2021, England and Wales; see `tables/PROVENANCE.txt`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

ENGLAND_AND_WALES, ENGLAND, WALES = "K04000001", "E92000001", "W92000004"


class Kind(Enum):
    """What the areas of a table are."""

    REGION = "regions and nations"
    LOCAL_AUTHORITY = "local authorities"


class BenchmarkError(ValueError):
    """A table that does not hold what it should: its name, the line and what is wrong."""


@dataclass(frozen=True)
class CensusTable:
    """People of each category in each area: `counts[area code][category]`.

    Age bands come as shares to a tenth of a per cent of the people of an area: their counts are fractions.
    """

    name: str
    kind: Kind
    names: Mapping[str, str]
    counts: Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True)
class Census:
    """Every table, by the name of its file without `.csv`."""

    tables: Mapping[str, CensusTable]


ETHNIC_REGIONS = "census2021_ts021_ethnic19_region_counts"
ETHNIC_AUTHORITIES = "census2021_ts021_ethnic19_ltla_counts"
RELIGION = "census2021_ts030_religion_region_counts"
DISABILITY = "census2021_ts038_disability_region_counts"
SEXUAL_ORIENTATION = "census2021_ts077_sexual_orientation_region_counts"
SEX = "census2021_ts009_sex_region_counts"
AGE = "census2021_age_bands_region_pct"
TABLES = (ETHNIC_REGIONS, ETHNIC_AUTHORITIES, RELIGION, DISABILITY, SEXUAL_ORIENTATION, SEX, AGE)

_POPULATION = "pop"
_SHARE = "_perc"


def read_table(name: str, text: str) -> CensusTable:
    """One table. BenchmarkError where a line has another number of columns, a number is none or below nought,
    or an area stands there twice.
    """
    rows = list(csv.reader(io.StringIO(text)))
    if len(rows) < 2 or len(rows[0]) < 3:
        raise BenchmarkError(f"{name}: the table is empty.")
    heading, *rest = rows
    names: dict[str, str] = {}
    counts: dict[str, Mapping[str, Fraction]] = {}
    for number, row in enumerate(rest, start=2):
        if len(row) != len(heading):
            raise BenchmarkError(f"{name}, line {number}: {len(row)} columns instead of {len(heading)}.")
        code, area, *held = row
        if code in names:
            raise BenchmarkError(f"{name}, line {number}: {code} stands there twice.")
        try:
            values = dict(zip(heading[2:], map(Fraction, held), strict=True))
        except (ValueError, ZeroDivisionError):
            raise BenchmarkError(f"{name}, line {number}: a figure is no number.") from None
        if min(values.values()) < 0:
            raise BenchmarkError(f"{name}, line {number}: a figure is below nought.")
        names[code], counts[code] = area, _people(values)
    kind = Kind.LOCAL_AUTHORITY if heading[0].startswith("ltla") else Kind.REGION
    return CensusTable(name, kind, names, counts)


def _people(values: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """Counts as they are; shares turned into people, so that areas can be added up."""
    if _POPULATION not in values:
        return values
    people = values[_POPULATION]
    return {
        key.removesuffix(_SHARE): share * people / 100 for key, share in values.items() if key.endswith(_SHARE)
    }


def build_census(texts: Mapping[str, str]) -> Census:
    """All tables from the texts of their files. BenchmarkError where one is missing or cannot be read."""
    missing = [name for name in TABLES if name not in texts]
    if missing:
        raise BenchmarkError(f"{missing[0]}: the table is missing.")
    return Census({name: read_table(name, texts[name]) for name in TABLES})
