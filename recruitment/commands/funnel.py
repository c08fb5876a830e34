"""Reads a body's own funnel counts and tells rates, ratios and tests; writes the tables that may be published."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO

import click

from recruitment.commands.report_page import report_page
from recruitment.commands.report_pdf import require_pdf, to_pdf
from recruitment.rules.count_comparisons import GROUPINGS, Compared, each_with, two_sides
from recruitment.rules.count_files import MISSING_HELP, SAMPLE, CountFile, is_missing, read_counts
from recruitment.rules.count_releases import CountRelease, file_names, release_counts, table_to_csv
from recruitment.rules.count_reports import MODES, RESTRICTED, report_of
from recruitment.rules.csv_lines import decode
from recruitment.rules.disclosure import LOWEST_THRESHOLD, THRESHOLD, Rules
from recruitment.rules.errors import Invalid
from recruitment.rules.release_formats import tables_to_sheets
from recruitment.rules.rounding import BASE
from recruitment.services.spreadsheets import to_ods, to_xlsx

FAULTY, UNUSABLE = 1, 2

HELP = f"""What the counts in COUNTS.csv ("-": standard input) show, and what of them may be published.

COUNTS.csv has the columns characteristic, group, stage and count, and may have campaign, year and organisation;
the stages are in the order of their first appearance. Everybody at a stage is counted once for each
characteristic, those who gave no answer as well, so that the characteristics add up to the same people.
{MISSING_HELP} Campaigns,
years and organisations are added up, never averaged, so each person stands in one of them only.

Each group is compared with the largest of its characteristic unless --comparator names another; a ratio is the
comparator's rate divided by the group's. The four-fifths rule divides the group's rate by the highest of its
characteristic, and says how often chance alone would raise its flag. With --json everything is printed as one
JSON document: exact counts, rates and findings (restricted), the controlled tables, and the audit of what an
attacker could narrow each protected figure to (never for print). Without it, the findings in sentences.

--release writes each controlled table as CSV, all of them as XLSX and ODS, and report.html into a new or empty
DIR; --pdf adds report.pdf. Tables that overlap with others already published are not controlled against them:
publish one set.

The exit status is 1 where lines of the file are wrong: each is told by its number. It is 2 where an option is.

Example:

\b
{SAMPLE}"""


def _comparators(given: tuple[str, ...]) -> dict[str, str]:
    chosen = {}
    for each in given:
        name, equals, group = each.partition("=")
        if not (name.strip() and equals and group.strip()):
            raise Invalid(f"Write it as CHARACTERISTIC=GROUP: {each}.", "comparator")
        chosen[name.strip()] = group.strip()
    return chosen


def _compared(file: CountFile, groupings: tuple[str, ...], comparators: tuple[str, ...]) -> list[Compared]:
    named = [two for name in dict.fromkeys(groupings) for two in two_sides(file, GROUPINGS[name])]
    return [*each_with(file, _comparators(comparators)), *named]


def _rules(mode: str, threshold: int) -> Rules:
    return Rules(threshold=threshold, base=BASE, mode=MODES[mode])


def _check_folder(folder: Path | None) -> None:
    # A release beside an older one would be read together with it.
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise Invalid(f"{folder} holds files already: name a new or empty folder.", "release")


def _check_pdf(folder: Path | None, as_pdf: bool) -> None:
    if as_pdf and folder is None:
        raise Invalid("A PDF is written with a release: give --release DIR too.", "pdf")
    if as_pdf:
        require_pdf()


def write_release(folder: Path, release: CountRelease, file: CountFile, *, as_pdf: bool = False) -> list[Path]:
    """One CSV for each controlled table, all of them as XLSX and ODS, and the report in words and pictures."""
    # Made before anything is written, so that nothing is left half done.
    sheets = tables_to_sheets(release.tables, explanation=release.explanation)
    missing = frozenset(group for groups in file.groups.values() for group in groups if is_missing(group))
    page = report_page(
        release.tables,
        title="Recruitment funnel",
        explanation=release.explanation,
        rules=release.rules,
        missing=missing,
    )
    contents = {"tables.xlsx": to_xlsx(sheets), "tables.ods": to_ods(sheets), "report.html": page.encode()}
    if as_pdf:
        contents["report.pdf"] = to_pdf(page)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in zip(file_names(release.tables), release.tables, strict=True):
        path = folder / name
        # With a mark, so that Excel reads it as UTF-8.
        path.write_text(table_to_csv(table, release.explanation), encoding="utf-8-sig", newline="")
        written.append(path)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
        written.append(folder / name)
    return written


@click.command("funnel", help=HELP)
@click.argument("counts", type=click.File("rb"), metavar="COUNTS.csv")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--release",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the controlled tables into this folder.",
)
@click.option("--pdf", "as_pdf", is_flag=True, help="Write report.pdf (PDF/UA) too; needs the extra “pdf”.")
@click.option(
    "--mode",
    type=click.Choice(list(MODES)),
    default="round",
    show_default=True,
    help=f"Round every figure to the nearest {BASE}, or keep figures and totals exact and withhold more.",
)
@click.option(
    "--threshold",
    type=click.IntRange(min=LOWEST_THRESHOLD),
    default=THRESHOLD,
    show_default=True,
    help="The smallest figure that may be shown.",
)
@click.option(
    "--compare-with",
    "groupings",
    type=click.Choice(list(GROUPINGS)),
    multiple=True,
    help="Compare the two sides of this grouping as well; may be given more than once.",
)
@click.option(
    "--comparator",
    "comparators",
    metavar="CHARACTERISTIC=GROUP",
    multiple=True,
    help="The group that the others of the characteristic are compared with.  [default: the largest]",
)
def funnel(
    counts: IO[bytes],
    as_json: bool,
    folder: Path | None,
    as_pdf: bool,
    mode: str,
    threshold: int,
    groupings: tuple[str, ...],
    comparators: tuple[str, ...],
) -> None:
    file = read_counts(decode(counts.read()))
    if not isinstance(file, CountFile):
        for fault in file:
            click.echo(f"Line {fault.line}: {fault.sentence}", err=True)
        sys.exit(FAULTY)
    try:
        _check_folder(folder)
        _check_pdf(folder, as_pdf)
        compared = _compared(file, groupings, comparators)
    except Invalid as refusal:
        click.echo(f"--{refusal.field}: {refusal.sentence}", err=True)
        sys.exit(UNUSABLE)
    release = release_counts(file, _rules(mode, threshold))
    report = report_of(file, compared, release)
    if as_json:
        click.echo(json.dumps(report, indent=1))
    else:
        click.echo(RESTRICTED)
        for finding in report["findings"]:
            click.echo(f"{finding['characteristic']}: {finding['sentence']}")
            click.echo(f"  Four-fifths rule: {finding['four_fifths']['sentence']}")
    if folder is not None:
        for path in write_release(folder, release, file, as_pdf=as_pdf):
            click.echo(f"Wrote {path}", err=True)
