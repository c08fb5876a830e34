"""Migrations make the very schema of the models, and carry rows up and down, on both databases.

How a later migration is tested with rows. Nothing here names a revision, so a new file in `versions/` is taken in
by itself: `fill_every_table` fills the schema of the head, and every revision is undone and done again with those
rows in the tables. Three things are for the writer of the migration:

1. a new table gets its rows in `tests/support/every_table.py` (a test below fails until it does);
2. a column that a downgrade drops comes back with its default: say which rows change by adding
   `(revision, table)` to `CHANGES_ROWS`, with a test of its own for what they become;
3. a migration that rewrites rows gets a test of its own, which brings a database to the revision before
   (`migrate(engine, DATABASE, "0004")`), inserts rows as they were then with plain SQL, upgrades and reads them.
"""

from __future__ import annotations

import itertools
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, func, inspect, select, text

from config import MIGRATIONS
from recruitment.commands.migrate import DATABASE, KEY_STORE, migrate, settings
from recruitment.commands.sample.scoring import agree_moderation, score_sift
from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.letters import LetterKind
from recruitment.rules.panel_policies import FIRST_POLICY
from recruitment.services.letter_wordings import load_letter_texts, read_letter_wording, wording_of
from recruitment.services.moderation import arrange_moderation, propose_score, read_case
from recruitment.services.moderation_lists import list_moderation
from recruitment.services.panel_policies import policy_of
from recruitment.services.releases import ReadRelease, read_release
from recruitment.services.sift_counts import find_miscounted
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.base import Base, KeyStoreBase
from recruitment.store.campaigns import Campaign
from recruitment.store.letters import LetterWording
from recruitment.store.session import make_engine
from recruitment.store.sift import BlindTotal
from tests.support.every_table import fill_every_table, read_rows
from tests.support.letters import approve_all
from tests.support.world import World

MODELS: dict[str, MetaData] = {DATABASE: Base.metadata, KEY_STORE: KeyStoreBase.metadata}
CHANGES_ROWS: set[tuple[str, str]] = {
    ("0002", "releases"), ("0003", "campaigns"), ("0004", "campaigns"), ("0039", "letter_wordings")
}  # fmt: skip
_numbers = itertools.count(1)

both = pytest.mark.parametrize("which", [DATABASE, KEY_STORE])


@pytest.fixture
def empty(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database without tables."""
    if backend == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path}/empty.db")
    else:
        _, server = request.getfixturevalue("postgres_template")
        engine = make_engine(server.create_database(f"empty_{os.getpid()}_{next(_numbers)}"))
    yield engine
    engine.dispose()


def revisions(which: str) -> list[str]:
    """First to last."""
    scripts = ScriptDirectory.from_config(settings(which))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def differences(engine: Engine, which: str) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        )
        return list(compare_metadata(context, MODELS[which]))


@both
def test_the_migrations_make_the_schema_of_the_models(empty: Engine, which: str) -> None:
    assert differences(empty, which) != []
    migrate(empty, which)
    assert tables(empty) == set(MODELS[which].tables)
    assert differences(empty, which) == []


@both
def test_a_column_that_a_model_lacks_is_told(empty: Engine, which: str) -> None:
    migrate(empty, which)
    table = sorted(MODELS[which].tables)[0]
    with empty.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN forgotten INTEGER"))
    assert len(differences(empty, which)) == 1


@pytest.mark.sqlite_only
def test_equality_rows_lie_in_the_order_of_their_keys(empty: Engine) -> None:
    """Autogenerate does not compare this: it is why rows show no order of arrival."""
    migrate(empty, DATABASE)
    with empty.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'equality_rows'")).scalar_one()
    assert made.rstrip().endswith("WITHOUT ROWID")


@both
def test_every_migration_goes_up_down_and_up_again(empty: Engine, which: str) -> None:
    seen = []
    for revision in revisions(which):
        migrate(empty, which, revision)
        seen.append(tables(empty))
        migrate(empty, which, "-1")
        assert tables(empty) == (seen[-2] if len(seen) > 1 else set())
        migrate(empty, which, revision)
        assert tables(empty) == seen[-1]
    migrate(empty, which, "base")
    assert tables(empty) == set()
    migrate(empty, which)
    assert differences(empty, which) == []


@both
def test_files_of_migrations_are_numbered_in_one_line(which: str) -> None:
    names = sorted(path.name for path in (MIGRATIONS / which / "versions").glob("*.py"))
    assert [re.fullmatch(r"(\d{4})_[a-z0-9_]+\.py", name)[1] for name in names] == [
        f"{number:04}" for number in range(1, len(names) + 1)
    ]
    assert revisions(which) == [name[:4] for name in names]


@both
def test_there_is_one_head(which: str) -> None:
    scripts = ScriptDirectory.from_config(settings(which))
    assert scripts.get_heads() == [revisions(which)[-1]]
    assert scripts.get_bases() == ["0001"]


def test_every_migration_carries_the_rows_of_two_campaigns_down_and_up_again(world: World) -> None:
    """Rows of every table are there each time a migration is undone and done again."""
    fill_every_table(world)
    for which, engine in (
        (DATABASE, world.staff_desk.sessions.engine),
        (KEY_STORE, world.staff_desk.vault.key_store.engine),
    ):
        with engine.connect() as connection:
            before = read_rows(connection)
        assert {name for name, rows in before.items() if not rows} == set(), "fill these in every_table.py"
        assert set(before) == {*MODELS[which].tables, "alembic_version"}
        for revision in reversed(revisions(which)[1:]):
            # As this revision has them: a later one may have added columns.
            with engine.connect() as connection:
                before = read_rows(connection)
            migrate(engine, which, "-1")
            _rows_stay(engine, which, revision, before)
        # The first revision's tables go with their rows; those of all others stay until then.
        migrate(engine, which, "base")
        assert tables(engine) == set()
        migrate(engine, which)
        with engine.connect() as connection:
            assert {name for name, rows in read_rows(connection).items() if rows} == {"alembic_version"}
        assert differences(engine, which) == []


def test_a_release_made_before_texts_had_a_second_look_states_nothing_of_it(world: World) -> None:
    campaign = world.campaign(until=CampaignState.RELEASED, applications=12)
    engine = world.staff_desk.sessions.engine
    assert _released(world, campaign).statement
    while "second_looks" in tables(engine):
        migrate(engine, DATABASE, "-1")
    migrate(engine, DATABASE)
    kept = _released(world, campaign)
    assert kept.statement == () and kept.tables


def test_a_wording_approved_as_shipped_before_there_was_welsh_gets_the_shipped_welsh(world: World) -> None:
    world.campaign(until=CampaignState.DRAFT)
    approve_all(world)
    engine = world.staff_desk.sessions.engine
    while "welsh_body" in {column["name"] for column in inspect(engine).get_columns("letter_wordings")}:
        migrate(engine, DATABASE, "-1")
    migrate(engine, DATABASE)
    kind = LetterKind.OFFERED
    with world.staff_desk.sessions.reading() as session:
        found = read_letter_wording(session, actor=world.actor("recruiter"), kind=kind)
    shipped = load_letter_texts().wordings[kind]
    assert found.waiting is None and found.in_force is not None
    assert found.in_force.wording == shipped and shipped.welsh is not None
    # What somebody wrote is theirs: no Welsh beside it says something else.
    with world.staff_desk.sessions.writing() as session:
        row = session.get_one(LetterWording, (world.organisation_id, kind, 1))
        row.written_by = world.actor("recruiter").id
        session.flush()
        assert wording_of(session, world.organisation_id, kind, 1) == replace(shipped, welsh=None)


def _released(world: World, campaign_id: UUID) -> ReadRelease:
    with world.staff_desk.sessions.reading() as session:
        return read_release(session, actor=world.actor("analyst"), campaign_id=campaign_id)


def _rows_stay(engine: Engine, which: str, revision: str, before: dict[str, list[tuple[object, ...]]]) -> None:
    """Redo `revision`, compare all rows that its downgrade left in place, and undo it again."""
    left = tables(engine)
    migrate(engine, which, revision)
    with engine.connect() as connection:
        after = read_rows(connection)
    for name in left:
        if (revision, name) not in CHANGES_ROWS:
            assert after[name] == before[name]
    migrate(engine, which, "-1")


def test_a_campaign_that_opened_before_there_were_panel_policies_keeps_what_was_asked_then(world: World) -> None:
    """The columns that a downgrade drops come back empty, which means: no policy of its own yet."""
    campaign_id = world.campaign(until=CampaignState.OPEN)
    engine = world.staff_desk.sessions.engine
    while "panel_policies" in tables(engine):
        migrate(engine, DATABASE, "-1")
    migrate(engine, DATABASE)
    with world.staff_desk.sessions.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        assert campaign.panel_policy_version is None
        assert (campaign.directorate, campaign.panel_grade, campaign.inclusion_guide) == ("", "", "")
        assert policy_of(session, campaign) == FIRST_POLICY


def _agree_first(desk: StaffDesk, campaign_id: UUID, actor: Actor) -> bool:
    """Propose what the other proposed, so that one case is agreed and the rest wait."""
    whose: dict[str, Any] = {"actor": actor, "campaign_id": campaign_id}
    with desk.sessions.writing() as session:
        first, *rest = list_moderation(session, **whose)
        assert rest
        whose |= {"desk": desk, "handle": first.handle, "criterion_id": first.criterion_id}
        value = next(voice.proposed for voice in read_case(session, **whose).voices if voice.proposed)
        return propose_score(session, **whose, value=value, reason="As the other says.")


@pytest.mark.parametrize("until", [CampaignState.SIFTING, CampaignState.LINE_SET])
def test_a_sift_under_way_is_counted_and_ranked_when_the_counts_come(world: World, until: CampaignState) -> None:
    campaign_id = world.campaign(until=until, applications=8)
    if until is CampaignState.SIFTING:
        desk, two = world.staff_desk, [world.actor("shortlister_one"), world.actor("shortlister_two")]
        score_sift(desk, campaign_id, two, defaultdict(lambda: 0.5), Random(1))
        with desk.sessions.writing() as session:
            arrange_moderation(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
        assert agree_moderation(desk, campaign_id, two[:1]) == 0 < _agree_first(desk, campaign_id, two[1])
    engine, kept = world.staff_desk.sessions.engine, ("allocations", "sift_counts", "blind_totals")
    with engine.connect() as connection:
        before = {name: rows for name, rows in read_rows(connection).items() if name in kept}
    while "sift_counts" in tables(engine):
        migrate(engine, DATABASE, "-1")
    migrate(engine, DATABASE)
    with world.staff_desk.sessions.reading() as session:
        assert find_miscounted(session) == []
        ranked = session.scalar(select(func.count()).where(BlindTotal.campaign_id == campaign_id))
    assert ranked == (8 if until is CampaignState.LINE_SET else 0)
    with engine.connect() as connection:
        after = {name: rows for name, rows in read_rows(connection).items() if name in kept}
    for found in (before, after):  # a count of nought may be kept or not
        found["sift_counts"] = [row for row in found["sift_counts"] if row[-1]]
    assert before == after
