"""`recruitment import-applications`: applications from another applicant-tracking system's export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import click

from recruitment.commands.desks import acting_for, open_desk
from recruitment.rules.errors import Refusal
from recruitment.rules.import_mapping import Mapping, MappingProblem
from recruitment.rules.import_reports import ImportReport, report_sentences
from recruitment.services.import_files import FileRow, read_file
from recruitment.services.import_runs import BadRows, import_applications, parse_mapping, report_import

PROBLEMS_SHOWN = 100


def load_mapping(path: Path) -> Mapping:
    try:
        return parse_mapping(path.read_text("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise MappingProblem(path.name, "is not TOML in UTF-8") from None


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
@click.option("--dry-run", is_flag=True, help="Only say what the file would do.")
def import_applications_command(campaign: UUID, file: Path, mapping_file: Path, email: str, dry_run: bool) -> None:
    """Import applications into CAMPAIGN from FILE: .csv with a header, or .jsonl.

    Every row is checked first; if one is wrong, nothing is stored. It may be repeated as the export grows:
    only new rows are stored, and rows that changed since are told by their number and left as they were.
    """
    try:
        mapping = load_mapping(mapping_file)

        def read() -> Iterator[FileRow]:
            return read_file(file, mapping)

        with open_desk() as desk, click.progressbar(length=1, label="Checking", show_eta=False) as bar:

            def show(step: str, rows: int) -> None:
                if step == "sealed":
                    bar.label, bar.length = "Sealing", rows
                    bar.update(1)

            actor = acting_for(desk, campaign, email)
            if dry_run:
                _, report = report_import(desk, campaign, read, mapping, actor=actor, seen=show)
            else:
                summary = import_applications(desk, campaign, read, mapping, actor=actor, seen=show)
                report = summary.report
    except BadRows as bad:
        for problem in bad.problems[:PROBLEMS_SHOWN]:
            click.echo(problem, err=True)
        if len(bad.problems) > PROBLEMS_SHOWN:
            click.echo(f"… and {len(bad.problems) - PROBLEMS_SHOWN} more", err=True)
        raise click.ClickException(bad.sentence) from None
    except Refusal as refused:
        raise click.ClickException(refused.sentence) from None
    if dry_run:
        for sentence in report_sentences(report):
            click.echo(sentence)
    else:
        click.echo(f"{summary.stored} applications imported; already there: {summary.already_there}")
        if mapping.equality:
            click.echo(f"{summary.answered} sets of equality answers stored apart from them")
    _tell_changed(report)


def _tell_changed(report: ImportReport) -> None:
    for one in report.changed:
        click.echo(f"row {one.number}: changed since it was imported ({one.change}); left as it was")
