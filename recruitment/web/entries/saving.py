"""Keeping one page of an entry, without ever losing what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, make_response, redirect, render_template, request, url_for

from recruitment.rules.errors import NotFound, Stale, TooLate, TooSoon
from recruitment.services.drafts import OpenDraft
from recruitment.services.entries import OpenEntry, read_entry, read_sent, save_entry
from recruitment.services.entry_handovers import who_took_over
from recruitment.web import forms
from recruitment.web.access import reading, writing
from recruitment.web.forms import PageForm
from recruitment.web.site import acting, desk

Show = Callable[..., Any]
_NOT_TYPED = ("csrf_token", "version")


class SectionForm(PageForm):
    """`version` is that of the draft that the page was made from."""

    version = forms.hidden(max_length=12)


def entry_of(entered_id: UUID) -> OpenEntry:
    """One that is being typed; once it is sent, every page of it leads to its reference."""
    try:
        return read_entry(reading(), actor=acting(), desk=desk(), entry_id=entered_id)
    except NotFound:
        try:
            read_sent(reading(), actor=acting(), desk=desk(), entry_id=entered_id)
        except TooSoon:
            raise NotFound from None  # not sent, and the campaign has gone on: nothing of it can be read
        except NotFound:
            _say_who_took_over(entered_id)
            raise
        abort(redirect(url_for("entries.sent", entered_id=entered_id), 303))


def _say_who_took_over(entered_id: UUID) -> None:
    """To whoever typed it before, with what they sent just now: they can read it out to whoever types now."""
    name = who_took_over(reading(), actor=acting(), entry_id=entered_id)
    if not name:
        return
    typed = [said for key, said in request.form.items(multi=True) if key not in _NOT_TYPED and said.strip()]
    abort(make_response(render_template("entries/taken.html", name=name, typed=typed), 409))


def writable(entered_id: UUID) -> tuple[OpenEntry, OpenDraft]:
    """An entry with its draft; before the draft is begun there is only its first page.

    After closing a page can still be read; `save_entry` refuses, and what was typed stays on it.
    """
    entry = entry_of(entered_id)
    if entry.draft is None:
        abort(redirect(url_for("entries.tasks", entered_id=entered_id), 303))
    return entry, entry.draft


def back_to(entered_id: UUID) -> str:
    """The page that this one was opened from: the list of parts, or "check and send"."""
    view = "entries.check" if request.args.get("return") == "check" else "entries.tasks"
    return url_for(view, entered_id=entered_id)


def page(template: str, entry: OpenEntry, form: PageForm | None = None, **values: Any) -> str:
    return render_template(
        f"entries/{template}.html", entry=entry, advert=entry.advert, form=form, back=back_to(entry.id), **values
    )


def posted_version(form: PageForm) -> int:
    """The version that was sent; 0, which is always an old one, where none was."""
    typed = str(form.version.raw_data[0]) if form.version.raw_data else ""
    return int(typed) if re.fullmatch("[0-9]{1,12}", typed) else 0


def keep(
    entry: OpenEntry,
    form: PageForm,
    show: Show,
    section: str,
    *,
    target: str = "",
    **changes: Any,
) -> Any:
    """Save one section and go on; where it cannot be saved, the page with what was typed."""
    draft = entry.draft
    if draft is None:
        abort(409)
    try:
        with writing() as session:
            save_entry(
                session,
                actor=acting(),
                desk=desk(),
                entry_id=entry.id,
                version=posted_version(form),
                content=draft.content.with_section(section, **changes),
            )
    except NotFound:
        _say_who_took_over(entry.id)
        raise
    except (Stale, TooLate) as refusal:
        # The next try is made from what is stored now, with what was typed on this page.
        form.version.data = str(draft.version)
        return show(({"text": refusal.sentence, "href": "#main-content"},)), 409
    return redirect(target or back_to(entry.id), 303)


def lines_of(typed: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (typed or "").split("\n") if line.strip())
