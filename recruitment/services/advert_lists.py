"""Reads the lists of the advert check from their folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import recruitment.rules.adverts
from recruitment.rules.adverts import AdvertLists, build_advert_lists

ADVERT_WORDS = Path(recruitment.rules.adverts.__file__).parent / "words"


@cache
def load_advert_lists(folder: Path = ADVERT_WORDS) -> AdvertLists:
    """Every list, read once for a process. AdvertListError where one is missing or cannot be read."""
    paths = [*sorted(folder.glob("*.txt")), *sorted(folder.glob("*.toml"))]
    return build_advert_lists({path.stem: path.read_text(encoding="utf-8") for path in paths})
