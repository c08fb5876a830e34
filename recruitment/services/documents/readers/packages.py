"""Unpacks single parts of a ZIP package, piece by piece, and counts what really comes out.

What a header claims about size is never believed. Parts that nobody asks for (pictures, macros, properties) are
never unpacked, so whatever they hide does nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from .refusals import BROKEN, ENCRYPTED, TOOK_TOO_LONG, Refused

_MEMBERS = 3000  # a long report with a picture on every page has a few hundred
_PIECE = 1024**2
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that the two formats allow
_NEEDS_PASSWORD = 0x1


class Package:
    def __init__(self, content: bytes, unpacked: int) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        members = self._archive.infolist()
        if len(members) > _MEMBERS:
            raise Refused(TOOK_TOO_LONG)
        self._members = {member.filename.lower(): member for member in members}
        self._left = unpacked

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def unpack(self, name: str) -> Iterator[bytes]:
        """The part's bytes in pieces; all parts together must stay under the limit."""
        member = self._members.get(name.lower())
        if member is None or member.compress_type not in _METHODS:
            raise Refused(BROKEN)
        if member.flag_bits & _NEEDS_PASSWORD:
            raise Refused(ENCRYPTED)
        with self._archive.open(member) as part:
            while piece := part.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise Refused(TOOK_TOO_LONG)
                yield piece
