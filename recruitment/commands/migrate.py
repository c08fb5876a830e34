"""Brings a database or key store to a revision: the one road to a schema."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

import recruitment.store  # noqa: F401 - every table must be known
from config import MIGRATIONS, Config
from recruitment.store.session import make_engine

DATABASE, KEY_STORE = "database", "key_store"


def settings(which: str) -> AlembicConfig:
    made = AlembicConfig()
    made.set_main_option("script_location", str(MIGRATIONS / which))
    return made


def migrate(engine: Engine, which: str, revision: str = "head") -> None:
    """Upgrade to a revision; one that lies behind the present one is a downgrade (`-1`, `base`)."""
    made = settings(which)
    with engine.execution_options(write=True).connect() as connection:
        made.attributes["connection"] = connection
        if revision == "base" or revision.startswith("-"):
            command.downgrade(made, revision)
        else:
            command.upgrade(made, revision)
        connection.commit()


def migrate_all(config: Config) -> None:
    for which, address in ((KEY_STORE, config.key_store), (DATABASE, config.database)):
        engine = make_engine(address)
        migrate(engine, which)
        engine.dispose()
