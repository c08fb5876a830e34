"""Candidates sign in by a one-time link; known and unknown addresses look the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.messages import ENGLISH
from recruitment.services.desk import Desk
from recruitment.services.post import in_language, post_letter
from recruitment.store.candidates import Candidate, SignInLink, find_candidate
from recruitment.store.organisations import Organisation
from recruitment.vault.payloads import dump, load
from recruitment.vault.sealing.contact import Letter, seal_address
from recruitment.vault.working import WorkingPurpose

GOOD_FOR = timedelta(minutes=30)
LINKS_AN_HOUR = 5
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def check_address(address: str) -> str:
    plain = address.strip()
    if len(plain) > 254 or not _ADDRESS.fullmatch(plain) or not plain.isprintable():
        raise Invalid("Enter an e-mail address in the correct format, like name@example.com.", "email")
    return plain


@dataclass(frozen=True)
class Waiting:
    """What waits with a link, under the accounts key, until it is used."""

    address: str
    carried: dict[str, list[str]]
    next_page: str


def find_or_make_account(session: Session, *, desk: Desk, organisation_id: UUID, address: str) -> UUID:
    """The candidate account of an address in an organisation, made when it is new."""
    hashed = desk.vault.blind("address", organisation_id, address)
    found = find_candidate(session, organisation_id, hashed)
    if found is not None:
        return found.id
    candidate_id = desk.new_id()
    keys = desk.vault.public_keys(session, organisation_id)
    session.add(
        Candidate(
            id=candidate_id,
            organisation_id=organisation_id,
            address_hash=hashed,
            address_sealed=seal_address(keys, candidate_id, address),
            session_version=1,
            created_at=desk.now,
        )
    )
    session.flush()
    return candidate_id


def make_link(
    session: Session,
    *,
    desk: Desk,
    organisation_id: UUID,
    candidate_id: UUID,
    campaign_id: UUID | None,
    waiting: Waiting,
    good_for: timedelta = GOOD_FOR,
) -> str:
    """The token of a new one-time link; only its hash is kept."""
    token = desk.new_token()
    hashed = desk.vault.hash_token(token)
    session.add(
        SignInLink(
            token_hash=hashed,
            organisation_id=organisation_id,
            candidate_id=candidate_id,
            campaign_id=campaign_id,
            waiting=desk.vault.encrypt(
                organisation_id, WorkingPurpose.ACCOUNTS, f"link {hashed.hex()}", dump(asdict(waiting))
            ),
            expires_at=desk.now + good_for,
        )
    )
    session.flush()
    return token


def ask_for_link(
    session: Session,
    *,
    desk: Desk,
    organisation_id: UUID,
    address: str,
    campaign_id: UUID | None,
    make_url: Callable[[str], str],
    carried: dict[str, list[str]] | None = None,
    next_page: str = "",
    language: str = ENGLISH,
) -> None:
    """Post a one-time link to an address, making the account when it is new; silent past five an hour.

    The letter is in `language`, the one that the page was read in. `carried` is what an expired page held; it
    waits with the address under the accounts key.
    """
    plain = check_address(address)
    organisation = session.get_one(Organisation, organisation_id)
    candidate_id = find_or_make_account(session, desk=desk, organisation_id=organisation_id, address=plain)
    recent = session.scalar(
        select(func.count())
        .select_from(SignInLink)
        .where(
            SignInLink.candidate_id == candidate_id,
            SignInLink.expires_at > desk.now + GOOD_FOR - timedelta(hours=1),
        )
    )
    if (recent or 0) >= LINKS_AN_HOUR:
        return
    token = make_link(
        session,
        desk=desk,
        organisation_id=organisation_id,
        candidate_id=candidate_id,
        campaign_id=campaign_id,
        waiting=Waiting(plain, carried or {}, next_page),
    )
    letter = Letter(
        to=plain,
        subject=f"Sign in to apply to {organisation.name}",
        body=(
            "Use this link to sign in and go on with your application:\n\n"
            f"{make_url(token)}\n\n"
            "It works once, for 30 minutes. If you did not ask for it, ignore this message.\n"
        ),
    )
    post_letter(session, desk=desk, organisation_id=organisation_id, letter=in_language(letter, language))


@dataclass(frozen=True)
class SignedInCandidate:
    id: UUID
    organisation_id: UUID
    session_version: int
    address: str
    campaign_id: UUID | None
    carried: dict[str, list[str]]
    next_page: str


def use_link(session: Session, *, desk: Desk, token: str, language: str = ENGLISH) -> SignedInCandidate:
    """Use a link up; what waited with it is erased. Used, old and invented links are told alike.

    Letters to the account are in `language` from now on: it is sealed with the address.
    """
    hashed = desk.vault.hash_token(token)
    link = session.get(SignInLink, hashed, with_for_update=True)
    if link is None or link.used_at is not None or link.expires_at <= desk.now or link.waiting is None:
        raise NotFound("This link was used already, or is older than 30 minutes. Ask for a new one.")
    kept = load(
        desk.vault.decrypt(link.organisation_id, WorkingPurpose.ACCOUNTS, f"link {hashed.hex()}", link.waiting)
    )
    link.used_at, link.waiting = desk.now, None
    candidate = session.get_one(Candidate, link.candidate_id)
    keys = desk.vault.public_keys(session, candidate.organisation_id)
    candidate.address_sealed = seal_address(keys, candidate.id, kept["address"], language)
    return SignedInCandidate(
        candidate.id,
        candidate.organisation_id,
        candidate.session_version,
        kept["address"],
        link.campaign_id,
        kept["carried"],
        kept["next_page"],
    )
