"""Documents for a data protection officer are filled from what is set, and say what the system does."""

from __future__ import annotations

import pytest

from recruitment.rules.retention import RetentionKind
from recruitment.services.installation import add_organisation
from recruitment.services.retention_periods import set_periods
from recruitment.web.admin.data_protection import DOCUMENTS


@pytest.fixture
def client(world):
    made = world.staff_client()
    world.sign_in(made, "recruiter")
    return made


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_a_file_that_names_the_body_and_leaves_marked_what_only_people_know(client, name):
    answer = client.get(f"/data-protection/file?document={name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name.replace('_', '-')}.html"
    assert "Office for Fair Dealing" in answer.text and "<mark>" in answer.text
    assert "{{" not in answer.text and "None" not in answer.text


@pytest.mark.sqlite_only
def test_documents_and_the_public_page_follow_the_periods_of_the_body(world, client):
    visitor = world.public_client()
    before = visitor.get("/what-we-collect").text
    assert "Erased 12 months after the campaign has ended." in before
    with world.staff_desk.sessions.writing() as session:
        set_periods(
            session,
            actor=world.actor("recruiter"),
            desk=world.staff_desk,
            months={RetentionKind.APPLICATIONS: 19},
            reason="Two rounds of appeals.",
        )
    assert "Erased 19 months after the campaign has ended." in visitor.get("/what-we-collect").text
    for name in ("application_notice", "appropriate_policy", "impact_assessment"):
        assert "19" in client.get(f"/data-protection/file?document={name}").text
    assert (
        "uploads are not scanned" in client.get("/data-protection/file?document=appropriate_policy").text.lower()
    )


@pytest.mark.sqlite_only
def test_there_is_no_other_document(client):
    assert client.get("/data-protection/file?document=document").status_code == 404
    assert client.get("/data-protection/file?document=../base").status_code == 404


@pytest.mark.sqlite_only
def test_with_several_bodies_the_public_page_asks_which(world):
    with world.staff_desk.sessions.writing() as session:
        add_organisation(session, desk=world.staff_desk, name="Another Body", slug="another")
    page = world.public_client().get("/what-we-collect").text
    assert "/what-we-collect?body=another" in page
    assert "This is what Another Body collects" in world.public_client().get("/what-we-collect?body=another").text
    assert world.public_client().get("/what-we-collect?body=absent").status_code == 404
