"""Joint strategies: begun by one body, agreed to by each for itself, read by the staff of its members alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.joint_strategies import (
    INVITATION_LASTS,
    StrategyText,
    check_text,
    keep_objectives,
    read_objectives,
)
from recruitment.services.governance_groups import record, require_keeping
from recruitment.services.permissions import require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.joint_strategies import JointInvitation, JointMember, JointStrategy, JointVersion
from recruitment.store.organisations import Organisation


def member_of(session: Session, actor: Actor, joint_id: UUID) -> JointMember:
    """The membership of the actor's body; `NotFound` for staff of any other."""
    require_staff(session, actor)
    row = session.get(JointMember, (joint_id, actor.organisation_id))
    if row is None or row.left_at is not None:
        raise NotFound
    return row


@dataclass(frozen=True)
class Member:
    """A body in a strategy; `version`: the one it agreed to."""

    organisation_id: UUID
    name: str
    version: int
    agreed_at: datetime


@dataclass(frozen=True)
class ReadStrategy:
    """The text in force, and who is in; `is_agreed`: whether the reader's own body agreed to this version."""

    id: UUID
    version: int
    text: StrategyText
    written_by: str
    written_at: datetime
    members: tuple[Member, ...]
    is_agreed: bool


def list_members(session: Session, joint_id: UUID) -> tuple[Member, ...]:
    """In the order of their names."""
    rows = session.execute(
        select(JointMember, Organisation.name)
        .join(Organisation, Organisation.id == JointMember.organisation_id)
        .where(JointMember.strategy_id == joint_id, JointMember.left_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple(Member(row.organisation_id, name, row.version, row.agreed_at) for row, name in rows)


def _read(session: Session, joint_id: UUID, organisation_id: UUID) -> ReadStrategy:
    latest = _latest(session, joint_id)
    members = list_members(session, joint_id)
    own = next((one for one in members if one.organisation_id == organisation_id), None)
    return ReadStrategy(
        joint_id,
        latest.version,
        StrategyText(latest.title, latest.summary, read_objectives(latest.objectives)),
        session.get_one(Organisation, latest.organisation_id).name,
        latest.made_at,
        members,
        own is not None and own.version == latest.version,
    )


def _latest(session: Session, joint_id: UUID) -> JointVersion:
    query = select(JointVersion).where(JointVersion.strategy_id == joint_id)
    return session.scalars(query.order_by(JointVersion.version.desc()).limit(1)).one()


def read_strategy(session: Session, *, actor: Actor, joint_id: UUID) -> ReadStrategy:
    """For all staff of a member."""
    member_of(session, actor, joint_id)
    return _read(session, joint_id, actor.organisation_id)


@dataclass(frozen=True)
class ListedStrategy:
    id: UUID
    title: str
    members: int
    is_agreed: bool


def list_strategies(session: Session, *, actor: Actor) -> list[ListedStrategy]:
    """Those of which the actor's body is a member."""
    require_staff(session, actor)
    own = session.scalars(
        select(JointMember.strategy_id).where(
            JointMember.organisation_id == actor.organisation_id, JointMember.left_at.is_(None)
        )
    )
    read = [_read(session, joint_id, actor.organisation_id) for joint_id in own]
    listed = [ListedStrategy(one.id, one.text.title, len(one.members), one.is_agreed) for one in read]
    return sorted(listed, key=lambda one: (one.title, one.id))


def begin_strategy(session: Session, *, actor: Actor, desk: StaffDesk, text: StrategyText) -> UUID:
    """The first version; the body that begins it agrees to it by doing so."""
    require_keeping(session, actor)
    tidy = check_text(text)
    joint_id = desk.new_id()
    session.add(JointStrategy(id=joint_id, begun_at=desk.now))
    session.flush()
    _write(session, desk, actor, joint_id, 1, tidy)
    _agree(session, desk, actor, joint_id, 1)
    record(session, desk, actor, "joint_begun", strategy=joint_id, title=tidy.title)
    return joint_id


def _write(
    session: Session, desk: StaffDesk, actor: Actor, joint_id: UUID, version: int, text: StrategyText
) -> None:
    session.add(
        JointVersion(
            strategy_id=joint_id,
            version=version,
            title=text.title,
            summary=text.summary,
            objectives=keep_objectives(text.objectives),
            organisation_id=actor.organisation_id,
            made_by=actor.id,
            made_at=desk.now,
        )
    )
    session.flush()


def _agree(session: Session, desk: StaffDesk, actor: Actor, joint_id: UUID, version: int) -> None:
    session.merge(
        JointMember(
            strategy_id=joint_id,
            organisation_id=actor.organisation_id,
            version=version,
            agreed_by=actor.id,
            agreed_at=desk.now,
            left_at=None,
        )
    )
    session.flush()


def rewrite_strategy(
    session: Session, *, actor: Actor, desk: StaffDesk, joint_id: UUID, text: StrategyText
) -> int:
    """A new version, to which every other member has to agree anew; its number."""
    require_keeping(session, actor)
    member_of(session, actor, joint_id)
    _lock(session, joint_id)
    tidy, latest = check_text(text), _latest(session, joint_id)
    before = StrategyText(latest.title, latest.summary, read_objectives(latest.objectives))
    if tidy == before:
        raise Invalid("Nothing is different from the version in force.", "title")
    version = latest.version + 1
    _write(session, desk, actor, joint_id, version, tidy)
    _agree(session, desk, actor, joint_id, version)
    record(session, desk, actor, "joint_rewritten", strategy=joint_id, title=tidy.title, version=version)
    return version


def _lock(session: Session, joint_id: UUID) -> None:
    session.scalars(select(JointStrategy).where(JointStrategy.id == joint_id).with_for_update()).one()


def agree_strategy(session: Session, *, actor: Actor, desk: StaffDesk, joint_id: UUID, version: int) -> None:
    """Agree, for the actor's own body, to the version that they read."""
    require_keeping(session, actor)
    member_of(session, actor, joint_id)
    _lock(session, joint_id)
    latest = _latest(session, joint_id)
    if latest.version != version:
        raise TooLate("The strategy was rewritten meanwhile. Read the new version first.")
    _agree(session, desk, actor, joint_id, version)
    record(session, desk, actor, "joint_agreed", strategy=joint_id, title=latest.title, version=version)


def invite_body(session: Session, *, actor: Actor, desk: StaffDesk, joint_id: UUID) -> str:
    """A code that lets one other body read the strategy and join it; it works once, for two weeks."""
    require_keeping(session, actor)
    member_of(session, actor, joint_id)
    token = desk.new_token()
    session.add(
        JointInvitation(
            token_hash=desk.vault.hash_token(token),
            strategy_id=joint_id,
            organisation_id=actor.organisation_id,
            made_by=actor.id,
            made_at=desk.now,
            expires_at=desk.now + INVITATION_LASTS,
        )
    )
    session.flush()
    record(session, desk, actor, "joint_invited", strategy=joint_id)
    return token


def _invitation(session: Session, desk: StaffDesk, code: str) -> JointInvitation:
    row = session.get(JointInvitation, desk.vault.hash_token("".join(code.split()).lower()), with_for_update=True)
    # An inviting body that has left can let nobody in any more.
    inviter = session.get(JointMember, (row.strategy_id, row.organisation_id)) if row else None
    if row is None or row.used_at is not None or row.expires_at <= desk.now or inviter is None or inviter.left_at:
        raise Invalid("This code is not known, or was used, or is older than two weeks.", "code")
    return row


def read_invitation(session: Session, *, actor: Actor, desk: StaffDesk, code: str) -> ReadStrategy:
    """What a body would agree to."""
    require_keeping(session, actor)
    return _read(session, _invitation(session, desk, code).strategy_id, actor.organisation_id)


def join_strategy(session: Session, *, actor: Actor, desk: StaffDesk, code: str, version: int) -> UUID:
    """Agree for the actor's own body: the others see its published years and how its actions stand from now on."""
    require_keeping(session, actor)
    row = _invitation(session, desk, code)
    _lock(session, row.strategy_id)
    latest = _latest(session, row.strategy_id)
    if latest.version != version:
        raise TooLate("The strategy was rewritten meanwhile. Read the new version first.")
    held = session.get(JointMember, (row.strategy_id, actor.organisation_id))
    if held is not None and held.left_at is None:
        raise Invalid("Your body is in this strategy already.", "code")
    row.used_at = desk.now
    _agree(session, desk, actor, row.strategy_id, version)
    record(session, desk, actor, "joint_joined", strategy=row.strategy_id, title=latest.title, version=version)
    return row.strategy_id


def leave_strategy(session: Session, *, actor: Actor, desk: StaffDesk, joint_id: UUID) -> None:
    """The body's figures and actions are shown no longer, also not in sums; what it published stays published."""
    require_keeping(session, actor)
    row = member_of(session, actor, joint_id)
    row.left_at = desk.now
    session.flush()
    record(session, desk, actor, "joint_left", strategy=joint_id, title=_latest(session, joint_id).title)
