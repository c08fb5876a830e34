"""Runs a reader in a confined child process and brings back its text, or the reason there is none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from recruitment.services.documents.outcomes import ReadingLimits, Unreadable, UnreadableDocument

_CONFINED = Path(__file__).with_name("confined.py")
_LONGEST_ESCAPE = 12  # a character outside the first plane in ASCII JSON: two escaped surrogates
_ROOM_FOR_FRAME = 4096
_EXIT_INCOMPLETE = 70  # as in confined.py
_KILLED_BY_LIMIT = (-signal.SIGKILL, -signal.SIGXCPU)


@dataclass(frozen=True)
class _Ending:
    output: bytes
    exit_code: int


def read_in_child(reader: Path, content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    """The text and the number of pages that `reader` (a file with a function `read`) finds.

    Raises UnreadableDocument; RuntimeError where the fault is ours, not the document's.
    """
    longest = limits.characters * _LONGEST_ESCAPE + _ROOM_FOR_FRAME
    ending = _run_confined(reader, content, limits, longest)
    if ending.exit_code in _KILLED_BY_LIMIT:
        raise UnreadableDocument(Unreadable.TOOK_TOO_LONG, limits)
    isolation, _, answer = ending.output.partition(b"\n")
    if not isolation or ending.exit_code == _EXIT_INCOMPLETE:
        raise RuntimeError(f"the document reader could not start (exit code {ending.exit_code})")
    if len(ending.output) > longest:
        raise UnreadableDocument(Unreadable.TOO_LONG, limits)
    return _understand_answer(answer, limits)


def network_isolation() -> str:
    """How the child is kept from the network on this system: "namespace" or "sockets blocked"."""
    ending = _run_confined(None, b"", ReadingLimits(), _ROOM_FOR_FRAME)
    if ending.exit_code != 0:
        raise RuntimeError(f"the document reader could not start (exit code {ending.exit_code})")
    return ending.output.decode("ascii").strip()


def _understand_answer(answer: bytes, limits: ReadingLimits) -> tuple[str, int]:
    try:
        outcome = json.loads(answer)
        if "reason" in outcome:
            raise UnreadableDocument(Unreadable(outcome["reason"]), limits)
        return str(outcome["text"]), int(outcome["pages"])
    except (ValueError, KeyError, TypeError):
        # The child died under the document, or what it sent was not an answer.
        raise UnreadableDocument(Unreadable.BROKEN, limits) from None


def _run_confined(reader: Path | None, content: bytes, limits: ReadingLimits, longest: int) -> _Ending:
    settings = {
        "reader": str(reader) if reader else None,
        "readers": [str(file) for file in reader.parent.glob("*.py")] if reader else [],
        "library": _library_folder(),
        "limits": {
            "pages": limits.pages,
            "characters": limits.characters,
            "unpacked": limits.unpacked,
        },
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    with subprocess.Popen(  # noqa: S603 - our own interpreter and file; nothing of the document is an argument
        [sys.executable, "-I", "-S", "-B", str(_CONFINED), json.dumps(settings)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - for the type checker
        writer = threading.Thread(target=_write_content, args=(process.stdin, content))
        clock = threading.Timer(limits.seconds, _kill_group, args=(process,))
        writer.start()
        clock.start()
        try:
            output = process.stdout.read(longest + 1)
            if len(output) > longest:
                _kill_group(process)
            process.wait()
        finally:
            clock.cancel()
            _kill_group(process)
            writer.join()
            clock.join()
    exit_code = 0 if len(output) > longest else process.returncode
    return _Ending(output, exit_code)


def _write_content(stdin: IO[bytes], content: bytes) -> None:
    try:
        with stdin:
            stdin.write(content)
    except OSError:
        pass  # the child has ended without reading everything; its exit code says why


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _library_folder() -> str:
    """Where the child finds pypdf: with -I and -S it knows the standard library only."""
    spec = find_spec("pypdf")
    if spec is None or spec.origin is None:
        raise RuntimeError("pypdf is not installed, so that no PDF can be read")
    return str(Path(spec.origin).parent.parent)
