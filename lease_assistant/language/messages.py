"""Sentences as customers write them, to train on beside the treebanks.

News and Wikipedia hardly know "ik" and no questions: of "zeg" the training text has one example. The sentences
are made from tables of verbs and nouns, nouns of the treebank and a few patterns, so most of them are nonsense with
sound grammar; no message of a customer and no example of the assistant's own training or tests is among them.
"""

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lease_assistant.language.treebank import Sentence, Word

VERBS = Path(__file__).with_name("verbs.tsv")
NOUNS = Path(__file__).with_name("nouns.tsv")
SEED = 2025
FINITE = "Number=Sing|Tense=Pres|VerbForm=Fin"
FINITE_PLURAL = "Number=Plur|Tense=Pres|VerbForm=Fin"

Part = tuple[str, str, str, str]
"""Form, lemma, tag and features of a word."""

IK: Part = ("ik", "ik", "PRON", "Case=Nom|Person=1|PronType=Prs")
U: Part = ("u", "u", "PRON", "Case=Nom|Person=2|PronType=Prs")
JULLIE: Part = ("jullie", "jullie", "PRON", "Person=2|PronType=Prs")
HOE: Part = ("hoe", "hoe", "ADV", "_")
WANNEER: Part = ("wanneer", "wanneer", "ADV", "_")
HEB: Part = ("heb", "hebben", "AUX", FINITE)
MAY: tuple[tuple[str, str], ...] = (("mag", "mogen"), ("kan", "kunnen"), ("moet", "moeten"))
MIJN: Part = ("mijn", "mijn", "PRON", "Person=1|Poss=Yes|PronType=Prs")
EEN: Part = ("een", "een", "DET", "Definite=Ind")
DETERMINERS: dict[str, tuple[Part, ...]] = {
    "Gender=Com|Number=Sing": (MIJN, EEN, ("de", "de", "DET", "Definite=Def"), ("deze", "deze", "DET", "_")),
    "Gender=Neut|Number=Sing": (MIJN, EEN, ("het", "het", "DET", "Definite=Def"), ("dit", "dit", "DET", "_")),
    "Number=Plur": (MIJN, ("de", "de", "DET", "Definite=Def"), ("deze", "deze", "DET", "_")),
}


@dataclass(frozen=True)
class Verb:
    """The forms of a verb; `particle` is the part that splits off ("op" of opzeggen), or empty."""

    infinitive: str
    ik: str
    hij: str
    participle: str
    particle: str

    @property
    def whole(self) -> str:
        """The infinitive with its particle."""
        return self.particle + self.infinitive


def verbs() -> list[Verb]:
    """The verbs of the table."""
    with VERBS.open(encoding="utf-8", newline="") as file:
        return [Verb(**row) for row in csv.DictReader(file, delimiter="\t")]


def messages(treebank: Iterable[Sentence]) -> list[Sentence]:
    """Every verb in every pattern with nouns of the treebank or of leasing; the same for the same treebank."""
    draw = Draw((_treebank_nouns(treebank), lease_nouns()))
    made = [_message(pattern, verb, draw) for verb in verbs() for pattern in PATTERNS]
    draw.chance.shuffle(made)
    return made


def _treebank_nouns(treebank: Iterable[Sentence]) -> list[Part]:
    words = (word for sentence in treebank for word in sentence.words)
    return sorted({(w.form, w.lemma, w.upos, w.feats) for w in words if w.upos == "NOUN" and _is_plain(w)})


def lease_nouns() -> list[Part]:
    """The nouns of the table, singular and plural."""
    with NOUNS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    singular: list[Part] = [(r["singular"], r["singular"], "NOUN", f"Gender={r['gender']}|Number=Sing") for r in rows]
    plural: list[Part] = [(r["plural"], r["singular"], "NOUN", "Number=Plur") for r in rows]
    return singular + plural


def _is_plain(word: Word) -> bool:
    return word.feats in DETERMINERS and word.form.isalpha() and word.form.islower() and len(word.form) > 2


@dataclass(frozen=True)
class Draw:
    """Chance with a fixed start, and the lists of nouns to draw from, each as often as the other."""

    nouns: tuple[list[Part], ...]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311

    def noun_phrase(self) -> tuple[Part, Part]:
        """A determiner and a noun that go together."""
        noun = self.chance.choice(self.chance.choice([some for some in self.nouns if some]))
        return self.chance.choice(DETERMINERS[noun[3]]), noun


# A pattern gives the words with their relation and the index of their head (from 0, the root's own is -1).
Node = tuple[Part, str, int]
Pattern = Callable[[Verb, Draw], list[Node]]


def _message(pattern: Pattern, verb: Verb, draw: Draw) -> Sentence:
    nodes = pattern(verb, draw)
    words = [_word(part, relation, head + 1) for part, relation, head in nodes]
    return Sentence("", (replace(words[0], form=words[0].form.capitalize()), *words[1:]))


def _word(part: Part, relation: str, head: int) -> Word:
    form, lemma, upos, feats = part
    return Word(form, lemma, upos, "_", feats, head, relation, "_")


def _object(draw: Draw, start: int, head: int) -> list[Node]:
    determiner, noun = draw.noun_phrase()
    relation = "nmod:poss" if determiner == MIJN else "det"
    return [(determiner, relation, start + 1), (noun, "obj", head)]


def _particle(verb: Verb, head: int) -> Iterator[Node]:
    if verb.particle:
        yield (verb.particle, verb.particle, "ADP", "_"), "compound:prt", head


def _stop(mark: str, head: int) -> Node:
    return (mark, mark, "PUNCT", "_"), "punct", head


def _present(verb: Verb) -> Part:
    return verb.ik, verb.infinitive, "VERB", FINITE


def _infinitive(verb: Verb) -> Part:
    return verb.whole, verb.whole, "VERB", "VerbForm=Inf"


def _statement(verb: Verb, draw: Draw) -> list[Node]:
    """As in "Ik zeg mijn kaart op"."""
    return [(IK, "nsubj", 1), (_present(verb), "root", -1), *_object(draw, 2, 1), *_particle(verb, 1), _stop(".", 1)]


def _how(verb: Verb, draw: Draw) -> list[Node]:
    """As in "Hoe zeg ik de kaart op"."""
    asked = draw.chance.choice((HOE, WANNEER))
    finite: Node = (_present(verb), "root", -1)
    return [(asked, "advmod", 1), finite, (IK, "nsubj", 1), *_object(draw, 3, 1), *_particle(verb, 1), _stop("?", 1)]


def _may_i(verb: Verb, draw: Draw) -> list[Node]:
    """As in "Mag ik een kaart opzeggen"."""
    form, lemma = draw.chance.choice(MAY)
    auxiliary: Part = (form, lemma, "AUX", FINITE)
    return [
        (auxiliary, "aux", 4),
        (IK, "nsubj", 4),
        *_object(draw, 2, 4),
        (_infinitive(verb), "root", -1),
        _stop("?", 4),
    ]


def _could_you(verb: Verb, draw: Draw) -> list[Node]:
    """As in "Kunnen jullie mijn kaart opzeggen"."""
    who, form, feats = draw.chance.choice(((JULLIE, "kunnen", FINITE_PLURAL), (U, "kunt", FINITE)))
    return [
        ((form, "kunnen", "AUX", feats), "aux", 4),
        (who, "nsubj", 4),
        *_object(draw, 2, 4),
        (_infinitive(verb), "root", -1),
        _stop("?", 4),
    ]


def _i_want(verb: Verb, draw: Draw) -> list[Node]:
    """As in "Ik wil deze kaart opzeggen"."""
    return [
        (IK, "nsubj", 1),
        (("wil", "willen", "VERB", FINITE), "root", -1),
        *_object(draw, 2, 4),
        (_infinitive(verb), "xcomp", 1),
        _stop(".", 1),
    ]


def _i_have(verb: Verb, draw: Draw) -> list[Node]:
    """As in "Ik heb mijn kaart opgezegd"."""
    participle: Part = (verb.particle + verb.participle, verb.whole, "VERB", "VerbForm=Part")
    return [(IK, "nsubj", 4), (HEB, "aux", 4), *_object(draw, 2, 4), (participle, "root", -1), _stop(".", 4)]


def _does(verb: Verb, draw: Draw) -> list[Node]:
    """As in "U zegt de kaart op"."""
    finite: Part = (verb.hij, verb.infinitive, "VERB", FINITE)
    return [(U, "nsubj", 1), (finite, "root", -1), *_object(draw, 2, 1), *_particle(verb, 1), _stop(".", 1)]


def _is_done(verb: Verb, draw: Draw) -> list[Node]:
    """As in "De kaarten worden opgezegd"."""
    determiner, noun = draw.noun_phrase()
    many = noun[3] == "Number=Plur"
    auxiliary: Part = ("worden" if many else "wordt", "worden", "AUX", FINITE_PLURAL if many else FINITE)
    participle: Part = (verb.particle + verb.participle, verb.whole, "VERB", "VerbForm=Part")
    relation = "nmod:poss" if determiner == MIJN else "det"
    return [
        (determiner, relation, 1),
        (noun, "nsubj:pass", 3),
        (auxiliary, "aux:pass", 3),
        (participle, "root", -1),
        _stop(".", 3),
    ]


PATTERNS: tuple[Pattern, ...] = (_is_done, _statement, _how, _may_i, _could_you, _i_want, _i_have, _does)
