"""An application while it is being written, and what it still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from recruitment.rules.applications import Contact, Identity, Relationship, Requests, count_words
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.eligibility import AskedRequirement, EligibilityAnswer, is_answered
from recruitment.rules.messages import ENGLISH
from recruitment.rules.redaction import Education


@dataclass(frozen=True)
class Draft:
    """What has been entered so far. `done` names the sections the candidate has saved at least once.

    `hidden`: question id → passages [start, end) of the answer that the candidate asks to hide as well;
    `disputed`: passages of which the candidate says that they were hidden wrongly. `language`: of the
    letters, where somebody else types; who writes it on the site gets them in the language that they read it in.
    """

    full_name: str = ""
    preferred_name: str = ""
    previous_names: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    education: tuple[Education, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    requests: Requests = field(default_factory=Requests)
    relationships: tuple[Relationship, ...] = ()
    eligibility: tuple[EligibilityAnswer, ...] = ()
    vacancies: tuple[str, ...] = ()
    first_choice: str = ""
    working_pattern: str = ""
    hidden: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    disputed: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    language: str = ENGLISH

    def with_section(self, section: str, **changes: Any) -> Draft:
        done = self.done if section in self.done else (*self.done, section)
        return replace(self, done=done, **changes)

    def identity(self) -> Identity:
        return Identity(
            full_name=self.full_name,
            preferred_name=self.preferred_name,
            previous_names=self.previous_names,
            contact=Contact(self.email, self.phone, self.address_lines, self.postcode),
            education=self.education,
            answers=dict(self.answers),
            working_pattern=self.working_pattern,
        )

    def to_fields(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Draft:
        requests = fields["requests"]
        return cls(
            **{
                **fields,
                "previous_names": tuple(fields["previous_names"]),
                "address_lines": tuple(fields["address_lines"]),
                "education": tuple(Education(**entry) for entry in fields["education"]),
                "documents": tuple(fields["documents"]),
                "requests": Requests(**{**requests, "adjustments": tuple(requests["adjustments"])}),
                "relationships": tuple(Relationship(**entry) for entry in fields["relationships"]),
                "eligibility": tuple(EligibilityAnswer(**entry) for entry in fields.get("eligibility", ())),
                "vacancies": tuple(fields["vacancies"]),
                "hidden": _places(fields["hidden"]),
                "disputed": _places(fields.get("disputed", {})),
                "done": tuple(fields["done"]),
            }
        )


def _places(fields: Mapping[str, Any]) -> dict[str, tuple[tuple[int, int], ...]]:
    return {question: tuple((start, end) for start, end in places) for question, places in fields.items()}


@dataclass(frozen=True)
class AskedQuestion:
    """A question as a candidate meets it."""

    id: UUID
    kind: QuestionKind
    text: str
    hint: str
    word_limit: int
    scores_spelling: bool = False


SECTIONS = ("identity", "contact", "adjustments", "disability_confident", "relationships")


def missing_parts(
    draft: Draft,
    questions: Sequence[AskedQuestion],
    vacancies: int,
    requirements: Sequence[AskedRequirement] = (),
) -> list[str]:
    """Sentences naming what must still be done before the application may be submitted."""
    missing = []
    if not draft.full_name.strip():
        missing.append("Enter your name")
    if not draft.email.strip():
        missing.append("Enter your contact details")
    if not is_answered(draft.eligibility, requirements):
        missing.append("Say whether you meet the requirements")
    if vacancies > 1 and not draft.vacancies:
        missing.append("Choose at least one vacancy")
    for number, question in enumerate(questions, 1):
        key = str(question.id)
        if question.kind is QuestionKind.CV:
            if key not in draft.documents:
                missing.append("Upload your CV")
            continue
        words = count_words(draft.answers.get(key, ""))
        what = "your statement" if question.kind is QuestionKind.STATEMENT else f"question {number}"
        if not words:
            missing.append(f"Answer {what}" if what != "your statement" else "Write your statement")
        elif words > question.word_limit:
            missing.append(f"Shorten {what}: it has {words} words, the limit is {question.word_limit}")
    sections = {
        "adjustments": "Say whether you need adjustments",
        "disability_confident": "Answer the Disability Confident question",
        "relationships": "Say whether you know anybody at the organisation",
    }
    missing += [sentence for section, sentence in sections.items() if section not in draft.done]
    return missing
