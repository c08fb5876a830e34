"""Promise 8: what might tell stays hidden until a person decides otherwise; never the original as a fallback."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Stale, TooLate
from recruitment.rules.redaction import MARKER, KnownValues, redact
from recruitment.services import clearance, sift
from recruitment.services.redacted import read_pieces, shown_parts
from recruitment.services.wordlists import load_word_lists
from recruitment.store.applications import Answer
from tests.support.canaries import Withheld, apply

LISTS = load_word_lists()


def shown(text: str, name: str) -> str:
    return redact(text, KnownValues(full_name=name), LISTS).visible()


def test_a_known_name_that_rules_cannot_place_takes_its_sentence_with_it():
    text = "The rota was kept. Will made it fair. Nobody complained."
    assert "Will made it fair" in text
    visible = shown(text, "Will Okoro")
    assert "Will" not in visible
    assert "The rota was kept" in visible and "Nobody complained" in visible


def test_an_ordinary_word_that_is_also_a_name_stays_where_it_is_plainly_a_word():
    text = "We said that we will write, and that people may ask again."
    assert shown(text, "Will May") == text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80),
    st.sampled_from(["Folasade", "Varnheskold", "Brzęczyszczykiewicz", "Xiuying"]),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80),
)
def test_no_known_name_survives_whatever_stands_around_it(before, name, after):
    text = f"{before} {name} {after}"
    assert name in text
    assert name not in shown(text, f"{name} Quist")


def pieces(world, campaign_id, application_id):
    with world.staff_desk.sessions.reading() as session:
        answers = (
            session.query(Answer)
            .filter_by(campaign_id=campaign_id, application_id=application_id)
            .order_by(Answer.id)
        )
        return {
            answer.id: read_pieces(world.staff_desk, campaign_id, answer.id, answer.redacted) for answer in answers
        }


def visible(world, campaign_id, application_id) -> str:
    parts = pieces(world, campaign_id, application_id).values()
    return "\n".join("".join(part.text for part in shown_parts(piece)) for piece in parts)


DOUBTFUL = Withheld()


def decide(world, campaign_id, part: str, restore: bool):
    desk, actor = world.staff_desk, world.actor(part)
    with desk.sessions.reading() as session:
        batch = clearance.read_clearance(session, actor=actor, desk=desk, campaign_id=campaign_id, answers=50)
    for answer_id in {passage.answer_id for passage in batch.passages}:
        ordinals = [p.ordinal for p in batch.passages if p.answer_id == answer_id]
        with desk.sessions.reading() as session:
            clearing = clearance.prepare_clearing(
                session,
                actor=actor,
                desk=desk,
                campaign_id=campaign_id,
                answer_id=answer_id,
                decisions=dict.fromkeys(ordinals, restore),
            )
        with desk.sessions.writing() as session:
            clearance.decide_passages(session, actor=actor, desk=desk, clearing=clearing)
    return batch


def test_a_doubtful_passage_is_hidden_and_comes_back_only_when_somebody_outside_the_sift_restores_it(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=30)
    with world.staff_desk.sessions.reading() as session:
        waiting = clearance.count_waiting(session, campaign_id)
    assert waiting > 0
    batch = decide(world, campaign_id, "member", restore=True)
    assert len({passage.answer_id for passage in batch.passages}) == waiting
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        for passage in batch.passages:
            answer = session.get_one(Answer, (campaign_id, passage.answer_id))
            text = "".join(p.text for p in shown_parts(read_pieces(desk, campaign_id, answer.id, answer.redacted)))
            assert passage.text in text


def test_what_is_certain_cannot_be_restored_at_all(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    application_id = apply(world, campaign_id, DOUBTFUL)
    assert MARKER in visible(world, campaign_id, application_id)
    decide(world, campaign_id, "recruiter", restore=True)
    text = visible(world, campaign_id, application_id)
    assert [word for word in (DOUBTFUL.first, DOUBTFUL.last, DOUBTFUL.email, DOUBTFUL.phone) if word in text] == []


def test_nothing_is_restored_once_the_sift_is_open(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=30)
    desk, clearer = world.staff_desk, world.actor("member")
    with desk.sessions.reading() as session:
        batch = clearance.read_clearance(session, actor=clearer, desk=desk, campaign_id=campaign_id)
        clearing = clearance.prepare_clearing(
            session,
            actor=clearer,
            desk=desk,
            campaign_id=campaign_id,
            answer_id=batch.passages[0].answer_id,
            decisions={batch.passages[0].ordinal: True},
        )
    world.clock.advance(days=20)
    with desk.sessions.writing() as session:
        sift.open_sift(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
    with pytest.raises(TooLate), desk.sessions.writing() as session:
        clearance.decide_passages(session, actor=clearer, desk=desk, clearing=clearing)


def test_an_answer_is_decided_once(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=30)
    desk, clearer = world.staff_desk, world.actor("member")
    with desk.sessions.reading() as session:
        batch = clearance.read_clearance(session, actor=clearer, desk=desk, campaign_id=campaign_id)
        clearing = clearance.prepare_clearing(
            session,
            actor=clearer,
            desk=desk,
            campaign_id=campaign_id,
            answer_id=batch.passages[0].answer_id,
            decisions={},
        )
    with desk.sessions.writing() as session:
        clearance.decide_passages(session, actor=clearer, desk=desk, clearing=clearing)
    with pytest.raises(Stale), desk.sessions.writing() as session:
        clearance.decide_passages(session, actor=clearer, desk=desk, clearing=clearing)


def test_markers_show_no_kind_length_or_confidence():
    short = redact("Ring me on 07700 900123 today.", KnownValues(full_name="A B"), LISTS)
    long = redact("Ring me on a.very.long.address.of.mine@example.org today.", KnownValues(full_name="A B"), LISTS)
    assert short.visible() == long.visible() == f"Ring me on {MARKER} today."
