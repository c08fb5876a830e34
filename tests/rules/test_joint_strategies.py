"""The text that bodies share, and how many of each one's actions serve its objectives."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.joint_strategies import (
    Objective,
    Progress,
    StrategyText,
    check_text,
    keep_objectives,
    progress_of,
    read_objectives,
)

TODAY = date(2026, 9, 1)


def test_a_text_is_put_right_and_empty_objectives_fall_away():
    typed = (Objective(" Fair  adverts "), Objective(""), Objective("Panels", "x"))
    text = check_text(StrategyText(" Joint  strategy ", " All. ", typed))
    assert text == StrategyText("Joint strategy", "All.", (Objective("Fair adverts"), Objective("Panels", "x")))
    assert read_objectives(keep_objectives(text.objectives)) == text.objectives


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (StrategyText("", "", (Objective("A"),)), "title"),
        (StrategyText("T"), "objective_1"),
        (StrategyText("T", "", (Objective("", "an indicator"),)), "objective_1"),
        (StrategyText("T", "", (Objective("A"), Objective(" a "))), "objective_2"),
        (StrategyText("T", "x" * 4001, (Objective("A"),)), "summary"),
        (StrategyText("T", "", (Objective("x" * 201),)), "objective_1"),
    ],
)
def test_what_is_missing_too_long_or_there_twice_is_refused(text, field):
    with pytest.raises(Invalid) as refusal:
        check_text(text)
    assert refusal.value.field == field


def test_actions_count_for_the_objective_that_they_name_and_no_other():
    objectives = (Objective("Fair adverts"), Objective("Panels"))
    past, future = date(2026, 8, 31), date(2026, 9, 1)
    actions = [
        ("fair  ADVERTS", "Not started", future), ("Fair adverts", "In progress", past),
        ("Fair adverts", "Completed", past), ("Something else", "Completed", past),
    ]  # fmt: skip
    found = progress_of(objectives, actions, TODAY)
    assert found == {"Fair adverts": Progress(1, 1, 1, 1), "Panels": Progress()}
    assert found["Fair adverts"].total == 3
