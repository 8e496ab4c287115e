"""Rasa is asked once: a message that it has heard before gets the answer of then."""

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from lease_assistant.channels.whatsapp.channel import RasaAssistant, messages_given
from lease_assistant.channels.whatsapp.responder import Question

EVENTS = [
    UserUttered("een", message_id="m1"),
    BotUttered("eerste antwoord", {"buttons": [{"title": "Ja", "payload": "/affirm"}]}),
    ActionExecuted("action_listen"),
    UserUttered("twee", message_id="m2"),
    BotUttered("tweede", {"custom": {"type": "damage_assessment"}}),
    BotUttered("derde"),
    ActionExecuted("action_listen"),
    UserUttered("drie", message_id="m3"),
]


class Agent:
    """What the channel uses of Rasa's agent: the tracker store, here with one conversation."""

    def __init__(self, store: InMemoryTrackerStore) -> None:
        self.tracker_store = store
        self.heard: list[str] = []

    async def hear(self, message: UserMessage) -> None:
        """Answer a message."""
        self.heard.append(message.text)
        await message.output_channel.send_response(message.sender_id, {"text": "nieuw"})


@pytest.fixture
async def agent() -> Agent:
    store = InMemoryTrackerStore(Domain.empty())
    await store.save(DialogueStateTracker.from_events("whatsapp-1", EVENTS))
    return Agent(store)


@pytest.fixture
def rasa(agent: Agent) -> RasaAssistant:
    assistant = RasaAssistant(agent.hear)
    assistant.use(agent)
    return assistant


@pytest.mark.parametrize(
    ("message_id", "texts"), [("m1", ["eerste antwoord"]), ("m2", ["tweede", "derde"]), ("m3", []), ("m4", None)]
)
def test_what_was_said_to_a_message(message_id: str, texts: Any) -> None:
    found = messages_given(EVENTS, message_id)
    assert (None if found is None else [message["text"] for message in found]) == texts


async def test_a_message_that_was_heard_gets_the_answer_of_then_whole(rasa: RasaAssistant, agent: Agent) -> None:
    found = await rasa(Question("whatsapp-1", "twee", "m2", again=True))
    assert [message["text"] for message in found] == ["tweede", "derde"]
    assert found[0]["custom"] == {"type": "damage_assessment"}
    assert agent.heard == []


@pytest.mark.parametrize(
    "question",
    [
        Question("whatsapp-1", "vier", "m4", again=True),
        Question("whatsapp-2", "vier", "m1", again=True),
        Question("whatsapp-1", "vier", "m5"),
    ],
)
async def test_a_message_that_was_not_heard_is_asked(rasa: RasaAssistant, agent: Agent, question: Question) -> None:
    assert await rasa(question) == [{"text": "nieuw"}]
    assert agent.heard == ["vier"]
