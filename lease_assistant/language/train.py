"""Train the Dutch language model: `python -m lease_assistant.language.train --treebank ../shared/treebank`.

Takes ten to fifteen minutes on one core. The result carries the licence of the treebanks, CC BY-SA 4.0.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training
from spacy.util import load_config

from lease_assistant.language import evaluate
from lease_assistant.language.corpus import Corpora, load_corpora, to_docs, training_docs, write_docs
from lease_assistant.language.treebank import TreebankError

CONFIG = Path(__file__).with_name("config.cfg")
UD = "https://github.com/UniversalDependencies"
META: dict[str, Any] = {
    "name": "lease_sm",
    "version": "0.1.0",
    "description": "Small Dutch pipeline: tags, features, lemmas and dependencies. Trained on news and Wikipedia text.",
    "license": "CC BY-SA 4.0",
    "license_url": "https://creativecommons.org/licenses/by-sa/4.0/",
    "author": "lease-assistant",
    "sources": [
        {
            "name": "UD_Dutch-LassySmall (UD 2.0 training part; 2.16 to choose and test)",
            "url": f"{UD}/UD_Dutch-LassySmall",
            "license": "CC BY-SA 4.0",
            "author": "Gosse Bouma, Gertjan van Noord",
        },
        {
            "name": "UD_Dutch-Alpino (UD 2.16, development part)",
            "url": f"{UD}/UD_Dutch-Alpino",
            "license": "CC BY-SA 4.0",
            "author": "Daniel Zeman, Zdeněk Žabokrtský, Gosse Bouma, Gertjan van Noord",
        },
    ],
}


def train(corpora: Corpora, output: Path, max_steps: int | None = None) -> evaluate.Scores:
    """Train on the corpora, write the best pipeline to `output` and return its scores on the test corpus."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        best = _run(corpora, Path(folder), max_steps)
    best.meta.update(META)
    best.to_disk(output)
    scores = evaluate.score(best, to_docs(corpora.test))
    best.meta["performance"] = asdict(scores)
    best.to_disk(output)
    return scores


def _run(corpora: Corpora, folder: Path, max_steps: int | None) -> Language:
    paths = {"paths.train": folder / "train.spacy", "paths.dev": folder / "dev.spacy"}
    write_docs(training_docs(corpora.train), paths["paths.train"])
    write_docs(to_docs(corpora.dev), paths["paths.dev"])
    overrides: dict[str, Any] = {name: str(path) for name, path in paths.items()}
    if max_steps is not None:
        overrides["training.max_steps"] = max_steps
    nlp = init_nlp(load_config(CONFIG, overrides=overrides, interpolate=False))
    run_training(nlp, folder)
    best = spacy.load(folder / "model-best")
    # The paths led into the temporary folder.
    best.config["paths"].update({"train": None, "dev": None})
    return best


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the Dutch language model from Universal Dependencies.")
    parser.add_argument("--treebank", type=Path, required=True, help="folder with the CoNLL-U files")
    parser.add_argument("--output", type=Path, default=evaluate.DEFAULT_MODEL, help="folder for the pipeline")
    parser.add_argument("--max-steps", type=int, help="stop earlier than the configuration says")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Train and print the scores; 1 and a message on standard error if the treebank is missing or broken."""
    arguments = _arguments(argv)
    try:
        corpora = load_corpora(arguments.treebank)
    except TreebankError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{len(corpora.train)} sentences to train, {len(corpora.dev)} to choose, {len(corpora.test)} to test")
    start = time.monotonic()
    scores = train(corpora, arguments.output, arguments.max_steps)
    print(evaluate.report(scores))
    print(f"trained in {(time.monotonic() - start) / 60:.1f} minutes: {arguments.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
