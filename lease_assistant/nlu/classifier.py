"""The Rasa component around the classifier: trains it, loads it, and writes down what it decided."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from lease_assistant.nlu.courtesy import without_courtesies
from lease_assistant.nlu.decision import Decision, Thresholds, decide
from lease_assistant.nlu.model import IntentModel
from lease_assistant.nlu.normalise import normalise
from lease_assistant.nlu.segments import questions
from lease_assistant.understanding import ASK_TERM

COURTESIES = ("greet", "goodbye", "thanks")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LeaseClassifier(IntentClassifier, GraphComponent):
    """Classifies a message into an intent with its topic or kind (``ask_term/winter_tyres``).

    Adds `understanding` to the parse data: ``{"certainty", "topics", "candidates": [{"label", "confidence"}]}``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The thresholds of `decide`; config.yml sets the measured ones."""
        return {"answer_above": 0.5, "ask_above": 0.2, "talk_above": 0.2}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        """Keep what Rasa hands over; `model` is there once it has been trained or loaded."""
        self._thresholds = Thresholds(config["answer_above"], config["ask_above"], config["talk_above"])
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LeaseClassifier":
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LeaseClassifier":
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all examples with an intent, and store the result."""
        rows = [(normalise(m.get(TEXT)), full_label(m)) for m in training_data.intent_examples if m.get(TEXT)]
        texts, labels = zip(*rows, strict=True)
        self._model = IntentModel.train(texts, labels)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add intent, ranking and `understanding` to each message."""
        for message in messages:
            if self._model and message.get(TEXT):
                understood = understand(message.get(TEXT), self._model, self._thresholds)
                for name, value in understood.items():
                    message.set(name, value, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing learns from what this component predicts."""
        return training_data


def understand(text: str, model: IntentModel, thresholds: Thresholds) -> dict[str, Any]:
    """The parse data for `text`: intent, ranking by label, and `understanding`."""
    normalised = normalise(text)
    decision = decide(model.classify(normalised), thresholds)
    core = without_courtesies(normalised)
    # A greeting can drown the question behind it: what is left without it counts if it is a clear wish.
    if core != normalised and decision.candidates[0].intent in COURTESIES:
        rest = decide(model.classify(core), thresholds)
        if rest.certainty == "sure" and rest.intent not in COURTESIES:
            normalised, decision = core, rest
    candidates = [{"label": c.label, "confidence": c.confidence} for c in decision.candidates]
    topics = asked_topics(normalised, decision, model, thresholds)
    certainty = "sure" if topics else decision.certainty
    return {
        INTENT: {"name": ASK_TERM if topics else decision.intent, "confidence": decision.confidence},
        "intent_ranking": [{"name": c.label, "confidence": c.confidence} for c in decision.candidates],
        "understanding": {"certainty": certainty, "topics": topics, "candidates": candidates},
    }


def asked_topics(text: str, decision: Decision, model: IntentModel, thresholds: Thresholds) -> list[str]:
    """The topics that are certainly asked about: those of each question in the message, else the one of the whole."""
    if decision.candidates[0].intent != ASK_TERM:
        return []
    parts = [decide(model.classify(part), thresholds) for part in questions(text)]
    if parts and all(part.intent == ASK_TERM for part in parts):
        return list(dict.fromkeys(str(part.candidates[0].detail) for part in parts))
    return [str(decision.candidates[0].detail)] if decision.certainty == "sure" else []


def full_label(message: Message) -> str:
    """The intent of a training example with the topic or kind from its metadata: ``ask_term/winter_tyres``."""
    metadata = (message.get("metadata") or {}).get("intent") or {}
    return "/".join([message.get(INTENT), *metadata.values()])
