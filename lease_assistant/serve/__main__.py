"""`python -m lease_assistant.serve`: run the assistant, or with `--chat` talk to it in this terminal."""

import argparse
import sys
from collections.abc import Sequence

from lease_assistant import settings
from lease_assistant.serve import checks, processes, services, supervisor
from lease_assistant.serve.supervisor import say
from lease_assistant.settings import Settings, SettingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 after Ctrl-C, 1 with one sentence when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m lease_assistant.serve", description=__doc__)
    parser.add_argument("--chat", action="store_true", help="talk to the assistant in this terminal")
    options = parser.parse_args(arguments)
    try:
        chosen = settings.load()
        check(chosen)
        if options.chat:
            return chat(chosen)
        serve(chosen)
    except (SettingsError, checks.NotReadyError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def check(chosen: Settings) -> None:
    """Find what is wrong before half of it runs."""
    checks.check_python()
    checks.check_ports(chosen, with_whatsapp=services.has_whatsapp())
    checks.check_model(services.ROOT / services.MODEL)


def serve(chosen: Settings) -> None:
    """Run the servers until Ctrl-C."""
    with supervisor.stop_on_signals() as stopping:
        with supervisor.running(services.all_servers(chosen), services.ROOT) as children:
            supervisor.wait_until_ready(children, stopping)
            if not stopping.is_set():
                say(f"Open {chosen.assistant_url}/webhooks/page/\nStop with Ctrl-C.")
            supervisor.watch(children, stopping)
            say("Stopping ...")
        say("All servers have stopped.")


def chat(chosen: Settings) -> int:
    """Run the action server for as long as `rasa shell` has the terminal."""
    only = (services.action_server(chosen),)
    with supervisor.stop_on_signals() as stopping, supervisor.running(only, services.ROOT) as children:
        supervisor.wait_until_ready(children, stopping)
        if stopping.is_set():
            return 0
        say("Loading the assistant; this takes about half a minute. Stop with /stop ...")
        shell = processes.start(services.shell_command(chosen), services.ROOT, services.QUIET)
        try:
            while shell.poll() is None and not stopping.wait(0.2):
                pass
        finally:
            processes.stop([shell])
        return 0 if stopping.is_set() else shell.returncode


if __name__ == "__main__":
    sys.exit(main())
