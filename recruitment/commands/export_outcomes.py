"""`recruitment export-outcomes`: final outcomes for the system that applications came from, and new starters."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from recruitment.commands.desks import acting_for, open_desk
from recruitment.rules.errors import Refusal
from recruitment.rules.outcome_exports import FORMATS, ExportedOutcome, NewStarter, write_rows
from recruitment.services.outcome_exports import export_outcomes, export_starters


def _ending(path: Path) -> str:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise click.BadParameter("The name of the file must end in .csv or .jsonl.")
    return ending


def _write(path: Path, text: str) -> None:
    """For its owner alone, and never over a file that is there."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already. Choose another name.") from None
    path.write_text(text, encoding="utf-8", newline="")


@click.command("export-outcomes")
@click.argument("campaign", type=click.UUID)
@click.option("--as", "email", required=True, help="E-mail address of the recruiter who exports.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Outcomes: external id, stage, outcome."
)
@click.option(
    "--starters", type=click.Path(dir_okay=False, path_type=Path), help="New starters: names and contact details."
)
def export_outcomes_command(campaign: UUID, email: str, out: Path | None, starters: Path | None) -> None:
    """Write what became of the applications of CAMPAIGN, once its outcomes are final: .csv or .jsonl.

    Each opening is recorded in the trail as the recruiter's. Outcomes hold no name; new starters are only those
    who were appointed.
    """
    if out is None and starters is None:
        raise click.UsageError("Say --out FILE, --starters FILE, or both.")
    try:
        with open_desk() as desk:
            actor = acting_for(desk, campaign, email)
            asked = {"actor": actor, "desk": desk, "campaign_id": campaign}
            if out is not None:
                ending = _ending(out)
                with desk.sessions.reading() as session:
                    outcomes = export_outcomes(session, **asked)
                _write(out, write_rows(outcomes, ExportedOutcome, ending))
                click.echo(f"{len(outcomes)} outcomes written to {out}")
            if starters is not None:
                ending = _ending(starters)
                with desk.sessions.reading() as session:
                    found = export_starters(session, **asked)
                _write(starters, write_rows(found, NewStarter, ending))
                click.echo(f"{len(found)} new starters written to {starters}: it names people, keep it safe")
    except Refusal as refused:
        raise click.ClickException(refused.sentence) from None
