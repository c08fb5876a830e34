"""When applications close, and how that may move: for everybody, or for one candidate alone.

Sources: Equality Act 2010, section 20 (reasonable adjustments, such as more time); Civil Service Commission,
Recruitment Principles (fair and open: what is done for one is done on grounds that would hold for anybody).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recruitment.rules.campaigns import DRAFTS_KEPT, CampaignState, check_year, has_reached
from recruitment.rules.errors import Invalid, TooLate, TooSoon

LONGEST_REASON = 1_000


class ClosingKind(StrEnum):
    """The first two move the closing time of the campaign, the others one candidate's own."""

    EXTEND = "extend"
    REOPEN = "reopen"
    PERSONAL = "personal"
    LATE = "late"


FOR_EVERYBODY = (ClosingKind.EXTEND, ClosingKind.REOPEN)
KIND_TITLES: Mapping[ClosingKind, str] = {
    ClosingKind.EXTEND: "Extend the closing time for everybody",
    ClosingKind.REOPEN: "Open again for everybody",
    ClosingKind.PERSONAL: "More time for one candidate",
    ClosingKind.LATE: "Accept one late application",
}


class ClosingGround(StrEnum):
    """Why one candidate gets more time.

    An adjustment and technical trouble share a ground: a row must not tell who is disabled.
    """

    NEED_OR_TROUBLE = "need_or_trouble"
    OUR_MISTAKE = "our_mistake"
    OTHER = "other"


GROUND_TITLES: Mapping[ClosingGround, str] = {
    ClosingGround.NEED_OR_TROUBLE: "More time is needed as an adjustment, or something technical went wrong",
    ClosingGround.OUR_MISTAKE: "We made a mistake that cost the candidate time",
    ClosingGround.OTHER: "Another reason, on which we would give anybody more time",
}


class ClosingStanding(StrEnum):
    ASKED = "asked"
    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"


STANDING_TITLES: Mapping[ClosingStanding, str] = {
    ClosingStanding.ASKED: "Asked by a candidate",
    ClosingStanding.PROPOSED: "Waits for a second person",
    ClosingStanding.AGREED: "Agreed",
    ClosingStanding.REFUSED: "Refused",
}


@dataclass(frozen=True)
class Closing:
    """A campaign as far as its closing time goes."""

    state: CampaignState
    opens_at: datetime
    closes_at: datetime

    @property
    def latest_for_one(self) -> datetime:
        """Then the drafts are destroyed, so nobody could write any more."""
        return self.closes_at + DRAFTS_KEPT


def kind_for_everybody(closing: Closing, now: datetime) -> ClosingKind | None:
    """How the campaign's own closing time can move now, if at all."""
    if closing.state is not CampaignState.OPEN or now >= closing.latest_for_one:
        return None
    return ClosingKind.EXTEND if now < closing.closes_at else ClosingKind.REOPEN


def kind_for_one(closing: Closing, now: datetime) -> ClosingKind | None:
    """How one candidate can be given more time now, if at all: never once the sift's scores are locked."""
    if closing.state not in (CampaignState.OPEN, CampaignState.SIFTING):
        return None
    if now < closing.opens_at or now >= closing.latest_for_one:
        return None
    return ClosingKind.PERSONAL if now < closing.closes_at else ClosingKind.LATE


def require_movable(closing: Closing, is_for_everybody: bool, now: datetime) -> ClosingKind:
    """The kind of move that is possible now; `TooSoon` or `TooLate` say why there is none."""
    kind = kind_for_everybody(closing, now) if is_for_everybody else kind_for_one(closing, now)
    if kind is not None:
        return kind
    if closing.state is CampaignState.DRAFT or now < closing.opens_at:
        raise TooSoon("Applications are not open yet: change the dates in the details of the campaign.")
    if has_reached(closing.state, CampaignState.SCORED):
        raise TooLate("The sift scores are locked. A later application could no longer be scored like the others.")
    if closing.state is CampaignState.SIFTING and is_for_everybody:
        raise TooLate(
            "The sift has opened, so applications cannot open again for everybody. "
            "One late application can still be accepted."
        )
    raise TooLate(
        f"Applications closed more than {DRAFTS_KEPT.days} days ago, and the drafts were destroyed. "
        "Make a new campaign."
    )


def check_until(closing: Closing, kind: ClosingKind, until: datetime, now: datetime) -> None:
    """Raise `Invalid` for a new closing time that is not later than now and the old one, or too late for one."""
    check_year(until, "until")
    if until <= now:
        raise Invalid("The new closing time must be in the future.", "until")
    if kind in (ClosingKind.EXTEND, ClosingKind.PERSONAL) and until <= closing.closes_at:
        raise Invalid("The new closing time must be later than the present one.", "until")
    if kind not in FOR_EVERYBODY and until >= closing.latest_for_one:
        raise Invalid(
            f"One candidate's closing time can be at most {DRAFTS_KEPT.days} days after the closing time for "
            "everybody. Then the drafts are destroyed.",
            "until",
        )


def what_happens(kind: ClosingKind, state: CampaignState, scored: int, of: int) -> tuple[str, ...]:
    """What a move does to fairness, in sentences for the two who decide; `scored` of `of` answers are read."""
    if kind in FOR_EVERYBODY:
        said = ("Everybody who has begun an application is told by e-mail.",)
        if kind is ClosingKind.EXTEND:
            return (*said, "The advert shows the new time at once.")
        return (*said, "The advert takes new applications again, from anybody.",
                "Those who applied in time keep their application as it is.")  # fmt: skip
    told = (
        "The candidate is told by e-mail. Shortlisters are not told, and cannot see it.",
        "The scores cannot be locked before this time is over.",
    )
    if state is CampaignState.OPEN:
        return (*told, "If the sift opens first, the application is handed out like the others when it comes.")
    return (
        *told,
        f"The sift is under way: {scored} of {of} answers are scored.",
        "The late answers go to as many shortlisters, at random places among what each has still to score.",
        "Doubtful passages in them stay hidden: clearance is over.",
    )
