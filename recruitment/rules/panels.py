"""The rules for interview panels, one named function each, and what they find.

Sources are in the rules' own words; bodies choose among them by a policy (`panel_policies`). A finding never says
whose characteristic met a rule, and somebody who chose not to say is never taken for a no. The rules on
composition are in `panel_compositions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from recruitment.rules import panel_compositions
from recruitment.rules.panel_findings import (
    NOT_ASKED,
    RULES,
    WITHHELD,
    Case,
    Finding,
    Found,
    Rule,
    Verdict,
    named,
    on,
    rule,
)
from recruitment.rules.panel_members import Duty, Member, Panel
from recruitment.rules.panel_policies import Policy, RuleSetting, check_policy

minority_groups = panel_compositions.minority_groups
__all__ = ["NOT_ASKED", "RULES", "WITHHELD", "Finding", "Rule", "Verdict", "blocking", "check_panel",
           "composition_rules", "minority_groups", "with_waivers"]  # fmt: skip


@rule("Size")
def size(case: Case) -> Found:
    """At least so many members. Two or more with a chair, best practice three: Civil Service Commission,
    Recruitment Principles (2018)."""
    number, least = len(case.panel.members), case.setting.least
    if number >= least:
        return Verdict.MET, f"The panel has {number} members."
    return Verdict.NOT_MET, f"The panel has {number} of at least {least} members: add {least - number}."


@rule("One chair")
def chair(case: Case) -> Found:
    """Exactly one chair: Civil Service Commission, Recruitment Principles (2018)."""
    chairs = case.panel.with_duty(Duty.CHAIR)
    if not chairs:
        return Verdict.NOT_MET, "The panel has no chair: name one."
    if len(chairs) > 1:
        return Verdict.NOT_MET, f"{named(chairs)} are all named as chair: keep one."
    return Verdict.MET, f"{chairs[0].called} is the chair."


def _trained(case: Case, members: Sequence[Member]) -> Found | None:
    """What is missing, in the order of the policy's courses; None where nothing is."""
    for course in case.setting.courses:
        for member in members:
            for day in case.days:
                if not member.has_in_date(course, day):
                    return Verdict.NOT_MET, f"{_lacks(member, course, day, case.title(course))}"
    return None


def _lacks(member: Member, course: str, day: date, title: str) -> str:
    held = [each for each in member.training if each.course == course]
    ends = max((each.expires for each in held if each.expires is not None), default=None)
    if ends is not None and ends < day:
        return f"{member.called}: {title} ends on {on(ends)}, before {on(day)}."
    if held:
        return f"{member.called}: {title} is completed only after {on(day)}."
    return f"{member.called} has no record of {title}."


@rule("Chair's training")
def chair_trained(case: Case) -> Found:
    """The chair's own training is in date on each day of interviews."""
    who = case.panel.chair
    if who is None:
        return Verdict.NOT_APPLICABLE, "There is no one chair yet."
    return _trained(case, [who]) or (Verdict.MET, f"{who.called}'s training as chair is in date.")


@rule("Chair manages no majority")
def chair_manages_no_majority(case: Case) -> Found:
    """The chair is not the line manager of more than half of the others, so that members are equals who can
    challenge: practice of NHS inclusion advisers."""
    who = case.panel.chair
    if who is None:
        return Verdict.NOT_APPLICABLE, "There is no one chair yet."
    others = [member for member in case.panel.members if member.id != who.id]
    managed = [member for member in others if member.line_manager == who.id]
    if 2 * len(managed) > len(others):
        return Verdict.NOT_MET, f"{who.called} is the line manager of {named(managed)}: more than half."
    return Verdict.MET, f"{who.called} is not the line manager of most of the others."


@rule("One inclusion lead")
def inclusion_lead(case: Case) -> Found:
    """Exactly one member leads on diversity and inclusion: Prisons and Probation Ombudsman."""
    leads = case.panel.with_duty(Duty.INCLUSION_LEAD)
    if not leads:
        return Verdict.NOT_MET, "The panel has no inclusion lead: name one."
    if len(leads) > 1:
        return Verdict.NOT_MET, f"{named(leads)} are all named as inclusion lead: keep one."
    return Verdict.MET, f"{leads[0].called} is the inclusion lead."


@rule("Inclusion lead's training")
def inclusion_lead_trained(case: Case) -> Found:
    """The inclusion lead's training is in date on each day of interviews."""
    leads = case.panel.with_duty(Duty.INCLUSION_LEAD)
    if len(leads) != 1:
        return Verdict.NOT_APPLICABLE, "There is no one inclusion lead yet."
    return _trained(case, leads) or (Verdict.MET, f"{leads[0].called}'s training as inclusion lead is in date.")


@rule("Training in date")
def training_in_date(case: Case) -> Found:
    """Every member's required training is in date on each day of interviews, the day it expires included:
    West Midlands Ambulance Service."""
    return _trained(case, case.panel.members) or (Verdict.MET, "Every member's training is in date.")


@rule("Inclusion adviser")
def inclusion_adviser(case: Case) -> Found:
    """A trained inclusion adviser sits, from a grade on: Birmingham and Solihull Mental Health (band 7)."""
    found = [member for member in case.panel.members if member.is_inclusion_adviser]
    if found:
        return Verdict.MET, f"{named(found)} {'sits' if len(found) == 1 else 'sit'} as inclusion adviser."
    return Verdict.NOT_MET, "No inclusion adviser sits on the panel: ask one from the pool."


@rule("Network member")
def network_member(case: Case) -> Found:
    """A trained member of a staff network sits; where none is free, who was asked is recorded."""
    found = [member for member in case.panel.members if member.is_network_member]
    if found:
        return Verdict.MET, f"{named(found)} {'comes' if len(found) == 1 else 'come'} from a staff network."
    asked = f" Asked: {case.panel.network_asked}." if case.panel.network_asked else ""
    return Verdict.NOT_MET, f"No member of a staff network sits on the panel.{asked}"


@rule("Not all from one directorate")
def not_all_from_one_directorate(case: Case) -> Found:
    """Members come from more than one directorate."""
    found = {member.directorate for member in case.panel.members if member.directorate}
    if len(found) > 1:
        return Verdict.MET, "Members come from more than one directorate."
    if not all(member.directorate for member in case.panel.members):
        return Verdict.NOT_KNOWN, "Somebody's directorate is not recorded."
    return (
        Verdict.NOT_MET,
        f"Everybody is from {min(found, default='one directorate')}: ask somebody from another.",
    )


@rule("Not all in one line")
def not_all_in_one_line(case: Case) -> Found:
    """Members are not all joined by line management: as manager, or by the same manager."""
    members = case.panel.members
    if len(members) < 2:
        return Verdict.NOT_APPLICABLE, "There are not two members yet."
    lines = {member.id: {member.id, member.line_manager or member.id} for member in members}
    joined, grew = set(lines[members[0].id]), True
    inside = {members[0].id}
    while grew:
        near = {key for key, line in lines.items() if key not in inside and line & joined}
        grew = bool(near)
        inside |= near
        joined |= {each for key in near for each in lines[key]}
    if len(inside) < len(members):
        return Verdict.MET, "Members are not all in one line of management."
    return Verdict.NOT_MET, "Everybody is in one line of management: ask somebody from another."


@rule("An independent member")
def independent_member(case: Case) -> Found:
    """One member is outside the post's directorate and the chair's line of management: departmental practice."""
    who = case.panel.chair
    found = [member for member in case.panel.members if _is_independent(member, case.panel, who)]
    if found and not case.panel.directorate and not any(member.is_external for member in found):
        return Verdict.NOT_KNOWN, "The post's directorate is not recorded."
    if found:
        return Verdict.MET, f"{named(found)} {'is' if len(found) == 1 else 'are'} independent of the post."
    return Verdict.NOT_MET, "Nobody is independent of the post and of the chair: ask somebody from elsewhere."


def _is_independent(member: Member, panel: Panel, chair_: Member | None) -> bool:
    if member.is_external:
        return True
    if Duty.CHAIR in member.duties or not member.directorate or member.directorate == panel.directorate:
        return False
    if chair_ is None:
        return True
    return member.line_manager not in (chair_.id, chair_.line_manager or "") and chair_.line_manager != member.id


@rule("Same panel throughout")
def same_panel_throughout(case: Case) -> Found:
    """The same people interview everybody; who came in for a recorded conflict does not count."""
    if not case.panel.sittings:
        return Verdict.NOT_APPLICABLE, "No interview is booked yet."
    everybody = {member.id for member in case.panel.members}
    odd = [each for each in case.panel.sittings if not _is_same(each.members, each.substitutes, everybody)]
    if odd:
        return Verdict.NOT_MET, f"{len(odd)} of {len(case.panel.sittings)} interviews have another panel."
    return Verdict.MET, "The same panel interviews everybody."


def _is_same(members: frozenset[str], substitutes: frozenset[str], everybody: set[str]) -> bool:
    missing, extra = everybody - members, members - everybody
    return extra <= substitutes and len(missing) == len(extra)


@rule("Conflicts declared")
def conflicts_declared(case: Case) -> Found:
    """Every member has declared, for every candidate, also that there is nothing to declare: HM Prison Service
    PSO 8100; Commissioner for Public Appointments for Northern Ireland, guidance on conflicts."""
    if not case.panel.has_candidates:
        return Verdict.NOT_APPLICABLE, "Nobody's name is revealed yet."
    open_ = [member for member in case.panel.members if case.panel.undeclared.get(member.id, 0)]
    if open_:
        return Verdict.NOT_MET, f"{named(open_)} still {'has' if len(open_) == 1 else 'have'} to declare."
    return Verdict.MET, "Every member has declared for every candidate."


@rule("Inclusion question")
def inclusion_question(case: Case) -> Found:
    """Every interview has an inclusion question: Prisons and Probation Ombudsman."""
    if case.panel.inclusion_question.strip():
        return Verdict.MET, "There is an inclusion question."
    return Verdict.NOT_MET, "There is no inclusion question: choose one from the library."


@rule("Inclusion question approved")
def inclusion_question_approved(case: Case) -> Found:
    """The inclusion question comes from the library that senior leadership approved."""
    if not case.panel.inclusion_question.strip():
        return Verdict.NOT_APPLICABLE, "There is no inclusion question yet."
    if case.panel.is_question_approved:
        return Verdict.MET, "The inclusion question is an approved one."
    return Verdict.NOT_MET, "The inclusion question is not from the approved library."


@rule("Interviews in a day")
def interviews_in_a_day(case: Case) -> Found:
    """No more than so many interviews in one day, so that the last is heard as the first was."""
    if not case.panel.sittings:
        return Verdict.NOT_APPLICABLE, "No interview is booked yet."
    counts = Counter(sitting.day for sitting in case.panel.sittings)
    day, most = min(((day, number) for day, number in counts.items()), key=lambda each: (-each[1], each[0]))
    if most > case.setting.least:
        return Verdict.NOT_MET, f"{on(day)} has {most} interviews, more than {case.setting.least}: move some."
    return Verdict.MET, f"No day has more than {case.setting.least} interviews."


@rule("Load in a year")
def load_in_a_year(case: Case) -> Found:
    """Nobody sits on more than so many panels in a year, this one included."""
    over = [member for member in case.panel.members if member.panels_past_year + 1 > case.setting.least]
    if over:
        return Verdict.NOT_MET, f"{named(over)} would sit on more than {case.setting.least} panels in a year."
    return Verdict.MET, f"Nobody sits on more than {case.setting.least} panels in a year."


@rule("The chair varies")
def chair_varies(case: Case) -> Found:
    """Not the same chair as of the last so many panels of the directorate."""
    who = case.panel.chair
    last = case.panel.earlier_chairs[: case.setting.least]
    if who is None or not case.setting.least or len(last) < case.setting.least:
        return Verdict.NOT_APPLICABLE, "There are not enough earlier panels."
    if set(last) == {who.id}:
        return Verdict.NOT_MET, f"{who.called} chaired the last {len(last)} panels too."
    return Verdict.MET, "The chair varies."


def composition_rules() -> frozenset[str]:
    """The rules that read characteristics."""
    return frozenset(name for name, rule in RULES.items() if rule.is_composition)


def check_panel(panel: Panel, policy: Policy, *, today: date) -> tuple[Finding, ...]:
    """What each rule of the policy finds, in the policy's order; `Invalid` where the policy itself is wrong."""
    check_policy(policy, {name: rule.is_composition for name, rule in RULES.items()})
    return tuple(_find(panel, setting, policy, today) for setting in policy.settings)


def _find(panel: Panel, setting: RuleSetting, policy: Policy, today: date) -> Finding:
    if not policy.reaches(panel.grade, setting.from_grade):
        sentence = f"It applies from {setting.from_grade}."
        return Finding(setting.rule, Verdict.NOT_APPLICABLE, setting.severity, sentence)
    verdict, sentence = RULES[setting.rule].check(Case(panel, setting, policy, today))
    return Finding(setting.rule, verdict, setting.severity, sentence)


def with_waivers(findings: Iterable[Finding], waived: Mapping[str, str]) -> tuple[Finding, ...]:
    """Findings with what was waived said so; `waived`: rule → the reason. What is met stays met."""
    return tuple(
        replace(each, verdict=Verdict.WAIVED, sentence=f"{each.sentence} Waived: {waived[each.rule]}")
        if each.rule in waived and each.verdict is Verdict.NOT_MET
        else each
        for each in findings
    )


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that keep interviews from being booked."""
    return tuple(each for each in findings if each.is_blocking)
