"""Panels and pools read from plain values: what is wrong is named by its entry; characteristics become counts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.panel_files import read_to_check, read_to_propose
from recruitment.rules.panel_members import Characteristic, Duty, Training
from recruitment.rules.panel_policies import DEFAULT_POLICY

TRAINED = {"course": "panel", "completed": "2026-03-01", "expires": "2027-03-01"}
CHECK = {
    "panels": [
        {
            "id": "7",
            "grade": "HEO",
            "days": ["2027-03-16", "2027-03-15"],
            "members": [
                {"id": "ann", "duties": ["chair"], "training": [TRAINED]},
                {"id": "bob", "training": [TRAINED, {"course": "chair", "completed": "2026-03-01"}]},
            ],
            "sittings": [{"day": "2027-03-15", "members": ["ann", "bob"]}],
            "undeclared": {"ann": 2},
        }
    ]
}
PROPOSE = {
    "members": [{"id": "ann", "past_load": 2, "unavailable": ["2027-03-16"]}, {"id": "bob", "can_chair": False}],
    "panels": [
        {
            "id": "7",
            "size": 2,
            "days": ["2027-03-16"],
            "locked": [{"member": "ann", "duty": "chair"}],
            "wishes": [{"name": "a wish", "groups": ["told"]}],
        }
    ],
}


def changed(held: dict, *path, to) -> dict:
    """The same with one entry changed."""
    copied = json.loads(json.dumps(held))
    inner = copied
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return copied


def field_of(read, held) -> str:
    with pytest.raises(Invalid) as refused:
        read(held)
    assert refused.value.sentence.endswith(".")
    return refused.value.field


def test_a_panel_is_read_with_its_members_days_and_sittings() -> None:
    given = read_to_check(CHECK)
    panel = given.panels["7"]
    assert given.policy == DEFAULT_POLICY
    assert panel.days == (date(2027, 3, 15), date(2027, 3, 16))
    assert panel.chair is not None and panel.chair.id == "ann"
    assert panel.members[0].training == (Training("panel", date(2026, 3, 1), date(2027, 3, 1)),)
    assert panel.sittings[0].members == {"ann", "bob"}
    assert panel.undeclared == {"ann": 2}
    assert panel.composition is None


MEMBER = ("panels", 0, "members", 1)


@pytest.mark.parametrize(
    ("path", "to", "field"),
    [
        ((*MEMBER, "training", 0, "expires"), "2027-13-01", "panels[0].members[1].training[0].expires"),
        ((*MEMBER, "training", 0, "expires"), "20270301", "panels[0].members[1].training[0].expires"),
        ((*MEMBER, "training", 0, "expires"), "2025-01-01", "panels[0].members[1].training[0].expires"),
        ((*MEMBER, "training", 1, "completed"), None, "panels[0].members[1].training[1].completed"),
        ((*MEMBER, "training", 1, "course"), "", "panels[0].members[1].training[1].course"),
        ((*MEMBER, "training"), {}, "panels[0].members[1].training"),
        ((*MEMBER, "id"), " ", "panels[0].members[1].id"),
        ((*MEMBER, "id"), "ann", "panels[0].members[1].id"),
        ((*MEMBER, "duties"), ["head"], "panels[0].members[1].duties[0]"),
        ((*MEMBER, "duties"), [["chair"]], "panels[0].members[1].duties[0]"),
        ((*MEMBER, "is_external"), "no", "panels[0].members[1].is_external"),
        ((*MEMBER, "panels_past_year"), -1, "panels[0].members[1].panels_past_year"),
        ((*MEMBER, "panels_past_year"), True, "panels[0].members[1].panels_past_year"),
        ((*MEMBER, "past_lode"), 1, "panels[0].members[1].past_lode"),
        ((*MEMBER, "characteristics"), {"sex": 1}, "panels[0].members[1].characteristics.sex"),
        ((*MEMBER, "characteristics"), {"faith": "x"}, "panels[0].members[1].characteristics.faith"),
        ((*MEMBER, "characteristics"), {"disability": "maybe"}, "panels[0].members[1].characteristics.disability"),
        (MEMBER, "bob", "panels[0].members[1]"),
        (("panels", 0, "days", 1), 16, "panels[0].days[1]"),
        (("panels", 0, "undeclared"), {"zoe": 1}, "panels[0].undeclared.zoe"),
        (("panels", 0, "sittings", 0, "day"), None, "panels[0].sittings[0].day"),
        (("panels",), {}, "panels"),
        (("panel",), [], "panel"),
        (("policy",), {"rules": [{"rule": "luck"}]}, "policy.rules[0].rule"),
        (("policy",), {"rules": [{"rule": "size", "least": "3"}]}, "policy.rules[0].least"),
        (("policy",), {"courses": ["chair"]}, "policy.courses"),
        (("policy",), [], "policy"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named(path: tuple, to: object, field: str) -> None:
    assert field_of(read_to_check, changed(CHECK, *path, to=to)) == field


@pytest.mark.parametrize(
    ("path", "to", "field"),
    [
        (("members", 0, "unavailable", 0), "tomorrow", "members[0].unavailable[0]"),
        (("members", 0, "past_load"), 1.5, "members[0].past_load"),
        (("members", 0, "groups"), "told", "members[0].groups"),
        (("members", 0, "characteristics"), {"sex": "female"}, "members[0].characteristics"),
        (("panels", 0, "size"), "3", "panels[0].size"),
        (("panels", 0, "locked", 0, "duty"), "clerk", "panels[0].locked[0].duty"),
        (("panels", 0, "locked", 0, "member"), None, "panels[0].locked[0].member"),
        (("panels", 0, "wishes", 0, "name"), "", "panels[0].wishes[0].name"),
        (("earlier_panels",), [["ann"], "bob"], "earlier_panels[1]"),
    ],
)
def test_an_entry_of_a_pool_that_cannot_be_read_is_named(path: tuple, to: object, field: str) -> None:
    assert field_of(read_to_propose, changed(PROPOSE, *path, to=to)) == field


@pytest.mark.parametrize("read", [read_to_check, read_to_propose])
@pytest.mark.parametrize("held", [None, [], "panels", 7])
def test_what_is_no_object_is_refused(read, held) -> None:
    assert field_of(read, held) == ""


def test_a_pool_is_read_with_what_is_wanted() -> None:
    given = read_to_propose(PROPOSE)
    ann, bob = given.pool
    assert (ann.past_load, ann.unavailable, ann.groups) == (2, {date(2027, 3, 16)}, None)
    assert (bob.can_chair, bob.can_lead) == (False, True)
    assert given.needs[0].locked[0].duty is Duty.CHAIR
    assert given.needs[0].wishes[0].groups == {"told"}


def test_groups_that_are_an_empty_list_are_not_the_same_as_none() -> None:
    given = read_to_propose(changed(PROPOSE, "members", 0, "groups", to=[]))
    assert given.pool[0].groups == frozenset()


def test_characteristics_are_counted_over_the_panel_and_kept_with_nobody() -> None:
    held = changed(CHECK, *MEMBER, "characteristics", to={"sex": "canary", "disability": None})
    panel = read_to_check(held).panels["7"]
    assert panel.composition is not None
    counts = panel.composition.counts
    assert counts[Characteristic.SEX].groups == {"canary": 1}
    assert "canary" not in repr(panel.members)


def test_who_was_not_asked_where_others_were_is_never_taken_for_a_no() -> None:
    held = changed(CHECK, *MEMBER, "characteristics", to={"sex": "female", "disability": None})
    counts = read_to_check(held).panels["7"].composition.counts
    assert counts[Characteristic.SEX].not_said == 1  # Ann was not asked.
    assert (counts[Characteristic.DISABILITY].groups, counts[Characteristic.DISABILITY].not_said) == ({}, 2)
    assert Characteristic.ETHNIC_GROUP not in counts
