from recruitment.rules.hidden_passages import follow_change, hide_also, occurrences, own_passages, show_again

TEXT = "At Lumbfoot we dug. LUMBFOOT was wet; Lumbfoots are rare.\nNew\nYork is not here."


def test_a_passage_is_found_whatever_its_capitals_and_line_breaks():
    assert [TEXT[start:end] for start, end in occurrences(TEXT, " lumbfoot ")] == ["Lumbfoot", "LUMBFOOT"]
    assert [TEXT[start:end] for start, end in occurrences(TEXT, "New York")] == ["New\nYork"]


def test_inside_words_only_where_it_stands_nowhere_by_itself():
    assert [TEXT[start:end] for start, end in occurrences(TEXT, "umbf")] == ["umbf", "UMBF", "umbf"]


def test_what_does_not_occur_or_is_empty_hides_nothing():
    assert (occurrences(TEXT, "Halifax"), occurrences(TEXT, " \n"), occurrences(TEXT, "a.b*(")) == ((), (), ())


def test_own_passages_are_listed_once_in_the_order_of_the_text():
    hidden = hide_also(TEXT, hide_also(TEXT, (), "rare"), "Lumbfoot")
    assert own_passages(TEXT, hidden) == ("Lumbfoot", "rare")


def test_showing_again_takes_out_every_occurrence_and_nothing_else():
    hidden = hide_also(TEXT, hide_also(TEXT, (), "rare"), "Lumbfoot")
    assert own_passages(TEXT, show_again(TEXT, hidden, "lumbfoot")) == ("rare",)


def test_passages_follow_a_change_of_the_text_and_lost_ones_are_dropped():
    hidden = hide_also(TEXT, hide_also(TEXT, (), "rare"), "Lumbfoot")
    changed = "We dug at Lumbfoot."
    assert follow_change(TEXT, changed, hidden) == ((10, 18),)
