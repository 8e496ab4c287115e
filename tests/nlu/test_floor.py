"""The whole classifier on messages that are not among its examples; a change that makes it worse fails here."""

from pathlib import Path

import pytest
import yaml

from lease_assistant.evaluation.analysis import noise_loss
from lease_assistant.evaluation.contenders import classify
from lease_assistant.evaluation.data import TEST_FILES, Case, configured_thresholds
from lease_assistant.evaluation.metrics import Outcome, measure, outcomes
from lease_assistant.nlu.model import IntentModel

# One point below (or above, for mistakes) what was measured; raise them when the classifier gets better.
FLOORS = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(model: IntentModel, cases: dict[str, list[Case]]) -> dict[str, list[Outcome]]:
    return {
        name: outcomes(rows, classify(model, [case.text for case in rows]), configured_thresholds())
        for name, rows in cases.items()
    }


@pytest.mark.parametrize(
    ("name", "figure", "floor"),
    [(name, figure, floor) for name in TEST_FILES for figure, floor in FLOORS[name]["at_least"].items()],
)
def test_not_below_the_floor(found: dict[str, list[Outcome]], name: str, figure: str, floor: float) -> None:
    assert measure(found[name])[figure] >= floor


@pytest.mark.parametrize(
    ("name", "figure", "ceiling"),
    [(name, figure, ceiling) for name in TEST_FILES for figure, ceiling in FLOORS[name]["at_most"].items()],
)
def test_no_more_mistakes(found: dict[str, list[Outcome]], name: str, figure: str, ceiling: float) -> None:
    assert measure(found[name])[figure] <= ceiling


def test_typing_errors_cost_little(
    model: IntentModel, cases: dict[str, list[Case]], found: dict[str, list[Outcome]]
) -> None:
    rows = [case for name in TEST_FILES for case in cases[name]]
    clean = [outcome for name in TEST_FILES for outcome in found[name]]
    loss = noise_loss(model, rows, clean, configured_thresholds())
    assert loss["right_first"] <= FLOORS["noise_loss"]
    assert loss["all"] <= FLOORS["noise_loss"]
