from __future__ import annotations

import pytest

from recruitment.rules.rounding import BASE, round_to


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [(range(3), 0), (range(3, 8), 5), (range(8, 13), 10), (range(13, 18), 15), ([22], 20), ([23], 25)],
)
def test_counts_are_rounded_to_the_nearest_five(numbers: list[int], shown: int) -> None:
    assert {round_to(number, BASE) for number in numbers} == {shown}
