"""Every panel rule, on panels that are just so."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from pathlib import Path

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.minority_groupings import MinorityGrouping
from recruitment.rules.panel_members import Panel
from recruitment.rules.panel_policies import (
    COURSES,
    DEFAULT_POLICY,
    FIRST_POLICY,
    Policy,
    RuleSetting,
    Severity,
)
from recruitment.rules.panels import (
    RULES,
    Finding,
    Verdict,
    blocking,
    check_panel,
    composition_rules,
    with_waivers,
)
from tests.support.panel_cases import CASES
from tests.support.panel_making import ANN, BOB, CAT, TODAY, Case, of, panel

ALL = [(rule, each) for rule, cases in CASES.items() for each in cases]
SIZE = CASES["size"][0].panel


def setting_of(rule: str, each: Case, severity: Severity = Severity.WARNS, from_grade: str = "") -> RuleSetting:
    sets = dict(each.sets)
    sets["grouping"] = MinorityGrouping(sets.get("grouping", "wres_bme"))
    return RuleSetting(rule, severity, from_grade=from_grade, **sets)


def find(rule: str, each: Case) -> Finding:
    (finding,) = check_panel(each.panel, Policy(settings=(setting_of(rule, each),), courses=COURSES), today=TODAY)
    return finding


@pytest.mark.parametrize(("rule", "each"), ALL, ids=[f"{rule}: {each.about}" for rule, each in ALL])
def test_a_rule_finds(rule, each):
    finding = find(rule, each)

    assert (finding.rule, finding.verdict) == (rule, each.verdict)
    assert each.says in finding.sentence
    assert finding.sentence.endswith(".")


def verdicts_written_in(name: str) -> set[Verdict]:
    """The verdicts that are named in a function of the rules and in those that it calls."""
    sources = {inspect.getsourcefile(rule.check) or "" for rule in RULES.values()}
    functions = {
        node.name: node
        for source in sources
        for node in ast.parse(Path(source).read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    waiting, seen, found = [name], set(), set()
    while waiting:
        here = waiting.pop()
        if here in seen or here not in functions:
            continue
        seen.add(here)
        for node in ast.walk(functions[here]):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Verdict":
                found.add(Verdict[node.attr])
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                waiting.append(node.func.id)
    return found


@pytest.mark.parametrize("rule", RULES)
def test_there_is_a_case_of_every_verdict_that_a_rule_can_give(rule):
    """A new rule without cases fails here, and so does a new verdict of an old one."""
    assert {each.verdict for each in CASES.get(rule, [])} == verdicts_written_in(rule)


def test_there_are_cases_of_no_rule_that_is_gone_and_each_is_there_once():
    assert CASES.keys() == RULES.keys()
    assert len({(rule, each.about) for rule, each in ALL}) == len(ALL)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_where_it_comes_from_and_has_a_title_of_its_own(rule):
    assert (RULES[rule].check.__doc__ or "").strip()
    assert [one for one in RULES.values() if one.title == RULES[rule].title] == [RULES[rule]]


GRADES = ("EO", "HEO", "SEO", "G7")


# The post's grade, the grade from which the rule applies, and whether it does.
REACHES = [
    ("EO", "HEO", False),
    ("HEO", "HEO", True),
    ("SEO", "HEO", True),
    ("EO", "EO", True),
    ("SEO", "G7", False),
    ("G7", "G7", True),
    ("EO", "", True),
    ("", "", True),
    ("", "G7", True),  # Not recorded: the rule applies.
    ("Band 7", "G7", True),  # A grade that nobody ranked: likewise.
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("grade", "lowest", "applies"), REACHES)
def test_a_rule_applies_from_a_grade_on(rule, grade, lowest, applies):
    each = next(one for one in CASES[rule] if one.verdict is Verdict.NOT_MET)
    policy = Policy(grades=GRADES, settings=(setting_of(rule, each, from_grade=lowest),), courses=COURSES)

    (finding,) = check_panel(replace(each.panel, grade=grade), policy, today=TODAY)

    assert finding.verdict is (Verdict.NOT_MET if applies else Verdict.NOT_APPLICABLE)
    assert applies or finding.sentence == f"It applies from {lowest}."


def test_findings_come_in_the_policy_s_order_one_for_each_rule():
    backwards = replace(DEFAULT_POLICY, settings=DEFAULT_POLICY.settings[::-1])

    found = check_panel(of(3), backwards, today=TODAY)

    assert [each.rule for each in found] == [each.rule for each in backwards.settings]
    assert set(found) == set(check_panel(of(3), DEFAULT_POLICY, today=TODAY))


def test_a_panel_is_not_checked_by_a_policy_that_is_wrong():
    wrong = Policy(settings=(RuleSetting("not_all_of_one_sex", Severity.BLOCKS),))

    with pytest.raises(Invalid) as refused:
        check_panel(of(3), wrong, today=TODAY)

    assert refused.value.field == "rules[0].severity"


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("severity", Severity)
def test_only_what_is_not_met_and_blocks_keeps_interviews_from_being_booked(verdict, severity):
    finding = Finding("size", verdict, severity, "Two of three.")
    blocks = (verdict, severity) == (Verdict.NOT_MET, Severity.BLOCKS)

    assert finding.is_blocking is blocks
    assert blocking([finding, finding]) == ((finding, finding) if blocks else ())
    assert finding.needs_reason is (verdict is Verdict.NOT_MET)


@pytest.mark.parametrize("rule", RULES)
def test_a_waiver_stands_where_the_rule_is_not_met_and_says_why(rule):
    for each in CASES[rule]:
        finding = replace(find(rule, each), severity=Severity.BLOCKS)
        others = with_waivers([finding], {"another": "No reason."})
        (waived,) = with_waivers([finding], {rule: "Only two could come."})

        assert others == (finding,)
        if each.verdict is Verdict.NOT_MET:
            assert waived.verdict is Verdict.WAIVED
            assert waived.sentence == f"{finding.sentence} Waived: Only two could come."
            assert not waived.is_blocking and not waived.needs_reason
        else:
            assert waived == finding


def test_a_finding_that_is_withheld_is_not_known_and_not_answered():
    (finding,) = check_panel(SIZE, Policy(settings=(RuleSetting("size", Severity.BLOCKS, least=3),)), today=TODAY)

    assert finding.is_answered and finding.is_blocking
    assert not finding.withheld().is_answered
    assert finding.withheld().verdict is Verdict.NOT_KNOWN and not finding.withheld().is_blocking


@pytest.mark.parametrize(("rule", "each"), ALL, ids=[f"{rule}: {each.about}" for rule, each in ALL])
def test_a_composition_is_answered_unless_it_is_withheld_or_not_yet_asked_for(rule, each):
    wants = RULES[rule].is_composition and each.panel.composition is None
    wants = wants or each.about == "another characteristic alone"

    assert find(rule, each).is_answered is not wants


def test_the_rules_on_composition_are_those_that_need_one():
    def changes(rule: str) -> bool:
        return any(find(rule, each) != find(rule, replace(each, panel=bare(each.panel))) for each in CASES[rule])

    def bare(panel: Panel) -> Panel:
        return replace(panel, composition=None)

    assert composition_rules() == {rule for rule in RULES if changes(rule)}


def test_the_policies_that_are_given_never_block_for_a_composition_and_can_be_met():
    for policy in (DEFAULT_POLICY, FIRST_POLICY):
        found = check_panel(of(3), policy, today=TODAY)
        assert {each.rule for each in found if each.severity is Severity.BLOCKS} & composition_rules() == set()
    asked = panel(ANN, BOB, CAT, inclusion_question="What have you changed?")
    assert blocking(check_panel(asked, FIRST_POLICY, today=TODAY)) == ()


def test_what_was_always_asked_is_asked_no_more_strictly_than_what_is_asked_now():
    now = {each.rule: each for each in DEFAULT_POLICY.settings}
    assert all(each.severity is now[each.rule].severity for each in FIRST_POLICY.settings)
    assert all(each.least <= now[each.rule].least for each in FIRST_POLICY.settings)


def test_a_stricter_policy_blocks_for_a_composition_that_is_not_met_but_never_for_one_not_known():
    for rule in sorted(composition_rules()):
        for each in CASES[rule]:
            policy = Policy(
                settings=(setting_of(rule, each, Severity.BLOCKS),), is_composition_blocking=True, wording="Ours."
            )
            found = check_panel(each.panel, policy, today=TODAY)
            assert bool(blocking(found)) is (each.verdict is Verdict.NOT_MET)
