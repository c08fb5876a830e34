"""An installation of its own for the measurements, in real mode, and the floor's database beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from flask import Flask, session

from config import Config
from recruitment.app import create_public_app, open_public_desk, open_staff_desk
from recruitment.commands.bench import tables
from recruitment.commands.bench.floor import make_floor
from recruitment.commands.bench.measuring import Visitor, make_visitor
from recruitment.commands.demo import MovableClock
from recruitment.commands.install import prepare_home
from recruitment.commands.sample import SampleCast, build_campaign, make_cast
from recruitment.commands.sample.people import make_candidate
from recruitment.commands.sample.texts import write_answer
from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Relationship, Requests
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.drafts import SECTIONS, Draft
from recruitment.services.desk import Desk, utc_now
from recruitment.services.drafts import save_draft, start_draft
from recruitment.services.installation import add_organisation
from recruitment.services.staff_desk import StaffDesk
from recruitment.store import campaigns as plans
from recruitment.store.candidates import Candidate
from recruitment.store.session import Sessions, make_engine
from recruitment.vault.sealing.contact import seal_address
from recruitment.web.access import sign_in
from recruitment.web.messages import init_messages

ORGANISATION = "Office for Fair Dealing"
Say = Callable[[str], None]


@dataclass
class Home:
    """Opened when first asked for: the smallest run makes only what it measures."""

    folder: Path
    say: Say
    clock: MovableClock = field(default_factory=MovableClock)

    @cached_property
    def config(self) -> Config:
        home = self.folder / "home"
        made = Config(home, f"sqlite:///{home / 'recruitment.db'}", f"sqlite:///{home / 'keys.db'}", home / "keys")
        prepare_home(made)
        return made

    @cached_property
    def staff_desk(self) -> StaffDesk:
        return open_staff_desk(self.config, clock=self.clock)

    @cached_property
    def public_desk(self) -> Desk:
        return open_public_desk(self.config)

    @cached_property
    def cast(self) -> SampleCast:
        desk = self.staff_desk
        with desk.sessions.writing() as store:
            organisation_id = add_organisation(store, desk=desk, name=ORGANISATION, slug="fair-dealing")
        return make_cast(desk, organisation_id)

    @cached_property
    def public_app(self) -> Flask:
        return create_public_app(self.config, desk=self.public_desk)

    @cached_property
    def floor(self) -> Sessions:
        engine = make_engine(f"sqlite:///{self.folder / 'floor.db'}")
        tables.Floor.metadata.create_all(engine)
        return Sessions(engine)

    @cached_property
    def floor_app(self) -> Flask:
        rules = [rule for rule in self.public_app.url_map.iter_rules()]
        lists, name = self.public_desk.lists, self.config.service_name
        app = make_floor(self.floor, rules, lists, uuid4().bytes * 2, name)
        init_messages(app, self.public_app.extensions["catalogues"], {})
        return app

    def campaign(self, until: CampaignState, applications: int) -> UUID:
        """A sample campaign that reached `until` at about the present time."""
        start = utc_now() - timedelta(days=2 if until is CampaignState.OPEN else 16)

        def set_clock(offset: timedelta) -> None:
            self.clock.stands_at = start + offset

        campaign_id = build_campaign(
            self.staff_desk, self.cast, set_clock=set_clock, until=until, applications=applications, say=self.say
        )
        self.clock.stands_at = None
        return campaign_id

    def visitors(self, kind: str, user_id: UUID) -> tuple[Visitor, Visitor]:
        """The same person signed in on the product's public site and on the floor."""
        return self.visitor(kind, user_id), make_visitor(self.floor_app, lambda: _sign_in_floor(user_id))

    def visitor(self, kind: str, user_id: UUID) -> Visitor:
        site = self.public_app.extensions["site"]
        with self.public_desk.sessions.reading() as store:
            signed_in = site.load_signed_in(store, f"{kind}:{user_id}")
        return make_visitor(self.public_app, lambda: sign_in(signed_in))

    def candidates(self, campaign_id: UUID, number: int, *, floor: bool = True) -> Iterator[UUID]:
        """Accounts of invented candidates, each with a complete draft here and on the floor; their ids."""
        desk, random = self.public_desk, Random(5)  # noqa: S311 - the same drafts every time
        organisation_id = self.cast.organisation_id
        with desk.sessions.reading() as store:
            keys = desk.vault.public_keys(store, organisation_id)
            questions = [question.id for question in plans.list_questions(store, campaign_id)]
        for place in range(number):
            content = _draft(place, questions, random)
            candidate_id = uuid4()
            actor = Actor(ActorKind.CANDIDATE, candidate_id, organisation_id)
            with desk.sessions.writing() as store:
                store.add(
                    Candidate(
                        id=candidate_id,
                        organisation_id=organisation_id,
                        address_hash=desk.vault.blind("address", organisation_id, str(candidate_id)),
                        address_sealed=seal_address(keys, candidate_id, content.email),
                        created_at=desk.now,
                    )
                )
                store.flush()
                draft_id = start_draft(store, actor=actor, desk=desk, campaign_id=campaign_id, email=content.email)
                save_draft(store, actor=actor, desk=desk, campaign_id=campaign_id, version=1, content=content)
            if floor:
                self._draft_on_the_floor(campaign_id, draft_id, candidate_id, content)
            yield candidate_id

    def _draft_on_the_floor(self, campaign_id: UUID, draft_id: UUID, user_id: UUID, content: Draft) -> None:
        with self.floor.writing() as floor:
            floor.add(tables.User(id=user_id, kind="candidate", name=content.full_name))
            floor.flush()
            fields = content.to_fields()
            floor.add(tables.Draft(id=draft_id, campaign_id=campaign_id, user_id=user_id, content=fields))

    def close(self) -> None:
        """Let the database files go."""
        for name in ("staff_desk", "public_desk"):
            if name in self.__dict__:
                desk = self.__dict__[name]
                desk.sessions.engine.dispose()
                desk.vault.key_store.engine.dispose()
        if "floor" in self.__dict__:
            self.floor.engine.dispose()


def _sign_in_floor(user_id: UUID) -> None:
    session["user"] = str(user_id)


def _draft(place: int, questions: list[UUID], random: Random) -> Draft:
    candidate = make_candidate(place, random, random)
    identity = candidate.identity
    answers = {str(key): write_answer(candidate, number, random) for number, key in enumerate(questions)}
    return Draft(
        full_name=identity.full_name,
        preferred_name=identity.preferred_name,
        email=identity.contact.email,
        phone=identity.contact.phone,
        address_lines=identity.contact.address_lines,
        postcode=identity.contact.postcode,
        education=identity.education,
        answers=answers,
        requests=Requests(("extra_time",), "Please send the questions a day before.", True),
        relationships=(Relationship("Dev Patel", "We worked in one team until 2023"),),
        done=(*SECTIONS, *(f"question {key}" for key in questions)),
    )
