"""Decodes plain text of unknown encoding, and brings text of any kind into one clean form."""

from __future__ import annotations

import codecs
import re
import unicodedata

# Tab and line ends are part of writing; \x1a ends files written by old DOS programs.
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_JOINER_IN_LATIN = re.compile("(?<=[A-Za-zÀ-ɏ])[\u200c\u200d]+")
_SPACE_BEFORE_LINE_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
_JOINERS = "\u200c\u200d"

# PDF fonts draw these as one glyph; unless written out, a name holding one is not found by redaction.
_WRITTEN_OUT = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\uf0b7": "•",  # the bullet of the Symbol font, as word processors export it
}


def decode_plain_text(content: bytes) -> str | None:
    """The text by its byte order mark, else as UTF-8, else as Windows-1252; None if it is none of them."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return None
    return None if _CONTROL_IN_TEXT.search(text) else text


def clean_text(text: str) -> str:
    """Line ends as \\n, no control, invisible or private characters, ligatures written out, NFC.

    Invisible characters (soft hyphens, zero-width spaces, marks of direction) go because a name broken by
    one reads the same to a person and differently to redaction. The joiners stay outside the Latin script,
    where spelling needs them.
    """
    text = _JOINER_IN_LATIN.sub("", _LINE_ENDS.sub("\n", text))
    text = text.translate({ord(character): _replace_character(character) for character in set(text)})
    text = unicodedata.normalize("NFC", text)
    return _SPACE_BEFORE_LINE_END.sub("", text).strip("\n")


def _replace_character(character: str) -> str:
    if character in _WRITTEN_OUT:
        return _WRITTEN_OUT[character]
    if character in "\t\n" or character in _JOINERS:
        return character
    return "" if unicodedata.category(character).startswith("C") else character
