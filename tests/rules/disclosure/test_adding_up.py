"""Published figures of separate people add up; an asterisk stays one."""

from __future__ import annotations

import pytest

from recruitment.rules.disclosure import WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.disclosure.adding_up import added_up


def table(stages: tuple[str, ...], *numbers: int | None, code: str = "female") -> ReleaseTable:
    figures = tuple(WITHHELD if number is None else Figure(number) for number in numbers)
    return ReleaseTable("sex", "Sex", stages, (ReleaseRow("Female", code, figures),), figures, figures)


def test_figures_add_up_over_the_stages_that_all_have_and_an_asterisk_stays_one() -> None:
    one = table(("submitted", "sifted", "appointed"), 40, 30, None)
    other = table(("submitted", "appointed"), 25, 10)
    (made,) = added_up([[one], [other]])
    assert made.stages == ("submitted", "appointed")
    assert [figure.text for figure in made.rows[0].figures] == ["65", "*"]
    assert made.total == made.declaration == made.rows[0].figures


def test_releases_of_other_questions_are_not_added() -> None:
    stages = ("submitted",)
    with pytest.raises(ValueError, match="same questions"):
        added_up([[table(stages, 10)], [table(stages, 10, code="women")]])
