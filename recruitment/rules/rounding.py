"""How published counts are rounded.

It stands apart from disclosure control, which knows the equality questions: the sift draws its sample by round
numbers too, and must not reach them (Data Protection Act 2018, Schedule 1 paragraph 8(3)).
"""

from __future__ import annotations

BASE = 5


def round_to(number: int, base: int) -> int:
    """To the nearest multiple, halves up."""
    return (number + base // 2) // base * base
