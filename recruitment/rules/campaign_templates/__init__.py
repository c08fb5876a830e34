"""Templates of campaigns by kind of post: stages, questions and criteria with their guides, and no person or date.

The shipped ones are TOML files in `shipped/`, which somebody who knows recruitment can read and correct; those
that a body keeps of its own campaigns have the same shape as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from recruitment.rules.campaigns import QuestionKind, StageKind
from recruitment.rules.errors import Invalid


@dataclass(frozen=True)
class TemplateQuestion:
    kind: QuestionKind
    text: str
    hint: str
    words: int


@dataclass(frozen=True)
class TemplateCriterion:
    """`stage` counts from 1; `questions`: numbers of those whose answers are scored against it, from 1."""

    name: str
    stage: int
    description: str
    weight: int
    minimum: int
    guide: Mapping[int, str]
    questions: tuple[int, ...]
    scores_spelling: bool = False


@dataclass(frozen=True)
class CampaignTemplate:
    """`about`: a line for whoever chooses."""

    title: str
    about: str
    summary: str
    stages: tuple[tuple[StageKind, str], ...]
    questions: tuple[TemplateQuestion, ...]
    criteria: tuple[TemplateCriterion, ...]

    def to_fields(self) -> dict[str, Any]:
        """As JSON keeps it; `read_template` takes it back."""
        fields = asdict(self)
        fields["question"], fields["criterion"] = fields.pop("questions"), fields.pop("criteria")
        for criterion in fields["criterion"]:
            criterion["guide"] = {str(score): text for score, text in criterion["guide"].items()}
        return fields


_WORDS = 250
_MINIMUM = 4  # of the usual scale of 1 to 7


def read_template(fields: Mapping[str, Any]) -> CampaignTemplate:
    """From TOML or JSON; `Invalid` where a criterion points to a stage or question that is not there."""
    read = CampaignTemplate(
        str(fields["title"]),
        str(fields.get("about", "")),
        str(fields.get("summary", "")),
        tuple((StageKind(kind), str(name)) for kind, name in fields["stages"]),
        tuple(
            TemplateQuestion(
                QuestionKind(one["kind"]), one["text"], one.get("hint", ""), int(one.get("words", _WORDS))
            )
            for one in fields["question"]
        ),
        tuple(
            TemplateCriterion(
                one["name"], int(one["stage"]), one.get("description", ""), int(one.get("weight", 1)),
                int(one.get("minimum", _MINIMUM)), {int(score): text for score, text in one["guide"].items()},
                tuple(one.get("questions", ())), bool(one.get("scores_spelling", False)),
            )
            for one in fields["criterion"]
        ),
    )  # fmt: skip
    for criterion in read.criteria:
        if not 1 <= criterion.stage <= len(read.stages):
            raise Invalid(f"“{criterion.name}” belongs to a stage that is not in the template.")
        if not all(1 <= number <= len(read.questions) for number in criterion.questions):
            raise Invalid(f"“{criterion.name}” scores a question that is not in the template.")
    return read
