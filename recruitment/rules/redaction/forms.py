"""Contact details and numbers found by form: e-mail, telephone, web address, postcode, NI and NHS numbers.

Sources: RFC 5321 (lengths of addresses), Ofcom's numbering plan, Royal Mail's postcode format, HMRC's
National Insurance number format (NIM39110), NHS Data Dictionary (NHS number, modulus 11).

`re` looks for a pattern's first character quickly only if the pattern opens with a set of characters: so some
look behind them for what must not stand before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from recruitment.rules.redaction.folding import holds_any, in_small_letters
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.numbers import OF_WORK
from recruitment.rules.redaction.spans import Action, Span

_LOCAL_END = re.compile(r"[\w.+%'\-]{1,64}$")
_DOMAIN = re.compile(r"[ \t]?[\w\-]{1,63}(?:[ \t]?\.[\w\-]{1,63}){1,6}")
_AT_IN_WORDS = re.compile(r"\s?[(\[{<]\s?at\s?[)\]}>]\s?", re.IGNORECASE)
_AT_IN_BRACKETS = re.compile(r"[(\[{<]\s?at", re.IGNORECASE)
_DOMAIN_IN_WORDS = re.compile(
    r"[\w\-]{1,63}(?:\s?(?:\.|[(\[{<]?\s?\bdot\b\s?[)\]}>]?)\s?[\w\-]{1,63}){1,5}", re.IGNORECASE
)
_WEB = re.compile(r"(?:https?:\s?//|ftp://|(?<![^\W_])www\.)[^\s<>\"]{1,2048}", re.IGNORECASE)
_WEB_PATH = re.compile(
    r"\.(?:com|org|net|io|co|uk|me|in|dev|eu|info|example|ac|gov|be|app|page)/[^\s<>\"]{1,2048}",
    re.IGNORECASE,
)
_HOST_END = re.compile(r"[\w.\-]{1,253}$")
_SERVICES = (
    "skype", "twitter", "instagram", "github", "linkedin", "facebook", "tiktok", "whatsapp", "telegram",
)  # fmt: skip
_ACCOUNT = re.compile(
    rf"\b(?:{'|'.join(_SERVICES)})"
    r"(?: ?(?:id|handle|name|user|profile))?"
    r" ?: ?([\w@.:/\-]{2,100})",
    re.IGNORECASE,
)
# Nor right after a marker, where a name stood: what is hidden once stays as it was.
_HANDLE = re.compile(r"@(?<![\w.@/\]]@)[A-Za-z_]\w{2,29}(?![\w@]|\.\w)")
_TELEPHONE = re.compile(
    r"(?<![\w.,£$€])(?:\+ ?|\()?\d(?:[ \t\xa0]?(?:[().\-–\u2010\u2011]{1,2}[ \t\xa0]?)?\d){6,15}(?!\d)"
)
_SEVEN_FIGURES = re.compile(r"\d(?:[ \t\xa0]?(?:[().\-–\u2010\u2011]{1,2}[ \t\xa0]?)?\d){6}")
_TELEPHONE_LABEL = re.compile(
    r"(?:tel|telephone|phone|mobile|mob|cell|contact|call|ring|fax|whatsapp)"
    r"(?: ?(?:no|number|numbers))?\W{0,4}$",
    re.IGNORECASE,
)
_DIGIT = r"(?:oh|o|zero|nought|double|treble|triple|one|two|three|four|five|six|seven|eight|nine|hundred|thousand)"
_TELEPHONE_IN_WORDS = re.compile(rf"(?<!\w){_DIGIT}(?:[ ,\-]{{1,3}}{_DIGIT}){{6,}}(?!\w)", re.IGNORECASE)
_IN_WORDS = frozenset(_DIGIT.strip("(?:)").split("|"))
# Of seven words or more, those between the first and the last stand free of everything else.
_FIGURES_ON_END = b"\x01" * 5
_EMAIL_IN_PLAIN_WORDS = re.compile(
    r"(?:\b(?:e-?mail|mail|address|me)\b(?: address)?(?: is| me| to| at"
    r"|:)?[ ]+)?((?:[\w\-]+[ .]){1,5}at (?:[\w\-]+ ){1,3}dot (?:com|co|org|net|uk|ac|gov|me|io"
    r"|example)(?: dot \w{2,4})?)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D{1,4}(?:19|20)\d\d)*")
_POSTCODE = re.compile(
    r"[A-Z](?<![^\W_].)(?:(?<=G)IR[ ]{0,2}0AA|[A-Z]?\d[A-Z\d]?[ ]{0,2}\d[ABD-HJLNP-UW-Z]{2})(?![^\W_])"
)
_NATIONAL_INSURANCE = re.compile(
    r"(?<![^\W_])(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(?:[ \-.]?\d{2}){3}[ \-.]?[A-D](?![^\W_])",
    re.IGNORECASE,
)
_SIX_FIGURES = re.compile(r"\d\d[ \-.]?\d\d[ \-.]?\d\d")
_NHS = re.compile(r"\d(?<![\w.].)\d\d[ \-]?\d{3}[ \-]?\d{4}(?![\w])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(\d{4}|['’]?\d{2})(?!\d)"
_DATE_IN_FIGURES = re.compile(r"(\d(?<!\d.)\d{0,3})( ?[/.\-–] ?| )(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DATE_DAY_FIRST = re.compile(
    rf"(\d(?<!\d.)\d?)(?:st|nd|rd|th)?[ \-./]{{0,2}}(?:of )?{_MONTH}[ ,\-./]{{0,3}}{_YEAR}", re.IGNORECASE
)
_DATE_MONTH_FIRST = re.compile(
    rf"(?<![^\W_]){_MONTH}[ .\-]{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?[ ,\-]{{1,3}}{_YEAR}", re.IGNORECASE
)
_DAY_AND_YEAR = re.compile(r"[ .\-]\d{1,2}(?:st|nd|rd|th)?[ ,\-]{1,3}['’\d]", re.IGNORECASE)
_BIRTH_LABEL = re.compile(
    r"(?:d\.? ?o\.? ?b\.?|date of birth|birth date|birthdate|born(?: on)?|birthday)\W{0,6}$", re.IGNORECASE
)


def _hide(start: int, end: int, kind: Kind, rule: str) -> Span:
    return Span(start, end, kind, rule, Action.HIDE)


def find_emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with a space at the sign or written out (name [at] example dot org)."""
    at = text.find("@")
    while at >= 0:
        before = text[max(0, at - 65) : at]
        local = _LOCAL_END.search(before.rstrip(" \t"))
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            yield _hide(at - len(before) + local.start(), domain.end(), Kind.EMAIL, "e-mail address")
        at = text.find("@", at + 1)
    for sign in _AT_IN_WORDS.finditer(text) if _AT_IN_BRACKETS.search(text) else ():
        before = text[max(0, sign.start() - 64) : sign.start()]
        local = _LOCAL_END.search(before)
        domain = _DOMAIN_IN_WORDS.match(text, sign.end())
        if local and domain:
            yield _hide(
                sign.start() - len(before) + local.start(), domain.end(), Kind.EMAIL, "e-mail address in words"
            )


def find_in_words(text: str) -> Iterator[Span]:
    """Telephone numbers and e-mail addresses written out in plain words."""
    low = in_small_letters(text)
    are_figures = bytes([word in _IN_WORDS for word in low.replace(",", " ").replace("-", " ").split()])
    for match in _TELEPHONE_IN_WORDS.finditer(text) if _FIGURES_ON_END in are_figures else ():
        yield _hide(*match.span(), Kind.TELEPHONE, "telephone number in words")
    if " dot " in low:
        for match in _EMAIL_IN_PLAIN_WORDS.finditer(text):
            yield _hide(*match.span(1), Kind.EMAIL, "e-mail address in words")


def find_web_addresses(text: str) -> Iterator[Span]:
    """Web addresses, profile links without a scheme, and account names after the service's."""
    low = in_small_letters(text)
    for match in _WEB.finditer(text) if holds_any(low, ("http", "ftp://", "www.")) else ():
        yield _hide(*match.span(), Kind.WEB_ADDRESS, "web address")
    for match in _WEB_PATH.finditer(text):
        before = text[max(0, match.start() - 253) : match.start()]
        host = _HOST_END.search(before)
        if host:
            yield _hide(match.start() - len(host[0]), match.end(), Kind.WEB_ADDRESS, "profile link")
    for match in _HANDLE.finditer(text) if "@" in text else ():
        yield _hide(*match.span(), Kind.WEB_ADDRESS, "handle")
    for match in _ACCOUNT.finditer(text) if holds_any(low, _SERVICES) else ():
        yield _hide(*match.span(1), Kind.WEB_ADDRESS, "account name")


def digits_of(number: str) -> str:
    """The digits of a telephone number, without the United Kingdom's prefixes."""
    digits = "".join(character for character in number if character.isdecimal())
    for prefix in ("0044", "44", "0"):
        if digits.startswith(prefix) and len(digits) > 9:
            return digits[len(prefix) :].removeprefix("0")
    return digits


def find_telephones(text: str) -> Iterator[Span]:
    """Telephone numbers by form, and shorter ones by their label."""
    for match in _TELEPHONE.finditer(text) if _SEVEN_FIGURES.search(text) else ():
        # "2011 07700 900123": the year is no part of the number.
        year = _YEAR_BEFORE.match(match[0])
        start = match.start() + (year.end() if year else 0)
        if _is_telephone(text, start, match.end()):
            yield _hide(start, match.end(), Kind.TELEPHONE, "telephone number")


_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d[ \t\xa0]+(?=[+(]?0)")


def _is_telephone(text: str, start: int, end: int) -> bool:
    number = text[start:end]
    digits = sum(character.isdecimal() for character in number)
    # "Please call 07700 900123": a call's log number has no such form.
    if number[:1] in "0+" and digits >= 10 and _TELEPHONE_LABEL.search(text[max(0, start - 24) : start]):
        return True
    if _YEARS.fullmatch(number.strip("()")):
        return False
    if not number.startswith("+") and OF_WORK.search(text[max(0, start - 36) : start]):
        return False
    if number.startswith("+") or (number.lstrip("(").startswith("0") and 9 <= digits <= 15):
        return digits >= 9
    if 10 <= digits <= 13 and _DATE_IN_FIGURES.match(number) is None:
        return True
    return _TELEPHONE_LABEL.search(text[max(0, start - 24) : start]) is not None


def find_postcodes(text: str) -> Iterator[Span]:
    """United Kingdom postcodes in capitals."""
    for match in _POSTCODE.finditer(text):
        yield _hide(*match.span(), Kind.POSTCODE, "postcode")


def find_state_numbers(text: str) -> Iterator[Span]:
    """National Insurance numbers, and NHS numbers whose check digit is right."""
    for match in _NATIONAL_INSURANCE.finditer(text) if _SIX_FIGURES.search(text) else ():
        yield _hide(*match.span(), Kind.NATIONAL_INSURANCE, "National Insurance number")
    for match in _NHS.finditer(text):
        if is_nhs_number(match[0]):
            yield _hide(*match.span(), Kind.NHS_NUMBER, "NHS number")


def is_nhs_number(number: str) -> bool:
    """Whether ten digits satisfy the NHS number's modulus 11 check (worked example: 943 476 5919)."""
    digits = [int(character) for character in number if character.isdecimal()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(digits) == 10 and check % 11 == digits[9] and check != 10


def find_dates_of_birth(text: str, born: date | None) -> Iterator[Span]:
    """The known date of birth in any common form, and any date after a label such as "born"."""
    for start, end, readings in _dates(text):
        if born is not None and (born.year, born.month, born.day) in readings:
            yield _hide(start, end, Kind.DATE_OF_BIRTH, "known date of birth")
        elif _BIRTH_LABEL.search(text[max(0, start - 24) : start]):
            yield _hide(start, end, Kind.DATE_OF_BIRTH, "date after a label")


def _dates(text: str) -> Iterator[tuple[int, int, set[tuple[int, int, int]]]]:
    """Each date's place and its possible (year, month, day)."""
    for match in _DATE_IN_FIGURES.finditer(text):
        first, middle, last = int(match[1]), int(match[3]), match[4]
        readings = {(first, middle, int(last))}
        for year in _years(last):
            readings |= {(year, middle, first), (year, first, middle)}
        yield match.start(), match.end(), readings
    for pattern, day, month in ((_DATE_DAY_FIRST, 1, 2), (_DATE_MONTH_FIRST, 2, 1)):
        if pattern is _DATE_MONTH_FIRST and not _DAY_AND_YEAR.search(text):
            continue
        for match in pattern.finditer(text):
            number = _MONTHS.index(match[month].lower()) + 1
            yield match.start(), match.end(), {(year, number, int(match[day])) for year in _years(match[3])}


def _years(figures: str) -> tuple[int, ...]:
    year = int(figures.lstrip("'’"))
    return (year,) if len(figures) == 4 else (1900 + year, 2000 + year)
