"""What needs to change: actions with lead, due date, status, progress and outcome, grouped in plans.

Source: the columns of the WDES action plan of Birmingham and Solihull Mental Health NHS Foundation Trust, 2020/21
(owner, date, status, progress, outcome; Not Started, In Progress, Completed), and the Prisons and Probation
Ombudsman's question after each campaign, what changes need to be made.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from recruitment.rules.errors import Invalid
from recruitment.rules.sheets import Sheet, Value

LONGEST = 4000
LARGEST_FILE = 1_000_000
MOST_ROWS = 2000


class Status(StrEnum):
    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    COMPLETED = "Completed"


@dataclass(frozen=True)
class ActionText:
    """What is written of one action; `due` may lie in the past."""

    objective: str
    what: str
    lead: str
    due: date
    status: Status = Status.NOT_STARTED
    progress: str = ""
    outcome: str = ""
    evidence: str = ""

    def is_overdue(self, today: date) -> bool:
        return self.status is not Status.COMPLETED and self.due < today


COLUMNS = {
    "objective": "Objective",
    "what": "What",
    "lead": "Lead",
    "due": "Due",
    "status": "Status",
    "progress": "Progress",
    "outcome": "Anticipated outcome",
    "evidence": "Evidence",
}
"""Field → heading of a file's column; `what`, `lead` and `due` are needed."""
_NEEDED = ("what", "lead", "due")


def check_action(action: ActionText) -> None:
    """`Invalid` for what lacks its words, or has too many."""
    for field, sentence in (("what", "Say what is to be done."), ("lead", "Name who leads on it.")):
        if not getattr(action, field).strip():
            raise Invalid(sentence, field)
    for field in ("objective", "what", "lead", "progress", "outcome", "evidence"):
        longest = 200 if field == "lead" else LONGEST
        if len(getattr(action, field)) > longest:
            raise Invalid(f"Shorten the {COLUMNS[field].lower()} to {longest:,} characters or fewer.", field)


class ImportProblems(Invalid):
    """`lines`: what is wrong, each with its line of the file."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(f"{lines[0]}{f' And {len(lines) - 1} more.' if len(lines) > 1 else ''}", "file")
        self.lines = lines


def read_plan_file(content: bytes) -> tuple[ActionText, ...]:
    """The actions of a CSV file with a heading row; `ImportProblems` names every line that is wrong."""
    if len(content) > LARGEST_FILE:
        raise ImportProblems((f"The file is larger than {LARGEST_FILE // 1000:,} kB.",))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportProblems(("The file is no UTF-8 text. Save it as CSV UTF-8.",)) from None
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ImportProblems((f"The file is no CSV: {error}.",)) from None
    fields = _fields(rows[0] if rows else {})
    if lacking := [COLUMNS[field] for field in _NEEDED if field not in fields]:
        raise ImportProblems((f"The heading row lacks: {', '.join(lacking)}.",))
    if len(rows) > MOST_ROWS:
        raise ImportProblems((f"The file has more than {MOST_ROWS:,} actions.",))
    actions: list[ActionText] = []
    problems: list[str] = []
    for number, row in enumerate(rows, 2):
        try:
            actions.append(_action(row, fields))
        except Invalid as refusal:
            problems.append(f"Line {number}: {refusal.sentence}")
    if problems:
        raise ImportProblems(tuple(problems))
    return tuple(actions)


def _fields(row: Mapping[str | None, object]) -> dict[str, str]:
    """Field → heading as the file writes it."""
    wanted = {heading.casefold(): field for field, heading in COLUMNS.items()}
    found = {}
    for heading in row:
        field = wanted.get(" ".join((heading or "").split()).casefold())
        if field is not None and heading is not None:
            found[field] = heading
    return found


def _action(row: Mapping[str | None, object], fields: Mapping[str, str]) -> ActionText:
    if None in row:
        raise Invalid("There are more cells than headings.")
    cells = {field: str(row.get(heading) or "").strip() for field, heading in fields.items()}
    action = ActionText(
        cells.get("objective", ""),
        cells["what"],
        cells["lead"],
        _date(cells["due"]),
        _status(cells.get("status", "")),
        cells.get("progress", ""),
        cells.get("outcome", ""),
        cells.get("evidence", ""),
    )
    check_action(action)
    return action


def _date(written: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise Invalid(f"“{written}” is no date. Write it as 31/03/2027 or 2027-03-31.", "due")


def _status(written: str) -> Status:
    plain = " ".join(written.split()).casefold()
    for status in Status:
        if plain == status.value.casefold():
            return status
    if not plain:
        return Status.NOT_STARTED
    raise Invalid(f"“{written}” is no status. Write {', '.join(Status)}.", "status")


def by_objective(actions: Iterable[ActionText]) -> dict[str, list[ActionText]]:
    """Objective → its actions by due date, for a group's meeting; those without one come last."""
    found: dict[str, list[ActionText]] = {}
    for action in sorted(actions, key=lambda one: (not one.objective, one.objective, one.due, one.what)):
        found.setdefault(action.objective or "Without an objective", []).append(action)
    return found


def plan_sheet(title: str, actions: Iterable[ActionText]) -> Sheet:
    """The report as one sheet, in the columns of the plan."""
    rows: list[tuple[Value, ...]] = [tuple(COLUMNS.values())]
    for objective, members in by_objective(actions).items():
        rows += [
            (
                objective,
                one.what,
                one.lead,
                one.due.isoformat(),
                one.status.value,
                one.progress,
                one.outcome,
                one.evidence,
            )
            for one in members
        ]
    return Sheet(title, tuple(rows))
