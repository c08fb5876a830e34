"""Registration, staff and membership numbers, by their labels and by the forms that registers publish.

Sources: Nursing and Midwifery Council (PIN: two digits, letter, four digits, letter), Health and Care Professions
Council (prefix of the profession and four to six digits), Social Work England (SW and digits), General Medical
Council (seven digits, only after its label).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from recruitment.rules.redaction.folding import holds_any, in_small_letters
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span

_VALUE = r"([A-Z]{0,5}(?:[ \-/]?[A-Z]{1,2})??[ \-/]?\d[\dA-Z]{0,19}(?:[ /\-]\d{2,8}){0,4}(?:-?[A-Z]{1,4})?)"
_LABELS = (
    r"nmc|gmc|hcpc|hpc|sra|gphc|gdc|swe|scw|sssc|niscc|ccw|scwales|bacp|ukcp|bps|cips|cipd|acca|cima|"
    r"icaew|cipfa|rics|sia|osp|bsb|ilex|cilex|oisc|dvsa|aat|rcvs|goc|gosc|hcp|uin|esr|collar|warrant|"
    r"shoulder|badge|staff|employee|payroll|personnel|service|force|prison officer|warden|officer|army|"
    r"navy|raf|military|pin|registration|reg|membership|member|member's|licen[cs]e|passport|roll|"
    r"candidate|student|cadet|national id|id card|orcid|isni|prn|register entry|card|brp|share code|driver|"
    r"driving licen[cs]e|certificate of sponsorship|dbs certificate|dbs update service|dbs|identity|id|trn|"
    r"qts|qtls|enic|naric|uk enic|social work england|tacho card|tacho|cpc card|cpc|digicard|cscs|cisrs|cpcs|"
    r"npors|gas safe|niceic|ipaf|pasma|nebosh|cieh|ciob|imeche|riba|arb|rtpi|mrtpi|bma|rcn"
)
_LABEL = re.compile(
    rf"(?<![\w])(?:{_LABELS})"
    r"[ \t]?(?:pin|number|numbers|num|no|nos|ref|reference|id|reg|registration|card|code|badge|membership|member"
    r"|certificate|licen[cs]e)?(?:[ ]?(?:pin|no|number|id|is))?"
    r"[ \t]?(?:\(.{0,12}\))?[.:#=–\-]{0,2}[ \t]?(?:(?:, which )?(?:is|was)[ \t])?" + _VALUE + r"(?![\w])",
    re.IGNORECASE,
)
_BY_FORM = (
    ("NMC PIN by form", re.compile(r"\d(?<![\w/].)\d[A-LN-P]\d{4}[A-Z](?![\w])"), 4),
    (
        "HCPC number by form",
        re.compile(r"(?<![\w/])(?:PA|OT|PH|BS|PYL|SW|RA|RAD|DT|CH|ODP|SL|AS|PO|CS|HAD|OR)\d{5,6}(?![\w])"),
        5,
    ),
    ("Social Work England number by form", re.compile(r"S(?<![\w/].)WE?\d{4,6}(?![\w])"), 4),
)
"""Rules, their patterns, and how many digits on end each needs at the least."""
# The first word of every label, up to where its spelling differs.
_LABELS_BEGIN = tuple({label.partition(" ")[0].partition("[")[0] for label in _LABELS.split("|")})
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_SHORTEST_WITHOUT_LABEL = 6
# "My SRA record (no. 418827)": a number in brackets after a register's letters, however far within the clause.
_BRACKETED = re.compile(
    r"\b(?:nmc|gmc|hcpc|sra|gphc|gdc|swe|sssc|bacp|rics|acca|cima|cipd|bar council|law society)\b[^.;\n]{0,40}?"
    r"\(\s?(?:no\.?|number|pin|ref\.?)?\s?([A-Z]{0,3}\d[\dA-Z]{3,10})\s?\)",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"(?<![\w./\-])[A-Z]{1,3}\d{6,8}[A-Z]?(?![\w])")
_LONG = re.compile(r"(?<![\w.,£$€:/\-])\d{7,12}(?![\w%]|[.,/\-:]\d)")
_TWO_YEARS = re.compile(r"(?:(?:19|20)\d\d){2}")
# What a number of work follows: a case, an order, a policy.
OF_WORK = re.compile(
    r"(?<!\w)(?:case|cases|ref|refs|reference|references|order|orders|invoice|log|incident|crime|claim"
    r"|account|accounts|policy|policies|docket|job|vacancy|post|serial|batch|asset|ticket|tender|"
    r"contract|charter|file|folder|grant|budget|cost centre|project|room|form|part|section|sample|samples|lot"
    r"|dps|isbn|issn|doi|iso|bs en|en|sop|report|paper|call|calls|meter|unit|exhibit|urn|occurrence|enquiry|"
    r"complaint|docs?|document|version|application|appeal|schedule|kpi|po|purchase order|hours|dated|database"
    r"|dataset|records|rows|entries|items|vehicle|registration plate|vrm|to|codes?|grid|sort)"
    r"[ \t]?(?:ref|refs|reference|references|number|numbers|no|nos|id|ids|code|was|is|were|being|such as|like"
    r"|starting|beginning|ending)?[ \t]?[s.:#(/\"'“\-]{0,3}[ \t]?[\w/\-]{0,8}\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def _number(start: int, end: int, rule: str, action: Action = Action.HIDE) -> Span:
    return Span(start, end, Kind.NUMBER, rule, action)


def find_personal_numbers(text: str) -> Iterator[Span]:
    """Numbers that a register or an employer gives to a person."""
    longest = max(map(len, _DIGITS.findall(text)), default=0)
    if longest < 2:
        return
    yield from _by_label(text)
    for match in _near_figures(_ON_A_REGISTER, text) if longest >= 3 else ():
        group = 1 if match[1] else 2
        if not _YEARS_ALONE.fullmatch(match[group]) and not _is_of_work(text, match.start()):
            yield _number(*match.span(group), "number on a register")
    for match in _NUMBER_OF_A_BODY.finditer(text) if longest >= 4 else ():
        is_body = _BODY_BEFORE.search(text, max(0, match.start() - 60), match.start()) is not None
        if is_body and not _YEARS_ALONE.fullmatch(match[1]) and not _is_of_work(text, match.start()):
            yield _number(*match.span(1), "number beside a body")
    for match in _RANKED.finditer(text) if holds_any(text, ("PC", "DC", "DS", "DI", "PS", "Sgt", "Insp")) else ():
        yield _number(*match.span(1), "number after a rank")
    for match in _near_figures(_BRACKETED, text) if longest >= 3 and "(" in text else ():
        yield _number(*match.span(1), "number in brackets after a register")
    for match in _REGISTERED.finditer(text) if longest >= 5 and "number" in text else ():
        yield _number(*match.span(1), "number beside a register")
    for rule, pattern, least in _BY_FORM:
        for match in pattern.finditer(text) if longest >= least else ():
            yield _number(*match.span(), rule)
    if longest >= _SHORTEST_WITHOUT_LABEL:
        yield from _without_label(text)


def _by_label(text: str) -> Iterator[Span]:
    for match in _near_figures(_LABEL, text, _may_be_labelled):
        value = match[1].strip()
        digits = sum(character.isdigit() for character in value)
        is_short = digits < 4 and value.isdigit() and not _STRONG.match(match[0])
        is_weak = digits <= 4 and value.isdigit() and _WEAK.match(match[0])
        if value[:2].islower() or digits < 3 or _YEAR.fullmatch(value) or is_short or is_weak:
            continue
        if _WORD_AND_YEAR.fullmatch(value):
            continue
        if not _is_of_work(text, match.start()):
            # A register's letters go with the number: NMC 12A3456B.
            start = match.start() if _ACRONYM.match(match[0]) else match.start(1)
            yield _number(start, match.end(1), "labelled number")


def _is_of_work(text: str, start: int, reach: int = 20) -> bool:
    """Whether what stands before a number makes it a case's, an order's or a policy's."""
    return OF_WORK.search(text[max(0, start - reach) : start]) is not None


def _without_label(text: str) -> Iterator[Span]:
    for pattern, rule in ((_DOUBTFUL, "letters and digits"), (_LONG, "long number")):
        for match in pattern.finditer(text):
            if _TWO_YEARS.fullmatch(match[0]) or _is_of_work(text, match.start(), 28):
                continue
            first, last = text.rfind("\n", 0, match.start()), text.find("\n", match.end())
            if (last if last >= 0 else len(text)) - first <= _SHORT_LINE:
                yield _number(*match.span(), rule)
            elif _MY.search(text, max(0, match.start() - 28), match.start()):
                yield _number(*match.span(), rule, Action.FLAG)


_MY = re.compile(r"\bmy\b")


# Staff Policy 2013, Service Review 2019.
_WORD_AND_YEAR = re.compile(r"[A-Za-z]?[a-z]{2,}[ ]?(?:19|20)\d\d")
_FIGURES = re.compile(r"\d\d(?:\d+|[A-Z]\d)")
_REACH = 64


def _may_be_labelled(part: str) -> bool:
    """Whether a word of a part begins as a label does."""
    words = _WORD.findall(in_small_letters(part))
    return any(word.startswith(_LABELS_BEGIN) for word in words)


def _near_figures(
    pattern: re.Pattern[str], text: str, is_likely: Callable[[str], bool] = bool
) -> Iterator[re.Match[str]]:
    """Matches of a pattern that holds figures, looked for only where there are some and the part is likely."""
    start, end = 0, -1
    for figures in _FIGURES.finditer(text):
        if figures.start() - _REACH > end:
            if end > 0 and is_likely(text[start:end]):
                yield from pattern.finditer(text, start, end)
            start = max(0, figures.start() - _REACH)
        end = min(len(text), figures.end() + _REACH // 2)
    if end > 0 and is_likely(text[start:end]):
        yield from pattern.finditer(text, start, end)


_ON_A_REGISTER = re.compile(
    r"\b(?!(?:SOP|PO|RFQ|RFP|ISO|PPN|FOI|SI|CRN|URN|VAT|ITT|TUPE|SAR|LOI|PSI|PSO|HC|EU|EC|BS|EN|CAD|DMS|DN"
    r"|OIC|DWP|HMRC|MP)\b)[A-Z]{2,6}(?: level \d)?,? (?:register, |licence |membership )?(?:no|number"
    r"|num)?[.:]{0,2} ?"
    r"((?=[A-Z0-9/\-]*\d{4})[A-Z]{0,3}\d[A-Z0-9/\-]{3,11})(?!\w)|\bregister, (?:no|number)[.:]? ?(\d{3,8})"
)
# "Chartered Institute of …, no T/20917": a number that says it is one, after a body's name or a word
# of belonging.
_NUMBER_OF_A_BODY = re.compile(
    r" [nN](?:o|r|umber)\.?:?[ ]?((?=[A-Za-z0-9/\-]*\d{4})[A-Za-z]{0,3}/?\d[\dA-Za-z/\-]{3,12})(?!\w)"
)
_BODY_BEFORE = re.compile(
    r"(?<!\w)(?:register(?:ed)?|institut(?:e|ion)|council|association|society|revalidated|bar|roll|licen[cs]e"
    r"|member(?:ship)?|fellow|chartered \w+)(?: of(?: \w+){1,4})?,?$",
    re.IGNORECASE,
)
_YEARS_ALONE = re.compile(r"(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?")
_RANKED = re.compile(r"(?<!\w)(?:PC|DC|DS|DI|DCI|PS|PCSO|WPC|TDC|Sgt|Insp)[ ]?(\d{2,6})(?!\w)")
_REGISTERED = re.compile(
    r"\b(?:GMC|NMC|HCPC|SWE|SRA|GPhC|regist(?:er|ered|ration))\b[^\n.]{0,60}?\bnumber[ :]{1,2}(\d{5,8})(?!\w)"
)
_ACRONYM = re.compile(r"[A-Z]{2,5}[ .:]{0,2}(?=[A-Z]{0,3}\d)")
# A line of a letter's head rather than of prose.
_SHORT_LINE = 80
_STRONG = re.compile(r"(?:warrant|collar|shoulder|badge|staff|employee|payroll|pin|nmc|gmc|hcpc)", re.IGNORECASE)
# "service 2019", "card 3456": the label alone is too common before a short number.
_WEAK = re.compile(
    r"(?:service|force|army|navy|raf|military|officer|member|id\b|card|roll|student|candidate|driver|reg\b|dbs|licen)",
    re.IGNORECASE,
)
