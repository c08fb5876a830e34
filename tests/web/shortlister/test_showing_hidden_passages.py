"""A redacted answer as paragraphs: the mark of a hidden passage stands in its line, whatever it held."""

from recruitment.services.redacted import ShownPart
from recruitment.web.shortlister.passages import Piece, paragraphs_of


def test_blank_lines_part_paragraphs_and_hidden_passages_stay_in_their_line():
    parts = [
        ShownPart("As ", False),
        ShownPart("[hidden]", True),
        ShownPart(" I led.\r\nThen:\n \n", False),
        ShownPart("[hidden]", True),
    ]
    assert paragraphs_of(parts) == [
        [(Piece("As "), Piece(None), Piece(" I led.")), (Piece("Then:"),)],
        [(Piece(None),)],
    ]


def test_an_empty_answer_has_no_paragraphs():
    assert paragraphs_of([ShownPart(" \n", False)]) == []
