"""What events of the trail say about other systems: imports, webhooks; and about people and settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Detail = Mapping[str, Any]
Names = Mapping[str, str]


def _rows(number: Any, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _whom(detail: Detail, names: Names) -> str:
    return names.get(str(detail.get("person")), "somebody")


def _set(detail: Detail, names: Names) -> str:
    field = str(detail.get("field")).replace("_", " ")
    return f"changed the {field} of the organisation from “{detail.get('before')}” to “{detail.get('after')}”"


SAID_OF_JOINING: dict[str, Callable[[Detail, Names], str]] = {
    "organisation_changed": _set,
    "person_changed": lambda d, n: f"changed {_whom(d, n)}: {', '.join(d.get('changed') or ())}",
    "person_retired": lambda d, n: f"ended the access of {_whom(d, n)}",
    "person_returned": lambda d, n: f"let {_whom(d, n)} come back",
    "person_separated": lambda d, n: f"separated {_whom(d, n)} from their account at the provider",
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
