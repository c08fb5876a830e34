"""Redaction: what shortlisters may read of a text, from the text and what the form holds about its writer."""

from recruitment.rules.redaction.known import Education, KnownValues
from recruitment.rules.redaction.redact import redact
from recruitment.rules.redaction.spans import MARKER, Action, Passage, Piece, Redaction, Shown, Span
from recruitment.rules.redaction.wordlists import WordListError, WordLists, build_word_lists

__all__ = [
    "MARKER",
    "Action",
    "Education",
    "KnownValues",
    "Passage",
    "Piece",
    "Redaction",
    "Shown",
    "Span",
    "WordListError",
    "WordLists",
    "build_word_lists",
    "redact",
]
