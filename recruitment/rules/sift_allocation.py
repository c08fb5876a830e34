"""Which shortlister scores which answer, and in which order each reads.

Source: practice of blind marking: independent scorers for each answer, answers to one question read
together, in an order that differs between scorers so that no candidate is always read first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from random import Random

from recruitment.rules.errors import Refusal


@dataclass(frozen=True)
class AnswerKey:
    """One answer of one application to one question."""

    answer_id: str
    application_id: str
    question_id: str


class TooFewShortlisters(Refusal):
    """An answer has fewer shortlisters free to score it than it needs; `answer_id` names it."""

    def __init__(self, answer_id: str) -> None:
        super().__init__("An answer has too few shortlisters who may score it. Add a shortlister.")
        self.answer_id = answer_id


class _Desk:
    """The loads while answers are handed out, and who has sat with whom on the current question."""

    def __init__(self, shortlisters: Sequence[str], loads: Mapping[str, int], random: Random) -> None:
        # A fixed order of people first: the same random source must give the same allocation.
        self._people = sorted(set(shortlisters))
        self._loads = {person: loads.get(person, 0) for person in self._people}
        self._together: Counter[tuple[str, str]] = Counter()
        self._random = random

    def start_question(self) -> None:
        self._together.clear()

    def choose(self, barred: Collection[str], chosen: Sequence[str]) -> str | None:
        """The least loaded person free, then the one least often beside those chosen, then by lot."""
        free = [person for person in self._people if person not in barred and person not in chosen]
        if not free:
            return None
        least = min(self._loads[person] for person in free)
        met = {
            person: sum(self._together[person, other] for other in chosen)
            for person in free
            if self._loads[person] == least
        }
        fewest = min(met.values())
        return self._random.choice([person for person, times in met.items() if times == fewest])

    def seat(self, people: Sequence[str]) -> None:
        for person in people:
            self._loads[person] += 1
            for other in people:
                if other != person:
                    self._together[person, other] += 1


def _barred_by_application(excluded: AbstractSet[tuple[str, str]]) -> dict[str, set[str]]:
    barred: dict[str, set[str]] = defaultdict(set)
    for person, application in excluded:
        barred[application].add(person)
    return barred


def allocate(
    answers: Sequence[AnswerKey],
    shortlisters: Sequence[str],
    per_answer: int,
    excluded: AbstractSet[tuple[str, str]],
    loads: Mapping[str, int],
    random: Random,
) -> list[tuple[str, str]]:
    """Pairs of answer and shortlister, `per_answer` different people for each answer.

    `excluded` holds (person, application) for those who recused themselves; `loads` what people have
    already. Without exclusions loads end within one of each other (from equal loads), and within a question
    every combination of people comes up. Answers with exclusions are handed out first so that the rest can
    even out the loads. Raises TooFewShortlisters; nothing is allocated then.
    """
    barred = _barred_by_application(excluded)
    desk = _Desk(shortlisters, loads, random)
    by_question: dict[str, list[AnswerKey]] = defaultdict(list)
    for answer in answers:
        by_question[answer.question_id].append(answer)
    allocations = []
    for question_answers in by_question.values():
        desk.start_question()
        shuffled = random.sample(question_answers, len(question_answers))
        for answer in sorted(shuffled, key=lambda answer: -len(barred.get(answer.application_id, ()))):
            people: list[str] = []
            for _ in range(per_answer):
                person = desk.choose(barred.get(answer.application_id, ()), people)
                if person is None:
                    raise TooFewShortlisters(answer.answer_id)
                people.append(person)
            desk.seat(people)
            allocations += [(answer.answer_id, person) for person in people]
    return allocations


def reallocate(
    answer: AnswerKey,
    holders: Collection[str],
    shortlisters: Sequence[str],
    excluded: AbstractSet[tuple[str, str]],
    loads: Mapping[str, int],
    random: Random,
) -> str | None:
    """The least loaded shortlister who may take over an answer, or None.

    `holders` are those who have or had this answer, the person who recused included; ties are decided by lot.
    """
    barred = _barred_by_application(excluded)[answer.application_id]
    return _Desk(shortlisters, loads, random).choose(barred | set(holders), ())


def queue_order(
    allocations: Sequence[tuple[str, str]],
    question_of: Mapping[str, str],
    question_order: Sequence[str],
    random: Random,
) -> dict[str, tuple[str, ...]]:
    """For each shortlister the answers in reading order: question by question, by lot within a question.

    Positions are stored once, so a queue does not change when somebody comes back to it.
    """
    place = {question: position for position, question in enumerate(question_order)}
    queues: dict[str, list[str]] = defaultdict(list)
    for answer, person in sorted(allocations):
        queues[person].append(answer)
    ordered = {}
    for person in sorted(queues):
        shuffled = random.sample(queues[person], len(queues[person]))
        ordered[person] = tuple(sorted(shuffled, key=lambda answer: place[question_of[answer]]))
    return ordered


@dataclass(frozen=True)
class Queued:
    """An answer in somebody's queue; positions rise in reading order."""

    position: int
    question_id: str
    is_scored: bool


def place_among(queue: Sequence[Queued], question_id: str, question_order: Sequence[str], random: Random) -> int:
    """The position that a late answer takes; what stands there and behind it moves back by one.

    By lot among what the reader has still to score of this question, so that its place does not tell that it came
    late. Where nothing of the question is left: before the next question, or at the end.
    """
    left = [entry for entry in queue if not entry.is_scored]
    same = [entry.position for entry in left if entry.question_id == question_id]
    if same:
        return random.choice([*same, max(same) + 1])
    place = {question: number for number, question in enumerate(question_order)}
    later = [entry.position for entry in left if place[entry.question_id] > place[question_id]]
    end = max((entry.position for entry in queue), default=0) + 1
    return min(later, default=end)
