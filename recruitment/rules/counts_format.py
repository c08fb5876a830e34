"""Exact counts as text, for the sealed tally: one canonical form, and a strict reading of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from recruitment.rules.funnel import CODES, CROSSINGS, EXITS, Counts, FunnelStage

COUNTS_VERSION = 2
_EARLIER = 1  # without exits, crossings, vacancies


def _pair(names: tuple[str, str]) -> str:
    return " × ".join(names)


def _content(counts: Counts) -> dict[str, Any]:
    return {
        "cells": counts.cells,
        "crossings": {
            _pair(pair): {_pair(codes): row for codes, row in cells.items() if any(row)}
            for pair, cells in counts.crossings.items()
        },
        "exit_totals": counts.exit_totals,
        "exits": counts.exits,
        "stages": [str(stage) for stage in counts.stages],
        "totals": counts.totals,
        "unfinished": counts.unfinished,
        "vacancies": {key: _content(part) for key, part in sorted(counts.vacancies.items())},
        "version": COUNTS_VERSION,
    }


def counts_to_json(counts: Counts) -> str:
    return json.dumps(_content(counts), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def counts_from_json(text: str) -> Counts:
    """Read what `counts_to_json` wrote, also in its first version; ValueError where numbers contradict each
    other.
    """
    return _read(json.loads(text))


def _read(content: Any) -> Counts:
    if not isinstance(content, dict) or content.get("version") not in (_EARLIER, COUNTS_VERSION):
        raise ValueError("These counts were written in another version.")
    try:
        stages = tuple(FunnelStage(stage) for stage in content["stages"])
    except ValueError:
        raise ValueError("These counts are of other stages or another question set.") from None
    counts = Counts(stages, _asked(content["cells"]))
    counts.totals[:] = _falling(content["totals"], len(stages))
    _fill(counts.cells, content["cells"], counts.totals)
    if content["version"] == _EARLIER:
        _cross_nothing(counts)
        return counts
    counts.exit_totals[:] = _whole(content["exit_totals"], len(EXITS))
    _fill_exits(counts, content["exits"])
    _fill_crossings(counts, content["crossings"])
    unfinished = content["unfinished"]
    counts.unfinished = None if unfinished is None else _whole([unfinished], 1)[0]
    counts.vacancies = {key: _read(part) for key, part in content["vacancies"].items()}
    return counts


def _asked(kept: Mapping[str, Any]) -> tuple[str, ...]:
    """The characteristics that were counted: those of the campaign's own questions, all of their answers known."""
    known = all(set(CODES.get(key, ())) == set(held) for key, held in kept.items())
    if not known or not {key for pair in CROSSINGS for key in pair} <= set(kept):
        raise ValueError("These counts are of other stages or another question set.")
    return tuple(kept)


def _fill(cells: dict[str, dict[str, list[int]]], kept: Mapping[str, Any], totals: list[int]) -> None:
    for key, rows in cells.items():
        for code, row in rows.items():
            row[:] = _falling(kept[key][code], len(totals))
        if [sum(column) for column in zip(*rows.values(), strict=True)] != totals:
            raise ValueError(f"The counts of {key} do not add up to the totals.")


def _fill_exits(counts: Counts, kept: Mapping[str, Any]) -> None:
    for key, rows in counts.exits.items():
        for code, row in rows.items():
            row[:] = _whole(kept[key][code], len(EXITS))
        if [sum(column) for column in zip(*rows.values(), strict=True)] != counts.exit_totals:
            raise ValueError(f"The exits of {key} do not add up to the totals.")


def _fill_crossings(counts: Counts, kept: Mapping[str, Any]) -> None:
    for pair in CROSSINGS:
        rows, held = counts.crossings[pair], kept[_pair(pair)]
        for codes, row in rows.items():
            row[:] = _falling(held.get(_pair(codes), [0] * len(counts.stages)), len(counts.stages))
        for place, key in enumerate(pair):
            for code in CODES[key]:
                mine = [row for codes, row in rows.items() if codes[place] == code]
                if [sum(column) for column in zip(*mine, strict=True)] != counts.cells[key][code]:
                    raise ValueError(f"The counts of {_pair(pair)} do not add up to those of {key}.")


def _cross_nothing(counts: Counts) -> None:
    # The first version counted no crossings: none is known, so none can be asked for.
    counts.crossings.clear()


def _whole(row: Any, length: int) -> list[int]:
    if len(row) != length or not all(type(number) is int and number >= 0 for number in row):
        raise ValueError("Counts are whole numbers.")
    return list(row)


def _falling(row: Any, length: int) -> list[int]:
    if sorted(_whole(row, length), reverse=True) != row:
        raise ValueError("Counts are whole numbers which do not rise from one stage to the next.")
    return list(row)
