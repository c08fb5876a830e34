"""Strategies that several bodies share: their versions, who is in, and invitations that wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class JointStrategy(Base):
    """Belongs to no body: whoever is a member may read and rewrite it."""

    __tablename__ = "joint_strategies"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime]


class JointVersion(Base):
    """`objectives`: pairs of an objective and its indicator."""

    __tablename__ = "joint_versions"

    strategy_id: Mapped[UUID] = mapped_column(ForeignKey("joint_strategies.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(LongText, default="")
    objectives: Mapped[list[Any]]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class JointMember(Base):
    """A body in a strategy, and the version it agreed to; gone once `left_at` is set, until it joins again."""

    __tablename__ = "joint_members"

    strategy_id: Mapped[UUID] = mapped_column(ForeignKey("joint_strategies.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    version: Mapped[int]
    agreed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id"),)


class JointInvitation(Base):
    """A code by which one other body joins; only its hash is kept."""

    __tablename__ = "joint_invitations"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    strategy_id: Mapped[UUID] = mapped_column(ForeignKey("joint_strategies.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
