from datetime import UTC, datetime, timedelta

import pytest

from recruitment.rules.campaigns import (
    STATE_TITLES,
    CampaignState,
    check_dates,
    has_reached,
    is_accepting,
    require_state,
)
from recruitment.rules.errors import Invalid, TooLate, TooSoon

OPENS = datetime(2026, 9, 1, 9, tzinfo=UTC)
CLOSES = datetime(2026, 9, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - timedelta(seconds=1), False),
        (OPENS, True),
        (CLOSES - timedelta(seconds=1), True),
        (CLOSES, False),
    ],
)
def test_an_open_campaign_takes_applications_from_its_opening_until_just_before_its_closing(now, expected):
    assert is_accepting(CampaignState.OPEN, OPENS, CLOSES, now) is expected


@pytest.mark.parametrize("state", [state for state in CampaignState if state is not CampaignState.OPEN])
def test_a_campaign_that_is_not_open_takes_no_applications_whatever_the_clock_says(state):
    assert is_accepting(state, OPENS, CLOSES, OPENS) is False


def test_states_are_reached_in_order():
    reached = [state for state in CampaignState if has_reached(CampaignState.FROZEN, state)]

    assert reached == [
        CampaignState.DRAFT,
        CampaignState.OPEN,
        CampaignState.SIFTING,
        CampaignState.SCORED,
        CampaignState.LINE_SET,
        CampaignState.FROZEN,
    ]


def test_every_state_has_a_title():
    assert set(STATE_TITLES) == set(CampaignState)


def test_an_act_in_an_allowed_state_passes():
    assert require_state(CampaignState.REVEALED, CampaignState.REVEALED, act="score") is None


def test_an_act_before_its_state_says_when_it_comes():
    with pytest.raises(TooSoon) as refusal:
        require_state(CampaignState.OPEN, CampaignState.REVEALED, act="score interviews")

    assert refusal.value.sentence == (
        "You cannot score interviews now: the campaign is at “Open for applications”. "
        "It comes at “Names revealed, interviews”."
    )


def test_an_act_after_its_state_says_when_it_came():
    with pytest.raises(TooLate) as refusal:
        require_state(CampaignState.DECIDED, CampaignState.REVEALED, act="score interviews")

    assert refusal.value.sentence.endswith("It came at “Names revealed, interviews”.")


@pytest.mark.parametrize("closes", [OPENS, OPENS - timedelta(days=1)])
def test_a_campaign_cannot_close_before_or_when_it_opens(closes):
    check_dates(OPENS, CLOSES)
    with pytest.raises(Invalid) as refusal:
        check_dates(OPENS, closes)
    assert refusal.value.field == "closes_at"
