"""“I recognise this person”: recorded and carried on, or passed to somebody else."""

from tests.web.shortlister.conftest import SHORTLISTERS, words_of


def test_recusal_passes_all_answers_of_that_person_to_somebody_else(arrive):
    me = arrive(applications=4)
    others = [arrive(part, me.campaign_id) for part in SHORTLISTERS[1:]]
    handle = me.handles()[0]
    application = me.applications()[handle]
    mine = [h for h, a in me.applications().items() if a == application]
    assert mine

    def readings():
        return sum(list(one.applications().values()).count(application) for one in (me, *others))

    before, total = readings(), len(me.handles())
    following = next(h for h in me.handles() if h not in mine)
    assert "Somebody else will score this person's answers." in words_of(
        me.client.get(me.path(handle) + "/recognise")
    )
    reply = me.client.post(me.path(handle) + "/recognise", data={"recognition": "recused"})
    assert reply.status_code == 303
    assert reply.location == f"{me.path(following)}?recused=1"
    assert application not in me.applications().values()
    assert len(me.handles()) == total - len(mine)
    assert readings() == before
    assert me.client.get(me.path(handle)).status_code == 404
    assert "You will not be told which they were." in words_of(me.client.get(reply.location))


def test_somebody_recognised_without_a_conflict_is_recorded_and_scored(arrive):
    me = arrive()
    handle = me.handles()[0]
    reply = me.client.post(me.path(handle) + "/recognise", data={"recognition": "no_conflict"})
    assert reply.location == f"{me.path(handle)}?recognised=1"
    assert "there is no conflict. You can score the answer." in words_of(me.client.get(reply.location))
    assert me.queue().items[0].recognition == "no_conflict"
    assert "Answer 1 Recognised," in words_of(me.client.get(me.base))
    assert me.score(handle, 5).status_code == 303


def test_recognition_needs_a_choice(arrive):
    me = arrive()
    reply = me.client.post(me.path(me.handles()[0]) + "/recognise", data={})
    assert reply.status_code == 400
    assert "Select whether there is a conflict of interest" in words_of(reply)
    assert me.queue().items[0].recognition == ""


def test_another_shortlisters_answer_cannot_be_recused(arrive):
    me = arrive()
    other = arrive("shortlister_two", me.campaign_id)
    before = other.handles()
    path = me.path(before[0]) + "/recognise"
    assert me.client.post(path, data={"recognition": "recused"}).status_code == 404
    assert other.handles() == before


def test_answers_taken_over_stand_by_lot_among_those_to_the_same_question(arrive):
    me = arrive(applications=8)
    others = [arrive(part, me.campaign_id) for part in SHORTLISTERS[1:]]
    before = [one.handles() for one in others]
    me.client.post(me.path(me.handles()[0]) + "/recognise", data={"recognition": "recused"})
    taken = 0
    for one, handles in zip(others, before, strict=True):
        now = one.handles()
        numbers = [item.question_number for item in one.queue().items]
        assert numbers == sorted(numbers)
        assert [handle for handle in now if handle in handles] == handles
        taken += len(now) - len(handles)
    assert taken
