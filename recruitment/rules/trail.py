"""What an event of the trail says, in a sentence for an auditor.

Source: GOV.UK style (plain words, active voice); promise that every opening is recorded with its ground.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from recruitment.rules.permissions import ROLE_TITLES, Role

Detail = Mapping[str, Any]
Names = Mapping[str, str]

SHORT_DIGEST = 8

_COMPARTMENTS = {
    "identity": "names and contact details",
    "requests": "adjustment and Disability Confident requests",
    "relationships": "declared relationships",
    "clearance": "hidden passages",
    "equality": "the sealed equality answers, to count or rewrite them",
    "contact": "contact addresses",
    "pool": "the panel pool",
    "counts": "the exact counts, to make a release",
}


def short_digest(digest: str) -> str:
    """The first figures of a digest in two groups, to be read aloud and compared."""
    return f"{digest[:4]} {digest[4:SHORT_DIGEST]}"


def _count(number: Any, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _opened(detail: Detail, names: Names) -> str:
    what = _COMPARTMENTS.get(str(detail.get("compartment")), str(detail.get("compartment")))
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


def _says(words: str) -> Callable[[Detail, Names], str]:
    return lambda detail, names: words


_SAID: dict[str, Callable[[Detail, Names], str]] = {
    "campaign_created": _says("created the campaign"),
    "campaign_changed": _changed,
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
    "sift_opened": _sift_opened,
    "answer_scored": lambda d, n: f"scored an answer: {d.get('value')}",
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
    "closed_without_appointment": _says("closed the campaign without an appointment"),
    "campaign_tallied": _says("counted the equality answers of the whole campaign, and erased them"),
    "comparisons_set": _says("set with whom figures are compared"),
    "target_set": lambda d, n: f"set a target of {d.get('per_cent')} % for {d.get('characteristic')}",
    "target_dropped": _says("dropped a target"),
    "figures_published": lambda d, n: f"published figures of {_count(d.get('campaigns'), 'campaign')} together",
    "return_asked": lambda d, n: f"asked for exact counts for {d.get('recipient')}",
    "return_agreed": lambda d, n: f"agreed to exact counts for {d.get('recipient')}",
    "return_made": lambda d, n: f"made the exact counts for {d.get('recipient')}",
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
