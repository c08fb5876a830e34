"""The staff of the sample organisation and the roles they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.permissions import PANEL_ROLES, Role
from recruitment.services.accounts import add_person
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
    return SampleCast(organisation_id, people)
