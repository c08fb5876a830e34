"""Opens what members of the panel pool told of themselves, to be counted over a panel or shared out in proposals.

The compositions and groups leave here; no function returns one person's answers beside their name to a caller that
shows them: the services named for it are `panel_checks` and `panel_proposals`.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.panel_members import Composition
from recruitment.rules.pool import PoolAnswers, composition_of, groups_for_proposals
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_composition(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]], silent: int
) -> Composition:
    """Counts over these people and `silent` more who are not in the pool, and so have not said."""
    opened = open_records(vault, receipt, Compartment.POOL, ((person, "", blob) for person, blob in blobs))
    answers = [PoolAnswers(**load(raw)) for _, _, raw in opened]
    return composition_of([*answers, *(PoolAnswers() for _ in range(silent))])


def open_proposal_groups(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, frozenset[str] | None]:
    """What proposals may look at, for the solver alone; None for who did not consent to that."""
    opened = open_records(vault, receipt, Compartment.POOL, ((person, "", blob) for person, blob in blobs))
    return {person: groups_for_proposals(PoolAnswers(**load(raw))) for person, _, raw in opened}
