"""Years of study: beside places and qualifications, on lines of their own, and as lengths of time instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.study_places import Part, headed_runs, may_hold_head
from recruitment.rules.redaction.wordlists import WordLists

_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|summer|autumn|spring|fall|winter)\.?"
)
_MONTH = rf"{_MONTH_NAME}[ ,/\-]{{1,2}}(?:of |de )?"

_DAY = r"(?:\d\d?(?:st|nd|rd|th)? )"

_YEAR = r"(?:['’]\d\d|(?:19|20)\d\d)"

_YEAR_FIGURES = re.compile(r"['’12]\d\d")

_YEARS = re.compile(
    rf"(?<![\w£$€,.])(?:{_DAY}?{_MONTH}|\d\d?/(?:\d\d?/)?)?{_YEAR}(?:[ \t]?(?:-|–|—|/|through to|up to|to"
    rf"|until|till|and)[ \t]?"
    rf"(?:(?:{_DAY}?{_MONTH}|\d\d?/(?:\d\d?/)?)?(?:{_YEAR}|\d\d)(?!\d)|present|date|now|ongoing|current))?(?![\w%])",
    re.IGNORECASE,
)

_GLUED_YEARS = re.compile(r"(?<=[a-z])(?:19|20)\d\d ?[-–] ?(?:(?:19|20)?\d\d)")

_RANGE = re.compile(r"((?:19|20)\d\d)\D{1,14}?((?:19|20)\d\d|\d\d)$")

WORK_CUES = re.compile(
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

_SHORT_LINE = 14

_LONGEST_DATES = 40

_SHORT_ENTRY = 60
"""Characters of an entry such as "Paralegal Certificate (1999)", which tells no work."""

LINES_AHEAD = 2
"""How many lines below a line with years alone a place of study may stand for the years to be its."""

_REACH = 90


def with_wide_gaps(text: str, span: Span) -> Span:
    """The years with what a gap as wide as a column's sets apart: "June   2008", "2004   present"."""
    before = _MONTH_BEFORE.search(text, max(0, span.start - 16), span.start)
    after = _PRESENT_AFTER.match(text, span.end)
    start, end = before.start() if before else span.start, after.end() if after else span.end
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


_MONTH_BEFORE = re.compile(rf"\b{_MONTH_NAME}[ ]{{1,4}}$", re.IGNORECASE)
_PRESENT_AFTER = re.compile(
    r"[ \t]{1,4}(?:[-–][ \t]{0,4})?(?:present|current|ongoing|to date|now)\b", re.IGNORECASE
)


def is_date_alone(line: str) -> bool:
    """Whether a line holds years and hardly anything else, as beside an entry of a CV."""
    return len(line) <= _LONGEST_DATES and len(_YEARS.sub("", line)) <= _SHORT_LINE


def years(
    part: Part, places: list[Span], anchors: list[int], lists: WordLists, *, after_place: bool
) -> Iterator[Span]:
    runs = list(headed_runs(part.text, lists)) if may_hold_head(part, lists) else []
    beside = [*(place.start - part.start for place in places), *(place.end - part.start for place in places)]
    beside += anchors
    everywhere = part.section == "study" or (
        after_place and part.section != "work" and len(_YEARS.sub("", part.text)) <= _SHORT_LINE
    )
    is_short = len(part.text) <= _SHORT_ENTRY
    posts = [end for start, end in runs if POST_BEFORE.search(part.text, max(0, start - 48), start)]
    beside = [place for place in beside if place not in posts]
    for start, end in year_places(part.text):
        if not everywhere and not any(-45 <= start - anchor <= _REACH for anchor in beside):
            continue
        if part.section == "work" and not places and not (is_short and anchors):
            continue
        if not everywhere and not places and WORK_CUES.search(part.text[max(0, start - 60) : end + 30]):
            continue
        if _VERSION.search(part.text, max(0, start - 24), start) or _heads_a_job(part, start, end, beside):
            continue
        if part.section != "study" and _follows_a_post(part, start, end, beside):
            continue
        if any(
            0 <= start - at <= _REACH_OF_POST and not any(at < each < start for each in beside) for at in posts
        ):
            continue
        yield year_span(part, start, end)


def _heads_a_job(part: Part, start: int, end: int, beside: list[int]) -> bool:
    """Whether a post stands after the years, nearer than any word or place of study."""
    post = _POST_AFTER.match(part.text, end)
    if post is None:
        return False
    is_ongoing = _ONGOING.search(part.text, start, end) is not None
    return is_ongoing or not any(start - _NEAR_JOB <= place <= post.end() for place in beside)


def _follows_a_post(part: Part, start: int, end: int, beside: list[int]) -> bool:
    """Whether a post leads to a span of years, with no word or place of study between: Librarian, 2004 - 2007."""
    if not _SPAN_OF_YEARS.search(part.text, start, end):
        return False
    before = max(0, start - _REACH_OF_POST)
    post = max((match.end() for match in _POST_WORD.finditer(part.text, before, start)), default=-1)
    return post >= 0 and not any(post <= place <= start for place in beside)


_SPAN_OF_YEARS = re.compile(r"[-–—]|\bto\b|present|current|date", re.IGNORECASE)
_POST_WORD = re.compile(
    r"\b(?:Manager|Officer|Administrator|Assistant|Director|Engineer|Educator|Teacher|Lecturer|Professor|Researcher|Analyst"
    r"|Consultant|Advis[eo]r|Supervisor|Coordinator|Co-ordinator|Developer|Librarian|Technician|Clerk|Executive|Attendant"
    r"|Tutor|Instructor|Solicitor|Lawyer|Secretary|Receptionist|Intern|Aide|Specialist|Leader|Operator)s?\b"
)
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
# A post with nothing but a mark between it and the place: Lecturer, University of X.
POST_BEFORE = re.compile(
    r"\b(?:Teacher|Lecturer|Professor|Educator|Coach|Instructor|Principal|Headteacher|Researcher|Librarian|Officer"
    r"|Administrator|Manager|Director|Dean|Technician|Counsell?or|Advis[eo]r|Registrar|Caretaker|Supervisor|Coordinator"
    r"|Assistant|Fellow)(?: of [A-Z]\w+)?(?:,|[ ]{1,2}(?:at|[|–-])|[ ]?[:(]|[ ](?=[ ]))[ ]{0,3}(?:[Tt]he )?$"
)


# A line of a CV that is a degree, after which its date may stand.
DEGREE_ALONE = re.compile(
    r"[^\w\n]{0,6}(?:(?:Bachelor|Master|Doctor|Associate)(?:['’]?s)?(?: Degree)? (?:of|in)\b|Juris Doctor\b"
    r"|(?:Higher National |Graduate |Postgraduate )?(?:Diploma|Certificate) in\b|Ph\.?D\b"
    r"|[BM]\.?(?:A|Sc|S|Ed|Com|Tech)\b)[^.\n]{0,90}$"
)
# A line of a CV that is a post.
POST_ALONE = re.compile(
    r"[^\w\n]{0,6}(?:[A-Z][\w&/.'’\-]*,?[ ](?:of |and |& |the |in |for )?){0,5}"
    r"(?:Teacher|Lecturer|Professor|Educator|Coach|Instructor|Principal|Headteacher|Researcher|Librarian|Officer"
    r"|Administrator|Manager|Director|Dean|Technician|Counsell?or|Advis[eo]r|Registrar|Caretaker|Supervisor|Coordinator"
    r"|Assistant|Aide|Tutor|Nurse|Clerk|Secretary|Engineer|Developer|Analyst|Consultant|Attendant|Intern)"
    r"(?:[ ]?\([^()]{1,30}\)|,[ ][A-Z][\w ]{1,30})?\W{0,4}$"
)


def year_span(part: Part, start: int, end: int) -> Span:
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


def year_places(text: str) -> Iterator[tuple[int, int]]:
    if not _YEAR_FIGURES.search(text):
        return
    for pattern in (_YEARS, _GLUED_YEARS):
        for match in pattern.finditer(text):
            yield match.span()


def year_near(text: str, start: int, end: int) -> bool:
    return _YEARS.search(text, max(0, start - 14), min(len(text), end + 22)) is not None
