"""A shortlister who could identify somebody marks the words: hidden for all, counted, and nothing else is told."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.services import moderation, scores, second_looks, sift, text_reports
from recruitment.services.leak_counts import count_leaks
from recruitment.services.redacted import read_pieces, seal_pieces
from recruitment.store.applications import Answer
from recruitment.store.second_looks import Leak
from recruitment.store.sift import Allocation, Score
from recruitment.store.trail import TrailEvent

PARTS = ("shortlister_one", "shortlister_two", "shortlister_three")
WORDS = "Harbourmaster of Skye"


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.SIFTING, applications=8)


def report(world, campaign, handle, words=WORDS, part="shortlister_one"):
    desk, actor = world.public_desk, world.actor(part)
    asked = {"actor": actor, "desk": desk}
    with desk.sessions.reading() as session:
        prepared = text_reports.prepare_report(session, **asked, campaign_id=campaign, handle=handle, words=words)
    with desk.sessions.writing() as session:
        text_reports.report_text(session, **asked, prepared=prepared)


def queue(world, campaign, part="shortlister_one"):
    """(handle, answer, application) of somebody's queue."""
    with world.public_desk.sessions.reading() as session:
        return [
            tuple(row)
            for row in session.execute(
                select(Allocation.id, Allocation.answer_id, Answer.application_id)
                .join(Answer, Answer.id == Allocation.answer_id)
                .where(Allocation.campaign_id == campaign, Allocation.person_id == world.people[part])
                .order_by(Allocation.position)
            )
        ]


def answers_of(world, campaign, application):
    with world.public_desk.sessions.reading() as session:
        query = select(Answer.id).where(Answer.campaign_id == campaign, Answer.application_id == application)
        return set(session.scalars(query))


def write_into(world, campaign, answer_ids, words=WORDS):
    desk = world.public_desk
    with desk.sessions.writing() as session:
        for answer_id in answer_ids:
            answer = session.get_one(Answer, (campaign, answer_id))
            pieces = read_pieces(desk, campaign, answer.id, answer.redacted)
            answer.redacted = seal_pieces(desk, campaign, answer.id, (f"{words}. ", *pieces))


def holding(world, campaign, words=WORDS):
    desk = world.public_desk
    with desk.sessions.reading() as session:
        return {
            row.id
            for row in session.scalars(select(Answer).where(Answer.campaign_id == campaign))
            if words in "".join(p for p in read_pieces(desk, campaign, row.id, row.redacted) if isinstance(p, str))
        }


def counted(world, campaign):
    with world.public_desk.sessions.reading() as session:
        found = count_leaks(session, campaign)
        return found.reports, found.reported


def both_in_queue(world, campaign):
    """Two answers of one application in one shortlister's queue: (handle, answer, application), twice."""
    mine = queue(world, campaign)
    return next((one, other) for one in mine for other in mine if one[2] == other[2] and one[1] != other[1])


def test_the_words_go_from_every_text_of_the_application_for_every_shortlister(world, campaign):
    handle, answer, application = queue(world, campaign)[0]
    own = answers_of(world, campaign, application)
    write_into(world, campaign, own)
    assert holding(world, campaign) == own
    assert any(answer in [found[1] for found in queue(world, campaign, part)] for part in PARTS[1:])
    report(world, campaign, handle)
    assert holding(world, campaign) == set()
    assert counted(world, campaign) == (1, 1)


def test_moderation_shows_the_same_text_with_the_words_hidden(world, campaign):
    desk = world.public_desk
    handle, answer, _ = queue(world, campaign)[0]
    write_into(world, campaign, [answer])
    with desk.sessions.writing() as session:
        held = session.execute(
            select(Allocation.id, Allocation.person_id).where(Allocation.answer_id == answer)
        ).all()
        people = {world.people[part]: part for part in PARTS}
        criteria = sift.read_answer(
            session, actor=world.actor(PARTS[0]), desk=desk, campaign_id=campaign, handle=handle
        ).criteria
        for (allocation, person), value in zip(held, (1, 7), strict=True):
            scores.score_answer(
                session, actor=world.actor(people[person]), desk=desk, campaign_id=campaign, handle=allocation,
                criterion_id=criteria[0].id, value=value, reason="Far apart.",
            )  # fmt: skip
        moderation.arrange_moderation(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign
        )

    def read():
        with desk.sessions.reading() as session:
            case = moderation.read_case(
                session, actor=world.actor(PARTS[0]), desk=desk, campaign_id=campaign, handle=handle,
                criterion_id=criteria[0].id,
            )  # fmt: skip
        return "".join(part.text for part in case.parts)

    assert WORDS in read()
    report(world, campaign, handle)
    assert WORDS not in read()
    with desk.sessions.reading() as session:
        assert sorted(session.scalars(select(Score.value))) == [1, 7]


def test_the_same_report_twice_is_one(world, campaign):
    handle, answer, _ = queue(world, campaign)[0]
    write_into(world, campaign, [answer])
    for words in (WORDS, WORDS, "  harbourmaster OF\nskye "):
        report(world, campaign, handle, words)
    assert counted(world, campaign) == (1, 1)


def refusal_of(world, campaign, handle, words, part="shortlister_one"):
    with pytest.raises(Invalid) as refused:
        report(world, campaign, handle, words, part)
    return refused.value.sentence


def test_a_guess_at_words_that_somebody_else_had_hidden_is_answered_like_any_other(world, campaign):
    handle, answer, _ = queue(world, campaign)[0]
    write_into(world, campaign, [answer])
    part, other = next(
        (part, found[0]) for part in PARTS[1:] for found in queue(world, campaign, part) if found[1] == answer
    )
    report(world, campaign, handle)
    guessed = refusal_of(world, campaign, other, WORDS, part)
    assert guessed == refusal_of(world, campaign, other, "Lighthouse of Lewis", part)
    assert counted(world, campaign) == (1, 1)


def test_a_guess_at_words_that_ones_own_report_hid_in_another_answer_is_answered_like_any_other(world, campaign):
    (handle, answer, _), (other, second, _) = both_in_queue(world, campaign)
    stranger = next(found[0] for found in queue(world, campaign) if found[1] not in (answer, second))
    write_into(world, campaign, [answer, second])
    report(world, campaign, handle)
    assert holding(world, campaign) == set()
    assert refusal_of(world, campaign, other, WORDS) == refusal_of(world, campaign, stranger, WORDS)


def test_two_passages_of_one_text_are_one_report(world, campaign):
    handle, answer, _ = queue(world, campaign)[0]
    write_into(world, campaign, [answer])
    report(world, campaign, handle, "Harbourmaster")
    report(world, campaign, handle, "Skye")
    assert holding(world, campaign, "Skye") == set()
    assert counted(world, campaign) == (1, 1)


def test_words_that_are_not_there_are_refused_and_nothing_is_counted(world, campaign):
    handle = queue(world, campaign)[0][0]
    with pytest.raises(Invalid, match="stand in this text"):
        report(world, campaign, handle)
    assert counted(world, campaign) == (0, 0)


def test_in_ones_own_queue_common_words_show_no_answers_that_belong_together(world, campaign):
    """Otherwise somebody could report an ordinary word, and see which other answer lost it."""
    (handle, answer, application), (_, other, _) = both_in_queue(world, campaign)
    unread = answers_of(world, campaign, application) - {found[1] for found in queue(world, campaign)}
    stranger = next(found[1] for found in queue(world, campaign) if found[2] != application)
    write_into(world, campaign, answers_of(world, campaign, application) | {stranger})
    assert {answer, other, stranger} <= holding(world, campaign)
    report(world, campaign, handle)
    assert holding(world, campaign) == answers_of(world, campaign, application) - {answer} - unread | {stranger}


def test_words_that_only_this_application_holds_go_from_ones_own_queue_too(world, campaign):
    (handle, answer, _), (_, other, _) = both_in_queue(world, campaign)
    write_into(world, campaign, [answer, other])
    report(world, campaign, handle)
    assert holding(world, campaign) == set()


def test_where_answers_may_be_seen_together_common_words_go_from_all(world):
    campaign = world.campaign(until=CampaignState.SIFTING, applications=8, unlinked=False)
    (handle, answer, application), (_, other, _) = both_in_queue(world, campaign)
    stranger = next(found[1] for found in queue(world, campaign) if found[2] != application)
    write_into(world, campaign, [answer, other, stranger])
    report(world, campaign, handle)
    assert holding(world, campaign) == {stranger}


def test_another_shortlisters_handle_a_clearer_and_a_recruiter_are_refused(world, campaign):
    handle, answer, _ = queue(world, campaign)[0]
    write_into(world, campaign, [answer])
    with pytest.raises(NotFound):
        report(world, campaign, handle, part="shortlister_two")
    for part in ("member", "recruiter", "analyst", "auditor"):
        with pytest.raises(NotAllowed):
            report(world, campaign, handle, part=part)
    assert holding(world, campaign) == {answer}


def test_after_the_scores_are_locked_it_is_too_late(world):
    campaign = world.campaign(until=CampaignState.SCORED, applications=6)
    with pytest.raises(TooLate):
        report(world, campaign, queue(world, campaign)[0][0])


def test_the_trail_has_the_report_and_neither_trail_nor_rows_have_a_word(world, campaign):
    handle, answer, _ = queue(world, campaign)[0]
    write_into(world, campaign, [answer])
    report(world, campaign, handle)
    with world.staff_desk.sessions.reading() as session:
        (event,) = session.scalars(select(TrailEvent).where(TrailEvent.event == "text_reported")).all()
        assert (event.actor, event.detail) == (
            f"staff:{world.people['shortlister_one']}", {"allocation": str(handle)}
        )  # fmt: skip
        assert "Harbour" not in repr([vars(leak) for leak in session.scalars(select(Leak))])


def test_a_reported_text_of_the_sample_counts_as_one_that_told_though_the_second_look_finds_nothing(
    world, campaign
):
    desk, clearer = world.staff_desk, world.actor("member")
    with desk.sessions.reading() as session:
        rows = session.scalars(select(second_looks.SecondLook)).all()
        position_of = {row.answer_id: row.position for row in rows}
    handle, answer, _ = next(found for found in queue(world, campaign) if found[1] in position_of)
    write_into(world, campaign, [answer])
    report(world, campaign, handle)
    with desk.sessions.writing() as session:
        for position in range(1, position_of[answer] + 1):
            second_looks.finish_look(session, actor=clearer, desk=desk, campaign_id=campaign, position=position)
    with desk.sessions.reading() as session:
        assert count_leaks(session, campaign).found == 1


def test_marks_in_two_texts_of_one_application_at_one_moment_all_hold(world, campaign):
    """Each goes through every text of the application: neither may put back what the other took."""
    handle, _, application = queue(world, campaign)[0]
    own = sorted(answers_of(world, campaign, application))
    part, other_handle = next(
        (part, found[0]) for part in PARTS[1:] for found in queue(world, campaign, part) if found[2] == application
    )
    words = [f"Lighthouse {letter * 3}" for letter in "abcdefgh"]
    write_into(world, campaign, own, ". ".join(words))
    barrier, failed = Barrier(2), []

    def work(who, at, mine):
        barrier.wait()
        try:
            for each in mine:
                report(world, campaign, at, each, part=who)
        except Exception as error:
            failed.append(error)

    threads = [
        Thread(target=work, args=("shortlister_one", handle, words[::2])),
        Thread(target=work, args=(part, other_handle, words[1::2])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert [word for word in words if holding(world, campaign, word)] == []
