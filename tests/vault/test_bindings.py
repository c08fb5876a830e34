from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from recruitment.vault.bindings import bind

TEXTS = st.lists(st.text(max_size=6), max_size=5)


@given(TEXTS, TEXTS)
def test_two_lists_of_texts_bind_alike_only_when_they_are_the_same(one: list[str], other: list[str]) -> None:
    assert (bind(*one) == bind(*other)) is (one == other)


@given(TEXTS, st.integers(0, 5), st.integers(0, 6))
def test_no_text_moves_from_one_part_to_the_next(parts: list[str], at: int, cut: int) -> None:
    if at >= len(parts):
        return
    split = [*parts[:at], parts[at][:cut], parts[at][cut:], *parts[at + 1 :]]
    assert bind(*split) != bind(*parts)


def test_ids_numbers_and_texts_bind_to_their_bytes_behind_the_suite() -> None:
    bound = bind("kind", UUID(int=5), 7, b"raw")
    assert bound.endswith(
        b"\0\0\0\x04kind"
        + b"\0\0\0\x10"
        + bytes(15)
        + b"\x05"
        + b"\0\0\0\x08"
        + bytes(7)
        + b"\x07"
        + b"\0\0\0\x03raw"
    )
    assert b"DHKEM(X25519, HKDF-SHA256)" in bound
