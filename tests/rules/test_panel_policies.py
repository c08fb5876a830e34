"""An organisation's rules for its panels: read from JSON, written back, and refused by the field that is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.errors import Invalid
from recruitment.rules.minority_groupings import MinorityGrouping
from recruitment.rules.panel_policies import (
    COURSES,
    DEFAULT_POLICY,
    FIRST_POLICY,
    Policy,
    RuleSetting,
    Severity,
    check_policy,
    read_policy,
    write_policy,
)
from recruitment.rules.panels import RULES, composition_rules

KNOWN = {name: rule.is_composition for name, rule in RULES.items()}
SHORT = st.text(max_size=12)
TEXTS = st.lists(SHORT, max_size=4).map(tuple)
SETTINGS = st.builds(
    RuleSetting,
    rule=st.sampled_from(sorted(RULES)),
    severity=st.sampled_from(Severity),
    least=st.integers(0, 20),
    courses=TEXTS,
    from_grade=SHORT,
    characteristic=SHORT,
    groups=TEXTS,
    grouping=st.sampled_from(MinorityGrouping),
)
POLICIES = st.builds(
    Policy,
    version=st.integers(0, 99),
    grades=TEXTS,
    settings=st.lists(SETTINGS, max_size=6).map(tuple),
    is_composition_blocking=st.booleans(),
    wording=SHORT,
    courses=st.dictionaries(SHORT, SHORT, max_size=4),
)


@given(policy=POLICIES)
def test_a_policy_is_read_back_as_it_was_written(policy):
    assert read_policy(json.loads(json.dumps(write_policy(policy)))) == policy


@pytest.mark.parametrize("policy", [DEFAULT_POLICY, FIRST_POLICY], ids=["default", "first"])
def test_the_policies_that_are_given_hold_and_are_read_back(policy):
    check_policy(policy, KNOWN)

    assert read_policy(json.loads(json.dumps(write_policy(policy)))) == policy


def test_what_is_left_out_is_as_in_the_default_policy():
    assert read_policy({}) == DEFAULT_POLICY
    assert read_policy({"version": 4, "grades": ["EO", "HEO"]}) == replace(
        DEFAULT_POLICY, version=4, grades=("EO", "HEO")
    )


@pytest.mark.parametrize("rule", sorted({each.rule for each in DEFAULT_POLICY.settings}))
def test_a_rule_that_is_only_named_is_set_as_in_the_default_policy(rule):
    assert read_policy({"rules": [{"rule": rule}]}).settings == (DEFAULT_POLICY.setting(rule),)


@pytest.mark.parametrize("rule", ["network_member", "disabled_member"])
def test_a_rule_outside_the_default_policy_warns_unless_it_is_told_to_block(rule):
    assert read_policy({"rules": [{"rule": rule}]}).settings == (RuleSetting(rule, Severity.WARNS),)


def test_a_policy_may_choose_no_rule_at_all():
    policy = read_policy({"rules": []})

    check_policy(policy, KNOWN)

    assert policy.settings == () and policy.setting("size") is None


SIZE = {"rule": "size"}


# What is read, and the field that its refusal names.
UNREADABLE = [
    ([], "policy"),
    ("size", "policy"),
    (None, "policy"),
    ({"rule": []}, "policy.rule"),
    ({"zeal": 1, "notes": ""}, "policy.notes"),
    ({"version": "1"}, "policy.version"),
    ({"version": True}, "policy.version"),
    ({"version": 1.5}, "policy.version"),
    ({"grades": "EO"}, "policy.grades"),
    ({"grades": [7]}, "policy.grades"),
    ({"courses": ["panel"]}, "policy.courses"),
    ({"courses": {"panel": 3}}, "policy.courses.panel"),
    ({"wording": ["Ours."]}, "policy.wording"),
    ({"is_composition_blocking": "no"}, "policy.is_composition_blocking"),
    ({"is_composition_blocking": 1}, "policy.is_composition_blocking"),
    ({"rules": {"size": 3}}, "policy.rules"),
    ({"rules": ["size"]}, "policy.rules[0]"),
    ({"rules": [SIZE, {}]}, "policy.rules[1].rule"),
    ({"rules": [SIZE, {"rule": 3}]}, "policy.rules[1].rule"),
    ({"rules": [{"rule": "size", "most": 3}]}, "policy.rules[0].most"),
    ({"rules": [{"rule": "size", "severity": "stops"}]}, "policy.rules[0].severity"),
    ({"rules": [{"rule": "size", "severity": []}]}, "policy.rules[0].severity"),
    ({"rules": [{"rule": "size", "least": "3"}]}, "policy.rules[0].least"),
    ({"rules": [{"rule": "size", "least": None}]}, "policy.rules[0].least"),
    ({"rules": [{"rule": "size", "courses": "panel"}]}, "policy.rules[0].courses"),
    ({"rules": [{"rule": "size", "from_grade": 7}]}, "policy.rules[0].from_grade"),
    ({"rules": [{"rule": "size", "characteristic": []}]}, "policy.rules[0].characteristic"),
    ({"rules": [{"rule": "size", "groups": [1]}]}, "policy.rules[0].groups"),
    ({"rules": [{"rule": "size", "grouping": "bame"}]}, "policy.rules[0].grouping"),
]


@pytest.mark.parametrize(("held", "field"), UNREADABLE, ids=[json.dumps(held) for held, _ in UNREADABLE])
def test_what_cannot_be_read_is_refused_by_its_field(held, field):
    with pytest.raises(Invalid) as refused:
        read_policy(held)

    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def of_rules(*settings: RuleSetting, **more: object) -> Policy:
    return replace(Policy(settings=settings, grades=("EO", "HEO")), **more)


def one(rule: str = "size", **sets: object) -> RuleSetting:
    return replace(RuleSetting(rule, Severity.WARNS), **sets)


def whom(characteristic: str, *groups: str) -> RuleSetting:
    return one("representation", characteristic=characteristic, groups=groups)


# What does not hold together, and the field that its refusal names.
WRONG = [
    (of_rules(one("luck")), "rules[0].rule"),
    (of_rules(one(), one("chair"), one()), "rules[2].rule"),
    (of_rules(one(from_grade="SEO")), "rules[0].from_grade"),
    (of_rules(one(), one("chair", from_grade="eo")), "rules[1].from_grade"),
    (of_rules(one(from_grade="EO"), grades=()), "rules[0].from_grade"),
    (of_rules(one(least=-1)), "rules[0].least"),
    (of_rules(one(), is_composition_blocking=True), "wording"),
    (of_rules(one(), is_composition_blocking=True, wording=" \n"), "wording"),
    (of_rules(whom("", "asian")), "rules[0].characteristic"),
    (of_rules(whom("age", "young")), "rules[0].characteristic"),
    (of_rules(one(), whom("ethnic_group")), "rules[1].groups"),
    (of_rules(whom("ethnic_group", "asian", "female")), "rules[0].groups"),
]


@pytest.mark.parametrize(("policy", "field"), WRONG)
def test_what_does_not_hold_together_is_refused_by_its_field(policy, field):
    with pytest.raises(Invalid) as refused:
        check_policy(policy, KNOWN)

    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


RIGHT = [
    of_rules(one(least=0)),
    of_rules(one(from_grade="EO"), one("chair", from_grade="HEO")),
    of_rules(whom("ethnic_group", "asian", "black")),
    of_rules(whom("disability", "yes")),
    of_rules(one(), wording="Kept, though nothing blocks."),
]


@pytest.mark.parametrize("policy", RIGHT)
def test_what_holds_together_is_taken(policy):
    check_policy(policy, KNOWN)


def composition_setting(rule: str, severity: Severity) -> RuleSetting:
    return replace(whom("sex", "female"), rule=rule, severity=severity)


@pytest.mark.parametrize("rule", sorted(composition_rules()))
def test_a_composition_warns_and_blocks_only_in_the_body_s_own_words(rule):
    check_policy(of_rules(composition_setting(rule, Severity.WARNS)), KNOWN)
    strict = of_rules(one(), composition_setting(rule, Severity.BLOCKS))

    for policy, field in (
        (strict, "rules[1].severity"),
        (replace(strict, wording="Worded, but not chosen."), "rules[1].severity"),
        (replace(strict, is_composition_blocking=True), "wording"),
        (replace(strict, is_composition_blocking=True, wording="  "), "wording"),
    ):
        with pytest.raises(Invalid) as refused:
            check_policy(policy, KNOWN)
        assert refused.value.field == field

    check_policy(replace(strict, is_composition_blocking=True, wording="Worded by our lawyers."), KNOWN)


@pytest.mark.parametrize("rule", sorted(RULES.keys() - composition_rules()))
def test_any_other_rule_may_block_without_more_words(rule):
    check_policy(of_rules(one(rule, severity=Severity.BLOCKS)), KNOWN)


def test_the_courses_that_the_default_policy_asks_for_have_names():
    asked = {course for each in DEFAULT_POLICY.settings for course in each.courses}

    assert asked == COURSES.keys()
