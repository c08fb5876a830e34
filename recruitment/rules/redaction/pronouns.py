"""The writer in the third person: he and she in praise that is quoted, read as they.

Only where the writer's name stands close before, and nobody else's between: pronouns of patients, clients and
colleagues are evidence and stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.agreement import has_done, verbs_of
from recruitment.rules.redaction.folding import holds_any, in_small_letters
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span

# A pronoun begins with s or h, which most places of a text rule out at once.
_PRONOUN = re.compile(
    r"([shSHſ](?<!\w.)(?i:(?<=s)(?:he['’](?:s|d|ll)|he(?: or |/)he|he|/he)"
    r"|(?<=h)(?:e['’](?:s|d|ll)|e(?: or |/)she|is(?: or |/)hers?|ers?(?: or |/)his|im(?: or |/)her|er(?: or |/)him"
    r"|(?:im|er)(?:self)?(?: or |/)(?:him|her)self|erself|imself|ers|er|im|is|e)))(?!\w)"
)
_NEUTRAL = {
    "she": "they", "he": "they", "her": "their", "hers": "theirs", "him": "them", "his": "their",
    "herself": "themselves", "himself": "themselves", "she's": "they’re", "he's": "they’re", "she'd": "they’d",
    "he'd": "they’d", "she'll": "they’ll", "he'll": "they’ll",
}  # fmt: skip
_HER_AS_OBJECT = re.compile(
    r"(?:[.,;:!?\"”)]|\s+(?:to|for|and|in|on|at|with|as|from|by|is|was|has|who|because|when|if|but|or|a|the|very|so|again|that)\b|\s*$)",
    re.IGNORECASE,
)
_REACH = 260
_GOES_ON = re.compile(r" [A-Z]")
_OTHER_PERSON = re.compile(
    r"\b(?:patient|client|mother|father|woman|man|lady|gentleman|boy|girl|daughter|son|wife|husband|manager|colleague|customer|tenant|resident|caller|prisoner|offender|victim|witness|complainant|"
    r"judge|doctor|nurse|officer|driver|teacher|child|baby|brother|sister|mum|dad|nan|gran|neighbour|claimant"
    r"|applicant|service user|supervisor|chair|head|director|lad|chap|widow|pupil|student|consultant|"
    r"inspector|sergeant|boss|friend|partner|tutor|mentor|solicitor|barrister|councillor|governor|parent|carer|aunt|uncle)\b",
    re.IGNORECASE,
)


def is_reference(text: str, hidden: Sequence[Span]) -> bool:
    """Whether a text speaks of its writer in the third person from end to end, as references and appraisals do."""
    names = [span for span in hidden if span.kind is Kind.NAME]
    if not names:
        return False
    if any(_VOUCHES.search(text, max(0, span.start - 40), span.start) for span in names):
        return True
    pronouns = len(_PRONOUN.findall(text))
    return pronouns >= _PRONOUNS_OF_REFERENCE and pronouns > len(_FIRST_PERSON.findall(text))


_PRONOUNS_OF_REFERENCE = 3
_VOUCHES = re.compile(
    r"\bI(?: have|['’]ve)?(?: \w+)? (?:managed|supervised|known|recommend|employed|taught|mentored|manage|"
    r"line[ -]managed|supervise|support|nominate|endorse)(?: \w+){0,2}\s+$"
)
_OF_THE_WRITER = re.compile(
    r"\b(?:(?:line )?manager|reviewer|assessor|appraiser|referee|supervisor|tutor|countersigning officer"
    r"|counter[- ]?signatory|reporting officer)(?:['’]s)?(?: overall)? "
    r"(?:comments?|remarks?|feedback|assessment|view|summary|statement)\b[^\n:]{0,20}:",
    re.IGNORECASE,
)
"""Before what somebody else wrote of the writer, in an appraisal that the writer pasted."""
_WRITES = (
    "manager",
    "reviewer",
    "assessor",
    "appraiser",
    "referee",
    "supervisor",
    "tutor",
    "officer",
    "signatory",
)
_WRITTEN = ("comment", "remark", "feedback", "assessment", "view", "summary", "statement")


def find_own_pronouns(text: str, hidden: Sequence[Span]) -> Iterator[Span]:
    """Gendered pronouns that stand for the writer, each with its neutral word."""
    names = [
        span
        for span in hidden
        if span.kind is Kind.NAME
        # An ordinary word before another capital is as often a street or a park.
        and not (span.rule.startswith("ordinary word") and _GOES_ON.match(text, span.end))
    ]
    others = [span for span in hidden if span.kind is Kind.OTHER_NAME]
    low = in_small_letters(text)
    may_quote = ":" in text and holds_any(low, _WRITES) and holds_any(low, _WRITTEN)
    quoted = _OF_THE_WRITER.finditer(text) if may_quote else ()
    ends = sorted([*(span.end for span in names), *(match.end() for match in quoted)])
    if not ends:
        return
    pronouns = list(_PRONOUN.finditer(text))
    whole = is_reference(text, hidden)
    reach = _REACH_OF_REFERENCE if whole else _REACH
    for match in pronouns:
        at = bisect_right(ends, match.start()) - 1
        if at < 0 or match.start() - ends[at] > reach:
            continue
        nearest = ends[at]
        between = text[nearest : match.start()]
        if any(nearest <= span.start < match.start() for span in others) or _OTHER_PERSON.search(between):
            continue
        if not whole and (
            between.count("\n\n") > 0 or (_FIRST_PERSON.search(between) and not _is_quoted(text, nearest))
        ):
            continue
        insort(ends, match.end())
        yield _read_as(match.start(), match.end(), _neutral(text, match))
        if match[0].lower() in _SUBJECTS:
            for start, end, verb in verbs_of(text, match.start(), match.end()):
                yield _read_as(start, end, verb)


def _read_as(start: int, end: int, words: str) -> Span:
    return Span(start, end, Kind.GENDER, "the writer in the third person", Action.HIDE, words)


_SUBJECTS = frozenset({"she", "he", "he or she", "she or he", "he/she", "she/he", "s/he"})


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place stands inside quotation marks of its paragraph."""
    paragraph = text[text.rfind("\n", 0, place) + 1 : place]
    return paragraph.count('"') % 2 == 1 or paragraph.count("“") > paragraph.count("”")


_REACH_OF_REFERENCE = 600
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our)\b")


def _neutral(text: str, match: re.Match[str]) -> str:
    word = match[0]
    low = word.lower().replace("’", "'")
    if low == "her" and _HER_AS_OBJECT.match(text, match.end()):
        neutral = "them"
    elif low in ("she's", "he's") and has_done(text, match.end()):
        neutral = "they’ve"
    else:
        neutral = _NEUTRAL.get(low) or _of_both(low)
    if word.isupper() and len(word) > 1:
        return neutral.upper()
    return neutral.capitalize() if word[0].isupper() else neutral


def _of_both(words: str) -> str:
    """One word for "he or she", "his/her" and the like."""
    if "self" in words:
        return "themselves"
    parts = set(re.split(r" or |/", words))
    return "them" if "him" in parts else "they" if parts <= {"he", "she", "s"} else "their"
