"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    CANDIDATE = "candidate"
    STAFF = "staff"
    SYSTEM = "system"


NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Actor:
    """Somebody signed in, or the system itself (worker, command line)."""

    kind: ActorKind
    id: UUID
    organisation_id: UUID

    def __str__(self) -> str:
        return self.kind if self.kind is ActorKind.SYSTEM else f"{self.kind}:{self.id}"


def system_actor(organisation_id: UUID) -> Actor:
    return Actor(ActorKind.SYSTEM, NOBODY, organisation_id)
