"""Direct identifiers in further forms, and what stands right beside a hidden one and belongs to it.

Written dates of birth, bare domains, flats and named houses, a first name as a signature, a name in syllables; the
word with a capital that goes on with a hidden name, and the label that leads to a hidden number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.folding import capitals_of, holds_any, in_small_letters
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import NameForms
from recruitment.rules.redaction.spans import Action, Span, runs
from recruitment.rules.redaction.wordlists import WordLists

_CAP = r"(?<![\w'’-])[A-ZÀ-ÖØ-ÞŁŚŽČŠİ][\w'’-]{1,30}"
_RUN = rf"{_CAP}(?:[ ](?:of[ ]|the[ ]|on[ ]|upon[ ]|le[ ])?{_CAP}){{0,3}}"
_ROAD = (
    r"(?:Lane|Road|Street|End|Row|Close|Hill|Green|Way|Avenue|Drive|Terrace|Crescent|Gardens|Place|Square|Park|Court"
    r"|Mews|Walk|Rise|View|Grove|Parade|Quay|Wharf|Common|Bank|Gate|Wynd|Brae|Loan)"
)
_HOUSE = (
    r"(?:Cottage|House|Forge|Barn|Farm|Farmhouse|Lodge|Mill|Rectory|Vicarage|Manse|Grange|Croft|Bungalow|Stables"
    r"|Oast|Schoolhouse|Villa|Mansions|Court|Tower|Heights|Buildings|Point|Apartments|Lea|Nook)"
)
_FLATS = "Flat|Apartment|Apt|Room|Caravan|Pitch|Plot|Berth"
_FLAT = re.compile(rf"\b(?:{_FLATS})\.?[ ]?\d{{1,4}}[A-Za-z]?,[ ]{_RUN}(?:,[ ](?:\d+[ ])?{_RUN}){{0,3}}")
_NAMED_HOUSE = re.compile(
    rf"\b(?:The[ ])?{_RUN}[ ]{_HOUSE},[ ](?:{_RUN}[ ]{_ROAD}|{_CAP}[ ]{_ROAD})(?:,[ ]{_RUN}){{0,2}}"
)
_ADDRESS_LABEL = re.compile(
    rf"\b(?:[Aa]ddress|[Hh]ome is|[Ll]ive at|[Ll]iving at"
    rf"|[Aa]t home at)[ :]{{1,2}}(?P<place>{_RUN}(?:,[ ]{_RUN}){{1,3}})"
)
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9][a-z0-9-]{1,40}\.){1,3}(?:com|net|org|io|me|dev|eu|info|example|page|blog|art|design|app|co\.uk"
    r"|org\.uk|me\.uk|scot|wales|cymru|london)(?![\w@-]|\.\w)"
)
_PUBLIC = re.compile(
    r"(?:gov|nhs|police|ac|sch|parliament|mod)\.|^(?:bbc|google|microsoft|github|gitlab|linkedin)\."
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)|twentieth|thirtieth)"
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE_IN_WORDS = re.compile(
    rf"\b(?:the[ ])?{_ORDINAL}[ ](?:of[ ])?{_MONTH},?[ ](?:nineteen|two thousand(?: and)?)(?:[ -](?:oh[ -])?"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen)){0,2}",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:^|[\n.!] ?)(?:yours|regards|kind regards|best|best wishes|all the best|thanks|many thanks"
    r"|thank you|cheers|sincerely"
    r"|yours (?:sincerely|faithfully|truly)|respectfully|cordially|warmly|love|ta|with thanks|slán|hwyl"
    r"|diolch)[,.]?\s{1,3}"
    rf"(?P<name>{_CAP}(?:[ ][A-Z]\b\.?)?)(?=[ ]?x{{0,3}}\s*$)",
    re.IGNORECASE,
)
_SYLLABLES = re.compile(r"\b[^\W\d_]{1,5}(?:-[^\W\d_]{1,5}){1,5}\b")
_TITLES = ("mr", "mrs", "miss", "ms", "dr", "sir")
_TITLED = re.compile(
    r"\b(?:refs?|referees?|reference|contact|next of kin|ask for|ring|call)[: ]{1,2}(?P<name>(?:mr|mrs"
    r"|miss|ms|dr|sir)\.?[ ][a-z][a-z'’-]{2,}(?:[ ][a-z][a-z'’-]{2,})?)"
    r"(?=[ ]?(?:\d|on\b|at\b|year\b|head\b|manager\b|team\b|from\b|in\b|,|\.|\n|$))"
)
_GOES_ON = re.compile(rf"[ \n](?P<name>{_CAP}(?:[ ]{_CAP})?)(?=['’]s\b|[,.;:)\n]|[ ](?:\(|[a-z])|$)")
_LEADS = re.compile(rf"(?:(?<=[a-z,:(] )|(?<=[,:(])|(?<=\n)|^)(?P<name>{_CAP}[ -]|HH[ ]|H\.H\.[ ])$")
_LABEL = re.compile(
    r"(?:\b(?:N\.?I\.?|NINO|PIN|HCPC|NMC|GMC|SRA|BPS|SWE|RICS|chartered|revalidated|registered|registration|membership|member|warrant"
    r"|collar|shoulder|badge|licence|number|no|num|ref|roll|service|force|id)\b[.,:]{0,2}[ ]?){1,4}$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([A-Z][A-Za-z]{1,6}[ ](?:no\.?[ ])?[A-Z]{0,2}\d[\dA-Z-]{3,9}\)")
_REGISTERED = re.compile(
    r"\b(?:registered|chartered|member|fellow|licensed|accredited|affiliate)\b[^.\n]{0,30}$", re.IGNORECASE
)
_BODIES = "CIMA|ACCA|CIPD|CIPS|CIPFA|ICAEW|AAT|RICS|BACP|UKCP|SiLC|IOSH|CIOB|CMI|ORCID"
_BODY_CODE = re.compile(rf"\b(?P<code>(?:{_BODIES})[ ](?:no\.?[ ]|number[ ])?\d-?[\dA-Z]{{4,9}})\b")


def find_direct(text: str, capitals: frozenset[str], forms: NameForms) -> Iterator[Span]:
    """Identifiers by further forms; `capitals`: `capital_words` of the text."""
    yield from _by_form(text, capitals)
    low = in_small_letters(text)
    for match in _DOMAIN.finditer(text) if holds_any(low, _DOMAINS) else ():
        if _PUBLIC.search(match[0]) is None:
            yield Span(*match.span(), Kind.WEB_ADDRESS, "bare domain", Action.HIDE)
    for match in _DATE_IN_WORDS.finditer(text) if holds_any(low, ("nineteen", "two thousand")) else ():
        yield Span(*match.span(), Kind.DATE_OF_BIRTH, "date in words", Action.HIDE)
    for match in _SIGNATURE.finditer(text, max(0, len(text) - _END)):
        yield Span(*match.span("name"), Kind.NAME, "signature", Action.HIDE)
    together = low.replace("-", "") if "-" in low else ""
    long = {form for form in forms.certain | forms.inside if len(form) >= _LONG_ENOUGH}
    is_spelt = any(together.count(form) > low.count(form) for form in long) if together else False
    for match in _SYLLABLES.finditer(text) if is_spelt else ():
        if match[0].replace("-", "").lower() in long:
            yield Span(*match.span(), Kind.NAME, "name in syllables", Action.HIDE)
    for match in _IN_BRACKETS.finditer(text):
        if _REGISTERED.search(text, max(0, match.start() - 40), match.start()):
            place = match.start() + 1, match.end() - 1
            yield Span(*place, Kind.NUMBER, "number in brackets after a register", Action.HIDE)


def _by_form(text: str, capitals: frozenset[str]) -> Iterator[Span]:
    """What has a form of which most texts hold no word, or none of the letters."""
    likely = [each for each in _BY_CAPITALS if not capitals.isdisjoint(each[1])]
    for pattern, _, kind, rule in [*likely, *(each for each in _BY_FORM if holds_any(text, each[1]))]:
        for match in pattern.finditer(text):
            yield Span(*match.span(pattern.groups), kind, rule, Action.HIDE)


_BY_FORM = (
    (
        _ADDRESS_LABEL, ("ddress", "ome is ", "ive at ", "iving at ", "t home at "), Kind.ADDRESS,
        "place after a word of living",
    ),
    (
        _TITLED, tuple(f"{before}{title}{after}" for title in _TITLES for before in " :" for after in " ."),
        Kind.OTHER_NAME, "title and name in small letters",
    ),
)  # fmt: skip
_BY_CAPITALS = (
    (_FLAT, capitals_of(_FLATS), Kind.ADDRESS, "flat or named house"),
    (_NAMED_HOUSE, capitals_of(_HOUSE), Kind.ADDRESS, "flat or named house"),
    (_BODY_CODE, capitals_of(_BODIES), Kind.NUMBER, "number beside a body"),
)
_DOMAINS = (
    ".com", ".net", ".org", ".io", ".me", ".dev", ".eu", ".info", ".example", ".page", ".blog", ".art",
    ".design", ".app",
    ".uk", ".scot", ".wales", ".cymru", ".london",
)  # fmt: skip


def find_direct_ends(text: str, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """What goes on with a hidden name, and the label before a hidden number."""
    for start, end, members in runs(text, spans):
        first, last = members[0].kind, max(members, key=lambda span: span.end).kind
        is_hidden = any(span.action is Action.HIDE and not span.replacement for span in members)
        if not is_hidden:
            continue
        is_word = all(span.rule.startswith("ordinary word") for span in members)
        if last in _NAMES and (text[end : end + 1] == " " or last is Kind.OTHER_NAME):
            match = _GOES_ON.match(text, end)
            ends = match is not None and text[match.end() : match.end() + 1] != " "
            if match is not None and (ends or not is_word) and not _is_no_name(match["name"], lists):
                yield Span(*match.span("name"), Kind.OTHER_NAME, "goes on with a hidden name", Action.HIDE)
        if first in _NAMES and not is_word and not _LONGER.match(text, end):
            match = _LEADS.search(text, max(0, start - 20), start)
            if match is not None and not _is_no_name(match["name"].strip(" -"), lists):
                yield Span(match.start("name"), start, Kind.OTHER_NAME, "goes on with a hidden name", Action.HIDE)
        if first in (Kind.NUMBER, Kind.NATIONAL_INSURANCE):
            match = _LABEL.search(text, max(0, start - 40), start)
            if match is not None and ":" not in match[0]:
                yield Span(match.start(), start, first, "label of a hidden number", Action.HIDE)


# The hidden word goes on as the name of a place or a body: Kirkby [Stephen] Grammar School.
_LONGER = re.compile(r"['’]?s?[ ][A-Z]")
_NAMES = frozenset({Kind.NAME, Kind.OTHER_NAME})
_END = 160
_LONG_ENOUGH = 5


def _is_no_name(name: str, lists: WordLists) -> bool:
    words = re.findall(r"[^\W\d_]+", name.lower())
    known = (
        lists.role_words,
        lists.capitalised_ordinary,
        lists.subjects,
        lists.qualifications,
        lists.ordinary_words,
    )
    return not words or words[0] in ("i", "i'm", "i've") or any(word in each for word in words for each in known)
