"""Runs the measurements that are chosen, in a folder that is gone afterwards, and prints their table."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from recruitment.commands.bench.clients import measure_clients
from recruitment.commands.bench.disclosure import measure_disclosure
from recruitment.commands.bench.first_screen import measure_first_screen
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.letters import measure_letters
from recruitment.commands.bench.pages import Sift, measure_answer, measure_list, measure_score, measure_submit
from recruitment.commands.bench.panels import measure_panels
from recruitment.commands.bench.redaction import measure_redaction
from recruitment.commands.bench.sample_year import measure_year
from recruitment.commands.bench.table import QUICK, Note, Row, Sizes, lines_of
from recruitment.commands.bench.tallying import measure_tally

OPERATIONS = (
    "submit",
    "list",
    "answer",
    "score",
    "tally",
    "clients",
    "redact",
    "panels",
    "disclosure",
    "first-screen",
    "year",
    "letters",
)
IN_A_SIFT = {"list": measure_list, "answer": measure_answer, "score": measure_score}
ALONE = {"year": measure_year, "letters": measure_letters}


def measure(home: Home, sizes: Sizes, wanted: tuple[str, ...]) -> Iterator[Row | Note]:
    if "submit" in wanted:
        yield from measure_submit(home, sizes)
    sifted = [name for name in IN_A_SIFT if name in wanted]
    if sifted:
        sift = Sift(home, sizes.applications)
        for name in sifted:
            gc.collect()
            yield from IN_A_SIFT[name](sift, sizes)
    if "tally" in wanted:
        yield from measure_tally(home, sizes)
    if "clients" in wanted:
        yield from measure_clients(home, sizes)
    if "redact" in wanted:
        yield from measure_redaction(sizes)
    if "panels" in wanted:
        yield from measure_panels(sizes)
    if "disclosure" in wanted:
        yield from measure_disclosure(sizes)
    if "first-screen" in wanted:
        yield from measure_first_screen(home, sizes)
    for name in [name for name in ALONE if name in wanted]:
        yield from _measure_alone(home, sizes, name)


def _measure_alone(home: Home, sizes: Sizes, name: str) -> Iterator[Row | Note]:
    """In a body of its own: every row and every letter of it counts."""
    folder = home.folder / name
    folder.mkdir()
    alone = Home(folder, home.say)
    yield from ALONE[name](alone, sizes)
    alone.close()


@click.command()
@click.option("--quick", is_flag=True, help="Small numbers: whether it runs, not how fast.")
@click.option(
    "--operations",
    default=",".join(OPERATIONS),
    show_default=True,
    help="What to measure, with commas between.",
)
def bench(quick: bool, operations: str) -> None:
    """Processor time of each operation beside a floor without encryption, roles or trail."""
    wanted = tuple(name.strip() for name in operations.split(","))
    if unknown := sorted(set(wanted) - set(OPERATIONS)):
        raise click.BadParameter(f"not known: {', '.join(unknown)}", param_hint="--operations")
    with tempfile.TemporaryDirectory(prefix="recruitment-bench-") as folder:
        home = Home(Path(folder), lambda line: click.echo(f"  … {line}", err=True))
        measured = list(measure(home, QUICK if quick else Sizes(), wanted))
        home.close()
    for line in lines_of(measured):
        click.echo(line)
