"""Receipts: proof that an opening was recorded before it happens. Made by `services/openings.py` alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Receipt:
    """Entitles to open `records` (all of the scope when None) of one compartment; names its trail event."""

    compartment: str
    scope_id: UUID
    records: frozenset[UUID] | None
    ground: str
    trail_number: int

    def covers(self, record: UUID) -> bool:
        return self.records is None or record in self.records
