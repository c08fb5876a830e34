"""Counts by stage are exact, nested, of fixed size, and survive being stored."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from recruitment.rules.counts_format import counts_from_json, counts_to_json
from recruitment.rules.equality_questions import NOT_ANSWERED, PREFER_NOT_TO_SAY
from recruitment.rules.funnel import STAGES, Counts, Exit, FunnelStage, Journey, pool, stages_of


def three_people() -> Counts:
    counts = Counts()
    counts.add({"sex": "female"}, [FunnelStage.SUBMITTED, FunnelStage.SHORTLISTED])
    counts.add({"sex": PREFER_NOT_TO_SAY}, [FunnelStage.SUBMITTED])
    counts.add_missing([FunnelStage.SUBMITTED])
    return counts


def test_the_furthest_stage_counts_for_all_before_it() -> None:
    counts = Counts()
    counts.add({"sex": "female"}, {FunnelStage.OFFERED})
    assert [counts.count("sex", "female", stage) for stage in STAGES] == [1, 1, 1, 1, 0]


def test_an_application_without_answers_counts_as_not_answered_everywhere() -> None:
    counts = Counts()
    counts.add_missing([FunnelStage.SUBMITTED])
    assert counts.count("religion", NOT_ANSWERED, FunnelStage.SUBMITTED) == 1
    assert counts.declared("religion", FunnelStage.SUBMITTED) == 0


def test_silence_of_either_kind_is_outside_the_declaration_rate() -> None:
    assert three_people().declaration_rate("sex") == Fraction(1, 3)
    assert Counts().declaration_rate("sex") is None


def test_an_unknown_answer_counts_nothing_at_all() -> None:
    counts = Counts()
    with pytest.raises(ValueError, match="Unknown answer"):
        counts.add({"sex": "female", "religion": "jedi"}, [FunnelStage.SUBMITTED])
    assert counts_to_json(counts) == counts_to_json(Counts())


def test_what_was_never_submitted_is_not_counted() -> None:
    with pytest.raises(ValueError, match="never submitted"):
        Counts().add({}, [])


def test_counts_survive_being_stored_in_one_canonical_form() -> None:
    text = counts_to_json(three_people())
    assert counts_to_json(counts_from_json(text)) == text


def test_campaigns_add_up() -> None:
    counts = three_people()
    counts.merge(three_people())
    assert counts.total(FunnelStage.SUBMITTED) == 6
    assert counts.count("sex", "female", FunnelStage.SHORTLISTED) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [('"version":2', '"version":3'), ('"totals":[3,1', '"totals":[4,1'), ('"totals":[3,1', '"totals":[1,3')],
)
def test_stored_counts_that_contradict_themselves_are_refused(old: str, new: str) -> None:
    text = counts_to_json(three_people())
    assert old in text
    with pytest.raises(ValueError, match=r"version|add up|do not rise"):
        counts_from_json(text.replace(old, new))


def test_the_size_does_not_grow_with_the_people() -> None:
    many = Counts()
    for _ in range(1000):
        many.add_missing(STAGES)
    assert len(counts_to_json(many)) < 2 * len(counts_to_json(Counts()))


OWN = (FunnelStage.SUBMITTED, FunnelStage.SIFTED, *STAGES[1:])
SEEN = {"sex": "female", "disability": "disabled", "ethnic_group": "asian", "ethnic_background": "asian_indian"}


def test_a_campaign_has_the_stages_that_every_campaign_has_and_its_own() -> None:
    sifted = Journey(frozenset({FunnelStage.SUBMITTED, FunnelStage.SIFTED}))
    assert stages_of([sifted]) == OWN
    assert stages_of([], extra=[FunnelStage.TESTED]) == (*STAGES[:2], FunnelStage.TESTED, *STAGES[2:])


def test_who_left_of_their_own_accord_is_counted_apart_and_stays_in_the_stages_they_reached() -> None:
    counts = Counts(OWN)
    counts.add_journey(SEEN, Journey(frozenset(OWN[:1]), left=Exit.WITHDRAWN))
    counts.add_journey(SEEN, Journey(frozenset({FunnelStage.OFFERED}), left=Exit.DECLINED, vacancy="a"))
    counts.add_journey({}, Journey(frozenset(OWN[:2])))
    assert [counts.left(each) for each in Exit] == [1, 1]
    assert [counts.left(each, "sex", "female") for each in Exit] == [1, 1]
    assert [counts.total(stage) for stage in OWN] == [3, 2, 1, 1, 1, 0]


def test_offers_are_counted_once_more_under_their_vacancy() -> None:
    counts = Counts(OWN)
    counts.add_journey(SEEN, Journey(frozenset({FunnelStage.APPOINTED}), vacancy="a"))
    counts.add_journey(SEEN, Journey(frozenset({FunnelStage.SHORTLISTED})))
    part = counts.vacancies["a"]
    assert part.stages == (FunnelStage.OFFERED, FunnelStage.APPOINTED)
    assert part.count("sex", "female", FunnelStage.APPOINTED) == 1


def test_only_the_crossings_fixed_in_advance_are_counted() -> None:
    counts = Counts()
    counts.add(SEEN, [FunnelStage.SUBMITTED])
    assert counts.crossed(("ethnic_group", "sex"), ("asian", "female"), FunnelStage.SUBMITTED) == 1
    with pytest.raises(KeyError):
        counts.crossed(("religion", "sex"), ("none", "female"), FunnelStage.SUBMITTED)


def test_everything_that_is_counted_survives_being_stored() -> None:
    counts = Counts(OWN)
    counts.add_journey(SEEN, Journey(frozenset({FunnelStage.APPOINTED}), vacancy="a"))
    counts.add_journey(SEEN, Journey(frozenset(OWN[:2]), left=Exit.WITHDRAWN))
    counts.unfinished = 7
    again = counts_from_json(counts_to_json(counts))
    assert counts_to_json(again) == counts_to_json(counts)
    assert (again.unfinished, again.stages, set(again.vacancies)) == (7, OWN, {"a"})


def test_counts_of_the_first_version_are_read_and_know_no_crossings() -> None:
    content = json.loads(counts_to_json(three_people()))
    first = {key: content[key] for key in ("cells", "stages", "totals")} | {"version": 1}
    counts = counts_from_json(json.dumps(first))
    assert counts.total(FunnelStage.SUBMITTED) == 3
    with pytest.raises(KeyError):
        counts.crossed(("ethnic_group", "sex"), ("asian", "female"), FunnelStage.SUBMITTED)


def test_campaigns_are_pooled_over_the_stages_that_all_of_them_have() -> None:
    old, new = three_people(), Counts(OWN)
    new.add_journey(SEEN, Journey(frozenset({FunnelStage.APPOINTED}), vacancy="a"))
    old.unfinished, new.unfinished = 2, 3
    whole = pool([old, new])
    assert (whole.stages, whole.total(FunnelStage.SUBMITTED), whole.unfinished) == (STAGES, 4, 5)
    assert (new.total(FunnelStage.SUBMITTED), whole.vacancies) == (1, {})
    with pytest.raises(ValueError, match="no campaign"):
        pool([])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"exit_totals":[1', '"exit_totals":[2'),
        ('"asian × female":[1', '"asian × female":[2'),
        ('"unfinished":null', '"unfinished":-1'),
        ('"submitted"', '"unheard of"'),
    ],
)
def test_stored_exits_and_crossings_that_contradict_the_rest_are_refused(old: str, new: str) -> None:
    counts = Counts()
    counts.add(SEEN, [FunnelStage.SUBMITTED], left=Exit.WITHDRAWN)
    text = counts_to_json(counts).encode().decode("unicode_escape")
    assert old in text
    with pytest.raises(ValueError, match=r"counts|exits|Counts"):
        counts_from_json(text.replace(old, new))
