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

from lease_assistant.nlu.decision import Decision, Thresholds, decide
from lease_assistant.nlu.model import IntentModel
from lease_assistant.nlu.normalise import normalise


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
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
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
                self._annotate(message, decide(self._model.classify(normalise(message.get(TEXT))), self._thresholds))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Later components learn from what this one predicts."""
        self.process(training_data.training_examples)
        return training_data

    @staticmethod
    def _annotate(message: Message, decision: Decision) -> None:
        message.set(INTENT, {"name": decision.intent, "confidence": decision.confidence}, add_to_output=True)
        ranking = [{"name": c.label, "confidence": c.confidence} for c in decision.candidates]
        message.set("intent_ranking", ranking, add_to_output=True)
        topics = [decision.candidates[0].detail] if decision.certainty == "sure" and decision.intent == "ask_term" else []
        message.set("understanding", {
            "certainty": decision.certainty,
            "topics": topics,
            "candidates": [{"label": c.label, "confidence": c.confidence} for c in decision.candidates],
        }, add_to_output=True)


def full_label(message: Message) -> str:
    """The intent of a training example with the topic or kind from its metadata: ``ask_term/winter_tyres``."""
    metadata = (message.get("metadata") or {}).get("intent") or {}
    return "/".join([message.get(INTENT), *metadata.values()])
