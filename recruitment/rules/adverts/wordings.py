"""Where the listed wordings, plainer words and unexplained acronyms stand in a part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from recruitment.rules.adverts.hits import Hit, Part, PartKind, Severity
from recruitment.rules.adverts.lists import BOTH, AdvertLists, Wording
from recruitment.rules.adverts.patterns import Pattern
from recruitment.rules.adverts.texts import Sentence, fold, sentence_around, sentences_of

_ACRONYM = re.compile(r"(?<![\w&/+-])(?=[A-Z0-9&+]*[A-Z][A-Z0-9&+]*[A-Z])[A-Z][A-Z0-9&+]{1,6}(?![\w&+-])")
_LONGEST_ACRONYM = 5  # letters of one that stands in a line of capitals
_SHOUTED = 3  # words in capitals beside each other are shouting, not acronyms


class Place:
    """A part's text made plain, with its sentences."""

    def __init__(self, part: Part) -> None:
        self.part, self.text = part, fold(part.text)
        self.sentences = sentences_of(self.text)

    def context(self, start: int) -> str:
        found = self.sentence(start)
        return self.part.text[found.start : found.end] if found else ""

    def sentence(self, start: int) -> Sentence | None:
        return sentence_around(self.sentences, start)

    def hit(self, start: int, end: int, rule: str, reason: str, suggestion: str,
            severity: Severity = Severity.ASKS) -> Hit:  # fmt: skip
        words = self.part.text[start:end]
        return Hit(self.part.key, start, end, words, rule, reason, suggestion, severity, self.context(start))


def find_wordings(places: Sequence[Place], lists: AdvertLists) -> Iterator[Hit]:
    """Exclusionary wording and requirements, each place once for a rule: the longest match there."""
    whole = "\n".join(place.text for place in places)
    for wording in lists.wordings:
        if _matches(wording.unless_advert, whole):
            continue
        for place in places:
            if wording.applies in (BOTH, place.part.kind.value):
                yield from _hits(place, wording)


def _hits(place: Place, wording: Wording) -> Iterator[Hit]:
    spared = _spans(wording.exceptions, place.text)
    last = 0
    for start, end in _longest(_spans(wording.patterns, place.text)):
        if start < last or any(first <= start and end <= until for first, until in spared):
            continue
        sentence = place.sentence(start)
        if sentence and _matches(wording.unless_sentence, place.text[sentence.start : sentence.end]):
            continue
        last = end
        yield place.hit(start, end, wording.rule, wording.reason, wording.suggestion, wording.severity)


def _spans(patterns: Iterable[Pattern], text: str) -> list[tuple[int, int]]:
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _matches(patterns: Iterable[Pattern], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def find_plainer_words(places: Iterable[Place], lists: AdvertLists) -> Iterator[Hit]:
    for place in places:
        for pattern, instead in lists.plain_words:
            for match in pattern.finditer(place.text):
                yield place.hit(
                    *match.span(),
                    "plain_word",
                    "Harder to read than it need be; GOV.UK style asks for plain English.",
                    f"Instead: {instead}.",
                )


def find_acronyms(places: Sequence[Place], lists: AdvertLists) -> Iterator[Hit]:
    """Each acronym once, where it stands first, unless candidates know it or it is explained anywhere."""
    whole = "\n".join(place.text for place in places)
    told: set[str] = set()
    for place in places:
        for match in _ACRONYM.finditer(place.text):
            acronym = match.group()
            base = acronym.rstrip("0123456789") or acronym
            if acronym in told or {acronym, base} & lists.known_acronyms or _is_shouted(place.text, match):
                continue
            told.add(acronym)
            if not _is_explained(acronym, whole):
                yield place.hit(
                    *match.span(),
                    "unexplained_acronym",
                    "People from outside may not know what it stands for.",
                    "Write it out where it stands first, with the letters in brackets after it.",
                )


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Whether the acronym stands in a heading or a cry in capitals."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    words = re.findall(r"[^\W\d_]{2,}", line)
    is_long = len(words) >= _SHOUTED or (len(words) > 1 and any(len(word) > _LONGEST_ACRONYM for word in words))
    return is_long and all(word.isupper() for word in words)


def _is_explained(acronym: str, whole: str) -> bool:
    """ "Full words (ABC)" or "ABC (full words)": the letters open words that stand next to them."""
    letters = [letter for letter in acronym.lower() if letter.isalpha()]
    for match in re.finditer(rf"\(\s*{re.escape(acronym)}s?\s*\)", whole):
        before = re.findall(r"[^\W\d_]+", whole[max(0, match.start() - 120) : match.start()].lower())
        if _opens(letters, before[-2 * len(letters) :]):
            return True
    for match in re.finditer(rf"(?<!\w){re.escape(acronym)}\s*(?:\(|[-–:]\s)", whole):
        after = re.findall(r"[^\W\d_]+", whole[match.end() : match.end() + 120].lower())
        if _opens(letters, after[: 2 * len(letters)]):
            return True
    return False


def _opens(letters: Sequence[str], words: Iterable[str]) -> bool:
    """Whether the letters begin some of the words, in order."""
    waiting = iter(letters)
    wanted = next(waiting, None)
    for word in words:
        if wanted is not None and word[0] == wanted:
            wanted = next(waiting, None)
    return wanted is None


def find_long_sentences(places: Iterable[Place], most: int, far_too_many: int) -> Iterator[Hit]:
    for place in places:
        for sentence in place.sentences:
            if sentence.words <= most:
                continue
            rule = "very_long_sentence" if sentence.words > far_too_many else "long_sentence"
            limit = far_too_many if sentence.words > far_too_many else most
            yield place.hit(
                sentence.start,
                sentence.end,
                rule,
                f"{sentence.words} words in one sentence; more than {limit} are hard to follow.",
                "Split it into sentences, or make a list of it.",
            )


def places_of(parts: Iterable[Part], kind: PartKind | None = None) -> list[Place]:
    return [Place(part) for part in parts if kind is None or part.kind is kind]
