"""What answers an item of the checklist by itself: a named function a kind of evidence, of a campaign's facts.

No function reads an equality answer (Data Protection Act 2018, Schedule 1 paragraph 8(3)).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from recruitment.rules.adjustments import AdjustmentStanding
from recruitment.rules.campaigns import CampaignKind
from recruitment.rules.first_sifts import FirstSiftFacts
from recruitment.rules.tie_breaks import TieBreakStanding

LEAST_WEEKDAYS = 5
"""Days from Monday to Friday that a post inside the body stays open: our own measure, no standard sets one."""
_UK = ZoneInfo("Europe/London")


class Standing(StrEnum):
    MET = "met"
    OPEN = "open"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Facts:
    """What a campaign's records say. Numbers of events are their places in the trail; None where there is none."""

    kind: CampaignKind
    is_without_appointment: bool
    answers_short_of_scorers: int
    wanted_scorers: int
    criteria_without_guide: int
    first_score: int | None
    last_change_of_criteria: int | None
    locked: int | None
    line: int | None
    line_reason: str
    deciders_who_scored: int
    left_hidden: int
    frozen: int | None
    agreed: int | None
    is_agreed_by_another: bool
    is_panel_checked: bool
    blocking: tuple[str, ...]
    waived: tuple[str, ...]
    is_training_in_date: bool | None
    open_inclusion_items: int
    has_inclusion_question: bool
    interviews_not_scored: int
    opt_ins_opened: int | None
    open_challenges: int
    challenges: int
    merit_problems: tuple[str, ...]
    tie_break: TieBreakStanding
    imported: int
    retention_version: int
    advert_is_checked: bool
    advert_open: int
    adjustments: AdjustmentStanding | None
    weekdays_open: int
    letters_sent: int
    letters_owed: int
    letters_waiting: int
    first_sift: FirstSiftFacts | None = None


@dataclass(frozen=True)
class Found:
    standing: Standing
    sentence: str


Evidence = Callable[[Facts], Found]


def _found(is_met: bool, met: str, otherwise: str) -> Found:
    return Found(Standing.MET, met) if is_met else Found(Standing.OPEN, otherwise)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def two_scorers(facts: Facts) -> Found:
    """Recruitment Principles: two people or more assess each candidate at every stage."""
    return _found(
        facts.wanted_scorers >= 2 and not facts.answers_short_of_scorers,
        f"Every answer has the scores of {facts.wanted_scorers} shortlisters or more.",
        f"{_counted(facts.answers_short_of_scorers, 'answer')} with fewer than two scores."
        if facts.wanted_scorers >= 2
        else "The campaign asked for one shortlister for each answer.",
    )


def guide_first(facts: Facts) -> Found:
    """Published criteria, fixed before anybody is assessed."""
    if facts.criteria_without_guide:
        return Found(
            Standing.OPEN, f"{_counted(facts.criteria_without_guide, 'criterion')} without a scoring guide."
        )
    is_fixed = facts.first_score is None or (facts.last_change_of_criteria or 0) < facts.first_score
    return _found(
        is_fixed,
        "Guide and minimum of each criterion stood before the first score.",
        "A criterion changed after the first score.",
    )


def line_after_scores(facts: Facts) -> Found:
    if facts.line is None:
        return _not_reached(facts, "No interview line was set.")
    is_met = facts.locked is not None and facts.locked < facts.line and bool(facts.line_reason.strip())
    return _found(
        is_met,
        "The interview line was set on locked scores, with its reason.",
        "The interview line was set before the scores were locked, or without a reason.",
    )


def passages_decided_outside(facts: Facts) -> Found:
    """What was never decided stayed hidden."""
    return _found(
        not facts.deciders_who_scored,
        "Nobody who scored decided on a hidden passage. "
        f"Passages of {_counted(facts.left_hidden, 'answer')} that nobody decided on stayed hidden.",
        f"{_counted(facts.deciders_who_scored, 'shortlister')} decided on hidden passages.",
    )


def reveal_by_two(facts: Facts) -> Found:
    if facts.agreed is None:
        return _not_reached(facts, "Names were not revealed.")
    return _found(
        facts.frozen is not None and facts.frozen < facts.agreed and facts.is_agreed_by_another,
        "Names were revealed after the freeze, by two people.",
        "Names were revealed before the freeze, or by one person.",
    )


def panel_met_rules(facts: Facts) -> Found:
    if not facts.is_panel_checked:
        return _not_reached(facts, "No panel was checked.")
    if facts.blocking:
        return Found(Standing.OPEN, f"Not met: {', '.join(facts.blocking)}.")
    waived = f" Waived: {', '.join(facts.waived)}." if facts.waived else ""
    return Found(Standing.MET, f"The panel met the rules that block.{waived}")


def training_in_date(facts: Facts) -> Found:
    if facts.is_training_in_date is None:
        return _not_reached(facts, "The panel's training was not checked.")
    return _found(
        facts.is_training_in_date, "Every member's training was in date.", "Training was missing or out of date."
    )


def inclusion_checklist(facts: Facts) -> Found:
    if not facts.is_panel_checked:
        return _not_reached(facts, "There was no panel.")
    return _found(
        not facts.open_inclusion_items,
        "The inclusion lead's checklist is complete.",
        f"{_counted(facts.open_inclusion_items, 'item')} of the inclusion lead's checklist open.",
    )


def inclusion_question(facts: Facts) -> Found:
    if not facts.is_panel_checked:
        return _not_reached(facts, "There was no interview.")
    if not facts.has_inclusion_question:
        return Found(Standing.OPEN, "The interview pack has no question on inclusion.")
    return _found(
        not facts.interviews_not_scored,
        "The question on inclusion was in the pack, and every interview was scored by it.",
        f"{_counted(facts.interviews_not_scored, 'interview')} without a whole set of scores.",
    )


def opt_ins_after_line(facts: Facts) -> Found:
    """Disability Confident is resolved once everybody was scored blind (Equality Act 2010, section 13(3))."""
    if facts.opt_ins_opened is None:
        return _not_reached(facts, "Disability Confident requests were not opened.")
    return _found(
        facts.line is not None and facts.line < facts.opt_ins_opened,
        "Disability Confident requests were opened after the interview line.",
        "Disability Confident requests were opened before the interview line.",
    )


def challenges_answered(facts: Facts) -> Found:
    if not facts.challenges:
        return Found(Standing.MET, "No challenge was raised.")
    return _found(
        not facts.open_challenges,
        f"{_counted(facts.challenges, 'challenge')} raised and answered.",
        f"{_counted(facts.open_challenges, 'challenge')} without an answer.",
    )


def merit_order(facts: Facts) -> Found:
    if facts.is_without_appointment:
        return Found(Standing.NOT_APPLICABLE, "The campaign was closed without an appointment.")
    return _found(
        not facts.merit_problems,
        "Appointments follow the order of merit, or the reason stands beside them.",
        " ".join(facts.merit_problems),
    )


def tie_break_recorded(facts: Facts) -> Found:
    """Equality Act 2010, section 159."""
    if facts.tie_break is TieBreakStanding.NONE:
        return Found(Standing.MET, "No tie-break was used.")
    return _found(
        facts.tie_break is TieBreakStanding.COMPLETE,
        "The tie-break is recorded.",
        "A tie-break record is only begun.",
    )


def equality_questions_offered(facts: Facts) -> Found:
    """Data Protection Act 2018, Schedule 1 paragraph 8; GOV.UK: after the application is in."""
    return _found(
        not facts.imported,
        "Everybody who applied here was offered the equality questions, after their application was in.",
        f"{_counted(facts.imported, 'application')} came from another system, which may not have offered them.",
    )


def advert_checked(facts: Facts) -> Found:
    if not facts.advert_is_checked:
        return Found(Standing.OPEN, "Nobody checked the advert and the questions as they stand.")
    return _found(
        not facts.advert_open,
        "Advert and questions were checked, and every hit was resolved.",
        f"{_counted(facts.advert_open, 'hit')} of the advert check not resolved.",
    )


def adjustments_made(facts: Facts) -> Found:
    """Equality Act 2010, section 20. Whether anybody asked is not said."""
    standing = facts.adjustments
    if standing is None:
        return Found(Standing.OPEN, "Nobody opened the adjustments that were asked for.")
    if not standing.covers_all:
        return Found(Standing.OPEN, "Applications came after the adjustments were last opened.")
    if not standing.is_answered:
        return Found(Standing.OPEN, "An adjustment that was asked for has no answer.")
    return _found(
        standing.is_made,
        "The adjustments were opened; all that were asked for were answered, and all that were agreed were made.",
        "An agreed adjustment was not made, or nobody said that it was.",
    )


def weekdays_between(opens_at: datetime, closes_at: datetime) -> int:
    """Days from Monday to Friday, in the United Kingdom, from the day of opening to the day before closing.

    The closing day counts where applications are taken until noon or later.
    """
    first, last = opens_at.astimezone(_UK), closes_at.astimezone(_UK)
    until = last.date() + timedelta(days=int(last.hour >= 12))
    days = (until - first.date()).days
    return sum((first.date() + timedelta(days=day)).weekday() < 5 for day in range(days))


def promotion_steps(facts: Facts) -> Found:
    """WDES metric 2 and its action plans ("spot-check audits of acting-up and secondment selection")."""
    if facts.weekdays_open < LEAST_WEEKDAYS:
        return Found(
            Standing.OPEN,
            f"It was open for {_counted(facts.weekdays_open, 'weekday')}, fewer than {LEAST_WEEKDAYS}.",
        )
    if facts.locked is None:
        return _not_reached(facts, "Nobody was chosen by a scored sift.")
    return Found(
        Standing.MET,
        f"It was open to all for {facts.weekdays_open} weekdays, and everybody went through the same scored sift.",
    )


def everybody_told(facts: Facts) -> Found:
    """One letter on the outcome each, with the candidate's own scores; from the letters themselves."""
    if facts.letters_owed:
        return Found(
            Standing.OPEN, f"{_counted(facts.letters_owed, 'candidate')} without a letter on the outcome."
        )
    if facts.letters_waiting:
        return Found(Standing.OPEN, f"{_counted(facts.letters_waiting, 'letter')} not sent, or in doubt.")
    if not facts.letters_sent:
        return Found(Standing.NOT_APPLICABLE, "Nobody applied.")
    return Found(Standing.MET, f"Everybody was told how their application ended: {facts.letters_sent} by letter.")


def retention_set(facts: Facts) -> Found:
    """UK GDPR Article 5(1)(e): the body itself says how long it keeps records; a suggestion is not its own."""
    if not facts.retention_version:
        return Found(Standing.OPEN, "The organisation has adopted no retention periods of its own.")
    return Found(Standing.MET, f"Version {facts.retention_version} of the retention periods is in force.")


def _not_reached(facts: Facts, sentence: str) -> Found:
    """A step that never came: of no account where nobody was left to appoint, open otherwise."""
    return Found(Standing.NOT_APPLICABLE if facts.is_without_appointment else Standing.OPEN, sentence)
