"""Versions of question sets as figures keep them: what can be added, and what is the same questions.

A version reads "govuk-2022-en-1" for the shipped set and "govuk-2022-en-1 set 3-a3f2" for a body's own third,
whose wordings have the mark a3f2; figures of several sets name each, with a semicolon between.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 200


def family_of(version: str) -> str:
    """What counts can be added within: sets that choose among the same shipped questions."""
    return version.partition(" ")[0]


def same_questions(versions: str) -> frozenset[str]:
    """Equal where the same questions were asked in the same wordings, whatever bodies number them, and whatever
    reasons they gave.
    """
    return frozenset(
        f"{family_of(one)} {one.rpartition('-')[2]}" if " set " in one else one for one in versions.split("; ")
    )


def versions_line(versions: Sequence[str]) -> str:
    """The versions of the question set, each once, in the order given, as one line of at most 200 characters."""
    distinct = list(dict.fromkeys(one for line in versions for one in line.split("; ")))
    line = "; ".join(distinct)
    return line if len(line) <= _LONGEST else f"{distinct[0]} and {len(distinct) - 1} others"
