from itertools import combinations

import pytest

from recruitment.rules.permissions import (
    PANEL_ROLES,
    Permission,
    Role,
    is_second_person,
    permissions_of,
    role_conflicts,
)

FORBIDDEN = {
    frozenset(pair)
    for pair in (
        (Role.RECRUITER, Role.SHORTLISTER),
        (Role.RECRUITER, Role.PANEL_CHAIR),
        (Role.RECRUITER, Role.DEPUTY),
        (Role.RECRUITER, Role.PANEL_MEMBER),
        (Role.RECRUITER, Role.INCLUSION_LEAD),
        (Role.RECRUITER, Role.SUBSTITUTE),
        (Role.CLEARER, Role.SHORTLISTER),
        (Role.ANALYST, Role.SHORTLISTER),
        (Role.ANALYST, Role.PANEL_CHAIR),
        (Role.ANALYST, Role.PANEL_MEMBER),
        (Role.ANALYST, Role.INCLUSION_LEAD),
        (Role.ANALYST, Role.SUBSTITUTE),
        *((Role.AUDITOR, other) for other in Role if other is not Role.AUDITOR),
    )
}
BODY_OF_FIVE = (
    {Role.RECRUITER, Role.ADMINISTRATOR},
    {Role.SHORTLISTER, Role.PANEL_CHAIR},
    {Role.SHORTLISTER, Role.INCLUSION_LEAD},
    {Role.PANEL_MEMBER, Role.CLEARER},
    {Role.ANALYST},
)


@pytest.mark.parametrize("pair", list(combinations(Role, 2)))
def test_two_roles_meet_in_one_person_exactly_where_the_table_lets_them(pair):
    assert bool(role_conflicts(pair)) == (frozenset(pair) in FORBIDDEN)


@pytest.mark.parametrize("role", Role)
def test_one_role_alone_conflicts_with_nothing(role):
    assert role_conflicts({role}) == []


def test_a_conflict_is_told_in_a_sentence():
    assert role_conflicts({Role.RECRUITER, Role.SHORTLISTER}) == [
        "A recruiter of a campaign may not score its answers."
    ]


@pytest.mark.parametrize("roles", BODY_OF_FIVE, ids=lambda roles: "+".join(sorted(roles)))
def test_nobody_in_a_body_of_five_holds_roles_that_conflict(roles):
    assert role_conflicts(roles) == []


def test_a_body_of_five_can_do_everything_in_a_campaign_but_audit_itself():
    held = frozenset().union(*(permissions_of(roles) for roles in BODY_OF_FIVE))

    assert set(Permission) - held == {Permission.READ_TRAIL}


def test_an_administrator_may_do_nothing_in_a_campaign():
    assert permissions_of({Role.ADMINISTRATOR}) == frozenset()


@pytest.mark.parametrize("role", [Role.SHORTLISTER, Role.CLEARER, Role.DEPUTY, Role.ANALYST, Role.AUDITOR])
def test_only_recruiters_and_the_panel_see_names(role):
    assert all(Permission.SEE_NAMES in permissions_of({seer}) for seer in {Role.RECRUITER, *PANEL_ROLES})
    assert Permission.SEE_NAMES not in permissions_of({role})


def test_the_second_person_is_the_chair_or_the_deputy_and_no_recruiter_or_auditor():
    assert {role for role in Role if is_second_person({role})} == {Role.PANEL_CHAIR, Role.DEPUTY}
    assert not is_second_person({Role.PANEL_CHAIR, Role.RECRUITER})
    assert not is_second_person({Role.DEPUTY, Role.AUDITOR})


def test_nobody_may_both_ask_for_a_reveal_and_agree_to_it():
    both = {Permission.ASK_REVEAL, Permission.AGREE_REVEAL}
    possible = [
        set(roles) for size in (1, 2, 3) for roles in combinations(Role, size) if not role_conflicts(roles)
    ]

    assert {Role.RECRUITER, Role.CLEARER} in possible
    assert [roles for roles in possible if both <= permissions_of(roles)] == []
