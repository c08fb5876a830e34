"""Whether a place of study is where somebody works, or works with: an employer's name is evidence and stays."""

from __future__ import annotations

import re

from recruitment.rules.redaction.study_places import Part
from recruitment.rules.redaction.study_years import POST_BEFORE, WORK_CUES

WORK_AFTER = re.compile(
    r"[,)]?\s?(?:\((?:as )?(?:an |my |the )?employer\)|where I (?:am|was|work|worked|manage|led|lead|ran"
    r"|currently)|as (?:a |an |the )?(?:employer|lecturer|officer|administrator|manager)|NHS|Hospitals?\b"
    r"|Council\b|Magistrates|Crown Court|County Court|Press\b|[ ]?(?:City|County|Borough|District) Council"
    r"|Prison\b|office\b|depot\b|branch\b|airport\b|station\b)"
)


def is_employer(part: Part, start: int, end: int, anchors: list[int], *, is_studied: bool) -> bool:
    """Whether a place is where somebody works, or works with: its cue stands nearer than any word of study."""
    if WORK_AFTER.match(part.text, end):
        return True
    if _SCHOOL.search(part.text, start, end) and POST_BEFORE.search(part.text, max(0, start - 48), start):
        return True
    if is_studied:
        return False
    if part.section == "study":
        return False
    if part.is_of_work and not anchors and is_a_school(part.text, start, end):
        return True
    near = min(
        (max(0, abs(anchor - start) - _WORD_LENGTH) for anchor in anchors if not start <= anchor < end),
        default=10_000,
    )
    from_ = max(0, start - _WORK_REACH)
    distances = [start - from_ - match.end() for match in WORK_CUES.finditer(part.text[from_:start])]
    # "… at the University of X and worked four years": the work is another place's.
    if not _GOES_ON_TO_WORK.match(part.text, end):
        distances += [match.start() for match in WORK_CUES.finditer(part.text[end : end + _WORK_REACH])]
    return bool(distances) and min(distances) < near


def is_of_a_profession(text: str, start: int, end: int) -> bool:
    """Whether a body is one of a profession, to which its members belong: that is evidence of work."""
    if _CHARTERED.search(text, start, end):
        return True
    return bool(_INSTITUTE.search(text, start, end) and _MEMBER_OF.search(text, max(0, start - 48), start))


_CHARTERED = re.compile(r"\bChartered\b")
_INSTITUTE = re.compile(r"\bInstitut(?:e|ion)\b|\bRoyal (?:College|Society) of\b")
_MEMBER_OF = re.compile(
    r"\b(?:[Mm]ember(?:ship)?|[Ff]ellow(?:ship)?|[Aa]ssociate|[Aa]ffiliate|[Aa]ccredited|[Rr]egistered|[Cc]ertified)"
    r"(?:,| of| with| by) (?:the )?$"
)
_GOES_ON_TO_WORK = re.compile(
    r"[ )]{1,2}(?:and|then|before|and then)[ ](?:I[ ])?\w+(?:ed|ing|an|ook)\b|,[ ](?:then|before)\b"
)
# From an anchor's first letter to its last.
_WORD_LENGTH = 9
_WORK_REACH = 70


def is_a_school(text: str, start: int, end: int) -> bool:
    """Whether a place is one of children, where many work, and no school of a university."""
    return _SCHOOL.search(text, start, end) is not None and not _FACULTY.search(text, start, end)


_FACULTY = re.compile(r"\b(?:[Ss]chool of|(?:Graduate|Medical|Law|Business|Dental|Nursing|Management) School)\b")
_SCHOOL = re.compile(r"\b(?:school|academy|grammar|primary|high|convent)\b", re.IGNORECASE)
