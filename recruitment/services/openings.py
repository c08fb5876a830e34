"""Records every opening before it happens: no record, no plaintext.

Beside `app`, the one place that commits: the record stands even when the request that opens fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.actors import Actor
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.vault.compartments import Compartment
from recruitment.vault.receipts import Receipt


def record_opening(
    desk: StaffDesk,
    *,
    actor: Actor,
    compartment: Compartment,
    scope_id: UUID,
    records: Iterable[UUID] | None,
    ground: str,
    chain_id: UUID | None = None,
) -> Receipt:
    """Write that `actor` opens these records (None: the whole scope) on this ground, commit, give the receipt.

    Must come before the request's own write begins: on SQLite the two would wait for each other.
    """
    covered = None if records is None else frozenset(records)
    with desk.sessions.writing() as session:
        number = record_event(
            session,
            at=desk.now,
            chain_id=chain_id or scope_id,
            actor=actor,
            event="compartment_opened",
            compartment=compartment.value,
            scope=scope_id,
            records="all" if covered is None else sorted(record.hex for record in covered),
            ground=ground,
        )
    return Receipt(compartment, scope_id, covered, ground, number)
