"""An evidence pack: one ZIP of a campaign's evidence that shows any altered byte, and says what was changed.

Source: APPNOTE.TXT of the ZIP format, as far as stored entries go. Nothing is compressed and no clock is asked, so
the same files always make the same bytes: what reads a pack makes it again from its files and compares.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "recruitment evidence pack 1"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "verifying-key.txt"
OWN = (MANIFEST, SIGNATURE, KEY)
LARGEST = 512 * 1024 * 1024
"""Bytes of a pack that is still read."""
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


@dataclass(frozen=True)
class PackHead:
    """What a pack is of: `trail_number` and `trail_digest` (hex) are the last event it was made after."""

    organisation: str
    campaign: str
    title: str
    made_at: str
    trail_number: int
    trail_digest: str


@dataclass(frozen=True)
class PackReading:
    """`problems` is empty for a pack as it was signed; `files` holds what could be read, by name."""

    head: PackHead | None
    key: bytes
    files: Mapping[str, bytes]
    problems: tuple[str, ...]


def fingerprint(key: bytes) -> str:
    """The first 16 bytes of a verifying key's SHA-256 in groups of four figures, to be read aloud and compared."""
    digits = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def write_pack(head: PackHead, files: Mapping[str, bytes], key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The pack's bytes; `sign` makes the signature of the manifest that `key` verifies."""
    manifest = _manifest(head, files)
    return _zip({MANIFEST: manifest, SIGNATURE: _line(sign(manifest)), KEY: _line(key), **_sorted(files)})


def read_pack(
    content: bytes, is_signed: Callable[[bytes, bytes, bytes], bool], *, key: bytes | None = None
) -> PackReading:
    """Read a pack and say everything that is wrong with it; never raises for what stands in `content`.

    `is_signed(key, message, signature)` checks a signature; `key`: whose it must be, else the pack's own is used
    and its fingerprint has to be compared by a person.
    """
    if len(content) > LARGEST:
        return PackReading(None, b"", {}, (f"The file is larger than {LARGEST // 2**20} MB: no pack is.",))
    entries, problems = _entries(content)
    if not entries:
        return PackReading(None, b"", {}, tuple(problems or ["The file is no evidence pack."]))
    own_key, signature = _bytes(entries.get(KEY)), _bytes(entries.get(SIGNATURE))
    manifest = entries.get(MANIFEST, b"")
    problems += _of_signature(manifest, signature, own_key, key, is_signed)
    head, listed = _read_manifest(manifest)
    files = {name: held for name, held in entries.items() if name not in OWN}
    if head is None:
        problems.append(f"{MANIFEST} cannot be read: what the pack held cannot be told.")
    else:
        problems += _of_files(files, listed)
    if not problems and _zip(entries) != content:
        problems.append(_of_container(content, _zip(entries)))
    return PackReading(head, own_key, files, tuple(problems))


def _sorted(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: files[name] for name in sorted(files)}


def _line(written: bytes) -> bytes:
    return written.hex().encode() + b"\n"


def _bytes(written: bytes | None) -> bytes:
    try:
        text = (written or b"").decode("ascii")
        return bytes.fromhex(text) if text == text.lower() else b""
    except ValueError:
        return b""


def _manifest(head: PackHead, files: Mapping[str, bytes]) -> bytes:
    listed = [
        {"name": name, "bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()}
        for name, held in _sorted(files).items()
    ]
    content = {"format": FORMAT, **vars(head), "files": listed}
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode()


def _read_manifest(written: bytes) -> tuple[PackHead | None, dict[str, tuple[int, str]]]:
    try:
        read: Any = json.loads(written)
        listed = {str(one["name"]): (int(one["bytes"]), str(one["sha256"])) for one in read.pop("files")}
        if read.pop("format") != FORMAT:
            return None, {}
        return PackHead(**read), listed
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, {}


def _of_signature(
    manifest: bytes,
    signature: bytes,
    own_key: bytes,
    key: bytes | None,
    is_signed: Callable[[bytes, bytes, bytes], bool],
) -> list[str]:
    problems = []
    if key is not None and key != own_key:
        problems.append(
            f"{KEY} is not the key you gave: the pack was signed by somebody else, or the file was altered."
        )
    try:
        fits = is_signed(own_key if key is None else key, manifest, signature)
    except ValueError:
        fits = False
    if not fits:
        problems.append(f"The signature does not fit: {MANIFEST}, {SIGNATURE} or {KEY} was altered.")
    return problems


def _of_files(files: Mapping[str, bytes], listed: Mapping[str, tuple[int, str]]) -> list[str]:
    problems = [f"{name} is missing." for name in listed if name not in files]
    problems += [f"{name} was added." for name in files if name not in listed]
    for name, held in files.items():
        size, digest = listed.get(name, (len(held), ""))
        if digest and hashlib.sha256(held).hexdigest() != digest:
            change = f"{size} bytes became {len(held)}" if size != len(held) else "its content changed"
            problems.append(f"{name} was altered: {change}.")
    return problems


def _of_container(content: bytes, made: bytes) -> str:
    at = next((n for n, (one, other) in enumerate(zip(content, made, strict=False)) if one != other), None)
    if at is None:
        longer = len(content) - len(made)
        return (
            f"{longer} bytes were added at the end." if longer > 0 else f"{-longer} bytes are missing at the end."
        )
    return f"The ZIP around the files was altered at byte {at}; the files themselves are as signed."


def _zip(entries: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, held in entries.items():
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.create_system, entry.external_attr = 3, _MODE
            archive.writestr(entry, held)
    return written.getvalue()


def _entries(content: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Name → bytes of every entry, and what is wrong with the container."""
    entries: dict[str, bytes] = {}
    problems: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.filename in entries:
                    problems.append(f"{entry.filename!a} stands in the pack twice.")
                entries[entry.filename] = _stored(content, entry)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError, zlib.error) as error:
        return {}, [f"The file is no evidence pack, or was cut short or altered: {_plain(error)}"]
    return entries, problems


def _stored(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The entry's bytes as they lie there, whatever its checksum says: the manifest says more."""
    begins = entry.header_offset
    header = content[begins : begins + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(f"the header of {entry.filename!a} is damaged.")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    first = begins + 30 + name_length + extra_length
    return content[first : first + entry.file_size]


def _plain(error: Exception) -> str:
    said = str(error).strip() or type(error).__name__
    return said[:1].lower() + said[1:]
