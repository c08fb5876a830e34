"""Panels and pools from the plain values of JSON, for a body that keeps its panels elsewhere.

Every refusal names the entry: `panels[0].members[2].training[0].expires`. Characteristics become counts over the
panel while they are read; nothing keeps whose they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from recruitment.rules.allocation import Locked, PanelNeed, PoolMember, Wish
from recruitment.rules.errors import Invalid
from recruitment.rules.json_entries import Entries, read_day, read_text
from recruitment.rules.panel_members import (
    Characteristic,
    Composition,
    Counts,
    Duty,
    Member,
    Panel,
    Sitting,
    Training,
)
from recruitment.rules.panel_policies import DEFAULT_POLICY, Policy, check_policy, read_policy
from recruitment.rules.panels import RULES


@dataclass(frozen=True)
class ToCheck:
    """What `panel check` is given."""

    policy: Policy
    panels: Mapping[str, Panel]


@dataclass(frozen=True)
class ToPropose:
    """What `panel propose` is given."""

    policy: Policy
    pool: tuple[PoolMember, ...]
    needs: tuple[PanelNeed, ...]
    earlier: tuple[frozenset[str], ...]


def _duty(held: Any, where: str) -> Duty:
    try:
        return Duty(held)
    except ValueError:
        raise Invalid(f"Give one of {', '.join(Duty)}.", where) from None


def _policy(entries: Entries) -> Policy:
    held = entries.value("policy")
    policy = DEFAULT_POLICY if held is None else read_policy(held)
    try:
        check_policy(policy, {name: rule.is_composition for name, rule in RULES.items()})
    except Invalid as refusal:
        raise Invalid(refusal.sentence, f"policy.{refusal.field}") from None
    return policy


def _training(held: Any, where: str) -> Training:
    entries = Entries(held, where)
    completed = entries.day("completed")
    if completed is None:
        raise Invalid("Give a day as in 2027-03-16.", entries.at("completed"))
    training = Training(entries.needed("course"), completed, entries.day("expires"), entries.text("evidence"))
    if training.expires is not None and training.expires < completed:
        raise Invalid("It expires before it was completed.", entries.at("expires"))
    entries.ended()
    return training


def _member(entries: Entries, load: str) -> Member:
    return Member(
        id=entries.needed("id"),
        name=entries.text("name"),
        grade=entries.text("grade"),
        directorate=entries.text("directorate"),
        line_manager=entries.text("line_manager") or None,
        training=entries.each("training", _training),
        is_inclusion_adviser=entries.flag("is_inclusion_adviser"),
        is_network_member=entries.flag("is_network_member"),
        is_external=entries.flag("is_external"),
        panels_past_year=entries.whole(load),
    )


def _unique(ids: list[str], where: str) -> None:
    for at, each in enumerate(ids):
        if each in ids[:at]:
            raise Invalid(f"“{each}” is there twice.", f"{where}[{at}].id")


def read_to_check(held: Any) -> ToCheck:
    """Panels with their members; `Invalid` names the entry that cannot be read."""
    entries = Entries(held, "")
    policy = _policy(entries)
    panels = entries.each("panels", _panel)
    _unique([key for key, _ in panels], "panels")
    entries.ended()
    return ToCheck(policy, dict(panels))


def _panel(held: Any, where: str) -> tuple[str, Panel]:
    entries = Entries(held, where)
    counting = _Counting()
    members = entries.each("members", lambda one, at: _seated(one, at, counting))
    _unique([member.id for member in members], entries.at("members"))
    known = frozenset(member.id for member in members)
    entries.text("title")
    panel = Panel(
        members=members,
        grade=entries.text("grade"),
        directorate=entries.text("directorate"),
        days=tuple(sorted(set(entries.each("days", read_day)))),
        sittings=entries.each("sittings", _sitting),
        undeclared=_undeclared(entries.inner("undeclared"), known),
        has_candidates=entries.flag("has_candidates", True),
        inclusion_question=entries.text("inclusion_question"),
        is_question_approved=entries.flag("is_question_approved"),
        earlier_chairs=entries.texts("earlier_chairs"),
        network_asked=entries.text("network_asked"),
        composition=counting.composition(),
    )
    key = entries.needed("id")
    entries.ended()
    return key, panel


def _undeclared(entries: Entries, known: frozenset[str]) -> dict[str, int]:
    for name in entries.names():
        if name not in known:
            raise Invalid("This is not the id of a member of the panel.", entries.at(name))
    return {name: entries.whole(name) for name in entries.names()}


def _sitting(held: Any, where: str) -> Sitting:
    entries = Entries(held, where)
    day = entries.day("day")
    if day is None:
        raise Invalid("Give a day as in 2027-03-16.", entries.at("day"))
    sitting = Sitting(day, frozenset(entries.texts("members")), frozenset(entries.texts("substitutes")))
    entries.ended()
    return sitting


def _seated(held: Any, where: str, counting: _Counting) -> Member:
    entries = Entries(held, where)
    member = replace(_member(entries, "panels_past_year"), duties=frozenset(entries.each("duties", _duty)))
    counting.add(entries.inner("characteristics"))
    entries.ended()
    return member


class _Counting:
    """Counts of a panel, filled member by member; a characteristic nobody was asked is not counted at all."""

    def __init__(self) -> None:
        self._members = 0
        self._counts: dict[Characteristic, Counter[str]] = {}

    def add(self, entries: Entries) -> None:
        self._members += 1
        for characteristic in Characteristic:
            if not entries.has(characteristic):
                continue
            said = entries.text(characteristic)
            if characteristic is Characteristic.DISABILITY and said not in ("", "yes", "no"):
                raise Invalid("Give “yes”, “no” or null.", entries.at(characteristic))
            self._counts.setdefault(characteristic, Counter()).update([said] if said else [])
        entries.ended()

    def composition(self) -> Composition | None:
        """Who was not asked where others were is among those who did not say: never taken for a no."""
        if not self._counts:
            return None
        return Composition(
            {
                characteristic: Counts(dict(sorted(said.items())), self._members - said.total())
                for characteristic, said in self._counts.items()
            }
        )


def read_to_propose(held: Any) -> ToPropose:
    """The pool and the panels that are wanted; `Invalid` names the entry that cannot be read."""
    entries = Entries(held, "")
    policy = _policy(entries)
    pool = entries.each("members", _pool_member)
    needs = entries.each("panels", _need)
    earlier = entries.each("earlier_panels", _memberships)
    entries.ended()
    return ToPropose(policy, pool, needs, earlier)


def _memberships(held: Any, where: str) -> frozenset[str]:
    if not isinstance(held, list):
        raise Invalid("Give a list.", where)
    return frozenset(read_text(each, f"{where}[{at}]") for at, each in enumerate(held))


def _pool_member(held: Any, where: str) -> PoolMember:
    entries = Entries(held, where)
    member = _member(entries, "past_load")
    person = PoolMember(
        id=member.id,
        name=member.name,
        grade=member.grade,
        directorate=member.directorate,
        line_manager=member.line_manager,
        training=member.training,
        can_chair=entries.flag("can_chair", True),
        can_lead=entries.flag("can_lead", True),
        is_inclusion_adviser=member.is_inclusion_adviser,
        is_network_member=member.is_network_member,
        is_external=member.is_external,
        unavailable=frozenset(entries.each("unavailable", read_day)),
        past_load=member.panels_past_year,
        groups=frozenset(entries.texts("groups")) if entries.value("groups") is not None else None,
    )
    entries.ended()
    return person


def _need(held: Any, where: str) -> PanelNeed:
    entries = Entries(held, where)
    need = PanelNeed(
        id=entries.needed("id"),
        title=entries.text("title"),
        days=tuple(sorted(set(entries.each("days", read_day)))),
        size=entries.whole("size", 3),
        grade=entries.text("grade"),
        least_grade=entries.text("least_grade"),
        directorate=entries.text("directorate"),
        barred=frozenset(entries.texts("barred")),
        chair_barred=frozenset(entries.texts("chair_barred")),
        is_chair_from_outside=entries.flag("is_chair_from_outside"),
        wants_adviser=entries.flag("wants_adviser"),
        locked=entries.each("locked", _lock),
        earlier_chairs=entries.texts("earlier_chairs"),
        wishes=entries.each("wishes", _wish),
    )
    entries.ended()
    return need


def _lock(held: Any, where: str) -> Locked:
    entries = Entries(held, where)
    lock = Locked(
        entries.needed("member"),
        None if entries.value("duty") is None else _duty(entries.value("duty"), entries.at("duty")),
    )
    entries.ended()
    return lock


def _wish(held: Any, where: str) -> Wish:
    entries = Entries(held, where)
    wish = Wish(entries.needed("name"), frozenset(entries.texts("groups")))
    entries.ended()
    return wish
