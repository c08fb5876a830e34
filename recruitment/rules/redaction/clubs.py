"""Bodies of one's own time, wherever a text names them: clubs, choirs, old pupils, Rotary and the like.

To belong to one tells a school, a town, a sex or a standing. The same club as an employer, a customer or a place
that was inspected is work, so its name alone decides nothing: a word of belonging must stand beside it, or nothing
else at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import capitals_of
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.sentences import split_sentences
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.tokens import read_tokens
from recruitment.rules.redaction.told import Telling

_CAP = r"[A-Z](?:[\w'’&\-]|\.(?=\w)){0,24}"
_OF = rf"(?: (?:of|in|for)(?: the)?(?: (?:St )?{_CAP}){{1,3}})?"
_OLD = (
    r"Old [A-Z][a-z]{2,}(?:ians?|ans|ites?|oys|irls)(?: (?:Club|Association|Society|Lodge|[A-Z]{2,4})(?:['’]s)?)?"
)
_KNOWN = (
    r"Rotary|Rotaract|Rotarians?|Inner Wheel|Lions Club|Soroptimists?(?: International)?|Round Table"
    r"|Ladies['’]? Circle"
    r"|Probus|Oddfellows|Townswomen['’]?s['’]? Guild|Women['’]s Institute|Toastmasters|Young Farmers|Ramblers"
    r"|Orange Order|Masonic Lodge|Knights of [A-Z][a-z.]+(?: [A-Z][a-z]+)?|Royal British Legion"
    r"|(?:Girls|Boys)['’] Brigade|(?:Conservative|Labour|Liberal|Working Men['’]s) Club"
)
_HEAD = (
    r"Club|Choir|Chorus|Band(?! ?\d)|Orchestra|Singers|Players|Harriers|Wanderers|Rovers|Ringers"
    r"|Bellringers|Morris"
    r"|(?:Operatic|Choral|Civic|History|Historical|Dramatic|Drama|Musical|Horticultural|Archaeological|Literary"
    r"|Philharmonic|Gardening|Caledonian|Hibernian|Cymru|Welsh|Irish|Polish) Society|AFC|FC|RFC|RUFC"
)
_BODY = re.compile(
    rf"(?<![\w'’])(?P<name>{_OLD}"
    rf"|(?:{_CAP} ){{0,3}}(?:{_KNOWN})(?: (?:Club|International|Society|Association))?{_OF}"
    rf"|(?:{_CAP} ){{1,4}}(?:{_HEAD})(?![\w]){_OF})(?:['’]s?)?(?!\w)"
)
# Every body's name holds one of them.
_WORDS_OF_A_BODY = capitals_of(f"{_OLD}|{_KNOWN}|{_HEAD}")
# Run by schools, councils and employers for those whom they serve.
_OF_WORK = re.compile(
    r"\b(?:Breakfast|Youth|After School|Homework|Job|Lunch(?:eon)?|Holiday|Coding|Code|Kids|Play|Social"
    r"|Night|Health"
    r"|Country|Grade|Pay|Salary) (?:Club|Band)\b|^(?:Band|Club|The Band|In Band|At Band)\b"
)
_POST = (
    r"(?:member(?:ship)?|secretary|treasurer|president|chair(?:man|woman|person)?|vice[- ](?:president"
    r"|captain|chair)"
    r"|captain|trustee|committee|patron|past master|worshipful master|welfare officer|fixtures secretary"
    r"|groundsman"
    r"|umpire|bellringer|conductor|organist|accompanist)"
)
_BELONGS = re.compile(
    rf"(?:\b{_POST}(?: member)?(?: \w+)?,? ?(?:of|for|in|at|with|to|on|[,:–-])? ?(?:the |my |our |a )?"
    r"(?:local |town )?"
    r"|\b(?:belong(?:s|ed)? to|active (?:in|with)|involved (?:in|with)|volunteer(?:ed|ing)? (?:with|at|for)"
    r"|(?:sing|sang|singing|play|played|playing|row|run|ran|bowl|bowled|swim|dance|act|ring|march|coach|umpire"
    r"|captain)(?:ed|s)? (?:with|for|in|at)|captain(?:ed)?|joined|help(?:ed|s)?(?: out)? (?:with|at)"
    r"|meet(?:ings)? (?:of|with)|(?:I am|I['’]m) in|(?:I am|I['’]m|as|I was|being|I['’]ve been"
    r"|I have been) an?|proud|past|former|fellow"
    r"|life|lifelong) (?:the |my |our )?(?:local |town )?)$",
    re.IGNORECASE,
)
_OWN_TIME = re.compile(
    r"\b(?:(?:spare|free|own) time|outside (?:of )?work|at weekends|hobbies|interests)\b", re.IGNORECASE
)
_POST_AFTER = re.compile(rf"(?:[ ]?[,(:–-]| as)[ ]?(?:\w+ )?{_POST}\b", re.IGNORECASE)
_SHORT_ITEM = 24
_LONGEST_LEAD = 60


def find_clubs(text: str, capitals: frozenset[str], telling: Telling) -> Iterator[Span]:
    """Bodies that a word of belonging makes the writer's own; flagged where work stands beside them, or nothing.

    `capitals`: `capital_words` of the text.
    """
    sentences = None
    for match in _BODY.finditer(text) if not capitals.isdisjoint(_WORDS_OF_A_BODY) else ():
        if _OF_WORK.search(match["name"]):
            continue
        before = text[max(0, match.start() - _LONGEST_LEAD) : match.start()]
        if _BELONGS.search(before) or _POST_AFTER.match(text, match.end()) or _OWN_TIME.search(before):
            sentences = sentences or split_sentences(text)
            first, last = sentences.around(match.start())
            is_work = _holds_work(text[max(first, match.start() - 120) : min(last, match.end() + 120)], telling)
            yield _club(match, Action.FLAG if is_work else Action.HIDE)
        elif _stands_alone(text, match):
            yield _club(match, Action.FLAG)


def _club(match: re.Match[str], action: Action) -> Span:
    return Span(match.start(), match.end(), Kind.MEMBERSHIP, "body of one's own time", action)


def _holds_work(part: str, telling: Telling) -> bool:
    tokens = read_tokens(part)
    return any(
        word in telling.works or telling.evidence.end(tokens, index) is not None
        for index, word in enumerate(tokens.words)
    )


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether its line or item holds hardly anything else, a year at most."""
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _SHORT_ITEM)
    stop = text.find("\n", match.end(), match.end() + _SHORT_ITEM)
    around = (
        text[start : match.start()] + " " + text[match.end() : stop if stop >= 0 else match.end() + _SHORT_ITEM]
    )
    return re.search(r"[^\W\d_]", around) is None
