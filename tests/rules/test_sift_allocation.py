"""Answers are handed out evenly, never to somebody who recused, and read in an order by lot."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.sift_allocation import AnswerKey, TooFewShortlisters, allocate, queue_order, reallocate

PEOPLE = ["ann", "bob", "cat", "dee"]


def answers(applications: int, questions: int = 2) -> list[AnswerKey]:
    return [
        AnswerKey(f"{application}/{question}", f"{application}", f"{question}")
        for application in range(applications)
        for question in range(questions)
    ]


@settings(max_examples=60, deadline=None)
@given(
    applications=st.integers(0, 30),
    people=st.integers(2, 7),
    per_answer=st.integers(1, 2),
    seed=st.integers(),
)
def test_every_answer_has_its_scorers_and_loads_are_within_one(
    applications: int, people: int, per_answer: int, seed: int
) -> None:
    named = [f"p{number}" for number in range(people)]
    allocations = allocate(answers(applications), named, per_answer, set(), {}, Random(seed))
    assert len(set(allocations)) == len(allocations) == applications * 2 * per_answer
    loads = Counter(person for _, person in allocations)
    assert max(loads[person] for person in named) - min(loads[person] for person in named) <= 1


def test_within_a_question_every_pair_of_people_comes_up() -> None:
    allocations = allocate(answers(24, 1), PEOPLE, 2, set(), {}, Random(1))
    seated = defaultdict(set)
    for answer, person in allocations:
        seated[answer].add(person)
    pairs = Counter(frozenset(people) for people in seated.values())
    assert pairs == {frozenset(pair): 4 for pair in combinations(PEOPLE, 2)}


def test_who_recused_is_given_nothing_of_that_application() -> None:
    excluded = {("ann", "3"), ("bob", "3")}
    allocations = allocate(answers(8), PEOPLE, 2, excluded, {}, Random(2))
    assert {person for answer, person in allocations if answer.startswith("3/")} == {"cat", "dee"}
    loads = Counter(person for _, person in allocations)
    assert max(loads.values()) - min(loads.values()) <= 1


def test_earlier_loads_are_evened_out() -> None:
    allocations = allocate(answers(10, 1), ["ann", "bob"], 1, set(), {"ann": 6}, Random(3))
    assert Counter(person for _, person in allocations) == {"ann": 2, "bob": 8}


def test_too_few_free_shortlisters_are_told_with_the_answer() -> None:
    with pytest.raises(TooFewShortlisters) as refused:
        allocate(answers(1, 1), ["ann", "bob"], 2, {("ann", "0")}, {}, Random(4))
    assert refused.value.answer_id == "0/0"


def test_one_random_source_gives_one_allocation_whatever_the_order_of_people() -> None:
    first = allocate(answers(9), PEOPLE, 2, set(), {}, Random(5))
    assert allocate(answers(9), PEOPLE[::-1], 2, set(), {}, Random(5)) == first
    assert allocate(answers(9), PEOPLE, 2, set(), {}, Random(6)) != first


def test_an_answer_passes_to_the_least_loaded_who_is_free() -> None:
    answer = AnswerKey("0/0", "0", "0")
    loads = {"ann": 0, "bob": 1, "cat": 2, "dee": 3}
    assert reallocate(answer, {"ann"}, PEOPLE, {("bob", "0")}, loads, Random(7)) == "cat"
    assert reallocate(answer, set(PEOPLE), PEOPLE, set(), loads, Random(7)) is None


def test_each_queue_goes_question_by_question_in_its_own_order() -> None:
    keys = answers(12)
    allocations = [(key.answer_id, person) for key in keys for person in PEOPLE]
    question_of = {key.answer_id: key.question_id for key in keys}
    queues = queue_order(allocations, question_of, ["1", "0"], Random(8))
    assert {tuple(question_of[answer] for answer in queue) for queue in queues.values()} == {
        ("1",) * 12 + ("0",) * 12
    }
    assert len(set(queues.values())) == len(PEOPLE)
    assert queue_order(allocations[::-1], question_of, ["1", "0"], Random(8)) == queues
