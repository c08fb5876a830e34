"""What is hidden in part is hidden whole: the ends of a name, a place, a year or a clause of which most is hidden.

Rules find the telling words; what is left beside them ("… national university", "… one week on, one week off")
says nothing of work, and often lets a reader guess the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from recruitment.rules.redaction.clauses import Whole, is_figure
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.sentences import Sentences
from recruitment.rules.redaction.spans import Action, Span, ordered, runs
from recruitment.rules.redaction.spread import PERSONAL
from recruitment.rules.redaction.study_ends import find_labelled_schools, find_study_ends, find_years_in_lines
from recruitment.rules.redaction.told import Telling
from recruitment.rules.redaction.wordlists import WordLists

_RULE = "the rest of what is hidden in part"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    "|aug|sept?|oct|nov|dec"
)
_BEFORE_YEAR = re.compile(
    rf"(?:\b(?:(?:qualified|graduated|left|leaving|finished|class of|summer of|{_MONTHS})[ ]"
    r"(?:in[ ])?)){1,2}['’]?$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"\bno[.]?[ ]$", re.IGNORECASE)
_BEFORE_PLACE = re.compile(
    r"(?:\b[Tt]he[ ])?(?:\b(?:St\.?|Saint|Our|Sir|Syr|King|Queen|Ysgol|Coleg|Liceo|Lyc[ée]e|Colegio"
    r"|Col[ée]gio|Scoil"
    r"|Universi\w+|Institut\w*|(?!(?:BA|MA|BSC|MSC|LLB|LLM|MBA|PHD|HND|HNC|BTEC|NVQ|SVQ|PGCE|GCSE|GCSES|CSE|MPA|MPH|BED"
    r"|LPC|GDL|BPTC|BVC|CPE|PPE|RGN|RMN|SRN|SEN|DIP|AND|THE|FOR|IT|HR|IB)\b)[A-Z]{2,5})[ ])?$"
)
_AFTER_PLACE = re.compile(
    r"(?:[ ](?:(?:national|state|federal|medical|technical|polytechnic|university|uni|school|college|academy"
    r"|grammar|high|secondary|primary|comp|comprehensive|sixth form|institute|lyceum|tech|poly|collegiate"
    r"|campus)\b|I{1,3}\b|VI\b))+",
    re.IGNORECASE,
)
_TOWN_AFTER = re.compile(r"(?:,| in)[ ](?P<town>[A-Z][a-zà-ÿ'’-]{2,})(?=[,;.)\n]|[ ]?[\d(’']|$)")
_MOST_LEFT = 5
_REACH = 48
_NAME_LINE = re.compile(r"[^\W\d_]+(?:['’.-]{1,2}[^\W\d_]*)*")


def close(whole: Whole, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """The words beside hidden spans that belong to them."""
    text = whole.text
    personal: list[tuple[int, int, Kind]] = []
    years = [*find_years_in_lines(text, spans), *find_labelled_schools(text)]
    yield from years
    joined = runs(text, ordered(text, [*spans, *years]) if years else spans)
    yield from _between_names(text, joined)
    yield from _requests(text, joined, whole.sentences)
    yield from find_study_ends(text, joined, lists)
    for start, end, members in joined:
        if any(span.replacement for span in members) or all(span.action is Action.FLAG for span in members):
            continue
        first, last = members[0].kind, max(members, key=lambda span: span.end).kind
        yield from _before(text, start, first)
        if last is Kind.PLACE_OF_STUDY:
            yield from _after_place(text, end, lists)
        if Kind.NAME in (first, last):
            yield from _line(text, start, end)
            yield from _ends_of_name(text, start, end)
        told = next((span.kind for span in members if span.kind in PERSONAL - {Kind.GENDER}), None)
        if told is not None:
            personal.append((start, end, told))
    if personal:
        yield from _clauses(whole, spans, personal, lists.telling)


def _before(text: str, start: int, kind: Kind) -> Iterator[Span]:
    pattern = {
        Kind.YEAR_OF_STUDY: _BEFORE_YEAR, Kind.NUMBER: _BEFORE_NUMBER, Kind.PLACE_OF_STUDY: _BEFORE_PLACE
    }.get(kind)  # fmt: skip
    match = pattern.search(text, max(0, start - _REACH), start) if pattern else None
    if match is not None and match.start() < start:
        yield Span(match.start(), start, kind, _RULE, Action.HIDE)


def _after_place(text: str, end: int, lists: WordLists) -> Iterator[Span]:
    match = _AFTER_PLACE.match(text, end)
    if match is not None:
        yield Span(end, match.end(), Kind.PLACE_OF_STUDY, _RULE, Action.HIDE)
        end = match.end()
    match = _TOWN_AFTER.match(text, end)
    if match is not None:
        low = match["town"].lower()
        if not any(low in each for each in (lists.subjects, lists.qualifications, lists.role_words)):
            yield Span(end, match.end(), Kind.PLACE_OF_STUDY, _RULE, Action.HIDE)


def _line(text: str, start: int, end: int) -> Iterator[Span]:
    """A line that holds hardly more than a name: a signature with a kiss or an initial, a middle name."""
    low = text.rfind("\n", max(0, start - 40), start) + 1
    high = text.find("\n", end, end + 40)
    high = len(text) if high < 0 else high
    if (low == 0 and start > 40) or high - end > 40 or (low == start and high == end):
        return
    sides = ((low, start), (end, high))
    if sum(len(_NAME_LINE.findall(text[first:last])) for first, last in sides) > 2:
        return  # a sentence that begins with a name: "I, …, led it"
    for first, last in sides:
        words = _NAME_LINE.findall(text[first:last])
        if not words or len(words) > 2 or len("".join(words)) < len(text[first:last].replace(" ", "")) - 2:
            continue
        if all(len(word) == 1 or (word[0].isupper() and first != low) for word in words) and last - first < 24:
            yield Span(first, last, Kind.NAME, _RULE, Action.HIDE)


_PREFIX = re.compile(r"(?<!\w)(?:O['’]|D['’]|Mc|Mac|Al-|El-|Abu[ ]|Ben[ ]|Bin[ ]|Ibn[ ]|[A-Z][a-z]{1,12}-)$")
_LONE_INITIAL = re.compile(r"[ ][A-Za-z](?=[ ]*(?:\n|$))")
_BETWEEN_NAMES = re.compile(r"[ ]\(?[\"“']?[A-Z][\w'’.-]{0,12}[\"”']?\)?[ ]")


def _ends_of_name(text: str, start: int, end: int) -> Iterator[Span]:
    """What is glued to a name's front, and an initial or a kiss that ends its line."""
    before = _PREFIX.search(text, max(0, start - 16), start)
    if before is not None:
        yield Span(before.start(), start, Kind.NAME, _RULE, Action.HIDE)
    after = _LONE_INITIAL.match(text, end)
    if after is not None:
        yield Span(end, after.end(), Kind.NAME, _RULE, Action.HIDE)


def _between_names(text: str, joined: Sequence[tuple[int, int, list[Span]]]) -> Iterator[Span]:
    """A word with a capital between two pieces of the writer's name."""
    for (_, end, left), (start, _, right) in pairwise(joined):
        is_near = start - end < 18 and left[-1].kind is Kind.NAME and right[0].kind is Kind.NAME
        if is_near and _BETWEEN_NAMES.fullmatch(text, end, start):
            yield Span(end, start, Kind.NAME, _RULE, Action.HIDE)


_REQUEST = re.compile(
    r"\b(?:(?:could|can|may|might) I|I(?:['’](?:d|ll)| would| will)? (?:also |only |just )?(?:need|ask(?! only)"
    r"|want(?! to)|prefer|appreciate|require|be grateful|have to|work best|do best|cope best|cope better|can only"
    r"|can['’]t|cannot|must)|so I (?:sit|stand|wear|use|keep|avoid|take|rest|pace)|please\b|what helps"
    r"|it helps|yes,)",
    re.IGNORECASE,
)
_ASKED_OF = frozenset({Kind.DISABILITY, Kind.FAMILY, Kind.PREGNANCY, Kind.RELIGION})
_LONGEST_REQUEST = 200


def _requests(text: str, joined: Sequence[tuple[int, int, list[Span]]], sentences: Sentences) -> Iterator[Span]:
    """A sentence that asks for something because of what is hidden in it, from its request to its end."""
    for start, end, members in joined:
        kind = next((span.kind for span in members if span.kind in _ASKED_OF), None)
        if kind is None:
            continue
        # A run may reach over several sentences: the last one counts.
        low, high = sentences.around(end - 1)
        start = max(start, low)
        low, high = max(low, start - _LONGEST_REQUEST), min(high, end + _LONGEST_REQUEST)
        cut = text.find("\n", end, high)
        high = high if cut < 0 else cut
        low = max(low, text.rfind("\n", low, start) + 1)
        turn = _TURN.search(text, end, high)
        high = high if turn is None else turn.start()
        request = _REQUEST.search(text, low, high)
        if request is not None:
            first, last = min(request.start(), start), len(text[:high].rstrip())
            if _DEED.search(text, first, last) is None:
                yield Span(first, max(last, end), kind, _RULE, Action.HIDE)


_TURN = re.compile(r";|,? (?:though|but|yet)\b|,? and I\b(?! (?:need|would|ask|can|work best|do best|must))")
# What somebody did, which an adjustment or a day off beside it does not take along.
_DEED = re.compile(
    r"\b(?:I|we) (?:have |had |also |then )?(?:led|ran|managed|wrote|built|made|trained|set up|delivered|handled"
    r"|\w{3,}(?<!ne)ed)\b|[%£]|\d{3,}",
)


def _clauses(
    whole: Whole, spans: Sequence[Span], personal: Sequence[tuple[int, int, Kind]], telling: Telling
) -> Iterator[Span]:
    """Clauses of which most words are hidden as told of oneself, where the rest is no work."""
    tokens, clauses = whole.tokens, whole.clauses
    covered = bytearray(len(whole.text) + 1)
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    done = -1
    for start, end, kind in personal:
        for number in sorted({clauses.number(start), clauses.number(end - 1)}):
            first, last = clauses.range(number)
            if number <= done or first >= last:
                continue
            done = number
            left = [index for index in range(first, last) if not covered[tokens.starts[index]]]
            if not 0 < len(left) <= min(_MOST_LEFT, last - first - len(left)):
                continue
            if any(
                tokens.words[index] in telling.works
                or telling.evidence.end(tokens, index) is not None
                or is_figure(tokens, index)
                for index in left
            ):
                continue
            yield Span(tokens.starts[first], tokens.ends[last - 1], kind, _RULE, Action.HIDE)
