"""How the sample campaign is made: vacancy, questions, criteria with guides, people."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.commands.sample.cast import INCLUSION_QUESTION, Parts, SampleCast
from recruitment.commands.sample.texts import QUESTIONS
from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignKind, QuestionKind, StageKind
from recruitment.rules.scoring import DEFAULT_SCALE
from recruitment.services import campaigns, criteria, first_sifts, panel_arrangements, roles
from recruitment.services.inclusion_questions import choose_question, list_inclusion_questions
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import list_criteria

Stages = tuple[tuple[StageKind, str], ...]


def plan_campaign(
    desk: StaffDesk,
    cast: SampleCast,
    title: str,
    unlinked: bool,
    parts: Parts,
    between: Stages = (),
    lead: str = "",
) -> UUID:
    """`between`: the stages from the sift to the interview; `lead`: the criterion of a planned first sift."""
    recruiter, now = cast.actor("recruiter"), desk.now
    stages: Stages = ((StageKind.SIFT, "Sift"), *between, (StageKind.INTERVIEW, "Interview"))
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
            stages=stages,
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
            _add_criterion(session, desk, recruiter, campaign_id, name, len(stages), ())
        if lead:
            chosen = next(one.id for one in list_criteria(session, campaign_id) if one.name == lead)
            first_sifts.name_lead(
                session, actor=recruiter, desk=desk, campaign_id=campaign_id, criterion_id=chosen
            )
        _arrange(session, desk, cast, campaign_id)
        for part, wanted in parts.items():
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


def _arrange(session: Session, desk: StaffDesk, cast: SampleCast, campaign_id: UUID) -> None:
    """The approved inclusion question, what else is asked, and where the post stands."""
    arranging = {"actor": cast.actor("recruiter"), "desk": desk, "campaign_id": campaign_id}
    library = list_inclusion_questions(session, actor=cast.actor("recruiter"), is_usable=True)
    if library:
        choose_question(session, **arranging, question_id=library[0].id)
    else:
        panel_arrangements.write_inclusion_question(session, **arranging, text=INCLUSION_QUESTION)
    panel_arrangements.arrange_panel(
        session, **arranging, arrangements=panel_arrangements.Arrangements("Casework", "Band 5")
    )
    panel_arrangements.write_pack(
        session,
        **arranging,
        questions=[
            panel_arrangements.PackQuestion("Tell us about a decision you had to make with too little evidence."),
            panel_arrangements.PackQuestion("Tell us about a time you and a colleague saw a case differently."),
        ],
    )


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
    criteria.add_criterion(
        session,
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        plan=criteria.CriterionPlan(
            name, stage, f"Evidence of {name.lower()} in the person's own work.", 1, 4, guide, questions
        ),
    )


_GUIDE = (
    "no evidence, or evidence of the opposite.",
    "general claims, with little said of what the person did.",
    "one clear example, with what the person did and what came of it.",
    "a demanding example, well reasoned, with a lasting result.",
)
