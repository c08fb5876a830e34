"""Moderation with many cases: pages under each heading, and one case after another, by key and not by all."""

import html
import re
from collections import defaultdict
from uuid import uuid4

import pytest
from sqlalchemy import select

from recruitment.services.moderation_lists import PER_PAGE, list_moderation, read_agenda
from recruitment.services.sift_counts import count_anew
from recruitment.store.campaigns import QuestionCriterion
from recruitment.store.sift import Allocation, Moderation, ModerationProposal, Score
from tests.web.shortlister.conftest import words_of

HEADINGS = {
    "Waiting for you": lambda case: case.waits_for_me and not case.is_agreed,
    "Waiting for others": lambda case: not case.waits_for_me and not case.is_agreed,
    "Agreed": lambda case: case.is_agreed,
}


@pytest.fixture
def reader(arrive, world, several_criteria):
    """Somebody with some 200 cases, several to an answer; three fifths wait for them."""
    me = arrive(applications=75)
    several_criteria(me.campaign_id)
    now, key = world.clock(), {"campaign_id": me.campaign_id}
    with world.public_desk.sessions.writing() as session:
        asked = defaultdict(list)
        for each in session.scalars(
            select(QuestionCriterion).where(QuestionCriterion.campaign_id == me.campaign_id)
        ):
            asked[each.question_id].append(each.criterion_id)
        number = 0
        for mine in session.scalars(
            select(Allocation)
            .where(Allocation.campaign_id == me.campaign_id, Allocation.person_id == world.people[me.part])
            .order_by(Allocation.position)
        ).all():
            for criterion_id in asked[mine.question_id]:
                case = {**key, "answer_id": mine.answer_id, "criterion_id": criterion_id}
                agreed = 4 if number % 5 == 4 else None
                session.add(Score(**key, allocation_id=mine.id, criterion_id=criterion_id, value=6, scored_at=now))
                session.add(Moderation(**case, arranged_at=now, agreed_value=agreed))
                session.flush()
                if number % 5 == 1:
                    session.add(
                        ModerationProposal(
                            **case, person_id=world.people[me.part], value=5, reason=b"sealed", at=now
                        )
                    )
                number += 1
        count_anew(session, me.campaign_id)
    return me


def _all(me):
    with me.world.public_desk.sessions.reading() as session:
        return list_moderation(session, actor=me.world.actor(me.part), campaign_id=me.campaign_id)


def _path(me, case):
    return f"{me.base}/moderation/{case.handle}/{case.criterion_id}"


def _under(me, page, title):
    """The addresses of the cases under a heading, and where its previous and next page are."""
    _, _, rest = page.text.partition(f">{title} (")
    part = rest.partition("<h2")[0]
    cases = re.findall(rf'href="({me.base}/moderation/[^"?]+)"', part)
    beside = {
        rel: html.unescape(address)
        for address, rel in re.findall(
            r'class="govuk-link govuk-pagination__link" href="([^"]+)" rel="(\w+)"', part
        )
    }
    return cases, beside


def test_every_case_is_reached_once_and_in_order_from_page_to_page_and_back(reader):
    every = _all(reader)
    begin = reader.client.get(f"{reader.base}/moderation")
    most = 0
    for title, stands in HEADINGS.items():
        wanted = [_path(reader, case) for case in every if stands(case)]
        assert f"{title} ({len(wanted)})" in words_of(begin)
        page, shown, pages = begin, [], []
        while True:
            cases, beside = _under(reader, page, title)
            assert 0 < len(cases) <= PER_PAGE
            numbers = [int(number) for number in re.findall(r", case (\d+)</span>", page.text)][-len(cases) :]
            if page is not begin:
                assert numbers == list(range(len(shown) + 1, len(shown) + len(cases) + 1))
            shown += cases
            pages.append(cases)
            if "next" not in beside:
                break
            page = reader.client.get(beside["next"])
            assert page.status_code == 200
        assert shown == wanted
        for earlier in reversed(pages[:-1]):
            page = reader.client.get(_under(reader, page, title)[1]["prev"])
            assert _under(reader, page, title)[0] == earlier
        assert "prev" not in _under(reader, page, title)[1]
        most = max(most, len(pages))
    assert most > 2


def test_the_agenda_leads_through_every_case_to_agree_and_round_again(reader):
    """Looked at before, at and behind agreed cases, and at both ends."""
    every = _all(reader)
    to_agree = [case for case in every if not case.is_agreed]
    for place in {0, 1, 2, 3, 4, 5, len(every) // 2, len(every) - 2, len(every) - 1}:
        case = every[place]
        earlier = [one for one in every[:place] if not one.is_agreed]
        later = [one for one in every[place + 1 :] if not one.is_agreed]
        page = _agenda(reader, case)
        number = None if case.is_agreed else (len(earlier) + 1, len(to_agree))
        following = later[0] if later else earlier[0]
        assert page == (number, _path(reader, earlier[-1]) if earlier else None, _path(reader, following))


def _agenda(me, case):
    with me.world.public_desk.sessions.reading() as session:
        found = read_agenda(
            session,
            actor=me.world.actor(me.part),
            campaign_id=me.campaign_id,
            handle=case.handle,
            criterion_id=case.criterion_id,
        )
    number = (found.number, found.total) if found.number else None
    return number, found.previous and _path(me, found.previous), found.next and _path(me, found.next)


@pytest.mark.parametrize("key", ["", "nothing", "a.b", "{}.{}", "{}.{}.{}"])
def test_a_key_that_is_not_the_readers_own_gives_the_first_page(reader, key):
    first = _under(reader, reader.client.get(f"{reader.base}/moderation"), "Agreed")[0]
    for side in ("after", "before"):
        asked = {"list": "agreed", side: key.format(uuid4(), uuid4(), uuid4())}
        page = reader.client.get(f"{reader.base}/moderation", query_string=asked)
        assert _under(reader, page, "Agreed")[0] == first
        assert "Waiting for you" not in words_of(page)
