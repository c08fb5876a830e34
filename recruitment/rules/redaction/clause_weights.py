"""What a trained reader sees of a clause, and how much each thing it sees weighs.

The weights are a logistic regression's, trained by `tests/support/train_second_reader.py` on texts written for
this project, and stand in `weights/second_reader.txt` where a person can read them. A clause's score is their
sum: the log odds that it tells something of its writer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.subjects import AUXILIARIES, FIRST, OTHERS, STATES, WORKS
from recruitment.rules.redaction.tokens import Tokens

FIELDS = (
    "ages_told aids belongings colours conditions countries faiths far_places jobs_of_people languages marriages "
    "members_told observances orientations other_headings parties peoples persons posts_by_sex pregnancies "
    "private_age private_belonging private_faith private_family private_gender private_health private_origin "
    "private_politics professional_bodies qualifications ranks relatives role_words sexes study_headings "
    "study_words subjects telling_languages titles transitions treatments union_roles unions worship"
).split()
"""Word lists whose words weigh alike, so that those never met in training weigh too."""

_OF_A_CLAUSE = ("works", "others", "first", "evidence")
_FEWEST_WORDS = (3, 6, 12, 20)
_LENGTHS = ("#len0", "#len1", "#len2", "#len3", "#len4")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "'s")
_SHORTEST_STEM = 4
_OPENINGS = frozenset({"i", "we"})


class WeightsError(ValueError):
    """A line of the weights cannot be read."""


class Clause(NamedTuple):
    """What is read of a clause: some of a text's tokens, and signs of what stands around them."""

    tokens: Tokens
    places: Sequence[int]
    signs: tuple[str, ...] = ()


class _Word(NamedTuple):
    """What one word adds: always, where the writer stands in the clause, where others do, and by the next word."""

    always: float
    with_writer: float
    with_others: float
    before: Mapping[str, float]


@dataclass
class ClauseWeights:
    """Weights by what is seen; `fields`: for a word the lists in which it stands; `kinds`: what a thing tells."""

    weights: Mapping[str, float]
    kinds: Mapping[str, Kind]
    fields: Mapping[str, tuple[str, ...]]
    _words: dict[str, _Word] = field(default_factory=dict)

    def seen(self, clause: Clause) -> Iterator[str]:
        """Everything seen of a clause, by name: words, stems, pairs, fields and signs, as often as they stand."""
        words = _words(clause)
        has_writer, has_others = not FIRST.isdisjoint(words), not OTHERS.isdisjoint(words)
        before = "^"
        for word in words:
            yield word
            yield f"{before} {word}"
            stem = _stem(word)
            if stem != word:
                yield f"{stem}-"
            for name in self.fields.get(word, ()):
                yield f"@{name}"
                if name not in _OF_A_CLAUSE:
                    if has_writer:
                        yield f"@{name}+I"
                    if has_others:
                        yield f"@{name}+they"
            before = word
        yield f"{before} $"
        yield from _signs(clause, words, has_writer, has_others)

    def score(self, clause: Clause) -> float:
        """The log odds that a clause tells something: the sum of the weights of all that is seen."""
        words = _words(clause)
        has_writer, has_others = not FIRST.isdisjoint(words), not OTHERS.isdisjoint(words)
        known, weights = self._words, self._weights_of_signs
        total = weights.get("#bias", 0.0)
        following: Mapping[str, float] = self._pairs["^"]
        for word in words:
            always, with_writer, with_others, before = known.get(word) or self._weigh(word)
            total += always
            if has_writer:
                total += with_writer
            if has_others:
                total += with_others
            if word in following:
                total += following[word]
            following = before
        total += following.get("$", 0.0)
        for sign in _signs(clause, words, has_writer, has_others):
            if sign in weights:
                total += weights[sign]
        return total

    @cached_property
    def _weights_of_signs(self) -> dict[str, float]:
        """The weights of signs, which are few: they stay in a processor's cache."""
        return {seen: weight for seen, weight in self.weights.items() if seen.startswith("#")}

    @cached_property
    def _pairs(self) -> dict[str, dict[str, float]]:
        """The weights of pairs, by their first word."""
        found: dict[str, dict[str, float]] = {"^": {}}
        for seen, weight in self.weights.items():
            first, _, second = seen.partition(" ")
            if second:
                found.setdefault(first, {})[second] = weight
        return found

    def kind(self, clause: Clause) -> Kind:
        """What a clause tells most by the weights of what is seen: FAMILY where nothing says."""
        found: dict[Kind, float] = {}
        for each in self.seen(clause):
            kind = self.kinds.get(each)
            if kind is not None:
                found[kind] = found.get(kind, 0.0) + self.weights[each]
        return max(found, key=lambda kind: (found[kind], kind), default=Kind.FAMILY)

    def _weigh(self, word: str) -> _Word:
        weights, fields = self.weights, self.fields.get(word, ())
        stem = _stem(word)
        always = weights.get(word, 0.0) + (weights.get(f"{stem}-", 0.0) if stem != word else 0.0)
        with_writer = with_others = 0.0
        if fields:
            always += sum(weights.get(f"@{name}", 0.0) for name in fields)
            with_writer = sum(weights.get(f"@{name}+I", 0.0) for name in fields if name not in _OF_A_CLAUSE)
            with_others = sum(weights.get(f"@{name}+they", 0.0) for name in fields if name not in _OF_A_CLAUSE)
        weighed = _Word(always, with_writer, with_others, self._pairs.get(word, _NOTHING))
        weighed = weighed if any(weighed) else _WEIGHS_NOTHING
        if len(self._words) < _MOST_REMEMBERED:
            self._words[word] = weighed
        return weighed


_MOST_REMEMBERED = 30_000
_NOTHING: Mapping[str, float] = {}
_WEIGHS_NOTHING = _Word(0.0, 0.0, 0.0, _NOTHING)


def _words(clause: Clause) -> list[str]:
    """The words of a clause, each number as one of four."""
    tokens, words = clause.tokens, clause.tokens.words
    return [_number(tokens, at) if (word := words[at]).isdecimal() else word for at in clause.places]


def _number(tokens: Tokens, at: int) -> str:
    word = tokens.words[at]
    if len(word) == 4 and word[:2] in ("19", "20"):
        return f"#{word[:2]}"
    text, start, end = tokens.text, tokens.starts[at], tokens.ends[at]
    return (
        "#figure" if len(word) > 2 or text[start - 1 : start] in ("£", "$") or text[end : end + 1] == "%" else "#"
    )


def _signs(clause: Clause, words: Sequence[str], has_writer: bool, has_others: bool) -> list[str]:
    signs = [*clause.signs]
    if has_writer:
        signs.append("#I")
    if has_others:
        signs.append("#they")
    if words[0] in _OPENINGS and len(words) > 1:
        signs.append(_opening(words[1]))
    signs.append(_LENGTHS[bisect_right(_FEWEST_WORDS, len(words))])
    text, starts, places = clause.tokens.text, clause.tokens.starts, clause.places
    # The first word may owe its capital to its place.
    signs += [
        "#capital"
        for at, word in zip(places[1:], words[1:], strict=True)
        if text[starts[at]].isupper() and word not in FIRST
    ]
    return signs


def _opening(verb: str) -> str:
    if verb in STATES or verb in AUXILIARIES:
        return "#I am"
    return "#I did" if verb.endswith("ed") or verb in WORKS else "#I"


def _stem(word: str) -> str:
    if not word.endswith(_ENDINGS):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def word_fields(lists: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """For each word that stands alone in a list, the lists in which it stands."""
    found: dict[str, list[str]] = {}
    for name in FIELDS:
        for word in sorted(lists.get(name, ())):
            if " " not in word and "-" not in word:
                found.setdefault(word, []).append(name)
    sets = (WORKS, OTHERS, FIRST, lists.get("evidence", frozenset()))
    for name, words in zip(_OF_A_CLAUSE, sets, strict=True):
        for word in sorted(words):
            if " " not in word:
                found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def read_weights(text: str, lists: Mapping[str, frozenset[str]]) -> ClauseWeights:
    """The weights from a file's text: a line each of weight, what is seen and perhaps a kind, parted by tabs.

    Lines beginning with "# " are comments. WeightsError names a line that cannot be read.
    """
    weights: dict[str, float] = {}
    kinds: dict[str, Kind] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        weight, _, rest = line.partition("\t")
        seen, _, kind = rest.partition("\t")
        try:
            weights[seen] = float(weight)
            if kind:
                kinds[seen] = Kind(kind)
        except ValueError as error:
            raise WeightsError(f"Line {number} of the weights cannot be read: {line!r}.") from error
    return ClauseWeights(weights, kinds, word_fields(lists))
