"""The commands of the servers."""

from pathlib import Path

import pytest
import yaml

from lease_assistant.channels.whatsapp.config import CHANNEL as WHATSAPP
from lease_assistant.serve import services
from lease_assistant.settings import Settings

OTHER = Settings(assistant_port=6005, action_server_port=6055, whatsapp_port=6006)


def option(command: tuple[str, ...], name: str) -> str:
    return command[command.index(name) + 1]


def test_nothing_listens_outside_this_machine() -> None:
    assert services.action_server(Settings()).environment["SANIC_HOST"] == "127.0.0.1"
    assert option(services.rasa_server(Settings()).command, "--interface") == "127.0.0.1"
    assert option(services.shell_command(Settings()), "--interface") == "127.0.0.1"


def test_requests_are_not_logged() -> None:
    for service in (services.action_server(Settings()), services.rasa_server(Settings())):
        assert service.environment["SANIC_ACCESS_LOG"] == "false"


def test_the_ports_are_those_of_the_settings() -> None:
    assert option(services.action_server(OTHER).command, "--port") == "6055"
    assert option(services.rasa_server(OTHER).command, "--port") == "6005"
    assert services.rasa_server(OTHER).ready_url == "http://127.0.0.1:6005/status"


def test_the_receiver_listens_where_the_settings_say() -> None:
    receiver = services.whatsapp_receiver(OTHER)
    assert option(receiver.command, "--port") == "6006"
    assert receiver.ready_url == "http://127.0.0.1:6006/health"


@pytest.mark.parametrize(
    ("credentials", "expected"),
    [("", False), ("rest:\n", False), (f"rest:\n{WHATSAPP}:\n  app_secret: x\n", True), (f"# {WHATSAPP}:\n", False)],
)
def test_whatsapp_is_received_when_it_is_set_up(tmp_path: Path, credentials: str, expected: bool) -> None:
    (tmp_path / "credentials.yml").write_text(credentials, encoding="utf-8")
    assert services.has_whatsapp(tmp_path) == expected


def test_the_endpoints_file_serves_plain_rasa_commands_as_it_is() -> None:
    assert services.endpoints_file(Settings()) == Path("endpoints.yml")


def test_another_port_gets_a_copy_with_everything_else_the_same(tmp_path: Path) -> None:
    text = "action_endpoint: {url: 'http://127.0.0.1:5055/webhook'}\ntracker_store: {type: SQL, db: '${DB}'}\n"
    (tmp_path / "endpoints.yml").write_text(text, encoding="utf-8")
    copy = services.endpoints_file(OTHER, tmp_path)
    assert yaml.safe_load((tmp_path / copy).read_text(encoding="utf-8")) == {
        "action_endpoint": {"url": "http://127.0.0.1:6055/webhook"},
        "tracker_store": {"type": "SQL", "db": "${DB}"},
    }
    assert services.endpoints_file(Settings(), tmp_path) == Path("endpoints.yml")
