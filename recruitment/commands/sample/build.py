"""Builds a sample campaign step by step, through the services that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.commands.sample.people import SampleCandidate, make_candidate
from recruitment.commands.sample.scoring import agree_moderation, score_interviews, score_sift
from recruitment.commands.sample.texts import QUESTIONS, write_answer
from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.applications import Relationship
from recruitment.rules.campaigns import CampaignKind, CampaignState, QuestionKind, has_reached
from recruitment.rules.outcomes import Outcome
from recruitment.rules.permissions import Role
from recruitment.rules.scoring import DEFAULT_SCALE
from recruitment.services import (
    campaigns,
    coverage,
    moderation,
    outcomes,
    releases,
    reveals,
    roles,
    shortlists,
    sift,
)
from recruitment.services.accounts import add_person
from recruitment.services.equality_answers import seal_imported_answers, store_equality_row
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.submissions import (
    ApplicationContent,
    free_references,
    prepare_application,
    store_application,
)
from recruitment.services.tallies import rewrite_rows, tally_campaign
from recruitment.services.trail import record_event
from recruitment.store.campaigns import list_questions, list_vacancies
from recruitment.store.candidates import Candidate
from recruitment.store.people import find_person
from recruitment.vault.sealing.contact import seal_address

Say = Callable[[str], None]

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
ROLES: Mapping[str, tuple[Role, ...]] = {
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


@dataclass(frozen=True)
class Building:
    desk: StaffDesk
    cast: SampleCast
    campaign_id: UUID
    random: Random
    abilities: dict[UUID, float]
    say: Say
    equality: Random


def build_campaign(
    desk: StaffDesk,
    cast: SampleCast,
    *,
    set_clock: Callable[[timedelta], None],
    title: str = "Casework officer",
    until: CampaignState = CampaignState.RELEASED,
    applications: int = 60,
    seed: int = 1,
    unlinked: bool = True,
    equality_seed: int = 0,
    say: Say = lambda line: None,
) -> UUID:
    """A campaign that has reached `until`; `set_clock` moves the desk's clock to an offset from its start.

    Three questions, each scored against a criterion of its own; a sift and an interview; two posts.
    """
    set_clock(timedelta())
    random = Random(seed)  # noqa: S311 - the sample must be the same every time
    campaign_id = _plan(desk, cast, title, unlinked)
    building = Building(desk, cast, campaign_id, random, {}, say, Random(equality_seed))  # noqa: S311
    say(f"campaign “{title}” planned: three questions, criteria with scoring guides, two stages")
    if until is CampaignState.DRAFT:
        return campaign_id
    with desk.sessions.writing() as session:
        campaigns.open_campaign(session, actor=cast.actor("recruiter"), desk=desk, campaign_id=campaign_id)
    set_clock(timedelta(days=1))
    _apply(building, applications)
    if until is not CampaignState.OPEN:
        set_clock(timedelta(days=15))
        _sift(building, until)
        _shortlist(building, until, set_clock)
        _interview(building, until, set_clock)
    return campaign_id


def _plan(desk: StaffDesk, cast: SampleCast, title: str, unlinked: bool) -> UUID:
    recruiter, now = cast.actor("recruiter"), desk.now
    with desk.sessions.writing() as session:
        plan = campaigns.CampaignPlan(
            title,
            CampaignKind.EXTERNAL,
            now,
            now + timedelta(days=14),
            summary=(
                "You will look into complaints about public services, decide what went wrong, and say what should "
                "be put right. We will train you. You can work part time, or share the job."
            ),
            is_unlinked=unlinked,
        )
        campaign_id = campaigns.create_campaign(session, actor=recruiter, desk=desk, plan=plan)
        campaigns.add_vacancy(
            session,
            actor=recruiter,
            desk=desk,
            campaign_id=campaign_id,
            title=title,
            posts=2,
            location="Leeds, or at home",
            grade="Band 5",
            pay="£31,000 to £36,500",
            working_pattern="Full time, part time or job share",
        )
        names = ("Putting things right", "Weighing evidence", "Services for everybody")
        for (text, hint), name in zip(QUESTIONS, names, strict=True):
            question_id = campaigns.add_question(
                session,
                actor=recruiter,
                desk=desk,
                campaign_id=campaign_id,
                kind=QuestionKind.ANSWER,
                text=text,
                hint=hint,
                word_limit=250,
            )
            _add_criterion(session, desk, recruiter, campaign_id, name, 1, (question_id,))
        for name in ("Judgement", "Working with others", "Inclusion"):
            _add_criterion(session, desk, recruiter, campaign_id, name, 2, ())
        campaigns.change_campaign(
            session,
            actor=recruiter,
            desk=desk,
            campaign_id=campaign_id,
            inclusion_question="Tell us how you have made a team or a service more inclusive, and what changed.",
        )
        for part, wanted in ROLES.items():
            for role in wanted:
                roles.give_role(
                    session,
                    actor=recruiter,
                    desk=desk,
                    campaign_id=campaign_id,
                    person_id=cast.people[part],
                    role=role,
                )
    return campaign_id


def _add_criterion(
    session: Session,
    desk: StaffDesk,
    actor: Actor,
    campaign_id: UUID,
    name: str,
    stage: int,
    questions: tuple[UUID, ...],
) -> None:
    guide = {
        score: f"{label}: {_GUIDE[min(score // 2, 3)]}" for score, label in enumerate(DEFAULT_SCALE.labels, 1)
    }
    campaigns.add_criterion(
        session,
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        plan=campaigns.CriterionPlan(
            name, stage, f"Evidence of {name.lower()} in the person's own work.", 1, 4, guide, questions
        ),
    )


_GUIDE = (
    "no evidence, or evidence of the opposite.",
    "general claims, with little said of what the person did.",
    "one clear example, with what the person did and what came of it.",
    "a demanding example, well reasoned, with a lasting result.",
)


def _apply(building: Building, number: int) -> None:
    desk, campaign_id = building.desk, building.campaign_id
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, campaign_id)
        contact_keys = desk.vault.public_keys(session, building.cast.organisation_id)
        question_ids = [question.id for question in list_questions(session, campaign_id)]
        vacancies = tuple(vacancy.id for vacancy in list_vacancies(session, campaign_id))
        references = free_references(session, desk, campaign_id, number)
    equality = []
    for place, reference in enumerate(references):
        candidate = make_candidate(place, building.random, building.equality)
        application_id = desk.new_id()
        building.abilities[application_id] = candidate.ability
        prepared = prepare_application(
            desk=desk,
            keys=keys,
            application_id=application_id,
            content=_content(building, candidate, question_ids, vacancies),
        )
        candidate_id = desk.new_id()
        sealed_address = seal_address(contact_keys, candidate_id, candidate.identity.contact.email)
        with desk.sessions.writing() as session:
            session.add(
                Candidate(
                    id=candidate_id,
                    organisation_id=building.cast.organisation_id,
                    address_hash=desk.vault.blind(
                        "address", building.cast.organisation_id, f"{campaign_id}{place}"
                    ),
                    address_sealed=sealed_address,
                    created_at=desk.now,
                )
            )
            session.flush()
            actor = Actor(ActorKind.CANDIDATE, candidate_id, building.cast.organisation_id)
            store_application(
                session,
                actor=actor,
                desk=desk,
                prepared=prepared,
                candidate_id=candidate_id,
                reference=reference,
            )
            record_event(
                session,
                at=desk.now,
                chain_id=campaign_id,
                actor=actor,
                event="application_submitted",
                application=application_id,
            )
        if candidate.equality is not None:
            equality.append(
                seal_imported_answers(
                    desk=desk, keys=keys, application_id=application_id, answers=candidate.equality
                )
            )
    for blob in equality:
        with desk.sessions.writing() as session:
            store_equality_row(session, campaign_id=campaign_id, blob=blob)
    rewrite_rows(desk, campaign_id)
    building.say(f"{number} applications sealed, {len(equality)} with equality answers apart")


def _content(
    building: Building, candidate: SampleCandidate, question_ids: list[UUID], vacancies: tuple[UUID, ...]
) -> ApplicationContent:
    texts = {
        question_id: write_answer(candidate, place, building.random)
        for place, question_id in enumerate(question_ids)
    }
    identity = replace(candidate.identity, answers={str(key): text for key, text in texts.items()})
    return ApplicationContent(
        identity=identity,
        texts=texts,
        requests=candidate.requests,
        relationships=tuple(Relationship(person, nature) for person, nature in candidate.relationships),
        vacancies=vacancies,
    )


def _sift(building: Building, until: CampaignState) -> None:
    desk, cast, campaign_id = building.desk, building.cast, building.campaign_id
    recruiter = cast.actor("recruiter")
    with desk.sessions.writing() as session:
        pairs = sift.open_sift(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    building.say(f"sift opened: {pairs} readings handed out")
    if until is CampaignState.SIFTING:
        return
    scorers = [cast.actor(f"shortlister_{number}") for number in ("one", "two", "three")]
    given = score_sift(desk, campaign_id, scorers, building.abilities, building.random)
    building.say(f"three shortlisters gave {given} scores, each alone")
    with desk.sessions.writing() as session:
        arranged = moderation.arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    agreed = agree_moderation(desk, campaign_id, scorers)
    building.say(f"{arranged} differing scores moderated, {agreed} agreed")
    with desk.sessions.writing() as session:
        coverage.lock_scores(session, actor=recruiter, desk=desk, campaign_id=campaign_id)


def _shortlist(building: Building, until: CampaignState, set_clock: Callable[[timedelta], None]) -> None:
    if not has_reached(until, CampaignState.LINE_SET):
        return
    desk, cast, campaign_id = building.desk, building.cast, building.campaign_id
    recruiter = cast.actor("recruiter")
    set_clock(timedelta(days=20))
    with desk.sessions.reading() as session:
        ranking = shortlists.read_ranking(session, actor=recruiter, campaign_id=campaign_id)
    able = [entry.total for entry in ranking.entries if entry.meets_minimum] or [Fraction(0)]
    line = able[min(len(able) - 1, max(3, len(ranking.entries) // 5))]
    with desk.sessions.writing() as session:
        above = shortlists.set_interview_line(
            session,
            actor=recruiter,
            desk=desk,
            campaign_id=campaign_id,
            line=line,
            reason="The panel has room for two days of interviews.",
        )
    building.say(f"interview line set at {float(line):g}: {above} stand above it")
    if not has_reached(until, CampaignState.FROZEN):
        return
    with desk.sessions.reading() as session:
        resolution = shortlists.resolve_disability_confident(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id
        )
    with desk.sessions.writing() as session:
        shortlists.freeze_shortlist(session, actor=recruiter, desk=desk, resolution=resolution)
    building.say(f"shortlist of {len(resolution.shortlisted)} frozen")
    if not has_reached(until, CampaignState.REVEALED):
        return
    with desk.sessions.writing() as session:
        reveals.ask_reveal(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    chair = cast.actor("shortlister_one")
    with desk.sessions.writing() as session:
        request = reveals.read_reveal_request(session, actor=chair, campaign_id=campaign_id)
        reveals.agree_reveal(session, actor=chair, desk=desk, campaign_id=campaign_id, digest=request.digest)
    building.say("reveal asked by the recruiter, agreed by the panel chair: names open")


def _interview(building: Building, until: CampaignState, set_clock: Callable[[timedelta], None]) -> None:
    if not has_reached(until, CampaignState.DECIDED):
        return
    desk, cast, campaign_id = building.desk, building.cast, building.campaign_id
    set_clock(timedelta(days=27))
    panel = [cast.actor(part) for part in ("shortlister_one", "shortlister_two", "member")]
    interviewed = score_interviews(desk, campaign_id, panel, building.abilities, building.random)
    building.say(f"{interviewed} candidates interviewed, three members scoring each alone")
    chair = cast.actor("shortlister_one")
    with desk.sessions.reading() as session:
        merit = outcomes.read_merit(session, actor=chair, campaign_id=campaign_id)
        (vacancy,) = list_vacancies(session, campaign_id)
    decisions = {}
    for place, one in enumerate(merit):
        competent = one.result is not None and one.result.meets_minimum
        result = Outcome.NOT_APPOINTED
        if competent:
            result = Outcome.APPOINTED if place < vacancy.posts else Outcome.RESERVE
        reason = "The whole panel judged the evidence on inclusion, and agreed the order."
        decisions[one.application_id] = outcomes.Decided(
            result, vacancy.id if result is Outcome.APPOINTED else None, reason
        )
    with desk.sessions.writing() as session:
        outcomes.decide_outcomes(session, actor=chair, desk=desk, campaign_id=campaign_id, decisions=decisions)
    building.say("outcomes decided in order of merit")
    if not has_reached(until, CampaignState.TALLIED):
        return
    answered = tally_campaign(desk, campaign_id)
    building.say(f"equality answers of {answered} people counted, sealed and erased")
    if until is CampaignState.TALLIED:
        return
    analyst = cast.actor("analyst")
    with desk.sessions.reading() as session:
        prepared = releases.prepare_release(session, actor=analyst, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        releases.release_funnel(session, actor=analyst, desk=desk, prepared=prepared)
    building.say(f"funnel released: {len(prepared.tables)} tables under disclosure control")
