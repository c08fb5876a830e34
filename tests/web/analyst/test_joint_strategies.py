"""A strategy of two bodies: each agrees for itself, sees the joint page, and nothing else of the other."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from recruitment.services.installation import add_organisation
from recruitment.store.joint_strategies import JointInvitation, JointMember, JointVersion
from recruitment.store.trail import TrailEvent
from tests.support.two_bodies import FIELDS, Bodies


@pytest.fixture
def bodies(world):
    return Bodies(world)


def rows(world, table):
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(table)).all()


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(answer.text)


@pytest.mark.sqlite_only
class TestAgreeing:
    def test_a_body_begins_and_another_reads_what_it_would_agree_to_before_it_joins(self, bodies):
        joint = bodies.begin()
        assert bodies.other.get(joint).status_code == 404
        code = bodies.invite(joint)
        offered = html.unescape(bodies.other.post("/joint/join", data={"code": code}).text)
        assert "Fair adverts" in offered
        assert "Office for Fair Dealing" in offered
        assert "The other bodies see:" in offered
        assert len(rows(bodies.world, JointMember)) == 1
        assert bodies.join(code).status_code == 303
        for client in (bodies.own, bodies.other):
            page = page_of(client, joint)
            assert "County Council, agreed on 1 September 2026" in page
            assert "Office for Fair Dealing, agreed on 1 September 2026" in page

    def test_a_code_works_once_for_two_weeks_and_only_its_hash_is_kept(self, bodies, world):
        joint = bodies.begin()
        code = bodies.invite(joint)
        assert code not in repr([vars(one) for one in rows(world, JointInvitation)])
        assert bodies.join(code).status_code == 303
        again = bodies.join(code)
        assert again.status_code == 400
        assert "This code is not known, or was used" in again.text
        late = bodies.invite(joint)
        world.clock.advance(days=14)
        assert bodies.join(late).status_code == 400
        assert bodies.join("0" * 64).status_code == 400

    def test_whoever_left_can_let_nobody_in(self, bodies, world):
        joint = bodies.begin()
        code = bodies.invite(joint)
        assert bodies.own.post(f"{joint}/leave").status_code == 303
        assert bodies.join(code).status_code == 400

    def test_a_new_version_is_agreed_to_by_each_body_anew(self, bodies, world):
        joint = bodies.joined()
        same = bodies.other.post(f"{joint}/write", data=FIELDS)
        assert "Nothing is different from the version in force." in same.text
        changed = FIELDS | {"objective_2": "Diverse panels"}
        assert bodies.other.post(f"{joint}/write", data=changed).status_code == 303
        page = page_of(bodies.own, joint)
        assert "Your body has not agreed to it yet." in page
        assert "Office for Fair Dealing, agreed to version 1, not yet to version 2" in page
        assert "New version to agree" in page_of(bodies.own, "/joint")
        assert bodies.own.post(f"{joint}/agree", data={"version": "1"}).status_code == 409
        assert bodies.own.post(f"{joint}/agree", data={"version": "2"}).status_code == 303
        assert "not yet to version" not in page_of(bodies.own, joint)
        assert len(rows(world, JointVersion)) == 2

    def test_a_body_leaves_and_can_be_asked_back(self, bodies):
        joint = bodies.joined()
        assert bodies.other.post(f"{joint}/leave").status_code == 303
        assert bodies.other.get(joint).status_code == 404
        assert "County Council" not in page_of(bodies.own, joint)
        assert bodies.join(bodies.invite(joint)).status_code == 303
        assert "County Council" in page_of(bodies.own, joint)
        assert bodies.join(bodies.invite(joint)).status_code == 400

    def test_each_body_has_what_it_did_in_its_own_trail(self, bodies, world):
        joint = bodies.joined()
        bodies.other.post(f"{joint}/leave")
        chains = {}
        for one in rows(world, TrailEvent):
            if one.event.startswith("joint_"):
                chains.setdefault(one.chain_id, []).append(one.event)
        assert chains == {
            world.organisation_id: ["joint_begun", "joint_invited"],
            bodies.neighbour: ["joint_joined", "joint_left"],
        }

    def test_staff_who_do_not_keep_read_and_change_nothing(self, bodies, world):
        joint = bodies.joined()
        member = world.staff_client()
        world.sign_in(member, "member")
        assert "Invite another body" not in page_of(member, joint)
        for act in ("write", "agree", "invite", "leave"):
            assert member.post(f"{joint}/{act}", data=FIELDS | {"version": "1"}).status_code == 404
        assert member.post("/joint/new", data=FIELDS).status_code == 404
        assert member.get("/joint/join").status_code == 404

    def test_what_is_wrong_in_the_text_is_said_and_nothing_typed_is_lost(self, bodies, world):
        refused = bodies.own.post("/joint/new", data=FIELDS | {"objective_2": " fair adverts "})
        assert refused.status_code == 400
        assert "This objective stands there already." in refused.text
        assert "Fair recruitment everywhere." in refused.text
        assert rows(world, JointVersion) == []


@pytest.mark.sqlite_only
class TestTheJointPage:
    def test_progress_is_counted_from_the_actions_that_name_the_objective(self, bodies, world):
        joint = bodies.joined()
        bodies.act(bodies.actor, "FAIR adverts", date(2026, 8, 1), "Secret of the council")
        bodies.act(world.actor("recruiter"), "Fair adverts", date(2026, 12, 1))
        page = page_of(bodies.own, joint)
        table = page.split('aria-label="Fair adverts"')[1].split("</table>")[0]
        cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", table.split("<tbody")[1])
        assert cells == ["County Council", "0", "1", "0", "1", "Office for Fair Dealing", "0", "1", "0", "0"]
        assert "No action of its plans names this objective." in page
        assert "Secret of the council" not in page
        assert "Our lead" not in page

    def test_published_years_stand_side_by_side_and_all_together(self, bodies, world):
        joint = bodies.joined()
        bodies.publish(world.organisation_id, 2025, 400, 1)
        page = page_of(bodies.own, joint)
        assert "County Council has not published that year." in page
        assert "All together is shown once two bodies have published the same year" in page
        bodies.publish(bodies.neighbour, 2025, 600, 2)
        page = page_of(bodies.own, joint)
        totals = page.split("People at each stage, 2025/26")[1].split("</table>")[0]
        cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", totals.split("<tbody")[1])
        stages = len(cells) // 3
        own, other, both = cells[:stages], cells[stages : 2 * stages], cells[2 * stages :]
        assert [one[0] for one in (own, other, both)] == [
            "Office for Fair Dealing",
            "County Council",
            "All together",
        ] or [one[0] for one in (own, other, both)] == [
            "County Council",
            "Office for Fair Dealing",
            "All together",
        ]
        assert [int(a) + int(b) for a, b in zip(own[1:], other[1:], strict=True)] == [int(one) for one in both[1:]]
        assert "By rounding it may be off by up to 4." in page

    def test_a_sum_has_an_asterisk_wherever_one_body_has_one(self, bodies, world):
        joint = bodies.joined()
        bodies.publish(world.organisation_id, 2025, 40, 1)
        bodies.publish(bodies.neighbour, 2025, 600, 2)
        page = page_of(bodies.own, f"{joint}/figures?of=ethnic_group")
        tables = page.split('<table class="govuk-table">')[1:]
        figures = [re.findall(r"numeric[^>]*>([^<]*)</td>", one) for one in tables]
        assert len(figures) == 3
        assert "*" in figures[0] + figures[1]
        assert any(one not in ("*", "0") for one in figures[2])
        for first, second, both in zip(*figures, strict=True):
            assert both == ("*" if "*" in (first, second) else str(int(first) + int(second)))

    def test_bodies_that_asked_other_questions_are_not_added(self, bodies, world):
        joint = bodies.joined()
        bodies.publish(world.organisation_id, 2025, 400, 1)
        bodies.publish(bodies.neighbour, 2025, 600, 2, question_set="2")
        page = page_of(bodies.own, joint)
        assert "is not in the sum: it asked other questions" in page
        assert '<th scope="row" class="govuk-table__header govuk-!-font-size-16">All together' not in page

    def test_the_trend_of_all_together_breaks_where_other_bodies_are_in_the_sum(self, bodies, world):
        joint = bodies.joined()
        third = None
        for first in (2023, 2024, 2025):
            bodies.publish(world.organisation_id, first, 500, first)
            bodies.publish(bodies.neighbour, first, 600, first + 1)
        desk = world.staff_desk
        with desk.sessions.writing() as session:
            third = add_organisation(session, desk=desk, name="Constabulary", slug="constabulary")
            joined = session.scalars(select(JointMember)).first()
            session.add(
                JointMember(
                    strategy_id=joined.strategy_id, organisation_id=third, version=1, agreed_by=joined.agreed_by,
                    agreed_at=desk.now,
                )
            )  # fmt: skip
        bodies.publish(third, 2025, 500, 9)
        page = page_of(bodies.own, f"{joint}/trend")
        assert "Other bodies are in the sum: County Council, Office for Fair Dealing; then Constabulary" in page
        first = page.split("<svg")[1].split("</svg>")[0]
        lines = [part.split('"')[0].split() for part in first.split('<polyline points="')[1:]]
        assert [len(line) for line in lines] == [2]

    def test_the_sheets_have_every_body_and_all_together(self, bodies, world):
        joint = bodies.joined()
        assert bodies.own.get(f"{joint}/figures.ods").status_code == 404
        bodies.publish(world.organisation_id, 2025, 400, 1)
        bodies.publish(bodies.neighbour, 2025, 600, 2)
        content = zipfile.ZipFile(io.BytesIO(bodies.own.get(f"{joint}/figures.ods").data)).read("content.xml")
        for words in (b"County Council", b"Office for Fair Dealing", b"All together"):
            assert words in content
