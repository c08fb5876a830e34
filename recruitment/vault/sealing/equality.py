"""Seals equality answers so that every row looks like every other.

The application's reference, the time and a nonce lie inside the blob, which is padded to one length.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from recruitment.vault import hpke
from recruitment.vault.bindings import bind
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump

PADDED = 3072  # bytes before sealing; every write-in full of the characters that JSON writes longest: about 2,500


def equality_binding(campaign_id: UUID) -> bytes:
    # Not bound to its row: rows get new keys whenever they are rewritten in random order.
    return bind("sealed", Compartment.EQUALITY, campaign_id, "answers", 1)


def _seal(keys: PublicKeys, application_id: UUID, at: datetime, kind: str, answers: Mapping[str, str]) -> bytes:
    plain = dump(
        {
            "application": application_id.hex,
            "at": at.isoformat(),
            "nonce": secrets.token_hex(8),
            "kind": kind,
            "answers": dict(answers),
        }
    )
    if len(plain) > PADDED:
        raise ValueError("equality answers are longer than the padded length")
    padded = plain + b" " * (PADDED - len(plain))
    return hpke.seal(keys[Compartment.EQUALITY], padded, equality_binding(keys.scope_id))


def seal_equality_answers(
    keys: PublicKeys, application_id: UUID, at: datetime, answers: Mapping[str, str]
) -> bytes:
    return _seal(keys, application_id, at, "answers", answers)


def seal_equality_withdrawal(keys: PublicKeys, application_id: UUID, at: datetime) -> bytes:
    """A row that, once tallied or rewritten, erases what the same application gave before."""
    return _seal(keys, application_id, at, "withdrawal", {})
