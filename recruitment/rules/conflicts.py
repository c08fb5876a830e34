"""Who knows whom: matching what candidates declared with a panel, and ruling on what members declared.

Knowing somebody is not by itself a conflict: the chair decides, the whole panel where it is about the chair, and
what was decided is recorded also when no conflict is found (Commissioner for Public Appointments for Northern
Ireland, guidance on conflicts of interest).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

_TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame lord lady rev revd cllr".split())


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return [
        word for word in re.findall(r"[^\W\d_]+", letters.replace("'", "").replace("’", "")) if word not in _TITLES
    ]


def may_be(declared: str, name: str) -> bool:
    """Whether a declared person may be this member: the family name, and a first name or its initial if given.

    Generous, since a wrong match costs the chair a moment and a missed one costs the panel its fairness.
    """
    told, held = _words(declared), _words(name)
    if not told or not held:
        return False
    family = held[-1]
    if family not in told:
        return False
    others = [word for word in told if word != family and (len(word) > 1 or word == held[0][:1])]
    if not others:
        return True
    first = held[0]
    return any(word == first or first.startswith(word) or word.startswith(first) for word in others)


def ruling(voices: Mapping[str, bool], needed: Collection[str]) -> bool | None:
    """Whether there is a conflict, once everybody needed has spoken; None before. A tie is a conflict."""
    if not needed or not set(needed) <= set(voices):
        return None
    said = [voices[person] for person in needed]
    return 2 * sum(said) >= len(said)


def voices_needed(member: str, chair: str | None, panel: Collection[str]) -> frozenset[str]:
    """Who rules on what a member declared: the chair, or everybody else where the member is the chair."""
    if chair is None:
        return frozenset()
    return frozenset({chair}) if member != chair else frozenset(panel) - {chair}
