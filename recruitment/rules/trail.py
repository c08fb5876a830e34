"""What an event of the trail says, in a sentence for an auditor.

Source: GOV.UK style (plain words, active voice); promise that every opening is recorded with its ground.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from recruitment.rules.permissions import ROLE_TITLES, Role
from recruitment.rules.trail_of_appointments import SAID_OF_APPOINTMENTS
from recruitment.rules.trail_of_campaigns import SAID_OF_CAMPAIGNS
from recruitment.rules.trail_of_candidates import SAID_OF_CANDIDATES
from recruitment.rules.trail_of_joining import SAID_OF_JOINING
from recruitment.rules.trail_of_letters import SAID_OF_LETTERS
from recruitment.rules.trail_of_openings import COMPARTMENT_WORDS
from recruitment.rules.trail_of_retention import SAID_OF_RETENTION

Detail = Mapping[str, Any]
Names = Mapping[str, str]

SHORT_DIGEST = 8


def short_digest(digest: str) -> str:
    """The first figures of a digest in two groups, to be read aloud and compared."""
    return f"{digest[:4]} {digest[4:SHORT_DIGEST]}"


def _count(number: Any, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _opened(detail: Detail, names: Names) -> str:
    what = COMPARTMENT_WORDS.get(str(detail.get("compartment")), str(detail.get("compartment")))
    records = detail.get("records")
    reach = "the whole of it" if records == "all" else _count(len(records or ()), "record")
    return f"opened {what} ({reach}). Ground: {detail.get('ground', 'none given')}"


def _role(verb: str, joined: str) -> Callable[[Detail, Names], str]:
    def say(detail: Detail, names: Names) -> str:
        role = str(detail.get("role"))
        title = ROLE_TITLES[Role(role)] if role in set(Role) else role
        return f"{verb} the role “{title}” {joined} {names.get(str(detail.get('person')), 'somebody')}"

    return say


def _recognised(detail: Detail, names: Names) -> str:
    if detail.get("recognition") == "recused":
        return "recognised somebody, and handed the answers to another shortlister"
    return "recognised somebody, and declared no conflict"


def _outcomes(detail: Detail, names: Names) -> str:
    counted = Counter(str(result).replace("_", " ") for result in (detail.get("outcomes") or {}).values())
    said = ", ".join(f"{number} {result}" for result, number in sorted(counted.items()))
    return f"made the outcomes final: {said}" if said else "made the outcomes final"


def _changed(detail: Detail, names: Names) -> str:
    parts = [str(part).replace("_", " ") for part in detail.get("changed") or ()]
    return f"changed the campaign: {', '.join(parts)}" if parts else "changed the campaign"


def _sift_opened(detail: Detail, names: Names) -> str:
    answers, people = _count(detail.get("answers"), "answer"), _count(detail.get("shortlisters"), "shortlister")
    said = f"opened the sift: {answers}, {people}"
    looks = detail.get("second_looks")
    return said if looks is None else f"{said}; drew {_count(looks, 'answer')} for a second look"


def _moderated(detail: Detail, names: Names) -> str:
    said = f"proposed {detail.get('value')} in moderation"
    return f"{said}, and all agreed" if detail.get("agreed") else said


def _rule(detail: Detail) -> str:
    return str(detail.get("rule")).replace("_", " ")


def _panel_checked(detail: Detail, names: Names) -> str:
    unmet = [str(rule).replace("_", " ") for rule in detail.get("not_met") or ()]
    said = f"checked a panel of {_count(detail.get('members'), 'member')}"
    return f"{said}; not met: {', '.join(unmet)}" if unmet else f"{said}; nothing unmet"


def _wording_kept(detail: Detail, names: Names) -> str:
    rules = ", ".join(str(rule).replace("_", " ") for rule in detail.get("rules") or ())
    confirmed = detail.get("confirmed_by")
    said = f"kept wording that the check asked about ({rules})"
    return f"{said}, confirmed by {confirmed}" if confirmed else said


def _questions_set(detail: Detail, names: Names) -> str:
    said = f"chose the equality questions, version {detail.get('version')}"
    for key, words in (("asked", "now asked"), ("dropped", "no longer asked"), ("reworded", "in another wording"),
                       ("reasons", "why we ask changed")):  # fmt: skip
        if found := [str(each).replace("_", " ") for each in detail.get(key) or ()]:
            said += f"; {words}: {', '.join(found)}"
    return said


def _says(words: str) -> Callable[[Detail, Names], str]:
    return lambda detail, names: words


_SAID: dict[str, Callable[[Detail, Names], str]] = {
    **SAID_OF_RETENTION,
    **SAID_OF_CAMPAIGNS,
    **SAID_OF_JOINING,
    **SAID_OF_CANDIDATES,
    "campaign_created": _says("created the campaign"),
    "campaign_copied": _says("took the plan of an earlier campaign"),
    "campaign_changed": _changed,
    "equality_questions_set": _questions_set,
    "declaration_drive_begun": lambda d, n: f"began the declaration drive “{d.get('title')}”",
    "declaration_drive_recorded": lambda d, n: (
        f"recorded figures and a conclusion of the declaration drive “{d.get('title')}”"
    ),
    "campaign_opened": _says("opened the campaign for applications"),
    "vacancy_added": _says("added a vacancy"),
    "question_added": _says("added a question"),
    "question_changed": _says("changed a question"),
    "criterion_added": _says("added a criterion"),
    "criterion_changed": _says("changed a criterion"),
    "volume_rule_recorded": lambda d, n: f"recorded a limit of {_count(d.get('cap'), 'interview')}",
    "role_given": _role("gave", "to"),
    "role_taken": _role("took", "from"),
    "application_submitted": _says("submitted an application"),
    "application_withdrawn": _says("withdrew an application"),
    "drafts_destroyed": _says("destroyed the key of the drafts that were never submitted"),
    "passage_decided": lambda d, n: (
        f"cleared an answer: {_count(d.get('restored'), 'passage')} restored, {d.get('hidden')} kept hidden"
    ),
    "passage_decided_everywhere": lambda d, n: (
        "decided the same on words that stand in another answer: "
        f"{_count(d.get('restored'), 'passage')} restored, {d.get('hidden')} kept hidden"
    ),
    "morning_mail_stopped": _says("stopped the morning mail for themselves"),
    "morning_mail_begun": _says("began to get the morning mail again"),
    "sample_answer_written": _says("wrote a sample answer for shortlisters"),
    "sample_answer_changed": _says("changed a sample answer"),
    "sample_answer_removed": _says("removed a sample answer"),
    "samples_left_out": _says("left out the sample answers, so shortlisters score without calibration"),
    "sample_scored": _says("scored a sample answer"),
    "sift_opened": _sift_opened,
    "answer_scored": lambda d, n: f"scored an answer: {d.get('value')}",
    "score_undone": lambda d, n: (
        f"took a score back: {d.get('value')}"
        + (f"; {d.get('restored')} stands again" if d.get("restored") is not None else "")
    ),
    "scores_set_aside": lambda d, n: (
        f"set aside {_count(d.get('scores'), 'score')} of {n.get(str(d.get('person')), 'a former shortlister')}; "
        f"{_count(d.get('reopened'), 'agreed score')} must be agreed again"
    ),
    "person_recognised": _recognised,
    "text_reported": _says("could identify somebody from a text, and marked the words: they are hidden for all"),
    "leak_marked": _says("took a second look at a text, and marked words that tell: they are hidden for all"),
    "second_look_taken": lambda d, n: (
        f"finished the second look at a text: {'words were hidden' if d.get('found') else 'nothing tells'}"
    ),
    "moderation_arranged": lambda d, n: f"arranged moderation of {_count(d.get('answers'), 'score')}",
    "borderline_moderation_arranged": lambda d, n: (
        f"sent {_count(d.get('answers'), 'score')} to moderation: with {_count(d.get('places'), 'interview')} the "
        "shortlist hung on one shortlister there"
    ),
    "moderation_proposed": _moderated,
    "scores_locked": _says("locked the sift scores"),
    "interview_line_set": lambda d, n: (
        f"set the interview line at {d.get('line')}: {d.get('above')} at or above it"
    ),
    "compartment_opened": _opened,
    "shortlist_frozen": lambda d, n: (
        f"froze the shortlist: {_count(d.get('places'), 'candidate')}, short form "
        f"{short_digest(str(d.get('digest', '')))}"
    ),
    "reveal_asked": lambda d, n: (
        f"asked for the reveal of {_count(d.get('places'), 'candidate')}, short form "
        f"{short_digest(str(d.get('digest', '')))}"
    ),
    "reveal_agreed": lambda d, n: (
        f"agreed to the reveal of the shortlist with short form {short_digest(str(d.get('digest', '')))}"
    ),
    "interview_scored": _says("scored an interview"),
    "interview_score_agreed": lambda d, n: f"wrote down a score that the panel agreed: {d.get('value')}",
    "interview_questions_set": _says("set the questions of the interview"),
    "interview_booked": lambda d, n: f"booked an interview for {d.get('day')}",
    "interview_cancelled": _says("cancelled an interview"),
    **SAID_OF_APPOINTMENTS,
    "panel_arranged": _says("changed the arrangements of the panel"),
    "panel_checked": _panel_checked,
    "panel_reopened": lambda d, n: f"found that the panel no longer stands: {d.get('why')}",
    "panel_waiver_asked": lambda d, n: (
        f"asked for a waiver of the rule “{_rule(d)}”; asked first: {d.get('asked')}"
    ),
    "panel_waiver_decided": lambda d, n: (
        f"{'approved' if d.get('approved') else 'refused'} a waiver of the rule “{_rule(d)}”"
    ),
    "panel_reason_given": lambda d, n: (
        f"went ahead with the rule “{_rule(d)}” unmet; asked first: {d.get('asked')}"
    ),
    "inclusion_question_chosen": lambda d, n: (
        f"chose inclusion question {d.get('number')}, version {d.get('version')}"
    ),
    "inclusion_question_written": _says("wrote an inclusion question that is not from the library"),
    "relationships_matched": lambda d, n: (
        f"matched what candidates declared with {_count(d.get('members'), 'member')} of the panel: "
        f"{_count(d.get('matches'), 'match') if d.get('matches') == 1 else str(d.get('matches')) + ' matches'}"
    ),
    "conflicts_declared": lambda d, n: (
        f"declared for {_count(d.get('candidates'), 'candidate')}, and knows {d.get('known')} of them"
    ),
    "conflict_ruled": lambda d, n: (
        f"saw {'a conflict' if d.get('is_conflict') else 'no conflict'} between "
        f"{n.get(str(d.get('person')), 'a member')} and a candidate"
    ),
    "substitute_named": lambda d, n: (
        f"had {n.get(str(d.get('person')), 'somebody')} sit for one candidate instead of "
        f"{n.get(str(d.get('instead_of')), 'a member')}"
    ),
    "challenge_raised": _says("challenged a decision"),
    "challenge_answered": _says("answered a challenge"),
    "checklist_answered": lambda d, n: f"answered “{str(d.get('item')).replace('_', ' ')}” of the checklist",
    "outcomes_decided": _outcomes,
    "reserve_called": lambda d, n: (
        f"asked to appoint place {d.get('place')} of the reserve list"
        + (f", with {_count(d.get('placed_higher'), 'candidate')} placed higher" if d.get("placed_higher") else "")
    ),
    "reserve_appointed": _says("agreed to appoint somebody from the reserve list"),
    "closed_without_appointment": _says("closed the campaign without an appointment"),
    "campaign_tallied": _says("counted the equality answers of the whole campaign, and erased them"),
    "campaign_tallied_at_cut_off": _says(
        "counted the equality answers of the whole campaign as it stood at the year's cut-off, and erased them"
    ),
    "count_of_cut_off_kept": _says("kept the count made at the year's cut-off, the outcomes being final now"),
    "cut_off_tally_asked": lambda d, n: f"asked to count the campaign as it stood on {d.get('cut_off')}",
    "comparisons_set": _says("set with whom figures are compared"),
    "target_set": lambda d, n: f"set a target of {d.get('per_cent')} % for {d.get('characteristic')}",
    "target_dropped": _says("dropped a target"),
    "publication_asked": lambda d, n: f"asked for a publication: {str(d.get('kind')).replace('_', ' ')}",
    "crossing_asked": lambda d, n: f"asked for two characteristics of published figures together: {d.get('pair')}",
    "crossing_published": lambda d, n: f"published two characteristics together: {d.get('pair')}",
    "year_end_set": lambda d, n: f"set the end of the reporting year: {d.get('year_end')}",
    "figures_published": lambda d, n: f"published figures of {_count(d.get('campaigns'), 'campaign')} together",
    "return_asked": lambda d, n: f"asked for exact counts for {d.get('recipient')}",
    "return_agreed": lambda d, n: f"agreed to exact counts for {d.get('recipient')}",
    "return_made": lambda d, n: f"made the exact counts for {d.get('recipient')}",
    "advert_checked": lambda d, n: (
        f"looked through the check of advert and questions: {d.get('open')} open, {d.get('kept')} kept, "
        f"{d.get('changed')} changed"
    ),
    "advert_wording_kept": _wording_kept,
    **SAID_OF_LETTERS,
    "tie_break_begun": _says("began the record of a tie-break"),
    "tie_break_recorded": _says("completed the record of a tie-break, which is sealed"),
    "tie_break_dropped": _says("dropped the record of a tie-break that was not used"),
    "equality_assessed": lambda d, n: (
        f"wrote version {d.get('version')} of the equality impact assessment of “{d.get('change')}”"
    ),
    "equality_assessment_published": lambda d, n: (
        f"published version {d.get('version')} of the equality impact assessment of “{d.get('change')}”"
    ),
    "plan_made": _says("made an action plan"),
    "action_added": _says("added an action to a plan"),
    "action_changed": lambda d, n: (
        f"changed an action: {str(d.get('before')).lower()}, now {str(d.get('status')).lower()}"
    ),
    "actions_imported": lambda d, n: f"imported {_count(d.get('actions'), 'action')} into a plan",
    "audit_appointed": lambda d, n: (
        f"named {n.get(str(d.get('person')), 'somebody')} to carry out an inclusion audit"
    ),
    "audit_drawn": lambda d, n: (
        f"drew the sample of an inclusion audit: {d.get('drawn')} of {_count(d.get('of'), 'campaign')}, "
        f"{'by lot' if d.get('method') == 'random' else 'chosen'}"
    ),
    "audit_completed": lambda d, n: (
        f"completed an inclusion audit of {_count(d.get('campaigns'), 'campaign')}, "
        f"with {_count(d.get('findings'), 'finding')}"
    ),
    "checklist_template_adopted": lambda d, n: (
        f"adopted version {d.get('version')} of the checklist: {d.get('reason')}"
    ),
    "quality_item_settled": lambda d, n: (
        f"settled “{str(d.get('item')).replace('_', ' ')}” of the checklist: "
        f"{str(d.get('settled')).replace('_', ' ')}"
    ),
    "quality_checklist_signed": lambda d, n: (
        f"signed the checklist of {_count(d.get('items'), 'item')}, "
        f"with {_count(d.get('exceptions'), 'exception')}, and closed the campaign"
    ),
    "copy_agreed": _says("agreed to send a candidate the copy of what is held that they asked for"),
    "adjustments_agreed": _says("wrote down what is agreed of adjustments, or whether they were made"),
    "governance_group_added": lambda d, n: f"added the group “{d.get('name')}” to the calendar",
    "governance_group_ended": lambda d, n: f"ended the group “{d.get('name')}” of the calendar",
    "calendar_entry_added": lambda d, n: f"added “{d.get('title')}” to the calendar",
    "calendar_entry_ended": lambda d, n: f"ended “{d.get('title')}” of the calendar",
    "group_report_made": lambda d, n: (
        f"made the report “{d.get('title')}” for {d.get('group')}, short form "
        f"{short_digest(str(d.get('digest', '')))}"
    ),
    "group_report_given": lambda d, n: f"gave the report “{d.get('title')}” to {d.get('group')} on {d.get('day')}",
    "group_report_left_out": lambda d, n: (
        f"left out the report “{d.get('title')}” for the period to {d.get('until')}"
    ),
    "eds_begun": lambda d, n: f"began the sheet of the Equality Delivery System for the year to {d.get('until')}",
    "eds_scored": lambda d, n: (
        f"scored outcome {d.get('outcome')} of the Equality Delivery System: {d.get('score')}"
    ),
    "eds_given": lambda d, n: (
        f"gave the sheet of the Equality Delivery System to {d.get('to')}, short form "
        f"{short_digest(str(d.get('digest', '')))}"
    ),
    "joint_begun": lambda d, n: f"began the joint strategy “{d.get('title')}”",
    "joint_rewritten": lambda d, n: f"wrote version {d.get('version')} of the joint strategy “{d.get('title')}”",
    "joint_agreed": lambda d, n: f"agreed to version {d.get('version')} of the joint strategy “{d.get('title')}”",
    "joint_invited": _says("invited another body into a joint strategy"),
    "joint_joined": lambda d, n: f"joined the joint strategy “{d.get('title')}”, version {d.get('version')}",
    "joint_left": lambda d, n: f"left the joint strategy “{d.get('title')}”",
    "evidence_pack_made": _says("made the evidence pack"),
    "funnel_released": lambda d, n: (
        f"released the funnel: figures below {d.get('threshold')} withheld, others rounded to {d.get('base')}"
    ),
}


def event_sentence(who: str, event: str, detail: Detail, names: Names) -> str:
    """One event in words. `names`: ids of staff, as texts, to names; a kind unknown here is named as it is."""
    say = _SAID.get(event)
    said = say(detail, names) if say else event.replace("_", " ")
    reason = str(detail.get("reason") or "").strip()
    sentence = f"{who} {said}."
    return f"{sentence} Reason: {reason}" if reason else sentence
