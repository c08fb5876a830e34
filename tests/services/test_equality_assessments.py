"""Equality impact assessments in versions, attached to a change, published for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from recruitment.rules.equality_assessments import AssessedKind
from recruitment.rules.errors import Invalid, NotAllowed, NotFound
from recruitment.rules.panel_policies import DEFAULT_POLICY
from recruitment.services import equality_assessments as assessments
from recruitment.services.panel_policies import adopt_policy
from recruitment.services.trail import list_events
from tests.rules.test_equality_assessments import ASSESSMENT

WRITTEN = replace(ASSESSMENT, review_on=date(2027, 9, 1))


class Administrator:
    def __init__(self, world, part="recruiter"):
        self.desk, self.actor = world.staff_desk, world.actor(part)

    def do(self, act, **options):
        with self.desk.sessions.writing() as session:
            return act(session, actor=self.actor, desk=self.desk, **options)

    def begin(self, change="Rules for panels", **options):
        return self.do(
            assessments.begin_assessment, change=change, **{"kind": AssessedKind.PANEL_RULES, **options}
        )  # fmt: skip

    def read(self, assessment_id):
        with self.desk.sessions.reading() as session:
            return assessments.read_assessment(session, actor=self.actor, assessment_id=assessment_id)


def published(world, assessment_id=None):
    with world.public_desk.sessions.reading() as session:
        if assessment_id is None:
            return assessments.list_published(session)
        return assessments.read_published(session, assessment_id)


def test_each_writing_is_a_new_version_and_the_earlier_ones_stay(world):
    admin = Administrator(world)
    key = admin.begin()
    assert admin.do(assessments.write_version, assessment_id=key, content=WRITTEN) == 1
    changed = replace(WRITTEN, purpose="Panels have four members.")
    assert admin.do(assessments.write_version, assessment_id=key, content=changed) == 2
    assert [(one.version, one.content) for one in admin.read(key).versions] == [(2, changed), (1, WRITTEN)]


def test_only_what_is_published_is_read_by_everybody(world):
    admin = Administrator(world)
    key = admin.begin()
    admin.do(assessments.write_version, assessment_id=key, content=WRITTEN)
    assert published(world) == []
    with pytest.raises(NotFound):
        published(world, key)
    admin.do(assessments.publish_version, assessment_id=key, version=1)
    admin.do(assessments.write_version, assessment_id=key, content=replace(WRITTEN, purpose="A draft."))
    (shown,) = published(world)
    assert (shown.organisation, [one.content for one in shown.versions]) == ("Office for Fair Dealing", [WRITTEN])
    assert published(world, key) == shown


def test_a_version_of_the_panel_rules_knows_its_assessment_once_it_is_written(world):
    admin = Administrator(world)
    version = admin.do(adopt_policy, policy=DEFAULT_POLICY, reason="A first version.")
    key = admin.begin(policy_version=version)

    def assessed():
        with world.staff_desk.sessions.reading() as session:
            return assessments.assessed_policies(session, world.organisation_id)

    assert assessed() == {}
    admin.do(assessments.write_version, assessment_id=key, content=WRITTEN)
    assert assessed() == {version: key}
    with pytest.raises(Invalid, match="no such version"):
        admin.begin(policy_version=version + 1)
    with pytest.raises(Invalid, match="Only rules for panels"):
        admin.begin(policy_version=version, kind=AssessedKind.PROCESS)


def test_a_review_is_due_on_its_day(world):
    admin = Administrator(world)
    key = admin.begin()
    admin.do(assessments.write_version, assessment_id=key, content=WRITTEN)

    def due(until):
        with world.staff_desk.sessions.reading() as session:
            return assessments.list_reviews_due(session, world.organisation_id, until=until)

    assert due(date(2027, 8, 31)) == []
    assert due(date(2027, 9, 1)) == [(date(2027, 9, 1), "Rules for panels", key)]


def test_what_is_not_whole_is_refused(world):
    admin = Administrator(world)
    with pytest.raises(Invalid, match="what changes"):
        admin.begin(change=" ")
    key = admin.begin()
    with pytest.raises(Invalid):
        admin.do(assessments.write_version, assessment_id=key, content=replace(WRITTEN, aims=""))
    with pytest.raises(NotFound):
        admin.do(assessments.publish_version, assessment_id=key, version=1)


def test_writing_and_publishing_are_on_the_trail_of_the_body(world):
    admin = Administrator(world)
    key = admin.begin()
    admin.do(assessments.write_version, assessment_id=key, content=WRITTEN)
    for _ in range(2):
        admin.do(assessments.publish_version, assessment_id=key, version=1)
    with world.staff_desk.sessions.reading() as session:
        events = [row.event for row in list_events(session, world.organisation_id, limit=1000)]
    assert events.count("equality_assessed") == events.count("equality_assessment_published") == 1


def test_only_an_administrator_of_the_body_writes_one(world):
    key = Administrator(world).begin()
    other = Administrator(world, "member")
    for act in (
        lambda: other.begin(),
        lambda: other.read(key),
        lambda: other.do(assessments.write_version, assessment_id=key, content=WRITTEN),
        lambda: other.do(assessments.publish_version, assessment_id=key, version=1),
    ):
        with pytest.raises(NotAllowed):
            act()
