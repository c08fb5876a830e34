"""References: random handles of applications that people can say aloud, derived from nothing."""

from __future__ import annotations

from random import Random

_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
# Two-syllable words that would make somebody wince on the telephone.
_UNWANTED = frozenset(
    (
        "kaka",
        "pipi",
        "titi",
        "dodo",
        "gogo",
        "puto",
        "puta",
        "fagi",
        "nazi",
        "negu",
        "nega",
        "nigu",
        "rapa",
        "rape",
    )
)


def _word(random: Random) -> str:
    while True:
        word = "".join(random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(2))
        if word not in _UNWANTED:
            return word


def make_reference(random: Random) -> str:
    """A handle such as `LUMO-TIRA-42`: about 2 billion of them; the caller draws again on a clash."""
    return f"{_word(random)}-{_word(random)}-{random.randrange(10, 100)}".upper()
