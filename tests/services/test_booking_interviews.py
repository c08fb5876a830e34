"""No interview is booked while a blocking rule is unmet; what changes afterwards re-opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.errors import Invalid, NotAllowed, TooSoon
from recruitment.rules.permissions import Role
from recruitment.rules.pool import PoolAnswers
from recruitment.services import bookings, waivers
from recruitment.services.interviews import read_panel, score_interview
from recruitment.services.outgoing import read_outbox
from recruitment.services.panel_checks import lacking_reasons
from recruitment.services.panel_standings import read_standing
from recruitment.services.pool import give_answers
from recruitment.services.roles import take_role
from recruitment.services.worker import keep_house, run_due_jobs
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Booking, PanelCheck
from recruitment.store.trail import TrailEvent
from tests.support.panels import PANEL, add_pooled, book, check, declare_nothing, entries, revealed, swap

REASON = {"reason": "Both chairs are ill.", "who_was_asked": "All trained chairs, by telephone on Monday."}


def ready(world):
    """A campaign in which nothing stands in the way."""
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    return campaign_id


def booked(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(Booking.application_id).where(Booking.campaign_id == campaign_id)).all()


def letters(world):
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        return [one.letter for one in read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))]


def ask(world, campaign_id, rule):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return waivers.ask_waiver(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id, rule=rule, **REASON
        )


def decide(world, part, campaign_id, waiver_id, is_approved=True):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        waivers.decide_waiver(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, waiver_id=waiver_id,
            is_approved=is_approved, reason="The post cannot wait.",
        )  # fmt: skip


def outsider(world):
    """An administrator with no part in the campaign."""
    from recruitment.services.accounts import add_person

    desk = world.staff_desk
    with desk.sessions.writing() as session:
        world.cast.people["director"] = add_person(
            session, actor=world.actor("recruiter"), desk=desk, name="Dora Director", email="dora@body.example",
            is_administrator=True,
        )  # fmt: skip
    return "director"


def test_an_interview_is_booked_once_everything_is_met(world):
    campaign_id = ready(world)
    first, *_ = entries(world, campaign_id)
    book(world, campaign_id, first)
    assert booked(world, campaign_id) == [first]


def test_before_everybody_has_declared_nothing_is_booked(world):
    campaign_id = revealed(world)
    check(world, campaign_id)
    declare_nothing(world, campaign_id, "member")
    first, *_ = entries(world, campaign_id)
    with pytest.raises(TooSoon, match="still have to declare"):
        book(world, campaign_id, first)
    assert booked(world, campaign_id) == []


def test_a_panel_that_was_not_checked_as_it_stands_is_not_booked(world):
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    first, *_ = entries(world, campaign_id)
    with pytest.raises(TooSoon, match="has not been checked as it stands"):
        book(world, campaign_id, first)


@pytest.mark.parametrize(("days", "is_taken"), [(530, True), (531, False)])
def test_training_must_be_in_date_on_the_day_of_the_interview(world, days, is_taken):
    """The sample's training ends 530 days after the staff came; the campaign has taken 20 of them."""
    campaign_id = ready(world)
    first, *_ = entries(world, campaign_id)
    day = world.clock.now.date() + timedelta(days=days - 20)
    if is_taken:
        book(world, campaign_id, first, day=day)
    else:
        with pytest.raises(TooSoon, match="Panel member training ends on"):
            book(world, campaign_id, first, day=day)


def test_two_interviews_of_a_panel_do_not_begin_at_once(world):
    campaign_id = ready(world)
    first, second, *_ = entries(world, campaign_id)
    book(world, campaign_id, first)
    with pytest.raises(Invalid, match="at that time"):
        book(world, campaign_id, second)


@pytest.mark.parametrize("typed", ["25:00", "9", "half past nine", "9:60"])
def test_a_time_that_is_none_is_refused_in_words(world, typed):
    campaign_id = ready(world)
    first, *_ = entries(world, campaign_id)
    with pytest.raises(Invalid, match="Enter a time"):
        book(world, campaign_id, first, at=typed)


def test_a_waiver_counts_once_somebody_outside_the_campaign_approved_it(world):
    campaign_id = ready(world)
    take(world, campaign_id, "member", Role.PANEL_MEMBER)
    first, *_ = entries(world, campaign_id)
    waiver_id = ask(world, campaign_id, "size")
    with pytest.raises(TooSoon, match="of at least 3 members"):
        book(world, campaign_id, first)
    for insider in ("recruiter", "shortlister_one"):
        with pytest.raises(NotAllowed):
            decide(world, insider, campaign_id, waiver_id)

    decide(world, outsider(world), campaign_id, waiver_id)
    check(world, campaign_id)
    book(world, campaign_id, first)

    assert booked(world, campaign_id) == [first]
    with world.staff_desk.sessions.reading() as session:
        events = set(session.scalars(select(TrailEvent.event).where(TrailEvent.chain_id == campaign_id)))
    assert {"panel_waiver_asked", "panel_waiver_decided"} <= events


def take(world, campaign_id, part, role):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        take_role(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id,
            person_id=world.people[part], role=role,
        )  # fmt: skip


def test_a_refused_waiver_does_not_count(world):
    campaign_id = ready(world)
    take(world, campaign_id, "member", Role.PANEL_MEMBER)
    decide(world, outsider(world), campaign_id, ask(world, campaign_id, "size"), is_approved=False)
    first, *_ = entries(world, campaign_id)
    with pytest.raises(TooSoon, match="of at least 3 members"):
        book(world, campaign_id, first)


def test_a_waiver_holds_for_the_panel_it_was_given_for_and_no_other(world):
    campaign_id = ready(world)
    take(world, campaign_id, "member", Role.PANEL_MEMBER)
    decide(world, outsider(world), campaign_id, ask(world, campaign_id, "size"))
    add_pooled(world, "zora", PoolAnswers())
    swap(world, campaign_id, "shortlister_two", "zora", Role.INCLUSION_LEAD)
    with world.staff_desk.sessions.reading() as session:
        standing = read_standing(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id
        )
    assert next(each for each in standing.findings if each.rule == "size").verdict == "not_met"


def test_a_rule_that_does_not_block_cannot_be_waived(world):
    campaign_id = ready(world)
    with pytest.raises(Invalid, match="does not block"):
        ask(world, campaign_id, "inclusion_adviser")


def test_an_unmet_composition_never_blocks_but_wants_a_reason_and_who_was_asked(world):
    campaign_id = revealed(world)
    white = PoolAnswers("female", "white_british", "no", may_check=True)
    desk = world.staff_desk
    for part in PANEL:
        with desk.sessions.writing() as session:
            give_answers(session, actor=world.actor(part), desk=desk, answers=white)
    declare_nothing(world, campaign_id)
    checked = check(world, campaign_id)
    first, *_ = entries(world, campaign_id)
    with pytest.raises(TooSoon, match="Record why you go ahead"):
        book(world, campaign_id, first)

    with desk.sessions.reading() as session:
        lacking = [each.rule for each in lacking_reasons(session, campaign_id, checked)]
    assert lacking == ["not_all_of_one_sex", "ethnic_minority_member"]
    for rule in lacking:
        with desk.sessions.writing() as session:
            asked = {"actor": world.actor("recruiter"), "desk": desk, "campaign_id": campaign_id, "rule": rule}
            with pytest.raises(Invalid, match="Say who was asked"):
                waivers.give_reason(session, **asked, reason="Nobody was free.", who_was_asked=" ")
            waivers.give_reason(session, **asked, **REASON)
    book(world, campaign_id, first)
    assert booked(world, campaign_id) == [first]


def test_the_panel_itself_hears_nothing_of_its_composition(world):
    """The recruiter is told what was found; members only that the recruiter has something to see to."""
    campaign_id, desk = revealed(world), world.staff_desk
    white = PoolAnswers("female", "white_british", "no", may_check=True)
    for part in PANEL:
        with desk.sessions.writing() as session:
            give_answers(session, actor=world.actor(part), desk=desk, answers=white)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    with desk.sessions.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        for_recruiters = bookings.read_obstacles(session, campaign, today=desk.now.date())
        for_panel = read_panel(session, actor=world.actor("member"), desk=desk, campaign_id=campaign_id).missing
    assert "The panel is all of one sex." in for_recruiters
    assert for_panel == bookings.SEEN_TO_BY_RECRUITER
    first, *_ = entries(world, campaign_id)
    with pytest.raises(TooSoon, match=r"^The recruiter has to see to the panel first\.$"):
        score(world, campaign_id, first)


def test_a_change_of_the_panel_reopens_the_booking_and_tells_the_recruiter(world):
    campaign_id = ready(world)
    first, *_ = entries(world, campaign_id)
    book(world, campaign_id, first)
    assert not [letter for letter in letters(world) if letter.subject.startswith("Interview panel")]

    take(world, campaign_id, "member", Role.PANEL_MEMBER)

    told = [letter for letter in letters(world) if letter.subject.startswith("Interview panel")]
    assert [letter.to for letter in told] == ["recruiter@body.example"]
    assert "2 of at least 3 members" in told[0].body
    with pytest.raises(TooSoon, match="of at least 3 members"):
        score(world, campaign_id, first)


def score(world, campaign_id, application_id, part="shortlister_one"):
    from recruitment.services.interviews import read_interview_form

    desk, actor = world.staff_desk, world.actor(part)
    with desk.sessions.writing() as session:
        asked = {"actor": actor, "desk": desk, "campaign_id": campaign_id, "application_id": application_id}
        form = read_interview_form(session, **asked)
        score_interview(session, **asked, scores={each.id: (5, "Clear.") for each in form.criteria})


def test_on_the_day_each_booked_panel_is_checked_once_and_a_lapse_is_told(world):
    campaign_id = ready(world)
    first, *_ = entries(world, campaign_id)
    add_pooled(world, "zora", PoolAnswers(), lasts=1)
    swap(world, campaign_id, "member", "zora")
    declare_nothing(world, campaign_id, "zora")
    check(world, campaign_id)
    book(world, campaign_id, first, day=world.clock.now.date() + timedelta(days=1))
    before = len(letters(world))
    world.clock.advance(days=1)
    with world.staff_desk.sessions.writing() as session:
        from recruitment.store.pool import PoolTraining

        for row in session.scalars(select(PoolTraining).where(PoolTraining.person_id == world.people["zora"])):
            session.delete(row)

    keep_house(world.staff_desk)
    keep_house(world.staff_desk)

    told = letters(world)
    assert len(told) == before + 1
    assert "no record of Panel member training" in told[0].body
    with world.staff_desk.sessions.reading() as session:
        days = session.scalars(
            select(PanelCheck.is_blocked).where(PanelCheck.campaign_id == campaign_id, PanelCheck.purpose == "day")
        ).all()
    assert days == [True]


def test_nobody_is_scored_without_a_booking_or_before_its_day(world):
    campaign_id = ready(world)
    first, second, *_ = entries(world, campaign_id)
    book(world, campaign_id, first, day=world.clock.now.date() + timedelta(days=2))
    with pytest.raises(TooSoon, match="has not taken place"):
        score(world, campaign_id, first)
    with pytest.raises(TooSoon, match="not booked yet"):
        score(world, campaign_id, second)


def test_adjustments_reach_the_panel_as_what_to_do(world):
    campaign_id = ready(world)
    first, *_ = entries(world, campaign_id)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        bookings.book_interview(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id, application_id=first,
            day=desk.now.date(), begins="10:00", adjustments="Ten minutes more; questions on paper",
        )  # fmt: skip
    with desk.sessions.reading() as session:
        (row,) = bookings.list_bookings(session, actor=world.actor("member"), desk=desk, campaign_id=campaign_id)
        held = session.get_one(Booking, (campaign_id, first)).adjustments
    assert row.adjustments == "Ten minutes more; questions on paper"
    assert b"paper" not in held
