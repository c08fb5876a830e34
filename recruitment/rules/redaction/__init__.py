"""Redaction: what shortlisters may read of a text, from the text and what the form holds about its writer."""

from recruitment.rules.redaction.kinds import LABELS, REASONS, Kind
from recruitment.rules.redaction.known import Education, KnownValues
from recruitment.rules.redaction.redact import redact
from recruitment.rules.redaction.spans import MARKER, Action, Passage, Piece, Redaction, Replaced, Shown, Span
from recruitment.rules.redaction.wordlists import WordListError, WordLists, build_word_lists

__all__ = [
    "LABELS",
    "MARKER",
    "REASONS",
    "Action",
    "Education",
    "Kind",
    "KnownValues",
    "Passage",
    "Piece",
    "Redaction",
    "Replaced",
    "Shown",
    "Span",
    "WordListError",
    "WordLists",
    "build_word_lists",
    "redact",
]
