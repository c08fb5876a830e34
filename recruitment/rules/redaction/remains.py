"""The last check: a known word that would still be readable takes its sentence with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.folding import LETTERS, Folded, fold, holds_any
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import LONG_ENOUGH_ALONE, NameForms
from recruitment.rules.redaction.sentences import Sentences
from recruitment.rules.redaction.spans import Action, Span

# Neither letter nor space, so that what stands on both sides of a hidden passage never makes one word.
_BLANK = "\x00"


def find_remains(text: str, spans: Sequence[Span], forms: NameForms, sentences: Sentences) -> Iterator[Span]:
    """The sentence of each known word that the spans leave readable."""
    folded = fold(_blanked(text, spans))
    for at, end in _readable(text, folded, forms, sentences):
        start, stop = folded.bounds(at, end)
        first, _ = sentences.around(start)
        _, last = sentences.around(stop - 1)
        yield Span(first, last, Kind.NAME, "sentence with a word still readable", Action.HIDE)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        if span.end > at:
            pieces += (text[at : span.start], _BLANK * (span.end - max(at, span.start)))
            at = span.end
    return "".join([*pieces, text[at:]])


def _readable(text: str, folded: Folded, forms: NameForms, sentences: Sentences) -> Iterator[tuple[int, int]]:
    certain = {part for part in forms.certain if len(part) >= LONG_ENOUGH_ALONE} | forms.glued
    ordinary = {part for part in forms.ordinary if len(part) >= LONG_ENOUGH_ALONE}
    is_held = holds_any(folded.text, certain | ordinary) and not folded.letters.isdisjoint(certain | ordinary)
    for match in LETTERS.finditer(folded.text) if is_held else ():
        word = match[0]
        if word in certain:
            yield match.span()
        elif word in ordinary:
            place = folded.at(match.start())
            if text[place].isupper() and not _is_shown_as_a_word(text, place, sentences):
                yield match.span()
    for form in sorted(forms.inside | ({forms.local_part} - {""})):
        at = folded.text.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = folded.text.find(form, at + len(form))


def _is_shown_as_a_word(text: str, place: int, sentences: Sentences) -> bool:
    """An ordinary word with the capital of a sentence's start, or among capitals, tells no name."""
    start, end = sentences.around(place)
    return sentences.is_start(place) or text[start:end].isupper()
