"""The word lists that redaction reads, and how their text is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class WordLists:
    """Lower-case words, each list from the text file of the same name."""

    ordinary_words: frozenset[str]
    """Words that are also names: hidden with care when they are the writer's."""
    particles: frozenset[str]
    titles: frozenset[str]
    pronouns: frozenset[str]
    """Gendered pronouns, and gendered words about a person or a relation."""
    study_words: frozenset[str]
    """Heads of names of places of study."""
    qualifications: frozenset[str]
    study_headings: frozenset[str]
    other_headings: frozenset[str]
    given_names: frozenset[str]
    role_words: frozenset[str]
    """Words for a person at work, after which a name may come."""
    capitalised_ordinary: frozenset[str]
    """Words often capitalised in applications that are no person's name."""


class WordListError(ValueError):
    """A word list is missing or empty."""


def read_words(text: str) -> frozenset[str]:
    """Words of one list: separated by commas or lines, in lower case; lines beginning with # are comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    words = (" ".join(word.lower().split()) for line in lines for word in line.split(","))
    return frozenset(word for word in words if word)


def build_word_lists(texts: Mapping[str, str]) -> WordLists:
    """Word lists from the text of each, by name; WordListError if one is missing or empty."""
    lists = {field.name: read_words(texts.get(field.name, "")) for field in fields(WordLists)}
    for name, words in lists.items():
        if not words:
            raise WordListError(f"The word list {name} is missing or empty.")
    return WordLists(**lists)
