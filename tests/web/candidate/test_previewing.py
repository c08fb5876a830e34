"""“This is what shortlisters will read”: what is hidden shows as hidden, and the candidate hides more."""

MARK = '<span class="passage-hidden">hidden</span>'


def readable(page) -> str:
    answers = page.text.split('<div class="govuk-body site-answer site-typed">')[1:]
    return " ".join(answer.split("</div>")[0] for answer in answers)


def test_a_name_in_an_answer_is_shown_as_hidden(applicant):
    applicant.write()
    first = applicant.questions()[0]
    assert "Philippa" in applicant.draft().content.answers[str(first.id)]
    shown = readable(applicant.page("/preview"))
    assert "Philippa" not in shown
    assert f"{MARK} was what they called me there." in shown


def test_the_candidate_hides_every_occurrence_of_a_passage_and_shows_it_again(applicant):
    applicant.write()
    question = applicant.questions()[0]
    text = "I ran the Lumbfoot pump. At lumbfoot\nwe saved water; Lumbfoots are rare."
    applicant.save(f"/question/{question.id}", answer=text)
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
    assert "What you have hidden here" in applicant.page("/preview").text
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
