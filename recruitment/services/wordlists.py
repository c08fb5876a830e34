"""Reads redaction's word lists and patterns from their folders."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import recruitment.rules.redaction
from recruitment.rules.redaction import WordLists, build_word_lists

WORD_LISTS = Path(recruitment.rules.redaction.__file__).parent / "words"
"""The folder of the lists that come with the package."""
PATTERNS = Path(recruitment.rules.redaction.__file__).parent / "patterns"
"""The folder of the patterns, one file a kind."""

WEIGHTS = Path(recruitment.rules.redaction.__file__).parent / "weights" / "second_reader.txt"
"""What the second reader goes by."""


@cache
def load_word_lists(
    folder: Path = WORD_LISTS, patterns: Path = PATTERNS, weights: Path | None = WEIGHTS
) -> WordLists:
    """Every list and pattern, one `.txt` file each, read once for a process.

    `weights` None: without the second reader. WordListError if a list is missing or empty, PatternError if a
    pattern cannot be read, WeightsError if a weight cannot.
    """
    read = weights.read_text(encoding="utf-8") if weights else ""
    return build_word_lists(_texts(folder), _texts(patterns), read)


def _texts(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
