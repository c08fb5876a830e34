"""Staff, the links that enrol them, and the roles they hold in campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.rules.permissions import Role
from recruitment.store.base import Base


class Person(Base):
    """A member of staff. Each site has a second factor of its own, wrapped by a key the other site lacks.

    `only_campaign_id`: an outside scorer, for one campaign alone.
    """

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    only_campaign_id: Mapped[UUID | None]
    staff_password: Mapped[str | None]
    public_password: Mapped[str | None]
    staff_factor: Mapped[bytes | None]
    staff_factor_used: Mapped[int] = mapped_column(default=0)
    public_factor: Mapped[bytes | None]
    public_factor_used: Mapped[int] = mapped_column(default=0)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    session_version: Mapped[int] = mapped_column(default=1)
    morning_mail_off_at: Mapped[datetime | None]  # their own choice
    # A hash of issuer and subject at the body's account provider, once somebody came through it.
    provider_subject: Mapped[str | None]
    created_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id"), Index(None, "provider_subject", unique=True))


class Enrolment(Base):
    """A single-use link by which a person sets a password and second factor on one site."""

    __tablename__ = "enrolments"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    site: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CampaignRole(Base):
    __tablename__ = "campaign_roles"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]

    __table_args__ = (Index(None, "person_id"),)


def find_person(session: Session, email: str) -> Person | None:
    return session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def roles_in_campaign(session: Session, campaign_id: UUID, person_id: UUID) -> frozenset[Role]:
    rows = session.scalars(
        select(CampaignRole.role).where(
            CampaignRole.campaign_id == campaign_id, CampaignRole.person_id == person_id
        )
    )
    return frozenset(Role(role) for role in rows)


def people_with_role(session: Session, campaign_id: UUID, *roles: Role) -> Sequence[Person]:
    """The active people who hold one of these roles, by name."""
    return session.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(CampaignRole.person_id).where(
                    CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_([str(r) for r in roles])
                )
            ),
            Person.is_active,
        )
        .order_by(Person.name, Person.id)
    ).all()
