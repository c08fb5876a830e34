"""What writers call themselves and where they live, in the plain words of a sentence.

"Everyone calls me Maz", "(was Thackeray)", "my birthday is 3 May", "we moved to 6 Orchard Close": a name, a date
or an address that no list and no form holds, told by the words that lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import fold_word, holds_any
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span

_CAP = r"[A-ZÀ-ÖØ-ÞŁŚŽČŠİ][^\W\d_]{1,24}(?:['’-][^\W\d_]{1,24}){0,2}"
_CALLED = re.compile(
    r"\b(?:calls?[ ]me|called[ ]me|knows?[ ]me[ ]as|I[ ]go[ ]by|I[ ]answer[ ]to"
    r"|prefer[ ]to[ ]be[ ](?:called|known[ ]as)"
    r"|(?:I['’]m|I[ ]am|am|also|better|usually|mostly)[ ]known[ ]as|(?:my[ ])?nickname(?:[ ]is|[ ]was|:)"
    r"|preferred[ ]name(?:[ ]is|:)|aka|a\.k\.a\.)[ ]['\"“‘]?"
    rf"(?P<name>{_CAP}(?:[ ]{_CAP})?)(?=['\"”’]?(?:[,.;:!?)\n]|$|[ ](?:and|but|on|at|to|because|since|in"
    rf"|when|for)\b))"
)
_CALLED_HINTS = (
    "all me ", "alls me ", "alled me ", "now me as", "nows me as", "I go by", "I answer to", "preferred name",
    "prefer to be", "known as", "nickname", "aka ", "a.k.a.",
)  # fmt: skip
_MAIDEN = re.compile(
    r"\b(?:[Mm]aiden|[Bb]irth|[Pp]revious|[Ff]ormer|[Mm]arried|[Oo]ld)[ ](?:sur)?name,?(?:[ ](?:is|was)|:)?,?[ ]"
    rf"(?P<name>{_CAP}(?:[ ]{_CAP})?)(?=[,.;:!?)\n]|$|[ ](?:and|but|on|is|was|until|before)\b)"
    rf"|\b[Nn][ée]e[ ](?P<born>{_CAP})"
    rf"|\(was[ ](?P<was>(?:Mrs|Miss|Ms|Mr)[ ]{_CAP}(?:[ ]{_CAP})?)\)"
)
_MAIDEN_HINTS = (
    "aiden ", "irth name", "irth surname", "evious name", "evious surname", "ormer name", "ormer surname",
    "arried name", "ld name", "ld surname", "née ", "nee ", "Née ", "Nee ", "(was M",
)  # fmt: skip
_NOT_CALLED = frozenset(
    "the a an i if when what because monday tuesday wednesday thursday friday saturday sunday january february"
    " march april may june july august september october november december teams zoom excel word english"
    " welsh days"
    " nights maths working back".split()
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_BIRTHDAY = re.compile(
    r"\b(?:born[ ]on|birthday(?:[ ]is|[ ]falls|[ ]was)?(?:[ ]on)?|birth[ ]?date(?:[ ]is)?)"
    rf":?[ ](?:the[ ])?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of[ ])?{_MONTH}(?:[ ](?:['’]\d\d|\d{{4}}|\d\d))?"
    rf"|{_MONTH}[ ](?:the[ ])?\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ ]\d{{4}})?)(?!\w)",
    re.IGNORECASE,
)
_ROAD = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|close|cl|drive|crescent|cres|court|ct|gardens|gdns|grove"
    r"|place|square|sq"
    r"|terrace|terr|way|walk|hill|mews|rise|row|view|park|green|parade|quay|wharf|wynd|brae|heol|ffordd|stryd)"
)
_LIVING = re.compile(
    r"\b(?:liv(?:e|es|ing|ed)[ ]at|moved[ ](?:in)?to|address(?:[ ]is|[ ]now|:)|correspondence[ ](?:to|address:?)"
    r"|(?:write|post|letters|mail)[ ]to(?:[ ]me[ ]at)?|home[ ]is|home(?:[ ]address)?:|c/o|staying[ ]at"
    r"|lodging[ ]at|based[ ]at[ ]home,)[ ]"
    r"(?P<place>(?:(?:flat|apartment|apt|unit|room|plot"
    r"|pitch)[ ]?[\w/]{1,5},?[ ])?\d{1,4}[a-z]?(?:/\d{1,3})?,?[ ]"
    rf"(?:[^\W\d_][\w'’-]{{1,20}}[ ]){{1,3}}{_ROAD}\b\.?"
    r"(?:,?[ ][A-ZÀ-Þ][\w'’-]{2,24}(?:[ ][A-ZÀ-Þ][\w'’-]{2,24})?){0,3})",
    re.IGNORECASE,
)
_LIVING_HINTS = (
    "live at", "lives at", "living at", "lived at", "moved to", "moved into", "ddress", "orrespondence",
    "rite to", "ost to", "etters to", "ail to",
    "ome is", "ome:", "c/o ", "staying at", "lodging at",
)  # fmt: skip
_SHARE_CODE = re.compile(
    r"\b[Ss]hare ?code(?:[ ]is|:)?[ ](?P<code>(?=[A-Z0-9 -]*\d)[A-Z0-9]{3}[ -]?[A-Z0-9]{3}[ -]?[A-Z0-9]{3})(?!\w)"
)
_TOWN_AFTER = re.compile(r"[a-z]")
_HOUSE_LINE = re.compile(
    r"^[ \t]{0,4}(?:(?:home|address|addr|cyfeiriad)\b[^\n:]{0,12}:[ ])?(?P<place>"
    r"(?:T[ŷy]|Tyddyn|Plas|Llys|Hafod|Bryn|Maes|Cae|Pant|Penrhiw|Rhyd"
    r"|Hendre)[ ][A-Z][\w'’ŵŷâêîôû-]+(?:[ ][A-Z][\w'’-]+)?,[ ]"
    r"[A-Z][\w'’-]+(?:[ ][\w'’-]+){0,3}(?:,[ ][A-Z][\w'’-]+(?:[ ][\w'’-]+)?)?"
    r"|(?:The[ ])?(?:[A-Z][\w'’-]+[ ]){1,2}(?:Cottage|Cottages|Barn|Farm|Farmhouse|Croft|Bungalow|Stables"
    r"|Lodge|Forge|Mill),"
    r"[ ](?:[Nn]r|[Nn]ear)\.?[ ][A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+)?)[ \t.]*$",
    re.MULTILINE | re.IGNORECASE,
)
_HOUSE_HINTS = (
    "Tŷ ", "Ty ", "Tyddyn ", "Plas ", "Llys ", "Hafod ", "Bryn ", "Maes ", "Cae ", "Pant ", "Penrhiw ", "Rhyd ",
    "Hendre ", " nr ", " Nr ", " near ",
)  # fmt: skip


def find_own_details(text: str) -> Iterator[Span]:
    """Names, birthdays and homes that the writer gives in a sentence."""
    for match in _CALLED.finditer(text) if holds_any(text, _CALLED_HINTS) else ():
        if match["name"].split()[0].lower() not in _NOT_CALLED:
            yield Span(*match.span("name"), Kind.NAME, "what one is called", Action.HIDE)
    for match in _MAIDEN.finditer(text) if holds_any(text, _MAIDEN_HINTS) else ():
        group = match.lastgroup or "name"
        if match[group].split()[0].lower() not in _NOT_CALLED:
            yield Span(*match.span(group), Kind.NAME, "a name one had", Action.HIDE)
    for match in (
        _BIRTHDAY.finditer(text) if holds_any(text, ("orn on", "irthday", "irth date", "irthdate")) else ()
    ):
        yield Span(*match.span("day"), Kind.DATE_OF_BIRTH, "birthday", Action.HIDE)
    for match in _LIVING.finditer(text) if holds_any(text, _LIVING_HINTS) else ():
        yield Span(match.start("place"), _end_of_place(match, text), Kind.ADDRESS, "where one lives", Action.HIDE)
    for match in _SHARE_CODE.finditer(text) if holds_any(text, ("hare",)) else ():
        yield Span(*match.span("code"), Kind.NUMBER, "share code", Action.HIDE)
    for match in _HOUSE_LINE.finditer(text) if holds_any(text, _HOUSE_HINTS) else ():
        if match["place"][0].isupper():
            yield Span(*match.span("place"), Kind.ADDRESS, "named house on its line", Action.HIDE)


def _end_of_place(match: re.Match[str], text: str) -> int:
    """A place's end without words in small letters after its road, unless the whole is in small letters."""
    place = match["place"]
    road = re.search(rf"^.*?\b{_ROAD}\b\.?", place, re.IGNORECASE)
    if road is None or place == place.lower():
        return match.end("place")
    end = road.end()
    for town in re.finditer(r"(,?[ ])([^\W\d_][\w'’-]*)", place[end:]):
        if _TOWN_AFTER.match(town[2]):
            break
        end = road.end() + town.end()
    return match.start("place") + end


_SIGNED = re.compile(rf"(?:[.!?)\x00][ \n]{{1,3}}|\n[ \t]*)(?P<name>{_CAP}(?:[ ][A-Z]\b\.?)?)[.,! x]{{0,6}}\s*\Z")
_END = 60


def find_signed(text: str, *given_names: frozenset[str]) -> Iterator[Span]:
    """A given name that stands alone at a text's very end."""
    match = _SIGNED.search(text, max(0, len(text) - _END))
    if match is None:
        return
    given = fold_word(match["name"].split()[0])
    if any(given in names for names in given_names):
        yield Span(*match.span("name"), Kind.NAME, "signature", Action.HIDE)
