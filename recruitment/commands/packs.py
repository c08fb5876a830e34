"""Evidence packs from the command line: checked on any machine, without database and keys."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from recruitment.services.evidence_packs import verify_pack


@click.group()
def pack() -> None:
    """The evidence of one campaign, as one signed file."""


@pack.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The body's verifying key: a file of 32 bytes, or of 64 hexadecimal figures.",
)
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def verify(file: Path, key: Path | None, as_json: bool) -> None:
    """Check FILE: is every byte as it was signed, and if not, what was changed?

    Needs no database, no keys and no network. Without --key, compare the fingerprint that is printed with the one
    the body publishes: anybody can sign a pack with a key of their own. Exit status 1 when something is wrong.
    """
    found = verify_pack(file.read_bytes(), key=_key(key) if key else None)
    if as_json:
        head = vars(found.head) if found.head else None
        click.echo(
            json.dumps(
                {"problems": found.problems, "fingerprint": found.fingerprint, "head": head, "files": found.files}
            )
        )
    else:
        _tell(file.name, found.problems)
        if found.head is not None:
            click.echo(f"{found.head.organisation}: {found.head.title}, made at {found.head.made_at}")
            click.echo(f"After event {found.head.trail_number} of the trail, {found.head.trail_digest}")
        if found.fingerprint:
            is_known = key is not None and not found.problems
            click.echo(f"Signed by {found.fingerprint}{', the key you gave' if is_known else ''}")
            if key is None:
                click.echo("Compare this fingerprint with the one that the body publishes.")
    sys.exit(1 if found.problems else 0)


def _tell(name: str, problems: tuple[str, ...]) -> None:
    if not problems:
        click.echo(f"{name}: every byte is as it was signed")
    for problem in problems:
        click.echo(f"{name}: {problem}", err=True)


def _key(path: Path) -> bytes:
    written = path.read_bytes()
    if len(written) == 32:
        return written
    try:
        read = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        read = b""
    if len(read) != 32:
        raise click.BadParameter("The file holds neither 32 bytes nor 64 hexadecimal figures.", param_hint="--key")
    return read
