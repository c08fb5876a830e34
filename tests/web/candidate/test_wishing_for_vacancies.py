"""Several vacancies: which a candidate applies for and would like best, and who reads it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import TooSoon
from recruitment.services.campaigns import add_vacancy
from recruitment.services.drafts import read_draft
from recruitment.services.submissions import prepare_submission, submit_application
from recruitment.services.wishes import read_wishes
from recruitment.store.applications import Application, Preference
from recruitment.store.campaigns import list_vacancies
from tests.support.drafting import complete_draft


@pytest.fixture
def two_vacancies(world):
    """An open campaign with posts in two places, a candidate with a draft there, and the vacancies' ids."""
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    with world.staff_desk.sessions.writing() as session:
        add_vacancy(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign, title="In Leeds",
            location="Leeds", reason="A second office.",
        )  # fmt: skip
    candidate = world.add_candidate("one@example.org")
    complete_draft(world, campaign, candidate)
    with world.staff_desk.sessions.reading() as session:
        keys = [vacancy.id for vacancy in list_vacancies(session, campaign)]
    client = world.public_client()
    world._set_session(client, f"candidate:{candidate.id}:1")
    return campaign, candidate, keys, client


def save(client, campaign, **typed):
    path = f"/campaigns/{campaign}/application/vacancies"
    version = client.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    return client.post(path, data={"version": version, **typed})


def test_a_first_choice_is_among_those_applied_for_and_kept(world, two_vacancies):
    campaign, candidate, (first, second), client = two_vacancies
    refused = save(client, campaign, vacancies=[str(first)], first_choice=str(second), working_pattern="part_time")
    assert refused.status_code == 400 and "that you are applying for" in refused.text
    answer = save(
        client,
        campaign,
        vacancies=[str(first), str(second)],
        first_choice=str(second),
        working_pattern="part_time",
    )
    assert answer.status_code == 303
    asked = {"actor": candidate, "desk": world.public_desk, "campaign_id": campaign}
    with world.public_desk.sessions.reading() as session:
        content = read_draft(session, **asked).content
        assert (content.first_choice, content.working_pattern) == (str(second), "part_time")
        ready = prepare_submission(session, **asked, copy_text="A copy.")
    with world.public_desk.sessions.writing() as session:
        submit_application(session, actor=candidate, desk=world.public_desk, submission=ready)
    with world.staff_desk.sessions.reading() as session:
        mine = session.execute(
            select(Preference.vacancy_id, Preference.is_first)
            .join(Application, Application.id == Preference.application_id)
            .where(Application.candidate_id == candidate.id)
        ).all()
    assert dict(mine) == {first: False, second: True}


def test_nobody_reads_wishes_before_the_reveal(world, two_vacancies):
    campaign, *_ = two_vacancies
    with pytest.raises(TooSoon), world.staff_desk.sessions.reading() as session:
        read_wishes(session, actor=world.actor("recruiter"), campaign_id=campaign)


def test_after_the_reveal_wishes_stand_beside_the_names_and_where_posts_are_filled(world):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=12)
    with world.staff_desk.sessions.writing() as session:
        for row in session.scalars(select(Preference).where(Preference.campaign_id == campaign)):
            row.is_first = True
    with world.staff_desk.sessions.reading() as session:
        wishes = read_wishes(session, actor=world.actor("recruiter"), campaign_id=campaign)
    assert wishes and all(wish.first for wish in wishes.values())
