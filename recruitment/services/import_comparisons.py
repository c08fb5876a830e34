"""Compares a file with what earlier imports brought, so that an export which grows can be imported again.

Nothing is opened for it: fingerprints under a key of the staff site are compared, never texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.import_reports import ChangedRow, ImportReport, change_between
from recruitment.rules.imported_rows import ImportedRow, answers_in_one, details_in_one
from recruitment.services.import_files import FileRow
from recruitment.services.import_plans import Earlier, ImportPlan, read_imported
from recruitment.services.staff_desk import StaffDesk

_Found = tuple[int, ImportedRow, Earlier]


def fingerprints_of(desk: StaffDesk, campaign_id: UUID, row: ImportedRow) -> bytes:
    """Details, then answers: 64 bytes."""
    return b"".join(
        desk.vault.fingerprint(f"imported {part}", campaign_id, row.external_id, said)
        for part, said in (("details", details_in_one(row)), ("answers", answers_in_one(row)))
    )


def compare_file(desk: StaffDesk, plan: ImportPlan, rows: Iterable[FileRow]) -> ImportReport:
    """Read a checked file once; bad rows are left out, since `check_file` tells of them."""
    known: list[_Found] = []
    counted = new = characters = 0
    for row in rows:
        imported, _ = read_imported(plan, row)
        if imported is None:
            continue
        counted += 1
        earlier = plan.earlier.get(desk.vault.blind("external id", plan.campaign_id, imported.external_id))
        if earlier is None:
            new += 1
            characters += sum(map(len, imported.texts.values()))
        else:
            known.append((row.number, imported, earlier))
    standing = [one for one in known if not one[2].is_erased]
    kept = [one for one in standing if not one[2].is_withdrawn]
    compared = [one for one in kept if one[2].fingerprints is not None]
    changed = tuple(_changed(desk, plan, compared))
    return ImportReport(
        rows=counted,
        new=new,
        unchanged=len(compared) - len(changed),
        changed=changed,
        erased=len(known) - len(standing),
        withdrawn=len(standing) - len(kept),
        uncompared=len(kept) - len(compared),
        characters=characters,
    )


def _changed(desk: StaffDesk, plan: ImportPlan, compared: list[_Found]) -> Iterable[ChangedRow]:
    for number, imported, earlier in compared:
        now = fingerprints_of(desk, plan.campaign_id, imported)
        change = change_between(earlier.fingerprints or b"", now)
        if change is not None:
            yield ChangedRow(number, change)
