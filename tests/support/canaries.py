"""A candidate whose every withheld field is a string found nowhere else, and the search for them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import text

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Contact, Document, Identity, Relationship, Requests
from recruitment.rules.eligibility import EligibilityAnswer
from recruitment.services.equality_answers import seal_imported_answers, store_equality_row
from recruitment.services.references import free_references
from recruitment.services.submissions import (
    ApplicationContent,
    prepare_application,
    store_application,
)
from recruitment.services.trail import record_event
from recruitment.store.campaigns import list_questions, list_vacancies
from tests.support.world import World

EQUALITY = {
    "age_band": "45-54",
    "sex": "female",
    "religion": "other",
    "religion_text": "Zoroastriancanary",
}


@dataclass(frozen=True)
class Withheld:
    """Everything about one person that shortlisters must not learn."""

    first: str = "Quenbyla"
    last: str = "Varnheskold"
    email: str = "quenbyla.v@canary-mail.example"
    phone: str = "07700 900417"
    street: str = "93 Thistlecanary Row"
    town: str = "Mexborough"
    postcode: str = "S64 9QQ"
    college: str = "University of Canarford"
    adjustments: tuple[str, ...] = ("bsl",)
    detail: str = "A hoist in the washroomcanary"
    opt_in: bool = True
    related: str = "Odalyscanary Brandt"
    registration: str = "18Q4417Canary"
    equality: dict[str, str] = field(default_factory=lambda: dict(EQUALITY))

    @property
    def canaries(self) -> tuple[str, ...]:
        return (
            self.first,
            self.last,
            self.email,
            self.phone,
            self.street,
            self.postcode,
            self.college,
            self.detail,
            self.related,
            self.registration,
            *(value for key, value in self.equality.items() if key.endswith("_text")),
        )

    def identity(self) -> Identity:
        return Identity(
            full_name=f"{self.first} {self.last}",
            contact=Contact(self.email, self.phone, (self.street, self.town), self.postcode),
        )

    def texts(self) -> tuple[str, str, str]:
        return (
            f"I, {self.first} {self.last}, rang every family. They thanked {self.first} for it. The letters were "
            f"rewritten and complaints fell by 30 %.\n\nWrite to {self.email} or ring {self.phone}.",
            f"My manager said: “{self.first} weighed it fairly.” I set out what each source could tell us, and "
            "explained the decision in one page.",
            f"At {self.street}, {self.town} {self.postcode}, we opened a desk for carers. {self.last}’s idea, "
            "they said. I asked twenty carers first.",
        )


def apply(world: World, campaign_id: UUID, withheld: Withheld, *, actor: Actor | None = None) -> UUID:
    """Submit a complete application through the services, equality answers in a transaction of their own."""
    desk = world.public_desk
    candidate = actor or world.add_candidate(f"account-{campaign_id}@example.org")
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, campaign_id)
        questions = [question.id for question in list_questions(session, campaign_id)]
        vacancies = tuple(vacancy.id for vacancy in list_vacancies(session, campaign_id))
        (reference,) = free_references(session, desk, campaign_id, 1)
    texts = dict(zip(questions, withheld.texts(), strict=False))
    application_id = desk.new_id()
    content = ApplicationContent(
        identity=replace(withheld.identity(), answers={str(key): value for key, value in texts.items()}),
        texts=texts,
        documents={questions[0]: Document(f"file of {withheld.last}".encode(), "text", "text")},
        requests=Requests(withheld.adjustments, withheld.detail, withheld.opt_in),
        relationships=(Relationship(withheld.related, "friend"),) if withheld.related else (),
        eligibility=(EligibilityAnswer("registration", "yes", withheld.registration),),
        vacancies=vacancies,
    )
    prepared = prepare_application(desk=desk, keys=keys, application_id=application_id, content=content)
    with desk.sessions.writing() as session:
        store_application(
            session, actor=candidate, desk=desk, prepared=prepared, candidate_id=candidate.id, reference=reference
        )
        record_event(
            session,
            at=desk.now,
            chain_id=campaign_id,
            actor=candidate,
            event="application_submitted",
            application=application_id,
        )
    if withheld.equality:
        blob = seal_imported_answers(
            desk=desk, keys=keys, application_id=application_id, answers=withheld.equality
        )
        with desk.sessions.writing() as session:
            store_equality_row(session, campaign_id=campaign_id, blob=blob)
    return application_id


def raw_bytes(world: World) -> bytes:
    """Everything an attacker with the disk has: database with its log, key store with its own, key files left out.

    On PostgreSQL the tables are read whole through the server, bytes as hexadecimal and as text.
    """
    kept = b"".join(path.read_bytes() for path in sorted(world.home.glob("*.db*")))
    if not world.staff_desk.sessions.is_sqlite:
        kept += _dump(world)
    return kept


def _dump(world: World) -> bytes:
    out = []
    with world.staff_desk.sessions.engine.connect() as connection:
        names = connection.execute(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        )
        for (name,) in list(names):
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    out.append(raw)
    return b"\0".join(out)


def found_in(raw: bytes, canaries: tuple[str, ...]) -> list[str]:
    """The canaries that stand in the bytes, in UTF-8, UTF-16, hexadecimal or base64 (any alignment)."""
    lower = raw.lower()
    hits = []
    for canary in canaries:
        plain = canary.encode()
        open_forms = (plain, canary.encode("utf-16-le"), plain.hex().encode())
        if any(form.lower() in lower for form in open_forms) or any(form in raw for form in _in_base64(plain)):
            hits.append(canary)
    return hits


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What of a word is fixed in base64 text, at each of the three places it can begin."""
    for pad in range(3):
        encoded = base64.b64encode(b"\0" * pad + plain)
        yield encoded[(0, 2, 3)[pad] : (pad + len(plain)) * 8 // 6]
