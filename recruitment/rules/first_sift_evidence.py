"""What answers the checklist's items on a first sift by itself, of a campaign's facts."""

from __future__ import annotations

from recruitment.rules.first_sifts import FirstSiftFacts
from recruitment.rules.quality_evidence import Facts, Found, Standing


def _not_held(first_sift: FirstSiftFacts | None) -> Found:
    if first_sift is None:
        return Found(Standing.NOT_APPLICABLE, "The campaign planned no first sift.")
    return Found(Standing.NOT_APPLICABLE, "The first sift was not held: everybody was read in full.")


def first_sift_in_advert(facts: Facts) -> Found:
    """Recruitment Principles: candidates are told beforehand how they will be assessed."""
    told = facts.first_sift
    if told is None or not told.was_held:
        return _not_held(told)
    is_met = told.named is not None and told.opened is not None and told.named < told.opened
    return Found(
        Standing.MET if is_met else Standing.OPEN,
        "The advert said from the opening on that a first sift may be held, and on which criterion."
        if is_met
        else "The first sift was not in the advert when applications opened.",
    )


def first_sift_scorers(facts: Facts) -> Found:
    """Recruitment Principles: two people or more assess each candidate at every stage."""
    told = facts.first_sift
    if told is None or not told.was_held:
        return _not_held(told)
    if told.still:
        return Found(Standing.OPEN, "The first sift is not closed.")
    if told.short:
        noun = "answer" if told.short == 1 else "answers"
        return Found(Standing.OPEN, f"{told.short} {noun} on the lead criterion with fewer than two scorers.")
    return Found(Standing.MET, "Every answer on the lead criterion was scored by two shortlisters or more.")


def first_sift_minimum(facts: Facts) -> Found:
    """Published criteria, fixed before anybody is assessed; the line is the minimum (`rules.first_sifts`)."""
    told = facts.first_sift
    if told is None or not told.was_held:
        return _not_held(told)
    is_met = told.first_score is None or (told.last_change or 0) < told.first_score
    return Found(
        Standing.MET if is_met else Standing.OPEN,
        f"The line was the minimum of the lead criterion, {told.minimum}, which stood before the first score."
        if is_met
        else "The lead criterion changed after the first score.",
    )
