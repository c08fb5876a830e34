"""Reads the text of a PDF inside the confined child; its properties and pictures are never looked at."""

from __future__ import annotations

import io
import sys

# pypdf imports these where they happen to be installed and reads text without them; they cost more to load
# than pypdf itself.
_NOT_NEEDED = ("Crypto", "PIL", "fontTools")
_FOR_ENCRYPTION = "cryptography"

# Viewers look for the end mark in the last kilobyte. Without it the file was cut short, and pypdf would
# return the text of those pages that happen to be left.
_END_MARK = b"%%EOF"
_END_REGION = 4096


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
            found.append(page.extract_text())
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


def _load_lean(is_encrypted: bool) -> None:
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]
    # Many programs encrypt with an empty password, to forbid printing or changes; anyone may read those.
    if not is_encrypted:
        sys.modules[_FOR_ENCRYPTION] = None  # type: ignore[assignment]
