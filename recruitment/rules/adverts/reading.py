"""Readability of an advert by published formulas; below 100 words, lengths of sentences and long words instead.

Sources: Flesch (1948); Kincaid and others (1975); McLaughlin (1969), SMOG; Gunning (1952), Fog; Smith and Senter
(1967), ARI. GOV.UK asks for sentences of up to 25 words. Syllables are counted by a heuristic, so scores are
approximate: they are reported, and nothing hangs on them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from recruitment.rules.adverts.hits import Part
from recruitment.rules.adverts.texts import fold, sentences_of, syllables_in, words_of

LEAST_WORDS = 100  # shorter texts give unstable scores
MOST_WORDS = 25  # of a sentence (GOV.UK)
FAR_TOO_MANY = 40
LONG = 3  # syllables of a long word


@dataclass(frozen=True)
class TextCounts:
    """Of a text: all of them at least 1 but `long_words`, words of three syllables or more."""

    words: int
    sentences: int
    syllables: int
    long_words: int
    characters: int


def flesch_reading_ease(counts: TextCounts) -> float:
    """About 0 (hard) to 100 (easy); 60 to 70 is plain English."""
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * counts.syllables / counts.words


def flesch_kincaid_grade(counts: TextCounts) -> float:
    """Years of schooling in the United States; a reading age is about 5 more."""
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog_grade(counts: TextCounts) -> float:
    return 1.0430 * math.sqrt(counts.long_words * 30 / counts.sentences) + 3.1291


def gunning_fog(counts: TextCounts) -> float:
    return 0.4 * (counts.words / counts.sentences + 100 * counts.long_words / counts.words)


def automated_readability(counts: TextCounts) -> float:
    return 4.71 * counts.characters / counts.words + 0.5 * counts.words / counts.sentences - 21.43


@dataclass(frozen=True)
class Reading:
    """`scores`: the name of a formula → its value to one decimal place; empty for a short text."""

    counts: TextCounts | None
    sentence_lengths: tuple[int, ...]
    long_words: tuple[str, ...]
    scores: tuple[tuple[str, float], ...]

    @property
    def words(self) -> int:
        return self.counts.words if self.counts else 0

    @property
    def is_short(self) -> bool:
        return self.words < LEAST_WORDS


def read_ease(parts: Iterable[Part]) -> Reading:
    words: list[str] = []
    lengths: list[int] = []
    for part in parts:
        text = fold(part.text)
        words += [match.group() for match in words_of(text)]
        lengths += [sentence.words for sentence in sentences_of(text)]
    if not words:
        return Reading(None, (), (), ())
    syllables = [syllables_in(word) for word in words]
    long_words = [word for word, count in zip(words, syllables, strict=True) if count >= LONG]
    counts = TextCounts(
        len(words), max(1, len(lengths)), sum(syllables), len(long_words), sum(len(word) for word in words)
    )
    listed = tuple(sorted({word.lower() for word in long_words}))
    return Reading(counts, tuple(lengths), listed, _scores(counts) if counts.words >= LEAST_WORDS else ())


def _scores(counts: TextCounts) -> tuple[tuple[str, float], ...]:
    formulas = (
        ("Flesch Reading Ease", flesch_reading_ease),
        ("Flesch-Kincaid grade", flesch_kincaid_grade),
        ("SMOG grade", smog_grade),
        ("Gunning Fog", gunning_fog),
        ("Automated Readability Index", automated_readability),
    )
    return tuple((name, round(formula(counts), 1)) for name, formula in formulas)
