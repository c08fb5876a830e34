"""Single-use sign-in links of a demonstration: no password, no code, and only on a development key."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.errors import NotFound
from recruitment.services.accounts import Site
from recruitment.services.desk import Desk
from recruitment.services.sign_in_links import (
    SignedInCandidate,
    Waiting,
    check_address,
    find_or_make_account,
    make_link,
    use_link,
)
from recruitment.store.people import Enrolment, Person

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
    candidate_id = find_or_make_account(session, desk=desk, organisation_id=organisation_id, address=plain)
    return make_link(
        session,
        desk=desk,
        organisation_id=organisation_id,
        candidate_id=candidate_id,
        campaign_id=None,
        waiting=Waiting(plain, {}, ""),
        good_for=GOOD_FOR,
    )


def use_demo_candidate_link(session: Session, *, desk: Desk, token: str) -> SignedInCandidate:
    _require_demo(desk)
    return use_link(session, desk=desk, token=token)
