"""Places and years of study: hidden where study is told; subject, level and class of degree stay.

A school or university that is an employer, a partner or a place of work is a setting and stays, so each name is
judged by its section, its sentence and the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from recruitment.rules.redaction.details import find_phrases
from recruitment.rules.redaction.folding import Folded, fold
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import Education
from recruitment.rules.redaction.sections import parts
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.study_places import CAPS_RUN, MONTHS, WORD, Part, headed_runs, short_names
from recruitment.rules.redaction.wordlists import WordLists

_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|summer|autumn|spring|fall|winter)\.?"
)
_MONTH = rf"{_MONTH_NAME}[ ,/\-]{{1,2}}(?:of |de )?"

_DAY = r"(?:\d\d?(?:st|nd|rd|th)? )"

_YEAR = r"(?:['’]\d\d|(?:19|20)\d\d)"

_YEARS = re.compile(
    rf"(?<![\w£$€,.])(?:{_DAY}?{_MONTH}|\d\d?/(?:\d\d?/)?)?{_YEAR}(?:[ \t]?(?:-|–|—|/|through to|up to|to"
    rf"|until|till|and)[ \t]?"
    rf"(?:(?:{_DAY}?{_MONTH}|\d\d?/(?:\d\d?/)?)?(?:{_YEAR}|\d\d)(?!\d)|present|date|now|ongoing|current))?(?![\w%])",
    re.IGNORECASE,
)

_SMALL_NAME = re.compile(
    r"\b(?:at|from|to) ((?:[a-z]+ ){1,3}(?:college|university|uni|high school|academy|grammar|comp|sixth form))\b"
)

_GLUED_NAME = re.compile(
    r"(?:University|College|School) ?(?:of|Of)[A-Z][a-z]+|[A-Z][a-z]+(?:University|College)(?![a-z])"
)

_GLUED_YEARS = re.compile(r"(?<=[a-z])(?:19|20)\d\d ?[-–] ?(?:(?:19|20)?\d\d)")

_RANGE = re.compile(r"((?:19|20)\d\d)\D{1,14}?((?:19|20)\d\d|\d\d)$")

_ANCHOR_WORDS = frozenset(
    "graduated graduate graduating degree studied studying study alumna alumnus alumni school sixth gcse "
    "gcses cse cses o-levels o-level a-levels a-level olevels alevels levels highers hons honours "
    "thesis dissertation undergraduate postgraduate doctorate bachelor bachelors bachelor's master masters "
    "master's diploma first-class qualified matriculated matriculation predicted classmates educated "
    "schooling coursework apprenticeship".split()
)

_WORK_CUES = re.compile(
    r"\b(?:(?<!Social )(?<!Community )(?<!Youth )(?<!Care )work(?:ed|ing|s)?|employ(?:ed|er|ee|ment)|job|role"
    r"|post|officer|administrator|lecturer|lectur(?:e|ed|ing)|teach(?:er|ing)?|taught|governor|technician"
    r"|manager|manage[sd]?|assistant|PA to|secretary|registr(?:y|ar)|faculty|staff|"
    r"seconded|secondment|joined|intern|caretaker|cleaner|coordinator|co-ordinator|adviser|advisor|librarian"
    r"|porter|warden|receptionist|head of|director|consultant|client|clients|partner(?:ed|ship)?|liais(?:e|ed"
    r"|on)|audit(?:ed)?|"
    r"visit(?:s|ed)?|speak(?:er)?|talks?|outreach|workshops?|placements? (?:from|with)|pupils|safeguarding"
    r"|inspect(?:ed|ion)|researcher|fellow|professor|supervis(?:e|ed|or)|team at|honorary|student support"
    r"|admissions|recruit(?:ed|ing|ment)|coach(?:ed|ing)?"
    r"|head ?(?:teacher|master|mistress)|classroom|invigilator|teaching practice|key stage|"
    r"based at|contract|collaborat(?:e|ed|ion)|commissioned|evaluated by|evaluation by|study by|research by"
    r"|researchers? (?:at|from)|colleagues (?:at|from)|trust|hospital|hospitals)\b",
    re.IGNORECASE,
)

_WORK_AFTER = re.compile(
    r"[,)]?\s?(?:\(as employer\)|where I (?:am|was|work|worked|manage|led|lead|ran|currently)|as (?:a |an "
    r"|the )?(?:employer|lecturer|officer|administrator|manager)|NHS|Hospitals?\b|Council\b|Magistrates"
    r"|Crown Court|County Court|Press\b|[ ]?(?:City|County|Borough|District) Council|Prison\b|office\b"
    r"|depot\b|branch\b|airport\b|station\b)"
)

# Classes of degrees, and leaving in a year.
_CLASSES = re.compile(
    r"(?<![\d£])[12][:.][12](?!\d)|\b(?:distinction|merit|first class|first-class|upper second|o grades?"
    r"|left (?:in )?(?:['’]?\d\d|(?:19|20)\d\d)|(?:doctor|master|bachelor|associate)s? of (?=[A-Z])\w+)\b",
    re.IGNORECASE,
)

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

_WORDS_OF_PROSE = 9

_LINES_OF_REACH = 3

_SHORT_LINE = 14

_LONGEST_DATES = 40

_SHORT_ENTRY = 60
"""Characters of an entry such as "Paralegal Certificate (1999)", which tells no work."""

_LINES_AHEAD = 2
"""How many lines below a line with years alone a place of study may stand for the years to be its."""

_REACH = 90


def find_study(text: str, folded: Folded, education: Iterable[Education], lists: WordLists) -> Iterator[Span]:
    """Names of places of study, known and by form, and the years beside them or beside qualifications."""
    held = tuple(education)
    known = list(find_phrases(folded, [each.institution for each in held if len(each.institution.split()) > 1]))
    distinctive = {word for each in held for word in _distinctive(each, lists)}
    lines_left = 0
    starts = [start for start, _ in known]
    waiting: list[tuple[int, Span]] = []
    qualified = -2
    for number, part in enumerate(parts(text, lists)):
        has_known = any(part.start <= start < part.start + len(part.text) for start in starts)
        if part.section != "study" and _is_date_alone(part.text):
            waiting = [*waiting[-2:], *((number, _year_span(part, *place)) for place in _year_places(part.text))]
        if lines_left <= 0 and not distinctive and not has_known and not _may_tell(part, lists):
            continue
        anchors = _anchors(part.text, lists)
        places = list(_places(part, anchors, lists))
        for start, end in known:
            if part.start <= start < part.start + len(part.text):
                place = _place_span(start, end, "known place of study")
                if not _is_employer(part, start - part.start, end - part.start, anchors):
                    places.append(place)
        places += _places_by_letters(part, bool(anchors))
        places += _distinctive_words(part, distinctive, anchors, lines_left > 0)
        yield from places
        is_told = bool(anchors) or part.section == "study"
        if anchors:
            qualified = number
        if places and (is_told or number - qualified == 1):
            yield from (span for since, span in waiting if number - since <= _LINES_AHEAD)
        for span in _years(part, places, anchors, lists, after_place=lines_left > 0):
            yield _with_wide_gaps(text, span)
        lines_left = _LINES_OF_REACH if places and is_told else lines_left - 1


def _places_by_letters(part: Part, has_anchor: bool) -> Iterator[Span]:
    """Names that capitals do not set apart: all in small letters, or written together."""
    if has_anchor and part.text == part.text.lower():
        for match in _SMALL_NAME.finditer(part.text):
            yield _place_span(
                part.start + match.start(1), part.start + match.end(1), "place of study in small letters"
            )
    for match in _GLUED_NAME.finditer(part.text):
        yield _place_span(part.start + match.start(), part.start + match.end(), "place of study written together")


def _with_wide_gaps(text: str, span: Span) -> Span:
    """The years with what a gap as wide as a column's sets apart: "June   2008", "2004   present"."""
    before = _MONTH_BEFORE.search(text, max(0, span.start - 16), span.start)
    after = _PRESENT_AFTER.match(text, span.end)
    start, end = before.start() if before else span.start, after.end() if after else span.end
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


_MONTH_BEFORE = re.compile(rf"\b{_MONTH_NAME}[ ]{{1,4}}$", re.IGNORECASE)
_PRESENT_AFTER = re.compile(
    r"[ \t]{1,4}(?:[-–][ \t]{0,4})?(?:present|current|ongoing|to date|now)\b", re.IGNORECASE
)


def _is_date_alone(line: str) -> bool:
    """Whether a line holds years and hardly anything else, as beside an entry of a CV."""
    return len(line) <= _LONGEST_DATES and len(_YEARS.sub("", line)) <= _SHORT_LINE


def _years(
    part: Part, places: list[Span], anchors: list[int], lists: WordLists, *, after_place: bool
) -> Iterator[Span]:
    runs = list(headed_runs(part.text, lists)) if part.mentions_place else []
    beside = [*(place.start - part.start for place in places), *(place.end - part.start for place in places)]
    beside += anchors
    everywhere = part.section == "study" or (
        after_place and part.section != "work" and len(_YEARS.sub("", part.text)) <= _SHORT_LINE
    )
    is_short = len(part.text) <= _SHORT_ENTRY
    posts = [end for start, end in runs if _POST_BEFORE.search(part.text, max(0, start - 48), start)]
    beside = [place for place in beside if place not in posts]
    for start, end in _year_places(part.text):
        if not everywhere and not any(-45 <= start - anchor <= _REACH for anchor in beside):
            continue
        if part.section == "work" and not places and not (is_short and anchors):
            continue
        if not everywhere and not places and _WORK_CUES.search(part.text[max(0, start - 60) : end + 30]):
            continue
        if _VERSION.search(part.text, max(0, start - 24), start) or _heads_a_job(part, start, end, beside):
            continue
        if any(
            0 <= start - at <= _REACH_OF_POST and not any(at < each < start for each in beside) for at in posts
        ):
            continue
        yield _year_span(part, start, end)


def _heads_a_job(part: Part, start: int, end: int, beside: list[int]) -> bool:
    """Whether a post stands after the years, nearer than any word or place of study."""
    post = _POST_AFTER.match(part.text, end)
    if post is None:
        return False
    is_ongoing = _ONGOING.search(part.text, start, end) is not None
    return is_ongoing or not any(start - _NEAR_JOB <= place <= post.end() for place in beside)


_NEAR_JOB = 40
_REACH_OF_POST = 45
_ONGOING = re.compile(r"(?:present|date|now|current)$", re.IGNORECASE)
_POST_AFTER = re.compile(
    r"[ \t)\]]{0,3}[:|,–-]?[ \t]{0,6}(?:[A-Z][\w&/.'’\-]*,?[ ]{1,2}(?:of |and |& |the |in |for )?){0,5}"
    r"(?:Manager|Officer|Administrator|Assistant|Director|Engineer|Teacher|Lecturer|Professor|Researcher|Analyst"
    r"|Consultant|Advis[eo]r|Supervisor|Coordinator|Co-ordinator|Developer|Librarian|Technician|Clerk|Trainee|Executive"
    r"|Attendant|Tutor|Instructor|Nurse|Solicitor|Lawyer|Secretary|Receptionist|Representative"
    r"|Associate Dean|Head of"
    r"|Intern|Aide|Fellow|Member|Volunteer|Specialist|Leader|Operator)\b"
)
# A year that is a version: Windows Server 2008, MS Office 2010.
_VERSION = re.compile(
    r"\b(?:Office|Windows|Server|Excel|Word|Access|Outlook|SharePoint|Studio|Exchange|Visio|Project|Vista|NT|XP|SQL"
    r"|Dynamics|AutoCAD|ISO|IEC|Act|Regulations|Order|Rules)(?: \d\d)?[ /]$"
)


def _place_span(start: int, end: int, rule: str, action: Action = Action.HIDE) -> Span:
    return Span(start, end, Kind.PLACE_OF_STUDY, rule, action)


def _year_span(part: Part, start: int, end: int) -> Span:
    span = part.text[start:end]
    duration = _duration(span)
    before = (_DURING if duration else _LEFT).search(part.text, max(0, start - 24), start)
    if before:
        start = before.start()
        if duration:
            duration = f"{'For' if before[0][0].isupper() else 'for'} {duration}"
    return Span(part.start + start, part.start + end, Kind.YEAR_OF_STUDY, "year of study", Action.HIDE, duration)


# "from 2001 to 2004" reads "for 3 years".
_DURING = re.compile(
    r"\b(?:in between|from about|from|between|during|over|in|for)(?: the years)? $", re.IGNORECASE
)
_LEFT = re.compile(r"\b(?:left|leaving|finished) (?:in )?$", re.IGNORECASE)


def _duration(years: str) -> str:
    """ "3 years" for "2015–2018" or "2015-18"; empty where there is no such range."""
    match = _RANGE.search(years.strip())
    if match is None:
        return ""
    first, last = int(match[1]), int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
    length = last - first
    return "" if not 1 <= length <= 9 else "1 year" if length == 1 else f"{length} years"


def _year_places(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_YEARS, _GLUED_YEARS):
        for match in pattern.finditer(text):
            yield match.span()


def _may_tell(part: Part, lists: WordLists) -> bool:
    """Whether a part holds any word by which one of these rules could find something."""
    if part.section == "study" or part.mentions_place or ":" in part.text or "." in part.text[:-1]:
        return True
    return not (
        part.words.isdisjoint(_ANCHOR_WORDS)
        and part.words.isdisjoint(lists.qualifications)
        and part.words.isdisjoint(_VERB_HINTS)
    )


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


def _anchors(text: str, lists: WordLists) -> list[int]:
    """Where qualifications and words of study stand in a part."""
    found = [match.start() for match in WORD.finditer(text) if _is_anchor(match[0], lists)]
    return sorted([*found, *(match.start() for match in _CLASSES.finditer(text))])


def _is_anchor(word: str, lists: WordLists) -> bool:
    low = word.lower().replace("’", "'")
    bare = low.replace(".", "").replace("'", "").replace("-", "")
    # "be", "ma", "med" and the like are words unless written as abbreviations are.
    return low in _ANCHOR_WORDS or (bare in lists.qualifications and (len(bare) > 4 or word[0].isupper()))


def _is_employer(part: Part, start: int, end: int, anchors: list[int]) -> bool:
    """Whether a place is where somebody works, or works with: its cue stands nearer than any word of study."""
    if _WORK_AFTER.match(part.text, end):
        return True
    if _SCHOOL.search(part.text, start, end) and _POST_BEFORE.search(part.text, max(0, start - 48), start):
        return True
    if any(start - 6 <= match.end() <= start for match in part.verbs(_STUDY_VERB, _VERB_HINTS)):
        return False
    if part.section == "study":
        return False
    if part.section == "work" and not anchors and _SCHOOL.search(part.text, start, end):
        return True
    near = min(
        (max(0, abs(anchor - start) - _WORD_LENGTH) for anchor in anchors if not start <= anchor < end),
        default=10_000,
    )
    from_ = max(0, start - _WORK_REACH)
    distances = [start - from_ - match.end() for match in _WORK_CUES.finditer(part.text[from_:start])]
    distances += [match.start() for match in _WORK_CUES.finditer(part.text[end : end + _WORK_REACH])]
    return bool(distances) and min(distances) < near


# A post with nothing but a mark between it and the place: Lecturer, University of X.
_POST_BEFORE = re.compile(
    r"\b(?:Teacher|Lecturer|Professor|Educator|Coach|Instructor|Principal|Headteacher|Researcher|Librarian|Officer"
    r"|Administrator|Manager|Director|Dean|Technician|Counsell?or|Advis[eo]r|Registrar|Caretaker|Supervisor|Coordinator"
    r"|Assistant|Fellow)(?: of [A-Z]\w+)?(?:,|[ ]{1,2}(?:at|[|–-])|[ ]?[:(]|[ ](?=[ ]))[ ]{0,3}(?:[Tt]he )?$"
)
# From an anchor's first letter to its last.
_WORD_LENGTH = 9
_WORK_REACH = 70

_SCHOOL = re.compile(r"\b(?:school|academy|grammar|primary|high|convent)\b", re.IGNORECASE)


def _distinctive(held: Education, lists: WordLists) -> Iterator[str]:
    for match in WORD.finditer(fold(held.institution).text):
        if len(match[0]) >= 4 and match[0] not in lists.study_words | lists.ordinary_words | lists.subjects:
            yield match[0]


def _distinctive_words(part: Part, distinctive: set[str], anchors: list[int], after_place: bool) -> Iterator[Span]:
    if not distinctive:
        return
    is_near_study = (
        part.section == "study" or bool(anchors) or bool(part.verbs(_STUDY_VERB, _VERB_HINTS)) or after_place
    )
    for match in WORD.finditer(part.text):
        if match[0][0].isupper() and fold(match[0]).text in distinctive and is_near_study:
            if _is_employer(part, match.start(), match.end(), anchors):
                continue
            start = part.start + match.start()
            yield _place_span(start, start + len(match[0]), "word of a known place of study")


def _places(part: Part, anchors: list[int], lists: WordLists) -> Iterator[Span]:
    seen: set[int] = set()
    for start, end in headed_runs(part.text, lists) if part.mentions_place else ():
        is_prose = len(part.text[:start].split()) + len(part.text[end:].split()) > _WORDS_OF_PROSE
        if _is_employer(part, start, end, anchors):
            # In prose the sentence says whose employer it is; a short line of a CV does not.
            if (
                not is_prose
                and not _WORK_AFTER.match(part.text, end)
                and not _SCHOOL.search(part.text, start, end)
            ):
                yield _place_span(part.start + start, part.start + end, "place of study or employer", Action.FLAG)
            continue
        seen.update(range(start, end))
        is_studied = any(match.end() <= end + 1 for match in part.verbs(_STUDY_VERB, _VERB_HINTS))
        told = part.section == "study" or anchors or is_studied or _year_near(part.text, start, end)
        is_job = part.section == "work" and not (anchors or is_studied)
        action = Action.FLAG if (is_prose and not told) or is_job else Action.HIDE
        article = 4 if part.text[max(0, start - 4) : start].lower() == "the " else 0
        yield _place_span(part.start + start - article, part.start + end, "place of study", action)
    for start, end in short_names(part, anchors, lists):
        if start not in seen and not _is_employer(part, start, end, anchors):
            yield _place_span(part.start + start, part.start + end, "short name of a place of study")
    for match in part.verbs(_STUDY_VERB, _VERB_HINTS):
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
        yield _place_span(part.start + run.start(), part.start + run.end(), "place after a word of study")


# "A school in Leeds sent us cake" is not where the writer went.
_OF_SOME_SCHOOL = re.compile(
    r"\b(?:an?|the|each|every|one|another|that|local|boarding|primary|secondary|special) $", re.IGNORECASE
)
_ONE_WENT = re.compile(
    r"\b(?:I|my|we|was)\b|\b(?:went|attended|educated|studied|left|pupil|student|boarder)\b", re.IGNORECASE
)


def _year_near(text: str, start: int, end: int) -> bool:
    return _YEARS.search(text, max(0, start - 14), min(len(text), end + 22)) is not None
