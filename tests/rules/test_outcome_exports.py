"""How far an application came and how it ended, in words that another system can count on; and the two formats."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from datetime import date

import pytest

from recruitment.rules.applications import Contact, Identity
from recruitment.rules.outcome_exports import (
    ExportedOutcome,
    NewStarter,
    outcome_of,
    stage_of,
    starter,
    write_rows,
)
from recruitment.store.applications import StageEventKind


@pytest.mark.parametrize(
    ("kinds", "stage", "outcome"),
    [
        (("submitted", "not_shortlisted"), "submitted", "not_shortlisted"),
        (("submitted", "withdrawn"), "submitted", "withdrawn"),
        (("submitted", "shortlisted", "withdrew"), "shortlisted", "withdrawn"),
        (("submitted", "shortlisted", "interviewed", "not_appointed"), "interviewed", "not_appointed"),
        (("submitted", "shortlisted", "interviewed", "offered", "declined"), "offered", "declined"),
        (("submitted", "shortlisted", "interviewed", "reserve"), "interviewed", "reserve"),
        (
            ("submitted", "shortlisted", "interviewed", "reserve", "offered", "appointed"),
            "appointed",
            "appointed",
        ),
        (("submitted", "shortlisted", "tested", "not_invited"), "tested", "not_invited"),
        (("submitted", "not_past_first_sift"), "submitted", "not_past_first_sift"),
        (("submitted",), "submitted", "none"),
    ],
)
def test_the_furthest_stage_and_the_last_word_are_told(kinds, stage, outcome):
    assert (stage_of(kinds), outcome_of(kinds)) == (stage, outcome)
    assert set(kinds) <= set(StageEventKind)


def test_every_kind_of_the_stage_history_is_a_stage_or_an_ending():
    for kind in StageEventKind:
        assert stage_of({kind}) != "submitted" or outcome_of({kind}) != "none" or kind == "submitted"


def test_both_formats_say_the_same_and_no_cell_is_run_as_a_formula():
    rows = [ExportedOutcome("=1+1", "appointed", "appointed", "Nurse, “Band 6”\nLeeds", date(2026, 3, 1))]
    read = list(csv.DictReader(io.StringIO(write_rows(rows, ExportedOutcome, "csv"))))
    assert read[0]["external_id"] == "'=1+1"
    assert read[0]["vacancy"] == "Nurse, “Band 6”\nLeeds"
    (line,) = write_rows(rows, ExportedOutcome, "jsonl").splitlines()
    assert json.loads(line) == {**read[0], "external_id": "=1+1"}
    assert write_rows([], NewStarter, "csv").strip() == ",".join(field.name for field in fields(NewStarter))
    with pytest.raises(ValueError, match="unknown ending"):
        write_rows(rows, ExportedOutcome, "xml")


def test_a_new_starter_has_what_onboarding_asks_first_and_nothing_of_the_application():
    contact = Contact("a@example.org", "07700 900000", ("1 High Street", "Leeds"), "LS1 1AA")
    identity = Identity(
        "Ada Lovelace", "Ada", contact=contact, date_of_birth="1990-12-10", answers={"1": "My whole answer"}
    )
    made = starter(identity, "E-1", ("Nurse", "Leeds", "6", "£30,000", "Full time"))
    assert (made.address, made.post, made.date_of_birth) == ("1 High Street, Leeds", "Nurse", "1990-12-10")
    assert "whole answer" not in str(made)
