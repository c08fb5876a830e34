"""A whole import, step by step: the file checked, compared with earlier ones, sealed, stored."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Refusal
from recruitment.rules.import_mapping import Mapping, MappingProblem, read_mapping
from recruitment.rules.import_reports import ImportReport
from recruitment.services.import_comparisons import compare_file
from recruitment.services.import_files import FileRow
from recruitment.services.import_plans import ImportPlan, check_file, importable_campaign, plan_import
from recruitment.services.imports import PreparedImport, prepare_imports, store_imported_answers, store_imports
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.tallies import rewrite_rows, rewrites_due

Reader = Callable[[], Iterator[FileRow]]
Seen = Callable[[str, int], None]

SAMPLE_MAPPING = Path(__file__).parent / "import-mapping.toml"


class BadRows(Refusal):
    """A file with rows that cannot be taken: nothing of it is stored."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"Nothing was stored: {len(problems)} problems.")
        self.problems = problems


@dataclass(frozen=True)
class ImportSummary:
    """`already_there`: rows of the file that an earlier run stored; `answered`: equality rows written."""

    stored: int
    already_there: int
    answered: int
    report: ImportReport


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """Raise `MappingProblem` for what is not TOML, or is no mapping; `name`: of the file that it came from."""
    try:
        return read_mapping(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        raise MappingProblem(name, f"is not TOML: {broken}") from None


def read_kept_mapping(session: Session, *, actor: Actor, campaign_id: UUID) -> str:
    """The text that the last import into this campaign used, or the sample that explains itself."""
    campaign = importable_campaign(session, actor, campaign_id)
    return campaign.import_mapping or SAMPLE_MAPPING.read_text("utf-8")


def keep_mapping(session: Session, *, actor: Actor, campaign_id: UUID, text: str) -> None:
    importable_campaign(session, actor, campaign_id, lock=True).import_mapping = text


def report_import(
    desk: StaffDesk,
    campaign_id: UUID,
    read: Reader,
    mapping: Mapping,
    *,
    actor: Actor,
    seen: Seen = lambda step, rows: None,
) -> tuple[ImportPlan, ImportReport]:
    """What the file would do, with nothing stored; `BadRows` tells every problem."""
    with desk.sessions.reading() as session:
        plan = plan_import(session, actor=actor, desk=desk, campaign_id=campaign_id, mapping=mapping)
    checked = check_file(plan, read(), lambda: seen("checked", 0))
    if checked.problems:
        raise BadRows(checked.problems)
    return plan, compare_file(desk, plan, read())


def import_applications(
    desk: StaffDesk,
    campaign_id: UUID,
    read: Reader,
    mapping: Mapping,
    *,
    actor: Actor,
    seen: Seen = lambda step, rows: None,
) -> ImportSummary:
    """Check the whole file, then seal it, then store it; `BadRows` tells every problem, and nothing is stored.

    `seen` hears of each row: the step ("checked" or "sealed") and how many rows the file has (0: unknown).
    """
    plan, report = report_import(desk, campaign_id, read, mapping, actor=actor, seen=seen)
    prepared: list[PreparedImport] = []
    for one in prepare_imports(desk, plan, read()):
        prepared.append(one)
        seen("sealed", report.rows)
    stored = store_imports(desk, actor=actor, plan=plan, prepared=prepared, changed=len(report.changed))
    answered = store_imported_answers(desk, actor=actor, plan=plan, prepared=prepared)
    with desk.sessions.reading() as session:
        is_due = campaign_id in rewrites_due(session, desk)
    if is_due:
        rewrite_rows(desk, campaign_id)
    return ImportSummary(stored, len(prepared) - stored, answered, report)
