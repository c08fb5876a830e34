"""For a WSGI server: `gunicorn wsgi:public` and, in a process of its own, `gunicorn wsgi:staff`."""

from __future__ import annotations

from flask import Flask

from config import Config
from recruitment.app import create_public_app, create_staff_app


def __getattr__(name: str) -> Flask:
    # Made when asked for: a process that serves the public site must never load the staff site's keys.
    if name == "public":
        return create_public_app(Config.from_environment())
    if name == "staff":
        return create_staff_app(Config.from_environment())
    raise AttributeError(name)
