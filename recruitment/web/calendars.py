"""Calendar entries as a file to download."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from recruitment.rules.calendar_entries import CalendarEntry, write_calendar
from recruitment.web.site import desk, settings


def calendar_file(entries: Sequence[CalendarEntry], *, audience: str, name: str) -> Response:
    written = write_calendar(entries, audience=audience, site=settings().public_url, made_at=desk().now)
    response = Response(written, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.ics")
    return response
