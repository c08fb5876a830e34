"""The check of the advert and the questions, and what a person makes of each hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.adverts import RULE_TITLES, STUDY_MEANS, Coded, Hit, Part, Severity, line_of
from recruitment.rules.errors import Stale
from recruitment.rules.permissions import Permission
from recruitment.services.adverts import (
    LONGEST_REASON,
    CheckedAdvert,
    keep_hits,
    read_advert_check,
    record_look,
)
from recruitment.services.campaign_plans import read_facts
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, checkboxes, long_text, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_LONGEST_LABEL = 120


@dataclass(frozen=True)
class Found:
    """A hit with where it stands; `kept` the reason why it stays, or empty."""

    hit: Hit
    place: str
    kept: str
    confirmed_by: str


@dataclass(frozen=True)
class Group:
    """The hits of one rule."""

    rule: str
    found: tuple[Found, ...]

    @property
    def title(self) -> str:
        return RULE_TITLES[self.rule]

    @property
    def first(self) -> Hit:
        return self.found[0].hit

    @property
    def is_stop(self) -> bool:
        return self.first.severity is Severity.STOPS

    @property
    def open_count(self) -> int:
        return sum(not each.kept for each in self.found)


@dataclass(frozen=True)
class Piece:
    """Words of a part; `is_hit` where the check found something, `is_kept` where all of it is kept."""

    text: str
    is_hit: bool
    is_kept: bool


def groups_of(checked: CheckedAdvert) -> list[Group]:
    """What stops first, then what is open, then what is kept."""
    parts = {part.key: part for part in checked.parts}
    found: dict[str, list[Found]] = {}
    for hit in checked.check.hits:
        kept = checked.kept.get(hit.fingerprint)
        each = Found(hit, _place(hit, parts), kept.reason if kept else "", kept.confirmed_by if kept else "")
        found.setdefault(hit.rule, []).append(each)
    groups = [Group(rule, tuple(each)) for rule, each in found.items()]
    return sorted(groups, key=lambda group: (not group.open_count, not group.is_stop))


def _place(hit: Hit, parts: dict[str, Part]) -> str:
    part = parts.get(hit.part)
    if part is None or hit.is_missing:
        return "The whole advert"
    line = line_of(part.text, hit.start)
    return part.title if "\n" not in part.text.strip() else f"{part.title}, line {line}"


def pieces_of(part: Part, hits: Iterable[Hit], kept: Iterable[str]) -> list[Piece]:
    """The part cut where hits begin and end. Long sentences are listed, not marked: they would hide the rest."""
    marked = [
        hit for hit in hits
        if hit.part == part.key and hit.end > hit.start and not hit.rule.endswith("long_sentence")
    ]  # fmt: skip
    kept = frozenset(kept)
    edges = sorted({0, len(part.text), *(hit.start for hit in marked), *(hit.end for hit in marked)})
    pieces = []
    for start, end in pairwise(edges):
        over = [hit for hit in marked if hit.start <= start and end <= hit.end]
        is_kept = bool(over) and all(hit.fingerprint in kept for hit in over)
        pieces.append(Piece(part.text[start:end], bool(over), is_kept))
    return pieces


@recruiter.get("/campaigns/<uuid:campaign_id>/advert-check")
@allow(Permission.EDIT_CAMPAIGN)
def advert_check(campaign_id: UUID) -> str:
    checked = read_advert_check(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "recruiter/adverts/check.html",
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
        checked=checked,
        groups=groups_of(checked),
        parts=[(part, pieces_of(part, checked.check.hits, checked.kept)) for part in checked.parts],
        coded=[(coded, STUDY_MEANS.get(coded)) for coded in Coded],
    )


@recruiter.post("/campaigns/<uuid:campaign_id>/advert-check")
@allow(Permission.EDIT_CAMPAIGN)
def advert_looked(campaign_id: UUID) -> Any:
    with writing() as session:
        standing = record_look(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    said = "It is recorded that you looked through the check."
    if not standing.is_done:
        said += " Some of it is open still."
    return saved(said, "recruiter.advert_check", campaign_id=campaign_id)


def _form(group: Group) -> Any:
    fields: dict[str, Any] = {
        "hits": checkboxes(
            "What do you keep?",
            [
                Option(each.hit.fingerprint, _label(each), hint=each.kept and f"Kept: {each.kept}")
                for each in group.found
            ],
            required="Select what you keep",
        ),
        "reason": long_text(
            "Why does it stay?",
            hint="The reason goes on the record. An auditor reads it.",
            required="Say why it stays",
            max_length=LONGEST_REASON,
            rows=3,
        ),
    }
    if group.is_stop:
        fields["confirmed_by"] = text(
            "Who in HR confirmed it?",
            hint="Their name and position. In the reason, name the provision that allows it, such as Equality Act "
            "2010 Schedule 9 paragraph 1, and say why it is proportionate.",
            required="Enter who in HR confirmed it",
        )
    return type("KeepForm", (PageForm,), fields)()


def _label(each: Found) -> str:
    words = " ".join(each.hit.words.split())
    if len(words) > _LONGEST_LABEL:
        words = f"{words[:_LONGEST_LABEL]}…"
    return f"{each.place}: “{words}”" if words else each.place


@recruiter.route("/campaigns/<uuid:campaign_id>/advert-check/<finding>", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def keep_wording(campaign_id: UUID, finding: str) -> Any:
    checked = read_advert_check(reading(), actor=acting(), campaign_id=campaign_id)
    group = next((each for each in groups_of(checked) if each.rule == finding), None)
    if group is None:
        return redirect(url_for("recruiter.advert_check", campaign_id=campaign_id), 303)
    form = _form(group)

    def keep(session: Any) -> None:
        keep_hits(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            fingerprints=form.hits.data,
            reason=form.reason.data or "",
            confirmed_by=form.confirmed_by.data or "" if "confirmed_by" in form else "",
        )

    try:
        if is_saved(form, keep):
            return saved("It is kept, with your reason.", "recruiter.advert_check", campaign_id=campaign_id)
    except Stale as refusal:
        return saved(refusal.sentence, "recruiter.advert_check", campaign_id=campaign_id)
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    return shown("recruiter/adverts/keep.html", form, facts=facts, group=group)
