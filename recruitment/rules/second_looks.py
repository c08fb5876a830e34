"""The second look: how many released texts are read again, by lot, and what that says of all of them.

Sources: simple random sampling without replacement. The interval inverts the hypergeometric distribution with half
of what it may miss on each side: T. Wright, "Exact Confidence Bounds when Sampling from Small Finite Universes"
(Lecture Notes in Statistics 66, 1991), after C. J. Clopper and E. S. Pearson, "The Use of Confidence or Fiducial
Limits Illustrated in the Case of the Binomial" (Biometrika 26, 1934). It holds the true number at least 95 times
in 100, whatever that number is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil, comb
from random import Random
from typing import TypeVar

from recruitment.rules.errors import Invalid
from recruitment.rules.rounding import BASE, round_to

FEWEST = 20
MOST = 60
SHARE = 10  # one text in so many
LOWEST_ASKED, HIGHEST_ASKED = 10, 500
MISSED = Fraction(1, 20)

Key = TypeVar("Key")


class LeakKind(StrEnum):
    """What words tell that should not stand in a released text."""

    IDENTITY = "identity"
    CHARACTERISTIC = "characteristic"


def rounded_texts(texts: int, per_application: int) -> int:
    """The number of texts as it may be told: as if the number of applicants were rounded as in a release."""
    return round_to(texts, BASE * per_application)


def rounding_range(rounded: int, per_application: int) -> tuple[int, int]:
    """The fewest and the most texts that a rounded number stands for."""
    unit = BASE * per_application
    lowest = rounded - unit // 2
    return max(0, lowest), lowest + unit - 1


def sample_size(texts: int, per_application: int, asked: int | None = None) -> int:
    """How many of the texts to read again: one in ten, at least 20 and at most 60, unless the campaign asks.

    What it gives where nothing is found: 20 texts say that fewer than 17 in 100 still tell something, 40 fewer
    than 9, 60 fewer than 6; a text takes a minute or two, so 60 are a morning's work. The size follows from the
    rounded number of texts and never takes them all: it is published, and must not tell how many applied more
    exactly than the release does.
    """
    rounded = rounded_texts(texts, per_application)
    wanted = asked or min(max(FEWEST, ceil(rounded / SHARE)), MOST)
    lowest, _ = rounding_range(rounded, per_application)
    return min(wanted, texts, lowest) if lowest else min(wanted, texts)


def check_size(asked: int | None) -> None:
    """Raise `Invalid` for a size that no campaign may ask for; None asks for the usual one."""
    if asked is not None and not LOWEST_ASKED <= asked <= HIGHEST_ASKED:
        sentence = f"The second look must be at {LOWEST_ASKED} to {HIGHEST_ASKED} texts."
        raise Invalid(sentence, "second_look_size")


def draw_sample(keys: Sequence[Key], size: int, random: Random) -> list[Key]:
    """A simple random sample without replacement, in the order drawn: its beginning is such a sample too."""
    return random.sample(keys, size)


def _at_most(found: int, looked: int, leaky: int, texts: int) -> Fraction:
    """The chance of finding so many or fewer where `leaky` of the texts tell something."""
    ways = sum(comb(leaky, number) * comb(texts - leaky, looked - number) for number in range(found + 1))
    return Fraction(ways, comb(texts, looked))


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The smallest number from `low` to `high` that has a property which all larger ones share; `high` has it."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def leak_range(found: int, looked: int, texts: int, missed: Fraction = MISSED) -> tuple[int, int]:
    """The fewest and the most of all `texts` that can tell something, where `found` of `looked` do.

    A number is left out where a sample with so few (or so many) leaks has a chance of at most half of `missed`.
    """
    if not 0 <= found <= looked <= texts:
        raise ValueError("A sample cannot hold more than it was drawn from.")
    most = texts - (looked - found)
    tail = missed / 2
    lowest = _first(found, most, lambda leaky: found == 0 or 1 - _at_most(found - 1, looked, leaky, texts) > tail)
    beyond = _first(found, most + 1, lambda leaky: leaky > most or _at_most(found, looked, leaky, texts) <= tail)
    return lowest, beyond - 1


def per_cent_range(found: int, looked: int, texts: int) -> tuple[int, int]:
    """The range as whole per cent of all texts, rounded outwards."""
    lowest, highest = leak_range(found, looked, texts)
    return 100 * lowest // texts, -(-100 * highest // texts)
