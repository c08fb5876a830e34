"""A sift in which anything happens: random acts on the real services, each of which may be refused."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.errors import Refusal
from recruitment.rules.permissions import Role
from recruitment.services import moderation, moderation_lists, scores, sift
from recruitment.services.accounts import add_person
from recruitment.services.applications import withdraw_application
from recruitment.services.filling import fill_places
from recruitment.services.late_applications import hand_out_late
from recruitment.services.queues import find_next
from recruitment.services.rights import ask_erasure
from recruitment.services.roles import give_role, take_role
from recruitment.services.scorer_agreement import moderate_borderline
from recruitment.store.applications import Application
from recruitment.store.campaigns import lock_campaign
from tests.support.canaries import Withheld, apply
from tests.support.world import World

SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")
ACTS = (
    "they_moderate_the_borderline",
    "they_arrange_moderation",
    "they_propose",
    "they_come_late",
    "they_score",
    "they_undo",
    "they_recognise",
    "they_withdraw",
    "they_are_erased",
    "they_leave_and_come_back",
    "they_fill_places",
)


class Drama:
    """Random acts on the real services; what a service refuses has not happened."""

    def __init__(self, world: World, campaign_id: UUID, seed: int) -> None:
        self.world, self.campaign_id, self.random = world, campaign_id, Random(seed)
        self.desk, self.recruiter = world.staff_desk, world.actor("recruiter")
        self.scorers = [world.actor(part) for part in SHORTLISTERS]
        self.least = 4
        self.done: list[str] = []

    def act_by_lot(self) -> None:
        self.act(self.random.choice([*ACTS, *["they_score"] * 12, *["they_propose"] * 6, "they_undo"]))

    def act(self, name: str) -> None:
        self.world.clock.advance(minutes=self.random.randint(1, 5))
        try:
            getattr(self, name)()
        except Refusal:
            return
        self.done.append(name)

    def finish(self) -> None:
        """Everything that is left is scored and agreed, so that the scores can lock."""
        self._bring_in_two_more()
        self.they_fill_places()
        self.score_what_is_left()
        self.they_moderate_the_borderline()
        self.they_arrange_moderation()
        for actor in self.scorers:
            self._propose_all(actor)

    def _bring_in_two_more(self) -> None:
        """Whoever wrote an answer may be known to all three."""
        for name in ("Ines Ward", "Tom Reed"):
            with self.desk.sessions.writing() as session:
                person_id = add_person(
                    session,
                    actor=system_actor(self.world.organisation_id),
                    desk=self.desk,
                    name=name,
                    email=f"{name[:3]}@body.example",
                )
            self.write(give_role, person_id=person_id, role=Role.SHORTLISTER)
            self.scorers.append(Actor(ActorKind.STAFF, person_id, self.world.organisation_id))

    def score_what_is_left(self) -> None:
        for actor in self.scorers:
            with self.desk.sessions.writing() as session:
                whose = {"actor": actor, "campaign_id": self.campaign_id}
                while handle := find_next(session, **whose):
                    asked = {**whose, "desk": self.desk, "handle": handle}
                    for criterion in sift.read_answer(session, **asked).criteria:
                        if criterion.score is None:
                            value = self.random.randint(3, 6)
                            scores.score_answer(
                                session, **asked, criterion_id=criterion.id, value=value, reason="Because."
                            )

    def _propose_all(self, actor: Actor) -> None:
        with self.desk.sessions.reading() as session:
            cases = moderation_lists.list_moderation(session, actor=actor, campaign_id=self.campaign_id)
        for case in cases:
            if not case.is_agreed:
                self._propose(actor, case, 5)

    def _propose(self, actor: Actor, case: Any, value: int) -> None:
        self.write(
            moderation.propose_score,
            actor,
            handle=case.handle,
            criterion_id=case.criterion_id,
            value=value,
            reason="We read it again.",
        )

    def _somebody(self) -> Actor:
        return self.world.actor(self.random.choice(SHORTLISTERS))

    def _answer(self, actor: Actor) -> Any:
        with self.desk.sessions.reading() as session:
            queue = sift.read_queue(session, actor=actor, campaign_id=self.campaign_id, per_page=500).items
            if not queue:
                raise Refusal("nothing to score")
            handle = self.random.choice(queue).handle
            asked = {"actor": actor, "desk": self.desk, "campaign_id": self.campaign_id, "handle": handle}
            answer = sift.read_answer(session, **asked)
        return asked, self.random.choice(answer.criteria).id

    def write(self, act: Callable[..., Any], actor: Actor | None = None, **asked: Any) -> Any:
        with self.desk.sessions.writing() as session:
            return act(
                session, actor=actor or self.recruiter, desk=self.desk, campaign_id=self.campaign_id, **asked
            )

    def they_score(self) -> None:
        asked, criterion_id = self._answer(self._somebody())
        value = self.random.randint(1, 7)
        with self.desk.sessions.writing() as session:
            scores.score_answer(session, **asked, criterion_id=criterion_id, value=value, reason="Because.")

    def they_undo(self) -> None:
        asked, criterion_id = self._answer(self._somebody())
        with self.desk.sessions.writing() as session:
            scores.undo_score(session, **asked, criterion_id=criterion_id)

    def they_recognise(self) -> None:
        asked, _ = self._answer(self._somebody())
        chosen = self.random.choice(list(scores.Recognition))
        with self.desk.sessions.writing() as session:
            scores.declare_recognition(session, **asked, recognition=chosen)

    def they_arrange_moderation(self) -> None:
        self.write(moderation.arrange_moderation)

    def they_moderate_the_borderline(self) -> None:
        self.write(moderate_borderline, places=2)

    def they_propose(self) -> None:
        actor = self._somebody()
        with self.desk.sessions.reading() as session:
            cases = moderation_lists.list_moderation(session, actor=actor, campaign_id=self.campaign_id)
        if not cases:
            raise Refusal("nothing to agree")
        self._propose(actor, self.random.choice(cases), self.random.randint(4, 5))

    def _owner(self) -> Actor:
        with self.desk.sessions.reading() as session:
            owners = session.scalars(
                select(Application.candidate_id)
                .where(Application.campaign_id == self.campaign_id, Application.withdrawn_at.is_(None))
                .order_by(Application.reference)
            ).all()
        if len(owners) <= self.least:
            raise Refusal("few are left")
        return Actor(ActorKind.CANDIDATE, self.random.choice(owners), self.world.organisation_id)

    def they_withdraw(self) -> None:
        self.write(withdraw_application, self._owner())

    def they_are_erased(self) -> None:
        self.write(ask_erasure, self._owner())

    def they_come_late(self) -> None:
        late = self.world.add_candidate(f"late{len(self.done)}@example.org")
        application_id = apply(self.world, self.campaign_id, Withheld(), actor=late)
        with self.desk.sessions.writing() as session:
            campaign = lock_campaign(session, self.campaign_id)
            hand_out_late(session, actor=late, desk=self.desk, campaign=campaign, application_id=application_id)

    def they_leave_and_come_back(self) -> None:
        leaving, why = self._somebody(), self.random.choice(["", "They had sat together."])
        role = {"person_id": leaving.id, "role": Role.SHORTLISTER}
        self.write(take_role, **role, set_aside=why)
        self.write(give_role, **role)

    def they_fill_places(self) -> None:
        self.write(fill_places)
