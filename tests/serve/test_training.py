"""Training happens when the content of the sources has changed, and only then."""

import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lease_assistant.serve import training


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a model that is up to date."""
    for name in (
        "config.yml",
        "domain.yml",
        "uv.lock",
        "data/nlu/a.yml",
        "data/rules/b.yml",
        "lease_assistant/nlu/c.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models/assistant.tar.gz").write_bytes(b"model")
    training.note_path(tmp_path).write_text(training.fingerprint(tmp_path), encoding="utf-8")
    return tmp_path


def test_nothing_changed(project: Path) -> None:
    assert training.is_current(project)


def test_a_later_date_is_no_change(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    for path in project.rglob("*.yml"):
        os.utime(path, (4e9, 4e9))
    assert training.is_current(project)
    clone = tmp_path_factory.mktemp("elsewhere") / "clone"
    shutil.copytree(project, clone)
    assert training.is_current(clone)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": lambda root: (root / "data/nlu/a.yml").write_text("other", encoding="utf-8"),
    "the configuration": lambda root: (root / "config.yml").write_text("other", encoding="utf-8"),
    "a component": lambda root: (root / "lease_assistant/nlu/c.py").write_text("other", encoding="utf-8"),
    "a version": lambda root: (root / "uv.lock").write_text("other", encoding="utf-8"),
    "a new file": lambda root: (root / "data/nlu/new.yml").write_text("", encoding="utf-8"),
    "a new name": lambda root: (root / "data/nlu/a.yml").rename(root / "data/nlu/z.yml"),
    "a file gone": lambda root: (root / "data/rules/b.yml").unlink(),
    "the model gone": lambda root: (root / "models/assistant.tar.gz").unlink(),
    "the note gone": lambda root: training.note_path(root).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(project: Path, change: str) -> None:
    CHANGES[change](project)
    assert not training.is_current(project)


@pytest.mark.parametrize("name", ["data/answers/tyres.yml", "lease_assistant/nlu/__pycache__/c.cpython-310.pyc"])
def test_what_no_model_is_made_from_is_no_change(project: Path, name: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("other", encoding="utf-8")
    assert training.is_current(project)


def fake_rasa(project: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is called as Rasa is."""
    program = project / "fake_rasa"
    program.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(training.sys, "executable", str(program))


def test_a_training_is_noted(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "config.yml").write_text("other", encoding="utf-8")
    fake_rasa(project, "pathlib.Path('models/assistant.tar.gz').write_bytes(b'new')", monkeypatch)
    assert training.train(project) == 0
    assert training.is_current(project)
    assert "The model is ready: models/assistant.tar.gz" in capsys.readouterr().out


def test_a_failed_training_shows_why_and_is_tried_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_rasa(project, "sys.exit('Contradicting rules or stories found')", monkeypatch)
    assert training.train(project) == 1
    assert "Contradicting rules or stories found" in capsys.readouterr().err
    assert not training.is_current(project)


def test_a_source_that_changes_meanwhile_counts_as_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_rasa(project, "pathlib.Path('config.yml').write_text('edited')", monkeypatch)
    assert training.train(project) == 0
    assert not training.is_current(project)


def test_a_second_training_waits_for_the_first(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = []

    def second() -> None:
        with training.one_at_a_time(project):
            done.append("second")

    with training.one_at_a_time(project):
        other = threading.Thread(target=second)
        other.start()
        other.join(timeout=0.5)
        done.append("first")
    other.join(timeout=5)
    assert done == ["first", "second"]
    assert "Waiting for another training" in capsys.readouterr().out
