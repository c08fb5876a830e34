"""Places and years of study, hidden until a person restores them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recruitment.rules.redaction.details import find_phrases
from recruitment.rules.redaction.folding import Folded, fold
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import Education
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*")
_YEARS = re.compile(
    r"(?<![\w£$€,.])['’]?(?:19|20)\d\d"
    r"(?:[ \t]?(?:-|–|—|/|to|until)[ \t]?(?:(?:19|20)\d\d|\d\d)(?!\d))?(?![\w%])"
)
_SMALL = frozenset({"of", "for", "and", "the", "de", "in", "at", "&", "st"})
_EMPLOYERS = frozenset(
    {
        "hospital",
        "hospitals",
        "nhs",
        "trust",
        "council",
        "ltd",
        "limited",
        "press",
        "infirmary",
        "principal",
        "teacher",
        "district",
        "counselling",
    }
)
_HEAD_SHAPE = re.compile(r"[ \t]?|,[ \t]|[ \t]&[ \t]|\.[ \t]")
_LINES_OF_REACH = 3
_SHORT_LINE = 40
_REACH = 90


@dataclass(frozen=True)
class _Line:
    start: int
    text: str
    is_study: bool


def find_study(text: str, folded: Folded, education: Iterable[Education], lists: WordLists) -> Iterator[Span]:
    """Names of places of study, known and by form, and the years beside them or beside qualifications."""
    held = tuple(education)
    for start, end in find_phrases(folded, [each.institution for each in held]):
        yield Span(start, end, Kind.PLACE_OF_STUDY, "known place of study", Action.HIDE)
    distinctive = {word for each in held for word in _distinctive(each, lists)}
    lines_left = 0
    for line in _lines(text, lists):
        places = list(_places(line, lists))
        yield from places
        anchors = [place.start - line.start for place in places] + _qualifications(line.text, lists)
        everywhere = line.is_study or (lines_left > 0 and len(line.text) <= _SHORT_LINE)
        for span in (*_years(line), *_distinctive_words(line, distinctive)):
            if everywhere or any(abs(span.start - line.start - anchor) <= _REACH for anchor in anchors):
                yield span
        lines_left = _LINES_OF_REACH if places else lines_left - 1


def _lines(text: str, lists: WordLists) -> Iterator[_Line]:
    is_study = False
    for match in _LINE.finditer(text):
        heading = " ".join(match[0].lower().strip(" \t:-–•*\"'#").split())
        if heading in lists.study_headings:
            is_study = True
        elif heading in lists.other_headings or (
            match[0].isupper() and 1 <= len(heading.split()) <= 3 and len(heading) > 8
        ):
            is_study = False
        yield _Line(match.start(), match[0], is_study)


def _qualifications(line: str, lists: WordLists) -> list[int]:
    return [match.start() for match in _WORD.finditer(line) if _is_qualification(match[0], lists)]


def _is_qualification(word: str, lists: WordLists) -> bool:
    bare = word.replace(".", "").replace("'", "").replace("’", "").replace("-", "").lower()
    # "be", "ma", "med" and the like are words unless written as abbreviations are.
    return bare in lists.qualifications and (len(bare) > 4 or word[0].isupper())


def _years(line: _Line) -> Iterator[Span]:
    for match in _YEARS.finditer(line.text):
        yield Span(
            line.start + match.start(),
            line.start + match.end(),
            Kind.YEAR_OF_STUDY,
            Kind.YEAR_OF_STUDY,
            Action.HIDE,
        )


def _distinctive(held: Education, lists: WordLists) -> Iterator[str]:
    for match in _WORD.finditer(fold(held.institution).text):
        if len(match[0]) >= 4 and match[0] not in lists.study_words | lists.ordinary_words:
            yield match[0]


def _distinctive_words(line: _Line, distinctive: set[str]) -> Iterator[Span]:
    for match in _WORD.finditer(line.text) if distinctive else ():
        if match[0][0].isupper() and fold(match[0]).text in distinctive:
            start = line.start + match.start()
            yield Span(
                start, start + len(match[0]), Kind.PLACE_OF_STUDY, "word of a known place of study", Action.HIDE
            )


def _places(line: _Line, lists: WordLists) -> Iterator[Span]:
    """Runs of capitalised words with a head such as University; not employers such as a college hospital."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(line.text):
        if run and not _continues(line.text, run[-1], match):
            yield from _place(line, run, lists)
            run = []
        if match[0][0].isupper() or (run and match[0].lower() in _SMALL):
            run.append(match)
        else:
            yield from _place(line, run, lists)
            run = []
    yield from _place(line, run, lists)


def _continues(line: str, before: re.Match[str], after: re.Match[str]) -> bool:
    gap = line[before.end() : after.start()]
    return len(gap) <= 3 and _HEAD_SHAPE.fullmatch(gap) is not None


def _place(line: _Line, run: list[re.Match[str]], lists: WordLists) -> Iterator[Span]:
    words = [match[0].lower() for match in run]
    while words and words[-1] in _SMALL:
        words.pop()
        run = run[:-1]
    heads = [index for index, word in enumerate(words) if word in lists.study_words]
    if len(words) < 2 or not heads or _EMPLOYERS & set(words):
        return
    if heads[0] == 0 and words[1] not in _SMALL | lists.study_words:
        return
    # Before the head only what its own name can hold, so that a job title before it stays readable.
    start = max(0, heads[0] - 4)
    for index in range(heads[0] - 1, -1, -1):
        if line.text[run[index].end() : run[index + 1].start()].strip():
            start = max(start, index + 1)
            break
    yield Span(
        line.start + run[start].start(),
        line.start + run[-1].end(),
        Kind.PLACE_OF_STUDY,
        Kind.PLACE_OF_STUDY,
        Action.HIDE,
    )
