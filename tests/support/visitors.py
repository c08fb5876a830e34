"""Everybody who might come to a site, and real ids for every address that a site has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from recruitment.commands.sample.interviewing import prepare_interviews
from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.campaigns import CampaignKind, CampaignState, QuestionKind
from recruitment.rules.panel_members import Training
from recruitment.rules.permissions import Role
from recruitment.services import campaigns, challenges, conflicts, criteria, moderation, pool, scores
from recruitment.services.accounts import Site, add_person, invite_person
from recruitment.services.installation import add_organisation
from recruitment.services.morning_mail import make_stop_token
from recruitment.services.panels import standing_entries
from recruitment.services.sign_in_links import ask_for_link
from recruitment.store.applications import Answer, Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign, QuestionCriterion, list_criteria, list_questions, list_vacancies
from recruitment.store.closing_times import ClosingRequest, list_closing_requests
from recruitment.store.panels import PanelWaiver
from recruitment.store.people import CampaignRole, Person
from recruitment.store.pool import InclusionQuestion, PoolTraining
from recruitment.store.sample_answers import SampleAnswer
from recruitment.store.sift import Allocation
from recruitment.store.tie_breaks import TieBreak
from tests.support.entering import stand_entry
from tests.support.letters import ask
from tests.support.outside_scorers import add_outside_scorer
from tests.support.published import publish
from tests.support.requirements import a_requirement
from tests.support.times import offer_times
from tests.support.world import World

# Those with a part in the sample campaign (only the sample's own), and those who are added to its body.
_CAST = {
    "shortlister": "shortlister_three", "recruiter": "recruiter", "member": "member", "deputy": "deputy",
    "analyst": "analyst", "auditor": "auditor",
}  # fmt: skip
_ADDED = {"chair": Role.PANEL_CHAIR, "lead": Role.INCLUSION_LEAD, "administrator": None, "colleague": None}
STAFF = frozenset({*_CAST, *_ADDED, "foreigner"})
CANDIDATES = frozenset({"candidate", "other_candidate"})
EVERYBODY = STAFF | CANDIDATES | {"nobody"}


@dataclass
class Visitors:
    """A campaign of a world, with one person for each role: chair, lead and administrator hold no other."""

    world: World
    campaign_id: UUID
    people: dict[str, UUID] = field(default_factory=dict)
    others: dict[str, UUID] = field(default_factory=dict)
    foreign: dict[str, UUID] = field(default_factory=dict)
    published: dict[str, UUID] = field(default_factory=dict)
    # The applications that can be opened; None where none was copied by rows.
    openable: frozenset[UUID] | None = None
    sample_id: UUID = field(init=False)

    def __post_init__(self) -> None:
        self._add_people()
        desk = self.world.staff_desk
        with desk.sessions.writing() as session:
            self.others = self._another_campaign(session, self.actor("colleague"))
            self.foreign = self._another_campaign(session, self._foreigner(session))
            self._ask_for_time(session, self.campaign_id)
            self.sample_id = self._sample(session, self.campaign_id, self.people["recruiter"])
            accounts = select(Application.candidate_id).where(Application.campaign_id == self.campaign_id)
            if found := session.scalars(accounts.order_by(Application.reference)).first():
                self.people["candidate"] = found
            session.add(a_requirement(self.campaign_id))
            self.scorer_id = add_outside_scorer(session, self.campaign_id, self.people["recruiter"], desk.now)
            by = self.people["analyst"], self.people["auditor"]
            self.published = publish(session, desk, self.world.organisation_id, self.campaign_id, *by)
            self.published |= stand_entry(session, desk, self.campaign_id, self.people["colleague"])
            foreigner = session.get_one(Person, self.people["foreigner"])
            home, theirs = foreigner.organisation_id, self.foreign["campaign_id"]
            self.foreign |= publish(session, desk, home, theirs, foreigner.id, foreigner.id)
        offer_times(self.world, self.campaign_id, self.people, self.published)
        self.people["other_candidate"] = self.world.add_candidate("other@example.org").id

    def _add_people(self) -> None:
        world = self.world
        self.people = {role: world.people[part] for role, part in _CAST.items()}
        with world.staff_desk.sessions.writing() as session:
            session.get_one(Person, self.people["recruiter"]).is_administrator = False
            for held in session.scalars(
                select(CampaignRole).where(
                    CampaignRole.campaign_id == self.campaign_id,
                    CampaignRole.role.in_([role for role in _ADDED.values() if role]),
                )
            ).all():
                session.delete(held)
            for name, role in _ADDED.items():
                self.people[name] = self._person(session, name, world.organisation_id)
                if role is not None:
                    session.add(
                        CampaignRole(
                            campaign_id=self.campaign_id, person_id=self.people[name], role=role,
                            given_at=world.clock.now,
                        )
                    )  # fmt: skip
                    self._train(session, self.people[name])
            state = session.get_one(Campaign, self.campaign_id).state
        if state == CampaignState.REVEALED:
            prepare_interviews(world.staff_desk, self.campaign_id)

    def _train(self, session: Any, person_id: UUID) -> None:
        """Join the pool and have every course confirmed."""
        desk = self.world.staff_desk
        actor = Actor(ActorKind.STAFF, person_id, self.world.organisation_id)
        recruiter = Actor(ActorKind.STAFF, self.people["recruiter"], self.world.organisation_id)
        pool.join_pool(session, actor=actor, desk=desk, facts=pool.PoolFacts("Band 7", "Finance"))
        for course in ("panel", "chair", "inclusion"):
            training = Training(course, desk.now.date(), None, "Certificate")
            training_id = pool.add_training(session, actor=actor, desk=desk, training=training)
            pool.confirm_training(
                session, actor=recruiter, desk=desk, person_id=person_id, training_id=training_id
            )

    def _person(self, session: Any, name: str, organisation_id: UUID) -> UUID:
        return add_person(
            session, actor=system_actor(organisation_id), desk=self.world.staff_desk, name=name.capitalize(),
            email=f"{name}@visitors.example", is_administrator=name in ("administrator", "foreigner"),
        )  # fmt: skip

    def _foreigner(self, session: Any) -> Actor:
        """An administrator of another body, and recruiter of a campaign of it."""
        organisation_id = add_organisation(
            session, desk=self.world.staff_desk, name="Another Body", slug="another-body"
        )
        self.people["foreigner"] = self._person(session, "foreigner", organisation_id)
        return Actor(ActorKind.STAFF, self.people["foreigner"], organisation_id)

    def actor(self, name: str) -> Actor:
        kind = ActorKind.CANDIDATE if name in CANDIDATES else ActorKind.STAFF
        return Actor(kind, self.people[name], self.world.organisation_id)

    def _another_campaign(self, session: Any, actor: Actor) -> dict[str, UUID]:
        """A draft of a campaign with everything in it, as values of addresses."""
        desk, now = self.world.staff_desk, self.world.clock.now
        plan = campaigns.CampaignPlan("Secret plan", CampaignKind.EXTERNAL, now, now + timedelta(days=9))
        campaign_id = campaigns.create_campaign(session, actor=actor, desk=desk, plan=plan)
        asked = {"actor": actor, "desk": desk, "campaign_id": campaign_id}
        campaigns.add_vacancy(session, **asked, title="Secret post", posts=1)
        campaigns.add_question(session, **asked, kind=QuestionKind.ANSWER, text="Secret question?", word_limit=9)
        criteria.add_criterion(
            session, **asked, plan=criteria.CriterionPlan("Secret criterion", 2, "A secret.", 1, 1, {}, ())
        )
        self._ask_for_time(session, campaign_id)
        sample_id = self._sample(session, campaign_id, actor.id)
        return self._parts(session, campaign_id) | {"person_id": actor.id, "sample_id": sample_id}

    def _sample(self, session: Any, campaign_id: UUID, by: UUID) -> UUID:
        """An invented answer for shortlisters to calibrate on."""
        question, desk = list_questions(session, campaign_id)[0], self.world.staff_desk
        sample = SampleAnswer(
            campaign_id=campaign_id, id=desk.new_id(), position=1, question_id=question.id,
            text="A secret sample.", written_by=by, written_at=desk.now,
        )  # fmt: skip
        session.add(sample)
        session.flush()
        return sample.id

    def _ask_for_time(self, session: Any, campaign_id: UUID) -> None:
        now = self.world.clock.now
        session.add(
            ClosingRequest(
                campaign_id=campaign_id, id=self.world.staff_desk.new_id(), code="LUMO-TIRA-42", kind="late",
                standing="asked", closed_before=now, asked_at=now,
            )
        )  # fmt: skip
        session.flush()

    @staticmethod
    def _parts(session: Any, campaign_id: UUID) -> dict[str, UUID]:
        return {
            "campaign_id": campaign_id,
            "question_id": list_questions(session, campaign_id)[0].id,
            "criterion_id": list_criteria(session, campaign_id)[0].id,
            "vacancy_id": list_vacancies(session, campaign_id)[0].id,
            "closing_id": next(iter(list_closing_requests(session, campaign_id))).id,
        }

    def values(self) -> dict[str, Any]:
        """A value for every variable of the sites' addresses: the campaign's own parts."""
        with self.world.staff_desk.sessions.reading() as session:
            found: dict[str, Any] = dict(self._parts(session, self.campaign_id))
            shortlisted = select(StageEvent.application_id).where(
                StageEvent.campaign_id == self.campaign_id, StageEvent.kind == StageEventKind.SHORTLISTED
            )
            found["application_id"] = session.scalars(shortlisted).first() or uuid4()
            found["handle"] = self.handle_of(session, "shortlister") or uuid4()
            body = self.world.organisation_id
            library = select(InclusionQuestion.id).where(InclusionQuestion.organisation_id == body)
            found["library_id"] = session.scalars(library).first() or uuid4()
        return found | self.published | {
            "ending": "csv", "sample_id": self.sample_id, "outcome": "not_shortlisted", "name": "administrative",
            "person_id": self.people["colleague"], "filename": "site.css", "site_name": "staff", "token": "absent",
            "code": "cy", "rule": "ethnic_minority_member", "item": "briefing", "position": 2,
            "finding": "missing_interview_dates", "member_id": self.people["member"],
            "challenge_id": uuid4(), "waiver_id": uuid4(), "tie_break_id": uuid4(), "asked_id": uuid4(),
            "scorer_id": self.scorer_id,
        }  # fmt: skip

    def trouble_panel(self) -> dict[str, Any]:
        """A member who knows a candidate, an open challenge and a waiver that waits: what only then is there."""
        desk, member = self.world.staff_desk, self.actor("member")
        asked = {"desk": desk, "campaign_id": self.campaign_id}
        with desk.sessions.writing() as session:
            first = standing_entries(session, self.campaign_id)[0]
            said = conflicts.Declared(True, "We were neighbours for years.")
            conflicts.declare(session, actor=member, **asked, declared={first: said})
            challenge_id = challenges.raise_challenge(session, actor=member, **asked, text="Too quick.")
            waiver = PanelWaiver(
                campaign_id=self.campaign_id, id=desk.new_id(), rule="size", members=[], reason="Nobody is free.",
                who_was_asked="Everybody.", asked_by=self.people["recruiter"], asked_at=desk.now,
            )  # fmt: skip
            session.add(waiver)
            tie_break = TieBreak(
                campaign_id=self.campaign_id, id=desk.new_id(), begun_by=self.people["chair"], begun_at=desk.now
            )
            session.add(tie_break)
            heard = next(one.id for one in list_criteria(session, self.campaign_id) if one.stage_position > 1)
            made = {"challenge_id": challenge_id, "waiver_id": waiver.id, "tie_break_id": tie_break.id}
            asked_id = ask(session, desk, self.campaign_id, first)
            return made | {"application_id": first, "criterion_id": heard, "asked_id": asked_id}

    def a_training(self) -> dict[str, str]:
        """Somebody's training, as a form names it."""
        with self.world.staff_desk.sessions.reading() as session:
            held = select(PoolTraining).where(PoolTraining.person_id == self.people["deputy"])
            row = session.scalars(held).first()
        return {"person": row.person_id.hex, "training": row.id.hex}

    def not_shortlisted(self) -> UUID:
        shortlisted = select(StageEvent.application_id).where(StageEvent.kind == StageEventKind.SHORTLISTED)
        query = select(Application.id).where(
            Application.campaign_id == self.campaign_id, Application.id.not_in(shortlisted)
        )
        with self.world.staff_desk.sessions.reading() as session:
            return session.scalars(query.order_by(Application.reference)).first() or uuid4()

    def handle_of(self, session: Any, name: str) -> UUID | None:
        """The first answer in somebody's queue."""
        first = (
            select(Allocation.id)
            .join(Answer, Answer.id == Allocation.answer_id)
            .where(Allocation.campaign_id == self.campaign_id, Allocation.person_id == self.people[name])
        )
        if self.openable is not None:
            first = first.where(Answer.application_id.in_(self.openable))
        return session.scalars(first.order_by(Allocation.position)).first()

    def moderate_one(self) -> UUID:
        """Have the shortlister's first answer scored far apart and moderated; its criterion."""
        desk, campaign_id = self.world.staff_desk, self.campaign_id
        with desk.sessions.writing() as session:
            handle = self.handle_of(session, "shortlister")
            answer = session.get_one(Allocation, (campaign_id, handle)).answer_id
            question = session.get_one(Answer, (campaign_id, answer)).question_id
            scored_on = select(QuestionCriterion.criterion_id).where(QuestionCriterion.question_id == question)
            criterion_id = session.scalars(scored_on).one()
            held = select(Allocation.id, Allocation.person_id).where(Allocation.answer_id == answer)
            for (allocation_id, person_id), value in zip(session.execute(held).all(), (1, 7, 7), strict=False):
                scores.score_answer(
                    session, actor=Actor(ActorKind.STAFF, person_id, self.world.organisation_id), desk=desk,
                    campaign_id=campaign_id, handle=allocation_id, criterion_id=criterion_id, value=value,
                    reason="Far apart.",
                )  # fmt: skip
            moderation.arrange_moderation(
                session, actor=self.world.actor("recruiter"), desk=desk, campaign_id=campaign_id
            )
        return criterion_id

    def tokens(self, site: Site) -> dict[str, str]:
        """A fresh one-time link for each endpoint that takes one."""
        made: list[str] = []
        desk = self.world.staff_desk

        def make_url(token: str) -> str:
            made.append(token)
            return f"https://jobs.example/sign-in/{token}"

        with desk.sessions.writing() as session:
            enrol = invite_person(
                session,
                actor=self.actor("administrator"),
                desk=desk,
                person_id=self.people["colleague"],
                site=site,
            )
            ask_for_link(
                session, desk=desk, organisation_id=self.world.organisation_id, address="new@example.org",
                campaign_id=None, make_url=make_url,
            )  # fmt: skip
            stop = make_stop_token(desk, session.get_one(Person, self.people["colleague"]))
        return {"account.enrol": enrol, "account.open_link": made[0], "account.stop_morning_mail": stop}

    def client(self, app: Flask, name: str, base_url: str = "http://localhost") -> FlaskClient:
        """A browser on which that person is signed in, as the real sign-in would leave it."""
        client = app.test_client()
        if name != "nobody":
            kind = "candidate" if name in CANDIDATES else "staff"
            with client.session_transaction(base_url=base_url) as cookie:
                cookie["_user_id"] = f"{kind}:{self.people[name]}:1"
                cookie["_fresh"] = True
        return client


def addresses(app: Flask, values: dict[str, Any], tokens: dict[str, str] | None = None) -> Iterator[Address]:
    """Every rule of a site as (method → endpoint) and a path, once for each path."""
    found: dict[str, Address] = {}
    build = app.url_map.bind("localhost").build
    for rule in app.url_map.iter_rules():
        known = {name: values[name] for name in rule.arguments}
        if tokens and rule.endpoint in tokens:
            known["token"] = tokens[rule.endpoint]
        try:
            path = build(rule.endpoint, known, method="POST" if "POST" in rule.methods else "GET")
        except BuildError as missing:
            raise AssertionError(f"No value for {rule}: {missing}") from missing
        address = found.setdefault(rule.rule, Address(path, frozenset(rule.arguments)))
        for method in rule.methods - {"OPTIONS"}:
            address.endpoints[method] = rule.endpoint
    yield from found.values()


@dataclass
class Address:
    path: str
    arguments: frozenset[str]
    endpoints: dict[str, str] = field(default_factory=dict)


def plain(page: TestResponse) -> str:
    """A page without what is new in each response."""
    return re.sub(r'nonce="[^"]*"|(?<=name="csrf_token" )value="[^"]*"', "", page.text)
