"""Places and years of study by the make-up of a short passage: an award, its subject, a place, a year.

"MSc LSHTM 2005", "Exeter, Politics, 2015", "2:1 Geography Swansea 2008", "Bedales, then UEA, 2006": nothing there
is a sentence, and the place needs no head such as University, since whatever is neither award nor subject nor
class nor year has to be it. A passage with anything of work in it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.sections import parts
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.study_places import Part
from recruitment.rules.redaction.study_years import WORK_CUES, is_date_alone, year_places, year_span
from recruitment.rules.redaction.wordlists import WordLists

_AWARD = re.compile(
    r"(?<![\w.])(?:[BM]\.?(?:A|Sc|Eng|Ed|Tech|Com|E|Phil|Res|Mus|Arch)|M\.?B\.?A|LL\.?[BM]|Ph\.?D|D\.?Phil|Ed\.?D"
    r"|PGCE|PG ?Dip|PG ?Cert|HN[CD]|BTEC|NVQ ?\d?|SVQ ?\d?|GCSEs?|[AO][ -][Ll]evels?|CSEs?|Highers|WAEC"
    r"|WASSCE|SSCE?|HSC"
    r"|KCSE|Matura|Abitur|Laurea|Licenciatura|Leaving Cert|RGN|RMN|SRN|CQSW|DipSW|Dip SW|DipHE|MB ?BS|MBChB"
    r"|LPC|BPTC|BVC"
    r"|GDL|Fd(?:A|Sc)|Foundation [Dd]egree|Access [Cc]ourse|City (?:&|and) Guilds|Hons|[12]:[12])(?![\w])\.?"
)
_LIKELY = re.compile(r"(?:19|20)\d\d|['’]\d\d|, then ")
_SEGMENT = re.compile(
    r"[^.;\n\t|\x00]+(?:(?:\.(?!\s|$)|(?<=B\.Sc)\.|(?<=M\.Sc)\.|(?<=B\.Ed)\.|(?<=Dip)\.|(?<=Hons)\.|(?<=\bSt)\.)"
    r"[^.;\n\t|\x00]*)*"
)
_TOKEN = re.compile(
    r"(?P<class>[12][:.][12](?!\d)|D\*)|(?P<year>(?:19|20)\d\d(?!\w)|['’]\d\d(?!\w))"
    r"|(?P<word>[^\W\d_]+(?:['’.&-][^\W\d_]+)*['’]?)"
    r"|(?P<number>\d+)|(?P<mark>[^\w\s])"
)
_CLASSES = frozenset("first class upper second lower third distinction merit pass hons honours honors".split())
_LINKS = frozenset(
    "in of and from at by the then with awarded completed graduated finished degree subject".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec summer autumn spring easter".split()
)
_SMALL = frozenset("of the and & de du la le del y".split())
_NO_PLACE = frozenset(
    "council ltd limited plc nhs trust department ministry services service group team unit division office"
    " programme project policy review level grade grades unclassified online distance modules module"
    " certificate licence"
    " card full evening evenings mature predicted pending present date now current ongoing i my we he she it"
    " currently"
    " including plus also both all various several english maths equivalent".split()
)
_SHORTENED = frozenset(
    "Admin Econ Eng Engg Tech Maths Math Comp Sci Mgmt Psych Hist Lit Lang Telecommunication Electronics".split()
)
_LONGEST, _SHORTEST = 140, 70
_MOST_WORDS_ALONE = 8
_LONGEST_RUN = 5


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str
    """place (a word with a capital that is none of the others), subject, class, year, link, mark or other."""


def find_study_lines(text: str, lists: WordLists) -> Iterator[Span]:
    """Places and years of study in passages that hold nothing else but awards, subjects and classes."""
    for match in _SEGMENT.finditer(text):
        segment = match[0]
        if len(segment) > _LONGEST:
            continue
        is_short = len(segment) <= _SHORTEST and _LIKELY.search(segment) is not None
        places = [*_after_awards(segment, lists)] or ([*_by_its_make_up(segment, lists)] if is_short else [])
        if not places or WORK_CUES.search(segment):
            continue
        for start, end in places:
            yield Span(
                match.start() + start,
                match.start() + end,
                Kind.PLACE_OF_STUDY,
                "place in a line of study",
                Action.HIDE,
            )
        part = Part(match.start(), segment, "")
        for start, end in year_places(segment):
            yield year_span(part, start, end)


def _tokens(segment: str, start: int, lists: WordLists) -> list[_Token]:
    found = _TOKEN.finditer(segment, start)
    return [_Token(match.start(), match.end(), match[0], _kind(match, lists)) for match in found]


def _kind(match: re.Match[str], lists: WordLists) -> str:
    if match.lastgroup != "word":
        return match.lastgroup or "mark"
    word = match[0]
    low = word.lower().replace("’", "'").rstrip("'")
    if low in _CLASSES:
        return "class"
    if low in _LINKS or low in _MONTHS:
        return "link"
    if low in lists.subjects:
        return "subject"
    bare = low.replace(".", "")
    if bare in lists.qualifications and (len(bare) > 3 or word[0].isupper()):
        return "award"
    if word[0].isupper() and low not in _NO_PLACE and low not in lists.role_words:
        return "place"
    return "other"


def _after_awards(segment: str, lists: WordLists) -> Iterator[tuple[int, int]]:
    """The run that follows an award and its subject, where a year or a known name says that it is a place."""
    for award in _AWARD.finditer(segment):
        tokens = _tokens(segment, award.end(), lists)
        at = 0
        while at < len(tokens) and tokens[at].kind not in ("place", "other"):
            at += 1
        if at == len(tokens) or tokens[at].kind == "other":
            continue
        last = _run_end(tokens, at)
        words = [token.text.lower() for token in tokens[at : last + 1]]
        if _is_grade(tokens[at : last + 1]) or (segment[award.end() : tokens[at].start].strip() == "("):
            continue
        if last + 1 < len(tokens) and tokens[last + 1].kind == "other" and tokens[last + 1].text[0].isupper():
            continue
        is_short = len(segment.split()) <= _MOST_WORDS_ALONE and last == len(tokens) - 1 and award.start() == 0
        is_short = is_short and at > 0 and tokens[at - 1].text in (",", "–", "-", "at", "from")
        is_short = is_short and not tokens[at].text.isupper()
        if is_short or _has_year(segment) or _is_known(words, lists):
            yield tokens[at].start, tokens[last].end


def _is_grade(run: list[_Token]) -> bool:
    """Whether a run is no more than the grades of examinations, or an abbreviation of two letters."""
    return len(run) == 1 and (
        len(run[0].text) < 3 or set(run[0].text) <= set("ABCDEU") or run[0].text in _SHORTENED
    )


def _run_end(tokens: list[_Token], at: int) -> int:
    """The last token of the run of capitals that begins at one; a town after a comma goes with it."""
    last = at
    for ahead in range(at + 1, min(len(tokens), at + 2 * _LONGEST_RUN)):
        token = tokens[ahead]
        if token.kind == "place":
            last = ahead
        elif token.text not in _SMALL and token.text not in (",", "-", "'", "’", "."):
            break
    return last


def _is_known(words: list[str], lists: WordLists) -> bool:
    phrase = " ".join(words).replace("’", "'")
    return phrase in lists.universities or phrase.replace("-", " ") in lists.universities


def _has_year(segment: str) -> bool:
    return any(True for _ in year_places(segment))


def _by_its_make_up(segment: str, lists: WordLists) -> Iterator[tuple[int, int]]:
    """A passage that opens with a place and holds only subjects, classes and years, or a second place."""
    tokens = [token for token in _tokens(segment, 0, lists) if token.kind != "mark"]
    if len(tokens) < 2 or tokens[0].kind != "place" or len(tokens) > 2 * _LONGEST_RUN:
        return
    runs: list[list[_Token]] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind != "place":
            continue
        is_next = before is not None and before.kind == "place" and segment[before.end : token.start] in (" ", "-")
        if runs and is_next:
            runs[-1].append(token)
        else:
            runs.append([token])
    kinds = {token.kind for token in tokens}
    if not kinds <= {"place", "subject", "class", "year", "link", "award"}:
        return
    known = [_is_known([token.text.lower() for token in run], lists) for run in runs]
    is_then = any(token.text.lower() == "then" for token in tokens)
    if len(runs) == 1:
        is_told = "year" in kinds and ("class" in kinds or (known[0] and "subject" in kinds))
        is_told = is_told or (known[0] and _SHORT_YEAR.search(segment) is not None)
    else:
        is_told = len(runs) == 2 and is_then and (all(known) or (any(known) and "year" in kinds))
    if is_told:
        yield from ((run[0].start, run[-1].end) for run in runs)


_SHORT_YEAR = re.compile(r"['’]\d\d\s*$")


_STUDY_HEADING = re.compile(
    r"(?:^|  )\W{0,4}(?:education|qualifications?|academic|scholastic)", re.IGNORECASE | re.MULTILINE
)
_DEGREE_LINE = re.compile(
    r"\W{0,6}(?:(?:Bachelor|Master|Doctor|Associate)s?\b|Post ?[Gg]raduate\b|Diploma\b|Certificate in\b"
    r"|Intermediate$|Secondary$"
    r"|[BM]\.? ?(?:A|Sc|S|E|Ed|Com|Tech|Eng|Phil|C\.?A|B\.?A)\b\.?|[BM](?:SC|CA|BA|TECH|COM)\b"
    r"|[Bb]-?[Tt]ech|Ph\.? ?D|PGD\w{0,3}\b"
    r"|S\.?S\.?[CL]\.?C?\b|H\.?S\.?C\b|Higher Secondary|High School Diploma)[^.\n]{0,80}$",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(r"[ \t]*(?P<name>[^\W\d_][^\n]*?)(?=[ ]{1,2}[-–][ ]|[ \t]*$)")
_MOST_WORDS = 9


def find_below_degrees(text: str, lists: WordLists) -> Iterator[Span]:
    """Under a heading of study, the line below a degree's: the place, whatever it is called."""
    if "\n" not in text or not _STUDY_HEADING.search(text):
        return
    is_expected = False
    for part in parts(text, lists):
        line = part.text.strip()
        if part.section != "study" or not line:
            is_expected = False if line else is_expected
            continue
        end = part.start + len(part.text)
        if text[part.start - 1 : part.start] not in ("", "\n") or text[end : end + 1] not in ("", "\n", "\r"):
            is_expected = False
            continue
        if _DEGREE_LINE.match(line):
            is_expected = True
            continue
        name = _INSTITUTION.match(part.text) if is_expected else None
        kinds = {_kind(match, lists) for match in _TOKEN.finditer(line)} - {"mark", "link"}
        if name is None or kinds <= {"subject", "class", "award", "number"}:
            continue
        is_expected = False
        if len(line.split()) > _MOST_WORDS or is_date_alone(line) or WORK_CUES.search(line) or ":" in line:
            continue
        yield Span(
            part.start + name.start("name"), part.start + name.end("name"), Kind.PLACE_OF_STUDY,
            "line below a degree", Action.HIDE,
        )  # fmt: skip
