"""Seals records anew under a compartment's present key, when keys are turned; no plaintext leaves here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from recruitment.vault import hpke
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.errors import CannotBeOpened, VaultError
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.compartment import record_binding


def reseal_records(
    vault: PrivateVault, receipt: Receipt, keys: PublicKeys, blobs: Iterable[tuple[UUID, str, bytes]]
) -> Iterator[tuple[UUID, str, bytes | None]]:
    """From (record, part, blob) to (record, part, new blob), only those that the present key does not open.

    None for a record that no key opens: it was altered or cut short, and is as lost as before.
    """
    if receipt.records is not None:
        raise VaultError("Keys are turned for a whole compartment: nothing was opened.")
    compartment = Compartment(receipt.compartment)
    present, every = vault.opener(receipt, is_present_only=True), vault.opener(receipt)
    for record, part, blob in blobs:
        binding = record_binding(compartment, receipt.scope_id, record, part)
        name = f"{compartment} {record}"
        try:
            present.open(blob, binding, name)
        except CannotBeOpened:
            try:
                plain = every.open(blob, binding, name)
            except CannotBeOpened:
                yield record, part, None
            else:
                yield record, part, hpke.seal(keys[compartment], plain, binding)
