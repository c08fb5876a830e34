"""Where the tests keep their files: in memory, where there is room for them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system; the folders in it are made by tempfile
_ROOM = 4 * 1024**3


def keep_files_in_memory() -> None:
    """Nothing here outlives the tests, and on a disk a copied database alone took six times as long.

    The databases work as they do on a disk: SQLite still flushes each commit. A folder given as TMPDIR is kept.
    """
    if "TMPDIR" in os.environ or not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ROOM:
        return
    os.environ["TMPDIR"] = str(_MEMORY)  # for the workers and the programs that tests start
    tempfile.tempdir = None  # looked up anew when next asked for
