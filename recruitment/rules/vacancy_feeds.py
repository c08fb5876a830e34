"""Open posts as other sites take them: JSON Feed 1.1 and RSS 2.0.

Only what the advert tells everybody; no address in it carries a mark of who read it.
Sources: jsonfeed.org/version/1.1; rssboard.org/rss-specification; RFC 3339 and RFC 5322 for dates.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

_JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class FeedPost:
    """One post of a campaign; texts are empty where the advert says nothing."""

    title: str
    location: str
    grade: str
    pay: str
    working_pattern: str
    posts: int


@dataclass(frozen=True)
class FeedVacancy:
    """A campaign that takes applications from outside; `url` is its advert, which also is its lasting id."""

    url: str
    organisation: str
    title: str
    summary: str
    opened_at: datetime
    closes_at: datetime
    posts: tuple[FeedPost, ...]

    @property
    def sentences(self) -> str:
        """The advert's summary and its facts as plain text."""
        facts = [
            ", ".join(filter(None, (post.title, post.location, post.grade, post.pay, post.working_pattern)))
            for post in self.posts
        ]
        return "\n".join([self.summary, *facts, f"Closes {format_datetime(self.closes_at)}"])


def to_json_feed(title: str, home: str, feed: str, vacancies: Sequence[FeedVacancy]) -> str:
    """JSON Feed 1.1; `_vacancy` is an extension with what machines sort by."""
    items = [
        {
            "id": one.url,
            "url": one.url,
            "title": one.title,
            "content_text": one.sentences,
            "date_published": one.opened_at.isoformat(),
            "authors": [{"name": one.organisation}],
            "_vacancy": {
                "closes_at": one.closes_at.isoformat(),
                "organisation": one.organisation,
                "posts": [vars(post) for post in one.posts],
            },
        }
        for one in vacancies
    ]
    found = {"version": _JSON_FEED, "title": title, "home_page_url": home, "feed_url": feed, "language": "en-GB"}
    return json.dumps({**found, "items": items}, ensure_ascii=False, indent=1)


def to_rss(title: str, home: str, vacancies: Sequence[FeedVacancy]) -> bytes:
    """RSS 2.0, UTF-8."""
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    for name, text in (("title", title), ("link", home), ("description", title), ("language", "en-gb")):
        ElementTree.SubElement(channel, name).text = text
    for one in vacancies:
        item = ElementTree.SubElement(channel, "item")
        for name, text in (
            ("title", f"{one.title} – {one.organisation}"),
            ("link", one.url),
            ("guid", one.url),
            ("description", one.sentences),
            ("pubDate", format_datetime(one.opened_at)),
        ):
            ElementTree.SubElement(item, name).text = text
    written: bytes = ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written
