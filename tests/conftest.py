"""A world for tests: an installation of its own on SQLite or on the PostgreSQL that the tests start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import postgres_server
from tests.support.world import World, make_template


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        default="sqlite,postgres",
        help="the databases to run the suite on: sqlite, postgres or both (the default)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--databases").split(",")
        only = metafunc.definition.get_closest_marker("sqlite_only")
        params = [
            pytest.param(name, marks=pytest.mark.postgres if name == "postgres" else ())
            for name in wanted
            if name == "sqlite" or only is None
        ]
        metafunc.parametrize("backend", params, scope="function")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, installed, empty world to copy."""
    folder = tmp_path_factory.mktemp("template")
    make_template(folder, f"sqlite:///{folder / 'recruitment.db'}")
    return folder


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder of keys, and the address of a migrated database that serves as a template."""
    with postgres_server() as server:
        folder = tmp_path_factory.mktemp("postgres-template")
        address = server.create_database("world_template")
        make_template(folder, address)
        yield folder, server


@pytest.fixture
def world(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    if backend == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copytree(template, tmp_path / "home")
        made = World(tmp_path / "home", f"sqlite:///{tmp_path / 'home' / 'recruitment.db'}")
    else:
        template, server = request.getfixturevalue("postgres_template")
        shutil.copytree(template, tmp_path / "home")
        made = World(tmp_path / "home", server.copy_database("world_template"))
    yield made
    made.close()
