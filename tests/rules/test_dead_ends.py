"""Nothing gets stuck: each dead end says who can do what next, in every state of a campaign."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.dead_ends import Position, WayOn, dead_ends, without_recruiter

WHOLE = Position(
    state=CampaignState.OPEN, is_closed=True, applications=12, wanted=2, shortlisters=3, recruiters=2, seconds=1,
    chairs=1,
)  # fmt: skip


def test_a_campaign_with_everybody_it_needs_is_stuck_nowhere() -> None:
    for state in CampaignState:
        assert dead_ends(replace(WHOLE, state=state)) == ()


@pytest.mark.parametrize(
    ("changes", "trouble", "way"),
    [
        ({"recruiters": 1}, "only one recruiter", WayOn.PEOPLE),
        ({"shortlisters": 1}, "1 can score", WayOn.OUTSIDE_SCORERS),
        ({"applications": 0}, "Nobody is in the running", WayOn.CLOSING_TIMES),
        ({"applications": 0, "state": CampaignState.SIFTING}, "all withdrew", WayOn.CLOSE),
        ({"applications": 3}, "only 3 in the running", WayOn.OUTSIDE_SCORERS),
        ({"to_clear": 4}, "wait to be cleared", WayOn.CLEARANCE),
        ({"to_check": 4}, "check of requirements", WayOn.REQUIREMENTS),
        ({"seconds": 0, "chairs": 0}, "no second person", WayOn.PEOPLE),
        ({"seconds": 0, "chairs": 0, "state": CampaignState.FROZEN}, "agree to the reveal", WayOn.PEOPLE),
        ({"chairs": 0, "state": CampaignState.REVEALED}, "no panel chair", WayOn.PEOPLE),
        ({"leads": 0, "state": CampaignState.REVEALED}, "no inclusion lead", WayOn.PEOPLE),
        ({"analysts": 0, "state": CampaignState.TALLIED}, "no analyst", WayOn.PEOPLE),
    ],
)
def test_each_dead_end_says_who_can_do_what(changes: dict[str, object], trouble: str, way: WayOn) -> None:
    (found,) = dead_ends(replace(WHOLE, **changes))  # type: ignore[arg-type]
    assert trouble in found.trouble and way in found.ways
    assert "recruiter" in found.who_does_what.lower() or "shortlister" in found.who_does_what.lower()


def test_in_every_state_everybody_reads_that_an_administrator_names_a_recruiter_where_none_is_left() -> None:
    for state in CampaignState:
        (found,) = dead_ends(replace(WHOLE, state=state, recruiters=0))
        assert "No recruiter" in found.trouble and "administrator" in found.who_does_what


def test_in_every_state_whatever_lacks_there_is_a_way_on() -> None:
    """All states with all lacks together; what is lacking must be named as long as the state still needs it."""
    tried = 0
    for state, is_closed, applications, shortlisters, recruiters, seconds in product(
        CampaignState, (False, True), (0, 3, 12), (0, 1, 2), (0, 1, 2), (0, 1)
    ):
        at = Position(state, is_closed, applications, 2, shortlisters, recruiters, seconds, seconds, 1, 1)
        found = dead_ends(at)
        tried += 1
        alone = without_recruiter(recruiters)
        assert all(one.trouble and one.who_does_what and (one.ways or one in alone) for one in found)
        assert set(alone) <= set(found)
        told = " ".join(one.trouble for one in found)
        is_over = has_reached(state, CampaignState.DECIDED)
        assert ("only one recruiter" in told) == (recruiters == 1 and not is_over)
        assert ("shortlisters, and" in told) == (shortlisters < 2 and not has_reached(state, CampaignState.SCORED))
        nobody_left = state is CampaignState.SIFTING or (state is CampaignState.OPEN and is_closed)
        assert ("Nobody is in the running" in told) == (nobody_left and not applications)
        if not seconds and not is_over:
            assert "no second person" in told or "no panel chair" in told
        # Sentences are short enough to be read at once.
        for one in found:
            for sentence in f"{one.trouble} {one.who_does_what}".split(". "):
                assert len(sentence.split()) <= 25, sentence
    assert tried > 1000
