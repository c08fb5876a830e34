"""Reads the Census tables from their folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import recruitment.rules.benchmarks
from recruitment.rules.benchmarks import Census, build_census

TABLE_FOLDER = Path(recruitment.rules.benchmarks.__file__).parent / "tables"
"""The folder of the tables that come with the package, with their provenance and licence beside them."""


@cache
def load_census(folder: Path = TABLE_FOLDER) -> Census:
    """Every table, read once for a process. BenchmarkError if one is missing or cannot be read."""
    return build_census({path.stem: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.csv"))})
