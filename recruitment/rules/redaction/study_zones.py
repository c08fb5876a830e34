"""Places and years of study by the sentence they stand in: subjects, awards, leaving, and a year hidden beside.

`study.py` finds what has the form of a place or stands beside a word of study. Here the sentence is read: one that
tells of study and of no work ("English at Girton, 1974–77", "left farringdon in 07 with maths", "Holyrood
Secondary 1999") needs less to say which word is the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.clauses import Whole
from recruitment.rules.redaction.folding import capitals_of, holds_any
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.sentences import Sentences
from recruitment.rules.redaction.spans import Action, Span, runs
from recruitment.rules.redaction.study_years import WORK_CUES
from recruitment.rules.redaction.wordlists import WordLists

_RULE = "place or year in a sentence of study"
_CAP = r"(?<![\w'’&-])[A-ZÀ-ÖØ-ÞŁŚŽČŠİ][\w'’&-]{0,30}"
_SMALL = r"(?:of|the|and|de|do|da|di|del|des|du|la|le|el|der|y|yr|a|na|St\.?|&)"
_NAME = rf"{_CAP}(?:[ ](?:{_SMALL}[ ]){{0,2}}{_CAP}){{0,5}}"
_YEAR = (
    r"(?:(?:19|20)\d\d(?:[ ]?(?:[-–/]|to|until)[ ]?(?:(?:19|20)?\d\d))?"
    r"|['’]\d\d(?:[ ]?[-–/][ ]?['’]?\d\d)?|\d\d[-–/]\d\d)(?![\w%])"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_LEADING = (
    r"(?:left|until|till|til|tan|from|class of|intake|batch|matric\.?|graduat(?:ed|ing)"
    r"|finish(?:ed|ing)|awarded|completed|in|since|to)"
)
_DATED = rf"[ ,(–-]{{1,3}}(?:{_LEADING}[ ]){{0,2}}(?:{_MONTH}[ ])?{_YEAR}"
_SCHOOL_WORD = (
    r"(?:Secondary|High|Comp|Comprehensive|Grammar|Sixth Form|Sixth|Girls['’]?|Boys['’]?|Primary|Prep"
    r"|Tech|Technical"
    r"|Academy|College|Coll|Convent|Polytechnic|Poly|Uni)"
)
_SCHOOL_AND_YEAR = re.compile(
    rf"(?P<name>{_NAME}[ ]{_SCHOOL_WORD})(?=(?P<years>{_DATED})|[ ]?[,(][ ]?(?:left|A levels?|GCSEs?"
    rf"|[OA]-levels?))"
)
_AT_NAME = re.compile(rf"[ ](?:at|from)[ ](?:the[ ])?(?P<name>{_NAME})(?P<years>{_DATED})?")
_SUBJECT_BEFORE = re.compile(r"(?P<subject>[^\W\d_]+)(?:[ ]\([^()]{1,30}\))?$")
_FOREIGN = re.compile(
    r"\b(?:Liceul?|Lice[uo]|Lyc[ée]e|Licej|Liceum|Technikum|Gimnazija|Gimn[áa]zium|Gymn[aá]\w*|Kol[eé]gi\w+|Colegio|Col[eé]gio|Collège|Col[áa]iste"
    r"|Ysgol|Coleg|Scoil|Gaelscoil|Szko[łl]a|Uniwersytet|Politechnika|Universi(?:dad|dade|t[éeàä]t?|tatea|tas)|Instituto|Istituto|Institut"
    r"|Hochschule|Fachhochschule|Realschule|Hauptschule|Gesamtschule|[ÉE]cole|Escola|Escuela|Scuola|Vidyalaya|Lisesi|Kendriya)"
    rf"(?:[ ](?:{_SMALL}[ ]){{0,2}}{_CAP}){{0,5}}"
)
_SMALL_SCHOOL = re.compile(
    r"\b(?:school was|college was|went(?: to)?|did (?:a|one|two|my) \w+ at|left|studied at|at)[ ]"
    r"(?P<name>(?!school\b|college\b|uni\b|home\b|work\b|the\b|my\b|a\b)[a-z][a-z'’-]{2,}(?:[ ](?!in\b"
    r"|left\b|with\b|and\b|then\b|till?\b|until\b)[a-z][a-z'’-]{1,}){0,2})"
    r"(?P<years>,?[ ](?:left[ ]|then[ ]left[ ])?(?:in|till?|until|left)[ ]['’]?(?:(?:19|20)\d\d|\d\d)(?![\w%]))"
)
_SMALL_YEAR = re.compile(r"(?:in|till?|until|left) ['’]?\d\d")
_SCHOOL_WORDS = capitals_of(_SCHOOL_WORD)
_FOREIGN_HINTS = (
    "Lic", "Lyc", "Techni", "Gim", "Gym", "Kol", "Col", "Ysgol", "Sco", "Scu", "Gaels", "Szko", "Uniwer",
    "Politech",
    "Universi", "Inst", "Istit", "chule", "cole ", "Esc", "Vidya", "Lisesi", "Kendri",
)  # fmt: skip
_SMALL_STUDY = re.compile(
    r"\b(?:school|college|uni|sixth|grammar|comp|academy|gcses?|a ?levels?|o ?levels?|nvq|btec|maths"
    r"|english|degree|course|diploma|level \d)\b"
)
_AFTER_PLACE = re.compile(
    rf"[ ]?(?:(?:{_SMALL}[ ]){{1,2}}{_CAP}"
    rf"|{_CAP})(?:[ ](?:{_SMALL}[ ]){{0,2}}{_CAP}){{0,3}}(?=[ ]?[,;.()\n]|[ ](?:tan|till?|until|in|from"
    rf"|left)[ ]|$)"
)
_BEFORE_YEAR = re.compile(
    rf"(?P<lead>^|[.;:][ ]|[,(–\n][ ]?|\b(?:at|from|by)[ ](?:the[ ])?)(?P<name>{_NAME}),?[ ]?\(?$"
)
_AFTER_YEAR = re.compile(
    rf"\)?,?[ ](?:by|at|from|in)[ ](?:the[ ])?(?P<name>{_NAME})|,[ ](?P<last>{_CAP}(?:[ ]{_CAP})?)(?=[.;\n]|$)"
)
_AWARDS = re.compile(
    r"\b(?:B\.?A|B\.?Sc|M\.?A|M\.?Sc|LL\.?[BM]|B\.?Ed|[BM]\.?Eng|[BM]\.?Phil|Ph\.?D|D\.?Phil|B\.?Com|[BM]\.?Tech|HN[DC]|BTEC|NVQ|PGCE|PG?Dip"
    r"|GCSEs?|CSEs?|[AO][ -]?levels?|Highers|Leaving Cert|Matura|Abitur|Bachelor|Masters?|Doctorate"
    r"|[Dd]egree|[Dd]iploma"
    r"|Hons|2:1|2:2|[Ff]irst class|upper second|lower second|matric|batch|school|School|sixth form|uni"
    r"|university)\b"
)
_REACH = 60
_WIDEST = 160


def find_study_zones(whole: Whole, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """Further places and years of study, and the ends of those that are hidden in part."""
    text, sentences = whole.text, whole.sentences
    yield from _named(whole, lists)
    for start, end, members in runs(text, spans):
        kinds = {span.kind for span in members if span.action is Action.HIDE}
        if Kind.PLACE_OF_STUDY in kinds and members[-1].kind is Kind.PLACE_OF_STUDY:
            yield from _after_place(text, end, lists)
        if Kind.YEAR_OF_STUDY in kinds:
            yield from _beside_year(text, start, end, sentences, lists)


def _named(whole: Whole, lists: WordLists) -> Iterator[Span]:
    text, sentences = whole.text, whole.sentences
    for match in _SCHOOL_AND_YEAR.finditer(text) if not whole.capitals.isdisjoint(_SCHOOL_WORDS) else ():
        if not _tells_work(text, sentences, match.start(), match.end()):
            yield from _found(match)
    for match in _FOREIGN.finditer(text) if holds_any(text, _FOREIGN_HINTS) else ():
        if match[0].count(" ") and not _tells_work(text, sentences, match.start(), match.end()):
            yield _span(match.start(), match.end(), Kind.PLACE_OF_STUDY)
    for match in _AT_NAME.finditer(text):
        subject = _SUBJECT_BEFORE.search(text, max(0, match.start() - 40), match.start())
        if subject is None or subject["subject"].lower() not in lists.subjects:
            continue
        if match["years"] is None and not _opens(text, sentences, subject.start()):
            continue
        if not _tells_work(text, sentences, match.start(), match.end()) and not _is_known(match["name"], lists):
            yield from _found(match)
    for match in _SMALL_SCHOOL.finditer(text) if _SMALL_YEAR.search(text) else ():
        first, last = _around(sentences, match.start(), match.end())
        sentence = text[first:last]
        if _SMALL_STUDY.search(sentence) and not WORK_CUES.search(sentence):
            yield from _found(match)


def _around(sentences: Sentences, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence that stands near; time must not grow with long ones."""
    first, last = sentences.around(start)
    return max(first, start - _WIDEST), min(last, end + _WIDEST)


def _found(match: re.Match[str]) -> Iterator[Span]:
    yield _span(*match.span("name"), Kind.PLACE_OF_STUDY)
    if match["years"]:
        yield _span(*match.span("years"), Kind.YEAR_OF_STUDY)


def _after_place(text: str, end: int, lists: WordLists) -> Iterator[Span]:
    match = _AFTER_PLACE.match(text, end)
    if match is not None and text[end : end + 1] == " " and not _is_known(match[0], lists):
        yield _span(end, match.end(), Kind.PLACE_OF_STUDY)


def _beside_year(text: str, start: int, end: int, sentences: Sentences, lists: WordLists) -> Iterator[Span]:
    first, high = _around(sentences, start, end)
    low = max(first, text.rfind("\n", first, start) + 1)
    if not _AWARDS.search(text, low, high) or WORK_CUES.search(
        text, max(low, start - _REACH), min(high, end + 30)
    ):
        return
    before = _BEFORE_YEAR.search(text[max(low, start - _REACH) : start])
    if before is not None and not _is_known(before["name"], lists):
        at = max(low, start - _REACH)
        if before["lead"] or at == low:
            yield _span(at + before.start("name"), at + before.end("name"), Kind.PLACE_OF_STUDY)
    after = _AFTER_YEAR.match(text, end, high)
    if after is not None:
        group = "name" if after["name"] else "last"
        if not _is_known(after[group], lists):
            yield _span(*after.span(group), Kind.PLACE_OF_STUDY)


def _opens(text: str, sentences: Sentences, place: int) -> bool:
    """Whether a sentence begins here, or I read or studied stands before."""
    first, _ = _around(sentences, place, place)
    return not text[first:place].strip(" \n*•-") or _READ.search(text, max(first, place - 24), place) is not None


_READ = re.compile(r"\b(?:read|did|studied|studying|doing)[ ](?:\w+[ ](?:and[ ])?)?$")


def _tells_work(text: str, sentences: Sentences, start: int, end: int) -> bool:
    first, last = sentences.around(start)
    low, high = max(first, start - _REACH), min(last, end + 40)
    return WORK_CUES.search(text, low, high) is not None or _ROLES.search(text, low, start) is not None


_ROLES = re.compile(
    r"\b(?:carer|instructor|tutor|nurse|matron|chef|cook|founded|service|services|opened|built)\b", re.IGNORECASE
)


def _is_known(name: str, lists: WordLists) -> bool:
    """Whether a name holds a word of a subject, an award, a role, a month or the like."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    if _SEASONS.match(name):
        return True
    known = (lists.subjects, lists.qualifications, lists.role_words, lists.capitalised_ordinary)
    return name in ("I", "I've", "I’m", "I'm") or any(
        word in each for each in known for word in words if len(word) > 2
    )


_SEASONS = re.compile(
    r"(?:Summer|Autumn|Spring|Winter|Fall|January|February|March|April|May|June|July|August|September|October|November|December)"
)


def _span(start: int, end: int, kind: Kind) -> Span:
    return Span(start, end, kind, _RULE, Action.HIDE)
