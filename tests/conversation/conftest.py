"""The terms and a clock that stands still: Thursday 26 March 2026, three days before summer time."""

from datetime import datetime

import pytest

from lease_assistant.conversation.flow import Context
from lease_assistant.rules.damage import AMSTERDAM
from lease_assistant.terms import load_terms


@pytest.fixture
def context() -> Context:
    return Context(load_terms(), datetime(2026, 3, 26, 14, 30, tzinfo=AMSTERDAM))
