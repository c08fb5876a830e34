"""Brings the catalogues of texts up to date with the templates and with what Python gives to pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import Environment, PackageLoader, PrefixLoader

import recruitment
from config import TEMPLATES, Config
from recruitment.commands.python_texts import MadeTexts, texts_in
from recruitment.rules.collected import HOW_LONG, every_text
from recruitment.rules.equality_assessments import DECISION_TITLES, EFFECT_TITLES, KIND_TITLES
from recruitment.rules.equality_questions import AGE_BANDS
from recruitment.rules.first_sifts import STAGE_NAME
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES
from recruitment.services.catalogues import LANGUAGES, MADE, UK_TIME, catalogue_file, read_messages
from recruitment.web.template_texts import TemplateTexts
from recruitment.web.texts import Noted

PACKAGE = Path(recruitment.__file__).parent
CANDIDATE_TEMPLATES = (
    "base.html", "forms/macros.html", "forms/equality_questions.html", "candidate/**/*.html", "errors/*.html",
    "pages/*.html", "account/carried_form.html", "account/check_email.html", "account/link_over.html",
    "account/open_link.html", "account/resume.html", "account/sign_in.html", "account/signed_out.html",
    "reports/equality_assessment.html",
)  # fmt: skip
"""What a candidate can be shown."""
PORT_TEMPLATES = (
    "template.html", "components/error-message/macro.html", "components/notification-banner/macro.html",
    "components/service-navigation/macro.html", "components/skip-link/macro.html",
)  # fmt: skip
"""The templates of GOV.UK Frontend that say something by themselves on such pages."""
CANDIDATE_PYTHON = (
    "web/candidate/*.py", "web/account/links.py", "web/equality_forms.py", "web/fields.py", "web/filters.py",
    "web/forms.py", "web/widgets.py", "rules/applications.py", "rules/application_copies.py", "rules/drafts.py",
    "rules/equality_question_set.py", "rules/disputes.py", "rules/prompts.py", "rules/rights.py",
    "rules/redaction/kinds.py", "rules/letters_on_paper.py", "rules/paper_replies.py",
    "services/appointment_words.py", "services/closing_letters.py", "services/confirmations.py",
    "services/documents/outcomes.py", "services/drafts.py", "services/equality_answers.py",
    "services/sign_in_links.py", "services/submissions.py", "rules/eligibility.py",
)  # fmt: skip
"""Where Python gives such a page a text, or an error of a rule."""


TITLES = (
    STAGE_NAME,
    *(
        title
        for titles in (KIND_TITLES, EFFECT_TITLES, DECISION_TITLES, CHARACTERISTIC_TITLES)
        for title in titles.values()
    ),
)
"""Of a first sift and of published equality impact assessments; the errors of their rules are for staff."""

_CHANGING = tuple(
    f'"{name}'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
    )
)
"""Lines of a file's head that change or say nothing."""


@dataclass
class Wanted:
    """The texts that a catalogue is to hold."""

    noted: Noted = field(default_factory=Noted)
    made: MadeTexts = field(default_factory=MadeTexts)


def wanted_texts(*, with_staff: bool = False) -> Wanted:
    """Every text of candidates' pages; with those of the staff's pages if asked."""
    wanted = Wanted()
    wanted.noted.texts.update((Config.service_name, UK_TIME, AGE_BANDS[0], AGE_BANDS[-1]))
    wanted.noted.texts.update(every_text())
    wanted.noted.texts.update(TITLES)
    wanted.made.texts.update(HOW_LONG)
    environment = Environment(autoescape=True)
    patterns = ("**/*.html",) if with_staff else CANDIDATE_TEMPLATES
    for path in sorted({path for pattern in patterns for path in TEMPLATES.glob(pattern)}):
        _note(environment, path.read_text(encoding="utf-8"), wanted.noted)
    port = PrefixLoader({"port": PackageLoader("govuk_frontend_jinja")})
    for name in PORT_TEMPLATES:
        _note(environment, port.get_source(environment, f"port/{name}")[0], wanted.noted)
    python = ("web/**/*.py",) if with_staff else ()
    for path in sorted({path for pattern in (*CANDIDATE_PYTHON, *python) for path in PACKAGE.glob(pattern)}):
        texts_in(path.read_text(encoding="utf-8"), wanted.noted, wanted.made)
    return wanted


def _note(environment: Environment, source: str, noted: Noted) -> None:
    TemplateTexts(noted).rewrite(environment.parse(source))


def updated(held: Catalog, wanted: Wanted) -> Catalog:
    """The wanted texts with the translations that are held; in the order of the texts, without dates or lines."""
    fresh = Catalog(locale=held.locale, header_comment=held.header_comment, fuzzy=False)
    fresh.mime_headers = [(name, value) for name, value in held.mime_headers if "Date" not in name]
    for text in sorted(wanted.noted.texts | wanted.made.texts):
        old = held.get(text)
        comments = [MADE] if text in wanted.made.texts else []
        flags = {"fuzzy"} if old and old.fuzzy else set()
        fresh.add(text, str(old.string) if old else "", auto_comments=comments, flags=flags)
    for singular, plural in sorted((wanted.noted.counts | wanted.made.counts).items()):
        old = held.get(singular)
        fresh.add((singular, plural), old.string if old else ("",) * held.num_plurals)
    return fresh


def as_file(catalogue: Catalog) -> bytes:
    """The file of a catalogue, the same bytes for the same texts."""
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=False, no_location=True, sort_output=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_CHANGING)).encode()


@click.command("messages")
@click.option("--staff", is_flag=True, help="Take in the texts of the staff's pages too, for a translator.")
def messages_command(staff: bool) -> None:
    """Bring the catalogues of texts up to date; say how many texts have no translation."""
    wanted = wanted_texts(with_staff=staff)
    for language in LANGUAGES[1:]:
        path = catalogue_file(language)
        fresh = updated(read_messages(path), wanted)
        path.write_bytes(as_file(fresh))
        held = [message for message in fresh if message.id]
        lacking = sum(1 for message in held if not is_translated(message.string))
        click.echo(f"{language}: {len(held)} texts, {lacking} without a translation.")


def is_translated(said: str | tuple[str, ...] | list[str]) -> bool:
    return bool(said) if isinstance(said, str) else all(said)
