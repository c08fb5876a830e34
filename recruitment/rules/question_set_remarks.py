"""What must stand beside figures about the questions they rest on: other wordings, and questions not asked of all.

Source: Government Statistical Service, harmonised standards (answers to another wording are no longer the same
series without a word about it). None of it tells of a person: which campaign asks what is public.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recruitment.rules.question_sets import ITEMS, QuestionSet


def remarks_on(sets: Sequence[QuestionSet]) -> tuple[str, ...]:
    """Sentences on the question sets of the campaigns counted together, one for each campaign.

    Empty where all asked what is shipped.
    """
    found: list[str] = []
    for item in ITEMS:
        asked = Counter(each.chosen[item.key] for each in sets if item.key in each.chosen)
        number = asked.total()
        if 0 < number < len(sets):
            found.append(
                f"{item.title} was asked in {number} of {len(sets)} campaigns. The applicants of the others stand "
                "as “Not asked”, and in no share."
            )
        if len(asked) > 1:
            told = [f"“{each.title}” in {asked[each.key]}" for each in item.wordings if asked[each.key]]
            found.append(
                f"{item.title} was asked in more than one wording: {', '.join(told)}. Answers to different "
                "wordings may differ for that reason alone."
            )
        found += [
            f"{item.title}: {each.note}"
            for each in item.wordings
            if asked[each.key] and each.note and item.default
        ]
    return tuple(found)
