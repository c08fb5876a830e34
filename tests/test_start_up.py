"""What a site refuses to start with, each refusal with a sentence that says what to do; and its cookies."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, update

from config import Config
from recruitment.app import create_public_app, create_staff_app, open_public_desk, open_staff_desk
from recruitment.commands.migrate import DATABASE, KEY_STORE, migrate, migrate_all
from recruitment.services.desk import Desk
from recruitment.services.installation import add_organisation, claim_database
from recruitment.store.keys import CompartmentKey
from recruitment.store.session import make_engine
from recruitment.vault.errors import (
    DevelopmentKey,
    ForeignKeyStore,
    MissingKey,
    UnsignedKey,
    UnusableKey,
    VaultError,
)
from recruitment.vault.hpke import make_key_pair
from recruitment.vault.masters import PUBLIC_SITE_KEYS, FolderKeys, KeyPurpose, make_keys


def install(home: Path, number: int, *, is_development: bool = False) -> Config:
    """A whole installation of its own, with one organisation."""
    config = Config(
        home, f"sqlite:///{home}/recruitment.db", f"sqlite:///{home}/keys.db", home / "keys", is_development
    )
    provider = FolderKeys(config.keys, allow_development=is_development)
    for key in make_keys(UUID(int=number), is_development=is_development).values():
        provider.store(key)
    migrate_all(config)
    desk = open_staff_desk(config, is_new=True)
    desk.vault.claim_key_store()
    with desk.sessions.writing() as session:
        claim_database(session, desk=desk)
        add_organisation(session, desk=desk, name="Office", slug="office")
    close(desk)
    return config


def close(desk: Desk) -> None:
    desk.sessions.engine.dispose()
    desk.vault.key_store.engine.dispose()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two production installations to copy."""
    homes = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    for number, home in enumerate(homes, 11):
        install(home, number)
    return homes


@dataclass(frozen=True)
class Installations:
    one: Config
    two: Config


@pytest.fixture
def both(installed: tuple[Path, Path], tmp_path: Path) -> Installations:
    configs = []
    for name, source in zip(("one", "two"), installed, strict=True):
        home = tmp_path / name
        shutil.copytree(source, home)
        configs.append(
            Config(home, f"sqlite:///{home}/recruitment.db", f"sqlite:///{home}/keys.db", home / "keys")
        )
    return Installations(*configs)


OPENERS = pytest.mark.parametrize("open_desk", [open_public_desk, open_staff_desk], ids=["public", "staff"])
Opener = Callable[[Config], Desk]


def refusal(open_desk: Opener, config: Config, kind: type[VaultError]) -> str:
    """The sentence of the error that a start meets."""
    with pytest.raises(kind) as refused:
        open_desk(config)
    assert type(refused.value) is kind
    return refused.value.sentence


@OPENERS
def test_a_whole_production_installation_starts(both: Installations, open_desk: Opener) -> None:
    desk = open_desk(both.one)
    assert (desk.vault.installation, desk.vault.is_development) == (UUID(int=11), False)
    close(desk)


@OPENERS
def test_production_does_not_start_with_development_keys(tmp_path: Path, open_desk: Opener) -> None:
    config = install(tmp_path, 13, is_development=True)
    close(open_desk(config))
    sentence = refusal(open_desk, replace(config, is_development=False), DevelopmentKey)
    assert "recruitment install" in sentence
    assert "production start" in sentence


@pytest.mark.parametrize(
    "purpose", sorted(set(KeyPurpose) - {KeyPurpose.PUBLIC_SESSIONS, KeyPurpose.STAFF_SESSIONS})
)
def test_a_site_does_not_start_without_a_key_that_it_needs(both: Installations, purpose: KeyPurpose) -> None:
    (both.one.keys / f"{purpose}.key").unlink()
    for open_desk, needed in ((open_staff_desk, set(KeyPurpose)), (open_public_desk, PUBLIC_SITE_KEYS)):
        if purpose not in needed:
            close(open_desk(both.one))
            continue
        sentence = refusal(open_desk, both.one, MissingKey)
        assert f"{purpose}.key" in sentence
        assert "recruitment install" in sentence
        assert "backup" in sentence


@pytest.mark.parametrize(
    ("purpose", "make_app"),
    [(KeyPurpose.PUBLIC_SESSIONS, create_public_app), (KeyPurpose.STAFF_SESSIONS, create_staff_app)],
)
def test_a_site_does_not_start_without_its_session_key(
    both: Installations, purpose: KeyPurpose, make_app: Callable[[Config], Flask]
) -> None:
    (both.one.keys / f"{purpose}.key").unlink()
    with pytest.raises(MissingKey, match=rf"{purpose}\.key cannot be read"):
        make_app(both.one)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
@OPENERS
def test_production_does_not_start_with_a_key_file_that_others_may_read(
    both: Installations, open_desk: Opener, mode: int
) -> None:
    path = both.one.keys / "working-master.key"
    path.chmod(mode)
    assert f"chmod 600 {path}" in refusal(open_desk, both.one, UnusableKey)


@OPENERS
def test_a_site_does_not_start_with_another_installation_s_key_store(
    both: Installations, open_desk: Opener
) -> None:
    sentence = refusal(open_desk, replace(both.one, key_store=both.two.key_store), ForeignKeyStore)
    assert "The key store belongs to another installation" in sentence
    assert "RECRUITMENT_KEY_STORE" in sentence


@OPENERS
def test_a_site_does_not_start_with_another_installation_s_database(
    both: Installations, open_desk: Opener
) -> None:
    sentence = refusal(open_desk, replace(both.one, database=both.two.database), ForeignKeyStore)
    assert "The database belongs to another installation" in sentence
    assert "RECRUITMENT_DATABASE" in sentence


@pytest.mark.parametrize(
    "purpose", sorted(set(KeyPurpose) - {KeyPurpose.PUBLIC_SESSIONS, KeyPurpose.STAFF_SESSIONS})
)
def test_a_site_does_not_start_with_one_key_of_another_installation(
    both: Installations, purpose: KeyPurpose
) -> None:
    shutil.copy2(both.two.keys / f"{purpose}.key", both.one.keys / f"{purpose}.key")
    assert "RECRUITMENT_KEYS" in refusal(open_staff_desk, both.one, ForeignKeyStore)


def test_a_site_does_not_start_with_a_new_master_key_under_the_old_installation_s_name(
    both: Installations,
) -> None:
    fresh = make_keys(UUID(int=11), is_development=False)
    for purpose in (KeyPurpose.WORKING_MASTER, KeyPurpose.PRIVATE_MASTER):
        path = both.one.keys / f"{purpose}.key"
        before = path.read_text()
        path.write_text(fresh[purpose].to_line())
        assert f"The {str(purpose).replace('-', ' ')} key belongs" in refusal(
            open_staff_desk, both.one, ForeignKeyStore
        )
        path.write_text(before)


@OPENERS
def test_a_site_does_not_start_with_an_empty_key_store(both: Installations, open_desk: Opener) -> None:
    address = f"sqlite:///{both.one.home}/empty.db"
    engine = make_engine(address)
    migrate(engine, KEY_STORE)
    engine.dispose()
    sentence = refusal(open_desk, replace(both.one, key_store=address), MissingKey)
    assert sentence == "The key store is empty. Run “recruitment install” first."


@OPENERS
def test_a_site_does_not_start_with_an_empty_database(both: Installations, open_desk: Opener) -> None:
    address = f"sqlite:///{both.one.home}/empty.db"
    engine = make_engine(address)
    migrate(engine, DATABASE)
    engine.dispose()
    sentence = refusal(open_desk, replace(both.one, database=address), MissingKey)
    assert sentence == "The database is empty. Run “recruitment install” first."


@pytest.mark.parametrize("what", ["database", "key_store"])
@OPENERS
def test_a_site_does_not_start_on_tables_that_were_never_made(
    both: Installations, open_desk: Opener, what: str
) -> None:
    nowhere = replace(both.one, **{what: f"sqlite:///{both.one.home}/nothing.db"})
    assert "recruitment install" in refusal(open_desk, nowhere, MissingKey)


@OPENERS
def test_a_site_does_not_start_with_an_unsigned_compartment_key_anywhere(
    both: Installations, open_desk: Opener
) -> None:
    engine = make_engine(both.one.database)
    with engine.begin() as connection:
        swapped = connection.execute(
            update(CompartmentKey)
            .where(CompartmentKey.compartment == "pool")
            .values(public_key=make_key_pair()[1])
        )
        assert swapped.rowcount == 1
    engine.dispose()
    sentence = refusal(open_desk, both.one, UnsignedKey)
    assert "“pool”" in sentence
    assert "Restore the table compartment_keys from a backup" in sentence


def test_a_compartment_key_of_another_installation_is_unsigned_here(both: Installations) -> None:
    theirs = make_engine(both.two.database)
    with theirs.connect() as connection:
        rows = [dict(row) for row in connection.execute(CompartmentKey.__table__.select()).mappings()]
    theirs.dispose()
    assert len(rows) == 3
    ours = make_engine(both.one.database)
    with ours.begin() as connection:
        connection.execute(delete(CompartmentKey))
        connection.execute(CompartmentKey.__table__.insert(), rows)
    ours.dispose()
    refusal(open_public_desk, both.one, UnsignedKey)


@dataclass(frozen=True)
class Sites:
    public: Flask
    staff: Flask


@pytest.fixture
def sites(both: Installations) -> Iterator[Sites]:
    public, staff = open_public_desk(both.one, source=Random(1)), open_staff_desk(both.one, source=Random(2))
    yield Sites(create_public_app(both.one, desk=public), create_staff_app(both.one, desk=staff))
    close(public)
    close(staff)


def session_cookie(app: Flask) -> Morsel[str]:
    response = app.test_client().get("/sign-in", base_url="https://jobs.example", follow_redirects=True)
    assert response.status_code == 200
    cookies = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        cookies.load(header)
    (cookie,) = cookies.values()
    return cookie


def test_the_two_sites_share_neither_secret_key_nor_cookie_name(sites: Sites) -> None:
    keys = [app.config["SECRET_KEY"] for app in (sites.public, sites.staff)]
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]
    names = [session_cookie(app).key for app in (sites.public, sites.staff)]
    assert names == ["__Host-recruitment-public", "__Host-recruitment-staff"]


def test_no_secret_key_of_a_site_is_another_key_of_the_installation(both: Installations, sites: Sites) -> None:
    folder = FolderKeys(both.one.keys, allow_development=False)
    material = {purpose: folder.load(purpose).material for purpose in KeyPurpose}
    assert len(set(material.values())) == len(KeyPurpose)
    assert sites.public.config["SECRET_KEY"] == material[KeyPurpose.PUBLIC_SESSIONS]
    assert sites.staff.config["SECRET_KEY"] == material[KeyPurpose.STAFF_SESSIONS]


@pytest.mark.parametrize("name", ["public", "staff"])
def test_a_production_cookie_stays_on_its_site_over_https_and_out_of_scripts(sites: Sites, name: str) -> None:
    cookie = session_cookie(getattr(sites, name))
    assert cookie.key.startswith("__Host-")
    told = {key: cookie[key] for key in ("secure", "httponly", "samesite", "path", "domain")}
    assert told == {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}


def test_a_session_of_one_site_is_nobody_on_the_other(sites: Sites) -> None:
    cookie = session_cookie(sites.public)
    client = sites.staff.test_client()
    client.set_cookie("__Host-recruitment-staff", cookie.value, domain="jobs.example", secure=True)
    with client.session_transaction(base_url="https://jobs.example") as session:
        assert dict(session) == {}


@pytest.mark.parametrize("name", ["public", "staff"])
def test_production_has_neither_an_outbox_nor_a_demonstration_sign_in(both: Installations, name: str) -> None:
    make = {"public": create_public_app, "staff": create_staff_app}[name]
    app = make(both.one, is_demo=True)
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    assert "/sign-in" in paths
    assert {path for path in paths if "demo" in path or "outbox" in path} == set()
    close(app.extensions["desk"])


@pytest.mark.parametrize("name", ["public", "staff"])
def test_a_production_site_says_in_no_page_that_it_is_a_demonstration(both: Installations, name: str) -> None:
    make = {"public": create_public_app, "staff": create_staff_app}[name]
    app = make(both.one, is_demo=True)
    page = app.test_client().get("/sign-in", base_url="https://jobs.example", follow_redirects=True).text
    assert "</html>" in page
    assert "demonstration" not in page.casefold()
    close(app.extensions["desk"])
