"""Answers outside a flow: questions about the terms, what is not covered, a person, a correction afterwards."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bridge import context, heard, say
from lease_assistant.conversation.outside import (
    answer,
    fallback,
    flow_of_fact,
    follow_up,
    handover,
    not_covered,
    topic_after,
    unplaced_fact,
)

Domain = Mapping[str, Any]


def _go_on(dispatcher: CollectingDispatcher, tracker: Tracker, last_topic: str | None) -> list[EventType]:
    """Reply to a message that goes on about `last_topic`, and remember the topic that it leaves behind."""
    topic, replies = follow_up(heard(tracker), last_topic, context())
    say(dispatcher, replies)
    return [SlotSet("last_topic", topic)]


class AnswerTerm(Action):
    """A question about the terms."""

    def name(self) -> str:
        """Name in domain.yml."""
        return "action_answer_term"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Reply, and remember the topic."""
        asked = heard(tracker)
        say(dispatcher, answer(asked, context()))
        return [SlotSet("last_topic", asked.topic)]


class FollowUp(Action):
    """A message that only makes sense after an answer."""

    def name(self) -> str:
        """Name in domain.yml."""
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Go on about the last topic, or the outcome of a flow that came after it."""
        last_flow = tracker.get_slot("last_flow")
        last_topic = topic_after(heard(tracker).text, tracker.get_slot("last_topic"), last_flow)
        if last_topic is None and last_flow:
            return [SlotSet("correcting", True), FollowupAction(f"{last_flow}_form")]
        return _go_on(dispatcher, tracker, last_topic)


class NotCovered(Action):
    """A message about something the documents do not cover."""

    def name(self) -> str:
        """Name in domain.yml."""
        return "action_not_covered"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Say so, with the nearest topics."""
        say(dispatcher, not_covered(heard(tracker), context()))
        return [SlotSet("last_topic", None)]


class Fallback(Action):
    """A message that was not understood well enough is asked back; whoever says it otherwise may still go on."""

    def name(self) -> str:
        """Name in domain.yml."""
        return "action_fallback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Offer the likeliest topics."""
        say(dispatcher, fallback(heard(tracker), context()))
        return []


class Handover(Action):
    """The customer wants a person."""

    def name(self) -> str:
        """Name in domain.yml."""
        return "action_handover"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Tell how to reach one."""
        say(dispatcher, handover(context()))
        return [SlotSet("last_topic", "contact")]


class CorrectFlow(Action):
    """A bare fact outside a flow: it corrects the flow that just ended, starts one, or goes on about an answer."""

    def name(self) -> str:
        """Name in domain.yml."""
        return "action_correct_flow"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Give the fact to its flow; without one and without an answer before, ask what it is about."""
        last_flow, last_topic = tracker.get_slot("last_flow"), tracker.get_slot("last_topic")
        flow = flow_of_fact(heard(tracker), last_flow)
        if flow is None and last_topic:
            return _go_on(dispatcher, tracker, last_topic)
        if flow is None:
            say(dispatcher, unplaced_fact())
            return []
        return [SlotSet("correcting", flow == last_flow or None), FollowupAction(f"{flow}_form")]
