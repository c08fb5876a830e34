"""Reads redaction's word lists from their folder."""

from __future__ import annotations

from pathlib import Path

import recruitment.rules.redaction
from recruitment.rules.redaction import WordLists, build_word_lists

WORD_LISTS = Path(recruitment.rules.redaction.__file__).parent / "words"
"""The folder of the lists that come with the package."""


def load_word_lists(folder: Path = WORD_LISTS) -> WordLists:
    """Every list of a folder, one `.txt` file each; WordListError if one is missing or empty."""
    return build_word_lists({path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")})
