"""Forms of the pages: GOV.UK fields and error words, and nothing typed is lost or makes a page fail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from flask import Flask, request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from recruitment.web import widgets
from recruitment.web.fields import DateField, NumberField, Option, OptionsField
from recruitment.web.messages import Environment, say_made

__all__ = [
    "Option", "PageForm", "checkbox", "checkboxes", "date", "decimal", "email", "file", "hidden",
    "init_forms", "long_text", "password", "radios", "select", "text", "whole_number", "words_in",
]  # fmt: skip

# What a database column, a spreadsheet or an XML document refuses.
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
_MOST_CHARACTERS = 30_000

Validator = Callable[[Any, Field], None]


def words_in(typed: str) -> int:
    """Count as the GOV.UK character count does in the browser, so that both agree."""
    return len(re.findall(r"\S+", typed))


def stored_as(typed: str) -> str:
    """Line ends as one character (as the browser counts them); what cannot be stored shows as U+FFFD."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return _UNSTORABLE.sub("�", lines)


class PageForm(FlaskForm):
    """Reads the posted page only (no JSON), and refuses in words what a database could not keep."""

    def __init__(self, formdata: MultiDict[str, Any] | None = None, **kwargs: Any) -> None:
        if formdata is None and request.method in {"POST", "PUT", "PATCH"}:
            formdata = MultiDict([*request.form.items(multi=True), *request.files.items(multi=True)])
        typed = list(formdata.items(multi=True)) if formdata is not None else []
        unstorable = {name for name, value in typed if isinstance(value, str) and _UNSTORABLE.search(value)}
        if formdata is not None:
            formdata = MultiDict((n, stored_as(v) if isinstance(v, str) else v) for n, v in typed)
        super().__init__(formdata=formdata, **kwargs)
        for field in _simple_fields(self):
            if isinstance(field, OptionsField):
                field.page_form = self
            if unstorable.intersection(getattr(field, "boxes", (field.name,))):
                sentence = f"{field.label.text} contains a character that cannot be stored"
                field.process_errors = [sentence]

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for field, option in self._reveals():
            revealed = self[option.reveals]
            if not field.is_selected(option.value):
                # A write-in under an option that was not chosen is dropped, never stored unseen; while nothing
                # valid is chosen, nothing is stored, and what was typed stays on the page.
                revealed.data, revealed.errors = revealed.data if field.errors else None, []
            elif option.reveals_required and not revealed.data and not revealed.errors:
                revealed.errors = [option.reveals_required]
        return not self.errors

    def _reveals(self) -> Iterator[tuple[OptionsField, Option]]:
        for field in self:
            if isinstance(field, OptionsField):
                yield from ((field, option) for option in field.options if option.reveals)

    def fields_to_show(self) -> list[Field]:
        """The fields in order, without hidden ones and without write-ins (shown with their option)."""
        revealed = {option.reveals for _, option in self._reveals()}
        hidden = (HiddenField,)
        return [f for f in self if f.short_name not in revealed and not isinstance(f, hidden)]

    def error_links(self) -> list[dict[str, str]]:
        """One link for each field in error, to its first control (the first box of a date that is wrong)."""
        links = []
        for field in _simple_fields(self):
            if field.errors and isinstance(field.errors[0], str):
                target = getattr(field, "first_error_id", field.id)
                links.append({"text": say_made(field.errors[0]), "href": f"#{target}"})
        return links

    @property
    def has_file(self) -> bool:
        return any(isinstance(field, FileField) for field in _simple_fields(self))


def _simple_fields(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _simple_fields(field.form)
        elif isinstance(field, FieldList):
            yield from _simple_fields(field.entries)
        else:
            yield field


def _required(sentence: str | None) -> list[Validator]:
    def check(form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation
        # Nought is an answer; an unticked box is not.
        if not field.data and (isinstance(field.data, bool) or field.data != 0):
            raise StopValidation(sentence)

    return [check] if sentence else []


def _at_most(noun: str, max_length: int | None, max_words: int | None = None) -> Validator:
    def check(form: Any, field: Field) -> None:
        typed = field.data or ""
        if max_words is not None and words_in(typed) > max_words:
            raise StopValidation(f"{noun} must be {max_words:,} words or fewer")
        if max_length is not None and len(typed) > max_length:
            raise StopValidation(f"{noun} must be {max_length:,} characters or fewer")

    return check


def _as_text(kept: Any) -> Any:
    return kept if kept is None else str(kept)


def _stripped(typed: Any) -> Any:
    return typed.strip() if isinstance(typed, str) else typed


def text(label: str, *, hint: str = "", required: str | None = None, max_length: int = 200, noun: str = "",
         width: int | None = None, autocomplete: str = "", inputmode: str = "", spellcheck: bool = True,
         validators: Sequence[Validator] = ()) -> Any:  # fmt: skip
    """Return a one-line field; `required` is the whole sentence to show, `noun` opens the other ones."""
    params: dict[str, Any] = {"spellcheck": spellcheck}
    if width:
        params["classes"] = f"govuk-input--width-{width}"
    if autocomplete:
        params["autocomplete"] = autocomplete
    if inputmode:
        params["inputmode"] = inputmode
    checks = [*_required(required), _at_most(noun or label, max_length), *validators]
    return StringField(label, checks, description=hint, filters=[_stripped], widget=widgets.TextInput(**params))


def long_text(label: str, *, hint: str = "", required: str | None = None, max_words: int | None = None,
              max_length: int | None = None, noun: str = "", rows: int = 8,
              validators: Sequence[Validator] = ()) -> Any:  # fmt: skip
    """Return a textarea, with GOV.UK's count of the words (or characters) left where there is a limit."""
    params: dict[str, Any] = {"rows": str(rows)}
    widget: Any = widgets.TextArea(**params)
    if max_words:
        widget = widgets.CountedTextArea(maxwords=max_words, **params)
    elif max_length:
        widget = widgets.CountedTextArea(maxlength=max_length, **params)
    limit = max_length or _MOST_CHARACTERS
    checks = [*_required(required), _at_most(noun or label, limit, max_words), *validators]
    return TextAreaField(label, checks, description=hint, filters=[_stripped], widget=widget)


def email(label: str = "Email address", *, hint: str = "", required: str | None = None) -> Any:
    def check(form: Any, field: Field) -> None:
        if field.data and not _EMAIL.fullmatch(field.data):
            raise StopValidation("Enter an email address in the correct format, like name@example.com")

    widget = widgets.TextInput(type="email", autocomplete="email", spellcheck=False)
    checks = [*_required(required), _at_most(label, 254), check]
    return EmailField(label, checks, description=hint, filters=[_stripped], widget=widget)


def password(label: str = "Password", *, hint: str = "", required: str | None = None,
             is_new: bool = False) -> Any:  # fmt: skip
    """Return a password field: never stripped, never shown again, at most 200 characters."""
    widget = widgets.PasswordInput(autocomplete="new-password" if is_new else "current-password")
    return PasswordField(label, [*_required(required), _at_most(label, 200)], description=hint, widget=widget)


def radios(label: str, options: Iterable[Option], *, hint: str = "", required: str | None = None,
           is_inline: bool = False) -> Any:  # fmt: skip
    widget = widgets.Options("radios", is_inline=is_inline)
    return OptionsField(label, _required(required), options=options, description=hint, widget=widget)


def checkboxes(label: str, options: Iterable[Option], *, hint: str = "", required: str | None = None) -> Any:
    return OptionsField(label, _required(required), options=options, is_multiple=True, description=hint,
                        widget=widgets.Options("checkboxes"))  # fmt: skip


def checkbox(label: str, *, hint: str = "", required: str | None = None) -> Any:
    """Return one box to tick; `data` is a bool."""
    return BooleanField(label, _required(required), description=hint, widget=widgets.SingleCheckbox())


def select(label: str, choices: Sequence[tuple[str, str]], *, hint: str = "",
           required: str | None = None) -> Any:  # fmt: skip
    """Return a drop-down list; only for long lists, radios are easier to use."""
    return SelectField(label, _required(required), choices=choices, description=hint,
                       widget=widgets.SelectInput())  # fmt: skip


def date(label: str, *, hint: str = "", required: str | None = None, noun: str = "",
         is_birthday: bool = False, validators: Sequence[Validator] = ()) -> Any:  # fmt: skip
    """Return a date in three boxes; `data` is a `datetime.date` or None."""
    return DateField(label, validators, noun=noun or label, required=required, description=hint,
                     widget=widgets.DateBoxes(is_birthday=is_birthday))  # fmt: skip


def whole_number(label: str, *, hint: str = "", required: str | None = None, noun: str = "",
                 minimum: int | None = None, maximum: int | None = None, width: int = 5) -> Any:  # fmt: skip
    widget = widgets.TextInput(type="text", inputmode="numeric", classes=f"govuk-input--width-{width}")
    return NumberField(label, _required(required), noun=noun or label, is_whole=True, minimum=minimum,
                       maximum=maximum, description=hint, widget=widget)  # fmt: skip


def decimal(label: str, *, hint: str = "", required: str | None = None, noun: str = "",
            minimum: Decimal | None = None, maximum: Decimal | None = None,
            width: int = 5) -> Any:  # fmt: skip
    widget = widgets.TextInput(type="text", classes=f"govuk-input--width-{width}", spellcheck=False)
    return NumberField(label, _required(required), noun=noun or label, is_whole=False, minimum=minimum,
                       maximum=maximum, description=hint, widget=widget)  # fmt: skip


def file(label: str, *, hint: str = "", required: str | None = None, accept: str = "") -> Any:
    """Return a file field; `data` is a FileStorage held in memory, or None."""
    render_kw = {"accept": accept} if accept else {}
    return FileField(label, _required(required), description=hint, widget=widgets.FileInput(), render_kw=render_kw)


def hidden(*, max_length: int = 200) -> Any:
    """Return a hidden field, for the version that a page was made from; `data` is text or None."""
    return HiddenField(validators=[_at_most("The page", max_length)], filters=[_as_text])


def init_forms(app: Flask) -> None:
    """Let templates find the GOV.UK macros beside our own. Before any template is loaded."""
    app.jinja_environment = Environment
    port = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, PrefixLoader(port)])  # type: ignore[list-item]
