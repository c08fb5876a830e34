"""Redaction of one text: certain rules, doubtful ones on what is left, then a check of what is readable."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recruitment.rules.redaction.addresses import find_addresses
from recruitment.rules.redaction.ages import find_ages_beside
from recruitment.rules.redaction.clauses import Clauses, Whole
from recruitment.rules.redaction.closure import close
from recruitment.rules.redaction.clubs import find_clubs
from recruitment.rules.redaction.details import find_known_details, find_town_beside
from recruitment.rules.redaction.direct_ends import find_direct, find_direct_ends
from recruitment.rules.redaction.folding import Folded, fold, holds_any
from recruitment.rules.redaction.forms import (
    find_dates_of_birth,
    find_emails,
    find_in_words,
    find_postcodes,
    find_state_numbers,
    find_telephones,
    find_web_addresses,
)
from recruitment.rules.redaction.gaps import find_gaps
from recruitment.rules.redaction.interests import find_interests
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import KnownValues, NameForms, name_forms
from recruitment.rules.redaction.labels import find_labelled, keep_labels, labels_in
from recruitment.rules.redaction.name_shapes import find_around_names
from recruitment.rules.redaction.names import find_handles, find_names
from recruitment.rules.redaction.names_again import find_again
from recruitment.rules.redaction.numbers import find_personal_numbers
from recruitment.rules.redaction.others import find_others
from recruitment.rules.redaction.own_details import find_own_details, find_signed
from recruitment.rules.redaction.pronouns import find_own_pronouns, is_reference
from recruitment.rules.redaction.referees import (
    find_authors,
    find_greeted,
    find_lettered,
    find_named_inline,
    find_referees,
)
from recruitment.rules.redaction.remains import find_remains
from recruitment.rules.redaction.remnants import find_remnants
from recruitment.rules.redaction.second_reader import give_back, read_again
from recruitment.rules.redaction.sentences import split_sentences
from recruitment.rules.redaction.signs import find_signs
from recruitment.rules.redaction.spans import (
    MARKER,
    Action,
    Redaction,
    Span,
    cut,
    ordered,
    runs,
    settled,
    with_more,
)
from recruitment.rules.redaction.spread import find_rest, settle_doubts
from recruitment.rules.redaction.study import find_study
from recruitment.rules.redaction.study_lines import find_below_degrees, find_study_lines
from recruitment.rules.redaction.study_zones import find_study_zones
from recruitment.rules.redaction.titled import find_titled
from recruitment.rules.redaction.welsh import find_welsh, without_welsh
from recruitment.rules.redaction.wordlists import WordLists

_MARKED = re.compile(re.escape(MARKER))
_HOLE = "\x00"


def redact(
    text: str,
    known: KnownValues,
    lists: WordLists,
    *,
    also_hide: Sequence[tuple[int, int]] = (),
    disputed: Sequence[tuple[int, int]] = (),
) -> Redaction:
    """Hide what tells who wrote a text, and flag what could.

    `also_hide`: places [start, end) that the candidate chose; `disputed`: hidden places of which the candidate
    says that they were hidden wrongly, which a person may then restore.
    """
    forms = name_forms(known, lists.ordinary_words, lists.particles, lists.diminutives)
    sentences, folded = split_sentences(text), fold(text)
    whole = Whole(text, sentences)
    asked = [Span(start, end, Kind.ASKED, "asked by the candidate", Action.HIDE) for start, end in also_hide]
    spans = ordered(text, [*asked, *_certain(whole, folded, known, forms)])
    spans = with_more(text, spans, _doubtful(whole, folded, spans, known, lists))
    spans = _with(text, spans, [*find_authors(text, list(spans)), *find_own_pronouns(text, spans)])
    spans = _with(text, spans, [*find_ages_beside(text, spans)])
    spans = _with(text, spans, [*close(whole, spans, lists)])
    spans = _with(text, spans, [*find_direct_ends(text, spans, lists)])
    spans = _with(text, spans, [*find_study_zones(whole, spans, lists)])
    spans = _with(text, spans, without_welsh(whole, [*find_signs(whole, spans, lists)]))
    spans = _with(text, spans, [*find_welsh(whole, known, lists.welsh)])
    spans = _with(text, spans, [*find_remnants(whole, spans, lists)])
    spans = _with(text, spans, [*find_gaps(text, spans, lists)])
    spans = give_back(whole, spans, lists.weights)
    spans = _with(text, spans, [*read_again(whole, spans, lists.weights)])
    may_remain = holds_any(folded.text, forms.readable)
    while may_remain and (remains := list(find_remains(text, spans, forms, sentences))):
        spans = with_more(text, spans, remains)
    spans = settled(text, spans)
    return Redaction(text, spans, cut(text, spans, disputed))


def _with(text: str, spans: tuple[Span, ...], more: Sequence[Span]) -> tuple[Span, ...]:
    return with_more(text, spans, more) if more else spans


_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def _by_form(text: str) -> Iterator[Span]:
    yield from find_emails(text)
    yield from find_web_addresses(text)
    yield from find_telephones(text)
    yield from find_postcodes(text)
    yield from find_state_numbers(text)
    yield from find_in_words(text)


def _certain(whole: Whole, folded: Folded, known: KnownValues, forms: NameForms) -> list[Span]:
    text, sentences = whole.text, whole.sentences
    spans = [
        Span(*match.span(), Kind.HIDDEN_BEFORE, "hidden before", Action.HIDE) for match in _MARKED.finditer(text)
    ]
    spans += _by_form(text)
    spans += find_dates_of_birth(text, known.date_of_birth)
    spans += find_known_details(folded, known)
    spans += find_town_beside(text, folded, known, list(spans))
    spans += find_names(text, folded, forms, sentences)
    # Invisible characters stand inside words (soft hyphens), but also between them (marks of direction).
    apart = _INVISIBLE.sub(" ", text)
    if apart != text:
        spans += find_names(apart, fold(apart), forms, sentences)
    spans += find_handles(text, spans)
    spans += find_around_names(text, list(spans))
    spans += find_addresses(text, whole.capitals, spans)
    spans += find_direct(text, whole.capitals, forms)
    spans += find_own_details(text)
    return spans


@dataclass(frozen=True)
class _Rest:
    """The text with each hidden run as one character, so that no rule can tell names apart by length."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        index = bisect_right(self.starts, position) - 1
        return self.origins[index] + position - self.starts[index]


def _without_hidden(text: str, spans: Sequence[Span]) -> _Rest:
    pieces: list[str] = []
    starts, origins = [0], [0]
    at = length = 0
    for start, end, _ in runs(text, spans):
        pieces += (text[at:start], _HOLE)
        length += start - at
        starts += (length, length + 1)
        origins += (start, end)
        at, length = end, length + 1
    return _Rest("".join([*pieces, text[at:]]), tuple(starts), tuple(origins))


def _is_glued(text: str, hidden: Sequence[Span]) -> bool:
    """Whether something hidden touches a letter or figure that stays."""
    return any(
        text[span.start - 1 : span.start].isalnum() or text[span.end : span.end + 1].isalnum() for span in hidden
    )


def _doubtful(
    whole: Whole, folded: Folded, hidden: Sequence[Span], known: KnownValues, lists: WordLists
) -> Iterator[Span]:
    text, rest = whole.text, _without_hidden(whole.text, hidden)
    if hidden:
        folded, whole = fold(rest.text), Whole(rest.text, split_sentences(rest.text))
    tokens, breaks, clauses = whole.tokens, whole.sentences.starts, whole.clauses
    if is_reference(text, hidden):
        tokens = tokens.with_writer_in_third_person()
        clauses = Clauses(rest.text, tokens)
    labelled, capitals = labels_in(rest.text), whole.capitals
    found = [
        # Once more: what a name was glued to may now stand free.
        *(_by_form(rest.text) if _is_glued(text, hidden) else ()),
        *find_personal_numbers(rest.text),
        *find_labelled(rest.text, labelled),
        *lists.telling.own(tokens, breaks, lists.phrases.find(tokens)),
        *lists.telling.find(tokens, breaks),
        *find_titled(rest.text, lists),
        *find_greeted(rest.text, lists),
        *find_referees(rest.text, lists),
        *find_lettered(rest.text, capitals, lists),
        *find_named_inline(rest.text, lists),
        *find_others(rest.text, lists),
        *find_signed(rest.text, lists.given_names, lists.ordinary_given_names),
        *find_study(rest.text.replace(_HOLE, "X"), folded, known.education, lists),
        *find_study_lines(rest.text, lists),
        *find_below_degrees(rest.text, lists),
        *find_clubs(rest.text, capitals, lists.telling),
        *find_interests(rest.text, lists.telling, lists.telling.bodies),
    ]
    found += find_again(rest.text, found, lists)
    found = list(settle_doubts(tokens, clauses, found, lists.telling))
    found += find_rest(tokens, clauses, found, lists.telling)
    found += lists.private.find(tokens, clauses, found, lists.telling)
    found += lists.doubts.find(tokens, breaks, found, lists.telling)
    for span in keep_labels(rest.text, found, labelled):
        start, end = rest.origin(span.start), rest.origin(span.end - 1) + 1
        yield Span(start, end, span.kind, span.rule, span.action, span.replacement)
