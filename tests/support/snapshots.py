"""Campaigns that many tests start from, built once in a test process and copied after that."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer
    from tests.support.world import World


@dataclass(frozen=True)
class Snapshot:
    home: Path
    database: str | None
    now: datetime
    random_state: Any
    campaigns: tuple[UUID, ...]


@dataclass
class Snapshots:
    """`server` is None on SQLite, where a database is a file like the rest."""

    server: PostgresServer | None
    kept: dict[tuple[Any, ...], Snapshot] = field(default_factory=dict)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="recruitment-snapshots-")))

    def take(self, world: World, key: tuple[Any, ...], campaigns: list[UUID]) -> None:
        """Keep a world as it stands; its connections are closed for it."""
        state = world.staff_desk.random.getstate()
        world.close()
        home = self.folder / str(len(self.kept))
        shutil.copytree(world.home, home)
        database = None
        if self.server is not None:
            database = self.server.name_of(self.server.copy_database(self.server.name_of(world.database)))
        self.kept[key] = Snapshot(home, database, world.clock.now, state, tuple(campaigns))
        world.staff_desk.random.setstate(state)

    def restore(self, world: World, key: tuple[Any, ...]) -> list[UUID] | None:
        """Make an untouched world a copy of a kept one; None when there is none."""
        kept = self.kept.get(key)
        if kept is None:
            return None
        shutil.rmtree(world.home)
        shutil.copytree(kept.home, world.home)
        if self.server is not None and kept.database is not None:
            self.server.drop_database(world.database)
            world.database = self.server.copy_database(kept.database)
        world.clock.now = kept.now
        world.staff_desk.random.setstate(kept.random_state)
        return list(kept.campaigns)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
