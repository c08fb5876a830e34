"""The staff of the sample organisation and the roles they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.panel_members import Training
from recruitment.rules.panel_policies import CHAIR_TRAINING, INCLUSION_TRAINING, PANEL_TRAINING
from recruitment.rules.permissions import PANEL_ROLES, Role
from recruitment.rules.pool import PoolAnswers
from recruitment.services import pool
from recruitment.services.accounts import add_person
from recruitment.services.inclusion_questions import approve_question, draft_question, list_inclusion_questions
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.people import find_person

PEOPLE = (
    ("recruiter", "Helen Marsh", True),
    ("shortlister_one", "Dev Patel", False),
    ("shortlister_two", "Siân Hughes", False),
    ("shortlister_three", "Marcus Bell", False),
    ("member", "Aisha Khan", False),
    ("deputy", "Ngozi Eze", False),
    ("analyst", "Tom Okafor", False),
    ("auditor", "Grace Lin", False),
)
Parts = Mapping[str, tuple[Role, ...]]

PARTS: Parts = {
    "shortlister_one": (Role.SHORTLISTER, Role.PANEL_CHAIR),
    "shortlister_two": (Role.SHORTLISTER, Role.INCLUSION_LEAD),
    "shortlister_three": (Role.SHORTLISTER,),
    "member": (Role.PANEL_MEMBER, Role.CLEARER),
    "deputy": (Role.DEPUTY,),
    "analyst": (Role.ANALYST,),
    "auditor": (Role.AUDITOR,),
}


@dataclass(frozen=True)
class SampleCast:
    """The staff of the sample organisation, by their part in the campaign."""

    organisation_id: UUID
    people: Mapping[str, UUID]

    def actor(self, part: str) -> Actor:
        return Actor(ActorKind.STAFF, self.people[part], self.organisation_id)

    def holders(self, parts: Parts, *wanted: Role) -> list[Actor]:
        """Those who hold one of these roles, in the order of the parts."""
        return [self.actor(part) for part, held in parts.items() if set(held) & set(wanted)]

    def panel(self, parts: Parts) -> list[Actor]:
        """The panel, its chair first."""
        chair = self.holders(parts, Role.PANEL_CHAIR)
        return chair + [one for one in self.holders(parts, *PANEL_ROLES) if one not in chair]


def make_cast(desk: StaffDesk, organisation_id: UUID) -> SampleCast:
    """Add the staff, or find those who are there."""
    people = {}
    with desk.sessions.writing() as session:
        for part, name, is_administrator in PEOPLE:
            email = f"{part.replace('_', '.')}@body.example"
            found = find_person(session, email)
            people[part] = (
                found.id
                if found
                else add_person(
                    session,
                    actor=system_actor(organisation_id),
                    desk=desk,
                    name=name,
                    email=email,
                    is_administrator=is_administrator,
                )
            )
    cast = SampleCast(organisation_id, people)
    _fill_pool(desk, cast)
    return cast


INCLUSION_QUESTION = "Tell us how you have made a team or a service more inclusive, and what changed."
_GUIDE = (
    "Weak: says that everybody is treated the same. Good: saw that something shut people out, and changed it. "
    "Strong: worked with those who were shut out, and can say what is different now."
)
# Part → directorate, what they told of themselves (sex, ethnic group), and the courses beside the members' one.
_POOL: Mapping[str, tuple[str, tuple[str, str], tuple[str, ...]]] = {
    "shortlister_one": ("Operations", ("male", "asian"), (CHAIR_TRAINING,)),
    "shortlister_two": ("Casework", ("female", "white_british"), (INCLUSION_TRAINING,)),
    "shortlister_three": ("Legal", ("male", "black"), ()),
    "member": ("Policy", ("female", "asian"), (CHAIR_TRAINING, INCLUSION_TRAINING)),
    "deputy": ("Legal", ("", ""), (CHAIR_TRAINING,)),
}


def _fill_pool(desk: StaffDesk, cast: SampleCast) -> None:
    """Those who sit on panels join the pool, their training is confirmed, and a question enters the library."""
    recruiter = cast.actor("recruiter")
    today = desk.now.date()
    with desk.sessions.writing() as session:
        for part, (directorate, (sex, group), courses) in _POOL.items():
            actor = cast.actor(part)
            if pool.read_own_membership(session, actor=actor, desk=desk) is not None:
                continue
            pool.join_pool(
                session,
                actor=actor,
                desk=desk,
                facts=pool.PoolFacts(
                    "Band 7",
                    directorate,
                    can_chair=CHAIR_TRAINING in courses,
                    can_lead=INCLUSION_TRAINING in courses,
                    is_inclusion_adviser=part == "member",
                ),
                answers=PoolAnswers(sex, group, may_check=True, may_propose=part != "deputy") if sex else None,
            )
            for course in (PANEL_TRAINING, *courses):
                training_id = pool.add_training(
                    session,
                    actor=actor,
                    desk=desk,
                    training=Training(
                        course, today - timedelta(days=200), today + timedelta(days=530), "Certificate in the file"
                    ),
                )
                pool.confirm_training(
                    session, actor=recruiter, desk=desk, person_id=actor.id, training_id=training_id
                )
        if not list_inclusion_questions(session, actor=recruiter):
            question_id = draft_question(
                session,
                actor=recruiter,
                desk=desk,
                text=INCLUSION_QUESTION,
                guide=_GUIDE,
                drafted_by="Staff networks' working group",
            )
            approve_question(
                session,
                actor=system_actor(cast.organisation_id),
                desk=desk,
                question_id=question_id,
                approved_by="Executive team, at its meeting in May",
            )
