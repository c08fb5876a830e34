"""The writer's name in every certain form, and with care where it is an ordinary word."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recruitment.rules.redaction import MARKER, Action, KnownValues, Passage, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
FOLASADE = KnownValues(full_name="Folasade Adeyemi-Okoro", preferred_name="Fola", email="fola.ao@example.org")
MARY = KnownValues(full_name="Mary Smith", preferred_name="Molly", email="moll.sm@example.org")


def visible(text: str, known: KnownValues) -> str:
    return redact(text, known, LISTS).visible()


@pytest.mark.parametrize(
    "written",
    [
        "Folasade Adeyemi-Okoro",
        "FOLASADE ADEYEMI-OKORO",
        "adeyemi okoro, folasade",
        "Folasade  Adeyemi Okoro",
        "F. Adeyemi-Okoro",
        "Okoro, FA",
        "Folasade A-O",
        "F.A.O",
        "F o l a s a d e",
        "Folásadé’s",
        "AdeyemiOkoro",
        "FolasadeAdeyemiOkoroCV",
        "@folasade_adeyemi",
        "fola.ao@example.org",
        "https://example.org/people/folasade-adeyemi",
        "Fo\u200blasade",
    ],
)
def test_each_form_of_a_known_name_is_hidden(written: str) -> None:
    assert (
        visible(f"I wrote the plan with {written} on record.", FOLASADE)
        == f"I wrote the plan with {MARKER} on record."
    )


def test_a_name_with_an_apostrophe_is_hidden_whole() -> None:
    known = KnownValues(full_name="Aoife O’Dowd")
    assert visible("Signed by Aoife O'Dowd today, or N. and ODowd.", known) == (
        f"Signed by {MARKER} today, or N. and {MARKER}."
    )


def test_particles_beside_a_name_are_hidden_with_it() -> None:
    known = KnownValues(full_name="Khalid al-Mutairi")
    assert (
        visible("They said al-Mutairi listens, et al agreed.", known)
        == f"They said {MARKER} listens, et al agreed."
    )


TEMPLATES = [
    "{full} led the team.\n{full}\nCV of {full}, 2019",
    "Dear panel, I am {first}. Mr {last} said so. {first}'s plan worked; {last}’s did too.",
    "Software Engineer {full} Birmingham\n{file}_CV.pdf and {glued}.pdf",
    "My manager, {full}, praised me at the University of Leeds in 2011. He left.",
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_two_writers_who_differ_only_by_name_read_the_same(template: str) -> None:
    mary = template.format(full="Mary Smith", first="Mary", last="Smith", file="Mary_Smith", glued="MarySmith")
    folasade = template.format(
        full="Folasade Adeyemi-Okoro",
        first="Folasade",
        last="Adeyemi-Okoro",
        file="Folasade_Adeyemi-Okoro",
        glued="FolasadeAdeyemiOkoro",
    )
    assert mary != folasade
    assert visible(mary, MARY) == visible(folasade, FOLASADE)


WILL = KnownValues(full_name="Will Marchetti")


def test_an_ordinary_word_is_a_name_only_with_a_capital_inside_a_sentence() -> None:
    assert visible("I hope you will ask what Will did.", WILL) == f"I hope you will ask what {MARKER} did."


def test_an_ordinary_word_at_the_start_is_a_name_where_somebody_acts_and_else_a_word() -> None:
    text = "The plan was late. Will rewrote it overnight. It passed.\nWill power\nNext"
    assert visible(text, WILL) == f"The plan was late. {MARKER} rewrote it overnight. It passed.\nWill power\nNext"


def test_an_ordinary_word_alone_on_a_line_is_a_signature() -> None:
    assert visible("I kept to it.\n\nMany thanks\nWill", WILL) == f"I kept to it.\n\nMany thanks\n{MARKER}"


def test_an_ordinary_word_beside_the_rest_of_the_name_is_hidden_alone() -> None:
    assert visible("Will Marchetti kept it. We will win.", WILL) == f"{MARKER} kept it. We will win."


def test_a_passage_with_anything_certain_in_it_is_not_restorable() -> None:
    text = "Reported by Mrs Smith, and I asked how Callum would put it."
    redaction = redact(text, MARY, LISTS)
    passages = [piece for piece in redaction.pieces if isinstance(piece, Passage)]
    assert [(piece.text, piece.restorable) for piece in passages] == [("Mrs Smith", False), ("Callum", True)]
    assert redaction.visible(frozenset({0, 1})) == f"Reported by {MARKER}, and I asked how Callum would put it."


PART = st.sampled_from(
    [
        "Mary",
        "Smith",
        "MARY",
        "smith",
        "Mary's",
        "MarySmith",
        "m.smith",
        "Goldsmiths",
        "Mo\u0301lly",
        "moll.sm",
    ]
)
FILLER = st.text(alphabet=st.characters(), max_size=8) | st.sampled_from(
    [
        " ",
        "\n",
        ". ",
        ", ",
        " at the University of Leeds 2011 ",
        " Mr ",
        " she ",
        "@",
        "_",
        "[hidden]",
        "07700 900123",
        "\x00",
    ]
)
TEXTS = st.lists(PART | FILLER, max_size=14).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
@example(text="\ud800Mary\udfff")
@example(text="İMaryß smithﬁ")
def test_no_known_word_is_readable_and_the_pieces_are_the_whole_text(text: str) -> None:
    redaction = redact(text, MARY, LISTS)
    words = "".join(c.lower() if c.isalpha() else " " for c in redaction.visible().replace(MARKER, " ")).split()
    assert {"mary", "smith", "molly"} & set(words) == set()
    assert "moll.sm" not in redaction.visible().lower()
    assert "".join(piece.text for piece in redaction.pieces) == text
    assert all(0 <= span.start < span.end <= len(text) for span in redaction.spans)
    assert redaction.visible().count("\n") == text.count("\n")


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
@example(text="Mary:HE Goldsmiths:Mary")
@example(text="Mary@A00")
def test_hiding_what_is_hidden_changes_nothing(text: str) -> None:
    once = visible(text, MARY)
    assert visible(once, MARY) == once


@settings(max_examples=100, deadline=None)
@given(
    text=TEXTS,
    name=st.text(max_size=12),
    address=st.text(max_size=12),
    spans=st.lists(st.tuples(st.integers(-9, 90), st.integers(-9, 90))),
)
def test_any_text_and_any_name_are_survived(
    text: str, name: str, address: str, spans: list[tuple[int, int]]
) -> None:
    known = KnownValues(name, name[:1], (name[::-1],), address, (address,), (address, name), address, None, name)
    redaction = redact(text + name, known, LISTS, also_hide=spans)
    assert "".join(piece.text for piece in redaction.pieces) == text + name


def test_what_the_candidate_asks_to_hide_is_hidden_for_good() -> None:
    redaction = redact("I lead the Larch project.", KnownValues(), LISTS, also_hide=[(11, 16)])
    assert redaction.visible(frozenset({0})) == f"I lead the {MARKER} project."
    assert [span.action for span in redaction.spans] == [Action.HIDE]


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200f", "\u2060", "\ufeff"])
@pytest.mark.parametrize("text", ["Mary{}A wrote it.", "It was Mary Smith{}BA History.", "Ask Ma{}ry about it."])
def test_an_invisible_character_shields_no_name(text, mark):
    visible = redact(text.format(mark), KnownValues(full_name="Mary Smith"), LISTS).visible()
    assert "Mary" not in visible.replace(mark, "")
    assert "Smith" not in visible
