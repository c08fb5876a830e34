"""An installation with a settable clock, a seeded random source and the sample's cast."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from config import Config
from recruitment.app import create_public_app, create_staff_app, open_public_desk, open_staff_desk
from recruitment.commands.migrate import migrate_all
from recruitment.commands.sample import SampleCast, build_campaign, make_cast
from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.services.desk import Desk
from recruitment.services.installation import add_organisation, claim_database
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.candidates import Candidate
from recruitment.store.people import Person
from recruitment.vault.masters import FolderKeys, make_keys
from recruitment.vault.sealing.contact import seal_address
from tests.support.snapshots import Snapshots

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **spans: float) -> None:
        self.now += timedelta(**spans)


class CompiledTemplates(BytecodeCache):
    """Templates compiled once in a test process, not anew for every world; a changed source is compiled anew."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED_TEMPLATES = CompiledTemplates()


def prepare_for_tests(app: Flask) -> Flask:
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.bytecode_cache = _COMPILED_TEMPLATES
    return app


def config_for(home: Path, database: str) -> Config:
    return Config(
        home=home,
        database=database,
        key_store=f"sqlite:///{home / 'keys.db'}",
        keys=home / "keys",
        is_development=True,
    )


def make_template(home: Path, database: str) -> None:
    """Install a world once; tests copy it."""
    config = config_for(home, database)
    provider = FolderKeys(config.keys, allow_development=True)
    for key in make_keys(UUID(int=7), is_development=True).values():
        provider.store(key)
    migrate_all(config)
    desk = open_staff_desk(config, clock=Clock(), source=Random(0), is_new=True)
    desk.vault.claim_key_store()
    with desk.sessions.writing() as session:
        claim_database(session, desk=desk)
        organisation_id = add_organisation(
            session, desk=desk, name="Office for Fair Dealing", slug="fair-dealing", contact="jobs@body.example"
        )
    cast = make_cast(desk, organisation_id)
    people = {part: str(person_id) for part, person_id in cast.people.items()}
    (home / "cast.json").write_text(json.dumps({"organisation": str(organisation_id), "people": people}))
    desk.sessions.engine.dispose()
    desk.vault.key_store.engine.dispose()


@dataclass
class World:
    home: Path
    database: str
    seed: int = 1
    clock: Clock = field(default_factory=Clock)
    snapshots: Snapshots | None = None

    @cached_property
    def config(self) -> Config:
        return config_for(self.home, self.database)

    @cached_property
    def staff_desk(self) -> StaffDesk:
        return open_staff_desk(self.config, clock=self.clock, source=Random(self.seed))

    @cached_property
    def public_desk(self) -> Desk:
        return open_public_desk(self.config, clock=self.clock, source=Random(self.seed + 1000))

    @cached_property
    def cast(self) -> SampleCast:
        kept = json.loads((self.home / "cast.json").read_text())
        return SampleCast(
            UUID(kept["organisation"]), {part: UUID(person) for part, person in kept["people"].items()}
        )

    @property
    def organisation_id(self) -> UUID:
        return self.cast.organisation_id

    @property
    def people(self) -> dict[str, UUID]:
        return dict(self.cast.people)

    def actor(self, part: str) -> Actor:
        return self.cast.actor(part)

    def campaign(
        self,
        until: CampaignState = CampaignState.OPEN,
        applications: int = 6,
        seed: int = 1,
        **options: Any,
    ) -> UUID:
        """A campaign built through the services; the clock stays where its last step left it.

        An untouched world may become a copy of one in which the same campaign was built before.
        """
        return self.campaigns({"until": until, "applications": applications, "seed": seed, **options})[0]

    def campaigns(self, *wanted: dict[str, Any]) -> list[UUID]:
        """Several, one after the other, each as for `campaign`; copied together where they can be."""
        key = (self.seed, repr([sorted(each.items()) for each in wanted]))
        is_untouched = not {"staff_desk", "public_desk", "config"} & self.__dict__.keys()
        is_untouched = is_untouched and self.clock.now == START
        if self.snapshots is not None and is_untouched:
            found = self.snapshots.restore(self, key)
            if found is not None:
                return found
        built = [self._build(**each) for each in wanted]
        if self.snapshots is not None and is_untouched:
            self.snapshots.take(self, key, built)
        return built

    def _build(self, **wanted: Any) -> UUID:
        start = self.clock.now

        def set_clock(offset: timedelta) -> None:
            self.clock.now = start + offset

        return build_campaign(self.staff_desk, self.cast, set_clock=set_clock, **wanted)

    @cached_property
    def public_app(self) -> Flask:
        return prepare_for_tests(create_public_app(self.config, desk=self.public_desk))

    @cached_property
    def staff_app(self) -> Flask:
        return prepare_for_tests(create_staff_app(self.config, desk=self.staff_desk))

    def public_client(self) -> FlaskClient:
        return self.public_app.test_client()

    def staff_client(self) -> FlaskClient:
        return self.staff_app.test_client()

    def sign_in(self, client: FlaskClient, part: str) -> UUID:
        """Sign a member of staff in on a client by its session cookie, as the real sign-in would leave it."""
        person_id = self.people[part]
        with self.staff_desk.sessions.reading() as session:
            version = session.get_one(Person, person_id).session_version
        self._set_session(client, f"staff:{person_id}:{version}")
        return person_id

    def sign_in_candidate(self, client: FlaskClient, email: str = "candidate@example.org") -> UUID:
        """Make a candidate's account and sign it in on a client."""
        candidate = self.add_candidate(email)
        self._set_session(client, f"candidate:{candidate.id}:1")
        return candidate.id

    def add_candidate(self, email: str = "candidate@example.org") -> Actor:
        desk = self.public_desk
        with desk.sessions.writing() as session:
            keys = desk.vault.public_keys(session, self.organisation_id)
            candidate_id = uuid4()
            session.add(
                Candidate(
                    id=candidate_id,
                    organisation_id=self.organisation_id,
                    address_hash=desk.vault.blind("address", self.organisation_id, email),
                    address_sealed=seal_address(keys, candidate_id, email),
                    created_at=desk.now,
                )
            )
        return Actor(ActorKind.CANDIDATE, candidate_id, self.organisation_id)

    def _set_session(self, client: FlaskClient, user_id: str) -> None:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = user_id
            cookie["_fresh"] = True
            cookie.permanent = True

    def close(self) -> None:
        """Close every connection; the desks are opened anew when next asked for."""
        for name in ("staff_desk", "public_desk"):
            if name in self.__dict__:
                desk = self.__dict__.pop(name)
                desk.sessions.engine.dispose()
                desk.vault.key_store.engine.dispose()
