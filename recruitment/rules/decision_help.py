"""What each decision of a campaign means, and where its rule comes from: a line on the page where it is taken.

Written for somebody who takes it for the first time and must answer for it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DecisionHelp:
    """`means`: what follows, and whether it can be taken back. `source`: law, guidance, or our own rule."""

    means: str
    source: str


_MERIT = "Merit, fair and open competition: Constitutional Reform and Governance Act 2010, section 10"
_PRINCIPLES = "Civil Service Commission, Recruitment Principles"
_ANONYMOUS = "Anonymous shortlisting; our promise that nobody who scores can find out who applied"
_CONFIDENT = "Disability Confident scheme: the offer of an interview"

DECISIONS: Mapping[str, DecisionHelp] = {
    "open": DecisionHelp(
        "People can apply from the opening time on. Criteria, guide and minimums can then be changed only with a "
        "reason, and not at all once the sift has opened.",
        _MERIT,
    ),
    "first_sift_plan": DecisionHelp(
        "It is fixed once the campaign opens. Its line is the minimum of the criterion, and cannot be raised. "
        "Whoever is below it would be on no shortlist anyway, so nobody in the Disability Confident scheme loses "
        "by it.",
        "Success Profiles, a sift on a lead behaviour, said in the advert; " + _CONFIDENT,
    ),
    "first_sift_decision": DecisionHelp(
        "If it is held, only answers on the lead criterion are handed out at first. You can decide anew until the "
        "sift opens.",
        "Candidates are told beforehand how they are assessed: " + _PRINCIPLES,
    ),
    "first_sift_close": DecisionHelp(
        "Lead scores lock, which cannot be taken back. Whoever reaches the minimum is handed out in full, by lot. "
        "The others go no further, and get a letter with their score.",
        _MERIT + "; the minimum was fixed before the first score",
    ),
    "open_sift": DecisionHelp(
        "Answers are handed out by lot, to at least two shortlisters each. Passages that nobody cleared stay "
        "hidden. This cannot be taken back.",
        _ANONYMOUS,
    ),
    "arrange_moderation": DecisionHelp(
        "Shortlisters whose scores differ see each other’s and agree one. Their own scores are kept. You arrange "
        "it and score nothing.",
        "At least two people assess each candidate against the same criteria: " + _PRINCIPLES,
    ),
    "lock_scores": DecisionHelp(
        "No score changes any more. Only then are totals ranked, so nobody can score towards a place.",
        "Ours: scores come before ranking, and ranking before names",
    ),
    "line": DecisionHelp(
        "Everybody at or above the line is interviewed, ties included, and nobody below a minimum. It is drawn "
        "once, with a reason, on anonymous totals.",
        _MERIT,
    ),
    "opt_ins": DecisionHelp(
        "Whoever chose the scheme and meets every minimum comes in as well. It is opened only now, so that it "
        "cannot move the line.",
        _CONFIDENT + "; Equality Act 2010, section 13(3)",
    ),
    "volume_rule": DecisionHelp(
        "With a limit, those who best meet the minimum come first. It must stand before the first score, so that "
        "it is not made for anybody.",
        _CONFIDENT + ", where so many apply that not all can be interviewed",
    ),
    "freeze": DecisionHelp(
        "The list is final. It keeps no totals and no word of how anybody came onto it. Nobody can be added or "
        "taken off afterwards; only withdrawals still count.",
        _ANONYMOUS,
    ),
    "ask_reveal": DecisionHelp(
        "A second person, who recruits for nobody here, must agree to this very list. Then the names of all on it "
        "open at once.",
        "Ours: two people, in two roles, before any name",
    ),
    "agree_reveal": DecisionHelp(
        "You agree that this list, with this short form, is the one that was frozen. From then on its names can "
        "be opened, and each opening is recorded.",
        "Ours: two people, in two roles, before any name",
    ),
    "clear": DecisionHelp(
        "Show a passage only if it tells nothing of who somebody is. In doubt leave it hidden: a shortlister "
        "loses a few words, the candidate loses nothing.",
        _ANONYMOUS,
    ),
    "second_look": DecisionHelp(
        "You read as a shortlister does, and look for what still tells. What you mark is hidden for all, and the "
        "release says how often it happened.",
        "Ours: what redaction misses is measured in every campaign",
    ),
    "conflict": DecisionHelp(
        "To know somebody is not yet a conflict. If it is one, the member does not score this candidate, and a "
        "substitute sits in. Both answers are recorded.",
        "Code for public appointments and departments’ guidance on conflicts of interest",
    ),
    "waiver_asked": DecisionHelp(
        "It holds for this very panel. Somebody outside the campaign decides, and reads what you write here.",
        "Your body’s own rules for panels, which a campaign keeps as they were when it opened",
    ),
    "waiver_decided": DecisionHelp(
        "If you agree, interviews can be booked although the rule is not met. It ends as soon as the "
        "panel changes.",
        "Your body’s own rules for panels",
    ),
    "outcomes": DecisionHelp(
        "Posts go in order of merit; a reserve list keeps that order. A choice between equal totals needs its "
        "reason. Equality answers are then counted and erased.",
        _MERIT + "; " + _PRINCIPLES,
    ),
    "tie_break": DecisionHelp(
        "It may be used only between people who are equally qualified, case by case, and never by a rule made "
        "beforehand. Nobody is obliged to use it.",
        "Equality Act 2010, section 159",
    ),
    "reserve": DecisionHelp(
        "The next in order of merit is appointed without a new campaign. Whoever is passed over needs a reason, "
        "and a second person agrees.",
        "Reserve lists in order of merit, for up to 12 months: " + _PRINCIPLES,
    ),
    "close_without": DecisionHelp(
        "Nobody is appointed. Equality answers are counted and erased, and everybody’s period of keeping begins.",
        "Nobody is appointed who does not meet the standard: " + _PRINCIPLES,
    ),
    "sign_checklist": DecisionHelp(
        "You confirm how this campaign was run, and close it. Nothing of it can be changed afterwards.",
        "Ours, after bodies’ own quality assurance at the end of a campaign",
    ),
    "release": DecisionHelp(
        "The tables become public and stay so. Small figures are withheld, so that nobody can be found in them, "
        "together with all that was released before.",
        "Public sector equality duty: Equality Act 2010, section 149",
    ),
    "cut_off": DecisionHelp(
        "The campaign is counted as it stood that day, once and for all. Whoever is appointed later is one total "
        "of the next year.",
        "NHS Workforce Race and Disability Equality Standards: the year to 31 March",
    ),
    "hold": DecisionHelp(
        "One application’s papers are kept beyond their period, under a key of their own. A second person agrees, "
        "and it is looked at again.",
        "UK GDPR Article 17(3)(e): legal claims",
    ),
    "restrict": DecisionHelp(
        "The application is stored, and nobody uses it until its owner or an administrator ends that. Refuse only "
        "where none of the four reasons of the law is there.",
        "UK GDPR Article 18, answered within a month (Article 12(3))",
    ),
    "objection": DecisionHelp(
        "It is for the body to show compelling reasons that outweigh this person’s own. Without them, or a legal "
        "claim, the use stops.",
        "UK GDPR Article 21(1), answered within a month (Article 12(3))",
    ),
    "end_restriction": DecisionHelp(
        "The candidate is told first, with your reason; three days later the application is used again. Once "
        "scores are locked it cannot come back into the ranking.",
        "UK GDPR Article 18(3)",
    ),
    "erase": DecisionHelp(
        "All that is held of this application goes, at once and for good. Refuse only with a reason: the "
        "candidate is told it, and may complain to the Information Commissioner.",
        "UK GDPR Article 17, answered within a month (Article 12(3))",
    ),
}
