"""What events about how candidates come in and go on say, in a sentence for an auditor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Detail = Mapping[str, Any]
Names = Mapping[str, str]


def _requirements(detail: Detail, names: Names) -> str:
    kinds = ", ".join(str(one).replace("_", " ") for one in detail.get("requirements") or ())
    return f"set what candidates must meet: {kinds or 'nothing'}"


def _says(words: str) -> Callable[[Detail, Names], str]:
    return lambda detail, names: words


SAID_OF_CANDIDATES: dict[str, Callable[[Detail, Names], str]] = {
    "eligibility_set": _requirements,
    "eligibility_confirmed": _says("confirmed that a candidate meets the requirements"),
    "outside_scorer_asked": lambda d, n: f"asked that {d.get('name')} scores from outside",
    "outside_scorer_agreed": lambda d, n: f"agreed that {d.get('name')} scores from outside",
    "outside_scorer_refused": lambda d, n: f"did not agree that {d.get('name')} scores from outside",
    "outside_scorers_ended": _says("ended the accounts of outside scorers, the sift being over"),
    "eligibility_refused": _says(
        "found that a candidate does not meet the requirements; the candidate is told why"
    ),
}
