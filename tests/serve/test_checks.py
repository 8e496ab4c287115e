"""What is wrong before the start is said in one sentence, by the real program too."""

import io
import json
import os
import re
import socket
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lease_assistant.serve import __main__ as program
from lease_assistant.serve import services
from lease_assistant.serve.checks import NotReadyError, check_model, check_ports, check_python, free_port
from lease_assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])
def taken_port(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port that another program listens on, on this machine only or on every interface."""
    with socket.socket() as other:
        other.bind((request.param, 0))
        other.listen()
        yield other.getsockname()[1]


def serve(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "lease_assistant.serve"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("variable", ["LEASE_ASSISTANT_PORT", "ACTION_SERVER_PORT"])
def test_a_taken_port_is_named(taken_port: int, variable: str) -> None:
    other = {"LEASE_ASSISTANT_PORT": "ACTION_SERVER_PORT", "ACTION_SERVER_PORT": "LEASE_ASSISTANT_PORT"}[variable]
    result = serve(**{variable: str(taken_port), other: str(free_port())})
    assert result.returncode == 1
    assert result.stdout == ""
    assert re.fullmatch(rf"Port {taken_port} for the .* is in use: .* {variable} to another port\.\n", result.stderr)


def test_a_port_of_the_system_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(NotReadyError, match="Port 80 for the Rasa server is not allowed: set LEASE_ASSISTANT_PORT"):
        check_ports(Settings(assistant_port=80))


def test_a_wrong_setting_is_one_sentence() -> None:
    result = serve(LEASE_ASSISTANT_PORT="abc")
    assert result.returncode == 1
    assert result.stderr == "LEASE_ASSISTANT_PORT is 'abc', but a port is a whole number from 1 to 65535.\n"


@pytest.mark.parametrize("version", [(3, 9), (3, 11), (3, 13)])
def test_another_python_is_refused(version: tuple[int, int]) -> None:
    with pytest.raises(NotReadyError, match=rf"This is Python 3\.{version[1]}, but the assistant needs Python 3\.10"):
        check_python(version)


def test_this_python_is_right() -> None:
    check_python()


def archive(path: Path, **files: bytes) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name.replace("__", "."))
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


METADATA = json.dumps({"trained_at": "2026-11-21T12:00:00", "model_id": "x"}).encode()


def test_a_whole_model_is_accepted(tmp_path: Path) -> None:
    check_model(archive(tmp_path / "assistant.tar.gz", metadata__json=METADATA, weights=os.urandom(100_000)))


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=r"There is no model at .*: make one with `make train`\."):
        check_model(tmp_path / "assistant.tar.gz")


def broken_models(folder: Path) -> dict[str, bytes]:
    whole = archive(folder / "whole.tar.gz", metadata__json=METADATA, weights=os.urandom(100_000)).read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    return {
        "empty": b"",
        "text": b"this is not an archive",
        "cut short": whole[: len(whole) // 2],
        "one byte changed": bytes(flipped),
        "no metadata": archive(folder / "a.tar.gz", weights=b"x").read_bytes(),
        "metadata is no JSON": archive(folder / "b.tar.gz", metadata__json=b"{").read_bytes(),
        "metadata of something else": archive(folder / "c.tar.gz", metadata__json=b"[]").read_bytes(),
    }


@pytest.mark.parametrize(
    "fault",
    [
        "empty",
        "text",
        "cut short",
        "one byte changed",
        "no metadata",
        "metadata is no JSON",
        "metadata of something else",
    ],
)
def test_a_broken_model_is_named(
    tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "assistant.tar.gz"
    model.write_bytes(broken_models(tmp_path)[fault])
    monkeypatch.setattr(services, "MODEL", model)
    monkeypatch.setenv("LEASE_ASSISTANT_PORT", str(free_port()))
    monkeypatch.setenv("ACTION_SERVER_PORT", str(free_port()))
    assert program.main([]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(f"The model {model} ")
    assert output.err.endswith("make a new one with `make train`.\n")
    assert output.err.count("\n") == 1
