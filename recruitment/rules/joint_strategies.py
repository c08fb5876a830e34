"""A strategy that several bodies share: its text in versions, what each body agreed to, and how each gets on.

Source: the strategy of Cumbria's public sector, 2016 to 2020 (constabulary, county council, NHS trust and
commissioning group under one strategy, each with duties of its own).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from recruitment.rules.actions import Status
from recruitment.rules.errors import Invalid, check_lines

MOST_OBJECTIVES = 8
LONGEST = 4000
INVITATION_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Objective:
    """`indicator`: how the bodies will see that it works; may be empty."""

    text: str
    indicator: str = ""


@dataclass(frozen=True)
class StrategyText:
    title: str
    summary: str = ""
    objectives: tuple[Objective, ...] = ()


def check_text(text: StrategyText) -> StrategyText:
    """The text with spaces put right; `Invalid` for what is missing, too long or twice there."""
    tidy = StrategyText(
        " ".join(text.title.split()),
        text.summary.strip(),
        tuple(
            Objective(" ".join(one.text.split()), " ".join(one.indicator.split()))
            for one in text.objectives
            if one.text.strip() or one.indicator.strip()
        ),
    )
    if not tidy.title:
        raise Invalid("Enter a title.", "title")
    check_lines(title=tidy.title)
    if len(tidy.summary) > LONGEST:
        raise Invalid(f"Shorten the summary to {LONGEST:,} characters or fewer.", "summary")
    if not tidy.objectives:
        raise Invalid("Enter at least one objective.", "objective_1")
    seen: set[str] = set()
    for number, one in enumerate(tidy.objectives, 1):
        if not one.text:
            raise Invalid("Enter the objective that this is the indicator of.", f"objective_{number}")
        check_lines(**{f"objective_{number}": one.text, f"indicator_{number}": one.indicator})
        if plain(one.text) in seen:
            raise Invalid("This objective stands there already.", f"objective_{number}")
        seen.add(plain(one.text))
    return tidy


def plain(objective: str) -> str:
    """An objective as it is compared: without regard to spaces and capital letters."""
    return " ".join(objective.split()).casefold()


def keep_objectives(objectives: Sequence[Objective]) -> list[Any]:
    return [[one.text, one.indicator] for one in objectives]


def read_objectives(kept: Sequence[Sequence[str]]) -> tuple[Objective, ...]:
    return tuple(Objective(text, indicator) for text, indicator in kept)


@dataclass(frozen=True)
class Progress:
    """How many of a body's actions serve one objective; `overdue` are among those not completed."""

    not_started: int = 0
    in_progress: int = 0
    completed: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.not_started + self.in_progress + self.completed


def progress_of(
    objectives: Sequence[Objective], actions: Iterable[tuple[str, str, date]], today: date
) -> Mapping[str, Progress]:
    """By an objective's text: how a body's actions stand. `actions`: (objective, status, due) of each.

    An action serves the objective that it names in its plan.
    """
    wanted = {plain(one.text): one.text for one in objectives}
    counted: dict[str, dict[str, int]] = {one.text: {} for one in objectives}
    for objective, status, due in actions:
        if (text := wanted.get(plain(objective))) is None:
            continue
        held = counted[text]
        held[status] = held.get(status, 0) + 1
        if status != Status.COMPLETED and due < today:
            held["overdue"] = held.get("overdue", 0) + 1
    return {
        text: Progress(
            held.get(Status.NOT_STARTED, 0),
            held.get(Status.IN_PROGRESS, 0),
            held.get(Status.COMPLETED, 0),
            held.get("overdue", 0),
        )
        for text, held in counted.items()
    }
