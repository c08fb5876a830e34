"""GOV.UK widgets: the port's where it has them, our own for radios, checkboxes and dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from govuk_frontend_wtf import wtforms_widgets as port
from markupsafe import Markup
from wtforms import Field

from recruitment.web.messages import catalogue, say, say_made


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fresh dict: the port's own merger changes what it is given, and widgets are shared."""
    merged = {key: merge(value, {}) if isinstance(value, Mapping) else value for key, value in base.items()}
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = (
            merge(old if isinstance(old, Mapping) else {}, value) if isinstance(value, Mapping) else value
        )
    return merged


def render(template: str, params: Mapping[str, Any]) -> Markup:
    """One field. It needs nothing of the page's own names, which `render_template` would gather for each."""
    html = current_app.jinja_env.get_template(template).render(params=params)
    return Markup(html)  # noqa: S704 # nosec B704


_PLURALS = ("zero", "one", "two", "few", "many", "other")


class Configured:
    """Mixed in before a widget of the port: macro parameters set once, where the field is declared."""

    template: str

    def __init__(self, **params: Any) -> None:
        super().__init__()
        self.params = params

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        kwargs["params"] = merge(self.params, kwargs.get("params", {}))
        return super().__call__(field, **kwargs)  # type: ignore[misc]

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        for part in ("label", "hint", "errorMessage"):
            if params.get(part):
                params[part]["text"] = say_made(params[part]["text"])
        for item in params.get("items", ()):
            item["text"] = say_made(item["text"])
        return params

    def render(self, params: Mapping[str, Any]) -> Markup:
        return render(self.template, params)


class TextInput(Configured, port.GovTextInput):
    """A single line."""


class PasswordInput(Configured, port.GovPasswordInput):
    """A password, never shown again after an error."""


class TextArea(Configured, port.GovTextArea):
    """Several lines."""


class CountedTextArea(Configured, port.GovCharacterCount):
    """Several lines with a count of the words or characters left."""

    def render(self, params: Mapping[str, Any]) -> Markup:
        return super().render({**params, **_counting_in_words(in_words=bool(params.get("maxwords")))})


def _counting_in_words(*, in_words: bool) -> dict[str, Any]:
    """What the script of the count says, in the page's language; it brings its English with it."""
    found = catalogue()
    if not found.texts:
        return {}

    most_words = found.say("You can enter up to %{count} words")
    most = most_words if in_words else found.say("You can enter up to %{count} characters")

    def by_number(singular: str, plural: str) -> dict[str, str]:
        forms = found.counts.get(singular, ())
        return {name: form.replace("{count}", "%{count}") for name, form in zip(_PLURALS, forms, strict=False)}

    return {
        "textareaDescriptionText": most,
        "wordsUnderLimitText": by_number("You have {count} word remaining", "You have {count} words remaining"),
        "wordsOverLimitText": by_number("You have {count} word too many", "You have {count} words too many"),
        "wordsAtLimitText": found.say("You have 0 words remaining"),
        "charactersUnderLimitText": by_number(
            "You have {count} character remaining", "You have {count} characters remaining"
        ),
        "charactersOverLimitText": by_number(
            "You have {count} character too many", "You have {count} characters too many"
        ),
        "charactersAtLimitText": found.say("You have 0 characters remaining"),
    }


class SelectInput(Configured, port.GovSelect):
    """A drop-down list."""


class FileInput(Configured, port.GovFileInput):
    """A plain file input; the scripted one of GOV.UK Frontend 6 fails axe."""


class _Group:
    """A fieldset: legend, hint, error message and its items."""

    template: str

    def _params(self, field: Any, kwargs: Mapping[str, Any]) -> dict[str, Any]:
        params: dict[str, Any] = {
            "id": field.id,
            "idPrefix": field.id,
            "name": field.name,
            "fieldset": {"legend": {"text": say_made(field.label.text), "classes": "govuk-fieldset__legend--s"}},
        }
        if field.description:
            params["hint"] = {"text": say_made(field.description)}
        if field.errors:
            params["errorMessage"] = {"text": say_made(field.errors[0])}
        return merge(params, kwargs.get("params", {}))

    def _render(self, params: Mapping[str, Any]) -> Markup:
        return render(self.template, params)


class Options(_Group):
    """Radios or checkboxes with hints, a divider, and a write-in that also shows without JavaScript."""

    def __init__(self, kind: str, *, is_inline: bool = False) -> None:
        self.template = f"govuk_frontend_wtf/{kind}.html"
        self.classes = f"govuk-{kind}--inline" if is_inline else ""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        items: list[dict[str, Any]] = []
        for number, option in enumerate(field.options):
            if option.divider:
                items.append({"divider": say(option.divider)})
            item: dict[str, Any] = {
                "id": field.id if number == 0 else f"{field.id}-{number + 1}",
                "value": option.value,
                "text": say_made(option.label),
                "checked": field.is_selected(option.value),
            }
            if option.hint:
                item["hint"] = {"text": say_made(option.hint)}
            if option.is_exclusive:
                item["behaviour"] = "exclusive"
            if option.reveals:
                item["conditional"] = {"html": field.page_form[option.reveals]()}
            items.append(item)
        html = self._render(self._params(field, kwargs) | {"items": items, "classes": self.classes})
        # GOV.UK's script would put aria-expanded on the radio, which ARIA forbids; site.css shows and hides.
        plain = str(html).replace("__conditional--hidden", "__conditional--unchosen")
        for item in items:
            plain = plain.replace(f' data-aria-controls="conditional-{item.get("id")}"', "")
        return Markup(plain)  # noqa: S704 # nosec B704


class SingleCheckbox(_Group):
    """One box to tick; its label is the statement, so there is no legend."""

    template = "govuk_frontend_wtf/checkboxes.html"

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        params = self._params(field, kwargs)
        params["fieldset"] = None
        item = {"id": field.id, "value": "y", "text": say_made(field.label.text), "checked": bool(field.data)}
        return self._render(params | {"items": [item]})


_PARTS = {"day": "Day", "month": "Month", "year": "Year"}


class DateBoxes(_Group):
    """Day, month and year; only the boxes that are wrong are marked."""

    template = "govuk_frontend_wtf/date.html"

    def __init__(self, *, is_birthday: bool = False) -> None:
        self.is_birthday = is_birthday

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        items = []
        for part, typed, width in zip(_PARTS, field.typed, (2, 2, 4), strict=True):
            wrong = " govuk-input--error" if field.errors and part in field.wrong_parts else ""
            item = {
                "label": say(_PARTS[part]),
                "id": f"{field.id}-{part}",
                "name": f"{field.name}-{part}",
                "classes": f"govuk-input--width-{width}{wrong}",
                "value": typed,
            }
            if self.is_birthday:
                item["autocomplete"] = f"bday-{part}"
            items.append(item)
        return self._render(self._params(field, kwargs) | {"items": items})
