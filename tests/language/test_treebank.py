"""Reading the treebank, keeping test sentences out of training, and one annotation style for two editions."""

from pathlib import Path

import pytest

from lease_assistant.language.conventions import modernise, normalise, plain_lemma
from lease_assistant.language.corpus import load_corpora, to_docs, training_docs
from lease_assistant.language.messages import messages
from lease_assistant.language.treebank import Sentence, TreebankError, Word, read, to_conllu, without


def sentence(*rows: str, sent_id: str = "s1") -> Sentence:
    """Rows like "De de DET 2 det"."""
    return Sentence(sent_id, tuple(_word(*row.split()) for row in rows))


def _word(form: str, lemma: str, upos: str, head: str, deprel: str) -> Word:
    return Word(form, lemma, upos, "_", "_", int(head), deprel, "_")


def tree(one: Sentence) -> list[tuple[str, int, str]]:
    return [(word.upos, word.head, word.deprel) for word in one.words]


CAR = sentence("De de DET 2 det", "auto auto NOUN 3 nsubj", "rijdt rijden VERB 0 root", ". . PUNCT 3 punct")
NOUNS = Sentence(
    "s3",
    (
        Word("huis", "huis", "NOUN", "_", "Gender=Neut|Number=Sing", 0, "root", "_"),
        Word("auto", "auto", "NOUN", "_", "Gender=Com|Number=Sing", 1, "dep", "_"),
    ),
)


def test_reads_ids_of_both_editions_and_skips_empty_nodes(tmp_path: Path) -> None:
    row = "1\tAuto\tauto\tNOUN\t_\t_\t0\troot\t_\t_\n"
    file = tmp_path / "some.conllu"
    file.write_text(
        f"# wiki-1.p.1.xml\n{row}\n# source = x\n# sent_id = wiki-2\n{row}1.1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
    )
    found = read(file)
    assert [one.sent_id for one in found] == ["wiki-1.p.1", "wiki-2"]
    assert [len(one.words) for one in found] == [1, 1]


def test_broken_row_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "broken.conllu"
    file.write_text("1\tAuto\n")
    with pytest.raises(TreebankError, match=r"broken\.conllu"):
        read(file)


def test_held_out_sentences_are_dropped_by_id_and_by_text() -> None:
    same_text = Sentence("other", CAR.words)
    same_id = sentence("Anders anders ADV 0 root")
    fresh = sentence("Nieuw nieuw ADJ 0 root", sent_id="s2")
    assert without([same_text, same_id, fresh], [CAR]) == [fresh]


def test_corpora_do_not_overlap(tmp_path: Path) -> None:
    def one(form: str, sent_id: str) -> Sentence:
        noun = Word(form, form, "NOUN", "_", "Gender=Com|Number=Sing", 0, "root", "_")
        return Sentence(sent_id, (noun,))

    files = {
        "lassysmall-2017-train": [one("a", "1"), one("b", "2"), one("c", "3")],
        "alpino-2025-dev": [one("c", "9"), one("deur", "4")],
        "lassysmall-2025-dev": [one("x", "2"), one("y", "6")],
        "lassysmall-2025-test": [one("a", "7"), one("y", "8")],
    }
    for name, sentences in files.items():
        blocks = (f"# sent_id = {s.sent_id}\n{to_conllu([s])}\n" for s in sentences)
        (tmp_path / f"{name}.conllu").write_text("".join(blocks))
    corpora = load_corpora(tmp_path)
    assert [s.key for s in corpora.train if s.sent_id] == ["c", "c", "deur"]
    assert len([s for s in corpora.train if not s.sent_id]) > 100
    assert [s.key for s in corpora.dev] == ["x"]
    assert [s.key for s in corpora.test] == ["a", "y"]


def test_a_circle_is_no_tree() -> None:
    assert CAR.is_tree
    assert not sentence("a a X 2 dep", "b b X 1 dep").is_tree


def test_made_up_messages_are_trees_and_always_the_same() -> None:
    made = messages([NOUNS, CAR])
    assert made == messages([NOUNS, CAR])
    assert any("de auto" in " ".join(word.form for word in one.words) for one in made)
    assert not any("dehuis" in one.key or "hetauto" in one.key for one in made)
    assert all(one.is_tree and sum(word.head == 0 for word in one.words) == 1 for one in made)
    assert all(word.form and word.lemma for one in made for word in one.words)


def test_some_training_sentences_lose_their_stop() -> None:
    texts = [doc.text.strip() for doc in training_docs([CAR] * 4)]
    assert texts == ["De auto rijdt De auto rijdt . De auto rijdt . De auto rijdt ."]
    assert len(to_docs([CAR] * 11)) == 2


@pytest.mark.parametrize(
    ("form", "lemma", "upos", "plain"),
    [
        ("gemeenteraad", "gemeente_raad", "NOUN", "gemeenteraad"),
        ("volkslichaam", "volk_lichaam", "NOUN", "volkslichaam"),
        ("krantenstrips", "krant_strip", "NOUN", "krantenstrip"),
        ("uitgevoerd", "uit_voeren", "VERB", "uitvoeren"),
        ("zeg", "op_zeggen", "VERB", "zeggen"),
        ("o.a.", "onder ander", "X", "o.a."),
        ("Officiële", "Officieel", "ADJ", "officieel"),
        ("Belang", "belang", "PROPN", "Belang"),
        ("Gods", "God", "PROPN", "God"),
        ("_", "_", "PUNCT", "_"),
    ],
)
def test_plain_lemma(form: str, lemma: str, upos: str, plain: str) -> None:
    assert plain_lemma(form, lemma, upos) == plain


def test_features_of_expressions_are_left_out() -> None:
    word = Word("De", "de", "DET", "_", "Definite=Def|ExtPos=PROPN", 0, "root", "_")
    assert normalise(Sentence("s", (word,))).words[0].feats == "Definite=Def"


def test_possessive_becomes_a_pronoun() -> None:
    old = sentence("zijn zijn DET 2 det", "auto auto NOUN 0 root")
    assert tree(modernise(old))[0] == ("PRON", 2, "nmod:poss")
    assert modernise(old).words[0].feats == "Person=3|Poss=Yes|PronType=Prs"


@pytest.mark.parametrize("form", ["eerste", "tweede", "zevende", "achtste", "honderdste", "20e", "32ste"])
def test_ordinal_becomes_an_adjective(form: str) -> None:
    assert tree(modernise(sentence(f"{form} x NUM 2 nummod", "keer keer NOUN 0 root")))[0] == ("ADJ", 2, "amod")


@pytest.mark.parametrize("form", ["twee", "zeven", "tien", "2017", "honderd", "beide"])
def test_cardinal_stays_a_number(form: str) -> None:
    assert tree(modernise(sentence(f"{form} x NUM 2 nummod", "keer keer NOUN 0 root")))[0] == ("NUM", 2, "nummod")


def test_conjunction_hangs_under_the_second_conjunct() -> None:
    old = sentence("rood rood ADJ 0 root", "en en CCONJ 1 cc", "wit wit ADJ 1 conj")
    assert tree(modernise(old))[1] == ("CCONJ", 3, "cc")


def test_only_zijn_is_a_copula() -> None:
    old = sentence("Het het PRON 4 nsubj", "werd worden AUX 4 cop", "een een DET 4 det", "succes succes NOUN 0 root")
    assert tree(modernise(old)) == [("PRON", 2, "nsubj"), ("VERB", 0, "root"), ("DET", 4, "det"), ("NOUN", 2, "xcomp")]
    kept = sentence("Het het PRON 3 nsubj", "is zijn AUX 3 cop", "goed goed ADJ 0 root")
    assert tree(modernise(kept)) == tree(kept)


def test_moeten_becomes_an_auxiliary() -> None:
    old = sentence("Ik ik PRON 2 nsubj", "moet moeten VERB 0 root", "gaan gaan VERB 2 xcomp")
    assert tree(modernise(old)) == [("PRON", 3, "nsubj"), ("AUX", 3, "aux"), ("VERB", 0, "root")]


def test_titles_are_flat_and_names_throughout() -> None:
    name = modernise(sentence("Vlaams vlaams ADJ 0 root", "Gewest gewest NOUN 1 fixed"))
    assert tree(name) == [("PROPN", 0, "root"), ("PROPN", 1, "flat")]
    title = modernise(sentence("De de DET 0 root", "intrige intrige NOUN 1 fixed"))
    assert tree(title) == [("DET", 0, "root"), ("NOUN", 1, "flat")]
    expression = sentence("ten te ADP 0 root", "slotte slot NOUN 1 fixed")
    assert tree(modernise(expression)) == tree(expression)
