"""Both servers or none: with real processes, small ones in place of the slow servers."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lease_assistant.serve import supervisor
from lease_assistant.serve.checks import NotReadyError, free_port
from lease_assistant.serve.services import Service

ROOT = Path(__file__).resolve().parent.parent.parent

# Answers every request with a status, after a delay; may take no notice of a request to stop.
SERVER = """
import http.server, signal, sys, time
port, status, delay, stubborn = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4] == "stubborn"
if stubborn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(status)
        self.end_headers()
time.sleep(delay)
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""

# Supervises what the arguments name, as `serve` does with the real servers.
PROGRAM = """
import sys
from pathlib import Path
from lease_assistant.serve import supervisor
from lease_assistant.serve.services import Service
root = Path(sys.argv[1])
ports = [int(port) for port in sys.argv[2].split(",")]
services = [
    Service(f"server {port}", (sys.executable, "server.py", str(port), "200", "0", sys.argv[3]),
            Path(f"logs/{port}.log"), f"http://127.0.0.1:{port}/")
    for port in ports
]
with supervisor.stop_on_signals() as stopping:
    with supervisor.running(services, root, seconds_to_stop=1) as children:
        supervisor.say("pids " + " ".join(str(child.process.pid) for child in children))
        supervisor.wait_until_ready(children, stopping)
        supervisor.say("READY")
        supervisor.watch(children, stopping)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "server.py").write_text(textwrap.dedent(SERVER), encoding="utf-8")
    return tmp_path


def server(name: str = "small server", status: int = 200, delay: float = 0, kind: str = "polite") -> Service:
    port = free_port()
    command = (sys.executable, "server.py", str(port), str(status), str(delay), kind)
    return Service(name, command, Path("logs") / f"{name}.log", f"http://127.0.0.1:{port}/")


def one_liner(name: str, code: str) -> Service:
    return Service(name, (sys.executable, "-c", code), Path("logs") / f"{name}.log", f"http://127.0.0.1:{free_port()}/")


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_ready_when_all_answer_and_stopped_at_the_end(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with supervisor.stop_on_signals() as stopping:
        with supervisor.running([server("one"), server("two", delay=1)], root) as children:
            supervisor.wait_until_ready(children, stopping)
            assert [child.exit_code for child in children] == [None, None]
            assert all(supervisor.is_ready(child.service) for child in children)
        assert all(child.exit_code is not None for child in children)
    output = capsys.readouterr().out
    assert output.index("The one is ready") < output.index("The two is ready")


def test_a_child_that_dies_is_named_with_its_log(root: Path) -> None:
    services = [server("survivor"), one_liner("casualty", "print('a reason', flush=True); raise SystemExit(3)")]
    with (
        supervisor.stop_on_signals() as stopping,
        pytest.raises(NotReadyError) as problem,
        supervisor.running(services, root) as children,
    ):
        supervisor.wait_until_ready(children, stopping)
    assert str(problem.value) == "The casualty has stopped by itself (exit code 3); its log is logs/casualty.log."
    assert (root / "logs/casualty.log").read_text(encoding="utf-8") == "a reason\n"
    assert children[0].exit_code is not None


def test_a_child_that_dies_later_is_noticed(root: Path) -> None:
    both = [server("one"), server("two")]
    with supervisor.stop_on_signals() as stopping, supervisor.running(both, root) as children:
        supervisor.wait_until_ready(children, stopping)
        children[1].process.kill()
        with pytest.raises(NotReadyError, match="The two has stopped by itself"):
            supervisor.watch(children, stopping)
    assert children[0].exit_code is not None


def test_a_program_that_does_not_exist_leaves_nothing_behind(root: Path) -> None:
    absent = Service("absent", ("/does/not/exist",), Path("logs/absent.log"), "http://127.0.0.1:1/")
    seen = []
    with pytest.raises(FileNotFoundError), supervisor.running([server("one"), absent], root) as children:
        seen.extend(children)
    assert seen == []


def test_never_ready_is_said_after_a_while(root: Path) -> None:
    with (
        supervisor.stop_on_signals() as stopping,
        pytest.raises(NotReadyError, match=r"not ready after 1 s; its log is"),
        supervisor.running([server("slow", delay=60)], root) as children,
    ):
        supervisor.wait_until_ready(children, stopping, seconds=1)


def test_a_server_with_an_error_is_not_ready(root: Path) -> None:
    with (
        supervisor.stop_on_signals() as stopping,
        pytest.raises(NotReadyError, match="not ready after 2 s"),
        supervisor.running([server("ill", status=500)], root) as children,
    ):
        supervisor.wait_until_ready(children, stopping, seconds=2)


def test_a_rasa_server_without_its_model_is_said(root: Path) -> None:
    with (
        supervisor.stop_on_signals() as stopping,
        pytest.raises(NotReadyError, match="could not load the model"),
        supervisor.running([server("Rasa server", status=409)], root) as children,
    ):
        supervisor.wait_until_ready(children, stopping)


def supervise(root: Path, kind: str = "polite") -> tuple["subprocess.Popen[str]", list[int]]:
    ports = f"{free_port()},{free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(root), ports, kind],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    pids: list[int] = []
    for line in process.stdout:
        if line.startswith("pids"):
            pids = [int(pid) for pid in line.split()[1:]]
        if line == "READY\n":
            break
    assert all(map(is_alive, pids)), pids
    return process, pids


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("whole_group", [True, False], ids=["group", "supervisor"])
@pytest.mark.parametrize("kind", ["polite", "stubborn"])
def test_a_signal_stops_all(root: Path, number: int, whole_group: bool, kind: str) -> None:
    process, pids = supervise(root, kind)
    # Ctrl-C in a terminal reaches the whole group, `kill` only one process.
    (os.killpg if whole_group else os.kill)(process.pid, number)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 0, output
    assert "Traceback" not in output
    assert not any(map(is_alive, pids))


def test_a_second_ctrl_c_does_not_interrupt_the_stopping(root: Path) -> None:
    process, pids = supervise(root, "stubborn")
    for _ in range(3):
        os.kill(process.pid, signal.SIGINT)
        time.sleep(0.2)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 0, output
    assert not any(map(is_alive, pids))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent is gone")
def test_even_a_supervisor_that_is_killed_leaves_no_orphan(root: Path) -> None:
    process, pids = supervise(root)
    process.kill()
    process.communicate(timeout=20)
    assert until(lambda: not any(map(is_alive, pids)))
