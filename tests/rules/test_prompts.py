from recruitment.rules.prompts import WHAT, prompts_of
from recruitment.rules.redaction import Action, Kind, KnownValues, Redaction, Span, redact
from recruitment.rules.redaction.spans import cut
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Folasade Adeyemi")


def told(text: str, **more) -> list[tuple[str, tuple[str, ...], int]]:
    return [(one.what, one.words, one.more) for one in prompts_of(redact(text, KNOWN, LISTS, **more))]


def test_somebody_who_writes_their_name_is_told_their_own_words_once():
    assert told("Folasade led it. FOLASADE knew why.") == [("your name", ("Folasade",), 0)]


def test_nothing_is_told_of_an_answer_that_gives_nothing_away():
    assert told("We rewrote every letter, and complaints fell by half.") == []
    assert told("") == []


def test_every_sort_has_one_line_with_the_most_telling_first():
    text = "Ring 07700 900123 or write to a@b.example. Folasade did."
    assert told(text) == [
        ("your name", ("Folasade",), 0),
        ("contact details", ("07700 900123", "a@b.example"), 0),
    ]


def test_many_words_are_counted_after_the_first_few():
    text = " ".join(f"Ring 07700 90012{number} now." for number in range(7))
    ((what, words, more),) = told(text)
    assert (what, len(words), more) == ("contact details", 4, 3)


def test_what_the_writer_hid_themselves_is_no_news_to_them():
    assert told("I ran Lumbfoot.", also_hide=[(6, 14)]) == []
    assert told("I wrote [hidden] myself.") == []


def test_a_word_that_is_read_in_a_neutral_one_is_told_as_well():
    text = "Then she knew."
    spans = (Span(5, 8, Kind.GENDER, "a rule", Action.FLAG, "they"),)
    (prompt,) = prompts_of(Redaction(text, spans, cut(text, spans)))
    assert prompt.words == ("she",)


def test_a_whole_hidden_sentence_is_quoted_by_its_beginning():
    text = "word " * 60
    spans = (Span(0, 299, Kind.NAME, "a rule", Action.HIDE),)
    (prompt,) = prompts_of(Redaction(text, spans, cut(text, spans)))
    assert len(prompt.words[0]) < 90 and prompt.words[0].endswith(" …")


def test_every_kind_that_is_found_is_told_but_those_that_are_the_writers_own_doing():
    assert set(Kind) - WHAT.keys() == {Kind.ASKED, Kind.HIDDEN_BEFORE}
