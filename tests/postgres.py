"""A throw-away PostgreSQL server on a Unix socket."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Postgres:
    """PostgreSQL in a folder of its own, without a TCP port."""

    def __init__(self, folder: Path) -> None:
        if not PROGRAMS:
            pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
        self._bin = PROGRAMS[-1]
        # The path of a socket may have at most 107 characters.
        self._folder = Path(f"/tmp/wa-pg-{os.getpid()}")
        self._count = 0
        del folder

    def start(self) -> None:
        """Make the cluster and start the server."""
        self._folder.mkdir(mode=0o755)
        if os.geteuid() == 0:
            shutil.chown(self._folder, self._user, self._user)
        self._run("initdb", "-D", f"{self._folder}/data", "-U", "lease", "-A", "trust", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder} -c fsync=off"
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-o", options, "-l", f"{self._folder}/log", "-w", "start")

    def stop(self) -> None:
        """Stop the server and remove everything."""
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def new_database(self) -> str:
        """The address of an empty database."""
        self._count += 1
        self._run("createdb", "-h", str(self._folder), "-U", "lease", f"inbox{self._count}")
        return f"postgresql://lease@/inbox{self._count}?host={self._folder}"

    @property
    def _user(self) -> str:
        # PostgreSQL refuses to run as root.
        names = {user.pw_name for user in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    def _run(self, program: str, *arguments: str) -> None:
        as_user = ("setpriv", f"--reuid={self._user}", "--clear-groups") if os.geteuid() == 0 else ()
        command = [*as_user, str(self._bin / program), *arguments]
        found = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert found.returncode == 0, found.stderr
