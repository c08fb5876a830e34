"""A world for tests: an installation of its own on SQLite or on the PostgreSQL that the tests start."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.support.compiled import compile_once
from tests.support.demonstration import FLAGS
from tests.support.memory import keep_files_in_memory
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.served import CHROMIUM
from tests.support.shared import make_shared_folders, one_at_a_time, remove_shared_folders, shared_folder
from tests.support.snapshots import Snapshots
from tests.support.world import World, make_template


def pytest_configure(config: pytest.Config) -> None:
    keep_files_in_memory()
    if not _is_worker(config):
        make_shared_folders()
    compile_once()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        remove_shared_folders()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_collection_finish() -> None:
    """What is imported by now stays: looking through it for garbage, time and again, took a thirtieth of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        default="",
        help="run every test on these databases: sqlite, postgres or both, parted by a comma",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        named = metafunc.config.getoption("--databases")
        wanted = (named or "sqlite,postgres").split(",")
        if metafunc.definition.get_closest_marker("sqlite_only"):
            wanted = [name for name in wanted if name == "sqlite"]
        if metafunc.definition.get_closest_marker("postgres_only"):
            wanted = [name for name in wanted if name == "postgres"]
        if not named and len(wanted) > 1 and _is_of_a_page(metafunc.definition):
            wanted = [wanted[crc32(metafunc.definition.nodeid.encode()) % len(wanted)]]
        params = [pytest.param(n, marks=pytest.mark.postgres if n == "postgres" else ()) for n in wanted]
        metafunc.parametrize("backend", params, scope="function")


def _is_of_a_page(item: pytest.Item) -> bool:
    """Pages ask services, which are tested on both databases: each test of a page runs on one, by lot of its name.

    What goes over every page stands in `tests/web` itself, and runs on both unless it says otherwise.
    """
    return Path(item.nodeid.partition("::")[0]).match("tests/web/*/*.py")


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated, installed, empty world to copy."""
    folder = shared_folder("worlds") / "sqlite-template"
    with one_at_a_time("sqlite-template"):
        if not folder.exists():
            folder.mkdir()
            make_template(folder, f"sqlite:///{folder / 'recruitment.db'}")
    return folder


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[tuple[Path, PostgresServer]]:
    """The folder of keys, and the address of a migrated database that serves as a template."""
    with postgres_server() as server:
        folder = shared_folder("worlds") / "postgres-template"
        with one_at_a_time("postgres-template"):
            if not folder.exists():
                folder.mkdir()
                make_template(folder, server.create_database("world_template"))
        yield folder, server


@pytest.fixture(scope="session")
def sqlite_snapshots() -> Snapshots:
    return Snapshots(None)


@pytest.fixture(scope="session")
def postgres_snapshots(postgres_template: tuple[Path, PostgresServer]) -> Snapshots:
    return Snapshots(postgres_template[1])


@pytest.fixture
def make_world(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], World]]:
    """Makes worlds that are alike: same keys, same staff, same clock, same random source."""
    made: list[World] = []

    def make() -> World:
        home = tmp_path / f"home{len(made)}"
        if backend == "sqlite":
            shutil.copytree(request.getfixturevalue("sqlite_template"), home)
            address = f"sqlite:///{home / 'recruitment.db'}"
        else:
            template, server = request.getfixturevalue("postgres_template")
            shutil.copytree(template, home)
            address = server.copy_database("world_template")
        snapshots = request.getfixturevalue(f"{backend}_snapshots")
        made.append(World(home, address, snapshots=snapshots))
        return made[-1]

    yield make
    for world in made:
        world.close()
        if backend == "postgres":
            request.getfixturevalue("postgres_template")[1].drop_database(world.database)


@pytest.fixture
def world(make_world: Callable[[], World]) -> World:
    return make_world()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, started once in a test process; what it keeps, it keeps apart for each context."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens contexts of a browser that know nothing of one another, nor of those of other tests."""
    opened = []

    def open_one(**settings: Any) -> Any:
        opened.append(chromium.new_context(**settings))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()
