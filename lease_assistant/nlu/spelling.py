"""Repairs typing errors, only towards words of the domain: a general dictionary makes "restschade" of "ruitschade"."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA
from simplemma import is_known

DUTCH = "nl"
# Shorter words are too much like each other.
WORD = re.compile(r"[a-z]{5,}")
# A word that the examples have so often is meant as it stands, and one that they have more often may be what was meant.
FAMILIAR = 3
COMMON = 5
# From so many letters on two errors still leave a word that can be told from others.
LONG = 8
SHORTEST_PART = 4


@dataclass(frozen=True)
class Spelling:
    """What the words of the domain are. `counts`: how often each familiar word occurs among the examples."""

    counts: Mapping[str, int]

    @classmethod
    def learn(cls, texts: Sequence[str]) -> "Spelling":
        """Take the words of normalised `texts`; a text that occurs twice counts once."""
        counts = Counter(word for text in set(texts) for word in WORD.findall(text))
        return cls({word: count for word, count in sorted(counts.items()) if count >= FAMILIAR})

    def repair(self, text: str) -> str:
        """A normalised `text` with its misspelt words of the domain put right; anything else stays as it is."""
        return WORD.sub(lambda match: self._repaired(match[0]), text)

    @cached_property
    def _common_by_first_letter(self) -> Mapping[str, Sequence[str]]:
        """People hardly ever miss the first letter of a word."""
        words: defaultdict[str, list[str]] = defaultdict(list)
        for word, count in self.counts.items():
            if count >= COMMON:
                words[word[0]].append(word)
        return words

    def _repaired(self, word: str) -> str:
        # What is a word already, here or in Dutch at large, is no error, however close to another it may be.
        if self._is_word(word):
            return word
        errors = 1 if len(word) < LONG else 2
        choices = self._common_by_first_letter.get(word[0], ())
        # Two letters swapped count as one error (optimal string alignment).
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=None)
        if not near:
            return word
        nearest, distance, _ = min(near, key=lambda found: (found[1], -self.counts[found[0]]))
        return word if distance > 1 and self._is_compound(word) else nearest

    def _is_word(self, word: str) -> bool:
        return word in self.counts or is_known(word, lang=DUTCH)

    def _is_compound(self, word: str) -> bool:
        """Whether it may be two words, such as "rest" and "schade": no dictionary has all of those."""
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        return any(self._is_word(word[:cut]) and self._is_word(word[cut:]) for cut in cuts)
