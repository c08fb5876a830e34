"""How long each kind of record is kept, and from when its clock runs.

Sources: UK GDPR Article 5(1)(e), storage limitation; the Information Commissioner's draft guidance on recruitment
(2024): the law sets no period, so a body documents one for each category, and keeps unsuccessful candidates'
records no longer than a claim may be brought without a reason of its own; Equality Act 2010 section 123 (three
months) with early conciliation, which the Employment Rights Act 2025 lengthens to six months. The defaults are
ours: 12 months covers six months, conciliation of twelve weeks, and the time a claim takes to arrive.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from recruitment.rules.errors import Invalid

ABANDONED_AFTER = 12
"""Months after its closing date at which a campaign that was never finished counts as ended."""
DRAFTS_DAYS = 28
ASKED_WAITS_DAYS = 30
"""Days for which a hold that nobody has decided on keeps a campaign's records."""


class RetentionKind(StrEnum):
    APPLICATIONS = "applications"
    EQUALITY_ANSWERS = "equality_answers"
    PANELS = "panels"
    COUNTS = "counts"
    ACCOUNTS = "accounts"
    LETTERS = "letters"
    TRAIL = "trail"


@dataclass(frozen=True)
class KindOfRecord:
    """A kind of record: what it holds, when its clock begins ("… months after …"), and how long is sensible.

    `least` and `most` bound what a body may set, in months; `why` gives the reason for the default.
    """

    title: str
    holds: str
    clock: str
    months: int
    least: int
    most: int
    why: str


KINDS: Mapping[RetentionKind, KindOfRecord] = {
    RetentionKind.APPLICATIONS: KindOfRecord(
        "Applications, scores and outcomes",
        "names, contact details, answers, files, adjustments, requests under Disability Confident, declared "
        "relationships, scores with their reasons, interview notes, conflicts, outcomes, records of tie-breaks",
        "the campaign has ended",
        12,
        6,
        84,
        "A claim may be brought within six months, after early conciliation of up to twelve weeks.",
    ),
    RetentionKind.EQUALITY_ANSWERS: KindOfRecord(
        "Equality answers that were never counted",
        "sealed equality answers; those that are counted are erased as they are counted, and their key the night "
        "after",
        "applications closed",
        12,
        3,
        24,
        "They serve to be counted once the outcomes are final, and nothing else.",
    ),
    RetentionKind.PANELS: KindOfRecord(
        "How panels were put together",
        "who sat, which rules were checked with what result, waivers and reasons; nothing of a candidate",
        "the campaign has ended",
        24,
        12,
        84,
        "Two rounds of the yearly audit.",
    ),
    RetentionKind.COUNTS: KindOfRecord(
        "Exact counts of the funnel",
        "sealed numbers of people by characteristic and stage; nobody's answers",
        "they were counted; those that released figures join go together, when the last of them is due",
        36,
        12,
        120,
        "Figures of one year are compared with the two before, and new ones are proved safe beside earlier ones.",
    ),
    RetentionKind.ACCOUNTS: KindOfRecord(
        "Accounts of candidates without an application",
        "a sealed e-mail address",
        "the account was made, once no application or draft is left; on the first of a month",
        12,
        1,
        36,
        "Long enough to come back for another post.",
    ),
    RetentionKind.LETTERS: KindOfRecord(
        "Messages that could not be sent",
        "sealed messages; those that are sent are erased as they are sent",
        "they were written; on the first of a month",
        3,
        1,
        12,
        "A message that old tells nobody anything.",
    ),
    RetentionKind.TRAIL: KindOfRecord(
        "The trail",
        "what was done, when and by whom, with reasons that staff typed; numbers in place of candidates' names",
        "the campaign has ended, and the entry is as old; on the first of a month",
        24,
        12,
        120,
        "It shows who opened what for as long as anybody may ask, a year longer than the records themselves.",
    ),
}


@dataclass(frozen=True)
class Periods:
    """Months for each kind; version 0 is what a body has that never set its own."""

    version: int = 0
    months: Mapping[RetentionKind, int] = field(
        default_factory=lambda: {kind: record.months for kind, record in KINDS.items()}
    )

    def __getitem__(self, kind: RetentionKind) -> int:
        return self.months.get(kind, KINDS[kind].months)


def check_periods(months: Mapping[RetentionKind, int]) -> None:
    """Raise `Invalid`, naming the kind, for a period out of its bounds or a trail shorter than what it shows."""
    for kind, record in KINDS.items():
        if not record.least <= months.get(kind, record.months) <= record.most:
            raise Invalid(f"{record.title}: enter between {record.least} and {record.most} months.", kind.value)
    if months[RetentionKind.TRAIL] < months[RetentionKind.APPLICATIONS]:
        raise Invalid(
            "The trail must be kept at least as long as applications: it shows who opened them.",
            RetentionKind.TRAIL.value,
        )


def read_periods(version: int, stored: Mapping[str, Any]) -> Periods:
    """As stored; a kind that came later has its default."""
    return Periods(version, {kind: int(stored.get(kind.value, KINDS[kind].months)) for kind in RetentionKind})


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def first_of_month(day: date) -> date:
    """Accounts, messages and the trail are gone through once a month, so that keys are not turned every night."""
    return day.replace(day=1)


@dataclass(frozen=True)
class Due:
    """One erasure: of a campaign, or (`campaign_id` empty) of the organisation.

    `records`: how many there are now. `waits`: why it does not happen on its day, or empty. `held`: how many
    applications of it are under a hold, which outlive it.
    """

    kind: RetentionKind
    campaign_id: str
    title: str
    began: date
    due: date
    records: int
    held: int = 0
    waits: str = ""

    def is_due(self, today: date) -> bool:
        return self.due <= today and not self.waits
