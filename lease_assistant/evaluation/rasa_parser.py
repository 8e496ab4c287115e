"""`python -m lease_assistant.evaluation.rasa_parser MODEL TEXTS` prints what a Rasa model makes of texts, as JSON."""

import asyncio
import json
import sys
import time
from pathlib import Path

from rasa.core.agent import Agent


async def rankings(agent: Agent, texts: list[str]) -> tuple[list[dict[str, float]], float]:
    """The probability of each label for each text, and the mean time of a text in milliseconds."""
    # The first message is slow: TensorFlow compiles.
    await agent.parse_message(texts[0])
    started = time.perf_counter()
    parsed = [await agent.parse_message(text) for text in texts]
    milliseconds = 1000 * (time.perf_counter() - started) / len(texts)
    return [{row["name"]: row["confidence"] for row in message["intent_ranking"]} for message in parsed], milliseconds


def main() -> None:
    """Read the texts, print the rankings."""
    model, texts = sys.argv[1:]
    agent = Agent.load(model)
    found, milliseconds = asyncio.run(rankings(agent, json.loads(Path(texts).read_text(encoding="utf-8"))))
    print("\n" + json.dumps({"rankings": found, "milliseconds": milliseconds}))


if __name__ == "__main__":
    main()
