"""The word lists that redaction reads, and how their text is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from recruitment.rules.redaction.clause_weights import ClauseWeights, read_weights
from recruitment.rules.redaction.doubts import Doubts
from recruitment.rules.redaction.lexicons import build_doubts, build_telling
from recruitment.rules.redaction.own_clauses import Private
from recruitment.rules.redaction.pattern_language import build_phrasebook, read_macros
from recruitment.rules.redaction.phrases import Phrasebook
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.welsh import WelshWords, read_welsh


@dataclass(frozen=True)
class WordLists:
    """Lower-case words, each list from the text file of the same name."""

    ordinary_words: frozenset[str]
    """Words that are also names: hidden with care when they are the writer's."""
    particles: frozenset[str]
    diminutives: frozenset[str]
    """Groups of short and full forms of given names, each one entry with spaces."""
    titles: frozenset[str]
    study_words: frozenset[str]
    """Heads of names of places of study."""
    universities: frozenset[str]
    """Short names of places of study, which mean a town or a work place elsewhere."""
    subjects: frozenset[str]
    qualifications: frozenset[str]
    study_headings: frozenset[str]
    other_headings: frozenset[str]
    given_names: frozenset[str]
    ordinary_given_names: frozenset[str]
    family_names: frozenset[str]
    ranks: frozenset[str]
    letters_after_names: frozenset[str]
    role_words: frozenset[str]
    """Words for a person at work, after which a name may come."""
    capitalised_ordinary: frozenset[str]
    """Words often capitalised in applications that are no person's name."""
    world_places: frozenset[str]
    """Cities far away, folded."""
    phrases: Phrasebook
    """What tells something of the writer, by kind."""
    telling: Telling
    """Words that tell something when they are the writer's own."""
    private: Private
    """Fields of words that tell something in a clause of the writer's own."""
    doubts: Doubts
    """Words that are flagged where nothing says whose they are."""
    welsh: WelshWords
    """Welsh words that tell something when they are the writer's own."""
    weights: ClauseWeights
    """What the second reader goes by; without weights it flags nothing."""


class WordListError(ValueError):
    """A word list is missing or empty."""


def read_words(text: str) -> frozenset[str]:
    """Words of one list: separated by commas or lines, in lower case; lines beginning with # are comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    words = (" ".join(word.lower().split()) for line in lines for word in line.split(","))
    return frozenset(word for word in words if word)


_BUILT = ("phrases", "telling", "private", "doubts", "welsh", "weights")


def build_word_lists(
    texts: Mapping[str, str], patterns: Mapping[str, str] | None = None, weights: str = ""
) -> WordLists:
    """Word lists from the text of each, by name, phrases from the text of each kind's patterns, and weights.

    Every field of `WordLists` needs its list; further lists are there for patterns to name. WordListError if one
    is missing or empty, PatternError if a pattern cannot be read, WeightsError if a weight cannot.
    """
    lists = {name: read_words(text) for name, text in texts.items()}
    needed = [field.name for field in fields(WordLists) if field.name not in _BUILT]
    for name in needed:
        if not lists.get(name):
            raise WordListError(f"The word list {name} is missing or empty.")
    told = dict(patterns or {})
    macros = read_macros(told.pop("macros", ""))
    return WordLists(
        **{name: lists[name] for name in needed},
        phrases=build_phrasebook(told, macros, lists),
        telling=build_telling(lists),
        private=Private.of(lists),
        doubts=build_doubts(lists),
        welsh=read_welsh(texts.get("welsh", "")),
        weights=read_weights(weights, lists),
    )
