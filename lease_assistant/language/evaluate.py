"""Judge a trained language model: `python -m lease_assistant.language.evaluate --treebank ../shared/treebank`."""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from lease_assistant.language.corpus import TEST, load_test, to_docs
from lease_assistant.language.treebank import TreebankError

DEFAULT_MODEL = Path("models/nl_lease_sm")
SHORT_MESSAGES = (
    "Ik wil mijn leasecontract opzeggen",
    "wat kost het als ik eerder stop?",
    "Gisteren heb ik een deuk in de deur gereden.",
    "mag mijn dochter van 19 ook in de auto rijden",
    "De banden moeten gewisseld worden, waar kan dat?",
)


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1: words with the right tag, features, lemma or head (punctuation has no head here)."""

    token_acc: float
    pos_acc: float
    morph_acc: float
    lemma_acc: float
    dep_uas: float
    dep_las: float
    sents_f: float


def score(nlp: Language, gold: Sequence[Doc]) -> Scores:
    """The scores of a pipeline on annotated texts, from the plain text on: spaCy splits the words itself."""
    # The scorer looks up the strings of the prediction in the gold text: both need one vocabulary.
    shared = DocBin(docs=gold).get_docs(nlp.vocab)
    found = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in shared])
    return Scores(**{name: float(found[name]) for name in Scores.__dataclass_fields__})


def milliseconds_per_message(nlp: Language, rounds: int = 40) -> float:
    """The median time of one short message without the parser, in milliseconds."""
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == "parser"]):
        nlp(SHORT_MESSAGES[0])
        return median(_milliseconds(nlp, message) for _ in range(rounds) for message in SHORT_MESSAGES)


def _milliseconds(nlp: Language, message: str) -> float:
    start = time.perf_counter()
    nlp(message)
    return 1000 * (time.perf_counter() - start)


def report(scores: Scores) -> str:
    """The scores as lines of text."""
    return "\n".join(f"{name:10} {value:.4f}" for name, value in asdict(scores).items())


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Print the scores and the speed of the Dutch language model.")
    parser.add_argument("--treebank", type=Path, required=True, help="folder with the CoNLL-U files")
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL, help="folder of the trained pipeline")
    parser.add_argument("--file", default=TEST, help="CoNLL-U file to judge it on (default: %(default)s)")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the scores; 1 and a message on standard error if the treebank or the model is missing."""
    arguments = _arguments(argv)
    try:
        docs = to_docs(load_test(arguments.treebank, arguments.file))
        nlp = spacy.load(arguments.model)
    except (TreebankError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(report(score(nlp, docs)))
    print(f"{'ms/message':10} {milliseconds_per_message(nlp):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
