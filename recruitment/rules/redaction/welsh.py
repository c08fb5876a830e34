"""What writers tell of themselves in Welsh: flagged, for a person to decide.

A sentence is taken as Welsh by its small words. In it, a word of `words/welsh.txt` after a first person is flagged
to the end of its clause, whatever its mutation; so are an age, a birth, a home, and a place and year of study.
Every window is bounded, so the time is proportional to the text's length.

Mutations: Peter Wynn Thomas, "Gramadeg y Gymraeg" (soft, nasal and aspirate, of the consonants that change).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recruitment.rules.redaction.clauses import Whole
from recruitment.rules.redaction.folding import in_small_letters
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import KnownValues
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.tokens import Tokens

_SMALL = frozenset(
    "yn yr y o mae wedi oedd roedd rwy rwy'n rwyf rydw dw dwi wyf ydw fy gyda ac fel gan gen gennyf ei eu ein hyn "
    "sydd sy'n yw yw'r ym yng o'r i'r a'r i'n ar bûm bues roeddwn oeddwn cefais ces oed dros ond pan nad nid "
    "mewn".split()
)
_FIRST = frozenset(
    "rwy rwy'n rwyf rydw dw dwi wyf ydw bûm bues roeddwn oeddwn byddaf gen gennyf cefais ces fy mod i'n ganwyd "
    "magwyd".split()
)
# What comes between when somebody else is spoken of: "rwyf wedi cefnogi pobl anabl".
_OTHERS = frozenset(
    "pobl bobl phobl cleifion gleifion cleientiaid gleientiaid defnyddwyr ddefnyddwyr teuluoedd deuluoedd "
    "disgyblion ddisgyblion myfyrwyr fyfyrwyr cefnogi helpu cynghori gweithio gofalu arwain rheoli addysgu dysgu "
    "gyda ynghylch gwasanaeth gwasanaethau wasanaethau polisi bolisi hyfforddiant strategaeth".split()
)
_ENDS = frozenset("ac a ond oherwydd gan achos felly tra".split())
_FARTHEST, _FARTHEST_AFTER_MY, _LONGEST_END = 6, 2, 6
_FEWEST_SMALL = 2
_SENTENCE = re.compile(r"[^.!?\n]+")
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AGE = re.compile(r"(?<!\d)\d{2} (?:m?lwydd )?oed\b")
_BORN = re.compile(r"\b(?:(?:fy )?ng?eni|ganwyd fi|ganed fi|fy magu|magwyd fi)\b.{0,60}")
_HOME = re.compile(
    r"(?i)\b(?:rwy['’]n|rwyf yn|dw i['’]n|rydw i['’]n|rwyf i['’]n) byw (?:yn|ym|yng|ar) [^,;\n]{1,40}"
)
_PLACE = re.compile(
    r"\b(?:[PB]rifysgol|[MP]hrifysgol|[CG]oleg|Ngholeg|Choleg|Ysgol)(?: (?:y|yr|[A-ZÂÊÎÔÛŴŶ][\w'’-]{1,30})){1,5}"
)
_STUDIED = re.compile(
    r"(?i)\b(?:astudi|raddi|graddi|radd\b|gradd\b|myfyri|fyfyri|mynych|fynych|disgybl|ddisgybl|tgau)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CHANGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ll", ("l",)), ("rh", ("r",)), ("c", ("g", "ngh", "ch")), ("p", ("b", "mh", "ph")), ("t", ("d", "nh", "th")),
    ("g", ("", "ng")), ("b", ("f", "m")), ("d", ("dd", "n")), ("m", ("f",)),
)  # fmt: skip
_UNCHANGED = ("ch", "ph", "th", "dd", "ng")


def mutations(word: str) -> tuple[str, ...]:
    """A word in lower case and its mutated forms: "gŵr", "ŵr", "ngŵr"."""
    if word.startswith(_UNCHANGED):
        return (word,)
    for first, changed in _CHANGES:
        if word.startswith(first):
            return (word, *(each + word[len(first) :] for each in changed))
    return (word,)


@dataclass(frozen=True)
class WelshWords:
    """Every form of every word, by its words: ("cadair", "olwyn") → its kind."""

    kinds: Mapping[tuple[str, ...], Kind]
    longest: int

    def at(self, words: Sequence[str], place: int) -> tuple[int, Kind] | None:
        """How many words a telling one takes at a place, and its kind."""
        for length in range(min(self.longest, len(words) - place), 0, -1):
            kind = self.kinds.get(tuple(words[place : place + length]))
            if kind is not None:
                return length, kind
        return None


def read_welsh(text: str) -> WelshWords:
    """The words of `welsh.txt`: a heading `== kind` before those of each kind. ValueError for an unknown kind."""
    kinds: dict[tuple[str, ...], Kind] = {}
    kind = None
    for line in text.splitlines():
        if line.startswith("=="):
            kind = Kind(line[2:].strip())
        elif kind is not None and not line.startswith("#"):
            for entry in filter(None, (each.strip().lower() for each in line.split(","))):
                first, *rest = entry.split()
                kinds.update({(form, *rest): kind for form in mutations(first)})
    return WelshWords(kinds, max((len(words) for words in kinds), default=0))


def is_welsh(sentence: str) -> bool:
    """Whether a sentence has two or more of the small words, a sixth of its words."""
    words = [match[0].lower().replace("’", "'") for match in _TOKEN.finditer(sentence)]
    small = sum(1 for word in words if word in _SMALL)
    return small >= _FEWEST_SMALL and small * 6 >= len(words)


def _may_be_welsh(tokens: Tokens) -> bool:
    """Whether a text has two of the small words anywhere: most have none, and need not be read by sentences."""
    return sum(map(_SMALL.__contains__, tokens.words)) >= _FEWEST_SMALL


def find_welsh(whole: Whole, known: KnownValues, welsh: WelshWords) -> Iterator[Span]:
    """What a writer's Welsh sentences tell, and mutated forms of their town."""
    for sentence in _SENTENCE.finditer(whole.text) if _may_be_welsh(whole.tokens) else ():
        if is_welsh(sentence[0]):
            yield from _in_sentence(sentence[0], sentence.start(), welsh)
    yield from _towns(whole.text, known)


def without_welsh(whole: Whole, spans: Sequence[Span]) -> list[Span]:
    """The spans of a rule for English that do not lie in Welsh: its letters are no sign there, nor is "i"."""
    if not spans:
        return []
    if not _may_be_welsh(whole.tokens):
        return list(spans)
    welsh = [match.span() for match in _SENTENCE.finditer(whole.text) if is_welsh(match[0])]
    return [each for each in spans if not any(low <= each.start < high for low, high in welsh)]


def _in_sentence(sentence: str, offset: int, welsh: WelshWords) -> Iterator[Span]:
    tokens = list(_TOKEN.finditer(sentence))
    words = [match[0].lower().replace("’", "'") for match in tokens]
    for place, word in enumerate(words):
        if word in _FIRST:
            yield from _told(tokens, words, place, offset, welsh)
    for pattern, kind in ((_AGE, Kind.AGE), (_BORN, Kind.NATIONALITY), (_HOME, Kind.ADDRESS)):
        for match in pattern.finditer(sentence):
            yield _flag(offset + match.start(), offset + match.end(), kind)
    if _STUDIED.search(sentence):
        for pattern, kind in ((_PLACE, Kind.PLACE_OF_STUDY), (_YEAR, Kind.YEAR_OF_STUDY)):
            for match in pattern.finditer(sentence):
                yield _flag(offset + match.start(), offset + match.end(), kind)


def _told(
    tokens: Sequence[re.Match[str]], words: Sequence[str], first: int, offset: int, welsh: WelshWords
) -> Iterator[Span]:
    farthest = _FARTHEST_AFTER_MY if words[first] == "fy" else _FARTHEST
    for place in range(first + 1, min(len(words), first + 1 + farthest)):
        if words[place] in _OTHERS:
            return
        found = welsh.at(words, place)
        if found is not None:
            length, kind = found
            end = place + length
            last = min(len(words), end + _LONGEST_END)
            while end < last and words[end] not in _ENDS:
                end += 1
            yield _flag(offset + tokens[first].start(), offset + tokens[end - 1].end(), kind)
            return


def _towns(text: str, known: KnownValues) -> Iterator[Span]:
    """The writer's town as Welsh says it after a preposition: "yng Nghaernarfon", "o Gaernarfon"."""
    towns = [line.strip() for line in known.address_lines if re.fullmatch(r"[^\W\d_][\w' -]{2,40}", line.strip())]
    low = in_small_letters(text) if towns else ""
    for town in towns:
        for form in mutations(town.lower())[1:]:
            # A pattern costs more to make than most texts are worth: they do not hold the form at all.
            if len(form) > 3 and form in low:
                for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
                    yield Span(*match.span(), Kind.ADDRESS, "known town, mutated", Action.HIDE)


def _flag(start: int, end: int, kind: Kind) -> Span:
    return Span(start, end, kind, f"told in Welsh: {kind.value}", Action.FLAG)
