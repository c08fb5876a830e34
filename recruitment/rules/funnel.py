"""How many people of each answer reached each stage: the exact counts, which only disclosure control may turn
into figures.

Source: NHS Workforce Race and Disability Equality Standards, indicator and metric 2 (appointment from
shortlisting), widened to every stage because those start at the shortlist and say nothing of the sift.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from recruitment.rules.equality_questions import CHARACTERISTICS, MISSING, NOT_ANSWERED, NOT_ASKED

COUNTS_VERSION = 1

_CODES = {key: tuple(code for code, _ in labels) for key, _, labels in CHARACTERISTICS}
MISSING_CODES = frozenset(code for code, _ in MISSING)


class FunnelStage(StrEnum):
    """The stages in order; whoever reached one had reached those before it."""

    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    APPOINTED = "appointed"


STAGES = tuple(FunnelStage)


class Counts:
    """Counts by characteristic, answer and stage; its size depends on the questions, not on the people."""

    def __init__(self) -> None:
        self._totals = [0] * len(STAGES)
        self._cells = {key: {code: [0] * len(STAGES) for code in codes} for key, codes in _CODES.items()}

    def add(self, characteristics: Mapping[str, str], reached: Iterable[FunnelStage]) -> None:
        """Count one application; the furthest stage reached counts for all before it.

        A characteristic that is absent from the mapping was not asked. Raises ValueError for an unknown
        characteristic or answer and where no stage was reached; nothing is counted then.
        """
        depth = max((STAGES.index(stage) + 1 for stage in reached), default=0)
        if depth == 0:
            raise ValueError("An application that was never submitted cannot be counted.")
        unknown = set(characteristics) - set(_CODES)
        if unknown:
            raise ValueError(f"Unknown characteristic: {', '.join(sorted(unknown))}.")
        rows = []
        for key, cells in self._cells.items():
            code = characteristics.get(key, NOT_ASKED)
            if code not in cells:
                raise ValueError(f"Unknown answer on {key}: {code}.")
            rows.append(cells[code])
        for row in (self._totals, *rows):
            for position in range(depth):
                row[position] += 1

    def add_missing(self, reached: Iterable[FunnelStage]) -> None:
        """Count one application whose candidate gave no equality answers."""
        self.add(dict.fromkeys(_CODES, NOT_ANSWERED), reached)

    def merge(self, other: Counts) -> None:
        """Add another campaign's counts to these."""
        pairs = [(self._totals, other._totals)]
        pairs += [
            (row, other._cells[key][code]) for key, cells in self._cells.items() for code, row in cells.items()
        ]
        for row, more in pairs:
            for position, number in enumerate(more):
                row[position] += number

    def total(self, stage: FunnelStage) -> int:
        return self._totals[STAGES.index(stage)]

    def count(self, characteristic: str, code: str, stage: FunnelStage) -> int:
        return self._cells[characteristic][code][STAGES.index(stage)]

    def declared(self, characteristic: str, stage: FunnelStage) -> int:
        """Those who gave an answer other than silence: the denominator of every rate of the
        characteristic.
        """
        position = STAGES.index(stage)
        cells = self._cells[characteristic]
        return sum(row[position] for code, row in cells.items() if code not in MISSING_CODES)

    def declaration_rate(self, characteristic: str, stage: FunnelStage = FunnelStage.SUBMITTED) -> Fraction | None:
        """Declared among all at the stage, exactly; None where nobody reached it. Not for publication
        as it is.
        """
        total = self.total(stage)
        return Fraction(self.declared(characteristic, stage), total) if total else None

    def to_json(self) -> str:
        """Exact counts in one canonical form: equal counts give equal text."""
        content = {
            "cells": self._cells,
            "stages": [str(stage) for stage in STAGES],
            "totals": self._totals,
            "version": COUNTS_VERSION,
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str) -> Counts:
        """Read what `to_json` wrote; ValueError where the version differs or the numbers contradict
        each other.
        """
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("version") != COUNTS_VERSION:
            raise ValueError("These counts were written in another version.")
        counts = cls()
        expected = {key: set(codes) for key, codes in _CODES.items()}
        if content["stages"] != [str(stage) for stage in STAGES] or expected != {
            key: set(cells) for key, cells in content["cells"].items()
        }:
            raise ValueError("These counts are of other stages or another question set.")
        counts._totals = _checked_row(content["totals"])
        for key, cells in counts._cells.items():
            for code in cells:
                cells[code] = _checked_row(content["cells"][key][code])
            if [sum(column) for column in zip(*cells.values(), strict=True)] != counts._totals:
                raise ValueError(f"The counts of {key} do not add up to the totals.")
        return counts


def _checked_row(row: list[int]) -> list[int]:
    whole = len(row) == len(STAGES) and all(type(number) is int and number >= 0 for number in row)
    if not whole or sorted(row, reverse=True) != row:
        raise ValueError("Counts are whole numbers which do not rise from one stage to the next.")
    return row
