"""The requests that are measured: submitting, the queue, an answer, a score; each on the product and the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from sqlalchemy import select

from recruitment.commands.bench.copying import copy_to_floor
from recruitment.commands.bench.floor import PER_PAGE
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.measuring import Visitor, expect, same_page, side_by_side
from recruitment.commands.bench.table import Row, Sizes
from recruitment.rules.campaigns import CampaignState
from recruitment.store.applications import Answer
from recruitment.store.campaigns import criteria_by_question
from recruitment.store.sift import Allocation
from recruitment.web.shortlister import queues

AIM = 3.0  # times the floor
Turn = Callable[[], object]


def submit_path(campaign_id: UUID) -> str:
    return f"/campaigns/{campaign_id}/application/submit"


def submitted_path(campaign_id: UUID) -> str:
    return f"/campaigns/{campaign_id}/application/submitted"


def _submit(visitor: Visitor, campaign_id: UUID) -> Turn:
    """Submit a complete draft and read the confirmation."""
    post = visitor.post(submit_path(campaign_id), {})
    get = visitor.get(submitted_path(campaign_id))

    def turn() -> None:
        expect(visitor.app, post, 303)
        expect(visitor.app, get, 200)

    return turn


def measure_submit(home: Home, sizes: Sizes) -> Iterator[Row]:
    campaign_id = home.campaign(CampaignState.OPEN, 0)
    copy_to_floor(home, campaign_id)
    ours: list[Turn] = []
    floor: list[Turn] = []
    visitors: tuple[Visitor, ...] = ()
    for candidate_id in home.candidates(campaign_id, sizes.submissions):
        visitors = here, there = home.visitors("candidate", candidate_id)
        ours.append(_submit(here, campaign_id))
        floor.append(_submit(there, campaign_id))
    taken = side_by_side(ours, floor)
    same_page(*(expect(visitor.app, visitor.get(submitted_path(campaign_id)), 200) for visitor in visitors))
    yield Row("submit", f"submit an application and see it confirmed ({sizes.submissions} of them)", *taken, AIM)


class Sift:
    """A sift under way, and one shortlister of it signed in on both applications."""

    def __init__(self, home: Home, applications: int) -> None:
        self.applications = applications
        self.campaign_id = home.campaign(CampaignState.SIFTING, applications)
        copy_to_floor(home, self.campaign_id)
        person_id = home.cast.people["shortlister_one"]
        self.visitors = home.visitors("staff", person_id)
        with home.public_desk.sessions.reading() as store:
            mine = (Allocation.campaign_id == self.campaign_id) & (Allocation.person_id == person_id)
            criteria = criteria_by_question(store, self.campaign_id)
            self.answers = [
                (handle, criteria[question_id][0])
                for handle, question_id in store.execute(
                    select(Allocation.id, Answer.question_id)
                    .join(
                        Answer,
                        (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id),
                    )
                    .where(mine)
                    .order_by(Allocation.position)
                )
            ]

    @property
    def path(self) -> str:
        return f"/sift/{self.campaign_id}"

    def answer_path(self, handle: UUID) -> str:
        return f"{self.path}/answers/{handle}"


@contextmanager
def _pages_of(number: int) -> Iterator[None]:
    """The queue's own page size, set for as long as a list of another length is measured."""
    kept, queues._PER_PAGE = queues._PER_PAGE, number
    try:
        yield
    finally:
        queues._PER_PAGE = kept


def measure_list(sift: Sift, sizes: Sizes) -> Iterator[Row]:
    turns: list[list[Turn]] = []
    for visitor in sift.visitors:
        page = visitor.get(sift.path)
        turns.append([partial(expect, visitor.app, page, 200)] * sizes.lists)
    with _pages_of(PER_PAGE):
        ours, floor = (expect(visitor.app, visitor.get(sift.path), 200) for visitor in sift.visitors)
        same_page(ours, floor)
        shown = ours.body.count(b"govuk-task-list__item ")
        taken = side_by_side(*turns)
    yield Row("list", f"a shortlister's queue, {shown} answers on one page", *taken, AIM)


def measure_answer(sift: Sift, sizes: Sizes) -> Iterator[Row]:
    turns: list[list[Turn]] = []
    first, _ = sift.answers[0]
    same_page(*(expect(visitor.app, visitor.get(sift.answer_path(first)), 200) for visitor in sift.visitors))
    for visitor in sift.visitors:
        pages = [visitor.get(sift.answer_path(handle)) for handle, _ in sift.answers[: sizes.answers]]
        turns.append([partial(expect, visitor.app, page, 200) for page in pages])
    taken = side_by_side(*turns)
    yield Row("answer", f"an answer with its guide, of {sift.applications:,} applications", *taken, AIM)


def measure_score(sift: Sift, sizes: Sizes) -> Iterator[Row]:
    turns: list[list[Turn]] = []
    for visitor in sift.visitors:
        turns.append(
            [
                partial(expect, visitor.app, visitor.post(sift.answer_path(handle), fields), 303)
                for handle, criterion in sift.answers[: sizes.scores]
                for fields in [{f"reason-{criterion}": "", f"score-{criterion}": "5"}]
            ]
        )
    taken = side_by_side(*turns)
    after, _ = sift.answers[sizes.scores]
    same_page(*(expect(visitor.app, visitor.get(sift.answer_path(after)), 200) for visitor in sift.visitors))
    yield Row("score", f"a score saved, of {sift.applications:,} applications", *taken, AIM)
