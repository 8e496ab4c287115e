"""The one setting that chooses the spaCy pipeline: `model` of DutchLanguage in config.yml."""

from pathlib import Path

import pytest
import spacy

from lease_assistant.evaluation.data import Example, configured_language, normalised
from lease_assistant.nlu.interpreter import Interpreter, Learnt
from lease_assistant.nlu.pipeline import NoPipelineError, load_language
from lease_assistant.nlu.reading import Language

PUBLISHED = "nl_core_news_sm"
LABELS = ("ask_term/abroad", "ask_term/fines", "greet", "thanks")


def right(language: Language, examples: list[Example]) -> bool:
    """Whether an interpreter that was trained with this pipeline understands a message."""
    few = [example for example in examples if example.label in LABELS]
    learnt = Learnt.train(language, normalised(few), [example.label for example in few])
    found = Interpreter(language, learnt).classify("mag ik met de auto naar spanje")
    return max(found, key=found.__getitem__) == "ask_term/abroad"


def test_ours_comes_along() -> None:
    assert configured_language() == "models/nl_lease_sm"
    assert load_language(configured_language()).lang == "nl"


@pytest.mark.skipif(not spacy.util.is_package(PUBLISHED), reason=f"{PUBLISHED} is not installed (docs/language.md)")
def test_the_published_pipeline_takes_its_place(examples: list[Example]) -> None:
    assert right(load_language(PUBLISHED), examples)


def test_a_pipeline_without_lemmas_reads_the_words(examples: list[Example], tmp_path: Path) -> None:
    spacy.blank("nl").to_disk(tmp_path)
    assert right(load_language(str(tmp_path)), examples)


def test_a_missing_pipeline_is_named() -> None:
    with pytest.raises(NoPipelineError, match="no spaCy pipeline 'nl_no_such_model'"):
        load_language("nl_no_such_model")


def test_a_pipeline_for_another_spacy_is_refused(tmp_path: Path) -> None:
    other = spacy.blank("nl")
    other.meta["spacy_version"] = ">=99"
    other.to_disk(tmp_path)
    meta = (tmp_path / "meta.json").read_text(encoding="utf-8")
    (tmp_path / "meta.json").write_text(meta.replace(other.meta["spacy_version"], ">=99"), encoding="utf-8")
    with (
        pytest.warns(UserWarning, match="99"),
        pytest.raises(NoPipelineError, match="is for spaCy >=99"),
    ):
        load_language(str(tmp_path))
