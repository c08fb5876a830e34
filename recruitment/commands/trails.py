"""The trail from the command line: check it, export its signed heads."""

from __future__ import annotations

import json
import sys

import click
from sqlalchemy import select

from config import Config
from recruitment.app import open_staff_desk
from recruitment.services.trail import check_trail
from recruitment.store.trail import SignedHead, TrailHead


@click.group()
def trail() -> None:
    """The record of what was done."""


@trail.command()
def check() -> None:
    """Check every chain; exit status 1 when one was tampered with."""
    desk = open_staff_desk(Config.from_environment())
    broken = False
    with desk.sessions.reading() as session:
        for head in session.scalars(select(TrailHead)):
            problems = check_trail(session, head.chain_id, desk.vault.verifying_key)
            broken = broken or bool(problems)
            for problem in problems:
                click.echo(f"{head.chain_id}: {problem.sentence}", err=True)
            if not problems:
                click.echo(f"{head.chain_id}: {head.number} events, no break found")
    sys.exit(1 if broken else 0)


@trail.command("export-heads")
def export_heads() -> None:
    """Print the signed heads as JSON Lines, to be kept where this installation cannot reach them."""
    desk = open_staff_desk(Config.from_environment())
    with desk.sessions.reading() as session:
        for head in session.scalars(select(SignedHead).order_by(SignedHead.chain_id, SignedHead.number)):
            line = {
                "chain": str(head.chain_id),
                "number": head.number,
                "digest": head.digest.hex(),
                "signature": head.signature.hex(),
                "signed_at": head.signed_at.isoformat(),
            }
            click.echo(json.dumps(line))
