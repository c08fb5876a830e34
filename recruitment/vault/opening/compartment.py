"""Opens records of a compartment, given the receipt of a recorded opening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from recruitment.vault.compartments import Compartment
from recruitment.vault.errors import VaultError
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.compartment import record_binding


class NotCovered(VaultError):
    """An opening that its receipt does not cover."""

    def __init__(self, record: UUID) -> None:
        super().__init__(f"The record {record} is not covered by the recorded opening: nothing was shown.")


def open_records(
    vault: PrivateVault,
    receipt: Receipt,
    compartment: Compartment,
    blobs: Iterable[tuple[UUID, str, bytes]],
) -> Iterator[tuple[UUID, str, bytes]]:
    """From (record, part, blob) to (record, part, plaintext), one private key unwrapped for the batch.

    Raise `NotCovered` outside the receipt, `CannotBeOpened` for a wrong blob.
    """
    if receipt.compartment != compartment:
        raise VaultError("The recorded opening is of another compartment: nothing was shown.")
    opener = vault.opener(receipt)
    for record, part, blob in blobs:
        if not receipt.covers(record):
            raise NotCovered(record)
        binding = record_binding(compartment, receipt.scope_id, record, part)
        yield record, part, opener.open(blob, binding, f"{compartment} {record}")
