"""Places and years of study: hidden where study is told; subject, level and class of degree stay.

A school or university that is an employer, a partner or a place of work is a setting and stays, so each name is
judged by its section, its sentence and the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recruitment.rules.redaction.details import find_phrases
from recruitment.rules.redaction.folding import Folded, fold, fold_word, holds_any, in_small_letters
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import Education
from recruitment.rules.redaction.sections import parts
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.study_employers import WORK_AFTER, is_a_school, is_employer, is_of_a_profession
from recruitment.rules.redaction.study_places import (
    CAPS_RUN,
    MONTHS,
    WORD,
    Part,
    named_runs,
    short_names,
    words_of,
)
from recruitment.rules.redaction.study_years import (
    DEGREE_ALONE,
    LINES_AHEAD,
    POST_ALONE,
    is_date_alone,
    with_wide_gaps,
    year_near,
    year_places,
    year_span,
    years,
)
from recruitment.rules.redaction.wordlists import WordLists

_SMALL_NAME = re.compile(
    r"\b(?:at|from|to) ((?:[a-z]+ ){1,3}(?:college|university|uni|high school|academy|grammar|comp|sixth form))\b"
)

_GLUED_NAME = re.compile(
    r"(?:University|College|School) ?(?:of|Of)[A-Z][a-z]+|[A-Z][a-z]+(?:University|College)(?![a-z])"
)

_GLUED_HEADS = ("University", "College", "School")

_ANCHOR_WORDS = frozenset(
    "graduated graduate graduating degree studied studying study alumna alumnus alumni school sixth gcse "
    "gcses cse cses o-levels o-level a-levels a-level olevels alevels levels highers hons honours "
    "thesis dissertation undergraduate postgraduate doctorate bachelor bachelors bachelor's master masters "
    "master's diploma first-class qualified matriculated matriculation predicted classmates educated "
    "schooling coursework apprenticeship".split()
)

# Classes of degrees, and leaving in a year.
_CLASSES = re.compile(
    r"(?<![\d£])[12][:.][12](?!\d)|\b(?:distinction|merit|first class|first-class|upper second|o grades?"
    r"|left (?:in )?(?:['’]?\d\d|(?:19|20)\d\d)|(?:doctor|master|bachelor|associate)s? of (?=[A-Z])\w+)\b",
    re.IGNORECASE,
)

_CLASS_FIGURES = re.compile(r"[12][:.][12]")
_CLASS_WORDS = (
    "distinction", "merit", "first", "upper second", "o grade", "left ", "doctor", "master", "bachelor",
    "associate",
)  # fmt: skip

_STUDY_VERB = re.compile(
    r"\b(?:(?:my |first |second )?(?:school|college|uni|university|secondary school|sixth form) (?:was|in)"
    r"|(?:i |then |and )?(?:went|moved on|going) to(?: school at| college at| uni at| university at)?"
    r"|attend(?:ed|ing)|educated at|schooled at|(?:i |and |then )left(?= [A-Z][^\n]{2,40}?\b(?:in|at|with"
    r"|aged)\b)|"
    r"stud(?:y|ied|ying)(?: [a-z& ]{0,40})?(?: [A-Z][\w& ]{0,40})? at|graduat(?:ed"
    r"|ing)(?: [\w ,:()&]{0,40})? (?:from|at)|(?:degree|diploma|masters?|master['’]s|phd|doctorate|first|2:1"
    r"|2:2|third|ba|bsc|ma|msc|llb|mba|certificate|pgce|law|hons|honours|course|gdl|lpc"
    r"|bptc)(?: \([^)]{0,20}\))?(?: (?:in|of) [\w &,]{2,50}?)? (?:is |was |came )?(?:from|at)(?: the)?|"
    r"(?:my )?(?:own )?education (?:was|is) at|i was at(?= [A-Z][\w'’ ]{2,30} (?:until|till|from|left"
    r"|and left))|until i was \w+ at|qualified(?: as an? [\w ]{2,30})? at|trained(?: as an? [\w ]{2,30})? at"
    r"|read [A-Z]?\w+(?: and \w+)? at|student at|pupil at|alumn(?:us|a|i) of|place at|years at|time at"
    r"|days at|scholarship (?:to|at)) (?:the )?(?=[A-Z])",
    re.IGNORECASE,
)

# Every verb of study above holds one of these, or what `_STUDIED` finds before "at" or "from".
_VERBS = (
    "attend", "went to ", "moved on to ", "going to ", "left ", "scholarship to ", "alumn", "school was ",
    "school in ", "college was ", "college in ", "uni was ", "uni in ", "university was ", "university in ",
    "form was ", "form in ", "educated at ", "schooled at ", "education was at ", "education is at ", "i was at ",
    "student at ", "pupil at ", "place at ", "years at ", "time at ", "days at ", "scholarship at ",
)  # fmt: skip
_STUDIED = re.compile(
    r"(?:stud(?:y|ied|ying)|graduat(?:ed|ing)|until i was|qualified|trained|read) "
    r"|(?:degree|diploma|masters?|master['’]s|phd|doctorate|first|2:1|2:2|third|ba|bsc|ma|msc|llb|mba|certificate"
    r"|pgce|law|hons|honours|course|gdl|lpc|bptc) (?:\(|in |of |is |was |came |from |at )"
)

_WORDS_OF_PROSE = 9

_LINES_OF_REACH = 3

_LONGEST_POST = 80


def find_study(text: str, folded: Folded, education: Iterable[Education], lists: WordLists) -> Iterator[Span]:
    """Names of places of study, known and by form, and the years beside them or beside qualifications."""
    held = tuple(education)
    known = list(find_phrases(folded, [each.institution for each in held if len(each.institution.split()) > 1]))
    every = {word for each in held for word in _distinctive(each, lists)}
    distinctive = {word for word in every if word in folded.text}
    lines_left = 0
    starts = [start for start, _ in known]
    waiting: list[tuple[int, Span]] = []
    qualified = degree = -2
    hints = _Hints.of(text, lists)
    for number, part in enumerate(_parts(text, lists)):
        has_known = bool(starts) and any(part.start <= start < part.start + len(part.text) for start in starts)
        if part.section != "study" and is_date_alone(part.text):
            if number - degree == 1:
                yield from (year_span(part, *place) for place in year_places(part.text))
            if part.section != "work":
                waiting = [*waiting[-2:], *((number, year_span(part, *place)) for place in year_places(part.text))]
        if lines_left <= 0 and not has_known and not _may_tell(part, hints):
            continue
        anchors = _anchors(part, lists)
        places = list(_places(part, anchors, lists))
        places += _known_places(part, known, anchors)
        places += _places_by_letters(part, bool(anchors))
        places += _distinctive_words(part, distinctive, anchors, lines_left > 0)
        yield from places
        if part.is_of_work:
            # The years beside an employer are a job's.
            places = [place for place in places if place.action is Action.HIDE]
        is_told = bool(anchors) or part.section == "study"
        if anchors:
            qualified = number
            degree = number if DEGREE_ALONE.match(part.text) else degree
        if places and (is_told or number - qualified == 1):
            yield from (span for since, span in waiting if number - since <= LINES_AHEAD)
        for span in years(part, places, anchors, lists, after_place=lines_left > 0):
            yield with_wide_gaps(text, span)
        lines_left = _LINES_OF_REACH if places and is_told else lines_left - 1


def _parts(text: str, lists: WordLists) -> Iterator[Part]:
    """The parts of a text, each knowing whether a post alone stands on the line before it."""
    has_verb = _holds_verb(in_small_letters(text))
    is_after_post = False
    for part in parts(text, lists):
        part.is_after_post = is_after_post
        is_after_post = len(part.text) <= _LONGEST_POST and POST_ALONE.match(part.text) is not None
        if not has_verb:
            part.rule_out(_STUDY_VERB)
        yield part


def _known_places(part: Part, known: Iterable[tuple[int, int]], anchors: list[int]) -> Iterator[Span]:
    for start, end in known:
        if part.start <= start < part.start + len(part.text) and not _is_employer(
            part, start - part.start, end - part.start, anchors
        ):
            yield _place_span(start, end, "known place of study")


def _places_by_letters(part: Part, has_anchor: bool) -> Iterator[Span]:
    """Names that capitals do not set apart: all in small letters, or written together."""
    if has_anchor and part.text == part.text.lower():
        for match in _SMALL_NAME.finditer(part.text):
            yield _place_span(
                part.start + match.start(1), part.start + match.end(1), "place of study in small letters"
            )
    for match in _GLUED_NAME.finditer(part.text) if holds_any(part.text, _GLUED_HEADS) else ():
        yield _place_span(part.start + match.start(), part.start + match.end(), "place of study written together")


def _study_verbs(part: Part) -> list[re.Match[str]]:
    return part.verbs(_STUDY_VERB, _may_hold_verb)


def _may_hold_verb(part: Part) -> bool:
    return _holds_verb(part.low) and not part.words.isdisjoint(_VERB_HINTS)


def _holds_verb(low: str) -> bool:
    return holds_any(low, _VERBS) or (holds_any(low, (" at ", " from ")) and _STUDIED.search(low) is not None)


def _place_span(start: int, end: int, rule: str, action: Action = Action.HIDE) -> Span:
    return Span(start, end, Kind.PLACE_OF_STUDY, rule, action)


@dataclass(frozen=True)
class _Hints:
    """What a whole text holds of the words by which one of these rules could find something."""

    anchors: tuple[str, ...]
    verbs: tuple[str, ...]
    has_stops: bool

    @classmethod
    def of(cls, text: str, lists: WordLists) -> _Hints:
        words = words_of(text)
        anchors = (_ANCHOR_WORDS & words) | (lists.qualifications & words)
        return cls(tuple(anchors), tuple(_VERB_HINTS & words), _WRITTEN_WITH_STOPS.search(text) is not None)


def _may_tell(part: Part, hints: _Hints) -> bool:
    """Whether a part holds any word by which one of these rules could find something."""
    text, low = part.text, part.low
    if part.section == "study" or part.mentions_place or (hints.has_stops and _WRITTEN_WITH_STOPS.search(text)):
        return True
    if holds_any(low, hints.anchors) and not part.words.isdisjoint(hints.anchors):
        return True
    # Time, left and years stand everywhere, and tell of study only in a verb or a class.
    may_tell = holds_any(low, hints.verbs) and not part.words.isdisjoint(hints.verbs)
    return may_tell and (bool(_study_verbs(part)) or holds_any(low, _CLASS_WORDS))


# First class as figures, and B.Sc. or Ph.D.
_WRITTEN_WITH_STOPS = re.compile(r"[:.](?:(?<=\d.)(?=\d)|(?<=[^\W\d_]\.)(?=[^\W\d_]))")
# Words of which every verb of study below holds one.
_VERB_HINTS = frozenset(
    "school college uni university sixth education educated schooled attended attending went going moved left "
    "study "
    "studied studying graduated graduating degree diploma masters master phd doctorate first third ba bsc ma "
    "msc llb "
    "mba certificate pgce law hons honours course gdl lpc bptc qualified trained read student pupil alumnus "
    "alumna "
    "alumni place years time days scholarship until i distinction merit grade grades upper".split()
) - {"i"}


def _anchors(part: Part, lists: WordLists) -> list[int]:
    """Where qualifications and words of study stand in a part."""
    text = part.text
    found: list[int] = []
    if not (part.forms.isdisjoint(_ANCHOR_WORDS) and part.forms.isdisjoint(lists.qualifications)):
        found += [match.start() for match in WORD.finditer(text) if _is_anchor(match[0], lists)]
    if _CLASS_FIGURES.search(text) or holds_any(part.low, _CLASS_WORDS):
        found += [match.start() for match in _CLASSES.finditer(text)]
    return sorted(_outside_names(part, found, lists) if found and part.is_of_work else found)


def _outside_names(part: Part, anchors: list[int], lists: WordLists) -> list[int]:
    """Those that are no word of a place's own name: a school where somebody teaches tells of no study."""
    runs = list(named_runs(part, lists))
    return [anchor for anchor in anchors if not any(start <= anchor < end for start, end in runs)]


def _is_anchor(word: str, lists: WordLists) -> bool:
    low = bare = word.lower()
    if not word.isalpha():
        low = low.replace("’", "'")
        bare = low.replace(".", "").replace("'", "").replace("-", "")
    # "be", "ma", "med" and the like are words unless written as abbreviations are.
    return low in _ANCHOR_WORDS or (bare in lists.qualifications and (len(bare) > 4 or word[0].isupper()))


def _is_employer(part: Part, start: int, end: int, anchors: list[int]) -> bool:
    is_studied = any(start - 6 <= match.end() <= start for match in _study_verbs(part))
    return is_employer(part, start, end, anchors, is_studied=is_studied)


def _distinctive(held: Education, lists: WordLists) -> Iterator[str]:
    for match in WORD.finditer(fold(held.institution).text):
        word = match[0]
        is_common = word in lists.study_words or word in lists.ordinary_words or word in lists.subjects
        if len(word) >= 4 and not is_common:
            yield word


def _distinctive_words(part: Part, distinctive: set[str], anchors: list[int], after_place: bool) -> Iterator[Span]:
    if not distinctive:
        return
    is_near_study = part.section == "study" or bool(anchors) or bool(_study_verbs(part)) or after_place
    for match in WORD.finditer(part.text) if is_near_study else ():
        if match[0][0].isupper() and fold_word(match[0]) in distinctive:
            if _is_employer(part, match.start(), match.end(), anchors):
                continue
            start = part.start + match.start()
            yield _place_span(start, start + len(match[0]), "word of a known place of study")


def _places(part: Part, anchors: list[int], lists: WordLists) -> Iterator[Span]:
    seen: set[int] = set()
    for start, end in named_runs(part, lists):
        if is_of_a_profession(part.text, start, end):
            continue
        is_prose = len(part.text[:start].split()) + len(part.text[end:].split()) > _WORDS_OF_PROSE
        if _is_employer(part, start, end, anchors):
            # In prose the sentence says whose employer it is; a short line of a CV does not.
            if not is_prose and not WORK_AFTER.match(part.text, end) and not is_a_school(part.text, start, end):
                yield _place_span(part.start + start, part.start + end, "place of study or employer", Action.FLAG)
            continue
        seen.update(range(start, end))
        is_studied = any(match.end() <= end + 1 for match in _study_verbs(part))
        told = part.section == "study" or anchors or is_studied or year_near(part.text, start, end)
        is_job = part.is_of_work and not (anchors or is_studied)
        action = Action.FLAG if (is_prose and not told) or is_job else Action.HIDE
        article = 4 if part.text[max(0, start - 4) : start].lower() == "the " else 0
        yield _place_span(part.start + start - article, part.start + end, "place of study", action)
    for start, end in short_names(part, anchors, lists):
        if start not in seen and not _is_employer(part, start, end, anchors):
            yield _place_span(part.start + start, part.start + end, "short name of a place of study")
    for match in _study_verbs(part):
        run = CAPS_RUN.match(part.text, match.end())
        if _OF_SOME_SCHOOL.search(part.text, max(0, match.start() - 16), match.start()) and not _ONE_WENT.search(
            part.text, 0, match.start()
        ):
            continue
        if run is None or run.start() in seen:
            continue
        words = [word.lower() for word in WORD.findall(run[0])]
        if (
            not words
            or all(word in lists.subjects or word in lists.qualifications for word in words)
            or words[0] in MONTHS
        ):
            continue
        if _is_employer(part, run.start(), run.end(), [*anchors, match.start()]):
            continue
        # "School in Donegal" tells where somebody grew up, also without the town.
        is_of_youth = match[0].lower().endswith(" in ") and _CLOSES.match(part.text, run.end())
        start = match.start() if is_of_youth else run.start()
        yield _place_span(part.start + start, part.start + run.end(), "place after a word of study")


_CLOSES = re.compile(r"[ ]?[(,.;:)]|$")
# "A school in Leeds sent us cake" is not where the writer went.
_OF_SOME_SCHOOL = re.compile(
    r"\b(?:an?|the|each|every|one|another|that|local|boarding|primary|secondary|special) $", re.IGNORECASE
)
_ONE_WENT = re.compile(
    r"\b(?:I|my|we|was)\b|\b(?:went|attended|educated|studied|left|pupil|student|boarder)\b", re.IGNORECASE
)
