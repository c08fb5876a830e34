"""What somebody began to type and left is taken over by a colleague; nobody else can, and both stay outside."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.entries import Acquaintance, EntryFormat
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale
from recruitment.rules.permissions import Role
from recruitment.rules.trail import event_sentence
from recruitment.services import entries, entry_handovers
from recruitment.services.outgoing import open_account_addressees
from recruitment.services.roles import give_role
from recruitment.store.candidates import Candidate
from recruitment.store.entries import Entry
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent
from tests.support.entering import add_colleague, begin, fill, send


def act(world, what, actor, **asked):
    with world.staff_desk.sessions.writing() as session:
        return what(session, actor=actor, desk=world.staff_desk, **asked)


def left(world, actor):
    with world.staff_desk.sessions.reading() as session:
        return entry_handovers.list_left(session, actor=actor, desk=world.staff_desk)


def events(world, campaign_id, name):
    with world.staff_desk.sessions.reading() as session:
        query = select(TrailEvent).where(TrailEvent.chain_id == campaign_id, TrailEvent.event == name)
        return list(session.scalars(query))


@pytest.fixture
def opened(world):
    return world.campaign(until=CampaignState.OPEN, applications=1)


@pytest.mark.parametrize("how", ["said so", "saved nothing for an hour", "left the staff"])
def test_a_colleague_goes_on_with_what_was_left(world, opened, how):
    first, second = add_colleague(world, "First"), add_colleague(world, "Second")
    entry_id = begin(world, opened, first)
    fill(world, entry_id, first)
    assert left(world, second) == [], "while somebody types it, it is theirs"
    with pytest.raises(Stale):
        act(world, entry_handovers.take_over, second, entry_id=entry_id)
    if how == "said so":
        act(world, entry_handovers.leave_entry, first, entry_id=entry_id)
    elif how == "left the staff":
        with world.staff_desk.sessions.writing() as session:
            session.get_one(Person, first.id).is_active = False
    else:
        world.clock.advance(minutes=61)
    (line,) = left(world, second)
    assert (line.id, line.by, line.format) == (entry_id, "First", EntryFormat.PHONE)
    assert left(world, first) == []
    act(world, entry_handovers.take_over, second, entry_id=entry_id)
    with world.staff_desk.sessions.reading() as session:
        read = entries.read_entry(session, actor=second, desk=world.staff_desk, entry_id=entry_id)
        assert read.draft.content.full_name == "Quenbyla Varnheskold"
        if how != "left the staff":
            with pytest.raises(NotFound):
                entries.read_entry(session, actor=first, desk=world.staff_desk, entry_id=entry_id)
        assert entry_handovers.who_took_over(session, actor=first, entry_id=entry_id) == "Second"
        assert entry_handovers.who_took_over(session, actor=world.actor("recruiter"), entry_id=entry_id) == ""
        account = session.get_one(Candidate, session.scalars(select(Entry.candidate_id)).one())
    sealed = [(account.id, account.address_sealed)]
    to = open_account_addressees(world.staff_desk, actor=second, accounts=sealed, ground="test")
    assert to[account.id].address == "second@outside.example", "letters about it reach whoever types now"
    (told,) = events(world, opened, "entry_taken_over")
    assert told.detail == {"entry": str(entry_id), "person": str(first.id), "format": "phone"}
    names = {str(first.id): "First"}
    assert event_sentence("Second", told.event, told.detail, names) == (
        "Second went on with an application for somebody that First had begun."
    )
    assert send(world, entry_id, second)


def test_whoever_has_a_part_neither_sees_nor_takes_it_and_whoever_took_it_gets_none(world, opened):
    first, second = add_colleague(world, "First"), add_colleague(world, "Second")
    entry_id = begin(world, opened, first)
    act(world, entry_handovers.leave_entry, first, entry_id=entry_id)
    for part in ("recruiter", "shortlister_one", "member", "analyst", "auditor"):
        assert left(world, world.actor(part)) == []
        with pytest.raises(NotAllowed):
            act(world, entry_handovers.take_over, world.actor(part), entry_id=entry_id)
    act(world, entry_handovers.take_over, second, entry_id=entry_id)
    for actor in (first, second):
        with pytest.raises(Invalid, match="who stands behind a reference"):
            asked = {"campaign_id": opened, "person_id": actor.id, "role": Role.SHORTLISTER}
            act(world, give_role, world.actor("recruiter"), **asked)


def test_what_is_typed_again_is_not_left_any_more(world, opened):
    first, second = add_colleague(world, "First"), add_colleague(world, "Second")
    entry_id = begin(world, opened, first)
    act(world, entry_handovers.leave_entry, first, entry_id=entry_id)
    fill(world, entry_id, first)
    with pytest.raises(Stale):
        act(world, entry_handovers.take_over, second, entry_id=entry_id)


def test_what_the_former_one_sends_is_refused_and_stays_on_the_page(world, opened):
    first, second = add_colleague(world, "First"), add_colleague(world, "Second")
    entry_id = begin(world, opened, first)
    client = world.staff_client()
    world.sign_in(client, "first")
    act(world, entry_handovers.leave_entry, first, entry_id=entry_id)
    act(world, entry_handovers.take_over, second, entry_id=entry_id)
    answer = client.post(f"/entries/{entry_id}/name", data={"version": "1", "full_name": "Ann Ystradgynlais"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Second has taken it over" in page and "Ann Ystradgynlais" in page
    stranger = world.staff_client()
    world.sign_in(stranger, "recruiter")
    assert stranger.get(f"/entries/{entry_id}").status_code == 404


def test_whoever_knows_the_candidate_passes_it_on_unless_nobody_else_can(world, opened):
    first, second = add_colleague(world, "First"), add_colleague(world, "Second")
    asked = {"campaign_id": opened, "entry_format": EntryFormat.PHONE}
    for known in (Acquaintance.YES, Acquaintance.ALONE):
        with pytest.raises(Invalid, match="colleague who does not know them: Second"):
            act(world, entries.begin_entry, first, **asked, known=known)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, second.id).is_active = False
    with pytest.raises(Invalid, match="say so here"):
        act(world, entries.begin_entry, first, **asked, known=Acquaintance.YES)
    act(world, entries.begin_entry, first, **asked, known=Acquaintance.ALONE)
    (told,) = events(world, opened, "entry_begun")
    assert "whom they know: nobody else could" in event_sentence("First", told.event, told.detail, {})
