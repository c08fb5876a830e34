"""A body's choice of equality questions: who may make it, which campaign asks it, and what is counted of it."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.equality_question_set import NOT_ANSWERED
from recruitment.rules.equality_questions import UnknownAnswer
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale
from recruitment.rules.funnel import FunnelStage
from recruitment.rules.question_sets import SHIPPED
from recruitment.rules.trail import event_sentence
from recruitment.services.campaigns import open_campaign
from recruitment.services.equality_answers import prepare_equality_answers
from recruitment.services.exact_counts import list_tallied, open_all_counts
from recruitment.services.question_sets import asked_in, list_sets, read_version, save_set
from recruitment.services.tallies import tally_campaign
from recruitment.store.campaigns import Campaign
from recruitment.store.trail import TrailEvent
from tests.support.question_sets import answer_as, choose
from tests.support.world import World


def asked(world: World, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return asked_in(session, campaign_id)


def test_a_campaign_keeps_the_questions_it_opened_with_and_the_next_one_asks_the_new(world: World) -> None:
    running = world.campaign(applications=0)
    assert choose(world, {"caring": "We plan rotas."}, caring="standard", religion="off") == 1
    following = world.campaign(applications=0, title="Second campaign")
    assert asked(world, running) == SHIPPED
    assert (asked(world, following).number, asked(world, following).reasons) == (1, {"caring": "We plan rotas."})
    choose(world, {}, caring="off")
    assert "caring" in asked(world, following).chosen
    with world.staff_desk.sessions.reading() as session:
        sets = list_sets(session, actor=world.actor("recruiter"))
    assert [(one.asked.number, one.campaigns) for one in sets] == [(2, 0), (1, 1), (0, 1)]


def test_only_an_administrator_of_the_body_chooses(world: World) -> None:
    for part in ("analyst", "member"):
        with world.staff_desk.sessions.writing() as session, pytest.raises(NotAllowed):
            save_set(
                session, actor=world.actor(part), desk=world.staff_desk, chosen=SHIPPED.chosen, reasons={}, seen=0
            )
    with world.staff_desk.sessions.reading() as session, pytest.raises(NotFound):
        read_version(session, actor=world.actor("recruiter"), version=7)


def test_a_set_made_from_an_old_page_or_without_a_change_is_refused(world: World) -> None:
    choose(world, caring="standard")
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session, pytest.raises(Stale):
        save_set(session, actor=actor, desk=desk, chosen=SHIPPED.chosen, reasons={}, seen=0)
    with pytest.raises(Invalid, match="Nothing is changed"):
        choose(world)


def test_the_trail_says_what_was_asked_dropped_and_reworded(world: World) -> None:
    choose(world, {"sex": "We look at pay."}, caring="standard", religion="off", ethnic_group="five")
    with world.staff_desk.sessions.reading() as session:
        row = session.query(TrailEvent).filter_by(event="equality_questions_set").one()
        assert row.chain_id == world.organisation_id
        assert event_sentence("Rita", row.event, row.detail, {}) == (
            "Rita chose the equality questions, version 1; now asked: caring; no longer asked: religion; in "
            "another wording: ethnic group; why we ask changed: sex."
        )


def test_answers_are_taken_by_the_campaigns_own_version_and_counted_by_it(world: World) -> None:
    running = world.campaign(applications=0)
    choose(world, caring="standard", religion="off", ethnic_group="nineteen")
    following = world.campaign(until=CampaignState.DECIDED, applications=12, title="Second campaign")
    candidate = world.add_candidate()
    with world.public_desk.sessions.reading() as session, pytest.raises((UnknownAnswer, NotFound)):
        prepare_equality_answers(
            session, actor=candidate, desk=world.public_desk, campaign_id=running, answers={"caring": "no"}
        )
    roma = {"caring": "to_9", "ethnic_group": "white", "ethnic_background_white": "white_roma"}
    answer_as(world, following, roma, {"caring": "no"}, {})
    tally_campaign(world.staff_desk, following)
    desk, actor = world.staff_desk, world.actor("analyst")
    with desk.sessions.reading() as session:
        (row,) = list_tallied(session, world.organisation_id)
        (counts,) = open_all_counts(desk, actor, [row], "test").values()
    first = FunnelStage.SUBMITTED
    assert row.question_set.startswith("govuk-2022-en-1 set 1-")
    assert "religion" not in counts.asked and "caring" in counts.asked
    assert [counts.count("caring", code, first) for code in ("to_19", "no", NOT_ANSWERED)] == [4, 4, 4]
    assert counts.count("ethnic_background", "white_other", first) == 4


def test_a_campaign_opened_by_hand_keeps_the_version_of_that_day(world: World) -> None:
    campaign_id = world.campaign(applications=0)
    choose(world, caring="standard")
    with world.staff_desk.sessions.writing() as session:
        row = session.get_one(Campaign, campaign_id)
        row.state, row.question_set_version = CampaignState.DRAFT, None
        assert asked_in(session, campaign_id).number == 1, "while it is prepared, the current one"
        open_campaign(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)
    choose(world, {}, caring="off")
    assert asked(world, campaign_id).number == 1
