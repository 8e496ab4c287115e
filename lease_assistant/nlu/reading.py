"""Reads messages for the classifier: spelling repaired, and what the Dutch language model makes of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lease_assistant.nlu.lemmas import Lemmas
from lease_assistant.nlu.spelling import Spelling

# A spaCy pipeline.
Language = Any

VOCABULARY_FILE = "vocabulary.json"


@dataclass(frozen=True)
class Reading:
    """A message as the classifier sees it. `terms`: lemmas and what goes with them, see `Lemmas`."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The words of the domain, and how messages are read by them with a spaCy pipeline."""

    spelling: Spelling
    lemmas: Lemmas

    @classmethod
    def learn(cls, language: Language, texts: Sequence[str]) -> tuple["Vocabulary", list[Reading]]:
        """Learn the words of normalised `texts`; return them with the readings of the texts."""
        spelling = Spelling.learn(texts)
        repaired = [spelling.repair(text) for text in texts]
        documents = list(language.pipe(repaired))
        lemmas = Lemmas.learn(documents)
        readings = [Reading(text, lemmas.terms(found)) for text, found in zip(repaired, documents, strict=True)]
        return cls(spelling, lemmas), readings

    def read(self, language: Language, texts: Sequence[str]) -> list[Reading]:
        """The readings of normalised `texts`."""
        repaired = [self.spelling.repair(text) for text in texts]
        documents = language.pipe(repaired)
        return [Reading(text, self.lemmas.terms(found)) for text, found in zip(repaired, documents, strict=True)]

    def save(self, folder: Path) -> None:
        """Write the words to `folder`."""
        content = {"counts": self.spelling.counts, "lemmas": sorted(self.lemmas.known)}
        (folder / VOCABULARY_FILE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Vocabulary":
        """Read what `save` wrote."""
        content = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
        return cls(Spelling(content["counts"]), Lemmas(frozenset(content["lemmas"])))
