"""Passages that a person outside the sift may restore: how they wait, and which is looked at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recruitment.rules.redaction import Kind


@dataclass(frozen=True)
class WaitingPassage:
    """The hidden words, what they might tell, and whether the candidate says that they were hidden wrongly."""

    text: str
    kind: Kind
    is_disputed: bool = False

    @property
    def words(self) -> tuple[Kind, str]:
        """What makes two passages the same: kind, and words whatever their capitals and spaces."""
        return self.kind, " ".join(self.text.casefold().split())


COULD_TELL: dict[Kind, str] = {
    Kind.NAME: "a name of the writer",
    Kind.OTHER_NAME: "another person, whom shortlisters may know",
    Kind.NATIONALITY: "where the writer or their family comes from",
    Kind.ETHNICITY: "the writer’s ethnic group",
    Kind.RELIGION: "the writer’s religion or belief",
    Kind.DISABILITY: "the writer’s health or a disability",
    Kind.FAMILY: "the writer’s family or relationships",
    Kind.PREGNANCY: "pregnancy or maternity",
    Kind.AGE: "the writer’s age",
    Kind.GENDER: "whether the writer is a man or a woman",
    Kind.TITLE: "whether the writer is a man or a woman",
    Kind.ORIENTATION: "the writer’s sexual orientation",
    Kind.TRANSITION: "the writer’s gender history",
    Kind.POLITICS: "a trade union or politics",
    Kind.MEMBERSHIP: "a group that tells something of its members",
    Kind.PLACE_OF_STUDY: "where the writer studied",
    Kind.YEAR_OF_STUDY: "the writer’s age, by years of study",
    Kind.NUMBER: "a number that leads to a person",
}
"""What a passage of each kind could tell, in words for staff; other kinds identify the writer."""


def could_tell(kind: Kind) -> str:
    return COULD_TELL.get(kind, "who the writer is")


def harm(passages: Iterable[WaitingPassage]) -> tuple[int, int]:
    """How much a candidate may lose while these passages of one answer stay hidden; larger is worse.

    What the candidate says was hidden wrongly weighs most, then the number of words that no scorer reads.
    """
    held = tuple(passages)
    return sum(each.is_disputed for each in held), sum(len(each.text.split()) for each in held)
