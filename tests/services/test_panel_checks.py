"""Checks of a panel: composition is counted for the panel as it stands, and cannot be asked until it tells."""

from __future__ import annotations

from sqlalchemy import func, select

from recruitment.rules.panels import NOT_ASKED, WITHHELD
from recruitment.rules.pool import PoolAnswers
from recruitment.services import panel_checks
from recruitment.services.pool import give_answers
from recruitment.store.panels import PanelCheck
from recruitment.store.pool import CompositionAnswer
from recruitment.store.trail import TrailEvent
from tests.support.panels import add_pooled, check, revealed, swap, verdict

WHITE = PoolAnswers("female", "white_british", "no", may_check=True)


def sentence(checked, rule):
    return next(each.sentence for each in checked.findings if each.rule == rule)


def all_white(world):
    """Nobody of the sample's panel is from an ethnic minority group."""
    for part in ("shortlister_one", "shortlister_two", "member"):
        with world.staff_desk.sessions.writing() as session:
            give_answers(session, actor=world.actor(part), desk=world.staff_desk, answers=WHITE)


def test_a_check_counts_the_panel_and_is_recorded_before_anything_is_opened(world):
    campaign_id = revealed(world)
    checked = check(world, campaign_id)

    assert verdict(checked, "ethnic_minority_member") == "met"
    assert verdict(checked, "not_all_of_one_sex") == "met"
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(
            select(TrailEvent).where(TrailEvent.chain_id == campaign_id).order_by(TrailEvent.number)
        ).all()
        kept = session.scalars(select(PanelCheck).where(PanelCheck.campaign_id == campaign_id)).all()
    openings = [each for each in events if each.detail.get("compartment") == "pool"]
    assert len(openings) == 1 and len(kept) == 1
    assert openings[0].number < next(each.number for each in events if each.event == "panel_checked")


def test_findings_say_nothing_of_a_composition_that_was_not_asked(world):
    campaign_id = revealed(world)
    with world.staff_desk.sessions.reading() as session:
        from recruitment.store.campaigns import Campaign

        campaign = session.get_one(Campaign, campaign_id)
        now = panel_checks.findings_now(session, campaign, today=world.staff_desk.now.date())
    assert sentence(now, "ethnic_minority_member") == NOT_ASKED


def test_somebody_who_did_not_say_makes_it_not_known_and_never_a_no(world):
    campaign_id = revealed(world)
    all_white(world)
    with world.staff_desk.sessions.writing() as session:
        give_answers(session, actor=world.actor("member"), desk=world.staff_desk, answers=PoolAnswers())

    checked = check(world, campaign_id)

    assert verdict(checked, "ethnic_minority_member") == "not_known"
    assert "chose not to say" in sentence(checked, "ethnic_minority_member")


def test_swapping_one_member_after_another_never_tells_whose_characteristic_it_is(world):
    campaign_id = revealed(world)
    all_white(world)
    add_pooled(world, "zora", PoolAnswers("female", "asian", "no", may_check=True))
    assert verdict(check(world, campaign_id), "ethnic_minority_member") == "not_met"

    swap(world, campaign_id, "member", "zora")
    checked = check(world, campaign_id)

    assert sentence(checked, "ethnic_minority_member") == WITHHELD
    assert verdict(checked, "ethnic_minority_member") == "not_known"


def test_the_refusal_is_the_same_whoever_comes_in(world):
    campaign_id = revealed(world)
    all_white(world)
    add_pooled(world, "yuri", WHITE)
    check(world, campaign_id)
    swap(world, campaign_id, "member", "yuri")
    assert sentence(check(world, campaign_id), "ethnic_minority_member") == WITHHELD


def test_the_same_panel_can_be_asked_again(world):
    campaign_id = revealed(world)
    assert verdict(check(world, campaign_id), "ethnic_minority_member") == "met"
    assert verdict(check(world, campaign_id), "ethnic_minority_member") == "met"


def test_a_composition_is_not_answered_while_another_rule_blocks(world):
    campaign_id = revealed(world)
    add_pooled(world, "late", lasts=0)
    world.clock.advance(days=40)
    swap(world, campaign_id, "member", "late")

    checked = check(world, campaign_id)

    assert verdict(checked, "training_in_date") == "not_met"
    assert sentence(checked, "ethnic_minority_member") == NOT_ASKED
    with world.staff_desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(CompositionAnswer)) == 0


def test_two_who_ask_at_once_are_not_both_answered(world):
    """The second check was worked out before the first was kept: what would tell is dropped when it is written."""
    campaign_id = revealed(world)
    all_white(world)
    add_pooled(world, "zora", PoolAnswers("female", "asian", "no", may_check=True))
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.reading() as session:
        first = panel_checks.prepare_check(session, actor=actor, desk=desk, campaign_id=campaign_id)
    swap(world, campaign_id, "member", "zora")
    with desk.sessions.reading() as session:
        second = panel_checks.prepare_check(session, actor=actor, desk=desk, campaign_id=campaign_id)
    assert verdict(second, "ethnic_minority_member") == "met"

    for checked in (first, second):
        with desk.sessions.writing() as session:
            kept = panel_checks.keep_check(session, actor=actor, desk=desk, checked=checked)

    assert sentence(kept, "ethnic_minority_member") == WITHHELD
