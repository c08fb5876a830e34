"""Promise 1: until the shortlist is frozen and revealed, nothing that identifies a candidate, or tells a protected
characteristic, reaches a shortlister by any path.

Two worlds come from one clock and one random source. They differ only in one candidate's withheld facts: name,
address, college, adjustments, opt-in, relationships, equality answers; the name that stands in the text is
swapped there too. Every page and form that a shortlister can reach, on both sites and in every state of the
campaign, must be the same to the byte. (The candidate meets no minimum, so the opt-in changes nobody's place:
whom the scheme adds to a shortlist is in its length, which the second person at the reveal sees.)
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid
from recruitment.rules.second_looks import LeakKind
from recruitment.services import (
    coverage,
    moderation,
    moderation_lists,
    reveals,
    sample_answers,
    scores,
    second_looks,
    shortlists,
    sift,
    text_reports,
)
from recruitment.store.applications import SealedRecord
from recruitment.store.campaigns import list_questions
from tests.support.canaries import Withheld, apply
from tests.support.crawler import Heard, crawl, differences, heard
from tests.support.published import NAMES
from tests.support.requirements import check_requirements
from tests.support.world import World

ONE = Withheld()
OTHER = Withheld(
    first="Bo",
    last="Tanqueraymoor-Lindqvist",
    email="bo@elsewhere.example",
    phone="+44 7700 900002",
    street="Flat 2, 1 Oakcanary House",
    town="Penrhyndeudraeth",
    postcode="LL48 6AB",
    college="Llandrillo College",
    adjustments=(),
    detail="",
    opt_in=False,
    related="",
    registration="07A0001Z",
    equality={},
)
SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")

# What no shortlister can reach, in any state: (endpoint, why). Tried directly all the same, and compared.
PUBLIC_OUT_OF_REACH = {
    "static": "files, the same for everybody; compared once below",
    "account.open_link": "needs a candidate's one-time token",
    "account.enrol": "needs an enrolment token",
    "account.sign_out": "ends the visit; compared once below",
}
CANDIDATE_ONLY = "a candidate's own pages: a member of staff gets 404"
STAFF_OUT_OF_REACH = "needs a role that a shortlister may not hold, or comes after the reveal"


def score_all(world: World, campaign_id) -> None:
    """Everything gets 5 and the candidate in question 2: below every minimum, in both worlds alike."""
    desk = world.public_desk
    for part in SHORTLISTERS:
        actor = world.actor(part)
        with desk.sessions.reading() as session:
            queue = sift.read_queue(session, actor=actor, campaign_id=campaign_id, per_page=1000)
        for item in queue.items:
            with desk.sessions.writing() as session:
                answer = sift.read_answer(
                    session, actor=actor, desk=desk, campaign_id=campaign_id, handle=item.handle
                )
                text = "".join(part.text for part in answer.parts)
                low = any(words in text for words in ("fell by 30", "what each source", "twenty carers"))
                for criterion in answer.criteria:
                    scores.score_answer(
                        session,
                        actor=actor,
                        desk=desk,
                        campaign_id=campaign_id,
                        handle=item.handle,
                        criterion_id=criterion.id,
                        value=2 if low else 5,
                        reason="Too general." if low else "",
                    )


def states(world: World, withheld: Withheld) -> Iterator[str]:
    """Brings a campaign on, state by state; the candidate applies first."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    world.application_id = apply(world, campaign_id, withheld)
    world.campaign_id = campaign_id
    world.sample_id, _ = _write_samples(world, campaign_id)
    yield "open"
    assert check_requirements(world, campaign_id) == [withheld.registration]  # differs in the two worlds
    yield "requirements checked"
    world.clock.advance(days=20)
    yield "closed"
    with world.staff_desk.sessions.writing() as session:
        sift.open_sift(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    yield "sift begun"
    score_all(world, campaign_id)
    yield "scored by all"
    _tell_of_texts(world, campaign_id)
    yield "texts reported and looked at again"
    _differ(world, campaign_id)
    with desk.sessions.writing() as session:
        assert moderation.arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    yield "in moderation"
    _agree(world, campaign_id)
    with desk.sessions.writing() as session:
        coverage.lock_scores(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    yield "locked"
    with desk.sessions.writing() as session:
        shortlists.set_interview_line(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id, line=14, reason="Room for four."
        )
    yield "line set"
    with desk.sessions.reading() as session:
        resolution = shortlists.resolve_disability_confident(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id
        )
    assert world.application_id not in resolution.shortlisted
    with desk.sessions.writing() as session:
        shortlists.freeze_shortlist(session, actor=recruiter, desk=desk, resolution=resolution)
    yield "frozen"
    with desk.sessions.writing() as session:
        reveals.ask_reveal(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    yield "reveal asked"


def _write_samples(world: World, campaign_id) -> list:
    """Two invented answers, unscored when the crawl comes to them."""
    with world.staff_desk.sessions.writing() as session:
        asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign_id}
        asked["question_id"] = list_questions(session, campaign_id)[0].id
        return [
            sample_answers.add_sample(session, **asked, text=text)
            for text in ("We measured it before and after.", "I am good with people.")
        ]


def _differ(world: World, campaign_id) -> None:
    """One shortlister changes a score of the candidate's so that it must be moderated."""
    desk, actor = world.public_desk, world.actor("shortlister_one")
    with desk.sessions.writing() as session:
        queue = sift.read_queue(session, actor=actor, campaign_id=campaign_id, per_page=1000)
        answer = sift.read_answer(
            session, actor=actor, desk=desk, campaign_id=campaign_id, handle=queue.items[0].handle
        )
        for criterion in answer.criteria:
            scores.score_answer(
                session,
                actor=actor,
                desk=desk,
                campaign_id=campaign_id,
                handle=answer.handle,
                criterion_id=criterion.id,
                value=7,
            )


def _tell_of_texts(world: World, campaign_id) -> None:
    """Words of the candidate's are marked: by shortlisters, beside a hidden name and alone, and by a clearer."""
    desk, clearer = world.public_desk, world.actor("member")
    marked = 0
    for part in SHORTLISTERS:
        actor = world.actor(part)
        with desk.sessions.reading() as session:
            queue = sift.read_queue(session, actor=actor, campaign_id=campaign_id, per_page=1000)
        for item in queue.items:
            for words in ("hidden, rang every family", "weighed it fairly", "a desk for carers"):
                marked += _report(world, campaign_id, actor, item.handle, words)
    assert marked >= 3, "what may be marked must be there"
    with world.staff_desk.sessions.writing() as session:
        page = second_looks.read_second_look(
            session, actor=clearer, desk=world.staff_desk, campaign_id=campaign_id
        )
        words = next(part.text for part in page.text.parts if not part.is_hidden).split(".")[0]
        asked = {"actor": clearer, "desk": world.staff_desk, "campaign_id": campaign_id, "position": 1}
        second_looks.mark_leak(session, **asked, words=words, kind=LeakKind.IDENTITY)
        second_looks.finish_look(session, **asked)


def _report(world: World, campaign_id, actor, handle, words: str) -> bool:
    asked = {"actor": actor, "desk": world.public_desk}
    try:
        with world.public_desk.sessions.reading() as session:
            prepared = text_reports.prepare_report(
                session, **asked, campaign_id=campaign_id, handle=handle, words=words
            )
        with world.public_desk.sessions.writing() as session:
            text_reports.report_text(session, **asked, prepared=prepared)
    except Invalid:
        return False
    return True


def _agree(world: World, campaign_id) -> None:
    desk = world.public_desk
    for part in SHORTLISTERS:
        actor = world.actor(part)
        with desk.sessions.writing() as session:
            for item in moderation_lists.list_moderation(session, actor=actor, campaign_id=campaign_id):
                if item.is_agreed:
                    continue
                moderation.propose_score(
                    session,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    handle=item.handle,
                    criterion_id=item.criterion_id,
                    value=4,
                    reason="Agreed.",
                )


def every_rule(app, client, world: World) -> Iterator[Heard]:
    """Each rule of the map asked for directly, with the ids of this campaign and of the candidate."""
    values = {
        "campaign_id": world.campaign_id,
        "application_id": world.application_id,
        "handle": world.application_id,
        "question_id": world.campaign_id,
        "sample_id": world.sample_id,
        "criterion_id": world.campaign_id,
        "vacancy_id": world.campaign_id,
        "person_id": world.people["recruiter"],
        "token": "0" * 64,
        "filename": "site.css",
        "site_name": "staff",
        "rule": "size",
        "item": "briefing",
        "finding": "missing_pay",
        **{"ending": "csv", "name": "administrative"},
        **{"code": "cy", "part": "name"},
        **{"outcome": "not_shortlisted", "position": 2},
        **dict.fromkeys(("challenge_id", "waiver_id", "library_id", "asked_id", "scorer_id"), world.campaign_id),
        **dict.fromkeys(("tie_break_id", "assessment_id", "closing_id"), world.campaign_id),
        **dict.fromkeys((*NAMES, "entered_id", "paper_id", "recognised_id"), world.campaign_id),
        "what": "withdraw",
        "member_id": world.people["member"],
    }
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        if rule.endpoint == "account.sign_out":
            continue
        with app.test_request_context():
            path = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)[1]
        for method in sorted(rule.methods & {"GET", "POST"}):
            with client.open(path, method=method) as response:
                yield heard(f"{method} {path}", response)


def guess(world: World, part: str) -> Iterator[Heard]:
    """A report on each answer of the queue that guesses at the candidate's name, once each of both worlds."""
    client = world.public_client()
    world.sign_in(client, part)
    with world.public_desk.sessions.reading() as session:
        queue = sift.read_queue(session, actor=world.actor(part), campaign_id=world.campaign_id, per_page=1000)
    for item in queue.items:
        path = f"/sift/{world.campaign_id}/answers/{item.handle}/report"
        for name in (ONE.first, ONE.last, OTHER.first, OTHER.last):
            answer = client.post(path, data={"words": name, "knows": "no"})
            assert answer.status_code == 400
            yield heard(f"POST {path} {part} {item.place} guess", answer)


def listen(world: World, submit: bool, beyond_links: bool) -> list[Heard]:
    """What the three shortlisters hear on both sites; `beyond_links`: from every rule of the map as well."""
    log = []
    for part in SHORTLISTERS:
        log += guess(world, part)
        for app, client, roots in (
            (world.public_app, world.public_client(), ["/sift", "/"]),
            (world.staff_app, world.staff_client(), ["/"]),
        ):
            world.sign_in(client, part)
            # Forms of the staff site would move the campaign on (the chair agrees to the reveal): read, not sent.
            log += crawl(client, roots, submit=submit and app is world.public_app)
            # Two suffice for what lies beyond the links: one who only scores, one who chairs the panel as well.
            if beyond_links and part != "shortlister_two":
                log += every_rule(app, client, world)
    return log


def reached(app, log: list[Heard]) -> set[str]:
    """The endpoints that answered with something other than a refusal."""
    adapter = app.url_map.bind("localhost")
    found = set()
    for entry in log:
        method, path = entry.request.split(" ")[:2]
        if entry.status < 400 and adapter.test(path.split("?")[0], method):
            found.add(adapter.match(path.split("?")[0], method)[0])
    return found


def test_a_shortlister_hears_the_same_to_the_byte_whoever_the_candidate_is(make_world):
    first, second = make_world(), make_world()
    is_sqlite = first.database.startswith("sqlite")
    whole: list[Heard] = []
    for one, other in zip(states(first, ONE), states(second, OTHER), strict=True):
        assert one == other
        # Who is refused is told by the same code on both databases: on PostgreSQL asked in two states of eleven.
        asked = {"submit": one == "sift begun", "beyond_links": is_sqlite or one in ("sift begun", "frozen")}
        log, log_of_other = listen(first, **asked), listen(second, **asked)
        assert [entry.request for entry in log] == [entry.request for entry in log_of_other], one
        for mine, theirs in zip(log, log_of_other, strict=True):
            assert differences(mine, theirs) == [], (one, mine.request)
        whole += log
        # What is typed stands in the answer's own page again.
        found = [entry for entry in log if not entry.request.endswith("guess")]
        assert [word for word in ONE.canaries if any(word in entry.body for entry in found)] == []
    # The two worlds do differ: what is sealed is another person's.
    _the_worlds_differ(first, second)
    _every_rule_was_reached_or_is_named(first, whole)


def _the_worlds_differ(first: World, second: World) -> None:
    from tests.promises.test_3_no_plaintext_at_rest import opened_name

    names = [opened_name(world, world.campaign_id, world.application_id) for world in (first, second)]
    assert names == ["Quenbyla Varnheskold", "Bo Tanqueraymoor-Lindqvist"]
    with first.staff_desk.sessions.reading() as session:
        assert session.get(SealedRecord, (first.campaign_id, first.application_id, "requests", "opt_in"))


def _every_rule_was_reached_or_is_named(world: World, log: list[Heard]) -> None:
    public = {rule.endpoint for rule in world.public_app.url_map.iter_rules()}
    got = reached(world.public_app, [entry for entry in log])
    unexplained = {
        endpoint
        for endpoint in public - got - PUBLIC_OUT_OF_REACH.keys()
        if not (endpoint.startswith("candidate.") or endpoint in ("account.check_email",))
    }
    assert unexplained == set(), "reach these in the crawl, or name why a shortlister cannot"
    assert "shortlister.answer" in got and "shortlister.moderation_case" in got and "shortlister.score" in got
    assert "shortlister.report" in got and "shortlister.sample" in got
    posted = [one for one in log if one.request.startswith("POST /sift/") and "/samples/" in one.request]
    assert any(one.status == 303 for one in posted), "a sample is scored by the crawl"
    assert any(entry.request.endswith("guess") for entry in log)
