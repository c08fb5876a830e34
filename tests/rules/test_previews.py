from recruitment.rules.previews import hidden_groups, hidden_words, own_words, preview_parts, read_as
from recruitment.rules.redaction import MARKER, Action, Kind, Redaction, Span
from recruitment.rules.redaction.spans import cut, ordered

TEXT = "Ada led. She told Ada of 07700 900123, then ADA and Bo Day of Leeds."


def span(text: str, words: str, kind: Kind, *, at: int = 0, **more) -> Span:
    start = text.index(words, at)
    return Span(start, start + len(words), kind, "a rule", more.pop("action", Action.HIDE), **more)


def redacted(text: str, *spans: Span, disputed=()) -> Redaction:
    every = ordered(text, spans)
    return Redaction(text, every, cut(text, every, disputed))


REDACTION = redacted(
    TEXT,
    span(TEXT, "Ada", Kind.NAME),
    span(TEXT, "She", Kind.GENDER, action=Action.FLAG, replacement="They"),
    span(TEXT, "Ada", Kind.NAME, at=5),
    span(TEXT, "07700 900123", Kind.TELEPHONE),
    span(TEXT, "ADA", Kind.NAME),
    span(TEXT, "Bo Day", Kind.OTHER_NAME, action=Action.FLAG),
    span(TEXT, "Leeds", Kind.ASKED),
)


def test_the_parts_are_what_shortlisters_read_with_numbered_marks():
    parts = preview_parts(REDACTION)
    assert "".join(part.text for part in parts) == REDACTION.visible()
    assert [part.mark for part in parts if part.text == MARKER] == [1, 2, 3, 4, 5, 6]
    assert [part.text for part in parts if part.is_neutral] == ["They"]


def test_words_hidden_alike_are_one_entry_whatever_their_capitals():
    assert [(entry.words, entry.marks) for entry in hidden_words(REDACTION)] == [
        ("Ada", (1, 2, 4)), ("07700 900123", (3,)), ("Bo Day", (5,)),
    ]  # fmt: skip


def test_entries_are_grouped_by_reason():
    groups = hidden_groups(REDACTION)
    assert [group.kind for group in groups] == [Kind.NAME, Kind.TELEPHONE, Kind.OTHER_NAME]
    assert (groups[0].reason, groups[0].marks) == ("It has your name, or part of it.", (1, 2, 4))


def test_a_passage_of_several_kinds_says_what_else_was_found_in_it():
    text = "Ada 07700 900123 and Ada."
    found = redacted(
        text, span(text, "Ada", Kind.NAME), span(text, "07700 900123", Kind.TELEPHONE),
        span(text, "Ada", Kind.NAME, at=5),
    )  # fmt: skip
    first, second = hidden_words(found)
    assert (first.words, first.kind, first.also) == ("Ada 07700 900123", Kind.NAME, (Kind.TELEPHONE,))
    assert first.also_reasons == ("It looks like a telephone number.",)
    assert (second.words, second.also) == ("Ada", ())


def test_replaced_words_are_told_with_what_is_read_and_how_often():
    text = "She said that she knew; her view."
    found = redacted(
        text,
        span(text, "She", Kind.GENDER, replacement="They"),
        span(text, "she", Kind.GENDER, replacement="they"),
        span(text, "her", Kind.GENDER, replacement="their"),
    )
    assert [(one.words, one.replacement, one.times) for one in read_as(found)] == [
        ("She", "They", 2), ("her", "their", 1)
    ]  # fmt: skip


def test_what_the_writer_hid_is_listed_by_its_own_words_with_its_marks():
    start = TEXT.index("Leeds")
    assert [(one.words, one.marks) for one in own_words(REDACTION, [(start, start + 5)])] == [("Leeds", (6,))]


def test_what_the_writer_hid_over_a_mark_is_both_hidden_by_them_and_by_us():
    text = "I am Ada Bell of Leeds."
    found = redacted(text, span(text, "Ada", Kind.NAME), span(text, "Ada Bell of Leeds", Kind.ASKED))
    (entry,) = hidden_words(found)
    assert (entry.kind, entry.may_ask) == (Kind.NAME, False)
    assert [one.words for one in own_words(found, [(5, 22)])] == ["Ada Bell of Leeds"]


def test_an_empty_text_has_nothing_to_tell():
    assert (preview_parts(redacted("")), hidden_words(redacted("")), read_as(redacted(""))) == ((), (), ())
