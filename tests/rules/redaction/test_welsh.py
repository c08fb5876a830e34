"""Statements in Welsh: known values are hidden, what a writer tells of themselves is flagged, evidence stays."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import KnownValues, Shown, redact
from recruitment.rules.redaction.spans import Action
from recruitment.rules.redaction.welsh import is_welsh, mutations
from recruitment.services.wordlists import load_word_lists

SIAN = KnownValues(
    full_name="Siân Gwenllian Hughes",
    email="sian@example.org",
    phones=("07700 900123",),
    address_lines=("12 Stryd y Castell", "Caernarfon"),
    postcode="LL55 2AY",
)
EVIDENCE = (
    "Rwyf wedi gweithio i'r cyngor ers pum mlynedd fel swyddog cwynion. Yn y rôl honno bûm yn arwain tîm o chwech "
    "ac yn lleihau'r amser ateb o 40 diwrnod i 12. Rwy'n ysgrifennu adroddiadau clir i'r bwrdd bob mis. Rwyf wedi "
    "cefnogi pobl anabl i wneud cais am fudd-daliadau, ac wedi helpu rhieni i ddod o hyd i ofal plant."
)


def shown(text: str) -> str:
    parts = redact(text, SIAN, load_word_lists()).pieces
    return "".join(part.text if isinstance(part, Shown) else "█" for part in parts)


def test_what_the_form_holds_is_hidden_also_where_welsh_changes_its_first_letter():
    text = (
        "Fy enw i yw Siân Hughes, ac mae fy nhîm yng Nghaernarfon. Symudais o Gaernarfon. Ffoniwch 07700 900123."
    )
    found = shown(text)
    for told in ("Siân", "Hughes", "aernarfon", "07700"):
        assert told in text
        assert told not in found
    assert "ac mae fy nhîm yng" in found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rwy'n fam i dri o blant ac yn arwain tîm.", "fam i dri"),
        ("Roedd hynny'n anodd gan fy mod yn Gristion.", "Gristion"),
        ("Mae gen i awtistiaeth, ac rwy'n drefnus.", "awtistiaeth"),
        ("Rwy’n 47 oed ac yn weithgar.", "47 oed"),
        ("Fy ngŵr yw'r prif weithredwr.", "ngŵr"),
        ("Rydw i'n hoyw ac yn cadeirio'r rhwydwaith.", "hoyw"),
        ("Cefais fy ngeni yn Llundain ac fy magu yn Lagos.", "Llundain"),
        ("Roeddwn ar absenoldeb mamolaeth yn 2019.", "mamolaeth"),
        ("Rwy'n aelod o Blaid Cymru ac yn gynghorydd.", "Blaid Cymru"),
        ("Bûm yn astudio ym Mhrifysgol Bangor rhwng 1998 a 2001.", "Bangor"),
        ("Rwy'n byw yn Nhregaron ac yn gyrru i'r gwaith.", "Nhregaron"),
    ],
)
def test_what_a_writer_tells_of_themselves_is_flagged(text, told):
    assert told in text
    assert told not in shown(text)
    redaction = redact(text, SIAN, load_word_lists())
    assert any(span.action is Action.FLAG for span in redaction.spans)


def test_evidence_of_work_stays_readable_with_the_letters_of_welsh():
    assert shown(EVIDENCE) == EVIDENCE


def test_a_sentence_is_welsh_by_its_small_words_and_english_is_not():
    assert is_welsh("Rwy'n 47 oed")
    assert is_welsh("Bûm yn arwain tîm o chwech")
    assert not is_welsh("I led a team of six in Ynys Môn and reported to the board")
    assert not is_welsh("I am a mam of three")


def test_each_word_is_known_in_every_mutation():
    assert mutations("gŵr") == ("gŵr", "ŵr", "ngŵr")
    assert mutations("plant") == ("plant", "blant", "mhlant", "phlant")
    assert mutations("llesg") == ("llesg", "lesg")
    assert mutations("anabl") == ("anabl",)
    assert mutations("chwaer") == ("chwaer",)
