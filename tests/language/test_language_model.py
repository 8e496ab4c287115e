"""The trained Dutch pipeline in models/nl_lease_sm, and the refusals of the scripts that make and judge it."""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from lease_assistant.language import evaluate, train

MODEL = Path(__file__).resolve().parents[2] / "models" / "nl_lease_sm"
MAXIMUM_BYTES = 15_000_000


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(MODEL)


@pytest.fixture(scope="module")
def meta() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    return loaded


def lemmas(doc: Doc) -> list[str]:
    return [token.lemma_ for token in doc]


def tags(doc: Doc) -> list[str]:
    return [token.pos_ for token in doc]


@pytest.mark.parametrize("text", ["Ik zeg mijn leasecontract op", "ik zeg mijn leasecontract op."])
def test_first_person_sentence_with_separable_verb(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert lemmas(doc)[:5] == ["ik", "zeggen", "mijn", "leasecontract", "op"]
    assert tags(doc)[:5] == ["PRON", "VERB", "PRON", "NOUN", "ADP"]


def test_passive_sentence(nlp: Language) -> None:
    doc = nlp("De banden worden gewisseld")
    assert lemmas(doc) == ["de", "band", "worden", "wisselen"]
    assert tags(doc) == ["DET", "NOUN", "AUX", "VERB"]


@pytest.mark.parametrize(
    ("text", "word", "lemma", "tag"),
    [
        ("Wij betalen de boetes.", "boetes", "boete", "NOUN"),
        ("Wanneer werd de auto geleverd?", "geleverd", "leveren", "VERB"),
        ("De kosten zijn hoger dan vorig jaar.", "hoger", "hoog", "ADJ"),
        ("Ik heb een nieuwe auto.", "nieuwe", "nieuw", "ADJ"),
        ("De schade is groot.", "schade", "schade", "NOUN"),
    ],
)
def test_inflected_words(nlp: Language, text: str, word: str, lemma: str, tag: str) -> None:
    found = next(token for token in nlp(text) if token.text == word)
    assert (found.lemma_, found.pos_) == (lemma, tag)


def test_parser_finds_the_verb_and_can_be_switched_off(nlp: Language) -> None:
    assert [token.text for token in nlp("Ik zeg mijn leasecontract op.") if token.dep_ == "ROOT"] == ["zeg"]
    with nlp.select_pipes(disable="parser"):
        assert lemmas(nlp("De banden worden gewisseld")) == ["de", "band", "worden", "wisselen"]


@pytest.mark.parametrize("text", ["", " ", "?", "aaaaaaaaaaaaaaaaaaaaaaaa", "🚗🚗", "a\n\nb"])
def test_odd_messages_do_not_break_it(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_model_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.rglob("*") if file.is_file()) <= MAXIMUM_BYTES


def test_meta_names_licence_and_sources(meta: dict[str, Any]) -> None:
    assert (meta["lang"], meta["name"]) == ("nl", "lease_sm")
    assert meta["license"] == "CC BY-SA 4.0"
    assert [source["name"].split()[0] for source in meta["sources"]] == ["UD_Dutch-LassySmall", "UD_Dutch-Alpino"]
    assert all(source["author"] and source["url"] and source["license"] for source in meta["sources"])
    assert meta["spacy_version"] == ">=3.4.4,<3.5.0"


def test_model_card_gives_the_measured_scores(meta: dict[str, Any]) -> None:
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    for name in ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las"):
        assert f"{meta['performance'][name]:.3f}" in card


def test_model_knows_no_path_of_the_machine_that_trained_it() -> None:
    assert "/tmp" not in (MODEL / "config.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize("main", [train.main, evaluate.main])
def test_missing_treebank_folder_is_named(main: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere"
    assert main(["--treebank", str(missing)]) != 0
    assert f"treebank folder not found: {missing}" in capsys.readouterr().err


def test_missing_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lassysmall-2017-train.conllu").write_text("", encoding="utf-8")
    output = tmp_path / "model"
    assert train.main(["--treebank", str(tmp_path), "--output", str(output)]) != 0
    error = capsys.readouterr().err
    assert "lassysmall-2025-test.conllu" in error
    assert "lassysmall-2017-train.conllu" not in error
    assert not output.exists()


def test_broken_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.conllu").write_text("# sent_id = 1\n1\tAuto\tauto\n", encoding="utf-8")
    assert evaluate.main(["--treebank", str(tmp_path), "--file", "own.conllu"]) != 0
    assert "own.conllu" in capsys.readouterr().err
