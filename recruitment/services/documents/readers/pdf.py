"""Reads the text of a PDF inside the confined child; its properties and pictures are never looked at."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any

# pypdf imports these where they happen to be installed and reads text without them; they cost more to load
# than pypdf itself.
_NOT_NEEDED = ("Crypto", "PIL", "fontTools")
_FOR_ENCRYPTION = "cryptography"

# Viewers look for the end mark in the last kilobyte. Without it the file was cut short, and pypdf would
# return the text of those pages that happen to be left.
_END_MARK = b"%%EOF"
_END_REGION = 4096

_DEEPEST_FIELD = 16
_COMMENTS = frozenset(
    "/Text /FreeText /Highlight /Underline /StrikeOut /Squiggly /Caret /Square /Circle /Line /Polygon /PolyLine"
    " /Ink /Stamp".split()
)


def read(content: bytes, limits: dict[str, int]) -> dict[str, str | int]:
    """{"text", "pages"} or {"reason"}; pages are joined by a blank line."""
    if _END_MARK not in content[-_END_REGION:]:
        return {"reason": "broken"}
    is_encrypted = b"/Encrypt" in content
    _load_lean(is_encrypted)
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    try:
        found: list[str] = []
        length = 0
        reader = PdfReader(io.BytesIO(content))
        if len(reader.pages) > limits["pages"]:
            return {"reason": "too long"}
        for page in reader.pages:
            found.append("\n".join([page.extract_text().strip("\n"), *_notes_on(page)]))
            length += len(found[-1])
            if length > limits["characters"]:
                return {"reason": "too long"}
    except FileNotDecryptedError:
        return {"reason": "encrypted"}
    except (DependencyError, ImportError):
        # A cipher or a compression that is not installed here.
        return {"reason": "encrypted" if is_encrypted else "broken"}
    except LimitReachedError:
        return {"reason": "took too long"}
    if not found:
        return {"reason": "broken"}
    return {"text": "\n\n".join(text.strip("\n") for text in found if text.strip()), "pages": len(found)}


def _notes_on(page: Any) -> Iterator[str]:
    """What was typed into form fields of a page, or written on it as a comment: drawn apart from its text."""
    # What is drawn on a page may be damaged where its text is whole.
    with contextlib.suppress(Exception):
        for listed in page.get("/Annots") or ():
            with contextlib.suppress(Exception):
                note = listed.get_object()
                if note["/Subtype"] == "/Widget":
                    yield from _typed_into(note)
                elif note["/Subtype"] in _COMMENTS and isinstance(text := note.get("/Contents"), str):
                    yield text


def _typed_into(widget: Any) -> Iterator[str]:
    """The value behind its label, on one line; buttons and signatures have no text."""
    if _inherited(widget, "/FT") not in ("/Tx", "/Ch"):
        return
    value = _inherited(widget, "/V")
    label = _inherited(widget, "/TU") or _inherited(widget, "/T") or ""
    values = value if isinstance(value, list) else [value]
    if written := ", ".join(one for one in values if isinstance(one, str) and one):
        yield f"{label}: {written}" if label else written


def _inherited(field: Any, key: str) -> Any:
    for _ in range(_DEEPEST_FIELD):
        if field is None or key in field:
            break
        field = field.get("/Parent")
    return None if field is None else field.get(key)


def _load_lean(is_encrypted: bool) -> None:
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]
    # Many programs encrypt with an empty password, to forbid printing or changes; anyone may read those.
    if not is_encrypted:
        sys.modules[_FOR_ENCRYPTION] = None  # type: ignore[assignment]
