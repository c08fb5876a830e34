"""Candidates' questions about the letter they got or a time that suits, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.rules.errors import Invalid, TooSoon

LONGEST = 2_000
MOST_WAITING = 3
"""Questions of one application that may wait for an answer at a time."""


@dataclass(frozen=True)
class Correspondence:
    """One text as it is sealed: a candidate's question, or the answer to it."""

    text: str


def check_text(text: str, field: str) -> Correspondence:
    """`Invalid` where it is empty or too long."""
    typed = text.strip()
    if not typed:
        raise Invalid("Enter your question." if field == "question" else "Enter the answer.", field)
    if len(typed) > LONGEST:
        raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", field)
    return Correspondence(typed)


def may_ask(*, was_told: bool, waiting: int) -> None:
    """`TooSoon` before a letter went, or while earlier questions wait."""
    if not was_told:
        raise TooSoon("You can ask about your letter once we have sent it.")
    if waiting >= MOST_WAITING:
        raise TooSoon("You have asked already, and we have not answered yet. Wait for our answers first.")
