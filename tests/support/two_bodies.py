"""Two bodies on one installation, each with somebody who keeps its calendar, signed in."""

from __future__ import annotations

import re
from datetime import date

from recruitment.rules.actions import ActionText, Status
from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.services.accounts import add_person
from recruitment.services.actions import add_action, make_plan
from recruitment.services.installation import add_organisation
from recruitment.store.people import Person
from tests.support.yearly_figures import counts_of, publish_year

FIELDS = {
    "title": "Joint equality strategy", "summary": "Fair recruitment everywhere.", "objective_1": "Fair adverts",
    "indicator_1": "Every advert is looked through", "objective_2": "Mixed panels",
}  # fmt: skip


class Bodies:
    """The world's own body and a neighbour, with an administrator of each signed in."""

    def __init__(self, world):
        self.world, desk = world, world.staff_desk
        with desk.sessions.writing() as session:
            session.get_one(Person, world.people["recruiter"]).is_administrator = True
            self.neighbour = add_organisation(session, desk=desk, name="County Council", slug="county-council")
            self.keeper = add_person(
                session, actor=system_actor(self.neighbour), desk=desk, name="Bea Neighbour",
                email="bea@council.example", is_administrator=True,
            )  # fmt: skip
        self.own = world.staff_client()
        world.sign_in(self.own, "recruiter")
        self.other = world.staff_client()
        with self.other.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = f"staff:{self.keeper}:1", True

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.keeper, self.neighbour)

    def begin(self) -> str:
        begun = self.own.post("/joint/new", data=FIELDS)
        assert begun.status_code == 303
        return begun.location

    def invite(self, joint: str) -> str:
        page = self.own.post(f"{joint}/invite").text
        return re.search(r"\b[0-9a-f]{64}\b", page).group()

    def join(self, code: str, version: int = 1):
        return self.other.post("/joint/join", data={"code": code, "version": str(version), "agree": "yes"})

    def joined(self) -> str:
        joint = self.begin()
        assert self.join(self.invite(joint)).status_code == 303
        return joint

    def act(self, actor: Actor, objective: str, due: date, what="A thing of ours"):
        desk = self.world.staff_desk
        with desk.sessions.writing() as session:
            plan_id = make_plan(session, actor=actor, desk=desk, title=f"Plan of {what}")
            text = ActionText(objective, what, "Our lead", due, Status.IN_PROGRESS, "Our progress")
            add_action(session, actor=actor, desk=desk, plan_id=plan_id, text=text)

    def publish(self, organisation_id, first, people, seed, **changes):
        with self.world.staff_desk.sessions.writing() as session:
            by = self.world.people["analyst"]
            publish_year(session, organisation_id, by, first, counts_of(people, seed), **changes)
