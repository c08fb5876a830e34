"""What tests in a real browser share: the browser, and an application served on a port of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.demonstration import find_chromium

CHROMIUM = find_chromium()
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: object = "-", size: object = "-") -> None:
        pass


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of the application, served in this process until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
