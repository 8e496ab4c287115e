"""What spaCy makes of a Dutch message, as terms to classify by: lemmas, separable verbs and compounds in one form."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# spaCy is not typed for mypy here: `Document` is its Doc.
Document = Any

VERBS = ("VERB", "AUX")
# fmt: off
PARTICLES = frozenset((
    "aan", "achter", "af", "bij", "dicht", "door", "heen", "in", "klaar", "kwijt", "langs", "los", "mee", "na", "neer",
    "om", "op", "over", "stop", "stuk", "terug", "uit", "vast", "vol", "voor", "weg",
))
# fmt: on
# How far a particle stands from its verb: "op te zeggen", "ik zeg mijn contract bij u per 1 mei op".
BEFORE, AFTER = 4, 8
# A lemma that the examples have so often is a word of the domain.
FAMILIAR = 3
SHORTEST_PART = 4
LINKS = ("", "s", "en", "e")


@dataclass(frozen=True)
class Lemmas:
    """Turns a document into terms. `known`: the lemmas of the domain, towards which is joined and split."""

    known: frozenset[str]

    @classmethod
    def learn(cls, documents: Sequence[Document]) -> "Lemmas":
        """Take the lemmas of `documents`."""
        counts = Counter(lemma for document in documents for lemma in {lemma for lemma, _ in _words(document)})
        return cls(frozenset(lemma for lemma, count in counts.items() if count >= FAMILIAR))

    def terms(self, document: Document) -> tuple[str, ...]:
        """The lemmas, pairs of them, and the other forms of verbs and compounds that the domain knows."""
        words = _words(document)
        lemmas = [lemma for lemma, _ in words]
        pairs = [f"{first} {second}" for first, second in pairwise(lemmas)]
        return (*lemmas, *pairs, *self._whole_verbs(words), *self._whole_compounds(lemmas), *self._parts(lemmas))

    def _whole_verbs(self, words: Sequence[tuple[str, bool]]) -> Iterator[str]:
        """`opzeggen` for "zeg ... op"."""
        for place, (verb, is_verb) in enumerate(words):
            if is_verb:
                around = words[max(0, place - BEFORE) : place + AFTER + 1]
                yield from (part + verb for part, _ in around if part in PARTICLES and part + verb in self.known)

    def _whole_compounds(self, lemmas: Sequence[str]) -> Iterator[str]:
        """`winterband` for "winter banden"."""
        for first, second in pairwise(lemmas):
            yield from (whole for link in LINKS if (whole := first + link + second) in self.known)

    def _parts(self, lemmas: Sequence[str]) -> Iterator[str]:
        """`winter` and `band` for "winterbanden"; the longest last part that is known, since it carries the meaning."""
        for lemma in lemmas:
            splits = range(SHORTEST_PART, len(lemma) - SHORTEST_PART + 1)
            yield from next((parts for at in splits if (parts := self._split(lemma[:at], lemma[at:]))), ())

    def _split(self, first: str, last: str) -> tuple[str, ...]:
        """The two parts if both are known, the first with or without its linking letters."""
        if last not in self.known:
            return ()
        stems = (first.removesuffix(link) for link in LINKS)
        return next(((stem, last) for stem in stems if len(stem) >= SHORTEST_PART and stem in self.known), ())


def _words(document: Document) -> list[tuple[str, bool]]:
    """The lemma of each word, and whether it is a verb. A pipeline without lemmas gives the words themselves."""
    return [
        ((token.lemma_ or token.text).lower(), token.pos_ in VERBS)
        for token in document
        if any(character.isalnum() for character in token.text)
    ]
