"""Lines with a label whose value tells of the writer: "Nationality: …", "Marital status: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span

_LABELS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.FAMILY,
        r"marital\s?status|maritial status|civil status|status|children|dependants|dependents|"
        r"spouse(?:'s)?(?: name)?|(?:father|mother|husband|wife)(?:['’]?s)?[ \t]?name|father|mother|"
        r"family status|next of kin|emergency contact",
    ),
    (Kind.GENDER, r"gender|sex|pronouns?|preferred pronouns?|title"),
    (
        Kind.NATIONALITY,
        r"nationality|citizenship|country of (?:birth|origin)|place of birth|birth ?place|"
        r"visa(?: status| type)?|immigration status|mother tongue|native language|first language|"
        r"languages? known|languages? spoken|passport(?: no| number| details)?|"
        r"right to work(?: status)?|work authori[sz]ation",
    ),
    (Kind.RELIGION, r"religion|faith|religious beliefs?|denomination|caste|church"),
    (Kind.ETHNICITY, r"ethnicity|ethnic (?:origin|group|background)|race"),
    (Kind.AGE, r"age|date of birth|d\.?o\.?b\.?|birth ?date|birthday|born"),
    (
        Kind.DISABILITY,
        r"disabilit(?:y|ies)|health|health conditions?|medical conditions?|medical history|"
        r"blood group|disabled",
    ),
    (Kind.ORIENTATION, r"sexual orientation|orientation"),
    (Kind.ADDRESS, r"(?:home |postal |current |correspondence )?addr(?:ess)?\.?|c/o"),
    (
        Kind.NAME,
        r"(?:full |first |last |middle |family |given |maiden |previous |preferred |known )?names?|"
        r"surname|forenames?|signed|signature|applicant|candidate name",
    ),
)
_MARITAL = re.compile(r"(?:single|married|divorced|widow|separated|civil|engaged|partner)", re.IGNORECASE)
_LANGUAGES = re.compile(r"languages?\b", re.IGNORECASE)
# Languages that somebody offers are a doubt, unless one of them is said to be their own.
_OWN_LANGUAGE = re.compile(r"\b(?:native|mother|first language|home language|bilingual)\b", re.IGNORECASE)
# Labels that themselves tell something, as no form asks them of everybody.
_TELLING_LABEL = re.compile(
    r"(?:church|caste|spouse|father|mother|husband|wife|maiden|visa|immigration|children|dep)", re.IGNORECASE
)
_NOTHING = re.compile(r"(?:n/?a|none|nil|-+|\.+|_+|see |of |and |in |to |is |the |for )", re.IGNORECASE)
_SEPARATOR = re.compile(r"[ \t]{0,8}(?::[-–]?|[-–](?=[ \t])|=|\t)[ \t]{0,12}")
_LABEL_BEFORE = re.compile(
    r"(?:^|[\n\t|•;]|[ ]{2}|(?<=[.,:)]) |(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z]))[ \t*#\-–]{0,6}(?P<label>"
    + "|".join(f"(?P<k{index}>{labels})" for index, (_, labels) in enumerate(_LABELS))
    + r"|(?P<other>languages?(?: skills)?|disability status|religion (?:or|and|/) belief|belief))\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" ?\([^()]{0,30}\) ?$|\?$")
_LONGEST_LABEL = 48
_VALUE = re.compile(r"[^\n\t|•;]{1,120}")
_ENDS = re.compile(r" {2,}|(?<=[a-z\d)])(?=[A-Z][A-Za-z ]{1,18}:)|[ ,.](?=[A-Z][\w ]{2,22}:)|\. (?=[A-Z])")


def _label_before(text: str, separator: re.Match[str]) -> re.Match[str] | None:
    lead = text[max(0, separator.start() - _LONGEST_LABEL) : separator.start()]
    lead = _ASIDE.sub("", lead)
    return _LABEL_BEFORE.search(lead) if lead[-1:].isalpha() else None


Label = tuple[re.Match[str], re.Match[str]]
"""The separator after a label, and the label as it was found in what stands before that."""


def labels_in(text: str) -> list[Label]:
    """The labels of a text that a form may ask."""
    found = ((separator, _label_before(text, separator)) for separator in _SEPARATOR.finditer(text))
    return [(separator, match) for separator, match in found if match is not None]


def find_labelled(text: str, labelled: Sequence[Label]) -> Iterator[Span]:
    """The values after the labels of a text, up to the end of the line or the next label."""
    for separator, match in labelled:
        value_here = _VALUE.match(text, separator.end())
        if value_here is None or match["other"]:
            continue
        index = next(number for number in range(len(_LABELS)) if match[f"k{number}"] is not None)
        kind = _LABELS[index][0]
        value = value_here[0]
        if _NOTHING.match(value):
            continue
        end = _ENDS.search(value)
        value = value[: end.start()] if end else value
        value = value.rstrip(" .,")
        if not value or len(value.split()) > 12:
            continue
        if match["label"].lower() == "status" and not _MARITAL.match(value):
            continue
        if kind is Kind.NAME and not value[:1].isupper():
            continue
        if kind is Kind.AGE and not any(character.isdigit() for character in value):
            continue
        action = Action.FLAG if _LANGUAGES.match(match["label"]) or kind is Kind.NAME else Action.HIDE
        if kind is Kind.NAME and len(value.split()) > 5:
            continue
        yield Span(value_here.start(), value_here.start() + len(value), kind, "labelled line", action)


def keep_labels(text: str, spans: Iterable[Span], labelled: Sequence[Label]) -> list[Span]:
    """The spans without the labels of a text: what was asked stays readable, also where a rule took both.

    Languages that somebody offers are flagged.
    """
    labels: list[tuple[int, int]] = []
    offers: list[tuple[int, int]] = []
    for separator, match in labelled:
        if _TELLING_LABEL.match(match["label"]):
            continue
        start = max(0, separator.start() - _LONGEST_LABEL) + match.start("label")
        labels.append((start, separator.end()))
        value = _VALUE.match(text, separator.end())
        if value and _LANGUAGES.match(match["label"]):
            end = _ENDS.search(value[0])
            offers.append((value.start(), value.start() + end.start() if end else value.end()))
    for heading in _LANGUAGES_HEADING.finditer(text) if _ASKS_LANGUAGES.search(text) else ():
        labels.append(heading.span("label"))
        offers += (line.span() for line in _VALUE.finditer(text, *heading.span("lines")))
    offers = [(start, end) for start, end in offers if not _OWN_LANGUAGE.search(text, start, end)]
    labels.sort()
    offers.sort()
    return [_doubted(part, offers) for span in spans for part in _without(text, span, labels)]


_ASKS_LANGUAGES = re.compile(r"[Ll](?:anguage|ANGUAGE)")
_LANGUAGES_HEADING = re.compile(
    r"^[ \t#*•\-]{0,4}(?P<label>languages?(?: skills| spoken"
    r"| known)?)[ \t]{0,3}\n(?P<lines>(?:[^\n]{1,60}\n?){1,8})",
    re.IGNORECASE | re.MULTILINE,
)


def _without(text: str, span: Span, labels: list[tuple[int, int]]) -> Iterator[Span]:
    """What is left of a span beside the labels, which are in order."""
    at = span.start
    for index in range(max(0, bisect_left(labels, (span.start, 0)) - 1), len(labels)):
        start, end = labels[index]
        if start >= span.end:
            break
        if end <= at:
            continue
        until = at + len(text[at:start].rstrip(" \t,;|")) if start > at else at
        if until > at:
            yield replace(span, start=at, end=until)
        at = end
    if at == span.start:
        yield span
    elif at < span.end:
        yield replace(span, start=at)


def _doubted(span: Span, offers: list[tuple[int, int]]) -> Span:
    """The span, flagged where it stands among languages on offer."""
    index = bisect_left(offers, (span.start + 1, 0)) - 1
    if index < 0 or span.end > offers[index][1] or span.kind not in (Kind.NATIONALITY, Kind.ETHNICITY):
        return span
    return replace(span, action=Action.FLAG)
