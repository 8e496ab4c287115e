"""Serving without TensorFlow. Each case in a process of its own: what is left out stays out for as long as it lives."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lease_assistant.serve import light_rasa
from lease_assistant.serve.services import MODEL, ROOT

PARSE = f"""
import asyncio, json, sys
from lease_assistant.serve.light_rasa import leave_out_tensorflow
if sys.argv[1] == "light":
    leave_out_tensorflow()
from rasa.core.agent import Agent
agent = Agent.load({str(MODEL)!r})
parsed = asyncio.run(agent.parse_message("wie betaalt mijn winterbanden"))
# spaCy and others only look for TensorFlow: what matters is whether it was found.
print(json.dumps([parsed["intent"], parsed["intent_ranking"], bool(sys.modules.get("tensorflow"))]))
"""


def parse(how: str) -> tuple[dict[str, object], list[object], bool]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PARSE, how], cwd=ROOT, capture_output=True, text=True, check=True
    )
    intent, ranking, tensorflow = json.loads(done.stdout.splitlines()[-1])
    return intent, ranking, tensorflow


@pytest.mark.model
def test_the_same_model_reads_the_same_without_tensorflow() -> None:
    light, full = parse("light"), parse("full")
    assert light[:2] == full[:2]
    assert (light[2], full[2]) == (False, True)


def test_the_configuration_needs_nothing_heavy() -> None:
    assert light_rasa.heavy_components(light_rasa.CONFIG) == []


def test_a_component_that_is_not_known_to_be_light_is_found(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text(
        "pipeline: [{name: WhitespaceTokenizer}, {name: my.own.Component}]\n"
        "policies: [{name: TEDPolicy}, {name: RulePolicy}]\n",
        encoding="utf-8",
    )
    assert light_rasa.heavy_components(config) == ["WhitespaceTokenizer", "TEDPolicy"]


@pytest.mark.parametrize("content", ["pipeline:\npolicies:\n", "{}"])
def test_rasas_own_choice_of_components_is_heavy(content: str, tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text(content, encoding="utf-8")
    assert light_rasa.heavy_components(config) != []
