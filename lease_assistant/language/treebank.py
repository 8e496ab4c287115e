"""CoNLL-U files as data: read, compare and write the sentences of a treebank."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = 10


class TreebankError(Exception):
    """The treebank is missing or not CoNLL-U; the message says which file and what to do."""


@dataclass(frozen=True)
class Word:
    """One word of a sentence; `head` counts from 1, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence and its id in the treebank."""

    sent_id: str
    words: tuple[Word, ...] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """The text without spaces and capitals: equal for one sentence in two editions of a treebank."""
        return "".join(word.form for word in self.words).casefold()

    @property
    def is_tree(self) -> bool:
        """Whether every word leads to the root; a few sentences of the 2017 edition go in circles."""
        return all(self._reaches_root(word) for word in self.words)

    def _reaches_root(self, word: Word) -> bool:
        for _ in self.words:
            if word.head == 0:
                return True
            word = self.words[word.head - 1]
        return False


def require_files(folder: Path, names: Iterable[str]) -> None:
    """Raise `TreebankError` naming the folder, or all files that are missing in it."""
    if not folder.is_dir():
        raise TreebankError(f"treebank folder not found: {folder}")
    missing = sorted(name for name in set(names) if not (folder / name).is_file())
    if missing:
        raise TreebankError(f"missing in {folder}: {', '.join(missing)}")


def read(path: Path) -> list[Sentence]:
    """All sentences of a CoNLL-U file, without empty nodes; raises `TreebankError` for a line that is no CoNLL-U."""
    return [_sentence(block, path) for block in _blocks(path.read_text(encoding="utf-8"))]


def _blocks(text: str) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", text):
        if lines := [line for line in block.splitlines() if line.strip()]:
            yield lines


def _sentence(lines: list[str], path: Path) -> Sentence:
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    if any(len(row) != COLUMNS for row in rows):
        raise TreebankError(f"not CoNLL-U ({COLUMNS} columns wanted) in {path}, sentence {lines[0]!r}")
    words = tuple(_word(row) for row in rows if row[0].isdigit())
    return Sentence(_sent_id(lines), words)


def _word(row: list[str]) -> Word:
    return Word(row[1], row[2], row[3], row[4], row[5], int(row[6]), row[7], row[9])


def _sent_id(lines: list[str]) -> str:
    # UD 2.0 wrote the bare file name as comment ("# wiki-659.p.13.s.1.xml"); later editions "# sent_id = ...".
    comments = [line[1:].strip() for line in lines if line.startswith("#")]
    for comment in comments:
        if comment.startswith("sent_id"):
            return comment.partition("=")[2].strip()
    return comments[0].removesuffix(".xml") if comments else ""


def without(sentences: Iterable[Sentence], held_out: Iterable[Sentence]) -> list[Sentence]:
    """The sentences of which neither the text nor the id stands in `held_out`."""
    held = list(held_out)
    ids = {sentence.sent_id for sentence in held if sentence.sent_id}
    keys = {sentence.key for sentence in held}
    return [one for one in sentences if one.sent_id not in ids and one.key not in keys]


def to_conllu(sentences: Iterable[Sentence]) -> str:
    """The sentences as CoNLL-U text."""
    return "\n".join(_conllu_block(sentence) for sentence in sentences)


def _conllu_block(sentence: Sentence) -> str:
    rows = [
        f"{number}\t{w.form}\t{w.lemma}\t{w.upos}\t{w.xpos}\t{w.feats}\t{w.head}\t{w.deprel}\t_\t{w.misc}\n"
        for number, w in enumerate(sentence.words, start=1)
    ]
    return "".join(rows)
