"""Marks of a test or an assessment day: on a sheet by reference, against a minimum that was fixed before.

Sources: Civil Service Commission, Recruitment Principles (criteria fixed before candidates are assessed);
the design's rule that whoever marks need not know who somebody is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from recruitment.rules.errors import Invalid

HIGHEST = 10_000
ABSENT_WORDS = frozenset({"absent", "did not come", "-"})
MOST_ERRORS_SHOWN = 10
LONGEST_SHEET = 60_000


@dataclass(frozen=True)
class MarkRule:
    """`full`: the highest mark that can be had; `minimum`: the lowest that is good enough."""

    full: int
    minimum: int


def check_rule(full: int | None, minimum: int | None) -> MarkRule:
    if full is None or not 1 <= full <= HIGHEST:
        raise Invalid(f"Enter the highest mark, from 1 to {HIGHEST:,}.", "full")
    if minimum is None or not 0 <= minimum <= full:
        raise Invalid(f"Enter a minimum from 0 to {full:,}.", "minimum")
    return MarkRule(full, minimum)


def read_sheet(typed: str, references: Collection[str], full: int) -> Mapping[str, int | None]:
    """Reference → mark, or None for whoever was absent; lines without a mark are left out.

    A line holds a reference and a mark, apart by a comma, a tab or a semicolon; a first line of headings is passed
    over. `Invalid` names each line that is wrong, and nothing is taken then.
    """
    if len(typed) > LONGEST_SHEET:
        raise Invalid("This is too much for one sheet.", "sheet")
    known = {reference.casefold(): reference for reference in references}
    found: dict[str, int | None] = {}
    wrong: list[str] = []
    for number, line in enumerate(typed.splitlines(), 1):
        if not line.strip() or (number == 1 and line.strip().casefold().startswith("reference")):
            continue
        reference, mark = _split(line)
        whose = known.get(reference.casefold())
        if whose is None:
            wrong.append(f"Line {number}: “{reference[:40]}” is not a reference of this stage.")
        elif whose in found:
            wrong.append(f"Line {number}: {whose} stands there twice.")
        elif mark.casefold() in ABSENT_WORDS:
            found[whose] = None
        elif mark:
            if _is_mark(mark, full):
                found[whose] = int(mark)
            else:
                wrong.append(f"Line {number}: the mark of {whose} must be a whole number from 0 to {full:,}.")
    if wrong:
        more = f" And {len(wrong) - MOST_ERRORS_SHOWN} more." if len(wrong) > MOST_ERRORS_SHOWN else ""
        raise Invalid(" ".join(wrong[:MOST_ERRORS_SHOWN]) + more, "sheet")
    if not found:
        raise Invalid("Enter at least one reference with its mark.", "sheet")
    return found


def _split(line: str) -> tuple[str, str]:
    for mark in ("\t", ";", ","):
        if mark in line:
            reference, _, rest = line.partition(mark)
            return reference.strip().strip('"'), rest.strip().strip('"').strip()
    reference, _, rest = line.strip().rpartition(" ")
    return (reference.strip(), rest) if reference else (rest, "")


def _is_mark(typed: str, full: int) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= 6 and int(typed) <= full


def is_good_enough(mark: int | None, rule: MarkRule) -> bool:
    """Whether somebody goes on; whoever was absent does not."""
    return mark is not None and mark >= rule.minimum
