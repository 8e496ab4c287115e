"""The assistant for conversation tests: one model and one action server for all of them."""

from collections.abc import Iterator

import pytest

from tests.conversations.harness import MODEL, ActionServer, Assistant


@pytest.fixture(scope="session")
def action_server() -> Iterator[ActionServer]:
    """The action server, for tests that stop it as well."""
    server = ActionServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def assistant(action_server: ActionServer) -> Iterator[Assistant]:
    """The assistant with the model that `make` has trained."""
    if not MODEL.exists():
        pytest.fail("no trained model: run `make train` first")
    assistant = Assistant(action_server.url)
    yield assistant
    assistant.loop.close()
