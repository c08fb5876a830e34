"""Lines with a label whose value tells of the writer: "Nationality: …", "Marital status: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_NOTHING = re.compile(r"(?:n/?a|none|nil|-+|\.+|_+|see |of |and |in |to |is |the |for )", re.IGNORECASE)
_SEPARATOR = re.compile(r"[ \t]{0,8}(?::[-–]?|[-–](?=[ \t])|=|\t)[ \t]{0,12}")
_LABEL_BEFORE = re.compile(
    r"(?:^|[\n\t|•;]|[ ]{2}|(?<=[.,:)]) |(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z]))[ \t*#\-–]{0,6}(?P<label>"
    + "|".join(f"(?P<k{index}>{labels})" for index, (_, labels) in enumerate(_LABELS))
    + r")\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" ?\([^()]{0,30}\) ?$|\?$")
_LONGEST_LABEL = 48
_VALUE = re.compile(r"[^\n\t|•;]{1,120}")
_ENDS = re.compile(r" {2,}|(?<=[a-z\d)])(?=[A-Z][A-Za-z ]{1,18}:)|[ ,.](?=[A-Z][\w ]{2,22}:)|\. (?=[A-Z])")


def find_labelled(text: str) -> Iterator[Span]:
    """The values after labels, up to the end of the line or the next label."""
    for separator in _SEPARATOR.finditer(text):
        value_here = _VALUE.match(text, separator.end())
        lead = text[max(0, separator.start() - _LONGEST_LABEL) : separator.start()]
        lead = _ASIDE.sub("", lead)
        match = _LABEL_BEFORE.search(lead) if value_here and lead[-1:].isalpha() else None
        if match is None or value_here is None:
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
