"""The corpora of the language model: which sentences train, choose and judge it, and their form for spaCy."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.training.converters.conllu_to_docs import conllu_to_docs

from lease_assistant.language.conventions import modernise, normalise
from lease_assistant.language.messages import messages
from lease_assistant.language.treebank import Sentence, read, require_files, to_conllu, without

OLD_TRAIN = "lassysmall-2017-train.conllu"
EXTRA_TRAIN = "alpino-2025-dev.conllu"
DEV = "lassysmall-2025-dev.conllu"
TEST = "lassysmall-2025-test.conllu"

# Ten a text is what spaCy's own pipelines are judged on; messages are shorter, so training has fewer.
SENTENCES_PER_TEXT = 10
SENTENCES_PER_TRAINING_TEXT = 4
# One sentence in so many loses its full stop in training, as in messages.
UNPUNCTUATED = 4


@dataclass(frozen=True)
class Corpora:
    """The three corpora in one annotation style; no sentence of `dev` or `test` stands in `train`."""

    train: list[Sentence]
    dev: list[Sentence]
    test: list[Sentence]


def load_corpora(folder: Path) -> Corpora:
    """The corpora from a treebank folder; raises `TreebankError` if the folder or a file is missing."""
    require_files(folder, (OLD_TRAIN, EXTRA_TRAIN, DEV, TEST))
    test = read(folder / TEST)
    dev = without(read(folder / DEV), test)
    old = [modernise(sentence) for sentence in read(folder / OLD_TRAIN) if sentence.is_tree]
    treebank = _normalised(without(old + read(folder / EXTRA_TRAIN), test + dev))
    train = treebank + without(messages(treebank), test + dev)
    return Corpora(train, _normalised(dev), _normalised(test))


def load_test(folder: Path, name: str = TEST) -> list[Sentence]:
    """The sentences of one test file; raises `TreebankError` if it is missing."""
    require_files(folder, (name,))
    return _normalised(read(folder / name))


def _normalised(sentences: Iterable[Sentence]) -> list[Sentence]:
    return [normalise(sentence) for sentence in sentences]


def training_docs(sentences: Iterable[Sentence]) -> list[Doc]:
    """The training texts, some of their sentences without a full stop."""
    some = [_without_stop(one) if i % UNPUNCTUATED == 0 else one for i, one in enumerate(sentences)]
    return to_docs(some, SENTENCES_PER_TRAINING_TEXT)


def _without_stop(sentence: Sentence) -> Sentence:
    words, last = sentence.words[:-1], len(sentence.words)
    needed = any(word.head == last for word in words)
    if not words or sentence.words[-1].form != "." or needed:
        return sentence
    return replace(sentence, words=words)


def to_docs(sentences: Iterable[Sentence], per_text: int = SENTENCES_PER_TEXT) -> list[Doc]:
    """The sentences as annotated spaCy texts of `per_text` sentences."""
    return list(conllu_to_docs(to_conllu(sentences), n_sents=per_text, no_print=True))


def write_docs(docs: Iterable[Doc], path: Path) -> None:
    """Write texts in spaCy's binary format (the path ends in .spacy)."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)
