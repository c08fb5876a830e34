"""The vault of the public site: working keys, keyed hashes, and nothing that opens."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from uuid import UUID, uuid4

import pytest

from recruitment.app import open_public_desk
from recruitment.services.desk import Desk
from recruitment.vault import opening, working
from recruitment.vault.errors import CannotBeOpened, KeyDestroyed, MissingKey
from recruitment.vault.masters import PUBLIC_SITE_KEYS, STAFF_ONLY, FolderKeys, KeyPurpose
from recruitment.vault.private import PrivateVault
from recruitment.vault.working import WorkingPurpose, WorkingVault
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
SCOPE = UUID(int=41)


@pytest.fixture
def keyed(world: World) -> World:
    """A world with working keys of one scope, whose public desk has read nothing yet."""
    world.staff_desk.vault.make_working_keys(SCOPE, tuple(WorkingPurpose))
    return world


def test_the_vault_of_the_public_site_has_no_way_to_open_and_no_private_key(world: World) -> None:
    private, public = world.staff_desk.vault, world.public_desk.vault
    opens = {"opener", "unwrap_for_staff_site", "_private_master", "_signing_key"}
    assert {name for name in opens if hasattr(private, name)} == opens
    assert type(public) is WorkingVault
    assert not isinstance(public, PrivateVault)
    assert {name for name in opens if hasattr(public, name)} == set()


def test_no_secret_of_the_staff_site_lies_anywhere_in_the_public_desk(world: World) -> None:
    folder = FolderKeys(world.config.keys, allow_development=True)
    private = {purpose: folder.load(purpose).material for purpose in STAFF_ONLY}
    assert vars(world.staff_desk.vault)["_private_master"] == private[KeyPurpose.PRIVATE_MASTER]
    held = [value for value in vars(world.public_desk.vault).values() if isinstance(value, bytes)]
    assert len(held) >= 3
    assert set(held) & set(private.values()) == set()


def test_every_function_that_opens_asks_for_the_private_vault() -> None:
    asked = {}
    for module in pkgutil.iter_modules(opening.__path__, f"{opening.__name__}."):
        found = import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            if function.__module__ == module.name and not name.startswith("_"):
                asked[name] = next(iter(inspect.signature(function).parameters.values())).annotation
    assert len(asked) >= 10
    assert set(asked.values()) == {"PrivateVault"}


@pytest.mark.parametrize("purpose", sorted(STAFF_ONLY))
def test_the_public_site_s_key_provider_refuses_keys_of_the_staff_site(world: World, purpose: KeyPurpose) -> None:
    everything = FolderKeys(world.config.keys, allow_development=True)
    assert len(everything.load(purpose).material) == 32
    public = FolderKeys(world.config.keys, allow_development=True, only=PUBLIC_SITE_KEYS)
    with pytest.raises(MissingKey, match="withheld from this process"):
        public.load(purpose)


def test_the_public_site_starts_where_the_staff_site_s_key_files_are_absent(world: World) -> None:
    for purpose in STAFF_ONLY:
        (world.config.keys / f"{purpose}.key").unlink()
    desk: Desk = open_public_desk(world.config, clock=world.clock)
    assert desk.vault.installation == UUID(int=7)
    desk.sessions.engine.dispose()
    desk.vault.key_store.engine.dispose()


def test_an_address_has_another_keyed_hash_in_every_organisation_and_for_every_use(world: World) -> None:
    vault, one, two = world.public_desk.vault, uuid4(), uuid4()
    hashed = vault.blind("address", one, "Ada@Example.org ")
    assert hashed == vault.blind("address", one, "ada@example.org")
    others = {
        vault.blind("address", two, "ada@example.org"),
        vault.blind("external id", one, "ada@example.org"),
        vault.blind("address", one, "ada@example.com"),
        vault.hash_token("ada@example.org"),
    }
    assert len(others | {hashed}) == 5


def test_what_a_working_key_sealed_opens_in_its_own_place_alone(keyed: World) -> None:
    vault = keyed.public_desk.vault
    blob = vault.encrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", b"My answer")
    assert vault.decrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob) == b"My answer"
    keyed.staff_desk.vault.make_working_keys(UUID(int=42), (WorkingPurpose.DRAFTS,))
    for scope, purpose, record, altered, version in (
        (SCOPE, WorkingPurpose.DRAFTS, "draft 2", blob, 1),
        (SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob, 2),
        (SCOPE, WorkingPurpose.SIFT, "draft 1", blob, 1),
        (UUID(int=42), WorkingPurpose.DRAFTS, "draft 1", blob, 1),
        (SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob[:-1], 1),
        (SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob[:12], 1),
        (SCOPE, WorkingPurpose.DRAFTS, "draft 1", b"", 1),
    ):
        with pytest.raises(CannotBeOpened) as refused:
            vault.decrypt(scope, purpose, record, altered, version)
        assert refused.value.record == record


def test_a_wrapped_working_key_moved_to_another_campaign_is_refused(keyed: World) -> None:
    from recruitment.store.keys import WrappedWorkingKey

    vault = keyed.public_desk.vault
    with vault.key_store.writing() as store:
        row = store.get_one(WrappedWorkingKey, (SCOPE, WorkingPurpose.DRAFTS))
        store.add(WrappedWorkingKey(scope_id=UUID(int=42), purpose=WorkingPurpose.DRAFTS, wrapped=row.wrapped))
    assert vault.encrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", b"")
    with pytest.raises(CannotBeOpened, match=f"drafts key of {UUID(int=42)}"):
        vault.encrypt(UUID(int=42), WorkingPurpose.DRAFTS, "draft 1", b"")


def test_drafts_are_unreadable_once_their_key_is_destroyed(keyed: World) -> None:
    vault = keyed.staff_desk.vault
    blob = vault.encrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", b"My answer")
    assert vault.decrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob) == b"My answer"
    assert vault.destroy_working_key(SCOPE, WorkingPurpose.DRAFTS) is True
    with pytest.raises(KeyDestroyed, match="as it should be"):
        vault.decrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob)
    assert vault.destroy_working_key(SCOPE, WorkingPurpose.DRAFTS) is False
    assert vault.encrypt(SCOPE, WorkingPurpose.SIFT, "answer 1", b"") != b""


def test_another_process_forgets_a_destroyed_key_when_its_minute_is_over(
    keyed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = keyed.public_desk.vault
    blob = public.encrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", b"My answer")
    keyed.staff_desk.vault.destroy_working_key(SCOPE, WorkingPurpose.DRAFTS)
    assert public.decrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob) == b"My answer"
    now = working.time.monotonic()
    monkeypatch.setattr(working.time, "monotonic", lambda: now + working.CACHED_SECONDS + 1)
    with pytest.raises(KeyDestroyed):
        public.decrypt(SCOPE, WorkingPurpose.DRAFTS, "draft 1", blob)
    assert working.CACHED_SECONDS <= 60


def test_a_second_factor_of_the_staff_site_can_be_checked_there_alone(world: World) -> None:
    person = world.people["recruiter"]
    wrapped = world.staff_desk.wrap_factor(world.organisation_id, person, b"secret")
    assert world.staff_desk.unwrap_factor(world.organisation_id, person, wrapped) == b"secret"
    with pytest.raises(CannotBeOpened):
        world.public_desk.unwrap_factor(world.organisation_id, person, wrapped)
    with pytest.raises(CannotBeOpened):
        world.staff_desk.unwrap_factor(world.organisation_id, world.people["auditor"], wrapped)
