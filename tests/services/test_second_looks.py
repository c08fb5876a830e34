"""A random sample of the released texts is read again outside the sift; what tells is hidden and counted."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale, TooLate, TooSoon
from recruitment.rules.permissions import Role
from recruitment.rules.second_looks import LeakKind
from recruitment.services import applications, campaigns, second_looks, sift
from recruitment.services.leak_counts import count_leaks
from recruitment.services.redacted import read_pieces, seal_pieces
from recruitment.services.roles import give_role, take_role
from recruitment.store.applications import Answer, Application
from recruitment.store.second_looks import Leak, SecondLook
from recruitment.store.trail import TrailEvent


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.SIFTING, applications=12)


def looks(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        query = select(SecondLook).where(SecondLook.campaign_id == campaign).order_by(SecondLook.position)
        return list(session.scalars(query))


def page(world, campaign, part="member"):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return second_looks.read_second_look(session, actor=world.actor(part), desk=desk, campaign_id=campaign)


def mark(world, campaign, position, words, kind=LeakKind.IDENTITY, part="member"):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        second_looks.mark_leak(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign, position=position, words=words,
            kind=kind,
        )  # fmt: skip


def finish(world, campaign, position, part="member"):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        second_looks.finish_look(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign, position=position
        )


def texts(world, campaign):
    """Answer → what everybody reads of it, with its application."""
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return {
            row.id: (row.application_id, read_pieces(desk, campaign, row.id, row.redacted))
            for row in session.scalars(select(Answer).where(Answer.campaign_id == campaign))
        }


def write_into(world, campaign, answer_ids, words):
    """Put words in texts as if their writer had, so that they are there to find."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        for answer_id in answer_ids:
            answer = session.get_one(Answer, (campaign, answer_id))
            pieces = read_pieces(desk, campaign, answer.id, answer.redacted)
            answer.redacted = seal_pieces(desk, campaign, answer.id, (f"{words}. ", *pieces))


def holding(world, campaign, words):
    found = texts(world, campaign).items()
    return {key for key, (_, pieces) in found if any(isinstance(one, str) and words in one for one in pieces)}


def counts(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return count_leaks(session, campaign)


def test_a_sample_without_repeats_is_drawn_from_all_texts_when_the_sift_opens(world, campaign):
    drawn = looks(world, campaign)
    assert len(texts(world, campaign)) == 36
    assert [look.position for look in drawn] == list(range(1, 21))
    assert len({look.answer_id for look in drawn}) == 20
    assert {look.looked_at for look in drawn} == {None}


def test_a_campaign_may_ask_for_another_size(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=12)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        campaigns.change_campaign(
            session, actor=recruiter, desk=desk, campaign_id=campaign, reason="A short week.", second_look_size=10
        )
        with pytest.raises(Invalid):
            campaigns.change_campaign(
                session, actor=recruiter, desk=desk, campaign_id=campaign, reason="None.", second_look_size=9
            )
    world.clock.advance(days=20)
    with desk.sessions.writing() as session:
        sift.open_sift(session, actor=recruiter, desk=desk, campaign_id=campaign)
    assert len(looks(world, campaign)) == 10


def test_no_text_is_drawn_more_often_than_others(make_world):
    """Which texts are drawn follows from the random source alone."""
    world = make_world()
    campaign = world.campaign(until=CampaignState.SIFTING, applications=12)
    again = make_world()
    assert again.campaign(until=CampaignState.SIFTING, applications=12) == campaign
    assert [look.answer_id for look in looks(world, campaign)] == [
        look.answer_id for look in looks(again, campaign)
    ]


def test_the_reader_reads_what_shortlisters_read_one_text_after_another(world, campaign):
    first = looks(world, campaign)[0]
    found = page(world, campaign)
    _, pieces = texts(world, campaign)[first.answer_id]
    assert (found.text.position, found.drawn, found.looked, found.left) == (1, 20, 0, 20)
    assert [part.is_hidden for part in found.text.parts] == [isinstance(piece, int) for piece in pieces]
    assert [part.text for part in found.text.parts if not part.is_hidden] == [
        piece for piece in pieces if isinstance(piece, str)
    ]
    finish(world, campaign, 1)
    assert page(world, campaign).text.position == 2
    assert page(world, campaign, "recruiter").looked == 1


def test_nothing_is_opened_for_it(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        query = select(TrailEvent).where(TrailEvent.event == "compartment_opened")
        before = len(session.scalars(query).all())
    page(world, campaign)
    finish(world, campaign, 1)
    with world.staff_desk.sessions.reading() as session:
        assert len(session.scalars(query).all()) == before


def test_marked_words_go_from_every_text_of_the_application_and_from_no_other(world, campaign):
    first = looks(world, campaign)[0]
    all_texts = texts(world, campaign)
    own = {key for key, (application, _) in all_texts.items() if application == all_texts[first.answer_id][0]}
    other = next(key for key in all_texts if key not in own)
    write_into(world, campaign, {*own, other}, "Harbourmaster of Skye")
    assert len(holding(world, campaign, "Harbourmaster of Skye")) == 4
    mark(world, campaign, 1, "harbourmaster\nof Skye")
    assert holding(world, campaign, "Harbourmaster of Skye") == {other}


def test_a_marked_passage_cannot_be_restored_and_other_passages_keep_their_numbers(world, campaign):
    first = looks(world, campaign)[0]
    _, before = texts(world, campaign)[first.answer_id]
    write_into(world, campaign, [first.answer_id], "Harbourmaster of Skye")
    mark(world, campaign, 1, "Harbourmaster of Skye")
    _, after = texts(world, campaign)[first.answer_id]
    numbers = [piece for piece in after if isinstance(piece, int)]
    assert numbers == [-1, *(piece for piece in before if isinstance(piece, int))]


def test_the_trail_says_who_looked_and_holds_no_word(world, campaign):
    first = looks(world, campaign)[0]
    write_into(world, campaign, [first.answer_id], "Harbourmaster of Skye")
    mark(world, campaign, 1, "Harbourmaster of Skye")
    finish(world, campaign, 1)
    finish(world, campaign, 2)
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).order_by(TrailEvent.number)).all()
        kept = [event for event in events if event.event in ("leak_marked", "second_look_taken")]
        assert [(event.event, event.detail.get("found")) for event in kept] == [
            ("leak_marked", None), ("second_look_taken", True), ("second_look_taken", False),
        ]  # fmt: skip
        assert not any("Harbour" in str(event.detail) for event in events)
        assert "Harbour" not in repr([vars(leak) for leak in session.scalars(select(Leak))])


def test_words_that_are_not_there_are_refused_and_the_same_words_twice_are_not(world, campaign):
    first = looks(world, campaign)[0]
    with pytest.raises(Invalid, match="stand in this text"):
        mark(world, campaign, 1, "Harbourmaster of Skye")
    write_into(world, campaign, [first.answer_id], "Harbourmaster of Skye")
    for _ in range(2):
        mark(world, campaign, 1, "Harbourmaster of Skye")
    with world.staff_desk.sessions.reading() as session:
        assert len(session.scalars(select(Leak)).all()) == 1


@pytest.mark.parametrize("words", ["", " ", "x", "[hidden]", "." * 40, "a" * 2_001])
def test_what_hides_nothing_or_too_much_is_refused(world, campaign, words):
    with pytest.raises(Invalid):
        mark(world, campaign, 1, words)


@pytest.mark.parametrize(
    "part", ["shortlister_one", "shortlister_two", "shortlister_three", "deputy", "analyst", "auditor"]
)
def test_nobody_else_takes_a_second_look(world, campaign, part):
    for act in (
        lambda: page(world, campaign, part),
        lambda: mark(world, campaign, 1, "some words", part=part),
        lambda: finish(world, campaign, 1, part=part),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_text_is_looked_at_by_one_person(world, campaign):
    finish(world, campaign, 1)
    finish(world, campaign, 1)
    with pytest.raises(Stale):
        finish(world, campaign, 1, "recruiter")
    with pytest.raises(Stale):
        mark(world, campaign, 1, "We", part="recruiter")
    with pytest.raises(NotFound):
        finish(world, campaign, 21)


def test_whoever_took_a_second_look_can_no_longer_become_a_shortlister(world, campaign):
    desk = world.staff_desk
    finish(world, campaign, 1)
    with desk.sessions.writing() as session:
        take_role(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign,
            person_id=world.people["member"], role=Role.CLEARER,
        )  # fmt: skip
    with desk.sessions.writing() as session, pytest.raises(Invalid):
        give_role(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign,
            person_id=world.people["member"], role=Role.SHORTLISTER,
        )  # fmt: skip


def test_a_text_of_somebody_who_withdrew_is_not_read(world, campaign):
    first = looks(world, campaign)[0]
    with world.staff_desk.sessions.writing() as session:
        application = session.get_one(Application, (campaign, texts(world, campaign)[first.answer_id][0]))
        candidate = Actor(ActorKind.CANDIDATE, application.candidate_id, world.organisation_id)
        applications.withdraw_application(session, actor=candidate, desk=world.staff_desk, campaign_id=campaign)
    found = page(world, campaign)
    assert found.text.position > 1
    assert found.left < found.drawn == 20


def test_before_the_sift_it_is_too_soon_and_after_the_reveal_too_late(make_world):
    for state, refusal in ((CampaignState.OPEN, TooSoon), (CampaignState.REVEALED, TooLate)):
        world = make_world()
        campaign = world.campaign(until=state, applications=12)
        with pytest.raises(refusal):
            page(world, campaign)


@pytest.mark.parametrize("state", [CampaignState.SCORED, CampaignState.FROZEN])
def test_it_can_still_be_taken_until_then(world, state):
    campaign = world.campaign(until=state, applications=12)
    assert page(world, campaign).drawn == 20


def test_the_counts_tell_texts_with_leaks_by_kind_once_they_are_looked_at(world, campaign):
    drawn = looks(world, campaign)
    write_into(world, campaign, [look.answer_id for look in drawn[:3]], "Harbourmaster of Skye, a Quaker")
    before = counts(world, campaign)
    assert (before.texts, before.per_application, before.drawn, before.looked, before.found) == (36, 3, 20, 0, 0)
    mark(world, campaign, 1, "Harbourmaster of Skye")
    assert counts(world, campaign).found == 0
    mark(world, campaign, 1, "a Quaker", LeakKind.CHARACTERISTIC)
    finish(world, campaign, 1)
    # Unless they are of one person, in which case the words are gone from all of them.
    for position in (2, 3):
        if holding(world, campaign, "a Quaker") & {drawn[position - 1].answer_id}:
            mark(world, campaign, position, "a Quaker", LeakKind.CHARACTERISTIC, part="recruiter")
        finish(world, campaign, position, part="recruiter")
    finish(world, campaign, 4)
    found = counts(world, campaign)
    assert (found.looked, found.found, found.characteristic) == (4, 3, 3)
    assert 1 <= found.identity <= 3
    assert found.readers == (Role.CLEARER, Role.RECRUITER)
    assert (found.reports, found.reported) == (0, 0)


def test_a_text_that_lost_its_words_by_a_mark_in_another_counts_as_one_that_told(world, campaign):
    drawn, all_texts = looks(world, campaign), texts(world, campaign)
    by_application: dict = {}
    for look in drawn:
        by_application.setdefault(all_texts[look.answer_id][0], []).append(look)
    pair = next(found for found in by_application.values() if len(found) > 1)
    write_into(world, campaign, [look.answer_id for look in pair], "Harbourmaster of Skye")
    mark(world, campaign, pair[0].position, "Harbourmaster of Skye")
    assert holding(world, campaign, "Harbourmaster of Skye") == set()
    for look in pair:
        finish(world, campaign, look.position)
    assert counts(world, campaign).found == len(pair)
