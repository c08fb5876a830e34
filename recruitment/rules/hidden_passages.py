"""Passages that candidates hide in their own answers, over and above what redaction hides (design, "preview")."""

from __future__ import annotations

import re
from collections.abc import Iterable

Passages = tuple[tuple[int, int], ...]


def occurrences(text: str, passage: str) -> Passages:
    """Every place [start, end) of a passage, whatever its capitals and line breaks.

    Whole words first; inside words only where it stands nowhere by itself.
    """
    words = [re.escape(word) for word in passage.split()]
    if not words:
        return ()
    anywhere = r"\s+".join(words)
    for pattern in (rf"(?<!\w){anywhere}(?!\w)", anywhere):
        found = tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
        if found:
            return found
    return ()


def hide_also(text: str, hidden: Iterable[tuple[int, int]], passage: str) -> Passages:
    """The hidden passages with every occurrence of one more; unchanged when it does not occur."""
    return tuple(sorted({*hidden, *occurrences(text, passage)}))


def own_passages(text: str, hidden: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The words of the hidden passages, each once, in the order of the text."""
    found = {" ".join(text[start:end].split()).casefold(): text[start:end] for start, end in sorted(hidden)[::-1]}
    return tuple(list(found.values())[::-1])


def show_again(text: str, hidden: Iterable[tuple[int, int]], passage: str) -> Passages:
    """The hidden passages without those that read like this one."""
    wanted = " ".join(passage.split()).casefold()
    return tuple((start, end) for start, end in hidden if " ".join(text[start:end].split()).casefold() != wanted)


def follow_change(old: str, new: str, hidden: Iterable[tuple[int, int]]) -> Passages:
    """The passages of a changed text, found again by their words; those that are gone are dropped."""
    moved: Passages = ()
    for passage in own_passages(old, hidden):
        moved = hide_also(new, moved, passage)
    return moved
