"""Seals papers for a claim into the hold's own compartment; its scope, and its key pair, are the hold's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump
from recruitment.vault.sealing.compartment import seal_record

PAPERS = "papers"


def seal_papers(keys: PublicKeys, papers: Mapping[str, Sequence[str]]) -> bytes:
    """Headings with their lines: what was scored, said and decided about one application."""
    plain = dump([[heading, list(lines)] for heading, lines in papers.items()])
    return seal_record(keys, Compartment.HOLD, keys.scope_id, plain, PAPERS)
