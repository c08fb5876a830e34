"""`recruitment import-applications`: applications from another applicant-tracking system's export."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import click

from config import Config
from recruitment.app import open_staff_desk
from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.errors import Invalid, NotFound, Refusal
from recruitment.rules.import_mapping import Mapping, MappingProblem, read_mapping
from recruitment.services.import_files import read_file
from recruitment.services.import_plans import check_file, plan_import
from recruitment.services.imports import PreparedImport, prepare_imports, store_imported_answers, store_imports
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.tallies import rewrite_rows, rewrites_due
from recruitment.store.campaigns import Campaign
from recruitment.store.people import find_person

SAMPLE_MAPPING = Path(__file__).parent / "sample" / "import-mapping.toml"
PROBLEMS_SHOWN = 100


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


def load_mapping(path: Path) -> Mapping:
    try:
        return read_mapping(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise MappingProblem(path.name, f"is not TOML in UTF-8: {broken}") from None


def acting_for(desk: StaffDesk, campaign_id: UUID, email: str = "") -> Actor:
    """The recruiter with this address, or the installation's own hand in the campaign's organisation."""
    with desk.sessions.reading() as session:
        campaign = session.get(Campaign, campaign_id)
        if campaign is None:
            raise NotFound("There is no such campaign.")
        if not email:
            return system_actor(campaign.organisation_id)
        person = find_person(session, email)
        if person is None or not person.is_active or person.organisation_id != campaign.organisation_id:
            raise Invalid("Nobody of the campaign's organisation has this e-mail address.", "as")
        return Actor(ActorKind.STAFF, person.id, person.organisation_id)


def import_applications(
    desk: StaffDesk,
    campaign_id: UUID,
    file: Path,
    mapping: Mapping,
    *,
    actor: Actor,
    seen: Callable[[str, int], None] = lambda step, rows: None,
) -> ImportSummary:
    """Check the whole file, then seal it, then store it; `BadRows` tells every problem, and nothing is stored.

    `seen` hears of each row: the step ("checked" or "sealed") and how many rows the file has (0: unknown).
    """
    with desk.sessions.reading() as session:
        plan = plan_import(session, actor=actor, desk=desk, campaign_id=campaign_id, mapping=mapping)
    checked = check_file(plan, read_file(file, mapping), lambda: seen("checked", 0))
    if checked.problems:
        raise BadRows(checked.problems)
    prepared: list[PreparedImport] = []
    for one in prepare_imports(desk, plan, read_file(file, mapping)):
        prepared.append(one)
        seen("sealed", checked.rows)
    stored = store_imports(desk, actor=actor, plan=plan, prepared=prepared)
    answered = store_imported_answers(desk, actor=actor, plan=plan, prepared=prepared)
    with desk.sessions.reading() as session:
        is_due = campaign_id in rewrites_due(session, desk)
    if is_due:
        rewrite_rows(desk, campaign_id)
    return ImportSummary(stored, len(prepared) - stored, answered)


@contextmanager
def _open_desk() -> Iterator[StaffDesk]:
    """The desk of this installation, whose connections end with the command."""
    desk = open_staff_desk(Config.from_environment())
    try:
        yield desk
    finally:
        desk.sessions.engine.dispose()
        desk.vault.key_store.engine.dispose()


@click.command("import-applications")
@click.argument("campaign", type=click.UUID)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "mapping_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that says which column means what.",
)
@click.option("--as", "email", default="", help="E-mail address of the recruiter who imports.")
def import_applications_command(campaign: UUID, file: Path, mapping_file: Path, email: str) -> None:
    """Import applications into CAMPAIGN from FILE: .csv with a header, or .jsonl.

    Every row is checked first; if one is wrong, nothing is stored. Running it again adds nothing twice.
    """
    try:
        mapping = load_mapping(mapping_file)
        with _open_desk() as desk, click.progressbar(length=1, label="Checking", show_eta=False) as bar:

            def show(step: str, rows: int) -> None:
                if step == "sealed":
                    bar.label, bar.length = "Sealing", rows
                    bar.update(1)

            actor = acting_for(desk, campaign, email)
            summary = import_applications(desk, campaign, file, mapping, actor=actor, seen=show)
    except BadRows as bad:
        for problem in bad.problems[:PROBLEMS_SHOWN]:
            click.echo(problem, err=True)
        if len(bad.problems) > PROBLEMS_SHOWN:
            click.echo(f"… and {len(bad.problems) - PROBLEMS_SHOWN} more", err=True)
        raise click.ClickException(bad.sentence) from None
    except Refusal as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"{summary.stored} applications imported; already there: {summary.already_there}")
    if mapping.equality:
        click.echo(f"{summary.answered} sets of equality answers stored apart from them")
