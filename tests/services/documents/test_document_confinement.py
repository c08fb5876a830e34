"""What a reader could do if a document took it over: nothing, and not for long."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from recruitment.services.documents import (
    ReadingLimits,
    Unreadable,
    UnreadableDocument,
    network_isolation,
    read_document,
)
from recruitment.services.documents.child_process import read_in_child

_PACKAGE = Path(sys.modules[read_in_child.__module__].__file__ or "").parent
_REPOSITORY = _PACKAGE.parents[2]
_LIMITS = ReadingLimits(seconds=10)


def _run_reader(folder: Path, body: str, limits: ReadingLimits = _LIMITS) -> str:
    """What `body`, as the body of a reader that has been taken over, returns from inside the real child."""
    reader = folder / "taken_over.py"
    lines = "\n    ".join(body.strip().splitlines())
    reader.write_text(f"import os\ndef read(content, limits):\n    {lines}\n")
    text, _ = read_in_child(reader, b"content", limits)
    return text


def _attempt(folder: Path, statement: str) -> str:
    return _run_reader(
        folder,
        f"try:\n    {statement}\nexcept OSError as error:\n"
        "    return {'text': type(error).__name__, 'pages': 1}\nreturn {'text': 'done', 'pages': 1}",
    )


def _run_plainly(statement: str) -> None:
    subprocess.run([sys.executable, "-c", statement], check=True)


@pytest.fixture
def tcp_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def socket_path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "database.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        yield path


def test_the_child_cannot_open_a_network_connection(tmp_path: Path, tcp_port: int) -> None:
    connect = f"import socket; socket.create_connection(('127.0.0.1', {tcp_port}), 5).close()"
    _run_plainly(connect)
    assert _attempt(tmp_path, connect) == "PermissionError"


def test_the_child_cannot_reach_a_database_by_a_socket_file(tmp_path: Path, socket_path: Path) -> None:
    connect = f"import socket; s = socket.socket(socket.AF_UNIX); s.connect({str(socket_path)!r}); s.close()"
    _run_plainly(connect)
    assert _attempt(tmp_path, connect) == "PermissionError"


def test_the_child_cannot_read_or_write_files_or_start_programs(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret")
    for statement in (
        f"open({str(key)!r}).close()",
        f"os.close(os.open({str(key)!r}, os.O_RDONLY))",
        f"open('/proc/{os.getpid()}/environ').close()",
        f"open({str(tmp_path / 'new')!r}, 'w').close()",
        "os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
    ):
        _run_plainly(f"import os; {statement}")
        (tmp_path / "new").unlink(missing_ok=True)
        assert _attempt(tmp_path, statement) == "PermissionError", statement
    assert not (tmp_path / "new").exists()


def test_the_child_sees_no_environment_variable_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY_OF_OURS", "secret")
    _run_plainly("import os; assert os.environ['A_KEY_OF_OURS'] == 'secret'")
    assert _run_reader(tmp_path, "return {'text': repr(dict(os.environ)), 'pages': 1}") == "{}"


def test_the_child_does_not_know_where_our_code_is(tmp_path: Path) -> None:
    imported = _run_reader(
        tmp_path,
        "try:\n    import recruitment\n"
        "except (ImportError, OSError):\n    return {'text': 'none', 'pages': 1}\n"
        "return {'text': 'ours', 'pages': 1}",
    )
    assert imported == "none"


def test_a_reader_may_read_the_files_beside_it_that_are_programs_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("FOUND = 'found'\n")
    (tmp_path / "key").write_text("secret")
    found = "from .beside import FOUND\nreturn {'text': FOUND, 'pages': 1}"
    assert _run_reader(tmp_path, found) == "found"
    assert _attempt(tmp_path, f"open({str(tmp_path / 'key')!r}).close()") == "PermissionError"


@pytest.mark.parametrize("file", sorted((_PACKAGE / "readers").glob("*.py")), ids=lambda file: file.stem)
def test_our_readers_import_nothing_of_ours_but_each_other(file: Path) -> None:
    imported = [
        node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {alias.name for node in imported if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imported if isinstance(node, ast.ImportFrom) and not node.level}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names | {"pypdf"}
    assert all(node.level <= 1 for node in imported if isinstance(node, ast.ImportFrom))


def test_the_namespace_alone_keeps_the_network_out(tcp_port: int) -> None:
    if network_isolation() != "namespace":
        pytest.skip("this system gives no network namespace")
    connect = (
        f"import sys, socket; sys.path.insert(0, {str(_PACKAGE)!r}); import confined; {{}}\n"
        f"try:\n    socket.create_connection(('127.0.0.1', {tcp_port}), 5).close()\n"
        "except OSError: sys.exit(3)"
    )
    open_network = subprocess.run([sys.executable, "-c", connect.format("")])
    own_network = subprocess.run(
        [sys.executable, "-c", connect.format("assert confined.enter_network_namespace()")]
    )
    assert (open_network.returncode, own_network.returncode) == (0, 3)


def test_where_the_system_gives_no_namespace_the_report_says_so_and_sockets_stay_blocked() -> None:
    unshare = shutil.which("unshare")
    if unshare is None or network_isolation() != "namespace":
        pytest.skip("no namespace to take away")
    script = "from recruitment.services.documents import network_isolation; print(network_isolation(), end='')"
    no_more = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    ran = subprocess.run(
        [unshare, "-Ur", "sh", "-c", no_more, "sh", sys.executable, "-c", script],
        cwd=_REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert (ran.stdout, ran.stderr) == ("sockets blocked", "")


@pytest.mark.parametrize("body", ["import time\ntime.sleep(60)", "while True: pass"])
def test_a_reader_that_does_not_end_is_stopped_at_the_time_limit(tmp_path: Path, body: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableDocument) as refusal:
        _run_reader(tmp_path, body, ReadingLimits(seconds=1))
    assert refusal.value.reason is Unreadable.TOOK_TOO_LONG
    assert time.monotonic() - begun < 5


def test_a_reader_that_wants_too_much_memory_is_stopped(tmp_path: Path) -> None:
    body = "return {'text': str(len(bytearray(300 * 1024**2))), 'pages': 1}"
    assert _run_reader(tmp_path, body) == str(300 * 1024**2)
    with pytest.raises(UnreadableDocument) as refusal:
        _run_reader(tmp_path, body, ReadingLimits(memory=256 * 1024**2))
    assert refusal.value.reason is Unreadable.TOOK_TOO_LONG


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while True: os.write(1, b'a' * 4096)", Unreadable.TOO_LONG),
        ("os.write(1, b'no answer'); os._exit(0)", Unreadable.BROKEN),
        ("os.abort()", Unreadable.BROKEN),
        ("return {'text': 'no pages'}", Unreadable.BROKEN),
        ("raise RecursionError", Unreadable.BROKEN),
    ],
)
def test_a_reader_that_misbehaves_ends_in_a_refusal(tmp_path: Path, body: str, reason: Unreadable) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        _run_reader(tmp_path, body)
    assert refusal.value.reason is reason


def test_a_reader_that_is_not_installed_is_our_fault_and_not_the_document_s(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="could not start"):
        _run_reader(tmp_path, "import a_library_that_is_missing")


def _pdf_with_page(stream: bytes, filters: bytes) -> bytes:
    """A PDF of one page whose content is `stream`, written by hand because no program writes such a thing."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[%b]>>stream\n%b\nendstream" % (len(stream), filters, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, table = b"%PDF-1.4\n", b"xref\n0 6\n0000000000 65535 f \n"
    for number, described in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, described)
    return content + table + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % len(content)


def _compress(piece: bytes, times: int) -> bytes:
    compressor = zlib.compressobj(9)
    return b"".join(compressor.compress(piece) for _ in range(times)) + compressor.flush()


def test_a_small_page_written_by_hand_is_read() -> None:
    stream = zlib.compress(b"BT /F 9 Tf (Small page) Tj ET")
    assert read_document(_pdf_with_page(stream, b"/FlateDecode")).text == "Small page"


def test_a_file_that_unpacks_to_three_hundred_megabytes_is_stopped() -> None:
    packed = zlib.compress(_compress(bytes(1024**2), 300), 9)
    bomb = _pdf_with_page(packed, b"/FlateDecode/FlateDecode")
    assert len(bomb) < 10_000
    begun = time.monotonic()
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(bomb)
    assert refusal.value.reason is Unreadable.TOOK_TOO_LONG
    assert time.monotonic() - begun < 20


def test_a_page_of_a_million_operators_is_stopped_at_the_time_limit() -> None:
    bomb = _pdf_with_page(_compress(b"BT /F 9 Tf () Tj ET\n" * 1000, 1000), b"/FlateDecode")
    begun = time.monotonic()
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(bomb, limits=ReadingLimits(seconds=2))
    assert refusal.value.reason is Unreadable.TOOK_TOO_LONG
    assert time.monotonic() - begun < 6


def test_a_deeply_nested_file_is_broken() -> None:
    nested = _pdf_with_page(zlib.compress(b"BT /F 9 Tf (Text) Tj ET " + b"[" * 200_000), b"/FlateDecode")
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(nested)
    assert refusal.value.reason is Unreadable.BROKEN
