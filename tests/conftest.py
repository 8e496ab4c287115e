"""What tests of several parts need: databases of each kind, and a damage desk that is not the real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres


@pytest.fixture(scope="session", autouse=True)
def _damage_desk_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Also for the servers that tests start: no test leaves a report with the department."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEASE_ASSISTANT_DAMAGE_DESK_URL", f"sqlite:///{tmp_path_factory.mktemp('desk')}/desk.sqlite3")
        yield


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server of our own; skips where its programs are not installed."""
    server = Postgres(tmp_path_factory.mktemp("postgres"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.sqlite3"
    address: str = request.getfixturevalue("postgres").new_database()
    return address
