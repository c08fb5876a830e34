"""Which counts may be published, and how: controlled as one set, and attacked before anybody else can."""

from __future__ import annotations

from recruitment.rules.disclosure.attacker import Attacker, Range
from recruitment.rules.disclosure.cells import (
    DECLARED,
    TOTAL,
    Cell,
    Inside,
    Line,
    Period,
    Shape,
    Unknowns,
    crossing,
)
from recruitment.rules.disclosure.controlled import (
    LOWEST_THRESHOLD,
    RULES_VERSION,
    THRESHOLD,
    Controlled,
    Mode,
    Rules,
    control,
)
from recruitment.rules.disclosure.figures import (
    EXPLANATION,
    EXPLANATION_EXACT,
    STAR,
    WITHHELD,
    Figure,
    ReleaseRow,
    ReleaseTable,
)
from recruitment.rules.disclosure.funnel_tables import numbers_of, release_tables, shape_of, tables_of
from recruitment.rules.disclosure.percentages import LOWEST_DENOMINATOR, is_ratio_told, percentage

__all__ = [
    "DECLARED",
    "EXPLANATION",
    "EXPLANATION_EXACT",
    "LOWEST_DENOMINATOR",
    "LOWEST_THRESHOLD",
    "RULES_VERSION",
    "STAR",
    "THRESHOLD",
    "TOTAL",
    "WITHHELD",
    "Attacker",
    "Cell",
    "Controlled",
    "Figure",
    "Inside",
    "Line",
    "Mode",
    "Period",
    "Range",
    "ReleaseRow",
    "ReleaseTable",
    "Rules",
    "Shape",
    "Unknowns",
    "control",
    "crossing",
    "is_ratio_told",
    "numbers_of",
    "percentage",
    "release_tables",
    "shape_of",
    "tables_of",
]
