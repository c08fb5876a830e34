"""What the trail says of retention, holds for claims and candidates' rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recruitment.rules.retention import KINDS

Detail = Mapping[str, Any]
Names = Mapping[str, str]


def _count(number: Any, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _kind(kind: Any) -> str:
    known = {each.value: record.title for each, record in KINDS.items()}
    title = known.get(str(kind), str(kind))
    return title[0].lower() + title[1:]


def _until(detail: Detail) -> str:
    return f", to be looked at again on {detail.get('review_on')}"


def _periods_set(detail: Detail, names: Names) -> str:
    changed = detail.get("changed") or {}
    said = ", ".join(f"{title} from {before} to {after} months" for title, (before, after) in changed.items())
    return f"set how long records are kept: {said or 'the suggested periods, as they are'}"


_RIGHTS = {
    "access": "a copy of what is held of them",
    "rectification": "a correction of their name or contact details",
    "erasure": "an application to be erased",
    "stop_equality": "their equality answers not to be used",
    "restriction": "an application to be stored and not used",
    "objection": "that an application is not used, because of their own situation",
}

SAID_OF_RETENTION: Mapping[str, Callable[[Detail, Names], str]] = {
    "right_asked": lambda d, n: f"asked for {_RIGHTS.get(str(d.get('right')), 'something by right')}",
    "access_package_posted": lambda d, n: (
        f"was sent a copy of what is held of them, with {_count(d.get('applications'), 'application')}"
    ),
    "contact_corrected": lambda d, n: "had contact details corrected",
    "name_corrected": lambda d, n: "had a name corrected; before the freeze, hidden in what shortlisters read",
    "application_erased": lambda d, n: "had an application erased",
    "erasure_agreed": lambda d, n: "agreed to erase an application",
    "erasure_refused": lambda d, n: "refused to erase an application",
    "restriction_agreed": lambda d, n: "agreed that an application is stored and not used",
    "restriction_refused": lambda d, n: "refused to restrict the use of an application",
    "restriction_end_set": lambda d, n: f"set that an application is used again from {d.get('ends_on')}",
    "restriction_ended": lambda d, n: "had an application used again",
    "objection_agreed": lambda d, n: "agreed to an objection: an application is stored and not used",
    "objection_refused": lambda d, n: "refused an objection to the use of an application",
    "retention_periods_set": _periods_set,
    "records_erased": lambda d, n: (
        f"erased what had come to the end of its period: {_kind(d.get('kind'))} ({_count(d.get('rows'), 'row')})"
    ),
    "keys_turned": lambda d, n: (
        f"turned the organisation's keys: sealed {_count(d.get('records'), 'record')} anew, and destroyed the old "
        "keys" + (f"; {_count(d.get('unreadable'), 'record')} could not be opened" if d.get("unreadable") else "")
    ),
    "hold_asked": lambda d, n: f"asked to keep application {d.get('reference')} for a claim{_until(d)}",
    "hold_placed": lambda d, n: f"agreed to keep application {d.get('reference')} for a claim",
    "hold_refused": lambda d, n: f"refused to keep application {d.get('reference')} for a claim",
    "hold_collected": lambda d, n: (
        f"moved the papers of application {d.get('reference')} under the key of its hold"
    ),
    "hold_reviewed": lambda d, n: f"looked again at the hold on application {d.get('reference')}{_until(d)}",
    "hold_release_asked": lambda d, n: f"asked to release the hold on application {d.get('reference')}",
    "hold_kept": lambda d, n: f"kept the hold on application {d.get('reference')}",
    "hold_released": lambda d, n: f"agreed to release the hold on application {d.get('reference')}",
    "hold_erased": lambda d, n: f"erased what was kept of application {d.get('reference')} for a claim",
}
