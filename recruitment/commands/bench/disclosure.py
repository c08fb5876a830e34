"""Releases from invented counts: seconds, and the information lost beside withholding the smallest, greedily."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from time import process_time

from recruitment.commands.bench.greedy_suppression import Greedy
from recruitment.commands.bench.table import Note, Sizes
from recruitment.commands.sample.people import make_candidate
from recruitment.rules.counts_format import counts_from_json, counts_to_json
from recruitment.rules.disclosure import Cell, Controlled, Mode, Rules, control, numbers_of, shape_of
from recruitment.rules.disclosure.controlled import information_lost
from recruitment.rules.disclosure.funnel_tables import CAMPAIGN
from recruitment.rules.disclosure.ledger import Held, Ledger
from recruitment.rules.equality_questions import characteristics
from recruitment.rules.funnel import NO_ANSWERS, STAGES, Counts, FunnelStage, pool

AIM_SECONDS, AIM_YEAR = 5.0, 10.0
PEOPLE_OF_A_YEARS_CAMPAIGN = 40
SIX = (
    FunnelStage.SUBMITTED,
    FunnelStage.SIFTED,
    FunnelStage.SHORTLISTED,
    FunnelStage.INTERVIEWED,
    FunnelStage.OFFERED,
    FunnelStage.APPOINTED,
)
RATES = (0.6, 0.5, 0.7, 0.5, 0.9)


def measure_disclosure(sizes: Sizes) -> Iterator[Note]:
    """The same invented counts every time; six stages, except beside the greedy rule, which knows five."""
    for people in sizes.released_people:
        counts = _counts(people, people, SIX)
        for mode in Mode:
            yield _note(f"disclosure of {people}", f"{people} applications, 6 stages", counts, mode, AIM_SECONDS)
        yield _beside_greedy(people)
    began = process_time()
    year = pool([_counts(number, PEOPLE_OF_A_YEARS_CAMPAIGN, SIX) for number in range(sizes.released_campaigns)])
    made_up = process_time() - began
    said = f"A year of {sizes.released_campaigns} campaigns pooled (invented in {made_up:.1f} s)"
    for mode in Mode:
        yield _note("disclosure of a year", said, year, mode, AIM_YEAR)
    yield _year_from_kept_counts(sizes.released_campaigns)


def _year_from_kept_counts(number: int) -> Note:
    """As a publication makes it: each campaign's counts read from their kept form, pooled, and controlled."""
    kept = [counts_to_json(_counts(one, PEOPLE_OF_A_YEARS_CAMPAIGN, SIX)) for one in range(number)]
    began = process_time()
    read = [counts_from_json(text) for text in kept]
    held = {str(at): Held(shape_of(each), numbers_of(each)) for at, each in enumerate(read)}
    Ledger().release("year", frozenset(held), held)
    seconds = process_time() - began
    key = "year from kept counts"
    return Note(
        key,
        f"A year of {number} campaigns read from kept counts, pooled and controlled: {seconds:.1f} s of one core "
        f"(aim: {AIM_YEAR:g}).",
        "" if seconds <= AIM_YEAR else f"{key}: {seconds:.1f} s; the aim of {AIM_YEAR:g} s is missed.",
    )


def _counts(seed: int, people: int, stages: tuple[FunnelStage, ...]) -> Counts:
    random = Random(seed)  # noqa: S311 - invented people, not keys
    counts = Counts(stages)
    for number in range(people):
        depth = 1
        while depth < len(stages) and random.random() < RATES[depth - 1]:
            depth += 1
        answers = make_candidate(number, random, random).equality
        counts.add(characteristics(answers) if answers else NO_ANSWERS, stages[:depth])
    return counts


def _controlled(counts: Counts, mode: Mode) -> tuple[float, Controlled]:
    began = process_time()
    made = control({CAMPAIGN: shape_of(counts)}, numbers_of(counts), Rules(mode=mode))
    return process_time() - began, made


def _note(key: str, said: str, counts: Counts, mode: Mode, aim: float) -> Note:
    seconds, made = _controlled(counts, mode)
    numbers = numbers_of(counts)
    own = information_lost(made.protected, numbers, made.shapes)
    every = information_lost(made.figures, numbers, made.shapes)
    missed = "" if seconds <= aim else f"{key}, {mode}: {seconds:.1f} s; the aim of {aim:g} s is missed."
    return Note(
        key,
        f"{said}, {mode}: {seconds:.1f} s of one core; {made.loss:.0f} printed places withheld, {own:.0f} of them "
        f"for their own sake, of {every:.0f}.",
        missed,
    )


def _beside_greedy(people: int) -> Note:
    counts = _counts(people, people, STAGES)
    seconds, made = _controlled(counts, Mode.ROUND)
    began = process_time()
    greedy = Greedy(counts, made.rules.threshold, made.rules.base)
    greedy.protect()
    took = process_time() - began
    cells = [Cell(CAMPAIGN, cell.line, cell.row, cell.stage) for cell in greedy.withheld]
    lost = information_lost(cells, numbers_of(counts), made.shapes)
    key = f"disclosure of {people} greedily"
    return Note(
        key,
        f"{people} applications, 5 stages, rounded: {made.loss:.0f} printed places withheld in {seconds:.1f} s; "
        f"{lost:.0f} by withholding the smallest, greedily, in {took:.1f} s.",
        "" if made.loss <= lost else f"{key}: more is withheld than greedily.",
    )
