"""The child's first program: gives up network, files, memory and time, then runs one reader on stdin.

It stands alone (no import from this package), because the child must start fast and hold nothing of ours.
On stdout: one line saying how the network is shut off, then one JSON object, {"text", "pages"} or {"reason"}.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_OPEN_FILES = 24
_EXIT_INCOMPLETE = 70  # as in child_process.py
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "ctypes.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.kill",
    "pty.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def enter_network_namespace() -> bool:
    """Whether the system gave this process a network of its own, with nothing on it."""
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    return bool(unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def limit_resources(seconds: int, memory: int) -> None:
    wanted = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def forbid_reaching_out(readable: tuple[str, ...]) -> None:
    """No sockets, programs or foreign functions from here on, and no file outside the `readable` folders.

    Needed inside a network namespace too: a Unix socket in the file system, such as a database's, is a file.
    """

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is not allowed while a document is read")
        if event == "open" and not _may_open(arguments[0], arguments[2], readable):
            raise PermissionError("this file may not be opened while a document is read")

    sys.addaudithook(refuse)


def _may_open(path: object, flags: int, readable: tuple[str, ...]) -> bool:
    if isinstance(path, int):
        return True
    name = os.fsdecode(path) if isinstance(path, str | bytes) else ""
    return name.startswith(readable) and ".." not in name and not flags & _WRITING


def run_reader(path: str, limits: dict[str, int]) -> dict[str, str | int]:
    """What the reader's `read(content, limits)` returns; ImportError where it is incomplete."""
    folder, name = os.path.split(path)
    neighbours = ModuleType("readers")
    neighbours.__path__ = [folder]
    sys.modules["readers"] = neighbours
    reader = import_module("readers." + name.removesuffix(".py"))
    try:
        outcome: dict[str, str | int] = reader.read(sys.stdin.buffer.read(), limits)
    except MemoryError:
        return {"reason": "took too long"}
    except ImportError:
        raise
    except Exception:
        # Whatever a parser raises on a hostile or damaged file, it means the same to the candidate.
        return {"reason": "broken"}
    return outcome


def main() -> int:
    settings = json.loads(sys.argv[1])
    os.environ.clear()
    isolation = "namespace" if enter_network_namespace() else "sockets blocked"
    limit_resources(settings["seconds"], settings["memory"])
    sys.path.append(settings["library"])
    readable = [entry + os.sep for entry in sys.path]
    forbid_reaching_out((*readable, *settings["readers"]))
    print(isolation, flush=True)
    if not settings["reader"]:
        return 0
    try:
        outcome = run_reader(settings["reader"], settings["limits"])
    except ImportError:
        return _EXIT_INCOMPLETE
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(outcome), flush=True)
    return 0


if __name__ == "__main__":
    code = main()
    # The interpreter's own tidying up takes time on large documents and there is nothing to tidy.
    os._exit(code)
