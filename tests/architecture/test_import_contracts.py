"""Who may import whom, by the contracts in pyproject.toml; and the shape of files and their names."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config import Config

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 350
EMPTY_NAMES = {"common", "data", "helper", "helpers", "info", "manager", "managers", "util", "utils"}

# One breach of every contract: module of the package → what is written into it.
BREACHES = {
    "rules/planted.py": "import flask",
    "store/planted.py": "import recruitment.services.drafts",
    "services/planted.py": (
        "import cryptography, recruitment.vault.receipts, recruitment.vault.opening.clearance, "
        "recruitment.vault.opening.compartment, recruitment.vault.opening.contact, "
        "recruitment.vault.opening.counts, recruitment.vault.opening.equality, "
        "recruitment.vault.opening.identity, recruitment.vault.opening.relationships, "
        "recruitment.vault.opening.pool, recruitment.vault.opening.requests, "
        "recruitment.vault.opening.tie_breaks, recruitment.vault.opening.resealing, "
        "recruitment.vault.opening.eligibility, recruitment.vault.opening.origin, "
        "recruitment.vault.opening.correspondence, "
        "recruitment.vault.opening.holding, recruitment.vault.opening.own"
    ),
    "web/recruiter/planted.py": "import recruitment.store.people, recruitment.web.panel",
    "web/candidate/planted.py": "import recruitment.services.reveals",
    "web/account/planted.py": "import recruitment.web.account.outbox",
    "web/entries/planted.py": "import recruitment.services.paper_letters",
}


def contract_names() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def lint_imports(folder: Path) -> tuple[set[str], set[str], str]:
    """Names of the contracts kept and broken, and all that was said."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "400", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    verdicts = re.findall(r"^(.+?) (KEPT|BROKEN)(?: .*)?$", said, re.MULTILINE)
    kept = {name for name, verdict in verdicts if verdict == "KEPT"}
    return kept, {name for name, verdict in verdicts if verdict == "BROKEN"}, said


def test_every_contract_of_imports_is_kept() -> None:
    kept, _, said = lint_imports(ROOT)
    assert kept == contract_names(), said


def test_every_contract_of_imports_breaks_when_somebody_breaches_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "recruitment", tmp_path / "recruitment", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, line in BREACHES.items():
        (tmp_path / "recruitment" / path).write_text(f"{line}\n")
    _, broken, said = lint_imports(tmp_path)
    assert broken == contract_names(), said


def test_making_the_public_site_loads_neither_the_outbox_nor_a_screen_of_the_staff_site(tmp_path: Path) -> None:
    """Contracts see imports that are written down; this sees those that happen."""
    script = (
        "import sys\n"
        "from tests.support.world import World, make_template\n"
        "from pathlib import Path\n"
        "home = Path(sys.argv[1])\n"
        "make_template(home, f'sqlite:///{home}/recruitment.db')\n"
        "world = World(home, f'sqlite:///{home}/recruitment.db')\n"
        "world.public_app\n"
        "loaded = lambda: {name for name in sys.modules if name.startswith('recruitment.web.')}\n"
        "print(sorted(name for name in loaded() if name.split('.')[2] in "
        "('admin', 'analyst', 'auditor', 'panel', 'recruiter') or name.endswith('.outbox')))\n"
        "world.staff_app\n"
        "print('recruitment.web.recruiter' in loaded())\n"
        "world.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split("\n")[:2] == ["[]", "True"], done.stderr


def python_files() -> list[Path]:
    folders = ("recruitment", "tests", "migrations")
    return [ROOT / "config.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))]


def test_no_python_file_is_longer_than_350_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_files()
        if path.parent.name != "versions"  # a migration is written once, whole
    }
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {path.stem for path in python_files()} | {path.parent.name for path in python_files()}
    assert len(names) > 80
    assert names & EMPTY_NAMES == set()


def test_a_receipt_is_made_in_one_place_alone() -> None:
    makers = set()
    for path in sorted((ROOT / "recruitment").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Receipt"
            ):
                makers.add(str(path.relative_to(ROOT)))
    assert makers == {"recruitment/services/openings.py"}


def test_no_setting_of_a_new_installation_makes_it_a_development_one() -> None:
    assert Config.from_environment({}).is_development is False


@pytest.mark.parametrize("layer", ["rules", "store", "vault", "services"])
def test_every_module_of_the_inner_layers_says_in_a_sentence_what_it_is_for(layer: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "recruitment" / layer).rglob("*.py"))
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []
