"""Scoring an answer: one tap, one score, and nothing typed is lost."""

from tests.web.shortlister.conftest import words_of


def test_one_tap_saves_one_score_and_leads_to_the_next_answer(arrive):
    me = arrive()
    first, second, *_ = me.handles()
    assert me.scores() == []
    reply = me.score(first, 5)
    assert reply.status_code == 303
    assert reply.location.startswith(me.path(second) + "?")
    assert me.scores() == [(first, 5)]
    page = words_of(me.client.get(reply.location))
    assert "Saved: 5 for Putting things right (answer 1)" in page
    assert "Answer 2 of 12" in page
    assert "1 of 12 scored" in page


def test_the_score_shows_as_pressed_when_the_answer_is_opened_again(arrive):
    me = arrive()
    first = me.handles()[0]
    assert 'aria-pressed="true"' not in me.client.get(me.path(first)).text
    me.score(first, 5)
    page = me.client.get(me.path(first))
    assert "Your score: 5" in words_of(page)
    assert page.text.count('value="5" aria-pressed="true"') == page.text.count('aria-pressed="true"') == 1


def test_a_changed_score_stays_on_its_answer(arrive):
    me = arrive()
    first = me.handles()[0]
    me.score(first, 5)
    reply = me.score(first, 6)
    assert reply.location.startswith(me.path(first) + "?")
    assert me.scores() == [(first, 6)]


def test_a_score_below_the_minimum_without_a_reason_is_refused_and_the_page_says_why(arrive):
    me = arrive()
    first = me.handles()[0]
    reply = me.score(first, 3)
    assert reply.status_code == 400
    assert "There is a problem Give a reason: 3 is below the minimum of 4" in words_of(reply)
    assert reply.text.count("Error: Answer 1 of 12") == 1
    assert me.scores() == []


def test_what_was_typed_stays_on_a_refused_page(arrive):
    me = arrive()
    reply = me.score(me.handles()[0], 99, reason="Says <what> they did, not why.")
    assert reply.status_code == 400
    assert "Choose a score from 1 to 7." in words_of(reply)
    assert "Says &lt;what&gt; they did, not why.</textarea>" in reply.text


def test_a_reason_below_the_minimum_is_kept_with_the_score(arrive):
    me = arrive()
    first = me.handles()[0]
    assert me.score(first, 2, reason="Only general claims.").status_code == 303
    assert me.answer(first).criteria[0].reason == "Only general claims."


def test_a_statement_is_scored_criterion_by_criterion_on_one_page(arrive, several_criteria):
    me = arrive()
    several_criteria(me.campaign_id)
    first, second, *_ = me.handles()
    names = [criterion.name for criterion in me.answer(first).criteria]
    assert len(names) == 3
    reply = me.score(first, 5, criterion=0)
    assert reply.location.endswith(f"#criterion-{me.answer(first).criteria[1].id}")
    page = words_of(me.client.get(reply.location))
    assert f"Saved: 5 for {names[0]}" in page
    assert "Answer 1 of" in page
    me.score(first, 6, criterion=1)
    assert me.score(first, 4, criterion=2).location.startswith(me.path(second))
    assert [criterion.score for criterion in me.answer(first).criteria] == [5, 6, 4]


def test_a_reason_typed_beside_another_criterion_is_not_lost_when_one_is_scored(arrive, several_criteria):
    me = arrive()
    several_criteria(me.campaign_id)
    first = me.handles()[0]
    other = me.answer(first).criteria[1].id
    reply = me.score(first, 5, **{f"reason-{other}": "Half a thought"})
    assert reply.status_code == 200
    assert "Saved: 5 for" in words_of(reply)
    assert "Half a thought</textarea>" in reply.text
    assert me.scores() == [(first, 5)]


def test_after_the_last_score_the_queue_says_thank_you(arrive):
    me = arrive(applications=1)
    *most, last = me.handles()
    for handle in most:
        me.score(handle, 5)
    reply = me.score(last, 4)
    assert reply.location.startswith(me.base + "?")
    page = words_of(me.client.get(reply.location))
    assert f"Saved: 4 for {me.answer(last).criteria[0].name}" in page
    assert "You have scored all your answers. Thank you." in page


def test_a_post_without_a_score_is_refused_in_words(arrive):
    me = arrive()
    reply = me.client.post(me.path(me.handles()[0]), data={})
    assert reply.status_code == 400
    assert "Choose a score." in words_of(reply)


def _undo(me, handle, criterion=0, **more):
    key = me.answer(handle).criteria[criterion].id
    return me.client.post(me.path(handle), data={f"undo-{key}": "1", **more})


def test_undo_shows_the_answer_again_with_its_reason_still_typed(arrive):
    me = arrive()
    first = me.handles()[0]
    landed = me.score(first, 2, reason="General claims.").location
    assert f'name="undo-{me.answer(first).criteria[0].id}"' in me.client.get(landed).text
    page = _undo(me, first)
    assert "Taken back: 2 for Putting things right" in words_of(page)
    assert "General claims.</textarea>" in page.text
    assert me.scores() == []


def test_the_last_score_of_all_can_be_undone_from_the_queue(arrive):
    me = arrive()
    for handle in me.handles():
        landed = me.score(handle, 5).location
    assert landed.startswith(me.base + "?")
    assert 'name="undo-' in me.client.get(landed).text


def test_undo_keeps_what_is_typed_beside_other_criteria(arrive, several_criteria):
    me = arrive()
    several_criteria(me.campaign_id)
    first = me.handles()[0]
    me.score(first, 5)
    other = me.answer(first).criteria[1].id
    page = _undo(me, first, **{f"reason-{other}": "Half a thought"})
    assert "Half a thought</textarea>" in page.text


def test_the_same_score_sent_again_goes_on_as_it_would_have_the_first_time(arrive):
    me = arrive()
    first, second, *_ = me.handles()
    me.score(first, 5)
    assert me.score(first, 5).location.startswith(me.path(second) + "?")


def test_the_time_left_shows_after_five_answers_of_known_length_and_not_before(arrive, world):
    me = arrive()
    for number, handle in enumerate(me.handles()[:6], 1):
        world.clock.advance(minutes=2)
        page = words_of(me.client.get(me.score(handle, 5).location))
        assert ("at your recent pace" in page) is (number == 6)
    assert "10 minutes to 15 minutes left at your recent pace" in page


def test_a_moved_measure_is_told_where_it_moved_and_speaks_of_ones_own_scores_alone(arrive):
    me = arrive(applications=62)
    first, second = (
        [item.handle for item in me.queue().items if item.question_number == number] for number in (1, 2)
    )
    assert len(first) >= 40
    for place, handle in enumerate(first):
        me.score(handle, 6 if place < 20 else 4)
    hint = "Your last 20 scores for Putting things right are 2 lower on average than your first 20."
    assert hint in words_of(me.client.get(me.path(first[-1])))
    assert "Your last 20" not in words_of(me.client.get(me.path(second[0])))
    assert "Putting things right (question 1) are 2 lower" in words_of(me.client.get(me.base))
