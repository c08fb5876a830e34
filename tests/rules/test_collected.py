"""Nothing is collected that the public page does not tell: every compartment and sealed field has its line."""

from __future__ import annotations

from dataclasses import fields

import pytest

from recruitment.rules.adjustments import Agreed
from recruitment.rules.applications import Contact, Document, Identity, Relationship, Requests
from recruitment.rules.clearance import WaitingPassage
from recruitment.rules.collected import BY_COMPARTMENT, ELSEWHERE, lines_of
from recruitment.rules.correspondence import Correspondence
from recruitment.rules.eligibility import EligibilityAnswer, EligibilityDecision
from recruitment.rules.pool import PoolAnswers
from recruitment.rules.question_sets import ITEMS, SHIPPED
from recruitment.rules.redaction import Education
from recruitment.rules.retention import KINDS, Periods, RetentionKind
from recruitment.rules.tie_breaks import TieBreakRecord
from recruitment.vault.compartments import Compartment
from recruitment.vault.sealing.contact import Letter
from recruitment.vault.working import WorkingPurpose

# What is sealed as a whole is told by its parts.
NESTED = {"Identity.contact", "Identity.education"}
SEALED = {
    Compartment.IDENTITY: (Identity, Contact, Education, Document),
    Compartment.REQUESTS: (Requests, Agreed),
    Compartment.RELATIONSHIPS: (Relationship,),
    Compartment.CLEARANCE: (WaitingPassage,),
    Compartment.CONTACT: (Letter,),
    Compartment.POOL: (PoolAnswers,),
    Compartment.TIE_BREAK: (TieBreakRecord,),
    Compartment.ELIGIBILITY: (EligibilityAnswer, EligibilityDecision),
    Compartment.CORRESPONDENCE: (Correspondence,),
}
OTHER = {
    Compartment.CONTACT: {"account.address", "account.language"},
    Compartment.COUNTS: {"counts"},
    Compartment.HOLD: {"hold.papers"},
    Compartment.ORIGIN: {"origin.external_id"},
    Compartment.EQUALITY: {
        f"equality.{question.key}"
        for item in ITEMS
        for wording in item.wordings
        for page in wording.pages
        for question in page.questions
    },
}


def test_every_compartment_has_a_line_and_no_line_is_of_nothing() -> None:
    assert set(BY_COMPARTMENT) == {compartment.value for compartment in Compartment}


@pytest.mark.parametrize("compartment", list(Compartment))
def test_every_sealed_field_is_told(compartment: Compartment) -> None:
    sealed = {
        f"{kind.__name__}.{one.name}" for kind in SEALED.get(compartment, ()) for one in fields(kind)
    } - NESTED | OTHER.get(compartment, set())
    assert sealed and set(BY_COMPARTMENT[compartment.value].fields) == sealed


def test_what_lies_under_working_keys_is_told_too() -> None:
    """Accounts: addresses on their way in are told with the accounts, second factors with the staff."""
    told = {WorkingPurpose.DRAFTS: "drafts", WorkingPurpose.SIFT: "sift", WorkingPurpose.ACCOUNTS: "staff"}
    assert set(told) == set(WorkingPurpose) and set(told.values()) <= set(ELSEWHERE)


def test_every_kind_of_record_is_told_and_its_period_is_the_bodys_own() -> None:
    every = (*BY_COMPARTMENT.values(), *ELSEWHERE.values())
    # Messages are told with the accounts that they are sent to.
    assert {one.kind for one in every if one.kind} | {RetentionKind.LETTERS} == set(RetentionKind)
    own = Periods(2, {kind: record.months + 7 for kind, record in KINDS.items()})
    for line in lines_of(own, SHIPPED):
        kind = line.collected.kind
        assert f"{own[kind]} months after" in line.how_long if kind else line.how_long
        assert line.collected.purpose and line.collected.seen_by and line.collected.basis
