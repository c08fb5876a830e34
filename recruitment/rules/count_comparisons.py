"""From a file of counts to the comparisons made of it: each group with one, and two sides of a named grouping.

Sources: NHS WRES and WDES, GOV.UK "Writing about ethnicity" (see `disparity.groupings`). A body names its groups
as it likes; they are known by the answers of the equality questions, the Census categories, and usual short names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recruitment.rules.benchmarks.categories import BACKGROUND_CATEGORIES, GROUP_CATEGORIES
from recruitment.rules.count_files import CountFile, is_missing
from recruitment.rules.disparity.findings import StageCounts
from recruitment.rules.disparity.groupings import MINORITY_GROUPINGS, WDES_DISABILITY, Grouping, Side
from recruitment.rules.equality_question_set import BACKGROUNDS, ETHNIC_GROUPS
from recruitment.rules.errors import Invalid

GROUPINGS: Mapping[str, Grouping] = {each.name: each for each in (*MINORITY_GROUPINGS, WDES_DISABILITY)}

Codes = frozenset[str]


def _ethnic_names() -> dict[str, Codes]:
    within = {group: frozenset(option.code for option in options) for group, options in BACKGROUNDS.items()}
    every = frozenset(code for codes in within.values() for code in codes)
    names: dict[str, Codes] = {}
    for group, label in ETHNIC_GROUPS:
        census = GROUP_CATEGORIES[group][0].split(":")[0]
        names |= dict.fromkeys((group, label, census), within[group])
        for option in BACKGROUNDS[group]:
            full = (option.code, option.label, f"{label}: {option.label}", *BACKGROUND_CATEGORIES[option.code])
            names |= dict.fromkeys(full, frozenset({option.code}))
    names["white british"] = names["white - british"] = frozenset({"white_british"})
    names["white irish"] = names["white - irish"] = frozenset({"white_irish"})
    for each in ("other than white", "all other ethnic groups", "all other ethnic groups combined"):
        names[each] = every - within["white"]
    for each in ("ethnic minorities (including white minorities)", "all except white british"):
        names[each] = every - {"white_british"}
    return {name.casefold(): codes for name, codes in names.items()}


_NAMES: Mapping[str, Mapping[str, Codes]] = {
    "ethnic_background": _ethnic_names(),
    "disability": {
        **dict.fromkeys(("disabled", "disabled under the equality act"), frozenset({"disabled"})),
        **dict.fromkeys(
            ("not disabled", "non-disabled", "not_disabled", "not disabled under the equality act"),
            frozenset({"not_disabled"}),
        ),
    },
}


def known_codes(characteristic: str, group: str) -> Codes:
    """The answer codes a group's name stands for; empty where the name is unknown."""
    return _NAMES[characteristic].get(group.casefold(), frozenset())


@dataclass(frozen=True)
class Compared:
    """What is compared in one characteristic, and why with that comparator; `grouping` where it is a named one."""

    counts: StageCounts
    reason: str
    grouping: str = ""


LARGEST = "the largest group at the first stage"
CHOSEN = "chosen"


def each_with(file: CountFile, comparators: Mapping[str, str] | None = None) -> tuple[Compared, ...]:
    """Each group with its characteristic's comparator: the chosen one, else the largest at the first stage.

    A characteristic without two groups that gave an answer is left out. Raises Invalid for a comparator that is
    not in the file or is a missing answer.
    """
    chosen = {key.casefold(): group for key, group in (comparators or {}).items()}
    strange = [key for key in chosen if key not in map(str.casefold, file.groups)]
    if strange:
        raise Invalid(f"The file has no characteristic {strange[0]}.", "comparator")
    found = []
    for name, rows in file.pooled().items():
        answers = [group for group in rows if not is_missing(group)]
        wanted = chosen.get(name.casefold())
        if wanted is not None:
            same = [group for group in answers if group.casefold() == wanted.casefold()]
            if not same:
                raise Invalid(f"{wanted} is no group of {name} that can be compared with.", "comparator")
        if len(answers) < 2:
            continue
        comparator = same[0] if wanted is not None else max(answers, key=lambda group: rows[group][0])
        counts = StageCounts(
            name, file.stages, rows, {group: group for group in rows}, comparator, file.missing(name)
        )
        found.append(Compared(counts, CHOSEN if wanted is not None else LARGEST))
    return tuple(found)


def _sides(file: CountFile, name: str, grouping: Grouping) -> dict[str, Side] | None:
    """The side of each group; None where the characteristic is another. Raises Invalid where one is on both."""
    answers = [group for group in file.groups[name] if not is_missing(group)]
    codes = {group: known_codes(grouping.characteristic, group) for group in answers}
    if not answers or not any(codes.values()):
        return None
    unknown = [group for group, held in codes.items() if not held]
    if unknown:
        raise Invalid(f"{grouping.name}: it is not known which side {unknown[0]} of {name} is on.", "compare-with")
    sides = {}
    for group, held in codes.items():
        on = {grouping.sides[code] for code in held}
        if len(on) > 1:
            said = (
                f"{grouping.name}: {group} of {name} holds people of both sides; the file must count "
                f"{grouping.comparator_label} apart."
            )
            raise Invalid(said, "compare-with")
        sides[group] = on.pop()
    return sides


def _summed(rows: Mapping[str, tuple[int, ...]], sides: Mapping[str, Side], side: Side) -> tuple[int, ...]:
    depth = len(next(iter(rows.values())))
    return tuple(sum(rows[group][at] for group, on in sides.items() if on is side) for at in range(depth))


def two_sides(file: CountFile, grouping: Grouping) -> tuple[Compared, ...]:
    """The grouping's two sides in each characteristic that has its groups, people added up.

    Raises Invalid where no characteristic has, or a group stands on both sides or on none that is known.
    """
    found = []
    for name, rows in file.pooled().items():
        sides = _sides(file, name, grouping)
        if sides is None:
            continue
        counts = {
            "comparator": _summed(rows, sides, Side.COMPARATOR),
            "monitored": _summed(rows, sides, Side.MONITORED),
        }
        labels = {"comparator": grouping.comparator_label, "monitored": grouping.monitored_label}
        silent = {group: rows[group] for group in rows if is_missing(group)}
        made = StageCounts(
            f"{name} ({grouping.name})",
            file.stages,
            {**counts, **silent},
            {**labels, **{group: group for group in silent}},
            "comparator",
            frozenset(silent),
        )
        found.append(Compared(made, "set by the grouping", grouping.name))
    if not found:
        said = f"{grouping.name}: no characteristic of the file has groups of which this grouping knows the side."
        raise Invalid(said, "compare-with")
    return tuple(found)
