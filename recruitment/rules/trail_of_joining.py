"""What events of the trail say about other systems: imports, webhooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Detail = Mapping[str, Any]
Names = Mapping[str, str]


def _rows(number: Any, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


SAID_OF_JOINING: dict[str, Callable[[Detail, Names], str]] = {
    "applications_imported": lambda d, n: (
        f"imported {_rows(d.get('applications'), 'application')} from another system"
        + (
            f"; left {_rows(d.get('changed_rows'), 'changed row')} as first imported"
            if d.get("changed_rows")
            else ""
        )
    ),
    "imported_answers_stored": lambda d, n: "stored the equality answers that came with an import, apart from it",
    "webhook_added": lambda d, n: f"added a webhook to {d.get('url')}: {', '.join(d.get('events') or ())}",
    "webhook_ended": lambda d, n: f"ended the webhook to {d.get('url')}",
    "webhook_tested": lambda d, n: f"sent a test to the webhook {d.get('url')}",
}
