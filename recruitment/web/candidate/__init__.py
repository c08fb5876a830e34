"""What candidates see: vacancies, their application from start to submission, and what became of it."""

from flask import Blueprint

candidate = Blueprint("candidate", __name__)

from recruitment.web.candidate import (  # noqa: E402, F401 (views attach themselves to the blueprint)
    about_you,
    applications,
    appointments,
    assessments,
    checking,
    correspondence,
    disputes,
    eligibility,
    equality,
    languages,
    more_time,
    preview,
    prompting,
    questions,
    requests,
    rights,
    tasks,
    vacancies,
)
