"""What a release says of its own texts: how many told something, by the second look and by shortlisters' reports.

Why the figures are safe beside a funnel that withholds small ones: they count texts, and say of no person what
characteristic they have (that a text told one says no more than that its writer has a sex, an age or a faith, as
everybody does); nobody learns from them which texts these were. So a 1 may stand. What could be subtracted from
the funnel is the number of applicants: texts are therefore counted in round numbers only (`rounded_texts`), the
size of the sample and the interval follow from those, and where the funnel withholds how many applied, or fewer
than eight stood, nothing is counted here either. Which text told what stays in the campaign's own rows.

Source: Code of Practice for Statistics (say how uncertain an estimate is); disclosure control as in `disclosure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from recruitment.rules.disclosure import THRESHOLD, Figure
from recruitment.rules.permissions import ROLE_TITLES, Role
from recruitment.rules.second_looks import per_cent_range, rounded_texts, rounding_range

STATEMENT_VERSION = 1
WITHHELD = (
    "No figure is published about the texts, neither how many had a second look nor what was found: too few "
    "people applied, or too few texts were read."
)


@dataclass(frozen=True)
class LeakFigures:
    """`texts`: all that shortlisters read; `drawn` for the second look; `looked` at until the release.

    `found`: those of the latter from which words had to be hidden after the sift opened, whoever found them:
    what a shortlister reported first is no longer there for the second look to find. A text can tell both who the
    person is (`identity`) and a protected characteristic (`characteristic`). `reports`: one for each shortlister
    and text, about `reported` texts. `readers`: the roles of those who looked.
    """

    texts: int
    per_application: int
    drawn: int
    looked: int
    found: int
    identity: int
    characteristic: int
    reports: int
    reported: int
    readers: tuple[Role, ...]

    @property
    def per_cent_range(self) -> tuple[int, int]:
        """For the most texts that the rounded number can stand for, so that the range is never too narrow."""
        _, most = rounding_range(self.texts, self.per_application)
        return per_cent_range(self.found, self.looked, most)


def published(exact: LeakFigures, applicants: Figure) -> LeakFigures | None:
    """The figures with a round number of texts; None where none may stand beside the funnel.

    `applicants`: the funnel's published number of them.
    """
    if applicants.shown is None or exact.texts < THRESHOLD * exact.per_application:
        return None
    return replace(exact, texts=rounded_texts(exact.texts, exact.per_application))


def figures_to_kept(figures: LeakFigures | None) -> dict[str, Any]:
    """As a release keeps them."""
    return {"version": STATEMENT_VERSION, "figures": asdict(figures) if figures else None}


def figures_from_kept(kept: Mapping[str, Any]) -> LeakFigures | None:
    """Read what `figures_to_kept` wrote; ValueError for another version."""
    if kept.get("version") != STATEMENT_VERSION:
        raise ValueError("This statement was written in another version.")
    figures = kept["figures"]
    if figures is None:
        return None
    return LeakFigures(**{**figures, "readers": tuple(Role(role) for role in figures["readers"])})


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _about(figures: LeakFigures) -> str:
    return f"about {figures.texts:,} texts that shortlisters read"


def _not_taken(figures: LeakFigures) -> list[str]:
    drawn = f"{_counted(figures.drawn, 'text')} {'was' if figures.drawn == 1 else 'were'}"
    return [
        f"Second look: not taken. {drawn} drawn for it, of {_about(figures)}, and nobody looked.",
        "So it is not known how many texts told something they should not.",
    ]


def _second_look(figures: LeakFigures) -> list[str]:
    if not figures.looked:
        return _not_taken(figures)
    readers = " and ".join(f"{ROLE_TITLES[role].lower()}s" for role in figures.readers)
    said = [
        f"Second look: {readers}, who scored nothing, read {_counted(figures.looked, 'text')} again, taken by lot "
        f"from {_about(figures)}."
    ]
    if figures.looked < figures.drawn:
        said.append(f"{figures.drawn} had been drawn; not all of them were looked at.")
    lowest, highest = figures.per_cent_range
    if not figures.found:
        return [
            *said,
            f"None found in {figures.looked} of about {figures.texts:,}; up to {highest}% could still tell who "
            "the person is, or a protected characteristic (95% confidence).",
        ]
    kinds = (
        (figures.identity, "who the person is"),
        (figures.characteristic, "a protected characteristic"),
    )
    told = ", ".join(f"{number} told {what}" for number, what in kinds if number)
    rate = round(100 * figures.found / figures.looked)
    return [
        *said,
        f"Found in {figures.found} of {figures.looked}: words that tell something they should not ({told}). They "
        "were then hidden.",
        f"So {rate}% of all the texts are estimated to have told something: with 95% confidence, between "
        f"{lowest}% and {highest}%.",
    ]


def _reports(figures: LeakFigures) -> str:
    if not figures.reports:
        return "Shortlisters reported no text from which they could identify the person."
    return (
        f"Shortlisters reported {_times(figures.reports)} that they could identify the person, from "
        f"{_counted(figures.reported, 'text')}. The words were then hidden."
    )


def statement(figures: LeakFigures | None) -> tuple[str, ...]:
    """The release's sentences about its texts; None where no figure may be published."""
    return (WITHHELD,) if figures is None else (*_second_look(figures), _reports(figures))
