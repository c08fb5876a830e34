"""What opens a sealed record: the right blob, in its place, under a receipt that covers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from recruitment.rules.applications import Contact, Document, Identity, Relationship, Requests
from recruitment.rules.clearance import WaitingPassage
from recruitment.rules.redaction import Education, Kind
from recruitment.store.keys import CompartmentKey
from recruitment.vault import hpke
from recruitment.vault.compartments import OF_CAMPAIGN, OF_ORGANISATION, Compartment, PublicKeys
from recruitment.vault.errors import CannotBeOpened, KeyDestroyed, MissingKey, UnsignedKey, VaultError
from recruitment.vault.opening.clearance import open_passages
from recruitment.vault.opening.compartment import NotCovered, open_records
from recruitment.vault.opening.contact import open_letters
from recruitment.vault.opening.counts import open_counts
from recruitment.vault.opening.equality import find_superseded
from recruitment.vault.opening.identity import open_document, open_identities
from recruitment.vault.opening.relationships import open_relationships
from recruitment.vault.opening.requests import open_adjustments, open_opt_ins
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.clearance import seal_passages
from recruitment.vault.sealing.compartment import seal_record
from recruitment.vault.sealing.contact import Letter, seal_letter
from recruitment.vault.sealing.counts import seal_counts
from recruitment.vault.sealing.identity import seal_document, seal_identity
from recruitment.vault.sealing.relationships import seal_relationships
from recruitment.vault.sealing.requests import seal_adjustments, seal_opt_in
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only

ALL = OF_CAMPAIGN + OF_ORGANISATION
IDENTITY = Identity(
    "Folasade Adeyemi",
    "Fola",
    ("Folasade Bello",),
    Contact("fola@example.org", "07700 900123", ("1 Mill Lane", "Leeds"), "LS1 1AB"),
    "1990-02-28",
    "QQ 12 34 56 C",
    (Education("University of Leeds", "2008", "2011"),),
    "X-1",
    {"question": "I looked \ud800 into it."},
)


@dataclass
class Scopes:
    """Two campaigns of one installation, with every compartment each."""

    vault: PrivateVault
    session: Session
    one: UUID
    two: UUID

    def keys(self, scope_id: UUID) -> PublicKeys:
        return self.vault.public_keys(self.session, scope_id)


@pytest.fixture
def scopes(world: World) -> Iterator[Scopes]:
    vault, one, two = world.staff_desk.vault, uuid4(), uuid4()
    with world.staff_desk.sessions.writing() as session:
        for scope_id in (one, two):
            vault.make_compartments(session, scope_id, ALL, world.clock.now)
    with world.staff_desk.sessions.writing() as session:
        yield Scopes(vault, session, one, two)


def receipt(scope_id: UUID, compartment: Compartment, *records: UUID) -> Receipt:
    return Receipt(compartment, scope_id, frozenset(records) or None, "a test", 1)


def test_every_compartment_gives_back_what_was_sealed_into_it(scopes: Scopes) -> None:
    keys, vault, record = scopes.keys(scopes.one), scopes.vault, uuid4()

    def under(compartment: Compartment) -> Receipt:
        return receipt(scopes.one, compartment, record)

    document = Document(b"%PDF-1.7\0", "text of it", "pdf")
    requests = Requests(("bsl",), "Please", disability_confident=True)
    letter = Letter("a@example.org", "Subject", "Body", "copy.txt", "Attachment")
    known = (Relationship("Dev Patel", "a cousin"),)
    waiting = WaitingPassage("Leeds", Kind.ADDRESS, is_disputed=True)
    opened = (
        open_identities(vault, under(Compartment.IDENTITY), [(record, seal_identity(keys, record, IDENTITY))]),
        open_document(
            vault, under(Compartment.IDENTITY), record, "cv", seal_document(keys, record, "cv", document)
        ),
        open_adjustments(vault, under(Compartment.REQUESTS), [(record, seal_adjustments(keys, record, requests))]),
        open_opt_ins(vault, under(Compartment.REQUESTS), [(record, seal_opt_in(keys, record, requests))]),
        open_passages(
            vault,
            under(Compartment.CLEARANCE),
            [(record, seal_passages(keys, record, {3: waiting}))],
        ),
        open_letters(vault, under(Compartment.CONTACT), [(record, seal_letter(keys, record, letter))]),
        open_counts(vault, under(Compartment.COUNTS), record, seal_counts(keys, record, "{}")),
        open_relationships(
            vault, under(Compartment.RELATIONSHIPS), [(record, seal_relationships(keys, record, known))]
        ),
    )
    assert opened == (
        {record: IDENTITY},
        document,
        {record: Requests(("bsl",), "Please")},
        frozenset({record}),
        {record: {3: waiting}},
        {record: letter},
        "{}",
        {record: known},
    )


def test_a_blob_opens_in_its_own_place_alone(scopes: Scopes) -> None:
    record, other = uuid4(), uuid4()
    blob = seal_record(scopes.keys(scopes.one), Compartment.IDENTITY, record, b"Folasade", "cv")

    def open_at(scope_id: UUID, compartment: Compartment, place: UUID, part: str, sealed: bytes) -> bytes:
        under = receipt(scope_id, compartment)
        ((_, _, plain),) = open_records(scopes.vault, under, compartment, [(place, part, sealed)])
        return plain

    assert open_at(scopes.one, Compartment.IDENTITY, record, "cv", blob) == b"Folasade"
    wrong = {
        "another record": (scopes.one, Compartment.IDENTITY, other, "cv", blob),
        "another part": (scopes.one, Compartment.IDENTITY, record, "", blob),
        "another campaign": (scopes.two, Compartment.IDENTITY, record, "cv", blob),
        "another compartment": (scopes.one, Compartment.REQUESTS, record, "cv", blob),
        "cut short": (scopes.one, Compartment.IDENTITY, record, "cv", blob[:-3]),
        "altered": (scopes.one, Compartment.IDENTITY, record, "cv", blob[:60] + b"\0\0" + blob[62:]),
        "empty": (scopes.one, Compartment.IDENTITY, record, "cv", b""),
    }
    for scope_id, compartment, place, part, sealed in wrong.values():
        with pytest.raises(CannotBeOpened) as refused:
            open_at(scope_id, compartment, place, part, sealed)
        assert refused.value.record == f"{compartment} {place}"
        assert str(place) in refused.value.sentence


def test_a_receipt_opens_the_records_it_names_and_no_others(scopes: Scopes) -> None:
    keys, covered, other = scopes.keys(scopes.one), uuid4(), uuid4()
    blobs = [(one, seal_identity(keys, one, IDENTITY)) for one in (covered, other)]
    under = receipt(scopes.one, Compartment.IDENTITY, covered)
    assert open_identities(scopes.vault, under, blobs[:1]) == {covered: IDENTITY}
    with pytest.raises(NotCovered, match=str(other)):
        open_identities(scopes.vault, under, blobs)


def test_a_receipt_of_one_compartment_opens_no_other(scopes: Scopes) -> None:
    record = uuid4()
    blob = seal_identity(scopes.keys(scopes.one), record, IDENTITY)
    with pytest.raises(VaultError, match="of another compartment"):
        open_identities(scopes.vault, receipt(scopes.one, Compartment.REQUESTS, record), [(record, blob)])


def test_a_receipt_for_single_records_never_opens_equality_answers(scopes: Scopes) -> None:
    with pytest.raises(VaultError, match="only ever counted over a whole campaign"):
        find_superseded(scopes.vault, receipt(scopes.one, Compartment.EQUALITY, uuid4()), [])
    assert find_superseded(scopes.vault, receipt(scopes.one, Compartment.EQUALITY), []) == frozenset()


@pytest.mark.parametrize("swapped", ["public_key", "signature", "compartment", "scope_id"])
def test_nothing_is_sealed_with_a_key_that_the_installation_did_not_sign(scopes: Scopes, swapped: str) -> None:
    assert set(scopes.keys(scopes.one).keys) == set(ALL)
    wrong = {
        "public_key": hpke.make_key_pair()[1],
        "signature": bytes(64),
        "compartment": "identitY",
        "scope_id": UUID(int=9),
    }
    scopes.session.execute(
        update(CompartmentKey)
        .where(CompartmentKey.scope_id == scopes.one, CompartmentKey.compartment == Compartment.IDENTITY)
        .values({swapped: wrong[swapped]})
    )
    scopes.session.expunge_all()
    with pytest.raises(UnsignedKey, match="Restore the table compartment_keys from a backup"):
        scopes.keys(UUID(int=9) if swapped == "scope_id" else scopes.one)


def test_a_key_signed_for_one_campaign_is_refused_in_another(scopes: Scopes) -> None:
    mine = scopes.session.get_one(CompartmentKey, (scopes.one, Compartment.IDENTITY))
    theirs = scopes.session.get_one(CompartmentKey, (scopes.two, Compartment.IDENTITY))
    mine.public_key, mine.signature = theirs.public_key, theirs.signature
    scopes.session.flush()
    with pytest.raises(UnsignedKey):
        scopes.keys(scopes.one)


def test_a_compartment_without_a_public_key_says_what_to_restore(scopes: Scopes) -> None:
    scopes.session.delete(scopes.session.get_one(CompartmentKey, (scopes.one, Compartment.IDENTITY)))
    scopes.session.flush()
    with pytest.raises(MissingKey, match="compartment_keys"):
        seal_identity(scopes.keys(scopes.one), uuid4(), IDENTITY)


def test_once_a_campaign_s_keys_are_destroyed_nothing_of_it_opens_again(scopes: Scopes) -> None:
    record = uuid4()
    blobs = {
        scope: [(record, seal_identity(scopes.keys(scope), record, IDENTITY))]
        for scope in (scopes.one, scopes.two)
    }
    under = receipt(scopes.one, Compartment.IDENTITY, record)
    assert open_identities(scopes.vault, under, blobs[scopes.one]) == {record: IDENTITY}
    scopes.vault.destroy_keys(scopes.one)
    with pytest.raises(KeyDestroyed, match=str(scopes.one)):
        open_identities(scopes.vault, under, blobs[scopes.one])
    assert open_identities(scopes.vault, replace(under, scope_id=scopes.two), blobs[scopes.two]) == {
        record: IDENTITY
    }
