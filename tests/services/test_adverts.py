"""A campaign's advert and questions: what is found is changed, or kept with a reason."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState, QuestionKind
from recruitment.rules.errors import Invalid, NotAllowed, Stale
from recruitment.services.adverts import advert_standing, keep_hits, read_advert_check, record_look
from recruitment.services.campaigns import add_question, change_campaign, missing_for_opening
from recruitment.services.trail import list_events


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.DRAFT)


class Acting:
    """The recruiter at one campaign."""

    def __init__(self, world, campaign, part="recruiter"):
        self.desk = world.staff_desk
        self.asked = {"actor": world.actor(part), "campaign_id": campaign}
        self.campaign = campaign

    def do(self, act, **options):
        with self.desk.sessions.writing() as session:
            return act(session, **self.asked, desk=self.desk, **options)

    def read(self):
        with self.desk.sessions.reading() as session:
            return read_advert_check(session, **self.asked)

    def standing(self):
        with self.desk.sessions.reading() as session:
            return advert_standing(session, self.campaign)

    def summary(self, text):
        self.do(change_campaign, summary=text)

    def keep(self, *rules, **options):
        hits = [hit.fingerprint for hit in self.read().open_hits if not rules or hit.rule in rules]
        options.setdefault("reason", "The work needs it.")
        self.do(keep_hits, fingerprints=hits, **options)


def test_nothing_is_done_until_somebody_looked_and_every_hit_is_resolved(world, campaign):
    recruiter = Acting(world, campaign)
    before = recruiter.standing()
    assert (before.is_checked, before.is_done) == (False, False)
    assert before.open > 0
    looked = recruiter.do(record_look)
    assert (looked.is_checked, looked.is_done) == (True, False)
    recruiter.keep()
    after = recruiter.standing()
    assert (after.open, after.kept, after.is_done) == (0, before.open, True)


def test_a_hit_goes_away_when_the_words_change_and_counts_as_changed(world, campaign):
    recruiter = Acting(world, campaign)
    recruiter.summary("We are a young team.")
    recruiter.do(record_look)
    assert "age_wording" in [hit.rule for hit in recruiter.read().open_hits]
    recruiter.summary("We are a team of nine.")
    assert "age_wording" not in [hit.rule for hit in recruiter.read().open_hits]
    assert recruiter.standing().changed == 1
    assert not recruiter.standing().is_checked, "nobody has looked at the new text"


def test_what_is_kept_stays_kept_while_its_sentence_stays_and_is_asked_again_when_it_changes(world, campaign):
    recruiter = Acting(world, campaign)
    recruiter.summary("We are a young team. We sit in Leeds.")
    recruiter.keep("age_wording", reason="The team was founded last year.")
    recruiter.summary("We are a young team. We sit in York.")
    (kept,) = recruiter.read().kept.values()
    assert kept.reason == "The team was founded last year."
    assert "age_wording" not in [hit.rule for hit in recruiter.read().open_hits]
    recruiter.summary("We are a young team for young people.")
    assert "age_wording" in [hit.rule for hit in recruiter.read().open_hits]


def test_a_reason_is_needed_and_what_is_no_longer_found_is_refused(world, campaign):
    recruiter = Acting(world, campaign)
    recruiter.summary("We are a young team.")
    held = [hit.fingerprint for hit in recruiter.read().open_hits if hit.rule == "age_wording"]
    with pytest.raises(Invalid, match="Say why"):
        recruiter.do(keep_hits, fingerprints=held, reason=" ")
    with pytest.raises(Invalid, match="Select what"):
        recruiter.do(keep_hits, fingerprints=[], reason="Because.")
    recruiter.summary("We are a team.")
    with pytest.raises(Stale):
        recruiter.do(keep_hits, fingerprints=held, reason="Because.")


def test_an_advert_for_one_sex_keeps_the_campaign_from_opening_until_hr_confirms_it(world, campaign):
    recruiter = Acting(world, campaign)
    recruiter.summary("A support worker in a refuge. Women only.")

    def stopped():
        with world.staff_desk.sessions.reading() as session:
            return [
                sentence for sentence in missing_for_opening(session, campaign) if "characteristic" in sentence
            ]

    assert len(stopped()) == 1
    with pytest.raises(Invalid, match="who in HR"):
        recruiter.keep("restricted_to_a_group")
    recruiter.keep(
        "restricted_to_a_group",
        reason="Equality Act 2010 Schedule 9 paragraph 1: privacy of women in the refuge.",
        confirmed_by="Ada Bell, head of HR",
    )
    assert stopped() == []
    assert recruiter.standing().open_stops == 0


def test_a_question_about_health_stops_too(world, campaign):
    recruiter = Acting(world, campaign)
    recruiter.do(add_question, kind=QuestionKind.ANSWER, text="How many days of sickness absence had you?")
    assert recruiter.standing().open_stops == 1


def test_looking_and_keeping_are_on_the_trail_with_reason_and_who_confirmed(world, campaign):
    recruiter = Acting(world, campaign)
    recruiter.summary("Women only.")
    recruiter.do(record_look)
    recruiter.keep("restricted_to_a_group", reason="Schedule 9.", confirmed_by="Ada Bell")
    with world.staff_desk.sessions.reading() as session:
        events = {row.event: row.detail for row in list_events(session, campaign)}
    assert events["advert_checked"]["open"] > 0
    kept = events["advert_wording_kept"]
    assert (kept["rules"], kept["reason"], kept["confirmed_by"]) == (
        ["restricted_to_a_group"], "Schedule 9.", "Ada Bell",
    )  # fmt: skip


@pytest.mark.parametrize("part", ["shortlister_three", "analyst", "auditor"])
def test_nobody_but_a_recruiter_of_the_campaign_may(world, campaign, part):
    other = Acting(world, campaign, part)
    with pytest.raises(NotAllowed):
        other.read()
    with pytest.raises(NotAllowed):
        other.do(record_look)
    with pytest.raises(NotAllowed):
        other.do(keep_hits, fingerprints=["x"], reason="Because.")
