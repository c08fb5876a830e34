"""Promise 5: no function returns one person's equality answers; they are sealed, tallied whole, and erased."""

from __future__ import annotations

import inspect
from uuid import UUID

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import TooSoon
from recruitment.rules.funnel import STAGES
from recruitment.rules.question_sets import SHIPPED
from recruitment.services import tallies
from recruitment.services.openings import record_opening
from recruitment.store.equality import EqualityRow, count_rows
from recruitment.vault.compartments import Compartment
from recruitment.vault.errors import VaultError
from recruitment.vault.opening import equality
from recruitment.vault.opening.compartment import open_records


def public_functions(module):
    return {
        name: function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def test_what_comes_out_of_the_equality_compartment_is_sums_or_keys_of_rows():
    returns = {
        name: inspect.signature(function).return_annotation
        for name, function in public_functions(equality).items()
    }
    assert returns == {"find_superseded": "frozenset[UUID]", "tally_rows": "tuple[Counts, int]"}


def test_a_tally_takes_a_campaign_and_never_a_list_that_somebody_chose():
    assert list(inspect.signature(tallies.tally_campaign).parameters) == ["desk", "campaign_id", "cut_off"]


def receipt_for(world, campaign_id, records=None):
    return record_opening(
        world.staff_desk,
        actor=world.actor("analyst"),
        compartment=Compartment.EQUALITY,
        scope_id=campaign_id,
        records=records,
        ground="test",
    )


def stored_rows(world, campaign_id) -> list[tuple[UUID, bytes]]:
    with world.staff_desk.sessions.reading() as session:
        return [(row.id, row.blob) for row in session.query(EqualityRow).filter_by(campaign_id=campaign_id)]


def test_a_receipt_for_chosen_rows_counts_nothing(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    rows = stored_rows(world, campaign_id)
    assert rows
    receipt = receipt_for(world, campaign_id, records=[rows[0][0]])
    with pytest.raises(VaultError, match="whole campaign"):
        equality.tally_rows(world.staff_desk.vault, receipt, rows[:1], {}, STAGES, SHIPPED)


def test_the_way_other_compartments_are_opened_does_not_fit_equality_rows(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    rows = stored_rows(world, campaign_id)
    receipt = receipt_for(world, campaign_id)
    with pytest.raises(VaultError, match="cannot be opened"):
        list(
            open_records(
                world.staff_desk.vault,
                receipt,
                Compartment.EQUALITY,
                ((row_id, "", blob) for row_id, blob in rows),
            )
        )


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.SIFTING, CampaignState.REVEALED])
def test_nothing_is_counted_before_the_outcomes_are_final(world, state):
    campaign_id = world.campaign(until=state, applications=8)
    assert stored_rows(world, campaign_id)
    with pytest.raises(TooSoon):
        tallies.tally_campaign(world.staff_desk, campaign_id)
    assert stored_rows(world, campaign_id)


def test_answers_are_erased_with_the_tally(world):
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=8)
    before = stored_rows(world, campaign_id)
    assert before
    tallies.tally_campaign(world.staff_desk, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        assert count_rows(session, campaign_id) == 0
    if world.staff_desk.sessions.is_sqlite:
        raw = b"".join(path.read_bytes() for path in world.home.glob("recruitment.db*"))
        assert [row_id for row_id, blob in before if blob[:48] in raw] == []
