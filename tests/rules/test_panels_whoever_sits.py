"""What holds of the findings on all panels: whoever sits, in whatever order, and whatever they told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.panel_members import Duty, Member, Panel, Sitting, Training
from recruitment.rules.panel_policies import COURSES, DEFAULT_POLICY, Policy, RuleSetting, Severity
from recruitment.rules.panels import RULES, Verdict, blocking, check_panel, composition_rules, with_waivers
from recruitment.rules.pool import OPTIONS, PoolAnswers, composition_of
from tests.support.panel_making import DAY, TODAY, of

GRADES = ("EO", "HEO", "SEO", "G7")
EVERY_RULE = Policy(
    grades=GRADES,
    courses=COURSES,
    settings=(
        *DEFAULT_POLICY.settings,
        RuleSetting("network_member", Severity.WARNS),
        RuleSetting("disabled_member", Severity.WARNS),
        RuleSetting("representation", Severity.WARNS, characteristic="ethnic_group", groups=("asian", "black")),
    ),
)
IDS = [f"id-{number}" for number in range(5)]
PLACES = st.sampled_from(["", "Estates", "Finance", "Law"])
DAYS = st.integers(-3, 3).map(lambda after: DAY + timedelta(days=after))
TRAINING = st.builds(Training, st.sampled_from(sorted(COURSES)), DAYS, st.none() | DAYS)
ANSWERS = st.builds(
    PoolAnswers,
    **{str(each): st.sampled_from(["", *dict(options)]) for each, options in OPTIONS.items()},
    may_check=st.booleans(),
)


def some_member(key: str) -> st.SearchStrategy[Member]:
    return st.builds(
        Member,
        id=st.just(key),
        name=st.sampled_from([f"Quill {key[-1]}", f"Okoro {key[-1]}"]),
        directorate=PLACES,
        line_manager=st.none() | st.sampled_from([*(one for one in IDS if one != key), "elsewhere"]),
        duties=st.frozensets(st.sampled_from(Duty)),
        training=st.lists(TRAINING, max_size=4).map(tuple),
        is_inclusion_adviser=st.booleans(),
        is_network_member=st.booleans(),
        is_external=st.booleans(),
        panels_past_year=st.integers(0, 20),
    )


@st.composite
def some_panels(draw: st.DrawFn, least: int = 0) -> Panel:
    """Up to five people with whatever duties, managers and training, and whatever they told of themselves."""
    members = tuple(draw(some_member(key)) for key in IDS[: draw(st.integers(least, len(IDS)))])
    people = st.frozensets(st.sampled_from(IDS))
    return Panel(
        members,
        grade=draw(st.sampled_from(["", *GRADES])),
        directorate=draw(PLACES),
        days=tuple(draw(st.lists(DAYS, max_size=2))),
        sittings=tuple(draw(st.lists(st.builds(Sitting, DAYS, people, people), max_size=8))),
        undeclared=draw(st.dictionaries(st.sampled_from(IDS), st.integers(0, 2))),
        has_candidates=draw(st.booleans()),
        inclusion_question=draw(st.sampled_from(["", "What have you changed?"])),
        is_question_approved=draw(st.booleans()),
        earlier_chairs=tuple(draw(st.lists(st.sampled_from(IDS), max_size=4))),
        composition=composition_of(draw(ANSWERS) for _ in members),
    )


def verdicts(panel: Panel) -> dict[str, Verdict]:
    return {each.rule: each.verdict for each in check_panel(panel, EVERY_RULE, today=TODAY)}


def test_what_holds_of_all_panels_is_tried_with_every_rule():
    assert {each.rule for each in EVERY_RULE.settings} == RULES.keys()


@given(number=st.integers(0, 12), least=st.integers(0, 12))
def test_one_more_member_never_makes_the_size_worse(number, least):
    rule = Policy(settings=(RuleSetting("size", Severity.BLOCKS, least=least),))
    (before,), (after,) = (check_panel(of(each), rule, today=TODAY) for each in (number, number + 1))

    assert not (before.verdict is Verdict.MET and after.verdict is not Verdict.MET)
    assert (before.verdict, after.verdict) != (Verdict.MET, Verdict.NOT_MET)
    assert after.is_blocking <= before.is_blocking


@settings(max_examples=80, deadline=None)
@given(data=st.data(), here=some_panels())
def test_verdicts_do_not_depend_on_the_order_of_anything(data, here):
    def mixed(held: tuple) -> tuple:
        return tuple(data.draw(st.permutations(held)))

    members = tuple(replace(each, training=mixed(each.training)) for each in mixed(here.members))
    other = replace(here, members=members, sittings=mixed(here.sittings), days=mixed(here.days))

    assert verdicts(other) == verdicts(here)


@settings(max_examples=80, deadline=None)
@given(here=some_panels())
def test_a_sentence_on_a_composition_names_nobody_and_a_panel_like_it_has_the_same(here):
    others = tuple(Member(f"other-{number}", f"Vance {number}") for number in range(len(here.members)))
    found = check_panel(here, EVERY_RULE, today=TODAY)
    like_it = check_panel(replace(here, members=others), EVERY_RULE, today=TODAY)

    for one, other in zip(found, like_it, strict=True):
        if one.rule in composition_rules():
            assert [each for each in here.members if each.id in one.sentence or each.name in one.sentence] == []
            assert one == other


@settings(max_examples=80, deadline=None)
@given(data=st.data(), told=st.lists(ANSWERS, min_size=1, max_size=5))
def test_somebody_who_does_not_say_is_never_taken_for_a_no(data, told):
    """Where the composition was met it stays met or is not known; it never becomes "not met" by silence."""
    silent = data.draw(st.integers(0, len(told) - 1))
    quiet = [PoolAnswers() if number == silent else each for number, each in enumerate(told)]
    panel = replace(of(len(told)), composition=composition_of(quiet))

    found = {rule: verdict for rule, verdict in verdicts(panel).items() if rule in composition_rules()}

    assert set(found.values()) <= {Verdict.MET, Verdict.NOT_KNOWN}


@settings(max_examples=50, deadline=None)
@given(told=st.lists(ANSWERS, min_size=1, max_size=5), more=ANSWERS)
def test_one_more_member_never_unmeets_a_composition(told, more):
    before, after = (
        verdicts(replace(of(len(each)), composition=composition_of(each))) for each in (told, [*told, more])
    )

    for rule in composition_rules():
        assert before[rule] is not Verdict.MET or after[rule] is Verdict.MET


@settings(max_examples=80, deadline=None)
@given(data=st.data(), here=some_panels(least=1), more=TRAINING)
def test_more_training_never_unmeets_a_rule(data, here, more):
    at = data.draw(st.integers(0, len(here.members) - 1))
    members = [
        replace(each, training=(*each.training, more)) if number == at else each
        for number, each in enumerate(here.members)
    ]
    before, after = verdicts(here), verdicts(replace(here, members=tuple(members)))

    assert {rule for rule in before if before[rule] is Verdict.MET and after[rule] is not Verdict.MET} == set()


@settings(max_examples=50, deadline=None)
@given(here=some_panels(), rule=st.sampled_from(sorted(RULES)))
def test_a_waiver_touches_its_own_rule_alone(here, rule):
    found = check_panel(here, EVERY_RULE, today=TODAY)
    after = with_waivers(found, {rule: "None was free."})

    assert {one.rule for one, other in zip(found, after, strict=True) if one != other} <= {rule}
    assert {each.rule for each in blocking(after)} == {each.rule for each in blocking(found)} - {rule}
