"""Settings: defaults, what the environment changes, and one sentence for what cannot be used."""

import ast
from pathlib import Path

import pytest

from lease_assistant.settings import Settings, SettingsError, child_environment, load

ROOT = Path(__file__).resolve().parent.parent


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = load({})
    assert settings == Settings()
    assert settings.assistant_url == "http://127.0.0.1:5005"
    assert settings.action_endpoint_url == "http://127.0.0.1:5055/webhook"
    assert settings.action_timeout_seconds == 5


def test_the_environment_changes_them() -> None:
    settings = load({"LEASE_ASSISTANT_PORT": "6005", "ACTION_SERVER_PORT": "6055", "ACTION_TIMEOUT_SECONDS": "0.5"})
    assert settings == Settings(6005, 6055, 0.5)
    assert settings.action_endpoint_url == "http://127.0.0.1:6055/webhook"


def test_empty_counts_as_not_set() -> None:
    assert load({"LEASE_ASSISTANT_PORT": "", "ACTION_TIMEOUT_SECONDS": ""}) == Settings()


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "50.05", "5005x", "٥٠٠٥", " "])
@pytest.mark.parametrize("name", ["LEASE_ASSISTANT_PORT", "ACTION_SERVER_PORT", "LEASE_ASSISTANT_WHATSAPP_PORT"])
def test_a_wrong_port_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name} is '.*', but a port is a whole number from 1 to 65535\.$"):
        load({name: value})


@pytest.mark.parametrize("value", ["soon", "0", "-5", "nan", "inf", "301"])
def test_a_wrong_timeout_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^ACTION_TIMEOUT_SECONDS is '.*', but .* above 0, at most 300\.$"):
        load({"ACTION_TIMEOUT_SECONDS": value})


@pytest.mark.parametrize("value", ["0", "-1", "soon", "1.5", "3651"])
def test_a_wrong_number_of_days_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^LEASE_ASSISTANT_DAMAGE_REPORT_DAYS is '.*', but .* from 1 to 3650\.$"):
        load({"LEASE_ASSISTANT_DAMAGE_REPORT_DAYS": value})


@pytest.mark.parametrize("value", ["mysql://lease:geheim@db/desk", "desk.sqlite3", "sqlite:desk"])
def test_a_wrong_database_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^LEASE_ASSISTANT_DAMAGE_DESK_URL has to begin with") as refused:
        load({"LEASE_ASSISTANT_DAMAGE_DESK_URL": value})
    assert value not in str(refused.value)


def test_the_damage_desk_can_be_elsewhere() -> None:
    settings = load(
        {"LEASE_ASSISTANT_DAMAGE_DESK_URL": "postgresql://a:b@db/x", "LEASE_ASSISTANT_DAMAGE_REPORT_DAYS": "30"}
    )
    assert (settings.damage_desk_url, settings.damage_report_days) == ("postgresql://a:b@db/x", 30)
    assert "b@db" not in repr(settings)


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_outermost_ports_are_allowed(port: str) -> None:
    assert load({"LEASE_ASSISTANT_PORT": port}).assistant_port == int(port)


@pytest.mark.parametrize("port", ["5055", "5006"])
def test_two_servers_cannot_have_the_same_port(port: str) -> None:
    with pytest.raises(SettingsError, match=f"LEASE_ASSISTANT_PORT and .* are both {port}; choose two ports"):
        load({"LEASE_ASSISTANT_PORT": port})


def test_children_never_report_to_the_makers_of_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    monkeypatch.setenv("KEPT", "yes")
    environment = child_environment(ADDED="1")
    assert (environment["RASA_TELEMETRY_ENABLED"], environment["KEPT"], environment["ADDED"]) == ("false", "yes", "1")


def test_nothing_else_reads_the_environment() -> None:
    sources = [path for folder in ("lease_assistant", "actions") for path in (ROOT / folder).rglob("*.py")]
    readers = {path.relative_to(ROOT).as_posix() for path in sources if _reads_environment(path)}
    assert readers == {"lease_assistant/settings.py"}


def _reads_environment(path: Path) -> bool:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return any(isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} for node in nodes)
