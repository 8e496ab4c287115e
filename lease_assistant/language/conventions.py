"""One annotation style out of two editions of the treebank.

`modernise` brings UD 2.0 (2017) as far as it goes to UD 2.16 (2025): only where a rule does it. `normalise`
applies to every edition: lemmas that can be derived from the word itself, and no features of whole expressions.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from lease_assistant.language.treebank import Sentence, Word

# UD 2.16 knows these auxiliaries and, apart from "zijn", no copula.
AUXILIARIES = frozenset({"zijn", "worden", "hebben", "zullen", "kunnen", "moeten", "mogen"})
POSSESSIVES = {"mijn": 1, "ons": 1, "jouw": 2, "je": 2, "uw": 2, "zijn": 3, "haar": 3, "hun": 3}
# "beide" is the one number word in -de that is no ordinal.
ORDINAL = re.compile(r"\d+(e|de|ste)|eersten?|\w*[^i](de|ste)")
SAME = frozenset({"hetzelfde", "dezelfde", "datzelfde", "diezelfde"})
CONJUNCTIONS = frozenset({"als", "al", "toen", "zogauw"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
CLAUSE_RELATIONS = SUBJECTS | {"aux", "aux:pass", "mark", "cc", "punct", "parataxis", "advcl", "ccomp", "iobj", "obj"}
# Features that say something of a whole expression.
EXPRESSION_FEATURES = frozenset({"ExtPos"})

Words = tuple[Word, ...]


def modernise(sentence: Sentence) -> Sentence:
    """A sentence of the 2017 edition with the tags and the tree of the 2025 edition."""
    words = _attach_conjunctions(_relabel(tuple(_modern_word(word) for word in sentence.words)))
    words = _demote_moeten(_promote_verbs(words))
    return replace(sentence, words=words)


def normalise(sentence: Sentence) -> Sentence:
    """The sentence with plain lemmas (see `plain_lemma`) and features of single words only."""
    words = tuple(
        replace(word, lemma=plain_lemma(word.form, word.lemma, word.upos), feats=_word_features(word.feats))
        for word in sentence.words
    )
    return replace(sentence, words=words)


def plain_lemma(form: str, lemma: str, upos: str) -> str:
    """The lemma as a dictionary prints it: "gemeente_raad" is gemeenteraad, "op_zeggen" of "zeg" is zeggen.

    Small letters except for names. An abbreviation that was spelled out keeps its own form.
    """
    if " " in lemma or (lemma == "_" and form != "_"):
        lemma = form
    if "_" in lemma.strip("_"):
        lemma = _joined(form, lemma, upos)
    if upos != "PROPN":
        return lemma.lower()
    return form if lemma.lower() == form.lower() else lemma[:1].upper() + lemma[1:]


def _joined(form: str, lemma: str, upos: str) -> str:
    parts = [part for part in lemma.split("_") if part]
    if upos in {"VERB", "AUX"}:
        return _verb_lemma(form, parts)
    start = _start_of_last(form, parts)
    return "".join(parts) if start is None else form[:start] + parts[-1]


def _verb_lemma(form: str, parts: list[str]) -> str:
    # "zeg ... op" has the lemma op_zeggen; the particle is another word, so this word gives zeggen.
    together = form.lower().startswith(parts[0].lower())
    return "".join(parts) if together else "".join(parts[1:])


def _start_of_last(form: str, parts: list[str]) -> int | None:
    # Keeps the linking letters that the treebank leaves out: volks|lichaam, provincieraads|verkiezing.
    before = len("".join(parts[:-1]))
    for length in (4, 3, 2):
        start = form.lower().find(parts[-1][:length].lower(), max(1, before - 1))
        if start != -1 and start <= before + 3:
            return start
    return None


def _word_features(feats: str) -> str:
    kept = [one for one in feats.split("|") if one.partition("=")[0] not in EXPRESSION_FEATURES and one != "_"]
    return "|".join(one.replace("=yes", "=Yes") for one in kept) or "_"


def _modern_word(word: Word) -> Word:
    low = word.form.lower()
    if word.upos == "DET" and word.deprel == "det" and word.lemma in POSSESSIVES:
        feats = f"Person={POSSESSIVES[word.lemma]}|Poss=Yes|PronType=Prs"
        return replace(word, upos="PRON", feats=feats, deprel="nmod:poss")
    if word.upos == "NUM" and ORDINAL.fullmatch(low):
        return replace(word, upos="ADJ", deprel="amod" if word.deprel == "nummod" else word.deprel)
    if word.upos == "ADJ" and low in SAME:
        return replace(word, upos="DET", feats="_")
    if word.upos in {"ADP", "ADV"} and word.deprel == "mark" and low in CONJUNCTIONS:
        return replace(word, upos="SCONJ")
    return word


def _relabel(words: Words) -> Words:
    for head in sorted({word.head for word in words if word.deprel == "fixed"}):
        members = [i for i, w in enumerate(words, 1) if i == head or (w.head == head and w.deprel == "fixed")]
        if _is_title([words[i - 1] for i in members]):
            words = _as_title(members, words)
    return tuple(replace(word, deprel="flat") if word.deprel == "flat:name" else word for word in words)


def _is_title(members: list[Word]) -> bool:
    # "De Rode Ridder" and "De intrige" are names, "ten slotte" is an expression.
    first = members[0]
    article_first = first.upos == "DET" and first.form[:1].isupper()
    return article_first or any(word.form[:1].isupper() for word in members[1:])


def _as_title(members: list[int], words: Words) -> Words:
    content = [words[i - 1] for i in members if words[i - 1].upos in {"ADJ", "NOUN"}]
    # "Vlaams Gewest" is a name throughout; "De Rode Ridder" keeps the tags of its words.
    is_name = words[members[0] - 1].upos != "DET" and all(word.form[:1].isupper() for word in content)
    for number in members:
        word = words[number - 1]
        if is_name and word in content:
            word = replace(word, upos="PROPN", lemma=word.form, feats="_")
        words = _with(words, number, replace(word, deprel=word.deprel.replace("fixed", "flat")))
    return words


def _attach_conjunctions(words: Words) -> Words:
    return tuple(replace(w, head=_conjunct_after(i, w, words)) for i, w in enumerate(words, 1))


def _conjunct_after(number: int, word: Word, words: Words) -> int:
    # UD 2.0 hung "en" under the first conjunct, later editions hang it under the one that follows.
    if word.deprel != "cc":
        return word.head
    following = (i for i, w in enumerate(words, 1) if i > number and w.deprel == "conj" and w.head == word.head)
    return next(following, word.head)


def _promote_verbs(words: Words) -> Words:
    for number, word in enumerate(words, start=1):
        other_auxiliary = word.upos == "AUX" and word.lemma not in AUXILIARIES
        if other_auxiliary or (word.deprel == "cop" and word.lemma != "zijn"):
            words = _full_verb(number, words)
    return words


def _full_verb(number: int, words: Words) -> Words:
    verb = words[number - 1]
    words = _with(words, number, replace(verb, upos="VERB"))
    if verb.deprel not in {"cop", "aux", "aux:pass"} or verb.head == 0:
        return words
    return _swap(words, number, verb.head, "xcomp", lambda child: _goes_with_verb(child, number, words))


def _goes_with_verb(child: int, verb: int, words: Words) -> bool:
    predicate = words[verb - 1].head
    word = words[child - 1]
    if words[predicate - 1].upos == "VERB" and word.deprel in {"obj", "iobj", "ccomp"}:
        return False
    if word.deprel in CLAUSE_RELATIONS or min(child, predicate) < verb < max(child, predicate):
        return True
    return words[predicate - 1].upos in {"NOUN", "PROPN"} and word.deprel in {"advmod", "obl"}


def _demote_moeten(words: Words) -> Words:
    for number, word in enumerate(words, start=1):
        if word.lemma != "moeten" or word.upos != "VERB":
            continue
        if infinitive := _infinitive_under(number, words):
            words = _swap(words, infinitive, number, "aux", lambda child: True)
            words = _with(words, number, replace(words[number - 1], upos="AUX"))
    return words


def _infinitive_under(number: int, words: Words) -> int | None:
    complements = (i for i, w in enumerate(words, 1) if w.head == number and w.deprel == "xcomp")
    return next((i for i in complements if words[i - 1].upos == "VERB"), None)


def _swap(words: Words, upper: int, lower: int, relation: str, moves: Callable[[int], bool]) -> Words:
    """`upper` takes the place of `lower` in the tree, with those of its children that `moves` tells."""
    place = words[lower - 1]
    children = [i for i, word in enumerate(words, 1) if word.head == lower and i != upper and moves(i)]
    for child in children:
        words = _with(words, child, replace(words[child - 1], head=upper))
    words = _with(words, lower, replace(place, head=upper, deprel=relation))
    return _with(words, upper, replace(words[upper - 1], head=place.head, deprel=place.deprel))


def _with(words: Words, number: int, word: Word) -> Words:
    return (*words[: number - 1], word, *words[number:])
