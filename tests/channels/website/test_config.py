import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml

from lease_assistant.channels.website.config import PortalKeys, WebsiteConfig, read_config
from lease_assistant.settings import Settings, SettingsError, load

with warnings.catch_warnings():
    # Rasa imports packages that announce their own end.
    warnings.simplefilter("ignore")
    from lease_assistant.channels.website.channel import Website

ROOT = Path(__file__).resolve().parents[3]
CHANNEL = "lease_assistant.channels.website.channel.Website"


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages_per_minut": 5},
        {"messages_per_minute": "5"},
        {"messages_per_minute": -1},
        {"require_secret": 1},
        {"allowed_origins": "https://a.nl"},
        {"allowed_origins": ["https://a.nl/"]},
        {"allowed_origins": ["*"]},
        {"allowed_origins": ["https://*.nl"]},
        {"portal": {"issuer": "x"}},
    ],
)
def test_wrong_credentials_stop_the_server(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"credentials\.yml"):
        read_config(wrong)


def test_good_credentials() -> None:
    assert read_config(None) == WebsiteConfig()
    portal = {"public_key_file": "a", "issuer": "b", "audience": "c"}
    config = read_config({"allowed_origins": ["https://a.nl"], "messages_per_minute": 3, "portal": portal})
    assert (config.allowed_origins, config.messages_per_minute, config.portal) == (
        ("https://a.nl",),
        3,
        PortalKeys(**portal),
    )


def test_the_channel_is_on_and_in_production_the_rest_channel_is_off() -> None:
    development = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    production = yaml.safe_load((ROOT / "deploy" / "credentials.production.yml").read_text(encoding="utf-8"))
    assert CHANNEL in development
    assert read_config(production[CHANNEL]).require_secret
    assert not {"rest", "socketio", "rasa", "callback"} & set(production)


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    config = WebsiteConfig(require_secret=True)
    with pytest.raises(SettingsError, match="LEASE_ASSISTANT_WEBSITE_SECRET"):
        Website(config, Settings(website_folder=tmp_path))
    with pytest.raises(SettingsError, match="32"):
        Website(config, Settings(website_folder=tmp_path, website_secret="short"))
    Website(config, Settings(website_folder=tmp_path, website_secret="s" * 32))


def test_the_settings_come_from_the_environment_and_the_secret_is_not_shown() -> None:
    found = load({"LEASE_ASSISTANT_WEBSITE_SECRET": "geheim" * 6, "LEASE_ASSISTANT_WEBSITE_FOLDER": "/somewhere"})
    assert (found.website_secret, found.website_folder) == ("geheim" * 6, Path("/somewhere"))
    assert "geheim" not in repr(found)
