"""What a use-case works with: sessions, vault, clock, randomness and word lists."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from recruitment.rules.redaction import WordLists
from recruitment.store.session import Sessions
from recruitment.vault.working import WorkingPurpose, WorkingVault


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """The public site's desk: it can seal, and open nothing that was submitted."""

    sessions: Sessions
    vault: WorkingVault
    lists: WordLists
    clock: Callable[[], datetime] = utc_now
    random: random.Random = field(default_factory=random.SystemRandom)

    @property
    def now(self) -> datetime:
        return self.clock()

    def new_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def new_token(self) -> str:
        """256 bits for a link, in letters and digits."""
        return f"{self.random.getrandbits(256):064x}"

    def wrap_factor(self, organisation_id: UUID, person_id: UUID, secret: bytes) -> bytes:
        """Seal a person's second factor of this site."""
        return self.vault.encrypt(organisation_id, WorkingPurpose.ACCOUNTS, f"factor {person_id}", secret)

    def unwrap_factor(self, organisation_id: UUID, person_id: UUID, blob: bytes) -> bytes:
        return self.vault.decrypt(organisation_id, WorkingPurpose.ACCOUNTS, f"factor {person_id}", blob)
