"""What stands beside a hidden place or year of study and tells the same: months, terms, short years, names.

Years of study are found by form where a form is certain (2015–2018). Beside one that is hidden already, or beside
a place, much less is enough: "Mich. [2011] to Trin. [2014]", "[Hull], 91–94", "matric. [1976]", "Oct [2003]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.folding import holds_any
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.study_years import WORK_CUES
from recruitment.rules.redaction.wordlists import WordLists

_DATED = frozenset(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul "
    "aug sep sept oct nov dec michaelmas mich hilary hil trinity trin lent easter martinmas candlemas "
    "whitsun ws ss "
    "wise sose ht vt høst vår autumn spring summer fall winter term semester intake batch cohort grad graduated "
    "graduating graduation conferred awarded passing passed completed completion finished finishing matric "
    "matriculated matriculation enrolled admitted leaving solar hijri gregorian y y7 y11 y12 y13 "
    "expected deferred "
    "interrupted suspended resat resit repeated started sandwich part full time".split()
)
"""Words of terms, months, entering and leaving: any of them beside a hidden year belongs to it."""
_BETWEEN = frozenset(
    "of in to from till until and then the a out year years class part full time at s late early mid ca circa on "
    "with incl including that is by".split()
)
_SHORT_FIGURES = re.compile(
    r"[*'’‘]?\d{2}(?:[ ]?[-–/][ ]?['’‘]?\d{2})?|(?:1[3-9]|20)\d\d(?:[ ]?[-–/][ ]?\d{1,4})?"
)
_WORD = re.compile(r"[*'’‘]?\d+(?:[ ]?[-–/][ ]?['’‘]?\d+)?|[^\W\d_]+\d{0,2}")
_GAP = re.compile(r"[ .,'’/–-]{0,3}")
_TERMS = frozenset({"ws", "ss", "ht", "vt"})
_LINE_REACH = 44
_AFTER_PLACE = re.compile(
    r"[ ]?[,:|–(-]{0,2}[ ]?(?P<years>(?:[*'’‘]\d\d|(?:HT|VT|WS|SS|Y)[ ]?\d\d|\d\d[ ]?[-–/][ ]?['’‘]?\d\d"
    r"|(?:19|20)\d\d(?:[ ]?[-–/][ ]?['’‘]?\d{1,4})?|(?:19|20)\d\d)(?:[ ]?[-–/][ ]?(?:(?:HT|VT|WS|SS"
    r"|Y)?[ ]?['’‘]?\d\d))?)"
    r"(?=[ ]?(?:[),;|.:(]|$|\n))"
)
_SHORT_RANGE = re.compile(
    r"\d(?<![\w£$€.,:/-].)\d[ ]?[-–][ ]?\d\d(?![\w%:/.,]\d|[\w%-])",
)
_TERM_OR_SEASON = re.compile(
    r"\b(?:(?:HT|VT|WS|SS|WiSe|SoSe)[ ]?\d\d(?:[ ]?[-–/][ ]?(?:HT|VT|WS|SS|WiSe|SoSe)?[ ]?\d\d)?"
    r"|(?:summer|autumn|spring|winter|class|batch|intake|left)(?: of| in)? ['’]?\d\d)(?![\w%:/.-])"
)
_TERM_HINTS = (
    "HT",
    "VT",
    "WS",
    "SS",
    "iSe",
    "oSe",
    "summer",
    "autumn",
    "spring",
    "winter",
    "class",
    "batch",
    "intake",
    "left",
)
_AWARD = re.compile(
    r"\b(?:B\.?A|B\.?Sc|M\.?A|M\.?Sc|LL\.?B|LL\.?M|B\.?Ed|B\.?Eng|M\.?Eng|M\.?Phil|Ph\.?D|D\.?Phil|B\.?Com|B\.?Tech|M\.?Tech"
    r"|B\.?[A-Z][a-z]{1,3}|M\.?[A-Z][a-z]{1,3}|HND|HNC|BTEC|NVQ|SVQ|PGCE|PGDip|PgDip|PGCert|Dip\w*|Drs?|GCSEs?|G\.?C\.?E"
    r"|A[ -]?[Ll]evels?|O[ -]?[Ll]evels?|Highers|Matric\w*|Maturit\w+|Abitur|Bachelors?|Masters?"
    r"|Doctorate|[Dd]egree"
    r"|[Dd]iploma|[Cc]ertificat\w+|Hons|[Ff]irst|2:1|2:2|Kandidat\w*|Licen\w+|Laurea|Magist\w+|Diplom\w*|Staatsexamen|Bachillerato)\b"
)
_NAME_BEFORE = re.compile(
    r"(?P<lead>[,;:(|–/-][ ]?|\bat (?:the )?|\bfrom (?:the )?)"
    r"(?P<name>[A-ZÀ-ÖØ-ÞŁŚŽČŠ][\w.'’&-]+(?:[ ](?:of|de|di|da|der|do|y|i|in|St\.?"
    r"|[A-ZÀ-ÖØ-ÞŁŚŽČŠ][\w.'’&-]*)){0,4}"
    r"(?:[ ]\([A-Z]{2,8}\))?)[ ]?[,)(]{0,2}[ ]?$"
)
_LETTERS_BEFORE = re.compile(r"[a-z)][ ](?P<name>[A-Z]{2,6})[ ][(]?$")


def find_study_ends(text: str, joined: Sequence[tuple[int, int, list[Span]]], lists: WordLists) -> Iterator[Span]:
    """Dates and names beside hidden places and years of study."""
    for number, (start, end, members) in enumerate(joined):
        kinds = {span.kind for span in members if span.action is Action.HIDE}
        if Kind.YEAR_OF_STUDY not in kinds and Kind.PLACE_OF_STUDY not in kinds:
            continue
        floor = max(joined[number - 1][1] if number else 0, text.rfind("\n", 0, start) + 1, start - _LINE_REACH)
        low = _dates_before(text, floor, start) if members[0].kind is Kind.YEAR_OF_STUDY else start
        stop = joined[number + 1][0] if number + 1 < len(joined) else len(text)
        line = text.find("\n", end)
        stop = min(stop, line if line >= 0 else len(text), end + _LINE_REACH)
        high = end
        if members[-1].kind is Kind.PLACE_OF_STUDY:
            after = _AFTER_PLACE.match(text, end, stop)
            if after is not None and not WORK_CUES.search(text, stop, stop + 30):
                yield _span(after.start("years"), after.end("years"), Kind.YEAR_OF_STUDY)
        if not any(span.replacement for span in members):
            high = _dates_after(text, end, stop)
        if low < start:
            yield _span(low, start, Kind.YEAR_OF_STUDY)
        if high > end:
            yield _span(end, high, Kind.YEAR_OF_STUDY)
        if members[0].kind is Kind.YEAR_OF_STUDY:
            yield from _name_before(text, low, floor, lists)


def find_years_in_lines(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Short years such as 84–91 in a line on study, and the name before each."""
    places = [span.start for span in spans if span.kind in (Kind.PLACE_OF_STUDY, Kind.YEAR_OF_STUDY)]
    ranges = [
        match for match in _SHORT_RANGE.finditer(text) if _is_a_course(int(match[0][:2]), int(match[0][-2:]))
    ]
    terms = list(_TERM_OR_SEASON.finditer(text)) if holds_any(text, _TERM_HINTS) else []
    for match in ranges + terms:
        low, high = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        high = len(text) if high < 0 else high
        near = any(low <= place < high and abs(place - match.start()) < 60 for place in places)
        near = near or _AWARD.search(text, max(low, match.start() - 60), match.start()) is not None
        if near and not WORK_CUES.search(text, max(low, match.start() - 30), match.start()):
            yield _span(*match.span(), Kind.YEAR_OF_STUDY)


def _is_a_course(first: int, last: int) -> bool:
    """Whether two short years are as far apart as a course or a school is long."""
    return 1 <= (last - first) % 100 <= 8 and (first >= 50 or first <= 26)


def find_labelled_schools(text: str) -> Iterator[Span]:
    """The name after a label that asks for a school: "Schools: KGS (five Highers)"."""
    for match in _LABELLED_SCHOOL.finditer(text):
        yield Span(*match.span("name"), Kind.PLACE_OF_STUDY, "labelled school", Action.HIDE)


_LABELLED_SCHOOL = re.compile(
    r"^[ \t*#•\-]{0,4}(?i:(?:secondary |high |primary |grammar |main )?(?:schools?|colleges?|university"
    r"|universities"
    r"|sixth form|school attended|schools attended|place of study|institution)):?[ \t]{0,2}[:–-][ \t]{0,2}"
    r"(?P<name>[A-ZÀ-Þ][\w.'’&-]*(?:[ ](?:of|de|the|[A-ZÀ-Þ][\w.'’&-]*)){0,5})",
    re.MULTILINE,
)


def _span(start: int, end: int, kind: Kind) -> Span:
    return Span(start, end, kind, "beside a place or year of study", Action.HIDE)


def _dates_before(text: str, floor: int, start: int) -> int:
    """Where words of terms and months begin that lead to a hidden year."""
    at, is_dated = start, False
    found = start
    for word in reversed(list(_WORD.finditer(text, floor, start))):
        if _GAP.fullmatch(text, word.end(), at) is None:
            break
        low = word[0].lower()
        if low in _DATED or _SHORT_FIGURES.fullmatch(word[0]) or low.rstrip("0123456789") in _TERMS:
            is_dated, found = True, word.start()
        elif low not in _BETWEEN:
            break
        at = word.start()
    return found if is_dated else start


def _dates_after(text: str, end: int, stop: int) -> int:
    """Where words of terms and months end that follow a hidden year or place."""
    at = found = end
    for word in _WORD.finditer(text, end, stop):
        if _GAP.fullmatch(text, at, word.start()) is None:
            break
        low = word[0].lower()
        if low in _DATED or _SHORT_FIGURES.fullmatch(word[0]) or text[word.start() - 1] == "/":
            found = word.end()
        elif low not in _BETWEEN:
            break
        at = word.end()
    # Dates, not the words of a sentence that goes on.
    return found if found > end and re.match(r"[ ]?(?:[),;|.:(]|$|\n)", text[found:stop] + "\n") else end


def _name_before(text: str, start: int, floor: int, lists: WordLists) -> Iterator[Span]:
    """The name between an award and its year: MSc Geography, Nijmegen, [2007]."""
    low = max(floor, 0)
    line = text.rfind("\n", 0, start) + 1
    match = _NAME_BEFORE.search(text, low, start) or _LETTERS_BEFORE.search(text, low, start)
    if match is None or not _AWARD.search(text, max(line, match.start() - 90), match.start("name")):
        return
    words = [word.lower().strip(".,'’") for word in match["name"].replace("-", " ").split()]
    known = lists.subjects | lists.qualifications | lists.capitalised_ordinary | lists.role_words | _DATED
    if any(word.strip("()") in known or word.replace(".", "") in lists.qualifications for word in words):
        return
    if WORK_CUES.search(text, max(line, match.start() - 40), start):
        return
    yield _span(match.start("name"), match.end("name"), Kind.PLACE_OF_STUDY)
