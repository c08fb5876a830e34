"""The shortlister's screens: own queue, one answer with its guide, recognition, moderation."""

from __future__ import annotations

from flask import Blueprint

shortlister = Blueprint("shortlister", __name__)

from recruitment.web.shortlister import (  # noqa: E402
    answers as answers,
)
from recruitment.web.shortlister import (  # noqa: E402
    closed as closed,
)
from recruitment.web.shortlister import (  # noqa: E402
    moderation as moderation,
)
from recruitment.web.shortlister import (  # noqa: E402
    queues as queues,
)
from recruitment.web.shortlister import (  # noqa: E402
    recognition as recognition,
)
from recruitment.web.shortlister import (  # noqa: E402
    sample_scores as sample_scores,
)
from recruitment.web.shortlister import (  # noqa: E402
    text_reports as text_reports,
)
