"""A first sift from its plan to the ranking, through the pages of everybody who has a part in it."""

from __future__ import annotations

import html
import re

from recruitment.rules.campaigns import CampaignState
from recruitment.services import coverage
from recruitment.services.campaigns import open_campaign
from recruitment.services.drafts import asked_questions
from recruitment.services.late_applications import hand_out_late
from recruitment.store.campaigns import Campaign
from tests.support.canaries import Withheld, apply
from tests.support.entering import add_colleague
from tests.support.first_sifts import (
    LEAD,
    act,
    applications_of,
    apply_some,
    begun,
    closed,
    criterion_of,
    frozen,
    planned,
    revealed,
    score_queues,
    settled,
)


def words_of(page):
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_a_first_sift_from_its_plan_to_the_ranking(world, as_staff):
    campaign = world.campaign(until=CampaignState.DRAFT)
    base, client = f"/campaigns/{campaign}", as_staff("recruiter")
    assert "Only where very many will apply" in words_of(client.get(base))
    page = words_of(client.get(f"{base}/first-sift"))
    assert LEAD in page and "cannot be raised" in page and "Judgement" not in page
    refused = client.post(f"{base}/first-sift", data={"criterion": "0" * 32})
    assert refused.status_code == 400 and "There is a problem" in words_of(refused)
    lead = criterion_of(world, campaign).hex
    assert client.post(f"{base}/first-sift", data={"criterion": lead}).status_code == 303
    assert client.post(f"{base}/open").status_code in (302, 303)
    world.clock.advance(days=1)

    public = world.public_client()
    advert = words_of(public.get(f"/campaigns/{campaign}"))
    assert f"We may hold a first sift. In it we read only what you write on “{LEAD}” (question 2)." in advert
    assert advert.index("First sift") < advert.index("Interview")
    apply_some(world, campaign, 6)
    assert "after applications close" in words_of(client.get(f"{base}/first-sift/decision"))
    assert "none can be added" not in words_of(client.get(f"{base}/first-sift"))
    assert "minimum of this criterion: 4" in words_of(client.get(f"{base}/first-sift"))
    world.clock.advance(days=15)

    assert "Decide on the first sift" in words_of(client.get(f"{base}/sift"))
    assert client.post(f"{base}/sift/open").status_code == 409
    refused = client.post(f"{base}/first-sift/decision", data={"held": "yes", "reason": " "})
    assert refused.status_code == 400 and "Say why" in words_of(refused)
    assert re.search(r'value="yes"[^>]*checked|checked[^>]*value="yes"', refused.text), "what was chosen is kept"
    assert (
        client.post(f"{base}/first-sift/decision", data={"held": "yes", "reason": "212 applied."}).status_code
        == 303
    )
    page = words_of(client.get(f"{base}/sift"))
    assert "at first only answers on “Weighing evidence” are handed out (question 2)" in page
    assert client.post(f"{base}/sift/open").status_code == 303

    page = words_of(client.get(f"{base}/sift"))
    assert "212 applied." in page and "6 answers lack a score" in page
    assert client.post(f"{base}/first-sift/close").status_code == 409
    scorer = world.public_client()
    world.sign_in(scorer, "shortlister_one")
    queue = scorer.get(f"/sift/{campaign}")
    assert "This is the first sift" in words_of(queue) and "Question 1 " not in words_of(queue)
    score_queues(world, campaign, applications_of(world, campaign)[:2])
    page = words_of(client.get(f"{base}/sift"))
    assert "Close the first sift" in page and "once the first sift is closed" in page
    said = client.post(f"{base}/first-sift/close", follow_redirects=True)
    assert "4 applications read in full, 2 below the minimum" in said.text
    assert "Below the minimum 2" in words_of(said)

    queue = scorer.get(f"/sift/{campaign}")
    assert "This is the first sift" not in words_of(queue) and "Question 1 " in words_of(queue)
    handle = re.search(rf"/sift/{campaign}/answers/([0-9a-f-]+)", queue.text)[1]
    answer = scorer.get(f"/sift/{campaign}/answers/{handle}")
    assert "The first sift was closed on this score" in words_of(answer)
    typed = {f"score-{criterion_of(world, campaign)}": "7"}
    late = scorer.post(f"/sift/{campaign}/answers/{handle}", data=typed)
    assert late.status_code == 409 and "its scores stand" in words_of(late)
    score_queues(world, campaign)
    assert client.post(f"{base}/sift/lock").status_code == 303
    page = words_of(client.get(f"{base}/ranking"))
    assert "Not past the first sift" in page and "2 applications were below the minimum" in page


def test_without_criteria_the_page_says_what_comes_first(world, as_staff):
    client = as_staff("recruiter")
    made = client.post(
        "/campaigns/new",
        data={"title": "A post", "kind": "external", "opens_on-day": "1", "opens_on-month": "10",
              "opens_on-year": "2026", "opens_time": "09:00", "closes_on-day": "20", "closes_on-month": "10",
              "closes_on-year": "2026", "closes_time": "17:00", "shortlisters_per_answer": "2"},
    )  # fmt: skip
    assert made.status_code == 303, words_of(made)
    page = words_of(client.get(f"{made.location}/first-sift"))
    assert "There are no criteria of the sift yet" in page


def test_once_the_advert_is_out_none_can_be_added_or_taken_away(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    client = as_staff("recruiter")
    assert "none can be added" in words_of(client.get(f"/campaigns/{campaign}/first-sift"))
    refused = client.post(
        f"/campaigns/{campaign}/first-sift", data={"criterion": criterion_of(world, campaign).hex}
    )
    assert refused.status_code == 409
    assert client.get(f"/campaigns/{campaign}/first-sift/decision").status_code == 303


def test_a_plan_is_taken_back_and_a_decision_changed(world, as_staff):
    campaign = planned(world)
    client = as_staff("recruiter")
    page = client.get(f"/campaigns/{campaign}/first-sift")
    assert re.search(rf'value="{criterion_of(world, campaign).hex}"[^>]*checked', page.text)
    assert client.post(f"/campaigns/{campaign}/first-sift", data={"criterion": "none"}).status_code == 303
    other = closed(world, 3)
    for held in ("yes", "no"):
        client.post(f"/campaigns/{other}/first-sift/decision", data={"held": held, "reason": f"So: {held}."})
    page = words_of(client.get(f"/campaigns/{other}/sift"))
    assert "No first sift is held" in page and "So: no." in page


def test_the_first_screen_and_the_steps_say_that_the_first_sift_waits(world, as_staff):
    campaign = begun(world, 3)
    client = as_staff("recruiter")
    assert "3 applications in it" in words_of(client.get(f"/campaigns/{campaign}"))
    score_queues(world, campaign)
    assert "Arrange moderation, or close the first sift" in words_of(client.get("/"))
    assert "no ranking yet" in words_of(client.get(f"/campaigns/{campaign}/sift/agreement"))


def test_who_comes_late_is_said_to_be_in_it_again_and_who_does_what(world, as_staff):
    campaign, _ = settled(world, cut=2, applications=6)
    client = as_staff("recruiter")
    assert "after you closed it" not in words_of(client.get(f"/campaigns/{campaign}/sift"))
    late = apply(
        world, campaign, Withheld(email="late@example.org"), actor=world.add_candidate("late@example.org")
    )
    act(world, hand_late, campaign, application_id=late)
    page = words_of(client.get(f"/campaigns/{campaign}/sift"))
    assert "1 application is in it after you closed it: it came late, or a score was set aside" in page
    assert "Close the first sift again soon" in page


def hand_late(session, *, actor, desk, campaign_id, application_id):
    campaign = session.get_one(Campaign, campaign_id)
    return hand_out_late(session, actor=actor, desk=desk, campaign=campaign, application_id=application_id)


def test_evidence_and_letters_are_read_on_their_pages(world, as_staff):
    campaign, _ = settled(world, cut=2, applications=6)
    score_queues(world, campaign)
    act(world, coverage.lock_scores, campaign)
    frozen(world, campaign)
    revealed(world, campaign)
    client = as_staff("recruiter")
    assert "Not past the first sift" in words_of(client.get(f"/campaigns/{campaign}/letters"))
    wording = words_of(client.get("/letter-wordings/not_past_first_sift"))
    assert "We did not score the rest of your application" in wording
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign).state = CampaignState.DECIDED
    evidence = words_of(client.get(f"/campaigns/{campaign}/evidence/read"))
    assert "held, its line the minimum of 4: 212 applied." in evidence


SAID_THERE = {
    "en": f"we read this part of everybody’s application first, for “{LEAD}”",
    "cy": f"byddwn yn darllen y rhan hon o gais pawb yn gyntaf, ar gyfer “{LEAD}”",
}


def test_the_advert_says_it_and_the_page_of_its_question_alone_in_both_languages(world):
    campaign = planned(world)
    act(world, open_campaign, campaign)
    world.clock.advance(days=1)
    client = world.public_client()
    page = words_of(client.get(f"/campaigns/{campaign}", headers={"Accept-Language": "cy"}))
    assert "Efallai y byddwn yn cynnal sifft gyntaf." in page and f"“{LEAD}” (cwestiwn 2)" in page
    world.sign_in_candidate(client)
    client.post(f"/campaigns/{campaign}/apply")
    with world.public_desk.sessions.reading() as session:
        asked = [one.id for one in asked_questions(session, campaign)]
    for language, said in SAID_THERE.items():
        pages = [
            words_of(client.get(f"/campaigns/{campaign}/application/question/{key}",
                                headers={"Accept-Language": language}))
            for key in asked
        ]  # fmt: skip
        assert [said in page for page in pages] == [False, True, False]


def test_whoever_types_for_somebody_reads_it_beside_that_question(world, as_staff):
    campaign = planned(world)
    act(world, open_campaign, campaign)
    world.clock.advance(days=1)
    add_colleague(world)
    client = as_staff("colleague")
    began = client.post("/entries", data={"campaign": campaign.hex, "format": "phone", "known": "no"})
    assert began.status_code == 303
    with world.public_desk.sessions.reading() as session:
        asked = [one.id for one in asked_questions(session, campaign)]
    pages = [words_of(client.get(f"{began.location}/questions/{key}")) for key in asked]
    assert ["this is read first of everybody" in page for page in pages] == [False, True, False]
