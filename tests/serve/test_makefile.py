"""What `make` says, without running anything slow."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TARGETS = {"run", "test", "chat", "train", "check", "setup", "benchmark", "evaluate", "clean"}


def make(*arguments: str, folder: Path = ROOT, **environment: str) -> "subprocess.CompletedProcess[str]":
    # `make test` runs these tests; this make is to be one of its own, not part of that one.
    inherited = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_make_alone_lists_the_targets() -> None:
    result = make()
    assert result.returncode == 0
    listed = dict(re.findall(r"^  (\w+) +(\S.*)$", result.stdout, re.MULTILINE))
    assert listed.keys() == TARGETS | {"help"}


@pytest.mark.parametrize("target", sorted(TARGETS - {"clean", "setup"}))
def test_every_target_sets_up_first(target: str) -> None:
    """In a folder where nothing is set up yet."""
    result = make("--dry-run", target, "READY=not-there/.ready")
    assert "sync --locked" in result.stdout


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "uv.lock", ".python-version"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_set_up_runs_once_and_again_after_a_change(fresh: Path) -> None:
    uv = fresh / "uv"
    uv.write_text(f"#!/bin/sh\necho uv $1\n[ $1 = python ] || {sys.executable} -m venv --without-pip .venv\n", "utf-8")
    uv.chmod(0o755)
    first, second = (make("setup", f"UV={uv}", folder=fresh) for _ in range(2))
    assert "Installing the locked packages" in first.stdout
    assert "uv sync" in first.stdout
    assert (second.returncode, second.stdout.count("uv")) == (0, 0)
    os.utime(fresh / "uv.lock", (4e9, 4e9))
    assert "uv sync" in make("setup", f"UV={uv}", folder=fresh).stdout


def test_a_missing_python_is_one_sentence(fresh: Path) -> None:
    # A uv that may only use Pythons that it has installed itself, in an empty folder.
    result = make(
        "setup",
        f"UV={ROOT / '.tools/bin/uv' if (ROOT / '.tools/bin/uv').exists() else 'uv'}",
        folder=fresh,
        UV_PYTHON_PREFERENCE="only-managed",
        UV_PYTHON_INSTALL_DIR=str(fresh / "none"),
        UV_PYTHON_DOWNLOADS="never",
    )
    assert result.returncode != 0
    sentence, _, rest = result.stderr.partition("\n")
    assert re.match(
        r"Python 3\.10 was not found and could not be downloaded: install it .* run make again\.$", sentence
    )
    assert rest.startswith("make: ***")
    assert rest.count("\n") == 1


def test_plain_rasa_commands_do_not_report_either() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "RASA_TELEMETRY_ENABLED"}
    code = "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    python = ROOT / ".venv/bin/python"
    result = subprocess.run([python, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert result.stdout == "false\n"


def test_continuous_integration_runs_everything() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line.startswith("make ")]
    assert commands == ["make setup", "make check", "make train", "make test"]
    assert "set -euo pipefail" in script
