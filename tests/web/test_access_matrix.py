"""Deny by default, proven by behaviour: everybody, at every address of both sites, with every method."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site
from tests.support.every_table import read_rows
from tests.support.foreign_ids import check_foreign_ids, foreign_ids
from tests.support.visitors import CANDIDATES, EVERYBODY, STAFF, Address, Visitors, addresses, plain

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
PANEL = frozenset({"chair", "lead", "member"})
SECOND = frozenset({"chair", "deputy"})
WATCHERS = frozenset({"recruiter", "analyst", "auditor"})
# Who recruits in some campaign, or administers a body; the colleague makes a campaign of their own.
RECRUITING = frozenset({"recruiter", "administrator", "colleague", "foreigner"})
# Who keeps the calendar of groups: analysts, and administrators.
KEEPING = frozenset({"analyst", "administrator", "foreigner"})
# Everybody with a part in the campaign but shortlisters, who know it as a sift and by no other page.
IN_CAMPAIGN = PANEL | SECOND | WATCHERS


def table(rows: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {endpoint: who for endpoints, who in rows.items() for endpoint in endpoints.split()}


SHARED = {
    "static pages.accessibility pages.collected pages.privacy pages.cookies pages.help": EVERYBODY,
    "account.sign_in account.enrol account.signed_out": EVERYBODY,
}
PUBLIC = table(
    SHARED
    | {
        "account.sign_out": STAFF | CANDIDATES,
        "account.check_email account.open_link account.sign_in_staff": EVERYBODY,
        "candidate.vacancies candidate.advert candidate.start candidate.choose_language": EVERYBODY,
        "candidate.assessments candidate.assessment candidate.json_feed candidate.rss_feed": EVERYBODY,
        "candidate.own_applications candidate.begin": CANDIDATES,
        "candidate.your_data candidate.ask_for_copy candidate.stop_equality": CANDIDATES,
        "candidate.letter_questions candidate.correct candidate.submitted": frozenset({"candidate"}),
        "candidate.names candidate.contact candidate.education candidate.tasks": frozenset({"candidate"}),
        "candidate.question candidate.adjustments candidate.disability_confident": frozenset({"candidate"}),
        "candidate.relationships candidate.chosen_vacancies candidate.erase": frozenset({"candidate"}),
        "candidate.hide_passage candidate.show_passage_again candidate.typed_prompts": frozenset({"candidate"}),
        "candidate.ask_for_passage candidate.leave_passage_hidden candidate.preview": frozenset({"candidate"}),
        "candidate.check candidate.copy candidate.submit candidate.eligibility": frozenset({"candidate"}),
        "candidate.more_time candidate.ask_more_time": CANDIDATES,
        "candidate.tell_source candidate.withdraw candidate.withdraw_confirmed": frozenset({"candidate"}),
        "candidate.correct_name candidate.use_again candidate.give_time_back": frozenset({"candidate"}),
        "candidate.appointment candidate.appointment_calendar candidate.restrict": frozenset({"candidate"}),
        "candidate.equality_start candidate.equality_questions candidate.equality_done": frozenset({"candidate"}),
        "candidate.equality_change candidate.equality_withdraw candidate.objection": frozenset({"candidate"}),
        "shortlister.home": STAFF,
        "shortlister.queue shortlister.next_answer shortlister.moderation_list": frozenset({"shortlister"}),
        "shortlister.answer shortlister.score shortlister.recognise": frozenset({"shortlister"}),
        "shortlister.report shortlister.samples shortlister.sample": frozenset({"shortlister"}),
        "shortlister.moderation_case": frozenset({"shortlister"}),
    }
)
INNER = table(
    SHARED
    | {
        "account.sign_out account.morning_mail recruiter.home recruiter.new_campaign analyst.releases": STAFF,
        "account.stop_morning_mail": EVERYBODY,
        "recruiter.templates recruiter.begin entries.home post_room.home post_room.find": STAFF,
        "entries.tasks entries.section entries.question entries.preview entries.hide": frozenset({"colleague"}),
        "entries.marks entries.check entries.send entries.sent entries.more_time": frozenset({"colleague"}),
        "entries.drop entries.leave post_room.recognised post_room.change": frozenset({"colleague"}),
        "post_room.correct": frozenset({"colleague"}),
        "post_room.paper post_room.posted post_room.put_back": frozenset({"colleague", "administrator"}),
        "post_room.take_over entries.take": frozenset({"colleague", "administrator"}),
        "recruiter.drop_kept_template": frozenset({"analyst", "administrator"}),
        "analyst.publications analyst.publication analyst.publication_file": STAFF,
        "analyst.calendar analyst.groups analyst.group analyst.due": STAFF,
        "analyst.group_report analyst.group_report_page analyst.group_report_sheets": STAFF,
        "analyst.trend analyst.trend_sheets": STAFF,
        "analyst.joint_list analyst.joint analyst.joint_figures analyst.joint_trend analyst.joint_sheets": STAFF,
        "analyst.new_joint analyst.join_joint": KEEPING,
        "analyst.write_joint analyst.agree_joint analyst.invite_joint": KEEPING - {"foreigner"},
        "analyst.drop_joint": KEEPING - {"foreigner"},
        "analyst.eds_list analyst.eds analyst.eds_page analyst.eds_ods": STAFF,
        "analyst.write_eds": KEEPING - {"foreigner"},
        "analyst.add_usual": KEEPING,
        "analyst.make_group_report analyst.drop_group analyst.drop_entry": KEEPING - {"foreigner"},
        "analyst.new_publication analyst.comparisons analyst.new_target": frozenset({"analyst"}),
        "analyst.remove_target analyst.publication_request analyst.crossings": frozenset({"analyst"}),
        "analyst.declaration_rates analyst.declaration_drives": frozenset(
            {"analyst", "administrator", "foreigner"}
        ),
        "analyst.new_drive": frozenset({"analyst", "administrator", "foreigner"}),
        "analyst.declaration_drive": frozenset({"analyst", "administrator"}),
        "analyst.returns": frozenset({"analyst", "administrator", "foreigner"}),
        "analyst.agree_to_return": frozenset({"administrator"}),
        "analyst.make_return": frozenset({"analyst"}),
        "recruiter.clearance_queue": STAFF,
        "recruiter.campaign recruiter.calendar recruiter.calendar_file": IN_CAMPAIGN,
        "recruiter.clearance recruiter.show_passages recruiter.decide": frozenset({"recruiter", "member"}),
        "recruiter.second_look recruiter.mark_words recruiter.looked": frozenset({"recruiter", "member"}),
        "recruiter.details recruiter.open_page recruiter.open_now recruiter.volume_rule": frozenset({"recruiter"}),
        "recruiter.close recruiter.more_time recruiter.change_dates": frozenset({"recruiter"}),
        "recruiter.keep_as_template recruiter.sources": frozenset({"recruiter"}),
        "recruiter.closing_times recruiter.agree_to_closing recruiter.refuse_to_close": frozenset(
            {"recruiter", "member", "chair", "deputy"}
        ),
        "recruiter.requirements recruiter.eligibility": frozenset({"recruiter"}),
        "recruiter.outside_scorers": frozenset({"recruiter", "chair", "deputy"}),
        "recruiter.outside_scorer": SECOND,
        "recruiter.open_eligibility recruiter.decide_requirements": frozenset({"recruiter"}),
        "recruiter.criteria recruiter.new_criterion recruiter.criterion": frozenset({"recruiter"}),
        "recruiter.questions recruiter.new_question recruiter.question": frozenset({"recruiter"}),
        "recruiter.vacancies recruiter.new_vacancy recruiter.vacancy": frozenset({"recruiter"}),
        "recruiter.drop_criterion recruiter.drop_question recruiter.drop_vacancy": frozenset({"recruiter"}),
        "recruiter.sample_answers recruiter.new_sample_answer recruiter.sample_answer": frozenset({"recruiter"}),
        "recruiter.drop_sample_answer recruiter.leave_out_samples": frozenset({"recruiter"}),
        "recruiter.advert_check recruiter.advert_looked recruiter.keep_wording": frozenset({"recruiter"}),
        "recruiter.people recruiter.give recruiter.take recruiter.panel_page": frozenset({"recruiter"}),
        "recruiter.copy recruiter.reserves recruiter.import_page": frozenset({"recruiter"}),
        "recruiter.import_confirmed": frozenset({"recruiter"}),
        "recruiter.export recruiter.exported_outcomes recruiter.exported_starters": frozenset({"recruiter"}),
        "recruiter.letters recruiter.preview_of_letter recruiter.decide_letter": frozenset({"recruiter"}),
        "recruiter.letter_wordings recruiter.letter_wording recruiter.new_letter_wording": RECRUITING,
        "recruiter.approve_letter_wording": RECRUITING,
        "recruiter.questions_asked recruiter.question_asked": frozenset({"recruiter"}),
        "recruiter.show_question recruiter.answer": frozenset({"recruiter"}),
        "recruiter.check_panel recruiter.panel_details recruiter.panel_question": frozenset({"recruiter"}),
        "recruiter.panel_pack recruiter.panel_waiver recruiter.panel_reason": frozenset({"recruiter"}),
        "recruiter.bookings recruiter.book recruiter.cancel recruiter.substitute": frozenset({"recruiter"}),
        "recruiter.slots recruiter.slot_plan recruiter.offer recruiter.drop_time": frozenset({"recruiter"}),
        "recruiter.invite_rest recruiter.invite_one recruiter.attendance": frozenset({"recruiter"}),
        "recruiter.interviews_calendar recruiter.marks recruiter.mark_rule": frozenset({"recruiter"}),
        "recruiter.mark_sheet recruiter.close_marks recruiter.slot_days recruiter.agree": frozenset({"recruiter"}),
        "panel.calendar": PANEL,
        "pool.home pool.membership pool.answers pool.withdraw_answers pool.leave": STAFF,
        "pool.training pool.remove_training pool.absences pool.remove_absence": STAFF,
        "pool.members pool.year pool.proposals pool.propose pool.questions pool.draft pool.waivers": RECRUITING,
        "pool.confirm": RECRUITING - {"foreigner"},
        "pool.waiver": frozenset({"administrator", "colleague"}),
        "pool.approve pool.retire": frozenset({"administrator"}),
        "pool.take": frozenset({"recruiter"}),
        "recruiter.sift recruiter.start_sift recruiter.moderate": frozenset({"recruiter"}),
        "recruiter.evidence recruiter.read_evidence": frozenset({"recruiter", "auditor"}),
        "recruiter.make_evidence_pack recruiter.quality_checklist": frozenset({"recruiter", "auditor"}),
        "recruiter.sign_quality_checklist recruiter.settle_quality_items": frozenset({"recruiter"}),
        "recruiter.plans recruiter.plan recruiter.plan_report": STAFF,
        "recruiter.new_action recruiter.action recruiter.choose_plan": RECRUITING,
        "auditor.audits": STAFF,
        "auditor.audit": frozenset({"auditor", "administrator"}),
        "auditor.draw_sample auditor.choose_sample auditor.complete": frozenset({"auditor"}),
        "auditor.campaign_audit": frozenset({"auditor"}),
        "recruiter.scorer_agreement recruiter.send_borderline": frozenset({"recruiter"}),
        "recruiter.fill recruiter.lock recruiter.ranking recruiter.first_sift": frozenset({"recruiter"}),
        "recruiter.first_sift_decision recruiter.close_first_sift": frozenset({"recruiter"}),
        "recruiter.adjustments recruiter.show_adjustments recruiter.open_opt_ins": frozenset({"recruiter"}),
        "recruiter.shortlist recruiter.freeze recruiter.ask recruiter.names": frozenset({"recruiter"}),
        "panel.home": PANEL | SECOND,
        "panel.reveal panel.agree panel.agreed panel.reserve": SECOND,
        "panel.names panel.names_by_link panel.show_form panel.score panel.scored": PANEL,
        "panel.conflicts panel.cases panel.challenges panel.pack panel.discussion": PANEL,
        "panel.ruling panel.answer panel.agree_on": frozenset({"chair"}),
        "panel.tie_breaks panel.begin panel.tie_break_form panel.record_tie_break": frozenset({"chair"}),
        "panel.tie_break_by_link panel.open_record panel.drop_record": frozenset({"chair"}),
        "panel.checklist panel.checklist_item": frozenset({"lead"}),
        "panel.merit panel.merit_by_link panel.decide panel.decided": frozenset({"chair"}),
        "analyst.release analyst.release_file": WATCHERS,
        "analyst.confirm_release analyst.release_now analyst.count_at_cut_off": frozenset({"analyst"}),
        "auditor.trail auditor.check auditor.trail_jsonl": frozenset({"auditor"}),
        "admin.people admin.new_person admin.add admin.person": frozenset({"administrator", "foreigner"}),
        "admin.settings admin.panel_rules admin.checklist admin.reporting_year": frozenset(
            {"administrator", "foreigner"}
        ),
        "admin.webhooks admin.ready admin.organisation admin.without_recruiter admin.invite": frozenset(
            {"administrator", "foreigner"}
        ),
        "admin.webhook admin.test_webhook admin.drop_webhook": frozenset({"administrator"}),
        "admin.change admin.retire admin.come_back admin.separate": frozenset({"administrator", "foreigner"}),
        "admin.question_sets admin.preview_questions": frozenset({"administrator", "foreigner"}),
        "admin.assessments admin.new_assessment admin.rights": frozenset({"administrator", "foreigner"}),
        "admin.right admin.send_copy admin.end_right": frozenset({"administrator"}),
        "admin.retention admin.retention_periods admin.data_protection admin.data_protection_file": frozenset(
            {"administrator", "foreigner"}
        ),
        "admin.holds admin.new_hold": RECRUITING,
        "admin.hold admin.review_of_hold admin.release_of_hold": frozenset({"recruiter", "administrator"}),
        # The two who placed it alone: tests/services/test_holds.py.
        "admin.hold_papers": frozenset(),
        "admin.assessment admin.write_assessment admin.publish_assessment": frozenset({"administrator"}),
    }
)
# What a person of another body may do there is theirs to do at home only.
ELSEWHERE = table(
    {
        "admin.person admin.invite": frozenset({"foreigner"}),
        "admin.change admin.retire admin.come_back admin.separate": frozenset({"foreigner"}),
        "admin.webhook admin.test_webhook admin.drop_webhook": frozenset({"foreigner"}),
        "admin.right recruiter.drop_kept_template": frozenset({"foreigner"}),
        "admin.hold admin.hold_papers admin.review_of_hold admin.release_of_hold": frozenset({"foreigner"}),
        "analyst.publication analyst.publication_file": frozenset({"foreigner"}),
        "analyst.group analyst.due analyst.group_report": frozenset({"foreigner"}),
        "analyst.group_report_page analyst.group_report_sheets": frozenset({"foreigner"}),
        "analyst.eds analyst.eds_page analyst.eds_ods": frozenset({"foreigner"}),
        "analyst.joint analyst.joint_figures analyst.joint_trend analyst.joint_sheets": frozenset({"foreigner"}),
        "auditor.audit auditor.campaign_audit auditor.draw_sample": frozenset({"foreigner"}),
        "auditor.choose_sample auditor.complete": frozenset({"foreigner"}),
        "recruiter.plan recruiter.plan_report recruiter.new_action recruiter.action": frozenset({"foreigner"}),
    }
)
NOT_YET = "analyst.release_file"  # nothing before the release; `test_a_released_funnel…` opens it
# Sent last: they end the session, sign somebody else in, or take something away.
LAST = ("candidate.begin", "candidate.withdraw_confirmed", "candidate.erase", "account.open_link",
        "account.sign_out", "post_room.posted")  # fmt: skip


@pytest.fixture
def public(world) -> Visitors:
    """A sift under way, with one answer in moderation."""
    return Visitors(world, world.campaign(until=CampaignState.SIFTING))


@pytest.fixture
def inner(world) -> Visitors:
    """Names revealed and interviews under way."""
    return Visitors(world, world.campaign(until=CampaignState.REVEALED, applications=12))


def asked(app: Flask, found: list[Address], expected: dict, name: str) -> Iterator[tuple]:
    """(address, method, endpoint, whether it is allowed), what is refused first and what ends things last."""
    every = [
        (one, method, endpoint := one.endpoints.get(method, ""), name in expected.get(endpoint, ()))
        for one in found
        for method in METHODS
    ]
    yield from sorted(
        every, key=lambda row: (row[3], row[1] == "POST", row[2].split(".")[-1].startswith("drop"), row[2] in LAST)
    )


def check(visitors: Visitors, app: Flask, expected: dict, name: str, site: Site) -> None:
    values = visitors.values()
    if site is Site.PUBLIC:
        values["criterion_id"] = visitors.moderate_one()
    else:
        values |= visitors.trouble_panel()
    found = list(addresses(app, values, visitors.tokens(site)))
    client = visitors.client(app, name)
    # Roles are taken away by a button with both of these; without them there is nothing to take.
    bodies = {
        "recruiter.take": {"person": visitors.people["deputy"].hex, "role": "deputy"},
        # A look is at one text of the sample.
        "recruiter.looked": {"look": "1"},
        "recruiter.drop_time": {"slot": values["slot_id"].hex if "slot_id" in values else ""},
        "recruiter.attendance": {"came": "yes"},
        "recruiter.substitute": {"member": visitors.people["member"].hex, "substitute": uuid4().hex},
        "pool.confirm": visitors.a_training() if site is Site.STAFF else {},
        "pool.take": {"campaign": visitors.campaign_id.hex},
    }
    absent = plain(client.get("/there-is-no-such-page"))
    with visitors.world.staff_desk.sessions.engine.connect() as connection:
        before = read_rows(connection)
    is_compared = False
    for address, method, endpoint, is_allowed in asked(app, found, expected, name):
        if is_allowed and not is_compared:
            with visitors.world.staff_desk.sessions.engine.connect() as connection:
                assert read_rows(connection) == before, f"A refused request of {name} changed the database"
            is_compared = True
        answer = client.open(address.path, method=method, data=bodies.get(endpoint), buffered=True)
        told = (name, method, address.path, endpoint, answer.status_code, answer.location)
        if not endpoint:
            assert answer.status_code == 405, told
            assert set(answer.headers["Allow"].split(", ")) >= set(address.endpoints), told
        elif is_allowed and endpoint != NOT_YET:
            assert answer.status_code not in (403, 404, 405), told
            assert answer.status_code < 500, told
            assert not (answer.location or "").startswith("/sign-in"), told
        elif name == "nobody" or (name in CANDIDATES and site is Site.STAFF):
            # A candidate's cookie is worth nothing on the staff site.
            is_sign_in = (answer.location or "").startswith("/sign-in?next=") or "Sign in" in answer.text
            assert (answer.status_code, is_sign_in) == (200 if method == "POST" else 302, True), told
        else:
            assert answer.status_code == 404, told
            assert method == "HEAD" or plain(answer) == absent, told
    assert is_compared


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_on_the_public_site_everybody_opens_what_is_theirs_and_nothing_else(public, name):
    check(public, public.world.public_app, PUBLIC, name, Site.PUBLIC)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_on_the_staff_site_everybody_opens_what_is_theirs_and_nothing_else(inner, name):
    expected = {endpoint: who - ELSEWHERE.get(endpoint, frozenset()) for endpoint, who in INNER.items()}
    check(inner, inner.world.staff_app, expected, name, Site.STAFF)


@pytest.mark.sqlite_only
def test_no_endpoint_is_missing_from_the_tables_and_demo_routes_are_absent(world):
    for app, expected in ((world.public_app, PUBLIC), (world.staff_app, INNER)):
        there = {rule.endpoint for rule in app.url_map.iter_rules()}
        assert not there - expected.keys(), (
            f"Say in tests/web/test_access_matrix.py who may open {sorted(there - expected.keys())}."
        )
        assert not expected.keys() - there, f"{sorted(expected.keys() - there)} are no longer there."
        assert not {endpoint for endpoint in there if "demo" in endpoint or "outbox" in endpoint}


@pytest.mark.sqlite_only
def test_a_released_funnel_is_downloaded_by_those_who_see_releases_and_nobody_else(world):
    visitors = Visitors(world, world.campaign(until=CampaignState.RELEASED, applications=12))
    path = f"/campaigns/{visitors.campaign_id}/release.csv"
    got = {name: visitors.client(world.staff_app, name).get(path).status_code for name in STAFF}
    assert got == {name: 200 if name in WATCHERS else 404 for name in STAFF}


@pytest.mark.sqlite_only
def test_on_the_public_site_what_is_anothers_looks_like_what_does_not_exist(public):
    world = public.world
    with world.staff_desk.sessions.reading() as session:
        anothers = public.world.people["shortlister_one"]
        public.people["rival"] = anothers
        handle = public.handle_of(session, "rival")
    assert handle is not None
    assert check_foreign_ids(public, world.public_app, foreign_ids(public) | {"handle": [handle]}) > 60


@pytest.mark.sqlite_only
def test_on_the_staff_site_what_is_anothers_looks_like_what_does_not_exist(world):
    visitors = Visitors(world, world.campaign(until=CampaignState.DRAFT))
    assert check_foreign_ids(visitors, world.staff_app, foreign_ids(visitors)) > 200


@pytest.mark.sqlite_only
def test_an_application_that_is_not_on_the_shortlist_looks_like_one_that_does_not_exist(inner):
    client = inner.client(inner.world.staff_app, "chair")
    absent = plain(client.get("/there-is-no-such-page"))
    at = f"/campaigns/{inner.campaign_id}/interviews/candidates/"
    assert client.get(f"{at}{inner.values()['application_id']}").status_code == 200
    for application_id in (inner.not_shortlisted(), uuid4()):
        for method in ("GET", "POST"):
            answer = client.open(f"{at}{application_id}", method=method)
            assert (answer.status_code, plain(answer) == absent) == (404, True)
