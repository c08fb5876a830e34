"""A moderation meeting: one difference after another, by keyboard, each person at their own browser."""

import os
import re
from pathlib import Path

import pytest

from recruitment.services.moderation_lists import list_moderation
from recruitment.store.sift import Score
from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving
from tests.web.shortlister.conftest import SHORTLISTERS, words_of

PICTURES = os.environ.get("RECRUITMENT_TEST_PICTURES", "")


def _cases(one):
    with one.world.public_desk.sessions.reading() as session:
        return list_moderation(session, actor=one.world.actor(one.part), campaign_id=one.campaign_id)


def _path(one, case):
    return f"{one.base}/moderation/{case.handle}/{case.criterion_id}"


def test_cases_follow_one_another_in_the_readers_own_order_and_come_round_again(arrive, moderated):
    me = arrive("shortlister_one", moderated)
    cases = _cases(me)
    assert len(cases) > 1
    for number, case in enumerate(cases, 1):
        page = me.client.get(_path(me, case)).text
        assert f"{number} of {len(cases)} to agree" in page
        following = cases[number % len(cases)]
        assert f'href="{_path(me, following)}" rel="next"' in page


def test_an_agreed_case_is_no_longer_counted_among_those_to_agree(arrive, moderated):
    people = [arrive(part, moderated) for part in SHORTLISTERS]
    me, case = people[0], _cases(people[0])[0]
    application = me.applications()[case.handle]
    for one in people:
        for theirs in _cases(one):
            if (one.applications()[theirs.handle], theirs.criterion_id) == (application, case.criterion_id):
                one.client.post(_path(one, theirs), data={"value": "4", "reason": "One clear example."})
    first, second, *rest = _cases(me)
    assert first.is_agreed
    assert not re.search("[0-9] of [0-9]+ to agree", words_of(me.client.get(_path(me, first))))
    assert f"1 of {1 + len(rest)} to agree" in me.client.get(_path(me, second)).text


@pytest.fixture
def address(world):
    with serving(world.public_app) as address:
        yield address


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize("width", [320, 1280])
    def test_two_agree_by_keyboard_and_see_each_others_proposals_come_in(
        self, world, arrive, moderated, address, open_context, width
    ):
        people = {part: arrive(part, moderated) for part in SHORTLISTERS}
        shared = {}
        for part, one in people.items():
            for case in _cases(one):
                shared.setdefault((one.applications()[case.handle], case.criterion_id), {})[part] = case
        first = next(cases for cases in shared.values() if len(cases) == 2)
        with world.public_desk.sessions.reading() as session:
            before = sorted((score.allocation_id, score.value) for score in session.query(Score))
        pages = []
        for part, case in first.items():
            cookie = people[part].client.get_cookie("recruitment-public")
            context = open_context(viewport={"width": width, "height": 740})
            context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
            page = context.new_page()
            page.goto(address + _path(people[part], case))
            page.locator("#shortcuts").wait_for(state="visible")
            pages.append(page)
        mine, theirs = pages
        assert violations(mine) == []
        assert width_of(mine) <= width
        self._propose(mine)
        mine.get_by_text("The others of this answer can see").wait_for()
        theirs.locator("[data-voices]", has_text="One clear example.").wait_for()
        self._picture(theirs, "meeting")
        self._propose(theirs)
        theirs.get_by_text("Agreed: 4").wait_for()
        mine.get_by_text("Agreed: 4").wait_for()
        assert violations(mine) == []
        self._picture(mine, "agreed")
        before_url = mine.url
        mine.keyboard.press("n")
        mine.wait_for_url(lambda url: url != before_url)
        with world.public_desk.sessions.reading() as session:
            assert sorted((score.allocation_id, score.value) for score in session.query(Score)) == before
        for page in pages:
            page.wait_for_load_state("networkidle")
            page.context.close()

    def _propose(self, page):
        page.keyboard.press("4")
        page.keyboard.press("r")
        page.keyboard.type("One clear example.")
        page.keyboard.press("Control+Enter")

    def _picture(self, page, name):
        if PICTURES:
            width = page.viewport_size["width"]
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
