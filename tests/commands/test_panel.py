"""`recruitment panel check` and `recruitment panel propose`: the same rules, JSON in and JSON out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from recruitment.cli import recruitment
from recruitment.commands.panel import CHECK_EXAMPLE, PROPOSE_EXAMPLE

GROUP = "canary group"


def run(command: str, given: object, *options: str) -> Result:
    text = given if isinstance(given, str | bytes) else json.dumps(given)
    return CliRunner().invoke(recruitment, ["panel", command, "-", *options], input=text)


def members(number: int, **more) -> list[dict]:
    return [{"id": f"m{at}", "name": f"Member {at}", **more} for at in range(number)]


RULES = {"rules": [{"rule": "size", "least": 3}, {"rule": "chair"}, {"rule": "inclusion_lead"}]}


@pytest.mark.parametrize(("command", "example"), [("check", CHECK_EXAMPLE), ("propose", PROPOSE_EXAMPLE)])
def test_the_example_in_the_help_is_one_that_works(command: str, example: str) -> None:
    helped = CliRunner().invoke(recruitment, ["panel", command, "--help"])
    assert all(line.strip() in helped.output for line in example.splitlines())
    ran = run(command, example, "--today", "2027-02-01")
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["panels"]


def test_a_panel_that_meets_the_rules_is_told_so_rule_by_rule() -> None:
    people = members(3)
    people[0]["duties"], people[1]["duties"] = ["chair"], ["inclusion_lead"]
    ran = run("check", {"policy": RULES, "panels": [{"id": "7", "members": people}]})
    assert ran.exit_code == 0
    (panel,) = json.loads(ran.stdout)["panels"]
    assert (panel["id"], panel["is_blocked"]) == ("7", False)
    assert panel["findings"][0] == {
        "rule": "size",
        "title": "Size",
        "verdict": "met",
        "severity": "blocks",
        "sentence": "The panel has 3 members.",
    }


def test_one_blocked_panel_of_several_makes_the_exit_status_1_and_all_are_told() -> None:
    people = members(3)
    people[0]["duties"], people[1]["duties"] = ["chair"], ["inclusion_lead"]
    panels = [{"id": "whole", "members": people}, {"id": "short", "members": people[:2]}]
    ran = run("check", {"policy": RULES, "panels": panels})
    assert ran.exit_code == 1
    assert [each["is_blocked"] for each in json.loads(ran.stdout)["panels"]] == [False, True]


def test_a_rule_that_warns_leaves_the_exit_status_at_nought() -> None:
    policy = {"rules": [{"rule": "size", "least": 3, "severity": "warns"}]}
    ran = run("check", {"policy": policy, "panels": [{"id": "7", "members": members(1)}]})
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["panels"][0]["findings"][0]["verdict"] == "not_met"


def test_no_finding_says_whose_a_characteristic_is() -> None:
    people = members(3, characteristics={"sex": "male", "ethnic_group": "white_british", "disability": None})
    people[2]["characteristics"] = {"sex": "female", "ethnic_group": "black", "disability": "yes"}
    rules = ["not_all_of_one_sex", "ethnic_minority_member", "disabled_member"]
    policy = {"rules": [{"rule": rule, "severity": "warns"} for rule in rules]}
    told = []
    for order in (people, people[::-1]):
        others = [{**each, "characteristics": people[at]["characteristics"]} for at, each in enumerate(order)]
        ran = run("check", {"policy": policy, "panels": [{"id": "7", "members": others}]})
        told.append(ran.stdout)
        assert not any(name in ran.stdout for name in ("Member", "m0", "m2", "female", "black"))
    assert told[0] == told[1]  # Who of them it is makes no difference.
    assert [each["verdict"] for each in json.loads(told[0])["panels"][0]["findings"]] == ["met"] * 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"panels": [{"id": "7", "members": [{"id": "a", "training": [{"course": "x", "completed": "1"}]}]}]},
            "panels[0].members[0].training[0].completed: Give a day",
        ),
        ({"policy": {"rules": [{"rule": "luck"}]}}, "policy.rules[0].rule: There is no rule"),
        ('{"panels": [}', "Line 1, column 13: this is not JSON"),
        ("[" * 100_000, "This is not JSON"),
        (b'{"panels": "\xff"}', "This is not JSON in UTF-8."),
        ("[]", "Give an object."),
    ],
)
def test_what_cannot_be_read_is_named_with_exit_status_2(given: object, said: str) -> None:
    for command in ("check", "propose"):
        if command == "propose" and "training[0]" in said:
            continue
        ran = run(command, given)
        assert ran.exit_code == 2, ran.output
        assert said in ran.stderr
        assert ran.stdout == ""


def test_a_proposal_names_members_duties_and_loads() -> None:
    needs = [{"id": "7", "title": "Caseworker", "days": ["2027-03-16"]}]
    ran = run("propose", {"policy": RULES, "members": members(4, past_load=1), "panels": needs})
    assert ran.exit_code == 0, ran.output
    held = json.loads(ran.stdout)
    (panel,) = held["panels"]
    assert [each["duty"] for each in panel["members"]] == ["chair", "inclusion_lead", None]
    assert (held["max_load"], held["best_bound"], held["is_best"]) == (2, 2, True)
    assert sum(held["loads"].values()) == 7


def test_what_cannot_be_had_is_told_with_exit_status_1() -> None:
    needs = [{"id": "7", "title": "Caseworker", "days": ["2027-03-16"]}]
    pool = members(4, unavailable=["2027-03-16"])
    ran = run("propose", {"policy": RULES, "members": pool, "panels": needs})
    assert ran.exit_code == 1
    held = json.loads(ran.stdout)
    assert (held["is_possible"], held["is_smallest"]) == (False, True)
    assert [each["sentence"] for each in held["reasons"]] == ["“Caseworker”: no member is free on 16 March 2027."]


def test_a_lock_on_somebody_who_is_not_in_the_pool_is_named_with_exit_status_2() -> None:
    needs = [{"id": "7", "locked": [{"member": "zoe"}]}]
    ran = run("propose", {"policy": RULES, "members": members(3), "panels": needs})
    assert ran.exit_code == 2
    assert "panels[0].locked[0].member: “zoe” is not in the pool." in ran.stderr


def test_a_proposal_says_nothing_of_groups_or_wishes() -> None:
    pool = members(4)
    pool[3]["groups"] = [GROUP]
    needs = [{"id": "7", "wishes": [{"name": "canary wish", "groups": [GROUP]}]}]
    ran = run("propose", {"policy": RULES, "members": pool, "panels": needs})
    assert ran.exit_code == 0
    assert "canary" not in ran.stdout + ran.stderr
    assert "m3" in [each["id"] for each in json.loads(ran.stdout)["panels"][0]["members"]]


def test_four_hundred_members_are_read_and_every_panel_is_filled() -> None:
    pool = members(400, name="Zoë O’Neill", unavailable=["2027-03-01", "2027-03-02"])
    needs = [{"id": f"n{at}", "days": [f"2027-03-{at + 3:02}"], "size": 5} for at in range(4)]
    ran = run("propose", {"policy": RULES, "members": pool, "panels": needs}, "--seconds", "120")
    assert ran.exit_code == 0, ran.output
    held = json.loads(ran.stdout)
    assert [len(each["members"]) for each in held["panels"]] == [5, 5, 5, 5]
    assert held["max_load"] == 1


def test_what_the_solver_prints_by_itself_does_not_get_into_the_answer() -> None:
    script = (
        "import ctypes, sys\n"
        "from recruitment.commands import panel\n"
        "solve = panel.propose\n"
        "def noisy(*given, **more):\n"
        "    ctypes.CDLL(None).puts(b'printed by the solver')\n"
        "    return solve(*given, **more)\n"
        "panel.propose = noisy\n"
        "panel.panel(['propose', '-'])\n"
    )
    given = json.dumps({"policy": RULES, "members": members(3), "panels": [{"id": "7"}]})
    done = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["is_possible"] is True
    assert "printed by the solver" in done.stderr
