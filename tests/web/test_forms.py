from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from recruitment.web import forms
from recruitment.web.filters import counted, moment_in_words, paragraphs, time_left
from recruitment.web.forms import Option, PageForm

ROOT = Path(__file__).resolve().parents[2]


class Page(PageForm):
    name = forms.text("Full name", required="Enter your full name")
    group = forms.radios(
        "Group",
        [
            Option("white", "White", hint="Includes any White background"),
            Option("other", "Other", reveals="group_other", reveals_required="Describe your group"),
            Option("none", "Prefer not to say", divider="or"),
        ],
    )
    group_other = forms.text("Your group", max_length=20)
    born = forms.date("Date of birth", required="Enter your date of birth")
    statement = forms.long_text("Statement", max_words=3)
    years = forms.whole_number("Years", minimum=0, maximum=60)
    hours = forms.decimal("Hours")
    sure = forms.checkbox("This is true", required="Confirm that this is true")


GOOD = {
    "name": "Ada", "born-day": "27", "born-month": "3", "born-year": "1980", "sure": "y", "years": "0",
}  # fmt: skip


@pytest.fixture
def page():
    app = Flask(__name__, template_folder=ROOT / "templates")
    app.secret_key = "only for this test"
    app.config["WTF_CSRF_ENABLED"] = False
    forms.init_forms(app)
    with app.test_request_context("/", method="POST"):
        yield lambda **typed: Page(MultiDict({**GOOD, **typed}))


def links(form: PageForm) -> dict[str, str]:
    form.validate()
    return {link["href"]: link["text"] for link in form.error_links()}


def test_a_good_page_has_no_errors_and_typed_values(page):
    form = page(hours="37.5")
    assert links(form) == {}
    assert (form.born.data, form.years.data, form.hours.data) == (date(1980, 3, 27), 0, Decimal("37.5"))


def test_a_page_posted_with_nothing_in_it_asks_for_all_that_is_needed(page):
    assert links(page()) == {}
    form = Page(MultiDict())
    assert {"#name", "#born-day", "#sure"} <= links(form).keys()


def test_each_error_links_to_the_control_that_is_wrong(page):
    form = page(name=" ", sure="", statement="one two three four", years="-1", hours="NaN", **{"born-day": ""})
    assert links(form) == {
        "#name": "Enter your full name",
        "#born-day": "Date of birth must include a day",
        "#statement": "Statement must be 3 words or fewer",
        "#years": "Years must be between 0 and 60",
        "#hours": "Hours must be a number, like 4.5",
        "#sure": "Confirm that this is true",
    }
    rendered = "".join(str(field()) for field in form.fields_to_show())
    assert [href for href in links(form) if f'id="{href[1:]}"' not in rendered] == []


@pytest.mark.parametrize("typed", ["a\x00b", "a\ud800b", "a\x1bb"])
def test_a_character_that_cannot_be_stored_is_told_and_the_rest_is_kept(page, typed):
    form = page(name=typed, statement=typed, **{"born-year": typed})
    assert links(form)["#name"] == "Full name contains a character that cannot be stored"
    assert links(form)["#statement"] == "Statement contains a character that cannot be stored"
    assert links(form)["#born-year"] == "Date of birth contains a character that cannot be stored"
    assert 'value="a�b"' in str(form.name()).encode().decode()
    assert "a�b" in str(form.born()).encode().decode()


def test_200_characters_are_taken_and_201_refused(page):
    assert links(page(name="é" * 200)) == {}
    assert links(page(name="é" * 201)) == {"#name": "Full name must be 200 characters or fewer"}


def test_a_line_end_counts_as_one_character_as_in_the_browser(page):
    assert page(statement="one\r\ntwo\x0bthree").statement.data == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("31", "2", "1980"), "Date of birth must be a real date"),
        (("", "", ""), "Enter your date of birth"),
        (("1", "", ""), "Date of birth must include a month and year"),
        (("1", "1", "80"), "Year must include 4 numbers"),
        (("x", "1", "1980"), "Date of birth must be a real date"),
        (("1", "Sept", "1980"), None),
    ],
)
def test_only_a_real_date_is_taken_and_what_was_typed_stays(page, typed, told):
    form = page(**dict(zip(("born-day", "born-month", "born-year"), typed, strict=True)))
    assert next(iter(links(form).values()), None) == told
    assert all(f'value="{part}"' in form.born() for part in typed if part)


def test_a_write_in_is_asked_for_with_its_option_and_dropped_without(page):
    assert links(page(group="other")) == {"#group_other": "Describe your group"}
    form = page(group="white", group_other="typed before")
    assert links(form) == {}
    assert form.group_other.data is None


def test_an_option_that_was_not_offered_is_refused(page):
    assert links(page(group="forged")) == {"#group": "Select an option from the list"}


def test_radios_show_hint_divider_and_write_in_without_javascript(page):
    rendered = str(page(group="other", group_other='<b>"').group())
    assert "Includes any White background" in rendered
    assert 'class="govuk-radios__divider">or<' in rendered
    assert 'name="group_other"' in rendered
    assert ("<b>" in rendered, "govuk-radios__conditional--hidden" in rendered) == (False, False)


def test_times_are_told_in_uk_time_and_typed_text_is_escaped():
    summer = datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    assert moment_in_words(summer) == "5pm on 1 July 2026"
    assert moment_in_words(datetime(2026, 11, 22, 12, 0)) == "midday on 22 November 2026"
    assert time_left(summer, datetime(2026, 6, 29, 15, 0)) == "2 days left"
    assert time_left(summer, summer) == "closed"
    assert [counted(1, "answer"), counted(2, "answer"), counted(2, "reply", "replies")] == [
        "1 answer", "2 answers", "2 replies",
    ]  # fmt: skip
    assert paragraphs("<b>\nx\n\ny") == ('<p class="govuk-body">&lt;b&gt;<br>x</p>\n<p class="govuk-body">y</p>')
