"""Says whether this installation is ready for real people, and what to do if not."""

from __future__ import annotations

import sys

import click

from config import Config
from recruitment.app import open_staff_desk, premises_of
from recruitment.rules.readiness import Standing, finding_of_counts, findings_of
from recruitment.services.readiness import find_circumstances
from recruitment.services.sift_counts import find_miscounted

_WORDS = {Standing.READY: "ready ", Standing.ADVICE: "advice", Standing.TO_DO: "TO DO "}


@click.command()
def doctor() -> None:
    """Say whether this installation is ready for real people; exit status 1 when it is not.

    Administrators read the same on the page Settings, Ready for real people, but for the counts of every sift
    under way, which only this compares with all its scores.
    """
    config = Config.from_environment()
    desk = open_staff_desk(config)
    with desk.sessions.reading() as session:
        found = findings_of(find_circumstances(session, desk=desk, premises=premises_of(config)))
        found.append(finding_of_counts(find_miscounted(session)))
    for finding in found:
        click.echo(f"{_WORDS[finding.standing]} {finding.sentence}")
        if finding.what_to_do:
            click.echo(f"       {finding.what_to_do}")
    sys.exit(0 if all(finding.is_ready for finding in found) else 1)
