"""A worker in a process of its own: `python worker_process.py PORT SETTINGS_JSON`. Its assistant repeats what it hears.

As long as the file named in ASSISTANT_HANGS exists, the assistant does not answer.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from aiohttp import web

from lease_assistant import settings
from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.gateway import Behind, Gateway
from lease_assistant.channels.whatsapp.responder import Messages, Question
from lease_assistant.channels.whatsapp.web import application
from lease_assistant.damage_desk import open_desk

HANGS = Path(os.environ["ASSISTANT_HANGS"])


async def assistant(question: Question) -> Messages:
    """Repeat the question, unless told to hang."""
    while HANGS.exists():  # noqa: ASYNC240, ASYNC110 (the file is the only way to tell another process)
        await asyncio.sleep(0.1)
    return [{"text": f"U zei: {question.text}"}]


if __name__ == "__main__":
    served = application(Gateway(Config(**json.loads(sys.argv[2])), Behind(assistant, open_desk(settings.load()))))
    web.run_app(served, host="127.0.0.1", port=int(sys.argv[1]), print=None)
