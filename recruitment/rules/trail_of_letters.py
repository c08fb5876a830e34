"""What the trail says of letters to candidates, by the names of their events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recruitment.rules.letters import KIND_TITLES, LetterKind

Detail = Mapping[str, Any]
Names = Mapping[str, str]

_SETTLED = {
    "arrived": "took a letter in doubt as sent",
    "again": "had a letter sent again",
    "otherwise": "noted that somebody was told another way than by letter",
}


def _kind(kind: Any) -> str:
    return KIND_TITLES[LetterKind(kind)].lower() if kind in set(LetterKind) else "answer to a question"


def _wording(verb: str) -> Callable[[Detail, Names], str]:
    return lambda d, n: f"{verb} version {d.get('version')} of the letter “{_kind(d.get('letter'))}”"


def _queued(detail: Detail, names: Names) -> str:
    counts = detail.get("letters") or {}
    told = ", ".join(f"{number} {_kind(kind)}" for kind, number in counts.items())
    return f"sent letters off: {told}"


def _letter(words: str) -> Callable[[Detail, Names], str]:
    return lambda d, n: f"{words} ({_kind(d.get('letter'))})"


def _person(detail: Detail, names: Names) -> str:
    return names.get(str(detail.get("person")), "somebody")


SAID_OF_LETTERS: dict[str, Callable[[Detail, Names], str]] = {
    "letter_wording_written": _wording("wrote"),
    "letter_wording_approved": _wording("approved"),
    "letters_queued": _queued,
    "letter_taken": _letter("handed a letter to the mail server"),
    "letter_refused": _letter("found a letter refused by the mail server"),
    "letter_in_doubt": _letter("could not tell whether the mail server took a letter, which a person decides"),
    "letter_without_address": _letter("found no e-mail address to send a letter to"),
    "letter_on_paper": _letter("put a letter aside to be printed and posted"),
    "paper_letter_read": lambda d, n: "read a letter in order to print and post it",
    "paper_letter_taken_over": lambda d, n: f"took over a letter to be posted that {_person(d, n)} had",
    "paper_letter_released": lambda d, n: "put a letter back that they had not posted",
    "paper_letter_posted": lambda d, n: "printed and posted a letter",
    "letter_asked_about": lambda d, n: "asked about a letter",
    "question_answered": lambda d, n: "answered a candidate’s question about their letter",
    "letter_settled": lambda d, n: _SETTLED.get(str(d.get("settled")), "decided on a letter"),
}
