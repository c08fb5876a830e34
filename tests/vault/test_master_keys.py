"""Master keys: files for their owner alone, and the printed recovery key."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.store.keys import KeyStoreIdentity
from recruitment.vault.errors import CannotBeOpened, DevelopmentKey, MissingKey, UnusableKey
from recruitment.vault.masters import FolderKeys, Key, KeyPurpose, make_keys
from recruitment.vault.private import recover_master_keys
from tests.support.world import World

INSTALLATION = UUID(int=7)


@pytest.fixture
def folder(tmp_path: Path) -> FolderKeys:
    keys = FolderKeys(tmp_path / "keys", allow_development=False)
    for key in make_keys(INSTALLATION, is_development=False).values():
        keys.store(key)
    return keys


def test_key_files_are_readable_by_their_owner_alone(folder: FolderKeys) -> None:
    files = sorted(folder.folder.iterdir())
    assert [path.name for path in files] == sorted(f"{purpose}.key" for purpose in KeyPurpose)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.folder.stat().st_mode) == 0o700


def test_a_key_that_is_there_is_never_overwritten(folder: FolderKeys) -> None:
    before = folder.load(KeyPurpose.SIGNING)
    with pytest.raises(FileExistsError):
        folder.store(make_keys(INSTALLATION, is_development=False)[KeyPurpose.SIGNING])
    assert folder.load(KeyPurpose.SIGNING) == before


def test_a_key_is_never_printed(folder: FolderKeys) -> None:
    key = folder.load(KeyPurpose.PRIVATE_MASTER)
    shown = f"{key} {key!r} {[key]}"
    assert key.to_line().split()[-1] not in shown
    assert str(key.material) not in shown
    assert shown.startswith(f"<Key private-master of {INSTALLATION}>")


@pytest.mark.parametrize(
    "altered",
    [
        "",
        "nonsense",
        "recruitment-key 2 signing production 00000000-0000-0000-0000-000000000007 " + "A" * 43 + "=",
        "recruitment-key 1 signing production 00000000-0000-0000-0000-000000000007 " + "A" * 8,
        "recruitment-key 1 signing production 00000000-0000-0000-0000-000000000007 é",
        "recruitment-key 1 signing elsewhere 00000000-0000-0000-0000-000000000007 " + "A" * 43 + "=",
        "recruitment-key 1 verifying production 00000000-0000-0000-0000-000000000007 " + "A" * 43 + "=",
        "recruitment-key 1 signing production seven " + "A" * 43 + "=",
    ],
)
def test_a_key_file_that_is_not_what_it_says_tells_how_to_get_it_back(folder: FolderKeys, altered: str) -> None:
    assert folder.load(KeyPurpose.SIGNING).purpose is KeyPurpose.SIGNING
    (folder.folder / "signing.key").write_text(altered)
    with pytest.raises(UnusableKey, match="recruitment keys recover"):
        folder.load(KeyPurpose.SIGNING)


def test_a_key_file_of_bytes_that_are_no_text_tells_how_to_get_it_back(folder: FolderKeys) -> None:
    (folder.folder / "signing.key").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnusableKey, match="recruitment keys recover"):
        folder.load(KeyPurpose.SIGNING)


def test_an_absent_key_says_what_to_run(folder: FolderKeys) -> None:
    (folder.folder / "signing.key").unlink()
    with pytest.raises(MissingKey, match=r"signing\.key cannot be read.*recruitment install.*backup"):
        folder.load(KeyPurpose.SIGNING)


def test_development_keys_are_refused_where_they_are_not_let_in(tmp_path: Path) -> None:
    lenient = FolderKeys(tmp_path, allow_development=True)
    lenient.store(make_keys(INSTALLATION, is_development=True)[KeyPurpose.SIGNING])
    assert lenient.load(KeyPurpose.SIGNING).is_development
    with pytest.raises(DevelopmentKey, match="recruitment install"):
        FolderKeys(tmp_path, allow_development=False).load(KeyPurpose.SIGNING)


def test_a_line_holds_a_whole_key(folder: FolderKeys) -> None:
    for purpose, key in make_keys(INSTALLATION, is_development=True).items():
        assert Key.from_line(key.to_line(), purpose) == key


@pytest.fixture
def recovery(world: World) -> tuple[str, bytes, tuple[bytes, bytes, bytes]]:
    """The printed key, what it wraps in the key store, and the three keys that are to come back."""
    vault = world.staff_desk.vault
    printed = vault.make_recovery_key()
    with vault.key_store.reading() as session:
        blob = session.scalars(select(KeyStoreIdentity.recovery)).one()
    folder = FolderKeys(world.config.keys, allow_development=True)
    wanted = (KeyPurpose.PRIVATE_MASTER, KeyPurpose.WORKING_MASTER, KeyPurpose.SIGNING)
    return printed, blob, tuple(folder.load(purpose).material for purpose in wanted)


@pytest.mark.sqlite_only
def test_the_printed_recovery_key_brings_lost_master_keys_back(recovery, world) -> None:
    printed, blob, lost = recovery
    assert recover_master_keys(printed, blob, INSTALLATION) == lost
    assert recover_master_keys(f" {printed.lower().replace('-', ' ')}\n", blob, INSTALLATION) == lost


@pytest.mark.sqlite_only
def test_a_mistyped_recovery_key_is_told(recovery, world) -> None:
    printed, blob, _ = recovery
    other = "0" if printed[0] != "0" else "1"
    for mistyped in (other + printed[1:], printed[:-1], printed + "00", "", "O" + printed[1:], "é" * 64):
        with pytest.raises(CannotBeOpened, match="recovery key"):
            recover_master_keys(mistyped, blob, INSTALLATION)
    with pytest.raises(CannotBeOpened):
        recover_master_keys(printed, blob, UUID(int=8))


@pytest.mark.sqlite_only
def test_the_printed_recovery_key_is_kept_nowhere(recovery, world) -> None:
    printed, _, _ = recovery
    secret = bytes.fromhex(printed.replace("-", ""))
    world.close()
    held = b"".join(path.read_bytes() for path in sorted(world.home.rglob("*")) if path.is_file())
    assert b"organisation_added" in held
    assert [form for form in (secret, printed.encode(), printed.replace("-", "").encode()) if form in held] == []
