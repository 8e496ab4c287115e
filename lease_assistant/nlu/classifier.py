"""The Rasa component around the classifier: trains it, loads it, and writes down what it decided."""

from dataclasses import fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from lease_assistant.conversation.outside import topic_after
from lease_assistant.nlu.decision import Thresholds
from lease_assistant.nlu.interpreter import Interpreter, Learnt
from lease_assistant.nlu.language import DutchLanguage
from lease_assistant.nlu.normalise import normalise
from lease_assistant.nlu.understand import Before, as_parse_data, understand

# The slots with the topic of the last answer, and with the flow that was gone through last (domain.yml).
LAST_TOPIC, LAST_FLOW = "last_topic", "last_flow"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True, model_from=DutchLanguage.__name__
)
class LeaseClassifier(IntentClassifier, GraphComponent):
    """Classifies a message into an intent with its topic or kind (``ask_term/winter_tyres``).

    Adds `understanding` to the parse data:
    ``{"certainty", "topics", "follows", "candidates": [{"label", "confidence"}]}``.
    Rasa hands over the spaCy pipeline of `DutchLanguage` as `model`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The thresholds of `decide`; config.yml sets the measured ones."""
        return {"answer_above": 0.5, "ask_above": 0.2, "talk_above": 0.2, "part_above": 0.7}

    @classmethod
    def required_components(cls) -> list[type]:
        """Where the spaCy pipeline comes from."""
        return [DutchLanguage]

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, learnt: Learnt | None = None
    ) -> None:
        """Keep what Rasa hands over; `learnt` is there once it has been trained or loaded."""
        self._thresholds = Thresholds(**{field.name: config[field.name] for field in fields(Thresholds)})
        self._storage = storage
        self._resource = resource
        self._learnt = learnt

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
            return cls(config, model_storage, resource, Learnt.load(folder))

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        """Train on all examples with an intent, and store the result."""
        rows = [(normalise(m.get(TEXT)), full_label(m)) for m in training_data.intent_examples if m.get(TEXT)]
        texts, labels = zip(*rows, strict=True)
        self._learnt = Learnt.train(model.model, texts, labels)
        with self._storage.write_to(self._resource) as folder:
            self._learnt.save(folder)
        return self._resource

    def process(self, messages: list[Message], model: SpacyModel, tracker: DialogueStateTracker) -> list[Message]:
        """Add intent, ranking and `understanding` to each message. `tracker`: the conversation up to here."""
        if self._learnt is None:
            return messages
        interpreter = Interpreter(model.model, self._learnt)
        for message in messages:
            if text := message.get(TEXT):
                before = _before(text, tracker)
                for name, value in as_parse_data(understand(text, interpreter, self._thresholds, before)).items():
                    message.set(name, value, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        """Nothing learns from what this component predicts."""
        return training_data


def _before(text: str, tracker: DialogueStateTracker) -> Before:
    """What came before `text`, as the slots of a conversation tell. A tracker of `/model/parse` has none."""
    slots = tracker.current_slot_values()
    if tracker.active_loop_name:
        return Before()
    last_flow = slots.get(LAST_FLOW)
    return Before(topic_after(text, slots.get(LAST_TOPIC), last_flow), outcome=bool(last_flow))


def full_label(message: Message) -> str:
    """The intent of a training example with the topic or kind from its metadata: ``ask_term/winter_tyres``."""
    metadata = (message.get("metadata") or {}).get("intent") or {}
    return "/".join([message.get(INTENT), *metadata.values()])
