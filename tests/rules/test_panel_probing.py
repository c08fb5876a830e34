"""Whoever asks many memberships learns of nobody that it was they who met a rule: against every world there is.

A world gives each person of a small pool an answer, or none. The asker sees the verdict of the rule itself, "not
known" apart from "not met", and keeps each world that fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.panel_members import Characteristic, Composition, Counts, Member, Panel
from recruitment.rules.panel_policies import Policy, RuleSetting, Severity
from recruitment.rules.panel_probing import Answered, may_answer, singled_out
from recruitment.rules.panels import Verdict, check_panel

World = tuple[str, ...]
Membership = frozenset[int]

SAYS_NOTHING = ""
PEOPLE = 6


@dataclass(frozen=True)
class Kind:
    """A rule on composition, the answers there are, and who is told by what fits all the worlds that are left."""

    rule: str
    characteristic: Characteristic
    answers: tuple[str, str]
    is_difference: bool
    told: Callable[[Sequence[World], Iterable[Membership]], set[int]]


def told_to_have_it(worlds: Sequence[World], met: Iterable[Membership]) -> set[int]:
    return {person for person in range(PEOPLE) if all(world[person] == "yes" for world in worlds)}


def told_to_differ(worlds: Sequence[World], met: Iterable[Membership]) -> set[int]:
    """Who is the one of their sex on a panel, where it is not both of two; or differs from people who are alike,
    with nobody known to be like them."""
    everybody = range(PEOPLE)
    alone = set()
    for members in met:
        ones = {
            one
            for one in members
            if all(world[one] and all(world[one] != world[other] for other in members - {one}) for world in worlds)
        }
        alone |= ones if len(ones) == 1 else set()
    like = {
        frozenset(pair)
        for pair in combinations(everybody, 2)
        if all(world[pair[0]] == world[pair[1]] != SAYS_NOTHING for world in worlds)
    }
    odd = {
        person
        for person in everybody
        if not any(person in pair for pair in like)
        and any(all(world[person] not in ("", world[min(pair)]) for world in worlds) for pair in like)
    }
    return alone | odd


HAS_IT = Kind("disabled_member", Characteristic.DISABILITY, ("yes", "no"), False, told_to_have_it)
DIFFERS = Kind("not_all_of_one_sex", Characteristic.SEX, ("female", "male"), True, told_to_differ)
KINDS = pytest.mark.parametrize("kind", [HAS_IT, DIFFERS], ids=lambda kind: kind.rule)


@cache
def verdict_on(kind: Kind, answers: tuple[str, ...]) -> Verdict:
    told = Counter(answers)
    counts = Counts({answer: told[answer] for answer in kind.answers if told[answer]}, told[SAYS_NOTHING])
    panel = Panel(
        tuple(Member(f"m{number}") for number in range(len(answers))),
        composition=Composition({kind.characteristic: counts}),
    )
    policy = Policy(settings=(RuleSetting(kind.rule, Severity.WARNS),))
    (finding,) = check_panel(panel, policy, today=date(2026, 11, 26))
    return finding.verdict


def see(kind: Kind, world: World, members: Membership) -> Verdict:
    return verdict_on(kind, tuple(sorted(world[person] for person in members)))


def named(members: Iterable[int]) -> frozenset[str]:
    return frozenset(f"m{person}" for person in members)


@dataclass
class Asker:
    """Asks one membership after another; `refused` and `seen` are all that comes back."""

    kind: Kind
    world: World
    is_guarded: bool = True
    held: list[Answered] = field(default_factory=list)
    seen: dict[Membership, Verdict] = field(default_factory=dict)
    refused: list[bool] = field(default_factory=list)

    def ask(self, members: Membership) -> None:
        is_refused = self.is_guarded and not may_answer(
            named(members), self.held, is_difference=self.kind.is_difference
        )
        self.refused.append(is_refused)
        if not is_refused:
            self.seen[members] = see(self.kind, self.world, members)
            self.held.append(Answered(named(members), self.seen[members] is Verdict.MET))

    def told(self, worlds: Iterable[World]) -> set[int]:
        left = [
            world
            for world in worlds
            if all(see(self.kind, world, members) is verdict for members, verdict in self.seen.items())
        ]
        return self.kind.told(left, [members for members, verdict in self.seen.items() if verdict is Verdict.MET])


def worlds_of(kind: Kind, with_silence: bool = True) -> list[World]:
    return list(product((*kind.answers, *([SAYS_NOTHING] if with_silence else [])), repeat=PEOPLE))


def some_worlds(kind: Kind) -> st.SearchStrategy[World]:
    return st.tuples(*[st.sampled_from((*kind.answers, SAYS_NOTHING))] * PEOPLE)


QUESTIONS = st.lists(st.frozensets(st.integers(0, PEOPLE - 1), min_size=1, max_size=5), min_size=1, max_size=12)


@KINDS
@settings(max_examples=120, deadline=None)
@given(data=st.data(), questions=QUESTIONS)
def test_whatever_is_asked_nobody_is_told_of(kind, data, questions):
    asker = Asker(kind, data.draw(some_worlds(kind)))
    for members in questions:
        asker.ask(members)

    assert asker.told(worlds_of(kind)) == set()


@KINDS
@settings(max_examples=60, deadline=None)
@given(data=st.data(), questions=QUESTIONS)
def test_nor_where_the_asker_knows_that_everybody_said_something(kind, data, questions):
    asker = Asker(kind, data.draw(st.sampled_from(worlds_of(kind, with_silence=False))))
    for members in questions:
        asker.ask(members)

    assert asker.told(worlds_of(kind, with_silence=False)) == set()


@KINDS
@pytest.mark.parametrize("size", [3, 4])
def test_nobody_is_told_of_by_asking_every_panel_there_is(kind, size):
    for world in worlds_of(kind)[::19]:
        asker = Asker(kind, world)
        for members in combinations(range(PEOPLE), size):
            asker.ask(frozenset(members))

        assert asker.told(worlds_of(kind)) == set()
        assert not all(asker.refused), "the guard answers something"


@KINDS
def test_without_the_guard_asking_every_panel_tells_of_the_one_it_is(kind):
    world = (kind.answers[0], *[kind.answers[1]] * (PEOPLE - 1))
    asker = Asker(kind, world, is_guarded=False)
    for members in combinations(range(PEOPLE), 3):
        asker.ask(frozenset(members))

    assert asker.told(worlds_of(kind)) == {0}


@KINDS
def test_without_the_guard_two_questions_are_enough(kind):
    world = (kind.answers[1], kind.answers[1], kind.answers[1], kind.answers[0], SAYS_NOTHING, SAYS_NOTHING)
    asked = [frozenset({0, 1, 2}), frozenset({0, 1, 3})]
    bare, guarded = Asker(kind, world, is_guarded=False), Asker(kind, world)
    for members in asked:
        bare.ask(members)
        guarded.ask(members)

    assert bare.told(worlds_of(kind)) == {3}
    assert guarded.refused == [False, True]
    assert guarded.told(worlds_of(kind)) == set()


@KINDS
@settings(max_examples=150, deadline=None)
@given(data=st.data(), questions=QUESTIONS)
def test_a_refusal_does_not_depend_on_what_people_told(kind, data, questions):
    """Two worlds in which all answers so far agree: the next question is refused in both, or in neither."""
    world, other = data.draw(some_worlds(kind)), data.draw(some_worlds(kind))
    changed = data.draw(st.sets(st.integers(0, PEOPLE - 1), max_size=3))
    first = Asker(kind, world)
    second = Asker(kind, tuple(other[one] if one in changed else world[one] for one in range(PEOPLE)))
    for members in questions:
        first.ask(members)
        second.ask(members)

        assert first.refused == second.refused
        if first.held != second.held:
            break


@KINDS
@settings(max_examples=80, deadline=None)
@given(data=st.data(), questions=QUESTIONS)
def test_the_order_in_which_answers_were_kept_decides_nothing(kind, data, questions):
    asker = Asker(kind, data.draw(some_worlds(kind)), is_guarded=False)
    *before, last = questions
    for members in before:
        asker.ask(members)
    mixed = data.draw(st.permutations(asker.held))

    for is_difference in (False, True):
        assert may_answer(named(last), mixed, is_difference=is_difference) is may_answer(
            named(last), asker.held, is_difference=is_difference
        )


@pytest.mark.parametrize("is_difference", [False, True])
def test_one_person_alone_is_never_answered_nor_nobody(is_difference):
    assert not may_answer(["m0"], [], is_difference=is_difference)
    assert not may_answer(["m0", "m0"], [], is_difference=is_difference)
    assert not may_answer([], [], is_difference=is_difference)


@pytest.mark.parametrize("is_difference", [False, True])
@pytest.mark.parametrize("is_met", [False, True])
def test_what_was_answered_is_answered_again(is_difference, is_met):
    held = [Answered(named({0, 1, 2}), is_met)]

    assert may_answer(["m2", "m1", "m0"], held, is_difference=is_difference)


def kept(text: str) -> list[Answered]:
    """ "abc+ abd-": of a, b and c it was met, of a, b and d it was not."""
    return [Answered(frozenset(one[:-1]), one[-1] == "+") for one in text.split()]


# Who is told of, worked by hand.
TOLD = [
    ("abc+", ""),
    ("abc-", ""),
    ("abc- abd+", "d"),
    ("abd+ abc-", "d"),
    ("abc- ade+", ""),
    ("ab- cd- abcde+", "e"),
    ("ab- bc- acd+", "d"),
    ("abc- abd+ abe+", "de"),
    ("ab+ bc+", ""),
    ("a+", "a"),
    ("ab- ab+", ""),
    ("ab- bc- ab+", "a"),
]


@pytest.mark.parametrize(("answers", "people"), TOLD)
def test_who_is_told_of(answers, people):
    assert singled_out(kept(answers)) == set(people)


# Whether members differ is answered while each membership keeps two people whom no other names.
APART = [
    ("", "abc", True),
    ("abc+", "def", True),
    ("abc+", "ade", True),
    ("abc+", "abd", False),
    ("abcd+", "abef", True),
    ("abcd+", "abce", False),
    ("abc+", "abcd", False),
    ("abcd+", "abc", False),
    ("abc+ ade+", "afg", True),
    ("abc+ ade+", "bfg", False),
    ("abc+", "ab", False),
    ("ab+", "cd", True),
    ("ab+", "bcd", False),
]


@pytest.mark.parametrize(("answers", "asked", "is_answered"), APART)
@pytest.mark.parametrize("sign", "+-")
def test_whether_members_differ_is_answered_of_memberships_that_are_apart(answers, asked, is_answered, sign):
    held = kept(answers.replace("+", sign))

    assert may_answer(asked, held, is_difference=True) is is_answered


# People tell more in time, and change what they told: of a and b "not met", and later "met".
@pytest.mark.parametrize("earlier", ["ab- ab+", "abc- bc+", "abc+ abcd-", "ab- cd- abcd+"])
@pytest.mark.parametrize("is_difference", [False, True])
def test_answers_that_are_at_odds_do_not_open_the_rest(earlier, is_difference):
    held = [*kept(earlier), *kept("efg-")]

    assert not may_answer("efh", held, is_difference=is_difference)
    assert may_answer("xyz", held, is_difference=is_difference)


def test_somebody_told_of_before_does_not_keep_the_others_from_being_protected():
    assert not may_answer("efh", kept("abc- abd+ efg-"))


# Four and five verdicts from which the one who differs follows, of two sexes or with somebody known to be silent:
# no two of them name one person beside two others who are alike.
CHAINS = [
    ("mffmff", [{0, 2, 4}, {0, 3, 5}, {2, 5}, {3, 4}]),
    ("-ff-mm", [{1, 3, 4}, {0, 2, 4}, {0, 1}, {2, 3}]),
    ("ffmffm", [{1, 3, 4, 5}, {0, 2, 3, 5}, {2, 4}, {0, 1, 3}]),
    ("fmffff", [{0, 2, 3, 4, 5}, {1, 2, 3}, {0, 1, 5}, {3, 5}, {0, 2}]),
]


@pytest.mark.parametrize(("told", "asked"), CHAINS)
def test_a_chain_of_verdicts_that_would_tell_who_differs_is_broken(told, asked):
    world = tuple({"f": "female", "m": "male", "-": SAYS_NOTHING}[one] for one in told)
    worlds = worlds_of(DIFFERS, with_silence="-" in told)
    bare, guarded = Asker(DIFFERS, world, is_guarded=False), Asker(DIFFERS, world)
    for members in asked:
        bare.ask(frozenset(members))
        guarded.ask(frozenset(members))

    assert len(bare.told(worlds)) >= 1
    assert guarded.told(worlds) == set()
