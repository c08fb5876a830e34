"""What may be said of a panel's composition, beside everything that was said before of any panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.panel_policies import Policy, RuleSetting, characteristic_of
from recruitment.rules.panel_probing import Answered, may_answer
from recruitment.rules.panels import Verdict, composition_rules
from recruitment.store.campaigns import Campaign
from recruitment.store.pool import CompositionAnswer

MOST_MEMBERSHIPS = 5
"""Different memberships of one campaign's panel whose composition is answered; each is on the trail."""


def rule_key(setting: RuleSetting) -> str:
    """What a composition's verdict is about: the rule with its grouping or groups."""
    about = [setting.rule]
    if setting.rule == "ethnic_minority_member":
        about.append(setting.grouping)
    if setting.rule == "representation":
        about += [setting.characteristic, *sorted(setting.groups)]
    return " ".join(about)[:200]


@dataclass(frozen=True)
class Given:
    """A verdict that was given before."""

    rule: str
    characteristic: str
    campaign_id: UUID
    members: frozenset[str]
    verdict: Verdict
    sentence: str


def given_before(session: Session, organisation_id: UUID) -> list[Given]:
    rows = session.scalars(
        select(CompositionAnswer)
        .where(CompositionAnswer.organisation_id == organisation_id)
        .order_by(CompositionAnswer.at, CompositionAnswer.id)
    )
    return [
        Given(
            row.rule,
            row.characteristic,
            row.campaign_id,
            frozenset(row.members),
            Verdict(row.verdict),
            row.sentence,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Answering:
    """For each rule on composition: the verdict given before for these very members, or that one may be given."""

    again: Mapping[str, Given]
    new: frozenset[str]


def read_answering(session: Session, campaign: Campaign, policy: Policy, members: Iterable[str]) -> Answering:
    """What may be said of these members. Whatever was told of a characteristic counts, by whichever rule."""
    asked, given = frozenset(members), given_before(session, campaign.organisation_id)
    own = {each.members for each in given if each.campaign_id == campaign.id}
    again: dict[str, Given] = {}
    new: set[str] = set()
    for setting in policy.settings:
        if setting.rule not in composition_rules():
            continue
        key, read = rule_key(setting), characteristic_of(setting)
        held = next((each for each in given if each.members == asked and each.rule == key), None)
        earlier = [each for each in given if each.characteristic == read]
        if held is not None:
            again[setting.rule] = held
        elif asked not in own and len(own) >= MOST_MEMBERSHIPS:
            continue
        elif any(each.members == asked for each in earlier):
            continue  # Another rule of the same characteristic was answered for them: two would narrow it down.
        elif may_answer(
            asked,
            [Answered(each.members, each.verdict is Verdict.MET) for each in earlier],
            is_difference=setting.rule == "not_all_of_one_sex",
        ):
            new.add(setting.rule)
    return Answering(again, frozenset(new))
