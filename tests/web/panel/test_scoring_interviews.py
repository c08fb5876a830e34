import html

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.reveals import read_names
from recruitment.store.applications import Application
from recruitment.store.interviews import InterviewScore

PANEL = ("shortlister_one", "shortlister_two", "member")


@pytest.fixture
def revealed(world):
    return world.campaign(until=CampaignState.REVEALED, applications=8)


def _client(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


def _named(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return read_names(session, actor=world.actor("member"), desk=desk, campaign_id=campaign_id)


def _scores(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(InterviewScore).where(InterviewScore.campaign_id == campaign_id)).all()


def _form(page, value, notes="She led the change herself."):
    numbers = sorted({part.split('"')[0] for part in page.text.split('name="score_')[1:]})
    assert numbers
    return {f"score_{n}": str(value) for n in numbers} | {f"notes_{n}": notes for n in numbers}


def _path(campaign_id, one):
    return f"/campaigns/{campaign_id}/interviews/candidates/{one.application_id}"


def test_a_member_scores_a_candidate_alone_and_sees_the_progress(world, revealed):
    first, *others = _named(world, revealed)
    client = _client(world, "member")
    page = client.get(_path(revealed, first))
    assert first.name in html.unescape(page.text)
    assert "made a team or a service more inclusive" in page.text

    answer = client.post(_path(revealed, first), data=_form(page, 6))

    assert answer.status_code == 303
    assert f"1 of {1 + len(others)}" in client.get(answer.location).text
    assert {row.value for row in _scores(world, revealed)} == {6}
    assert "She led the change herself." in client.get(_path(revealed, first)).text


def test_others_do_not_see_a_members_scores_or_notes(world, revealed):
    first = _named(world, revealed)[0]
    member = _client(world, "member")
    member.post(_path(revealed, first), data=_form(member.get(_path(revealed, first)), 6, "Only for me"))
    assert "Only for me" in member.get(_path(revealed, first)).text

    chair = _client(world, "shortlister_one")
    pages = [
        chair.get(_path(revealed, first)).text,
        chair.get(f"/campaigns/{revealed}/interviews").text,
        chair.post(f"/campaigns/{revealed}/interviews/names").text,
    ]

    assert not [page for page in pages if "Only for me" in page or " checked" in page]
    assert chair.post(f"/campaigns/{revealed}/interviews/merit").status_code == 409


def test_a_form_without_a_score_says_which_and_keeps_what_was_typed(world, revealed):
    first = _named(world, revealed)[0]
    client = _client(world, "member")
    form = _form(client.get(_path(revealed, first)), 5, "Kept as typed")
    del form["score_1"]

    page = client.post(_path(revealed, first), data=form)

    assert "There is a problem" in page.text
    assert 'href="#score_1"' in page.text
    assert "Kept as typed" in page.text
    assert _scores(world, revealed) == []


def test_a_score_off_the_scale_is_refused(world, revealed):
    first = _named(world, revealed)[0]
    client = _client(world, "member")
    form = _form(client.get(_path(revealed, first)), 5)

    page = client.post(_path(revealed, first), data=form | {"score_1": "8"})

    assert "There is a problem" in page.text
    assert _scores(world, revealed) == []


def test_once_the_whole_panel_has_scored_everybody_no_score_changes(world, revealed):
    named = _named(world, revealed)
    for part in PANEL:
        client = _client(world, part)
        for one in named:
            assert (
                client.post(_path(revealed, one), data=_form(client.get(_path(revealed, one)), 5)).status_code
                == 303
            )

    client = _client(world, "shortlister_one")
    answer = client.post(_path(revealed, named[0]), data=_form(client.get(_path(revealed, named[0])), 7))

    assert answer.status_code == 409
    assert "the scores are locked" in answer.text
    assert {row.value for row in _scores(world, revealed)} == {5}


def test_somebody_who_withdrew_has_no_form_and_is_not_counted(world, revealed):
    named = _named(world, revealed)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Application, (revealed, named[0].application_id)).withdrawn_at = world.clock.now
    client = _client(world, "member")

    assert f"0 of {len(named) - 1}" in client.get(f"/campaigns/{revealed}/interviews").text
    assert "This candidate has withdrawn" in client.get(_path(revealed, named[0])).text


@pytest.mark.parametrize("part", ["recruiter", "analyst", "auditor", "deputy", "shortlister_three"])
def test_nobody_outside_the_panel_reads_or_sends_a_form(world, revealed, part):
    first = _named(world, revealed)[0]
    form = _form(_client(world, "member").get(_path(revealed, first)), 5)
    client = _client(world, part)

    assert client.get(_path(revealed, first)).status_code == 404
    assert client.post(_path(revealed, first), data=form).status_code == 404
    assert _scores(world, revealed) == []
