"""Engines and sessions: the one place where SQLite and PostgreSQL differ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 30


def make_engine(url: str) -> Engine:
    """An engine whose writers begin with the write lock on SQLite, so that none deadlocks on an upgrade.

    SQLite: WAL, foreign keys, `synchronous=FULL` (acknowledged means durable), `secure_delete` (what is erased
    is overwritten). A connection marked `write` begins `IMMEDIATE`.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=10, max_overflow=20, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=40,
        max_overflow=40,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class HoldingSession(Session):
    """Holds what it has loaded until it closes, so that asking for the same row twice is one statement."""


@event.listens_for(HoldingSession, "loaded_as_persistent")
def _hold(session: Session, instance: object) -> None:
    session.info.setdefault("held", []).append(instance)


class Sessions:
    """Opens read and write sessions over one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = sessionmaker(engine, class_=HoldingSession, expire_on_commit=False, autoflush=True)
        self._writers = sessionmaker(
            engine.execution_options(write=True), class_=HoldingSession, expire_on_commit=False, autoflush=True
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes are never kept."""
        with self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed once, at the end, or rolled back whole."""
        with self._writers() as session, session.begin():
            yield session

    def let_old_pages_go(self, *tables: str) -> bool:
        """Write what is left anew, so that nothing erased lies in a page or in the log of the database.

        SQLite: the whole file, and its log is cut; False while a reader keeps the log from being cut. PostgreSQL:
        these tables, each held for as long as that takes; its own log keeps pages until it is recycled, and in
        any archive of it.
        """
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.execute(text("COMMIT"))
                try:
                    connection.execute(text("VACUUM"))
                    is_busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
                finally:
                    connection.execute(text("BEGIN"))
            return not is_busy
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables:
                connection.execute(text(f'VACUUM FULL "{table}"'))
        return True

    def has_table(self, name: str) -> bool:
        """False where the tables were never made."""
        return inspect(self.engine).has_table(name)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"
