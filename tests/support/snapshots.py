"""Campaigns that many tests start from, built by one process of a run and copied after that."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer
    from tests.support.world import World


@dataclass
class Snapshots:
    """`server` is None on SQLite, where a database is a file like the rest."""

    server: PostgresServer | None

    def _place(self, key: tuple[Any, ...]) -> Path:
        named = hashlib.sha256(repr((self.server is None, key)).encode()).hexdigest()
        return shared_folder("worlds") / named

    def take(self, world: World, key: tuple[Any, ...], campaigns: list[UUID]) -> None:
        """Keep a world as it stands; its connections are closed for it.

        Two processes may build the same at once: the first to finish is kept.
        """
        state = world.staff_desk.random.getstate()
        world.close()
        place = self._place(key)
        made = place.with_suffix(f".{os.getpid()}")
        shutil.copytree(world.home, made / "home")
        database = None
        if self.server is not None:
            database = self.server.name_of(self.server.copy_database(self.server.name_of(world.database)))
        kept = {
            "database": database,
            "now": world.clock.now.isoformat(),
            "random": state,
            "campaigns": [str(campaign_id) for campaign_id in campaigns],
        }
        (made / "kept.json").write_text(json.dumps(kept))
        try:
            made.rename(place)
        except OSError:
            shutil.rmtree(made)
        world.staff_desk.random.setstate(state)

    def restore(self, world: World, key: tuple[Any, ...]) -> list[UUID] | None:
        """Make an untouched world a copy of a kept one; None when there is none."""
        place = self._place(key)
        if not place.exists():
            return None
        kept = json.loads((place / "kept.json").read_text())
        shutil.rmtree(world.home)
        shutil.copytree(place / "home", world.home)
        if self.server is not None:
            self.server.drop_database(world.database)
            world.database = self.server.copy_database(kept["database"])
        world.clock.now = datetime.fromisoformat(kept["now"])
        version, numbers, spare = kept["random"]
        world.staff_desk.random.setstate((version, tuple(numbers), spare))
        return [UUID(campaign_id) for campaign_id in kept["campaigns"]]
