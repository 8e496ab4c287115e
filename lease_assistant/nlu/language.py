"""The Rasa component that loads the Dutch spaCy pipeline, once, for those that read with it."""

import hashlib
import json

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.model import InvalidModelError
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

from lease_assistant.nlu.pipeline import NoPipelineError, load_language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MODEL_LOADER, is_trainable=False)
class DutchLanguage(SpacyNLP):
    """Rasa's `SpacyNLP` that only loads: the classifier reads the text after normalising it.

    `model` in config.yml is a folder or the name of an installed package; train again after changing it.
    """

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Load the pipeline; raises `InvalidModelError` if there is none of that name, or one for another spaCy."""
        try:
            language = load_language(spacy_model_name)
        except NoPipelineError as problem:
            raise InvalidModelError(str(problem)) from problem
        # Retraining the pipeline changes its scores: Rasa then does not reuse what was trained with the former one.
        meta = hashlib.sha256(json.dumps(language.meta, sort_keys=True).encode()).hexdigest()
        return SpacyModel(model=language, model_name=f"{spacy_model_name} {meta}")
