"""Checks and proposes panels from a file, for a body that keeps its panels elsewhere: JSON in, JSON out."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any, TypeVar

import click

from recruitment.rules.allocation import Infeasible, Proposal, propose
from recruitment.rules.errors import Invalid
from recruitment.rules.panel_files import ToCheck, ToPropose, read_to_check, read_to_propose
from recruitment.rules.panels import RULES, check_panel

T = TypeVar("T")
UNMET, UNREADABLE = 1, 2

CHECK_EXAMPLE = """\
{"policy": {"grades": ["EO", "HEO", "SEO"],
            "rules": [{"rule": "size", "severity": "blocks", "least": 3},
                      {"rule": "chair", "severity": "blocks"},
                      {"rule": "chair_trained", "courses": ["chair"]},
                      {"rule": "not_all_of_one_sex"}]},
 "panels": [{"id": "7", "title": "Caseworker", "grade": "HEO",
             "directorate": "Operations", "days": ["2027-03-16"],
             "members": [
    {"id": "a1", "name": "Ana Bell", "grade": "SEO",
     "directorate": "Operations", "line_manager": "m3",
     "duties": ["chair"], "panels_past_year": 2,
     "training": [{"course": "chair", "completed": "2026-05-01",
                   "expires": "2028-05-01"}],
     "characteristics": {"sex": "female", "disability": null}},
    {"id": "b2", "duties": ["inclusion_lead"]},
    {"id": "c3", "is_external": true}]}]}"""

PROPOSE_EXAMPLE = """\
{"policy": {"grades": ["EO", "HEO", "SEO"],
            "rules": [{"rule": "chair", "severity": "blocks"},
                      {"rule": "inclusion_lead", "severity": "blocks"}]},
 "members": [
    {"id": "a1", "name": "Ana Bell", "grade": "SEO",
     "directorate": "Operations", "past_load": 2,
     "unavailable": ["2027-03-17"],
     "training": [{"course": "chair", "completed": "2026-05-01"}]},
    {"id": "b2", "grade": "HEO", "can_chair": false},
    {"id": "c3", "is_external": true, "groups": null}],
 "panels": [{"id": "7", "title": "Caseworker", "grade": "HEO",
             "least_grade": "HEO", "size": 3, "days": ["2027-03-16"],
             "directorate": "Operations", "barred": [],
             "locked": [{"member": "a1", "duty": "chair"}]}]}"""


@click.group()
def panel() -> None:
    """Check or propose interview panels from a JSON file, without a database."""


def _shown(text: str) -> str:
    """A text that --help prints line by line."""
    return f"\b\n{text}"


CHECK_HELP = f"""What each rule finds of each panel in FILE ("-": standard input).

Prints {{"panels": [{{"id", "is_blocked", "findings": [{{"rule", "title", "verdict", "severity",
"sentence"}}]}}]}}. The exit status is 0 where nothing blocks, 1 where a blocking rule is unmet, 2 where FILE
cannot be read: then the entry is named, as in panels[0].members[2].training[0].expires.

Only the ids of panels and members are needed. A policy left out is the one a new installation starts with; a rule
may carry severity ("blocks" or "warns"), least, courses, from_grade, characteristic, groups and grouping. A panel
may carry title, grade (of the post), directorate, days, members, sittings [{{"day", "members", "substitutes"}}],
undeclared {{member: candidates}}, has_candidates, inclusion_question, is_question_approved, earlier_chairs and
network_asked. A member may carry what the example shows, and is_inclusion_adviser and is_network_member.

Characteristics (sex, ethnic_group, disability) are counted over the panel as they are read, and no finding says
whose they are: null means that somebody chose not to say, and one left out that it was not asked.

Example:

{_shown(CHECK_EXAMPLE)}
"""

PROPOSE_HELP = f"""Panels for all needs in FILE ("-": standard input) that meet the rules, the load shared fairly.

First the highest load (panels of the past year and those proposed) of anybody who is asked is made as low as can
be, then as many warning rules as can be are met, then loads are spread, then the same three people are kept from
meeting again. Prints {{"is_possible": true, "panels": [{{"id", "title", "members": [{{"id", "name", "duty"}}],
"warnings"}}], "loads", "max_load", "best_bound", "is_best", "spread", "gini", "repeats"}}; or, with exit status 1,
{{"is_possible": false, "is_smallest", "reasons": [{{"sentence", "panels", "rule", "members"}}]}}. The exit status
is 2 where FILE cannot be read: then the entry is named.

A member of the pool may carry what the example shows, and line_manager, can_lead, is_inclusion_adviser and
is_network_member; `groups` is what they consented to be used here, null where they did not or did not say. A panel
may carry chair_barred, is_chair_from_outside, wants_adviser, earlier_chairs and wishes [{{"name", "groups"}}] too.
Wishes come after the highest load and open no place to anybody and close none. To keep somebody, lock them and
propose again. The file may list earlier_panels, memberships of the past year as lists of ids.

Example:

{_shown(PROPOSE_EXAMPLE)}
"""

_FILE = click.argument("file", type=click.File("rb"))
_TODAY = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that training must be in date on where a panel has no day yet.  [default: today]",
)


def _read(file: IO[bytes], read: Callable[[Any], T]) -> T:
    """What the file holds; where it cannot be read, the entry and what to do, and exit status 2."""
    try:
        return read(json.loads(file.read()))
    except Invalid as refusal:
        said = f"{refusal.field}: {refusal.sentence}" if refusal.field else refusal.sentence
    except json.JSONDecodeError as broken:
        said = f"Line {broken.lineno}, column {broken.colno}: this is not JSON ({broken.msg})."
    except (UnicodeDecodeError, RecursionError):
        said = "This is not JSON in UTF-8."
    _refuse(said)
    raise AssertionError("not reached")


def _refuse(said: str) -> None:
    click.echo(said, err=True)
    sys.exit(UNREADABLE)


@contextmanager
def _apart_from_the_answer() -> Iterator[None]:
    """What the solver's own code writes to standard output, asked to be quiet or not, goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # It may lie in the C library's buffer still.
        os.dup2(kept, 1)
        os.close(kept)


def _print(held: Any) -> None:
    # ASCII only: any name survives the way to any terminal or file.
    click.echo(json.dumps(held, indent=1))


@panel.command("check", help=CHECK_HELP)
@_FILE
@_TODAY
def check(file: IO[bytes], today: datetime | None) -> None:
    given = _read(file, read_to_check)
    held = checked(given, today.date() if today else date.today())
    _print(held)
    if any(each["is_blocked"] for each in held["panels"]):
        sys.exit(UNMET)


def checked(given: ToCheck, today: date) -> dict[str, Any]:
    """The findings on each panel as plain values."""
    panels = []
    for key, each in given.panels.items():
        findings = check_panel(each, given.policy, today=today)
        panels.append(
            {
                "id": key,
                "is_blocked": any(finding.is_blocking for finding in findings),
                "findings": [
                    {
                        "rule": finding.rule,
                        "title": RULES[finding.rule].title,
                        "verdict": finding.verdict,
                        "severity": finding.severity,
                        "sentence": finding.sentence,
                    }
                    for finding in findings
                ],
            }
        )
    return {"panels": panels}


@panel.command("propose", help=PROPOSE_HELP)
@_FILE
@_TODAY
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=20.0, show_default=True, help="How long it may take."
)
def propose_command(file: IO[bytes], today: datetime | None, seconds: float) -> None:
    given = _read(file, read_to_propose)
    day = today.date() if today else date.today()
    try:
        with _apart_from_the_answer():
            found = propose(
                given.pool, given.needs, given.policy, today=day, seconds=seconds, earlier=given.earlier
            )
    except Invalid as refusal:
        _refuse(f"{refusal.field}: {refusal.sentence}")
        return
    if isinstance(found, Infeasible):
        _print(refused(found))
        sys.exit(UNMET)
    _print(proposed(found, given))


def refused(found: Infeasible) -> dict[str, Any]:
    return {
        "is_possible": False,
        "is_smallest": found.is_smallest,
        "reasons": [
            {
                "sentence": each.sentence,
                "panels": list(each.needs),
                "rule": each.rule,
                "members": list(each.members),
            }
            for each in found.reasons
        ],
    }


def proposed(found: Proposal, given: ToPropose) -> dict[str, Any]:
    names = {person.id: person.name for person in given.pool}
    titles = {need.id: need.title for need in given.needs}
    return {
        "is_possible": True,
        "panels": [
            {
                "id": each.need,
                "title": titles[each.need],
                "members": [
                    {"id": seat.member, "name": names[seat.member], "duty": seat.duty} for seat in each.seats
                ],
                "warnings": list(each.warnings),
            }
            for each in found.panels
        ],
        "loads": dict(found.loads),
        "max_load": found.max_load,
        "best_bound": found.best_bound,
        "is_best": found.is_best,
        "spread": round(found.spread, 4),
        "gini": round(found.gini, 4),
        "repeats": found.repeats,
    }
