"""The rules on a panel's composition, which read counts over the whole panel and never a person.

None of them blocks unless a body chose a stricter policy in its lawyers' words: nobody is required to sit, or kept
from sitting, for a characteristic (Equality Act 2010, sections 13, 158 and 159).
"""

from __future__ import annotations

from collections.abc import Iterable

from recruitment.rules.minority_groupings import GROUPING_LABELS, MinorityGrouping
from recruitment.rules.panel_findings import NOT_ASKED, WITHHELD, Case, Found, Verdict, rule
from recruitment.rules.panel_members import Characteristic, Counts, Probed


def _composition(case: Case, characteristic: Characteristic) -> Counts | None:
    held = case.panel.composition
    return None if held is None else held.counts.get(characteristic)


def _unanswered(case: Case) -> Found:
    return Verdict.NOT_KNOWN, WITHHELD if case.panel.probed is Probed.WOULD_TELL else NOT_ASKED


@rule("Not all of one sex", is_composition=True)
def not_all_of_one_sex(case: Case) -> Found:
    """Members of more than one sex sit, as far as they chose to say; it asks nobody to sit."""
    counts = _composition(case, Characteristic.SEX)
    if counts is None:
        return _unanswered(case)
    if sum(1 for number in counts.groups.values() if number) > 1:
        return Verdict.MET, "The panel is not all of one sex."
    if counts.not_said:
        return (
            Verdict.NOT_KNOWN,
            "It cannot be told whether the panel is all of one sex: somebody chose not to say.",
        )
    return Verdict.NOT_MET, "The panel is all of one sex."


WHITE = frozenset({"white"})
WHITE_BRITISH = frozenset({"white_british"})


def minority_groups(grouping: MinorityGrouping, groups: Iterable[str]) -> frozenset[str]:
    """Which of these ethnic groups count as a minority group; codes begin with the broad group: white_irish."""
    if grouping is MinorityGrouping.GOVUK:
        return frozenset(group for group in groups if group not in WHITE_BRITISH)
    return frozenset(group for group in groups if group.split("_")[0] not in WHITE)


@rule("A member from an ethnic minority group", is_composition=True)
def ethnic_minority_member(case: Case) -> Found:
    """At least one member is from an ethnic minority group; the grouping in use is named in the sentence."""
    label = GROUPING_LABELS[case.setting.grouping]
    counts = _composition(case, Characteristic.ETHNIC_GROUP)
    if counts is None:
        return _unanswered(case)
    return _at_least_one(
        counts,
        minority_groups(case.setting.grouping, counts.groups),
        f"a member from an ethnic minority group ({label})",
    )


def _at_least_one(counts: Counts, wanted: frozenset[str], whom: str) -> Found:
    if counts.count(wanted):
        return Verdict.MET, f"The panel has {whom}."
    if counts.not_said:
        return Verdict.NOT_KNOWN, f"It cannot be told whether the panel has {whom}: somebody chose not to say."
    return Verdict.NOT_MET, f"The panel does not have {whom}."


@rule("A disabled member", is_composition=True)
def disabled_member(case: Case) -> Found:
    """At least one disabled member, where an organisation asks it."""
    counts = _composition(case, Characteristic.DISABILITY)
    return _unanswered(case) if counts is None else _at_least_one(counts, frozenset({"yes"}), "a disabled member")


@rule("Representation of a group", is_composition=True)
def representation(case: Case) -> Found:
    """At least one member of the groups that an organisation names, of one characteristic."""
    counts = _composition(case, Characteristic(case.setting.characteristic))
    groups = frozenset(case.setting.groups)
    whom = f"a member of these groups: {', '.join(sorted(groups))}"
    return _unanswered(case) if counts is None else _at_least_one(counts, groups, whom)
