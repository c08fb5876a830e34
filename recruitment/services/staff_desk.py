"""The desk of the staff site, the worker and the commands: its vault can open, given a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from recruitment.rules.webhooks import Network
from recruitment.services.desk import Desk
from recruitment.vault.private import PrivateVault


@dataclass(frozen=True)
class StaffDesk(Desk):
    """`networks`: private networks in which messages to other systems may be sent."""

    vault: PrivateVault
    networks: tuple[Network, ...] = ()

    def wrap_factor(self, organisation_id: UUID, person_id: UUID, secret: bytes) -> bytes:
        return self.vault.wrap_for_staff_site(person_id, secret)

    def unwrap_factor(self, organisation_id: UUID, person_id: UUID, blob: bytes) -> bytes:
        return self.vault.unwrap_for_staff_site(person_id, blob)
