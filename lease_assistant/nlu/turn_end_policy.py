"""Ends each turn: listens after an action of ours, and says so when the action server did not answer.

Rasa swallows the error of a remote action that fails: the turn goes on with an executed action and not one event
after it. Every action of ours leaves at least one event, so that trace means an outage, on every channel. And every
action of ours is the last of its turn, so a form that ended needs no rule to say that the assistant listens again.
"""

from typing import Any

import rasa.core.actions.action
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_ACTION_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from lease_assistant import settings

UTTER_OUTAGE = "utter_outage"
LISTEN: str = ACTION_LISTEN_NAME
TURN = (ActionExecuted, UserUttered)

# Rasa waits 300 seconds for an action and has no setting for it; a customer is told after 5 (by default).
rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = settings.load().action_timeout_seconds


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class TurnEndPolicy(Policy):
    """Predicts `utter_outage` after an action of ours that left nothing behind, `action_listen` after one that did."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above the RulePolicy (5), which would otherwise go on as if the action had worked."""
        return {"priority": 9}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TurnEndPolicy":
        """Create the policy; nothing is stored for it."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Full confidence right after an action of ours, none otherwise (shape: one value an action)."""
        probabilities = self._default_predictions(domain)
        action = next_after_own_action(tracker, domain)
        if action is None:
            return self._prediction(probabilities)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, is_no_user_prediction=True)

    def train(self, *args: Any, **kwargs: Any) -> Resource:
        """Nothing to learn; Rasa only wants a stored resource."""
        with self._model_storage.write_to(self._resource):
            return self._resource


def next_after_own_action(tracker: DialogueStateTracker, domain: Domain) -> str | None:
    """`utter_outage` if the last action was ours and left no event, `action_listen` once it is dealt with."""
    executed = next((event for event in reversed(tracker.events) if isinstance(event, TURN)), None)
    if not isinstance(executed, ActionExecuted):
        return None
    if executed.action_name == UTTER_OUTAGE:
        return LISTEN
    if not is_remote(executed.action_name, domain):
        return None
    return UTTER_OUTAGE if tracker.events[-1] is executed else LISTEN


def is_remote(action_name: str | None, domain: Domain) -> bool:
    """Whether the action server runs this action: our own actions and the forms that they validate."""
    own = set(domain.user_actions) - set(DEFAULT_ACTION_NAMES)
    return action_name in domain.form_names or (action_name in own and not str(action_name).startswith("utter_"))
