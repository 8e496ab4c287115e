"""`python -m lease_assistant.channels.whatsapp.receiver`: receive webhooks in a process of its own.

Rasa computes in its event loop, so that under load a webhook waits behind customers who are being answered. This
process does nothing but keep what Meta sends; Rasa's channel, on the same database, answers it.
"""

import argparse
import os
import sys
from pathlib import Path

import yaml
from aiohttp import web

from lease_assistant.channels.whatsapp.config import CHANNEL, Config, ConfigError
from lease_assistant.channels.whatsapp.gateway import Gateway
from lease_assistant.channels.whatsapp.web import application


def read_config(credentials: Path) -> Config:
    """The channel's part of credentials.yml, with ${VARIABLES} filled in as Rasa does; raises `ConfigError`."""
    found = yaml.safe_load(os.path.expandvars(credentials.read_text(encoding="utf-8"))) or {}
    return Config.from_credentials(found.get(CHANNEL))


def main() -> None:
    """Serve /webhook until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--credentials", type=Path, default=Path("credentials.yml"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5006)
    options = parser.parse_args()
    try:
        config = read_config(options.credentials)
    except (ConfigError, OSError) as problem:
        sys.exit(str(problem))
    served = application(Gateway(config))
    web.run_app(served, host=options.host, port=options.port, access_log=None)


if __name__ == "__main__":
    main()
