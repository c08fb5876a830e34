"""Texts are found in templates without marks, and a translation comes in their place."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from recruitment.rules.messages import Catalogue
from recruitment.web.template_texts import TemplateTexts
from recruitment.web.texts import Noted, Said


def texts_of(source: str) -> set[str]:
    noted = Noted()
    TemplateTexts(noted).rewrite(Environment(autoescape=True).parse(source))
    return noted.texts


def rendered(source: str, said: dict[str, str], **values: object) -> str:
    environment = Environment(autoescape=True)
    template = TemplateTexts(Said(Catalogue("cy", said))).rewrite(environment.parse(source))
    template.set_environment(environment)
    code = environment.compile(template)
    made = environment.template_class.from_code(environment, code, environment.globals)
    return made.render(**values)


def test_a_text_stands_between_tags_and_holds_links_and_values_as_places():
    source = '<p class="a">See <a href="/{{ path }}">your  page</a>,\n  {{ person.name }}.</p><p>Next</p>'
    assert texts_of(source) == {"See <1>your page</1>, {name}.", "Next"}
    said = {"See <1>your page</1>, {name}.": "{name}, gweler <1>eich tudalen</1>.", "Next": "Nesaf"}
    values = {"path": "x", "person": {"name": "<b>"}}
    assert rendered(source, said, **values) == (
        '<p class="a">&lt;b&gt;, gweler <a href="/x">eich tudalen</a>.</p><p>Nesaf</p>'
    )


def test_a_tag_that_goes_round_a_whole_text_is_no_part_of_it():
    assert texts_of("<li> <a href='/'><b>All of it</b></a> </li>") == {"All of it"}


def test_attributes_that_are_read_out_are_texts_and_others_are_not():
    source = '<nav aria-label="Page {{ n }}" data-x="No">{% if a %}<i title="Here"></i>{% endif %}</nav>'
    assert texts_of(source) == {"Page {n}", "Here"}
    said = {"Page {n}": "Tudalen {n}", "Here": "Yma"}
    assert rendered(source, said, n=3, a=True) == (
        '<nav aria-label="Tudalen 3" data-x="No"><i title="Yma"></i></nav>'
    )


def test_what_control_structures_put_into_a_tag_is_no_text():
    source = '<details{{ " open" if a }}{% if b %} class="Big One"{% endif %}>Words</details>'
    assert texts_of(source) == {"Words"}
    assert rendered(source, {"Words": "Geiriau"}, a=1, b=1) == '<details open class="Big One">Geiriau</details>'


@pytest.mark.parametrize(
    "source",
    [
        '{{ "Your name" if a else other }}',
        '{{ back(url_for("candidate.tasks"), "Your name") }}',
        '{{ panel({"classes": "Big One", "text": "Your name"}) }}',
        '{% set heading = "Your name" %}',
        '{% for view, words in [("pages.help", "Your name")] %}{% endfor %}',
        '{{ name | default("Your name") }}',
    ],
)
def test_words_that_an_expression_shows_are_texts_and_codes_are_not(source):
    assert texts_of(source) == {"Your name"}


def test_what_is_compared_or_names_something_is_never_changed():
    source = '{% if kind == "Yes" %}{{ rows | selectattr("Yes") | list }}{{ words["Yes"] }}{% endif %}'
    assert texts_of(source) == set()


def test_scripts_and_styles_hold_no_texts():
    assert texts_of("<style>p { color: Red one }</style><script>Let it be</script><p>Words</p>") == {"Words"}


def test_counts_are_noted_with_both_their_forms():
    noted = Noted()
    source = '{{ n | count("mark") }} {{ n | count("entry", "entries") }}'
    TemplateTexts(noted).rewrite(Environment(autoescape=True).parse(source))
    assert noted.counts == {"{count} mark": "{count} marks", "{count} entry": "{count} entries"}
