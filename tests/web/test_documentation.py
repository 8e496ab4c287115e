"""docs/widget.md names what there is, and all of it."""

import re
from pathlib import Path

import pytest

from lease_assistant.channels.website.config import WebsiteConfig

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTATION = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "web" / "widget" / "src").iterdir()}
ALL = "".join(SOURCES.values())


def line(beginning: str) -> str:
    """The line of the documentation that begins so."""
    return next(found for found in DOCUMENTATION.splitlines() if found.startswith(beginning))


def test_custom_properties() -> None:
    names = {name.replace("--lease-assistant-", "-") for name in re.findall(r"`(-[a-z-]+)`", line("Colours and type:"))}
    assert names == set(re.findall(r"--lease-assistant(-[a-z-]+)", SOURCES["styles.css"]))


def test_parts() -> None:
    names = set(re.findall(r"`([a-z-]+)`", line("Parts for")))
    assert names == set(re.findall(r'part: "([a-z-]+)"', ALL))


@pytest.mark.parametrize("name", ["server", "position", "greeting", "lang", "theme"])
def test_attributes(name: str) -> None:
    assert f"| `{name}` |" in DOCUMENTATION
    assert f'getAttribute("{name}")' in ALL or f"[{name}=" in SOURCES["styles.css"]


def test_events() -> None:
    told = set(re.findall(r'tell\("([a-z]+)"', SOURCES["element.ts"]))
    assert told == {"open", "close", "message", "result"}
    assert all(f":{name}`" in DOCUMENTATION for name in told)


def test_strings_of_both_languages_have_the_same_errors_as_the_channel() -> None:
    english = SOURCES["strings.ts"].partition("const en")[2].partition("errors: {")[2].partition("}")[0]
    codes = set(re.findall(r"^\s+(\w+):", english, re.MULTILINE))
    from_channel = (ROOT / "data" / "texts" / "website.yml").read_text(encoding="utf-8")
    assert codes
    assert all(f"  {code}:" in from_channel for code in codes)


def test_production_credentials_use_settings_that_exist() -> None:
    example = (ROOT / "deploy" / "credentials.production.yml").read_text(encoding="utf-8")
    names = set(re.findall(r"^  (?:# )?(\w+):", example, re.MULTILINE))
    assert names <= set(WebsiteConfig.__dataclass_fields__)
