"""Texts in another language: what a catalogue says for a text, and how a count is put in words.

A text holds places for values, `{name}`, and marks for the tags of a page, `<1>…</1>` and `<1/>`; its translation
holds the same ones, in the order that its language wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

ENGLISH = "en"
PLACE = re.compile(r"\{[A-Za-z_]\w*\}|</?[0-9]+>|<[0-9]+/>")
_VALUE = re.compile(r"\{([A-Za-z_]\w*)\}")


def places_of(text: str) -> tuple[str, ...]:
    """The places for values and the marks for tags that a text holds, sorted."""
    return tuple(sorted(PLACE.findall(text)))


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with its values in place; a place without a value stays as it is."""
    return _VALUE.sub(lambda match: str(values.get(match[1], match[0])), text)


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language. What it does not hold is said in English, the language they are written in.

    `counts`: "{count} word" → its forms; `which`: which of them a number takes (CLDR plural rules). `made`: those
    of the texts that rules put together from values.
    """

    language: str = ENGLISH
    texts: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    which: Callable[[int], int] = lambda number: int(number != 1)

    def say(self, text: str, **values: object) -> str:
        """The text in this language, with its values in place."""
        said = self.texts.get(text, text)
        return fill(said, values) if values else said

    def say_count(self, number: int, singular: str, plural: str) -> str:
        """A number and what is counted: "3 words"; both texts hold `{count}`."""
        forms = self.counts.get(singular)
        said = forms[self.which(number)] if forms else singular if number == 1 else plural
        return fill(said, {"count": f"{number:,}"})

    def say_made(self, text: str) -> str:
        """A text that was put together in English, such as an error of a rule: found by its fixed words.

        Its values are said in this language where the catalogue holds them as texts of their own.
        """
        if text in self.texts or not self.texts:
            return self.texts.get(text, text)
        for pattern, said in self._patterns:
            match = pattern.fullmatch(text)
            if match:
                return fill(
                    said, {name: self.texts.get(value, value) for name, value in match.groupdict().items()}
                )
        return text

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """Longest first, so that the text with more fixed words is tried before the one with fewer.

        A text like "{begins} to {ends}" is not known by its words: so is many a question that a body asks.
        """
        known = [text for text in self.made if not _AMID_VALUES.fullmatch(text)]
        return [(_as_pattern(text), self.texts[text]) for text in sorted(known, key=len, reverse=True)]


_NUMBERS = frozenset(
    "characters count high limit low max_length max_words minutes number pages row words word_limit".split()
)
_AMID_VALUES = re.compile(r"\{\w+\}[^{}]{0,12}(?:\{\w+\}[^{}]{0,12})*\{\w+\}")
_ANY, _NUMBER = ".{0,600}?", "[0-9][0-9.,]*"


def _as_pattern(text: str) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for match in _VALUE.finditer(text):
        # What stands last may be long, such as the copy under a reference.
        value = _NUMBER if match[1] in _NUMBERS else _ANY if match.end() < len(text) else ".*"
        parts += [re.escape(text[end : match.start()]), f"(?P<{match[1]}>{value})"]
        end = match.end()
    return re.compile("".join([*parts, re.escape(text[end:])]), re.DOTALL)
