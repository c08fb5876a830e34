"""“This is what shortlisters will read”: hidden shows as hidden, with the reason; one can hide more."""

import html
import re

from recruitment.services.redacted import pieces_of, shown_parts
from recruitment.services.submissions import content_of_draft, redact_texts

MARK = '<span class="passage-hidden">hidden</span>'
NUMBER = re.compile(r'<sup class="preview-number">.*?</sup>')


def readable(page) -> str:
    """The answers as they are shown, without the numbers that are for the candidate alone."""
    answers = re.findall(r'<div class="govuk-body site-answer site-typed"[^>]*>(.*?)</div>', page.text, re.S)
    assert answers
    return " ".join(NUMBER.sub("", answer) for answer in answers)


def lists_of(page) -> str:
    """What stands below the answers: the hidden words, and why."""
    forms = re.findall(r'<form method="post" action="[^"]*/ask".*?</form>', page.text, re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(forms))).split())


def test_a_name_in_an_answer_is_shown_as_hidden(applicant):
    applicant.write()
    first = applicant.questions()[0]
    assert "Philippa" in applicant.draft().content.answers[str(first.id)]
    shown = readable(applicant.page("/preview"))
    assert "Philippa" not in shown
    assert f"{MARK} was what they called me there." in shown


def test_the_text_is_to_the_letter_what_a_submission_would_give_shortlisters(applicant):
    applicant.write()
    question = applicant.questions()[0]
    applicant.save(f"/question/{question.id}", answer="Philippa & I\n\nrang <b>you</b> on 07700 900123, she said.")
    world = applicant.world
    with world.public_desk.sessions.reading() as session:
        content = content_of_draft(
            session, actor=applicant.actor, desk=world.public_desk, campaign_id=applicant.campaign_id
        )
    pieces = pieces_of(redact_texts(world.public_desk, content)[question.id])
    expected = "".join("[hidden]" if part.is_hidden else part.text for part in shown_parts(pieces))
    shown = re.sub(r"<[^>]+>", "", readable(applicant.page("/preview")).replace(MARK, "[hidden]"))
    assert html.unescape(shown).startswith(expected)
    assert "[hidden]" in expected and "Philippa" not in expected


def test_the_list_says_what_each_mark_hides_and_why_and_counts_what_is_alike_once(applicant):
    applicant.write()
    question = applicant.questions()[0]
    applicant.save(
        f"/question/{question.id}",
        answer="Philippa led it. PHILIPPA knew why. Ring 07700 900123.",
    )
    page = applicant.page("/preview")
    listed = lists_of(page)
    assert "It has your name, or part of it." in listed
    assert "Philippa marks 1, 2 This was hidden wrongly" in listed
    assert "It looks like a telephone number." in listed
    assert "07700 900123 mark 3 This was hidden wrongly" in listed
    assert page.text.count('id="words-1-') == 2


def test_a_long_answer_opens_its_reasons_one_by_one(applicant):
    applicant.write()
    question = applicant.questions()[0]
    numbers = " ".join(f"Ring 07700 9001{number:02} now." for number in range(30))
    applicant.save(f"/question/{question.id}", answer=f"Philippa led it. {numbers}")
    page = applicant.page("/preview")
    assert "It looks like a telephone number. (30 marks)" in lists_of(page)
    assert page.text.count('<details class="govuk-details">') == 2
    assert '<details class="govuk-details" open>' not in page.text
    page = applicant.page("/preview?answer=1&mark=7")
    assert page.text.count('<details class="govuk-details" open>') == 1


def test_the_candidate_hides_every_occurrence_of_a_passage_and_shows_it_again(applicant):
    applicant.write()
    question = applicant.questions()[0]
    text = "I ran the Lumbfoot pump. At lumbfoot\nwe saved water; Lumbfoots are rare."
    applicant.save(f"/question/{question.id}", answer=text)
    assert "Lumbfoot pump" in readable(applicant.page("/preview"))
    here = f"/preview/{question.id}"
    saved = applicant.client.post(
        applicant.at + here + "/hide",
        data={"answer-1-passage": "Lumbfoot", "answer-1-version": applicant.draft().version},
    )
    assert saved.status_code == 303
    assert applicant.draft().content.hidden[str(question.id)] == ((10, 18), (28, 36))
    shown = readable(applicant.page("/preview"))
    assert "Lumbfoot " not in shown
    assert "lumbfoot" not in shown
    assert "What you have hidden here Lumbfoot marks 1, 2 Show again" in lists_of(applicant.page("/preview"))
    applicant.client.post(
        applicant.at + here + "/show-again", data={"passage": "Lumbfoot", "version": applicant.draft().version}
    )
    assert applicant.draft().content.hidden[str(question.id)] == ()


def test_words_that_are_not_in_the_answer_are_refused_and_kept_on_the_page(applicant, errors_of):
    applicant.write()
    question = applicant.questions()[0]
    page = applicant.client.post(
        f"{applicant.at}/preview/{question.id}/hide",
        data={"answer-1-passage": "Nowhere at all", "answer-1-version": applicant.draft().version},
    )
    assert page.status_code == 400
    assert errors_of(page) == ["Enter words that are in this answer and not hidden yet, exactly as you wrote them"]
    assert "Nowhere at all</textarea>" in page.text
    # The field stands in a part that opens.
    assert "Nowhere at all" in page.text.split('preview-hide" open>')[1].split("</details>")[0]


def test_a_hidden_passage_follows_when_the_answer_changes(applicant):
    applicant.write()
    question = applicant.questions()[0]
    applicant.save(f"/question/{question.id}", answer="I ran the Lumbfoot pump.")
    applicant.client.post(
        f"{applicant.at}/preview/{question.id}/hide",
        data={"answer-1-passage": "Lumbfoot", "answer-1-version": applicant.draft().version},
    )
    applicant.save(f"/question/{question.id}", answer="For years I ran the Lumbfoot pump.")
    assert applicant.draft().content.hidden[str(question.id)] == ((20, 28),)


def test_the_preview_of_an_empty_application_says_what_to_do(applicant):
    applicant.begin()
    assert applicant.page("/preview").text.count("You have not answered this yet") == 3
