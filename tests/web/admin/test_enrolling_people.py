import re

import pytest
from sqlalchemy import event, select

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site, add_person, read_enrolment
from recruitment.services.outgoing import read_outbox
from recruitment.store.people import Enrolment, Person


@pytest.fixture
def administrator(world):
    """Somebody who is an administrator and nothing else."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        person_id = add_person(
            session,
            actor=system_actor(world.organisation_id),
            desk=desk,
            name="Ada Byrne",
            email="ada@body.example",
            is_administrator=True,
        )
    client = world.staff_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"staff:{person_id}:1", True
    return client


def _person(world, email):
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(Person).where(Person.email == email)).one_or_none()


def test_a_person_is_added_and_listed(world, administrator):
    form = {"name": "Rosa Lane", "email": "Rosa.Lane@body.example"}

    answer = administrator.post("/people/new", data=form)

    person = _person(world, "rosa.lane@body.example")
    assert (answer.status_code, answer.location) == (303, f"/people/{person.id}")
    assert not person.is_administrator
    assert "Rosa Lane" in administrator.get("/people").text
    assert administrator.get(answer.location).text.count("Cannot sign in yet") == 2


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "email": "rosa@body.example"}, "Enter the person’s full name"),
        ({"name": "Rosa", "email": "rosa"}, "Enter an email address in the correct format"),
        ({"name": "Rosa", "email": "member@body.example"}, "Somebody with this e-mail address is there already."),
    ],
)
def test_a_mistake_is_said_in_the_summary_and_what_was_typed_is_kept(world, administrator, form, sentence):
    page = administrator.post("/people/new", data=form).text

    assert "There is a problem" in page
    assert sentence in page
    assert f'value="{form["email"]}"' in page


@pytest.mark.parametrize(("site", "base"), [("staff", "staff_url"), ("public", "public_url")])
def test_a_link_goes_to_the_person_and_the_administrator_never_sees_it(world, administrator, site, base):
    member, desk = world.people["member"], world.staff_desk

    page = administrator.post(f"/people/{member}/links/{site}").text

    with desk.sessions.reading() as session:
        (outgoing,) = read_outbox(session, desk=desk, actor=world.actor("recruiter"))
    address = getattr(world.config, base).rstrip("/")
    token = re.search(re.escape(f"{address}/enrol/") + r"([0-9a-f]{64})", outgoing.letter.body)[1]
    with desk.sessions.reading() as session:
        offer = read_enrolment(session, desk=desk, token=token, site=Site(site), issuer="x")
    assert (offer.name, outgoing.letter.to) == ("Aisha Khan", "member@body.example")
    assert "member@body.example" in page
    assert token not in page + administrator.get(f"/people/{member}").text
    assert "Has a link, not used yet" in administrator.get(f"/people/{member}").text


def test_a_link_for_no_site_or_no_person_of_ours_is_not_found(world, administrator):
    assert administrator.post(f"/people/{world.people['member']}/links/other").status_code == 404
    assert administrator.post(f"/people/{world.organisation_id}/links/staff").status_code == 404
    assert administrator.get(f"/people/{world.organisation_id}").status_code == 404


def test_an_administrator_reaches_no_campaign(world, administrator):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=6)
    paths = [
        (rule.endpoint, rule.rule.replace("<uuid:campaign_id>", str(campaign_id)))
        for rule in world.staff_app.url_map.iter_rules()
        if rule.arguments == {"campaign_id"} and "GET" in rule.methods
    ]
    assert len(paths) >= 10

    assert [endpoint for endpoint, path in paths if administrator.get(path).status_code != 404] == []


@pytest.mark.parametrize("part", ["member", "analyst", "auditor", "deputy", "shortlister_one"])
def test_nobody_else_sees_or_adds_people(world, administrator, part):
    assert administrator.get("/people").status_code == 200
    client = world.staff_client()
    world.sign_in(client, part)
    form = {"name": "Rosa Lane", "email": "rosa.lane@body.example"}

    assert client.get("/people").status_code == 404
    assert client.post("/people/new", data=form).status_code == 404
    assert client.post(f"/people/{world.people['member']}/links/staff").status_code == 404
    assert _person(world, "rosa.lane@body.example") is None
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Enrolment)).all() == []


def test_a_long_list_is_paged_and_its_statements_do_not_grow(world, administrator):
    seen = []
    event.listen(world.staff_desk.sessions.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    administrator.get("/people")
    few = len(seen)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        for number in range(201):
            session.add(
                Person(
                    id=desk.new_id(),
                    organisation_id=world.organisation_id,
                    name=f"Person {number:03}",
                    email=f"person{number}@body.example",
                    created_at=desk.now,
                )
            )
    seen.clear()
    first = administrator.get("/people").text
    assert len(seen) == few <= 15

    after = re.search(r'href="/people\?after=([^"]+)"', first)[1]
    second = administrator.get(f"/people?after={after}").text

    listed = [re.findall(r"person\d+@body\.example", page) for page in (first, second)]
    assert len(listed[0]) + len(listed[1]) == 201
    assert len(set(listed[0] + listed[1])) == 201
