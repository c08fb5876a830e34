"""Single-use sign-in links of a demonstration: no password, no code, and only on a development key."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.errors import NotFound
from recruitment.services.accounts import Site
from recruitment.services.desk import Desk
from recruitment.services.sign_in_links import SignedInCandidate, check_address, use_link
from recruitment.store.candidates import Candidate, SignInLink, find_candidate
from recruitment.store.people import Enrolment, Person
from recruitment.vault.payloads import dump
from recruitment.vault.sealing.contact import seal_address
from recruitment.vault.working import WorkingPurpose

GOOD_FOR = timedelta(days=7)


def _require_demo(desk: Desk) -> None:
    if not desk.vault.is_development:
        raise PermissionError("demonstration links exist on a development key only")


def make_demo_link(session: Session, *, desk: Desk, person_id: UUID, site: Site) -> str:
    """A token that signs a member of staff in on one site, once."""
    _require_demo(desk)
    token = desk.new_token()
    session.add(
        Enrolment(
            token_hash=desk.vault.hash_token(token),
            person_id=session.get_one(Person, person_id).id,
            site=f"demo-{site}",
            expires_at=desk.now + GOOD_FOR,
        )
    )
    session.flush()
    return token


def use_demo_link(session: Session, *, desk: Desk, token: str, site: Site) -> Person:
    """Use a staff link up; used, old and invented ones are told alike."""
    _require_demo(desk)
    row = session.get(Enrolment, desk.vault.hash_token(token), with_for_update=True)
    if row is None or row.site != f"demo-{site}" or row.used_at is not None or row.expires_at <= desk.now:
        raise NotFound("This link was used already, or is too old.")
    row.used_at = desk.now
    return session.get_one(Person, row.person_id)


def make_demo_candidate_link(session: Session, *, desk: Desk, organisation_id: UUID, address: str) -> str:
    """A token that signs a candidate in, once; the account is made when it is new. No letter is written."""
    _require_demo(desk)
    plain = check_address(address)
    hashed = desk.vault.blind("address", organisation_id, plain)
    candidate = find_candidate(session, organisation_id, hashed)
    if candidate is None:
        candidate_id = desk.new_id()
        keys = desk.vault.public_keys(session, organisation_id)
        candidate = Candidate(
            id=candidate_id,
            organisation_id=organisation_id,
            address_hash=hashed,
            address_sealed=seal_address(keys, candidate_id, plain),
            session_version=1,
            created_at=desk.now,
        )
        session.add(candidate)
        session.flush()
    token = desk.new_token()
    hashed_token = desk.vault.hash_token(token)
    waiting = dump({"address": plain, "carried": {}, "next": ""})
    session.add(
        SignInLink(
            token_hash=hashed_token,
            organisation_id=organisation_id,
            candidate_id=candidate.id,
            campaign_id=None,
            waiting=desk.vault.encrypt(
                organisation_id, WorkingPurpose.ACCOUNTS, f"link {hashed_token.hex()}", waiting
            ),
            expires_at=desk.now + GOOD_FOR,
        )
    )
    session.flush()
    return token


def use_demo_candidate_link(session: Session, *, desk: Desk, token: str) -> SignedInCandidate:
    _require_demo(desk)
    return use_link(session, desk=desk, token=token)
