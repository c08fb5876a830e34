"""Requests: size limits, and uploads that are held in memory and never written to a disk."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from flask import Flask, Request

_MEGABYTE = 1024 * 1024


class InMemoryRequest(Request):
    """Keeps uploads in memory: a temporary file would leave a name and a CV in plain text on the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def init_requests(app: Flask) -> None:
    app.request_class = InMemoryRequest
    app.config["MAX_CONTENT_LENGTH"] = 11 * _MEGABYTE
    app.config["MAX_FORM_MEMORY_SIZE"] = 2 * _MEGABYTE
    app.config["MAX_FORM_PARTS"] = 500


def is_same_origin(request: Request) -> bool:
    """Tell whether the browser says that this page was posted by a page of this site.

    Our Referrer-Policy makes browsers send `Origin: null`, so Sec-Fetch-Site is what counts where it is sent.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.host}"


def safe_path(target: str | None) -> str | None:
    """Return a path of this site, or None for anything that could lead a person elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    return target if target.isprintable() and len(target) <= 2_000 else None
