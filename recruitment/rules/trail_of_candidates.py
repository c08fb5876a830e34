"""What events about how candidates come in and go on say, in a sentence for an auditor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recruitment.rules.entries import FORMAT_TITLES, Acquaintance
from recruitment.rules.recognition import CHANGE_WORDS

Detail = Mapping[str, Any]
Names = Mapping[str, str]


def _requirements(detail: Detail, names: Names) -> str:
    kinds = ", ".join(str(one).replace("_", " ") for one in detail.get("requirements") or ())
    return f"set what candidates must meet: {kinds or 'nothing'}"


def _entered(words: str) -> Callable[[Detail, Names], str]:
    def say(detail: Detail, names: Names) -> str:
        title = next((said for one, said in FORMAT_TITLES.items() if one == detail.get("format")), "Another way")
        return f"{words}: {title[0].lower()}{title[1:]}"

    return say


def _says(words: str) -> Callable[[Detail, Names], str]:
    return lambda detail, names: words


def _begun(detail: Detail, names: Names) -> str:
    return _entered("began to enter an application for somebody")(detail, names) + _known(detail)


def _known(detail: Detail) -> str:
    """Asked of everybody who types since it is recorded; they go on only where nobody else can."""
    told = {
        Acquaintance.NO.value: ", whom they do not know",
        Acquaintance.ALONE.value: ", whom they know: nobody else could",
    }
    return told.get(str(detail.get("known")), "")


def _recognised(detail: Detail, names: Names) -> str:
    proof = ", ".join(str(one) for one in detail.get("by") or ())
    return _entered(f"recognised somebody without an e-mail address by {proof}")(detail, names) + _known(detail)


def _changed(detail: Detail, names: Names) -> str:
    words = next(
        (said for one, said in CHANGE_WORDS.items() if one == detail.get("change")), "acted for a candidate"
    )
    return _entered(words)(detail, names)


SAID_OF_CANDIDATES: dict[str, Callable[[Detail, Names], str]] = {
    "entry_begun": _begun,
    "entry_left": _says("left an application that was being entered for somebody to a colleague"),
    "entry_taken_over": lambda d, n: (
        f"went on with an application for somebody that {n.get(str(d.get('person')), 'somebody')} had begun"
    ),
    "candidate_recognised": _recognised,
    "recognition_refused": _entered("typed of somebody’s letter what matches nothing that is held"),
    "changed_for_candidate": _changed,
    "application_entered": _entered("entered an application for somebody"),
    "entry_dropped": _says("threw away an application that was being entered for somebody"),
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
