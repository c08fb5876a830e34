"""310 real CVs from an import to a released funnel; shortlisters sign in and score over HTTP."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from recruitment.app import create_public_app
from recruitment.commands.desks import acting_for
from recruitment.commands.sample import PARTS
from recruitment.commands.sample.scoring import score_interviews
from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignKind, CampaignState, QuestionKind
from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.import_mapping import Mapping
from recruitment.rules.outcomes import Outcome
from recruitment.services import (
    campaigns,
    coverage,
    criteria,
    moderation,
    outcomes,
    panel_arrangements,
    rankings,
    releases,
    reveals,
    roles,
    shortlists,
    sift,
)
from recruitment.services.accounts import Site, enrol, invite_person
from recruitment.services.import_files import read_file
from recruitment.services.import_runs import import_applications
from recruitment.services.passwords import new_factor
from recruitment.services.tallies import tally_campaign
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import Campaign, list_vacancies
from recruitment.store.sift import Allocation
from tests.support.real_cvs import CVS, MAPPING, judged, names_left, seeded
from tests.support.shortlister_browser import PASSWORD, Browser, Page, served
from tests.support.world import World

SCORERS = ("shortlister_one", "shortlister_two", "shortlister_three")
pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not CVS.exists(), reason="../shared/real/cvs.jsonl is not beside this checkout"),
]


@dataclass
class Run:
    """The campaign on its way, and how long every step took."""

    world: World
    record: Callable[[str, object], None]
    ordinary: frozenset[str]
    campaign_id: UUID
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages_read: int = 0
    left: list[tuple[str, list[str]]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        took, worked = time.perf_counter() - began, time.process_time() - worked
        self.record(f"seconds: {name}", round(took, 2))
        print(f"{took:8.2f} s ({worked:.2f} s of the processor)  {name}")

    def actor(self, part: str) -> Any:
        return self.world.actor(part)


def plan_campaign(world: World) -> UUID:
    """One CV scored against three criteria, three more at the interview."""
    desk, recruiter, now = world.staff_desk, world.actor("recruiter"), world.clock.now
    made: dict[str, Any] = {"actor": recruiter, "desk": desk}
    with desk.sessions.writing() as session:
        plan = campaigns.CampaignPlan("Developer", CampaignKind.EXTERNAL, now, now + timedelta(days=14))
        campaign_id = campaigns.create_campaign(session, plan=plan, **made)
        made["campaign_id"] = campaign_id
        campaigns.add_vacancy(session, title="Developer", posts=2, **made)
        cv = campaigns.add_question(session, kind=QuestionKind.CV, text="Upload your CV.", **made)
        guide = {score: f"level {score} of the evidence" for score in range(1, 8)}
        for name, stage in (("Building", 1), ("Teamwork", 1), ("Learning", 1), ("Judgement", 2), ("Inclusion", 2)):
            questions = (cv,) if stage == 1 else ()
            criterion = criteria.CriterionPlan(name, stage, "Evidence in the work.", 1, 4, guide, questions)
            criteria.add_criterion(session, plan=criterion, **made)
        panel_arrangements.write_inclusion_question(session, text="What did you make more inclusive?", **made)
        for part, wanted in PARTS.items():
            for role in wanted:
                roles.give_role(session, person_id=world.people[part], role=role, **made)
    with desk.sessions.writing() as session:
        campaigns.open_campaign(session, **made)
    return campaign_id


def import_cvs(run: Run, file: Path, mapping: Mapping) -> None:
    desk = run.world.staff_desk
    lines = [json.loads(line) for line in CVS.read_text("utf-8").splitlines() if line.strip()]
    random = Random(1)
    run.records = {line["id"]: seeded(line, number, random) for number, line in enumerate(lines)}
    file.write_text("".join(json.dumps(one) + "\n" for one in run.records.values()), encoding="utf-8")
    actor = acting_for(desk, run.campaign_id, "recruiter@body.example")
    summary = import_applications(desk, run.campaign_id, lambda: read_file(file, mapping), mapping, actor=actor)
    assert (summary.stored, summary.already_there) == (310, 0)
    answered = sum(any(one["equality"].values()) for one in run.records.values())
    assert summary.answered == answered


def sign_in_shortlisters(run: Run, app: Flask, port: int) -> list[Browser]:
    """Each is enrolled by an administrator's link, then signs in with password and code."""
    world, desk = run.world, run.world.public_desk
    administrator, browsers = system_actor(world.organisation_id), []
    for part in SCORERS:
        with desk.sessions.writing() as session:
            token = invite_person(
                session, actor=administrator, desk=desk, person_id=world.people[part], site=Site.PUBLIC
            )
        factor = pyotp.TOTP(new_factor())
        with desk.sessions.writing() as session:
            enrol(
                session,
                desk=desk,
                policy=app.extensions["password_policy"],
                token=token,
                site=Site.PUBLIC,
                password=PASSWORD,
                factor=factor.secret,
                code=factor.at(world.clock.now),
            )
        world.clock.advance(minutes=2)
        browser = Browser(port, part)
        browser.sign_in(f"{part.replace('_', '.')}@body.example", factor.at(world.clock.now))
        browsers.append(browser)
    return browsers


def score_queue(run: Run, browser: Browser, external_id_of: dict[str, str]) -> int:
    """Work through the whole queue as the pages lead: read, score, go on; how many scores."""
    queue = f"/sift/{run.campaign_id}"
    page, given = browser.get(f"{queue}/next"), 0
    while page.path.partition("?")[0] != queue:
        handle = page.path.partition("?")[0].rpartition("/")[2].partition("#")[0]
        text = page.answer()
        keep_watch(run, page, text, external_id_of[handle])
        waiting = [criterion for criterion in page.criteria() if not criterion.is_scored]
        value = judged(text, str(3 - len(waiting)), browser.part)
        fields = dict(page.fields)
        if value < 4:
            fields[f"reason-{waiting[0].id}"] = "General claims; little on the person's own part."
        to = browser.post(f"{queue}/answers/{handle}", fields | {f"score-{waiting[0].id}": str(value)})
        page, given = browser.get(to.partition("#")[0]), given + 1
    return given


def keep_watch(run: Run, page: Page, text: str, external_id: str) -> None:
    names = [run.records[external_id]["known"]["full_name"]]
    run.pages_read += 1
    left = names_left(text, names, run.ordinary)
    # Words that every page has around its answer tell of nobody: the shortlister's name, the labels.
    around = page.around()
    left += [word for word in names_left(around, names, run.ordinary) if word.lower() not in AROUND]
    if left:
        run.left.append((external_id, left))


AROUND: set[str] = set()


def waiting_cases(page: Page) -> str:
    """The part of the page under "Waiting for you", as far as its list goes."""
    return page.raw.partition(' id="waiting">')[2].partition("</ul>")[0]


def moderate(run: Run, browsers: list[Browser]) -> tuple[int, int]:
    """The cases arranged, and the proposals made to agree them: each proposes the middle of what all see."""
    desk, path = run.world.staff_desk, f"/sift/{run.campaign_id}/moderation"
    with desk.sessions.writing() as session:
        arranged = moderation.arrange_moderation(
            session, actor=run.actor("recruiter"), desk=desk, campaign_id=run.campaign_id
        )
    proposed = 0
    for browser in browsers:
        # The list shows a page at a time; what is answered leaves it.
        while waiting := re.findall(rf'href="({path}/[^"]+)"', waiting_cases(browser.get(path))):
            for case in waiting:
                page = browser.get(case)
                values = [int(value) for value in re.findall(r">First score</dt><dd[^>]*>(\d)</dd>", page.raw)]
                assert len(values) == 2
                middle = (sum(values) + 1) // 2
                browser.post(
                    case, page.fields | {"value": str(middle), "reason": "We read it again with the guide."}
                )
                proposed += 1
    return arranged, proposed


def lock_and_freeze(run: Run) -> int:
    desk, recruiter, chair = run.world.staff_desk, run.actor("recruiter"), run.actor("shortlister_one")
    made: dict[str, Any] = {"actor": recruiter, "desk": desk, "campaign_id": run.campaign_id}
    with desk.sessions.writing() as session:
        coverage.lock_scores(session, **made)
    with desk.sessions.reading() as session:
        ranking = rankings.read_ranking(session, actor=recruiter, campaign_id=run.campaign_id)
    able = [entry.total for entry in ranking.entries if entry.meets_minimum]
    with desk.sessions.writing() as session:
        shortlists.set_interview_line(session, line=able[40], reason="The panel has room for forty.", **made)
    with desk.sessions.reading() as session:
        resolution = shortlists.resolve_disability_confident(session, **made)
    with desk.sessions.writing() as session:
        shortlists.freeze_shortlist(session, actor=recruiter, desk=desk, resolution=resolution)
    with desk.sessions.writing() as session:
        reveals.ask_reveal(session, **made)
    with desk.sessions.writing() as session:
        asked = reveals.read_reveal_request(session, actor=chair, campaign_id=run.campaign_id)
        reveals.agree_reveal(session, actor=chair, desk=desk, campaign_id=run.campaign_id, digest=asked.digest)
    return len(resolution.shortlisted)


def interview_and_decide(run: Run) -> int:
    desk, chair = run.world.staff_desk, run.actor("shortlister_one")
    with desk.sessions.reading() as session:
        ids = session.scalars(select(Application.id).where(Application.campaign_id == run.campaign_id)).all()
    panel = [run.actor(part) for part in ("shortlister_one", "shortlister_two", "member")]
    abilities = {application_id: application_id.int % 100 / 100 for application_id in ids}
    interviewed = score_interviews(desk, run.campaign_id, panel, abilities, Random(3))
    with desk.sessions.reading() as session:
        merit = outcomes.read_merit(session, actor=chair, campaign_id=run.campaign_id)
        (vacancy,) = list_vacancies(session, run.campaign_id)
    decisions = {}
    last = merit[vacancy.posts - 1].result
    last_appointed = last and last.total
    for place, one in enumerate(merit):
        is_able = one.result is not None and one.result.meets_minimum
        is_appointed = is_able and place < vacancy.posts
        result = Outcome.APPOINTED if is_appointed else Outcome.RESERVE if is_able else Outcome.NOT_APPOINTED
        # Whoever is level with the last to be appointed is told apart by a reason.
        is_level = one.result is not None and one.result.total == last_appointed
        reason = "The panel weighed the evidence on inclusion of those level here." if is_level else ""
        decisions[one.application_id] = outcomes.Decided(result, vacancy.id if is_appointed else None, reason)
    with desk.sessions.writing() as session:
        outcomes.decide_outcomes(session, actor=chair, desk=desk, campaign_id=run.campaign_id, decisions=decisions)
    return interviewed


def tally_and_release(run: Run) -> list[int]:
    """Every figure that is published."""
    desk, analyst = run.world.staff_desk, run.actor("analyst")
    tally_campaign(desk, run.campaign_id)
    with desk.sessions.reading() as session:
        prepared = releases.prepare_release(session, actor=analyst, desk=desk, campaign_id=run.campaign_id)
    with desk.sessions.writing() as session:
        releases.release_funnel(session, actor=analyst, desk=desk, prepared=prepared)
    with desk.sessions.reading() as session:
        release = releases.read_release(session, actor=analyst, campaign_id=run.campaign_id)
    return [
        figure.shown
        for table in release.tables
        for figures in (*(row.figures for row in table.rows), table.total, table.declaration)
        for figure in figures
        if figure.shown is not None
    ]


def external_ids(run: Run) -> dict[str, str]:
    """Handle of a reading → external id of its application."""
    desk = run.world.staff_desk
    by_hash = {desk.vault.blind("external id", run.campaign_id, key): key for key in run.records}
    with desk.sessions.reading() as session:
        rows = session.execute(
            select(Allocation.id, Application.external_id_hash)
            .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
            .join(
                Application,
                (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
            )
            .where(Allocation.campaign_id == run.campaign_id)
        ).all()
    return {str(handle): by_hash[hashed] for handle, hashed in rows}


def test_real_cvs_become_a_released_funnel_and_show_shortlisters_no_name(
    world: World, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    run = Run(world, record_property, world.staff_desk.lists.ordinary_words, plan_campaign(world))
    print()
    with run.step("everything"):
        world.clock.advance(days=1)
        with run.step("import: 310 CVs checked, redacted, sealed and stored"):
            import_cvs(run, tmp_path / "cvs.jsonl", MAPPING)
        known = [(one["text"], [one["known"]["full_name"]]) for one in run.records.values()]
        assert sum(bool(names_left(text, names, run.ordinary)) for text, names in known) > 250
        world.clock.advance(days=15)
        with run.step("sift opened"), world.staff_desk.sessions.writing() as session:
            pairs = sift.open_sift(
                session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=run.campaign_id
            )
        assert pairs == 620
        app = create_public_app(world.config, desk=world.public_desk)
        with served(app) as port:
            with run.step("three shortlisters enrolled and signed in"):
                browsers = sign_in_shortlisters(run, app, port)
            handles, given = external_ids(run), 0
            for browser in browsers:
                with run.step(f"scored over HTTP by {browser.part}"):
                    first = browser.get(f"/sift/{run.campaign_id}/next")
                    AROUND.clear()
                    AROUND.update(re.findall(r"[^\W\d_]+", first.around().lower()))
                    given += score_queue(run, browser, handles)
                for verb in ("GET", "POST"):
                    each = 1000 * browser.seconds[verb] / browser.requests[verb]
                    print(f"            {browser.requests[verb]} × {verb}, {each:.1f} ms each")
            assert (given, run.pages_read) == (1860, 1860)
            assert run.left == []
            with run.step("moderated over HTTP"):
                arranged, proposed = moderate(run, browsers)
            print(f"            {arranged} cases, {proposed} proposals")
            assert proposed == 2 * arranged > 0
            for browser in browsers:
                browser.close()
        world.clock.advance(days=5)
        with run.step("locked, line set, resolved, frozen, revealed"):
            shortlisted = lock_and_freeze(run)
        world.clock.advance(days=7)
        with run.step("interviewed, outcomes decided"):
            assert interview_and_decide(run) == shortlisted
        with run.step("tallied and released"):
            published = tally_and_release(run)
    assert published
    assert [figure for figure in published if 0 < figure < THRESHOLD] == []
    assert published.count(310) > 0
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Campaign, run.campaign_id).state == CampaignState.RELEASED
