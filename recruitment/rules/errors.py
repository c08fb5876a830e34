"""What the system refuses to do, in sentences fit for the person who asked."""

from __future__ import annotations


class Refusal(Exception):
    """An act that is refused; `sentence` says why and what to do, `status` is the HTTP status it travels as."""

    status = 409

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(Refusal):
    """There is no such thing, or it is another's: the two must look the same."""

    status = 404

    def __init__(self, sentence: str = "There is nothing here, or it is not yours to see.") -> None:
        super().__init__(sentence)


class NotAllowed(NotFound):
    """The actor lacks the permission; told as "not found" so that existence is not told."""


class TooSoon(Refusal):
    """The campaign has not come to the point where this may be done."""


class TooLate(Refusal):
    """The campaign has passed the point where this could be done."""


class Stale(Refusal):
    """The page was made from an older state than the one now stored."""


class Invalid(Refusal):
    """What was entered cannot be taken; `field` names the entry."""

    status = 400

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


LONGEST_LINE = 200  # characters: what one line holds in the store


def check_lines(**lines: str) -> None:
    """Raise `Invalid` for a one-line entry that is too long to keep; the keyword names the entry."""
    for field, line in lines.items():
        if len(line) > LONGEST_LINE:
            what = field.replace("_", " ")
            raise Invalid(f"Shorten the {what} to {LONGEST_LINE} characters or fewer.", field)
