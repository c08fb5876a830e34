"""Where a campaign would get stuck, and who can do what about it: nothing waits for somebody who is not there.

Small bodies meet these: one person in several roles, one shortlister ill, three applicants. One person may hold
several roles as far as `permissions.EXCLUSIONS` allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recruitment.rules.campaigns import CampaignState, has_reached

FEW = 3


class WayOn(StrEnum):
    """The page where somebody goes on."""

    PEOPLE = "people"
    OUTSIDE_SCORERS = "outside_scorers"
    CLOSING_TIMES = "closing_times"
    CLOSE = "close"
    CLEARANCE = "clearance"
    REQUIREMENTS = "requirements"


@dataclass(frozen=True)
class Position:
    """Where a campaign stands, with how many active people hold what. `applications`: those that are in the
    running; `wanted`: shortlisters for each answer."""

    state: CampaignState
    is_closed: bool
    applications: int
    wanted: int
    shortlisters: int
    recruiters: int
    seconds: int
    chairs: int
    to_clear: int = 0
    to_check: int = 0
    leads: int = 1
    analysts: int = 1


@dataclass(frozen=True)
class DeadEnd:
    """`trouble` and what to do, each in a sentence or two; `ways`: the pages for it, the best one first.

    No way where those who read this have no page for it.
    """

    trouble: str
    who_does_what: str
    ways: tuple[WayOn, ...]
    is_urgent: bool = True


def dead_ends(at: Position) -> tuple[DeadEnd, ...]:
    """What stands in the way now or soon, in the order in which the campaign comes to it."""
    if has_reached(at.state, CampaignState.DECIDED):
        return (*without_recruiter(at.recruiters), *_without_analyst(at))
    return (*_people(at), *_applications(at), *_second_person(at))


def without_recruiter(recruiters: int) -> tuple[DeadEnd, ...]:
    """For everybody in the campaign: only somebody else can mend this."""
    if recruiters:
        return ()
    return (
        DeadEnd(
            "No recruiter of this campaign can sign in any more, so nobody can go on.",
            "An administrator names another recruiter, with a reason. They do it under Settings, “Campaigns "
            "without a recruiter”.",
            (),
        ),
    )


def _without_analyst(at: Position) -> tuple[DeadEnd, ...]:
    if at.state is not CampaignState.TALLIED or at.analysts:
        return ()
    return (
        DeadEnd(
            "There is no analyst, so nobody can release the figures.",
            "A recruiter names one, who has scored nothing here.",
            (WayOn.PEOPLE,),
        ),
    )


def _people(at: Position) -> list[DeadEnd]:
    found = [*without_recruiter(at.recruiters)]
    if at.recruiters == 1:
        found.append(
            DeadEnd(
                "There is only one recruiter. If they are away, nobody can go on.",
                "The recruiter names a second one, who may not score here.",
                (WayOn.PEOPLE,),
                is_urgent=False,
            )
        )
    if not has_reached(at.state, CampaignState.SCORED) and at.shortlisters < at.wanted:
        found.append(
            DeadEnd(
                f"Each answer needs {at.wanted} shortlisters, and {at.shortlisters} can score.",
                "A recruiter gives the role to somebody else. If nobody here can score, they ask for somebody "
                "from outside, and a second person agrees. Then they fill the places on the page of the sift.",
                (WayOn.PEOPLE, WayOn.OUTSIDE_SCORERS),
            )
        )
    return found


def _applications(at: Position) -> list[DeadEnd]:
    found = []
    is_waiting = at.state is CampaignState.OPEN and at.is_closed
    before_lock = is_waiting or at.state is CampaignState.SIFTING
    if before_lock and not at.applications:
        ways = (WayOn.CLOSING_TIMES, WayOn.CLOSE) if is_waiting else (WayOn.CLOSE,)
        again = "proposes a new closing time, to which a second person agrees, or " if is_waiting else ""
        found.append(
            DeadEnd(
                "Nobody is in the running: nobody applied, or all withdrew or do not meet the requirements.",
                f"A recruiter {again}closes the campaign without an appointment.",
                ways,
            )
        )
    elif before_lock and at.applications <= FEW:
        found.append(
            DeadEnd(
                f"There are only {at.applications} in the running, so shortlisters may recognise somebody.",
                "Shortlisters say so on the answer's page, and hand it to another. If everybody knows a "
                "candidate, a recruiter asks for somebody from outside.",
                (WayOn.OUTSIDE_SCORERS,),
            )
        )
    if is_waiting and at.to_check:
        found.append(
            DeadEnd(
                f"The sift waits for the check of requirements ({at.to_check}).",
                "Any recruiter of the campaign confirms or refuses each.",
                (WayOn.REQUIREMENTS,),
            )
        )
    if is_waiting and at.to_clear:
        found.append(
            DeadEnd(
                f"Passages of {at.to_clear} answer{'' if at.to_clear == 1 else 's'} wait to be cleared.",
                "Any recruiter or clearer does it. Without it the sift can open, and the passages stay hidden.",
                (WayOn.CLEARANCE,),
            )
        )
    return found


def _second_person(at: Position) -> list[DeadEnd]:
    if at.state is CampaignState.REVEALED:
        found = []
        if not at.chairs:
            found.append(
                DeadEnd(
                    "There is no panel chair, so nobody can decide the outcomes.",
                    "A recruiter names one, who may be a shortlister but no recruiter of this campaign.",
                    (WayOn.PEOPLE,),
                )
            )
        if not at.leads:
            found.append(
                DeadEnd(
                    "There is no inclusion lead, and outcomes wait for the checklist that only they complete.",
                    "A recruiter gives the role to a member of the panel, or to somebody new on it.",
                    (WayOn.PEOPLE,),
                )
            )
        return found
    if at.seconds:
        return []
    return [
        DeadEnd(
            "There is no second person, so nobody can agree to the reveal.",
            "A recruiter names a panel chair or a deputy. It may be a shortlister, but no recruiter of this "
            "campaign. In a body of five the panel chair can do it.",
            (WayOn.PEOPLE,),
        )
    ]
