"""What events about times, attendance and marks say, in a sentence for an auditor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Detail = Mapping[str, Any]
Names = Mapping[str, str]


def _many(number: Any, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


SAID_OF_APPOINTMENTS: dict[str, Callable[[Detail, Names], str]] = {
    "slot_plan_set": lambda d, n: (
        f"set the usual length of stage {d.get('stage')}: {_many(d.get('minutes'), 'minute')}; "
        f"to be changed until {_many(d.get('hours'), 'hour')} before"
    ),
    "slots_offered": lambda d, n: (
        f"offered {_many(d.get('times'), 'time')} on {d.get('day')} for stage {d.get('stage')}"
    ),
    "slot_dropped": lambda d, n: f"took back a time on {d.get('day')} for stage {d.get('stage')}",
    "candidates_invited": lambda d, n: (
        f"invited {_many(d.get('invited', len(d.get('applications') or ())), 'candidate')} to choose a time, "
        f"stage {d.get('stage')}"
    ),
    "time_chosen": lambda d, n: f"chose a time on {d.get('day')} for stage {d.get('stage')}",
    "time_given_back": lambda d, n: f"gave back a time for stage {d.get('stage')}, or said that none suits",
    "mark_rule_fixed": lambda d, n: (
        f"fixed the minimum of stage {d.get('stage')} at {d.get('minimum')} of {d.get('full')}"
    ),
    "marks_entered": lambda d, n: (
        f"entered {_many(len(d.get('marks') or ()), 'mark')} of stage {d.get('stage')}, by reference"
    ),
    "stage_closed": lambda d, n: (
        f"closed stage {d.get('stage')}: {d.get('tested')} tested"
        if d.get("was_held")
        else f"closed stage {d.get('stage')}, which did not take place"
    ),
    "attendance_recorded": lambda d, n: (
        f"recorded that a candidate {'came' if d.get('came') else 'did not come'} to stage {d.get('stage')}"
    ),
}
