"""`python -m lease_assistant.serve.light_rasa run ...`: serve a trained model without importing TensorFlow.

Rasa imports every component that it has, and TensorFlow with some of them: more than half of its memory, for nothing
that config.yml names. Plain `rasa run` gives the same answers. What it saves: docs/decisions/0012-light-rasa.md.
"""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from lease_assistant.serve.services import ROOT

CONFIG = ROOT / "config.yml"
# Rasa's own components that do without TensorFlow, and where they are: those that config.yml has used so far.
LIGHT = {
    "MemoizationPolicy": "rasa.core.policies.memoization",
    "RulePolicy": "rasa.core.policies.rule_policy",
}
ALL_COMPONENTS = "rasa.engine.recipes.default_components"
# Imported by every policy, and used by those that train with TensorFlow.
TRAINING_HELPERS = "rasa.utils.train_utils"
# Checks what is to be trained. A trained model still names it.
TRAINING_CHECK = "rasa.graph_components.validators.default_recipe_validator"


def main() -> None:
    """Run Rasa's command line with the arguments of this process."""
    if heavy := heavy_components(CONFIG):
        print(f"config.yml names {', '.join(heavy)}: Rasa starts with everything it has.", file=sys.stderr)
    else:
        leave_out_tensorflow()
    from rasa.__main__ import main as rasa

    rasa()


def heavy_components(config: Path) -> list[str]:
    """The components and policies in `config` that are Rasa's own and not known to be light."""
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    # Where nothing is listed, Rasa chooses, and chooses DIET and TED.
    listed = [content.get(kind) or [{"name": f"no {kind}"}] for kind in ("pipeline", "policies")]
    names = [part["name"] for parts in listed for part in parts]
    return [name for name in names if "." not in name and name not in LIGHT]


def leave_out_tensorflow() -> None:
    """Show Rasa only the components in `LIGHT`, and no TensorFlow. To be called before anything of Rasa is imported."""
    # What is None here cannot be imported: whoever needs it after all fails at once, and by name.
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    _stand_in(TRAINING_HELPERS)
    _stand_in(TRAINING_CHECK).DefaultV1RecipeValidator = type("DefaultV1RecipeValidator", (), {})
    components = _stand_in(ALL_COMPONENTS)
    # Filled only afterwards: the modules of the components import the list themselves.
    components.DEFAULT_COMPONENTS = [getattr(importlib.import_module(path), name) for name, path in LIGHT.items()]


def _stand_in(name: str) -> Any:
    """A module in the place of one of Rasa's; what is not put into it is missing, with an error that names it."""
    sys.modules[name] = ModuleType(name)
    return sys.modules[name]


if __name__ == "__main__":
    main()
