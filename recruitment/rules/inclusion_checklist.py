"""The inclusion lead's checklist: what they see to before, during and after the interviews of a campaign.

Source: the Prisons and Probation Ombudsman's practice that one member of every panel leads on diversity and
inclusion and completes a checklist; the items after the Recruitment Principles and NHS inclusion advisers' guides.
Some are answered from evidence, the rest by the lead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

CHECKLIST_VERSION = 1


class ChecklistStage(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


STAGE_TITLES = {
    ChecklistStage.BEFORE: "Before the interviews",
    ChecklistStage.DURING: "During the interviews",
    ChecklistStage.AFTER: "After the interviews",
}


class Evidence(StrEnum):
    """What answers an item by itself."""

    TRAINING = "training"
    QUESTION_APPROVED = "question_approved"
    CONFLICTS = "conflicts"
    SAME_PANEL = "same_panel"
    SCORED_ALONE = "scored_alone"
    DIFFERENCES = "differences"
    CHALLENGES = "challenges"


class ItemAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class ChecklistItem:
    key: str
    stage: ChecklistStage
    text: str
    evidence: Evidence | None = None


ITEMS = (
    ChecklistItem("training", ChecklistStage.BEFORE, "Every member's training is in date.", Evidence.TRAINING),
    ChecklistItem(
        "question",
        ChecklistStage.BEFORE,
        "The inclusion question comes from the approved library, with its scoring guide.",
        Evidence.QUESTION_APPROVED,
    ),
    ChecklistItem(
        "conflicts",
        ChecklistStage.BEFORE,
        "Every member has declared for every candidate, and every declaration is ruled on.",
        Evidence.CONFLICTS,
    ),
    ChecklistItem(
        "briefing",
        ChecklistStage.BEFORE,
        "The panel has talked about bias and about what good answers may sound like from different people.",
    ),
    ChecklistItem(
        "adjustments",
        ChecklistStage.BEFORE,
        "Adjustments are arranged for everybody who asked, and the panel knows what to do.",
    ),
    ChecklistItem(
        "same_panel", ChecklistStage.DURING, "The same panel interviews everybody.", Evidence.SAME_PANEL
    ),
    ChecklistItem(
        "same_questions",
        ChecklistStage.DURING,
        "Everybody was asked the same questions, the inclusion question too.",
    ),
    ChecklistItem(
        "time", ChecklistStage.DURING, "Everybody had the same time, or more where it was an adjustment."
    ),
    ChecklistItem(
        "fair_words",
        ChecklistStage.DURING,
        "Nobody was asked about health, family, age, faith or plans for children.",
    ),
    ChecklistItem(
        "scored_alone",
        ChecklistStage.AFTER,
        "Each member scored alone before seeing the others' scores.",
        Evidence.SCORED_ALONE,
    ),
    ChecklistItem(
        "differences",
        ChecklistStage.AFTER,
        "Where a score was agreed after discussion, the reason is recorded and the first scores are kept.",
        Evidence.DIFFERENCES,
    ),
    ChecklistItem(
        "heard", ChecklistStage.AFTER, "Every member was heard, and “fit” or “gut feeling” was put into evidence."
    ),
    ChecklistItem("challenges", ChecklistStage.AFTER, "Every challenge has been answered.", Evidence.CHALLENGES),
)


@dataclass(frozen=True)
class Answered:
    """An item with its answer: None while open. `note` is the lead's, or what the evidence says."""

    item: ChecklistItem
    answer: ItemAnswer | None
    note: str = ""

    @property
    def is_open(self) -> bool:
        return self.answer is None


def answer_items(
    evidence: Mapping[Evidence, tuple[bool, str]], entered: Mapping[str, tuple[ItemAnswer, str]]
) -> tuple[Answered, ...]:
    """Every item, answered from evidence where that is met, and by the lead for the rest.

    Evidence that is not met leaves its item open until the lead answers it with a note.
    """
    found = []
    for item in ITEMS:
        given = entered.get(item.key)
        is_met, said = evidence.get(item.evidence, (False, "")) if item.evidence else (False, "")
        if is_met:
            found.append(Answered(item, ItemAnswer.YES, said))
        elif given is not None:
            found.append(Answered(item, *given))
        else:
            found.append(Answered(item, None, said))
    return tuple(found)


def is_complete(answers: tuple[Answered, ...]) -> bool:
    return not any(each.is_open for each in answers)
