"""All guided conversations: a new one is added here, and as a form in domain.yml and data/rules/flows.yml."""

from collections.abc import Mapping

from lease_assistant.conversation.damage import DamageFlow
from lease_assistant.conversation.deductible import DeductibleFlow
from lease_assistant.conversation.flow import Flow
from lease_assistant.conversation.interest import InterestFlow
from lease_assistant.conversation.termination import TerminationFlow

_ALL: tuple[Flow, ...] = (DamageFlow(), TerminationFlow(), DeductibleFlow(), InterestFlow())
FLOWS: Mapping[str, Flow] = {flow.name: flow for flow in _ALL}
FLOW_OF_INTENT: Mapping[str, str] = {flow.intent: flow.name for flow in _ALL}
