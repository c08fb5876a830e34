"""What the application form holds about the writer, and the forms of a name that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations, permutations

from recruitment.rules.redaction.folding import fold, spellings

_LETTERS = re.compile(r"[^\W\d_]+")
LONG_ENOUGH_INSIDE = 6
"""Letters from which a name is looked for inside longer words."""
LONG_ENOUGH_ALONE = 3
"""Letters from which a name may not stay readable as a word."""
LONG_ENOUGH_ADDRESS = 5
"""Characters from which an e-mail address's local part may not stay readable anywhere."""


@dataclass(frozen=True)
class Education:
    """A place of study and its years, as typed."""

    institution: str
    from_year: str = ""
    to_year: str = ""


@dataclass(frozen=True)
class KnownValues:
    """What the form holds; anything may be empty."""

    full_name: str = ""
    preferred_name: str = ""
    previous_names: tuple[str, ...] = ()
    email: str = ""
    phones: tuple[str, ...] = ()
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    date_of_birth: date | None = None
    national_insurance_number: str = ""
    education: tuple[Education, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the form holds."""
        every = (self.full_name, self.preferred_name, *self.previous_names)
        return tuple(dict.fromkeys(name for name in every if name.strip()))


@dataclass(frozen=True)
class NameForms:
    """Folded forms of the known names."""

    certain: frozenset[str]
    """Words that are a part of a name and nothing else."""
    ordinary: frozenset[str]
    """Parts of a name that are ordinary words as well."""
    glued: frozenset[str]
    """Parts written together, or with an initial, as in handles."""
    inside: frozenset[str]
    """Forms long enough to be looked for inside longer words."""
    letters: frozenset[str]
    """First letters of all words of the names."""
    particles: frozenset[str]
    initials: frozenset[str]
    """All initials of a name in order, and first with last: two letters or more."""
    local_part: str
    """The e-mail address's local part, if long enough to tell."""

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every part of a name."""
        return self.certain | self.ordinary

    @cached_property
    def readable(self) -> frozenset[str]:
        """Every form that may not stay readable, in all its letters."""
        words = (part for part in self.parts if len(part) >= LONG_ENOUGH_ALONE)
        return frozenset(words) | self.glued | self.inside | ({self.local_part} - {""})


def name_forms(
    known: KnownValues,
    ordinary_words: frozenset[str],
    particles: frozenset[str],
    diminutives: frozenset[str] = frozenset(),
) -> NameForms:
    """The forms of the known names. A name has few words: combinations are taken of its first eight."""
    parts: set[str] = set()
    glued: set[str] = set()
    initials: set[str] = set()
    first_letters: set[str] = set()
    for name in known.names:
        for words in _spelt(name):
            parts.update(word for word in words if len(word) >= 2)
            glued.update(_written_together(words[:8], ordinary_words))
            letters = [word[0] for word in words]
            first_letters.update(letters)
            if len(letters) >= 2:
                initials |= {
                    "".join(letters),
                    letters[0] + letters[-1],
                    *_shorter_initials(letters[:_MOST_INITIALS]),
                }
    short = set(_short_forms(known, diminutives)) - parts
    ordinary = {part for part in parts if part in ordinary_words} | {
        form for form in short if form in ordinary_words or len(form) <= _SHORTEST_DIMINUTIVE
    }
    certain = (parts | short) - ordinary
    inside = {form for form in (certain - short) | glued if len(form) >= LONG_ENOUGH_INSIDE}
    local = fold(known.email.partition("@")[0].strip()).text
    return NameForms(
        certain=frozenset(certain),
        ordinary=frozenset(ordinary),
        glued=frozenset(glued - parts),
        inside=frozenset(inside),
        letters=frozenset(first_letters),
        particles=frozenset(parts & particles),
        initials=frozenset(initials),
        local_part=local if _is_telling(local) else "",
    )


_MOST_INITIALS = 7


def _shorter_initials(letters: list[str]) -> Iterable[str]:
    """Initials without some of the middle names, three letters or more."""
    first, *rest = letters
    for size in range(2, len(rest) + 1):
        yield from (first + "".join(chosen) for chosen in combinations(rest, size))


_SHORTEST_DIMINUTIVE = 3
"""Letters up to which a short form counts as an ordinary word: hidden with a capital only."""


def _short_forms(known: KnownValues, diminutives: frozenset[str]) -> Iterable[str]:
    """Other forms of the given names: all words of a name but its last, and the whole preferred name."""
    given = {
        word
        for name in known.names
        for words in _spelt(name)
        for word in (words if name == known.preferred_name else words[:-1] or words)
    }
    groups = _by_name(diminutives)
    for name in given:
        for group in groups.get(name, ()):
            yield from group


@lru_cache(maxsize=4)
def _by_name(diminutives: frozenset[str]) -> dict[str, list[list[str]]]:
    """The groups of short and full forms in which each name stands."""
    found: dict[str, list[list[str]]] = {}
    for group in map(str.split, sorted(diminutives)):
        for name in group:
            found.setdefault(name, []).append(group)
    return found


def _is_telling(local: str) -> bool:
    """Whether a local part can be looked for: no address has spaces or control characters in it."""
    return len(local) >= LONG_ENOUGH_ADDRESS and local.isprintable() and len(local.split()) == 1


def _spelt(name: str) -> Iterable[list[str]]:
    """The words of a name, once for each way of typing it."""
    return [words for form in sorted(spellings(name)) if (words := _LETTERS.findall(form))]


def _written_together(words: list[str], ordinary_words: frozenset[str]) -> Iterable[str]:
    yield from ("".join(words[i:j]) for i in range(len(words)) for j in range(i + 2, len(words) + 1))
    for first, second in permutations([word for word in words if len(word) >= 2], 2):
        yield first + second
    for word in words:
        # An initial before or after makes an English word of many a short or ordinary one (rain, train).
        if len(word) < 4 or word in ordinary_words:
            continue
        yield word + "s"
        for other in words:
            if other is not word:
                yield other[0] + word
                yield word + other[0]
