"""Wordings of outcome letters: placeholders from a fixed list, checked, and filled with one candidate's own facts.

There is no placeholder for the interview line, a rank, another candidate or who scored: no wording tells them.
A wording may have a Welsh one beside it, for whoever reads Welsh (Welsh Language (Wales) Measure 2011: standards
on correspondence). Only what composes the letter to be sent learns in which language its reader has it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from recruitment.rules.errors import Invalid
from recruitment.rules.letters import WITH_INTERVIEW, LetterKind
from recruitment.rules.messages import ENGLISH

LONGEST_SUBJECT, LONGEST_BODY = 150, 10_000
PLACEHOLDERS: Mapping[str, str] = {
    "post": "the title of the campaign",
    "body": "the name of your organisation",
    "reference": "the candidate’s reference",
    "scores": "the candidate’s own scores, what the guide says of them, and the reasons where given",
    "criteria": "the names of the criteria",
    "how_to_ask": "how to ask about this letter",
    "contact": "your address for candidates",
    "vacancy": "the vacancy that is offered",
    "limit": "the limit on Disability Confident interviews and its reason, where one was fixed",
    "reason": "why the check of the requirements refused the application, as it was written there",
}
_ONLY = {"vacancy": LetterKind.OFFERED, "limit": LetterKind.NOT_SHORTLISTED, "reason": LetterKind.NOT_ELIGIBLE}
_HOLDER = re.compile(r"\{([^{}\n]*)\}")
_NEEDED = {LetterKind.WITHDRAWN: (), LetterKind.NOT_ELIGIBLE: ("reason", "how_to_ask")}
_NEVER_IN_A_SUBJECT = frozenset({"scores", "limit", "how_to_ask", "reason"})
WELSH = "cy"


@dataclass(frozen=True)
class Wording:
    """`welsh`: the same in Welsh; None where there is none, and everybody gets the English."""

    subject: str
    body: str
    welsh: Wording | None = None


@dataclass(frozen=True)
class OwnScore:
    """One final score of the candidate’s own; `guide`: (score, what the guide says), two where it falls between.

    `number` is the question's place in the form; 0 for the interview. `reasons` without who gave them.
    """

    criterion: str
    number: int
    value: Fraction
    highest: int
    guide: tuple[tuple[int, str], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter may tell. `limit`: the cap on Disability Confident interviews, and why. `tests`: marks of
    tests and assessment days. `reason`: why the check of the requirements refused the application."""

    post: str
    body: str
    reference: str
    contact: str
    address: str
    sift: tuple[OwnScore, ...] = ()
    interview: tuple[OwnScore, ...] = ()
    vacancy: str = ""
    limit: tuple[int, str] | None = None
    tests: tuple[OwnScore, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class LetterTexts:
    """What is shipped: a wording for each kind, the lines that stand for placeholders, and an invented person."""

    wordings: Mapping[LetterKind, Wording]
    lines: Mapping[str, str]
    welsh_lines: Mapping[str, str]
    invented: Mapping[str, str]


def read_texts(raw: str) -> LetterTexts:
    """From the file of them (`letter_texts/shipped.toml`)."""
    held = tomllib.loads(raw)
    welsh = _wordings(held["welsh"]["wordings"])
    return LetterTexts(
        {kind: replace(one, welsh=welsh[kind]) for kind, one in _wordings(held["wordings"]).items()},
        held["lines"],
        held["welsh"]["lines"],
        held["invented"],
    )


def _wordings(held: Mapping[str, Mapping[str, str]]) -> dict[LetterKind, Wording]:
    return {kind: Wording(held[kind]["subject"], held[kind]["body"].strip()) for kind in LetterKind}


def placeholders_of(kind: LetterKind) -> dict[str, str]:
    """Name → what it becomes, of those that a letter of this kind may use."""
    return {name: what for name, what in PLACEHOLDERS.items() if _ONLY.get(name, kind) is kind}


def check_wording(kind: LetterKind, wording: Wording) -> None:
    """`Invalid`, naming the field, where it is empty, too long, or does not keep to its placeholders.

    A Welsh wording keeps to the same, in the fields `welsh_subject` and `welsh_body`.
    """
    _check(kind, wording, "")
    if wording.welsh is not None:
        _check(kind, wording.welsh, "welsh_")


def _check(kind: LetterKind, wording: Wording, prefix: str) -> None:
    _check_text(kind, wording.subject, LONGEST_SUBJECT, f"{prefix}subject", "subject")
    _check_text(kind, wording.body, LONGEST_BODY, f"{prefix}body", "text")
    if "\n" in wording.subject or _NEVER_IN_A_SUBJECT & set(_HOLDER.findall(wording.subject)):
        raise Invalid(
            "The subject is one line, without scores. Others may see it on a screen.", f"{prefix}subject"
        )
    for name in _NEEDED.get(kind, ("scores", "how_to_ask")):
        if f"{{{name}}}" not in wording.body:
            told = PLACEHOLDERS[name]
            raise Invalid(f"Put {{{name}}} into the letter: everybody is told {told}.", f"{prefix}body")


def _check_text(kind: LetterKind, text: str, longest: int, field: str, title: str) -> None:
    if not text.strip():
        raise Invalid(f"Enter the {title} of the letter.", field)
    if len(text) > longest:
        raise Invalid(f"Shorten this to {longest:,} characters or fewer.", field)
    known = placeholders_of(kind)
    for name in _HOLDER.findall(text):
        if name not in known:
            listed = ", ".join(f"{{{each}}}" for each in known)
            raise Invalid(f"“{{{name}}}” is not one of the placeholders: {listed}.", field)


def compose(texts: LetterTexts, wording: Wording, facts: LetterFacts, language: str = ENGLISH) -> Wording:
    """The letter itself, in Welsh where its reader has letters in Welsh and there is a Welsh wording.

    What a candidate or scorer typed is put in as it is, and is no placeholder.
    """
    lines = texts.lines
    if language == WELSH and wording.welsh is not None:
        wording, lines = wording.welsh, texts.welsh_lines
    filled = {
        "post": facts.post,
        "body": facts.body,
        "reference": facts.reference,
        "contact": facts.contact,
        "vacancy": facts.vacancy or facts.post,
        "scores": _scores(lines, facts),
        "criteria": ", ".join(dict.fromkeys(one.criterion for one in (*facts.sift, *facts.interview))),
        "how_to_ask": _how_to_ask(lines, facts),
        "limit": _limit(lines, facts),
        "reason": facts.reason or lines["reason_is_sealed"],
    }
    return _filled(wording, filled)


def compose_both(texts: LetterTexts, wording: Wording, facts: LetterFacts) -> Wording:
    """The letter in each language there is, for a preview: which one a candidate gets is not told there."""
    welsh = compose(texts, wording, facts, WELSH) if wording.welsh is not None else None
    return replace(compose(texts, wording, facts), welsh=welsh)


def compose_answer(texts: LetterTexts, facts: LetterFacts, answer: str, language: str = ENGLISH) -> Wording:
    """A letter that answers a candidate's question; the answer stays in the language it was written in."""
    lines = texts.welsh_lines if language == WELSH else texts.lines
    filled = {
        "post": facts.post, "body": facts.body, "reference": facts.reference, "answer": answer.strip(),
        "how_to_ask": _how_to_ask(lines, facts),
    }  # fmt: skip
    return _filled(Wording(lines["answered_subject"], lines["answered"]), filled)


def _filled(wording: Wording, filled: Mapping[str, str]) -> Wording:
    def fill(text: str) -> str:
        return _HOLDER.sub(lambda found: filled[found[1]], text)

    # What is empty leaves no gap behind.
    body = re.sub(r"\n{3,}", "\n\n", fill(wording.body)).strip()
    return Wording(" ".join(fill(wording.subject).split()), body + "\n")


def _how_to_ask(lines: Mapping[str, str], facts: LetterFacts) -> str:
    said = [lines["how_to_ask"].format(address=facts.address)]
    if facts.contact:
        said.append(lines["how_to_write"].format(contact=facts.contact))
    return "\n".join(said)


def _limit(lines: Mapping[str, str], facts: LetterFacts) -> str:
    if facts.limit is None:
        return ""
    cap, reason = facts.limit
    return lines["limit"].format(cap=cap, reason=reason)


def _scores(lines: Mapping[str, str], facts: LetterFacts) -> str:
    parts = []
    for heading, scores in (("sift", facts.sift), ("tests", facts.tests), ("interview", facts.interview)):
        if scores:
            parts.append("\n".join([lines[heading], *(_score(lines, one) for one in scores)]))
    return "\n\n".join(parts) or lines["none"]


def _score(lines: Mapping[str, str], one: OwnScore) -> str:
    shape = lines["answer"] if one.number else lines["score"]
    said = [
        "- " + shape.format(number=one.number, criterion=one.criterion, value=number_in_words(one.value),
                            highest=one.highest)
    ]  # fmt: skip
    said += ["  " + lines["guide"].format(score=score, text=_one_line(text)) for score, text in one.guide]
    said += ["  " + lines["reason"].format(text=_one_line(text)) for text in one.reasons]
    return "\n".join(said)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def number_in_words(value: Fraction) -> str:
    """ "4", "4.5" or "4.33": rounded to the nearest hundredth."""
    return f"{float(round(value, 2)):.2f}".rstrip("0").rstrip(".")


def guide_around(value: Fraction, anchors: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    """What the guide says of a score, or of the two between which a mean falls; nothing where it is silent."""
    return tuple((score, anchors[score]) for score in sorted({floor(value), ceil(value)}) if anchors.get(score))


def invented_facts(texts: LetterTexts, kind: LetterKind) -> LetterFacts:
    """A person who is not there, for the preview of a wording."""
    held = texts.invented
    sift = OwnScore(held["criterion"], 1, Fraction(9, 2), 7, ((4, held["guide"]),), (held["reason"],))
    interview = OwnScore(held["criterion"], 0, Fraction(5), 7, ((5, held["guide"]),))
    test = OwnScore(held["test"], 0, Fraction(11), 20)
    unscored = kind in (LetterKind.WITHDRAWN, LetterKind.NOT_ELIGIBLE)
    return LetterFacts(
        held["post"],
        held["body"],
        held["reference"],
        held["contact"],
        "https://jobs.example/",
        () if unscored else (sift,),
        (interview,) if kind in WITH_INTERVIEW else (),
        held["vacancy"],
        (8, "We have three days for interviews.") if kind is LetterKind.NOT_SHORTLISTED else None,
        (test,) if kind is LetterKind.NOT_INVITED else (),
        held["refusal"],
    )
