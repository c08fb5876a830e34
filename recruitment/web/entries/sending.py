"""Everything read back once more, sent once, and the reference to be read out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.application_copies import (
    adjustment_lines,
    education_lines,
    eligibility_lines,
    relationship_lines,
    yes_or_no,
)
from recruitment.rules.errors import Invalid, TooLate, TooSoon
from recruitment.services.entries import OpenEntry, read_sent
from recruitment.services.entry_submissions import missing_of, prepare_entry, submit_entry
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.entries import entries
from recruitment.web.entries.home import title_of
from recruitment.web.entries.saving import entry_of, page, writable
from recruitment.web.site import acting, desk


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    change: str


def _rows(entry: OpenEntry, draft: Any) -> Iterator[Row]:
    advert, content = entry.advert, draft.content

    def at(part: str) -> str:
        return url_for("entries.section", entered_id=entry.id, part=part, **{"return": "check"})

    yield Row("Full name", content.full_name, at("name"))
    yield Row("Name they like to be called", content.preferred_name, at("name"))
    yield Row("Previous names", "\n".join(content.previous_names), at("name"))
    postal = "\n".join([*content.address_lines, content.postcode]).strip()
    yield Row("Postal address", postal, at("contact"))
    yield Row("Email address", content.email, at("contact"))
    yield Row("Telephone number", content.phone, at("contact"))
    yield Row("Where they have studied", "\n".join(education_lines(content)), at("education"))
    if advert.requirements:
        yield Row("Requirements of the job", "\n".join(eligibility_lines(content)), at("requirements"))
    if len(advert.vacancies) > 1:
        chosen = [one.title for one in advert.vacancies if str(one.id) in content.vacancies]
        yield Row("Vacancies", "\n".join(chosen), at("vacancies"))
    for number, one in enumerate(advert.questions, 1):
        href = url_for("entries.question", entered_id=entry.id, question_id=one.id, **{"return": "check"})
        title = title_of(one, number, len(advert.questions))
        label = one.text if title == one.text else f"{title}: {one.text}"
        yield Row(label, content.answers.get(str(one.id), ""), href)
    none = "None" if "adjustments" in content.done else ""
    yield Row("Adjustments", "\n".join(adjustment_lines(content)) or none, at("adjustments"))
    scheme = yes_or_no(content, "disability_confident", content.requests.disability_confident)
    yield Row("Apply under Disability Confident", scheme, at("disability-confident"))
    none = "None" if "relationships" in content.done else ""
    yield Row("People they know", "\n".join(relationship_lines(content)) or none, at("people-they-know"))


def _page(entry: OpenEntry, draft: Any, sentence: str = "") -> str:
    return page(
        "check",
        entry,
        rows=list(_rows(entry, draft)),
        missing=missing_of(draft.content, entry.advert),
        sentence=sentence,
        by_post=not draft.content.email,
    )


@entries.get("/<uuid:entered_id>/check")
@allow(Audience.STAFF)
def check(entered_id: UUID) -> Any:
    return _page(*writable(entered_id))


@entries.post("/<uuid:entered_id>/send")
@allow(Audience.STAFF)
def send(entered_id: UUID) -> Any:
    """Sent twice, by a double click or a retry, it leads to the one reference."""
    entry, draft = writable(entered_id)
    try:
        prepared = prepare_entry(reading(), actor=acting(), desk=desk(), entry=entry)
        with writing() as session:
            submit_entry(session, actor=acting(), desk=desk(), prepared=prepared)
    except Invalid as refusal:
        return _page(*writable(entered_id), refusal.sentence), 400
    except TooLate as refusal:
        return _page(entry_of(entered_id), draft, refusal.sentence), 409
    return redirect(url_for("entries.sent", entered_id=entered_id), 303)


@entries.get("/<uuid:entered_id>/sent")
@allow(Audience.STAFF)
def sent(entered_id: UUID) -> Any:
    try:
        found = read_sent(reading(), actor=acting(), desk=desk(), entry_id=entered_id)
    except TooSoon:
        return redirect(url_for("entries.tasks", entered_id=entered_id), 303)
    return render_template("entries/sent.html", found=found)
