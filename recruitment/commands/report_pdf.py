"""The report as a tagged PDF that assistive technology can read, through an optional extra.

Source: ISO 14289-1 (PDF/UA-1): tagged content in reading order, a title that is shown, a language.
"""

from __future__ import annotations

from recruitment.rules.errors import Invalid

ABSENT = "A PDF needs the optional extra: install recruitment[pdf], and the library Pango that WeasyPrint uses."

_PAPER = (
    "@page { size: A4 landscape; margin: 15mm } body { max-width: none; padding: 0 } "
    "tr, svg { break-inside: avoid }"
)


def require_pdf() -> None:
    """Raise Invalid, with what to install, where the extra is absent."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError: Pango is absent
        raise Invalid(ABSENT, "pdf") from None


def to_pdf(page: str) -> bytes:
    """A page that stands by itself as PDF/UA-1; nothing is fetched from anywhere. Invalid as for `require_pdf`."""
    require_pdf()
    from weasyprint import CSS, HTML

    made = HTML(string=_with_styled_pictures(page), url_fetcher=_refuse).write_pdf(
        pdf_variant="pdf/ua-1", stylesheets=[CSS(string=_PAPER)]
    )
    return bytes(made or b"")


def _with_styled_pictures(page: str) -> str:
    """WeasyPrint reads a picture's style inside the picture only, and there neither `font` nor `paint-order`."""
    rules = " ".join(line for line in page.splitlines() if line.startswith(".report-"))
    rules = rules.replace("paint-order: stroke; stroke: #fff; stroke-width: 4px;", "")
    rules = rules.replace("font: 400 14px", "font-size: 14px; font-family:")
    return page.replace("</title>\n  ", f"</title><style>{rules}</style>\n  ")


def _refuse(url: str, *_: object, **__: object) -> None:
    raise ValueError(f"A report holds everything that it shows, but asks for {url[:80]}.")
