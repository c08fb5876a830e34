"""Reads a body's own funnel counts from a table: one line for each group at each stage.

Everybody at a stage is counted once for each characteristic, those who gave no answer with them, so that the
characteristics add up to the same people. Nothing is mended silently: a file has counts or it has faults by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

from recruitment.rules.csv_lines import Fault, Line, read_lines, whole_number

NEEDED = ("characteristic", "group", "stage", "count")
OPTIONAL = ("campaign", "year", "organisation")
MISSING_ANSWERS = ("prefer not to say", "not answered", "not asked", "not stated", "unknown")
MISSING_HELP = (
    "These groups count as missing answers, in any case of letters, and are outside every rate: "
    f"{', '.join(MISSING_ANSWERS)}."
)
_YEAR = re.compile(r"(19|20)\d{2}([/-](\d{2}|\d{4}))?")

SAMPLE = """\
characteristic,group,stage,count
Ethnic group,White,Applied,780
Ethnic group,White,Shortlisted,312
Ethnic group,White,Appointed,62
Ethnic group,All other ethnic groups,Applied,210
Ethnic group,All other ethnic groups,Shortlisted,63
Ethnic group,All other ethnic groups,Appointed,12
Ethnic group,Prefer not to say,Applied,40
Ethnic group,Prefer not to say,Shortlisted,15
Ethnic group,Prefer not to say,Appointed,9
Sex,Female,Applied,560
Sex,Female,Shortlisted,220
Sex,Female,Appointed,45
Sex,Male,Applied,430
Sex,Male,Shortlisted,150
Sex,Male,Appointed,29
Sex,Not answered,Applied,40
Sex,Not answered,Shortlisted,20
Sex,Not answered,Appointed,9
"""


@dataclass(frozen=True, order=True)
class Scope:
    """Whose counts they are; a text is empty where the file has no such column."""

    organisation: str = ""
    year: str = ""
    campaign: str = ""

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.organisation, self.year, self.campaign) if part)


Rows = Mapping[str, Mapping[str, tuple[int, ...]]]
"""Characteristic → group → people at each stage in order."""


@dataclass(frozen=True)
class CountFile:
    """Stages, characteristics and groups in the order of their first appearance; counts for each scope.

    Within a scope every characteristic adds up to the same people at each stage, and no count rises.
    """

    stages: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    scopes: Mapping[Scope, Rows]

    def missing(self, characteristic: str) -> frozenset[str]:
        """The characteristic's groups that are missing answers."""
        return frozenset(group for group in self.groups[characteristic] if is_missing(group))

    def pooled(self) -> Rows:
        """People of all scopes added up: never an average of rates."""
        return {
            name: {
                group: tuple(
                    sum(rows[name][group][at] for rows in self.scopes.values() if group in rows.get(name, {}))
                    for at in range(len(self.stages))
                )
                for group in groups
            }
            for name, groups in self.groups.items()
        }

    def totals(self, rows: Rows) -> tuple[int, ...]:
        """Everybody at each stage, by any one characteristic."""
        first = next(iter(rows.values()))
        return tuple(map(sum, zip(*first.values(), strict=True)))


def is_missing(group: str) -> bool:
    return group.casefold() in MISSING_ANSWERS


Place = tuple[Scope, str, str]


@dataclass
class _Reading:
    """What has been read: the first spelling of each name stands for all that differ in the case of letters."""

    spellings: dict[tuple[str, ...], str] = field(default_factory=dict)
    counts: dict[Place, dict[str, tuple[int, int | None]]] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def _spelled(self, *key: str) -> str:
        return self.spellings.setdefault((*map(str.casefold, key[:-1]), key[-1].casefold()), key[-1])

    def take(self, line: Line, filled: frozenset[str]) -> None:
        cells = line.cells
        empty = [name for name in (*NEEDED[:3], *(n for n in OPTIONAL if n in filled)) if not cells.get(name)]
        if empty:
            self.faults.append(Fault(line.number, f"There is nothing in the column “{empty[0]}”."))
            return
        year = cells.get("year", "")
        if year and not _YEAR.fullmatch(year):
            self.faults.append(Fault(line.number, f"A year is written 2025 or 2025/26: {year}."))
            return
        scope = Scope(
            self._spelled("organisation", cells.get("organisation", "")),
            year,
            self._spelled("campaign", cells.get("campaign", "")),
        )
        name = self._spelled("characteristic", cells["characteristic"])
        group = self._spelled("group", name, cells["group"])
        stage = self._spelled("stage", cells["stage"])
        self.stages.setdefault(stage, line.number)
        held = self.counts.setdefault((scope, name, group), {})
        if stage in held:
            said = f"{group} of {name} at {stage} stands on line {held[stage][0]} already."
            self.faults.append(Fault(line.number, said))
            return
        number = whole_number(cells["count"])
        if isinstance(number, str):
            self.faults.append(Fault(line.number, number))
        held[stage] = (line.number, number if isinstance(number, int) else None)

    def check(self) -> None:
        self._check_stages()
        for (_, name, group), held in self.counts.items():
            # A fault of the line itself is told already; the comparison goes past it.
            known = [(stage, *held[stage]) for stage in self.stages if stage in held]
            counted = [(stage, line, number) for stage, line, number in known if number is not None]
            for (before, _, earlier), (stage, line, number) in pairwise(counted):
                if number > earlier:
                    said = (
                        f"{group} of {name}: {number} at {stage} are more than {earlier} at {before}, "
                        "the stage before."
                    )
                    self.faults.append(Fault(line, said))
        if len(self.stages) == 1:
            self.faults.append(Fault(min(self.stages.values()), "There is one stage only: two are needed."))
        self._check_totals()

    def _check_stages(self) -> None:
        """Each group has each stage; a stage that fewer than half have is taken for the mistake."""
        for stage, first in self.stages.items():
            having = [held for held in self.counts.values() if stage in held]
            lacking = [place for place, held in self.counts.items() if stage not in held]
            if not lacking:
                continue
            if 2 * len(having) <= len(self.counts):
                near = get_close_matches(stage, [each for each in self.stages if each != stage], n=1, cutoff=0.8)
                guess = f" Is it {near[0]}?" if near else " Give every group every stage, with 0 for nobody."
                said = f"The stage {stage} is unknown to {len(lacking)} of {len(self.counts)} groups.{guess}"
                self.faults.append(Fault(first, said))
                continue
            for scope, name, group in lacking:
                line = min(number for number, _ in self.counts[scope, name, group].values())
                said = f"{group} of {name} has no count at {stage}: write 0 where there is nobody."
                self.faults.append(Fault(line, said))

    def _check_totals(self) -> None:
        for scope in dict.fromkeys(place[0] for place in self.counts):
            names = dict.fromkeys(name for _, name, _ in self.counts)
            lines = {}
            sums: dict[str, dict[str, int]] = {}
            for name in names:
                held = [row for place, row in self.counts.items() if place[:2] == (scope, name)]
                if not held:
                    line = min(
                        n for place, row in self.counts.items() if place[0] == scope for n, _ in row.values()
                    )
                    said = f"{scope.text} has no counts of {name}, which others have."
                    self.faults.append(Fault(line, said))
                    continue
                lines[name] = min(number for row in held for number, _ in row.values())
                numbers = {s: [row[s][1] for row in held if s in row] for s in self.stages}
                sums[name] = {
                    s: sum(n for n in each if n is not None)
                    for s, each in numbers.items()
                    if len(each) == len(held) and None not in each
                }
            for stage in self.stages:
                self._compare(scope, stage, {n: each[stage] for n, each in sums.items() if stage in each}, lines)

    def _compare(self, scope: Scope, stage: str, totals: Mapping[str, int], lines: Mapping[str, int]) -> None:
        if len(set(totals.values())) < 2:
            return
        usual = Counter(totals.values()).most_common(1)[0][0]
        other = next(name for name, total in totals.items() if total == usual)
        of = f" ({scope.text})" if scope.text else ""
        for name, total in totals.items():
            if total == usual:
                continue
            gap = f"{usual - total} too few" if total < usual else f"{total - usual} too many"
            said = (
                f"At {stage}{of}, {name} counts {total} people and {other} counts {usual}: {gap}. Everybody is "
                "counted once for each characteristic, those who gave no answer as well."
            )
            self.faults.append(Fault(lines[name], said))

    def file(self) -> CountFile:
        groups: dict[str, dict[str, None]] = {}
        scopes: dict[Scope, dict[str, dict[str, tuple[int, ...]]]] = {}
        for (scope, name, group), held in self.counts.items():
            groups.setdefault(name, {})[group] = None
            numbers = tuple(held[stage][1] or 0 for stage in self.stages)
            scopes.setdefault(scope, {}).setdefault(name, {})[group] = numbers
        return CountFile(tuple(self.stages), {name: tuple(each) for name, each in groups.items()}, scopes)


def _in_order(faults: list[Fault]) -> Iterator[Fault]:
    yield from sorted(dict.fromkeys(faults), key=lambda fault: fault.line)


def read_counts(text: str) -> CountFile | tuple[Fault, ...]:
    """The counts, or every fault with the number of its line, in order of lines."""
    held = read_lines(text, needed=NEEDED, optional=OPTIONAL)
    reading = _Reading(faults=list(held.faults))
    filled = frozenset(name for name in OPTIONAL if any(line.cells.get(name) for line in held.lines))
    for line in held.lines:
        reading.take(line, filled)
    if reading.counts:
        reading.check()
    elif not reading.faults:
        reading.faults.append(Fault(2, "There is no line of counts under the heading."))
    return tuple(_in_order(reading.faults)) or reading.file()
