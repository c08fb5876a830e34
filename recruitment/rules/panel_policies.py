"""What an organisation asks of its panels: rules by name, how much of each, from which grade, and how hard.

A policy is a version: a campaign keeps the one it started with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from recruitment.rules.errors import Invalid
from recruitment.rules.minority_groupings import MinorityGrouping
from recruitment.rules.panel_members import Characteristic
from recruitment.rules.pool import OPTIONS


class Severity(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class RuleSetting:
    """One rule as a policy sets it.

    `least`: the number that the rule asks for or allows; `courses`: the training it asks for; `from_grade`: the
    lowest grade of the post for which it applies, empty for every post; `characteristic` and `groups`: whom a
    rule on representation looks for; `grouping`: the minority grouping in use.
    """

    rule: str
    severity: Severity
    least: int = 0
    courses: tuple[str, ...] = ()
    from_grade: str = ""
    characteristic: str = ""
    groups: tuple[str, ...] = ()
    grouping: MinorityGrouping = MinorityGrouping.WRES


@dataclass(frozen=True)
class Policy:
    """An organisation's rules for its panels; `grades` from the lowest to the highest."""

    version: int = 1
    grades: tuple[str, ...] = ()
    settings: tuple[RuleSetting, ...] = ()
    is_composition_blocking: bool = False
    """Whether the body chose a stricter policy, in its lawyers' words, under which composition may block."""
    wording: str = ""
    courses: Mapping[str, str] = field(default_factory=dict)
    """Course → what it is called."""

    def setting(self, rule: str) -> RuleSetting | None:
        return next((each for each in self.settings if each.rule == rule), None)

    def reaches(self, grade: str, lowest: str) -> bool:
        """Whether a post of this grade is one for which a rule "from grade …" applies; True without such grade."""
        if not lowest:
            return True
        if grade not in self.grades:
            return True  # A grade nobody ranked: the safer reading is that the rule applies.
        return self.grades.index(grade) >= self.grades.index(lowest)


PANEL_TRAINING, CHAIR_TRAINING, INCLUSION_TRAINING = "panel", "chair", "inclusion"
COURSES = {
    PANEL_TRAINING: "Panel member training",
    CHAIR_TRAINING: "Panel chair training",
    INCLUSION_TRAINING: "Inclusion lead training",
}

DEFAULT_POLICY = Policy(
    version=1,
    courses=COURSES,
    settings=(
        RuleSetting("size", Severity.BLOCKS, least=3),
        RuleSetting("chair", Severity.BLOCKS),
        RuleSetting("chair_trained", Severity.BLOCKS, courses=(CHAIR_TRAINING,)),
        RuleSetting("chair_manages_no_majority", Severity.BLOCKS),
        RuleSetting("inclusion_lead", Severity.BLOCKS),
        RuleSetting("inclusion_lead_trained", Severity.BLOCKS, courses=(INCLUSION_TRAINING,)),
        RuleSetting("training_in_date", Severity.BLOCKS, courses=(PANEL_TRAINING,)),
        RuleSetting("inclusion_adviser", Severity.WARNS),
        RuleSetting("not_all_of_one_sex", Severity.WARNS),
        RuleSetting("ethnic_minority_member", Severity.WARNS),
        RuleSetting("not_all_from_one_directorate", Severity.WARNS),
        RuleSetting("not_all_in_one_line", Severity.WARNS),
        RuleSetting("independent_member", Severity.WARNS),
        RuleSetting("same_panel_throughout", Severity.WARNS),
        RuleSetting("conflicts_declared", Severity.BLOCKS),
        RuleSetting("inclusion_question", Severity.BLOCKS),
        RuleSetting("inclusion_question_approved", Severity.WARNS),
        RuleSetting("interviews_in_a_day", Severity.WARNS, least=6),
        RuleSetting("load_in_a_year", Severity.WARNS, least=12),
        RuleSetting("chair_varies", Severity.WARNS, least=3),
    ),
)
"""A sensible start: Recruitment Principles (two or more with a chair, best practice three), HM Prison Service
PSO 8100 (declarations), the Prisons and Probation Ombudsman (inclusion lead and question), NHS trusts (training,
advisers). Composition warns and never blocks."""


FIRST_POLICY = Policy(
    version=0,
    courses=COURSES,
    settings=(
        RuleSetting("size", Severity.BLOCKS, least=2),
        RuleSetting("chair", Severity.BLOCKS),
        RuleSetting("inclusion_lead", Severity.BLOCKS),
        RuleSetting("inclusion_question", Severity.BLOCKS),
    ),
)
"""The least that was always asked: two people with a chair (Recruitment Principles), an inclusion lead and a
question (Prisons and Probation Ombudsman). A small body may start from it."""


_READS = {
    "not_all_of_one_sex": Characteristic.SEX,
    "ethnic_minority_member": Characteristic.ETHNIC_GROUP,
    "disabled_member": Characteristic.DISABILITY,
}


def characteristic_of(setting: RuleSetting) -> str:
    """Which characteristic a rule on composition reads; empty for any other rule."""
    return setting.characteristic if setting.rule == "representation" else str(_READS.get(setting.rule, ""))


def check_policy(policy: Policy, known: Mapping[str, bool]) -> None:
    """Raise `Invalid` where a policy names what is not there; `known`: rule → whether it is about composition."""
    seen: set[str] = set()
    for at, each in enumerate(policy.settings):
        field_ = f"rules[{at}]"
        if each.rule not in known:
            raise Invalid(f"There is no rule called “{each.rule}”.", f"{field_}.rule")
        if each.rule in seen:
            raise Invalid(f"The rule “{each.rule}” is there twice.", f"{field_}.rule")
        seen.add(each.rule)
        if each.from_grade and each.from_grade not in policy.grades:
            raise Invalid(f"“{each.from_grade}” is not one of the grades.", f"{field_}.from_grade")
        if known[each.rule] and each.severity is Severity.BLOCKS and not policy.is_composition_blocking:
            raise Invalid(
                "A rule on composition warns. A stricter policy needs the body's own wording: nobody may be "
                "required to sit, or kept from sitting, for a characteristic.",
                f"{field_}.severity",
            )
        if each.least < 0:
            raise Invalid("Give a number of nought or more.", f"{field_}.least")
        if each.rule == "representation":
            _check_whom(each, field_)
    if policy.is_composition_blocking and not policy.wording.strip():
        raise Invalid("Give the wording of the stricter policy.", "wording")


def check_one_of_each(policy: Policy) -> None:
    """Raise `Invalid` where two rules read one characteristic: their verdicts together could tell of a person."""
    read: set[str] = set()
    for at, each in enumerate(policy.settings):
        if characteristic := characteristic_of(each):
            if characteristic in read:
                raise Invalid(
                    "Another rule reads the same characteristic: two verdicts on it could tell of a person.",
                    f"rules[{at}].rule",
                )
            read.add(characteristic)


def _check_whom(setting: RuleSetting, where: str) -> None:
    if setting.characteristic not in set(Characteristic):
        raise Invalid(f"Give one of {', '.join(Characteristic)}.", f"{where}.characteristic")
    offered = dict(OPTIONS[Characteristic(setting.characteristic)])
    if not setting.groups or not offered.keys() >= set(setting.groups):
        raise Invalid(f"Give some of {', '.join(offered)}.", f"{where}.groups")


def read_policy(held: Any, where: str = "policy") -> Policy:
    """A policy from the plain values of JSON; `Invalid` names the field."""
    if not isinstance(held, dict):
        raise Invalid("Give an object.", where)
    unknown = set(held) - {"version", "grades", "rules", "courses", "is_composition_blocking", "wording"}
    if unknown:
        raise Invalid("There is no such entry.", f"{where}.{min(unknown)}")
    settings = held.get("rules")
    if settings is not None and not isinstance(settings, list):
        raise Invalid("Give a list.", f"{where}.rules")
    courses = COURSES if held.get("courses") is None else held["courses"]
    if not isinstance(courses, Mapping):
        raise Invalid("Give an object of courses and what they are called.", f"{where}.courses")
    return Policy(
        version=_whole(held.get("version", 1), f"{where}.version"),
        grades=tuple(_lines(held.get("grades", []), f"{where}.grades")),
        settings=DEFAULT_POLICY.settings
        if settings is None
        else tuple(_setting(each, f"{where}.rules[{at}]") for at, each in enumerate(settings)),
        is_composition_blocking=_flag(
            held.get("is_composition_blocking", False), f"{where}.is_composition_blocking"
        ),
        wording=_text(held.get("wording"), f"{where}.wording"),
        courses={str(key): _text(title, f"{where}.courses.{key}") for key, title in courses.items()},
    )


def _setting(held: Any, where: str) -> RuleSetting:
    if not isinstance(held, dict):
        raise Invalid("Give an object.", where)
    unknown = set(held) - set(RuleSetting.__dataclass_fields__)
    if unknown:
        raise Invalid("There is no such entry.", f"{where}.{min(unknown)}")
    if not isinstance(held.get("rule"), str):
        raise Invalid("Name the rule.", f"{where}.rule")
    default = DEFAULT_POLICY.setting(held["rule"])
    try:
        severity = Severity(held.get("severity", default.severity if default else Severity.WARNS))
    except ValueError:
        raise Invalid("Give “blocks” or “warns”.", f"{where}.severity") from None
    try:
        grouping = MinorityGrouping(held.get("grouping", MinorityGrouping.WRES))
    except ValueError:
        raise Invalid(f"Give one of {', '.join(MinorityGrouping)}.", f"{where}.grouping") from None
    return RuleSetting(
        rule=held["rule"],
        severity=severity,
        least=_whole(held.get("least", default.least if default else 0), f"{where}.least"),
        courses=tuple(_lines(held.get("courses", list(default.courses) if default else []), f"{where}.courses")),
        from_grade=_text(held.get("from_grade"), f"{where}.from_grade"),
        characteristic=_text(held.get("characteristic"), f"{where}.characteristic"),
        groups=tuple(_lines(held.get("groups", []), f"{where}.groups")),
        grouping=grouping,
    )


def write_policy(policy: Policy) -> dict[str, Any]:
    """The plain values that `read_policy` reads back to an equal policy."""
    return {
        "version": policy.version,
        "grades": list(policy.grades),
        "is_composition_blocking": policy.is_composition_blocking,
        "wording": policy.wording,
        "courses": dict(policy.courses),
        "rules": [
            {
                "rule": each.rule,
                "severity": str(each.severity),
                "least": each.least,
                "courses": list(each.courses),
                "from_grade": each.from_grade,
                "characteristic": each.characteristic,
                "groups": list(each.groups),
                "grouping": str(each.grouping),
            }
            for each in policy.settings
        ],
    }


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid("Give true or false.", where)
    return value


def _text(value: Any, where: str) -> str:
    """A text; empty where there is none."""
    if not isinstance(value, str | None):
        raise Invalid("Give a text.", where)
    return value or ""


def _whole(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid("Give a whole number.", where)
    return value


def _lines(value: Any, where: str) -> Iterable[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Invalid("Give a list of texts.", where)
    return value
