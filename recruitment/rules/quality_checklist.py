"""The quality-assurance checklist at the end of a campaign: most items answer themselves from evidence.

Source: Prisons and Probation Ombudsman, Race Action Plan 2021/22 ("a quality assurance process at the end of each
campaign to assess if this was achieved and identify what changes need to be made"); the items after the
Recruitment Principles, the Equality Act 2010 and the Data Protection Act 2018, Schedule 1 paragraph 8. No item
reads an equality answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from recruitment.rules.campaigns import CampaignKind
from recruitment.rules.errors import Invalid
from recruitment.rules.first_sift_evidence import first_sift_in_advert, first_sift_minimum, first_sift_scorers
from recruitment.rules.quality_evidence import (
    Evidence,
    Facts,
    Found,
    Standing,
    adjustments_made,
    advert_checked,
    challenges_answered,
    equality_questions_offered,
    everybody_told,
    guide_first,
    inclusion_checklist,
    inclusion_question,
    line_after_scores,
    merit_order,
    opt_ins_after_line,
    panel_met_rules,
    passages_decided_outside,
    promotion_steps,
    retention_set,
    reveal_by_two,
    tie_break_recorded,
    training_in_date,
    two_scorers,
)

TEMPLATE_VERSION = 1
LONGEST_NOTE = 2000
LONGEST_ITEM = 300


class Phase(StrEnum):
    BEFORE = "Before applications"
    SIFT = "Sift"
    INTERVIEW = "Interview"
    DECISION = "Decision"
    AFTERWARDS = "Afterwards"


class Settled(StrEnum):
    """How a person settles an item: done as asked, not applicable here, or an exception signed with its reason."""

    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    EXCEPTION = "exception"


@dataclass(frozen=True)
class Item:
    """`evidence` answers it; without one a person does. `kinds`: of which campaigns it is asked."""

    key: str
    phase: Phase
    text: str
    source: str
    evidence: Evidence | None = None
    kinds: frozenset[CampaignKind] = frozenset(CampaignKind)


_INSIDE = frozenset(CampaignKind) - {CampaignKind.EXTERNAL}
_PRINCIPLES, _PANELS = "Recruitment Principles", "Rules for panels of the body"
ITEMS: tuple[Item, ...] = (
    Item(
        "guide_first",
        Phase.BEFORE,
        "Guide and minimum were fixed before the first score.",
        _PRINCIPLES,
        guide_first,
    ),
    Item(
        "advert", Phase.BEFORE, "The advert and the questions were checked.", "Equality Act 2010", advert_checked
    ),
    Item(
        "equality_questions",
        Phase.BEFORE,
        "The equality questions were offered to all.",
        "Equality Act 2010, section 149",
        equality_questions_offered,
    ),
    Item(
        "first_sift_advert",
        Phase.BEFORE,
        "The advert said that a first sift may be held, if one was.",
        _PRINCIPLES,
        first_sift_in_advert,
    ),
    Item(
        "first_sift_minimum",
        Phase.SIFT,
        "The line of a first sift was the minimum, fixed before the first score.",
        _PRINCIPLES,
        first_sift_minimum,
    ),
    Item(
        "first_sift_scorers",
        Phase.SIFT,
        "Every answer of a first sift was scored by two people or more.",
        _PRINCIPLES,
        first_sift_scorers,
    ),
    Item("two_scorers", Phase.SIFT, "Every answer was scored by two people or more.", _PRINCIPLES, two_scorers),
    Item(
        "passages",
        Phase.SIFT,
        "Every doubtful passage was hidden, or restored by somebody outside the sift.",
        "Withholding",
        passages_decided_outside,
    ),
    Item(
        "line",
        Phase.SIFT,
        "The interview line was set after all scores locked, with its reason.",
        _PRINCIPLES,
        line_after_scores,
    ),
    Item(
        "opt_ins",
        Phase.SIFT,
        "Disability Confident was handled blind.",
        "Disability Confident",
        opt_ins_after_line,
    ),
    Item(
        "reveal", Phase.SIFT, "Names were revealed after the freeze, by two people.", "Withholding", reveal_by_two
    ),
    Item("panel", Phase.INTERVIEW, "The panel met the rules, or a waiver says why not.", _PANELS, panel_met_rules),
    Item("training", Phase.INTERVIEW, "The panel's training was in date.", _PANELS, training_in_date),
    Item(
        "inclusion_lead",
        Phase.INTERVIEW,
        "The inclusion lead completed their checklist.",
        _PANELS,
        inclusion_checklist,
    ),
    Item(
        "inclusion_question",
        Phase.INTERVIEW,
        "The question on inclusion was asked of all.",
        _PANELS,
        inclusion_question,
    ),
    Item(
        "adjustments",
        Phase.INTERVIEW,
        "Adjustments that were asked for were agreed and made.",
        "Equality Act 2010, section 20",
        adjustments_made,
    ),
    Item("challenges", Phase.INTERVIEW, "Challenges were answered.", _PANELS, challenges_answered),
    Item("merit", Phase.DECISION, "The outcome is in order of merit.", _PRINCIPLES, merit_order),
    Item(
        "tie_break",
        Phase.DECISION,
        "A tie-break is recorded, if there was one.",
        "Equality Act 2010, section 159",
        tie_break_recorded,
    ),
    Item(
        "promotion",
        Phase.DECISION,
        "The post was open to all who could do it, and acting up was not a head start.",
        "Workforce Disability Equality Standard, metric 2",
        promotion_steps,
        kinds=_INSIDE,
    ),
    Item(
        "letters",
        Phase.AFTERWARDS,
        "Everybody was told how their application ended, with their own scores.",
        _PRINCIPLES,
        everybody_told,
    ),
    Item(
        "retention",
        Phase.AFTERWARDS,
        "It is settled how long the papers are kept.",
        "UK GDPR, Article 5(1)(e)",
        retention_set,
    ),
    Item(
        "lessons",
        Phase.AFTERWARDS,
        "What needs to change next time is written down.",
        "Body's equality objectives",
    ),
)
BY_KEY: Mapping[str, Item] = {item.key: item for item in ITEMS}


@dataclass(frozen=True)
class Template:
    """A body's version: items of `ITEMS` it leaves out, and further ones that a person answers."""

    version: int = TEMPLATE_VERSION
    left_out: frozenset[str] = frozenset()
    own: tuple[Item, ...] = ()

    def items(self, kind: CampaignKind) -> tuple[Item, ...]:
        return tuple(item for item in (*ITEMS, *self.own) if item.key not in self.left_out and kind in item.kinds)


@dataclass(frozen=True)
class Entry:
    """What a person settled."""

    settled: Settled
    note: str


@dataclass(frozen=True)
class Line:
    """An item as it stands: `found` is None where a person answers; `is_exception` where one was signed."""

    item: Item
    found: Found | None
    entry: Entry | None

    @property
    def is_open(self) -> bool:
        return self.entry is None and (self.found is None or self.found.standing is Standing.OPEN)

    @property
    def is_exception(self) -> bool:
        return _is_exception(self.entry)


def answer(template: Template, facts: Facts, entries: Mapping[str, Entry]) -> tuple[Line, ...]:
    """Every item of the template; evidence that has come to be met needs no exception any more."""
    lines = []
    for item in template.items(facts.kind):
        found = item.evidence(facts) if item.evidence else None
        entry = entries.get(item.key)
        if found is not None and (found.standing is not Standing.OPEN or not _is_exception(entry)):
            entry = None
        lines.append(Line(item, found, entry))
    return tuple(lines)


def _is_exception(entry: Entry | None) -> bool:
    """Nobody's word stands against the records, but an exception that they sign."""
    return entry is not None and entry.settled is Settled.EXCEPTION


def still_open(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.is_open)


def check_entry(item: Item, entry: Entry) -> None:
    """`Invalid` where evidence answers the item and no exception is signed, or a note is missing."""
    if item.evidence is not None and entry.settled is not Settled.EXCEPTION:
        raise Invalid("The records answer this item: sign an exception, or mend what is open.", "settled")
    if entry.settled is not Settled.DONE and not entry.note.strip():
        raise Invalid("Give the reason.", "note")
    if len(entry.note) > LONGEST_NOTE:
        raise Invalid(f"Shorten the note to {LONGEST_NOTE:,} characters or fewer.", "note")
