"""What the processes of one test run share: templates, kept worlds and one PostgreSQL; made once, not in each."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# As root the PostgreSQL server opens its parent folders to other users: keys lie in another one.
_FOLDERS = {"worlds": "RECRUITMENT_TEST_WORLDS", "postgres": "RECRUITMENT_TEST_POSTGRES"}


def make_shared_folders() -> None:
    """By the process that starts the others, which find them through their environment."""
    for name, variable in _FOLDERS.items():
        os.environ[variable] = tempfile.mkdtemp(prefix=f"recruitment-{name}-")


def remove_shared_folders() -> None:
    for variable in _FOLDERS.values():
        shutil.rmtree(os.environ.pop(variable), ignore_errors=True)


def shared_folder(name: str) -> Path:
    return Path(os.environ[_FOLDERS[name]])


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Only one process is in here at a time."""
    with (shared_folder("worlds") / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
