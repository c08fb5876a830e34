"""Redacts texts at the command line: many as JSON Lines, or one document for a person to read."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

import click

from recruitment.rules.errors import Invalid
from recruitment.rules.redaction import LABELS, Education, KnownValues, Passage, Redaction, Replaced, redact
from recruitment.services.wordlists import load_word_lists


@click.command("redact")
@click.option(
    "--file",
    "document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="One document (PDF, DOCX, ODT or plain text) instead of JSON Lines.",
)
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --file: a JSON object of what the form holds about the writer.",
)
@click.option(
    "--labels", is_flag=True, help="With --file: say what stood there, and list what was found by which rule."
)
def redact_command(document: Path | None, known: Path | None, labels: bool) -> None:
    """Show what shortlisters would read.

    Without options reads JSON Lines from standard input, one {"id", "text", "known"} a line, and writes one line
    for each: {"id", "spans": [{"start", "end", "kind", "action", "rule"}], "text"}. `known` may hold full_name,
    preferred_name, previous_names, email, phone (or phones), address_lines, postcode, date_of_birth (ISO),
    national_insurance_number and education [{institution, from, to}]; anything may be missing.
    """
    if document is not None:
        _redact_document(document, _read_known(known), with_labels=labels)
        return
    if known is not None or labels:
        raise click.UsageError("--known and --labels go with --file.")
    _redact_lines(sys.stdin.buffer, sys.stdout)


def _redact_lines(source: IO[bytes], target: IO[str]) -> None:
    lists = load_word_lists()
    # The lists stay as they are: what collects garbage need not look through them again and again.
    gc.freeze()
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text, held, identifier = record["text"], known_values(record.get("known") or {}), record["id"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Invalid(
                f"Line {number} is not a JSON object with “id”, “text” (a string) and “known” (an object)."
            ) from None
        redaction = redact(text, held, lists)
        # ASCII only: lone surrogates in a text survive the way to any terminal or file.
        target.write(json.dumps({"id": identifier, **_fields(redaction)}) + "\n")
        target.flush()


def _fields(redaction: Redaction) -> dict[str, Any]:
    return {
        "spans": [
            {"start": span.start, "end": span.end, "kind": span.kind, "action": span.action, "rule": span.rule}
            for span in redaction.spans
        ],
        "text": redaction.visible(),
    }


def known_values(fields: Mapping[str, Any]) -> KnownValues:
    """Known values from a JSON object; missing and null are the same as empty. ValueError for a bad date."""
    phones = fields.get("phones") or ([fields["phone"]] if fields.get("phone") else [])
    born = fields.get("date_of_birth")
    return KnownValues(
        full_name=fields.get("full_name") or "",
        preferred_name=fields.get("preferred_name") or "",
        previous_names=tuple(fields.get("previous_names") or ()),
        email=fields.get("email") or "",
        phones=tuple(phones),
        address_lines=tuple(fields.get("address_lines") or ()),
        postcode=fields.get("postcode") or "",
        date_of_birth=date.fromisoformat(born) if born else None,
        national_insurance_number=fields.get("national_insurance_number") or "",
        education=tuple(
            Education(
                entry.get("institution") or "",
                str(entry.get("from") or entry.get("from_year") or ""),
                str(entry.get("to") or entry.get("to_year") or ""),
            )
            for entry in fields.get("education") or ()
        ),
    )


def _read_known(path: Path | None) -> KnownValues:
    if path is None:
        return KnownValues()
    try:
        fields = json.loads(path.read_bytes())
        if not isinstance(fields, dict):
            raise TypeError
        return known_values(fields)
    except (ValueError, TypeError, AttributeError):
        raise Invalid(
            f"{path.name} is not a JSON object of known values, or a date in it is not like 1980-03-31."
        ) from None


def _redact_document(path: Path, known: KnownValues, *, with_labels: bool) -> None:
    # Here, since reading documents costs a second of imports that a stream of lines never needs.
    from recruitment.services.documents import UnreadableDocument, read_document

    try:
        text = read_document(path.read_bytes()).text
    except UnreadableDocument as refusal:
        raise Invalid(refusal.sentence) from None
    redaction = redact(text, known, load_word_lists())
    if not with_labels:
        click.echo(redaction.visible())
        return
    click.echo("".join(_labelled(piece) for piece in redaction.pieces))
    click.echo()
    for span in redaction.spans:
        click.echo(f"{span.action:4}  {span.kind}: {text[span.start : span.end]!r} ({span.rule})")


def _labelled(piece: Any) -> str:
    if isinstance(piece, Replaced):
        return piece.replacement
    return LABELS[piece.kind] if isinstance(piece, Passage) else str(piece.text)
