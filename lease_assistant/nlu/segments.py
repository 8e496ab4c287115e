"""Splits a message that asks two things into its questions: "mag ik naar Spanje en wie betaalt de winterbanden?"."""

import re

# A new question begins behind a full stop, question mark or comma, or behind "en"/"of", with a question word or verb.
QUESTION_START = (
    r"(?:wie|wat|waar\w*|wanneer|waarom|hoe|hoeveel|welke?|mag|mogen|moet|moeten|kan|kunnen|kun|krijg|is|zijn|heb|"
    r"hebben|geldt|klopt|betaal|betaalt|wordt|word|zit)"
)
BREAK = re.compile(
    rf"(?:[?.!;\n]+\s*|,\s*)(?:en |of |ook |verder |daarnaast )*(?={QUESTION_START}\b)"
    rf"|\s(?:en|of)\s(?={QUESTION_START}\b)"
)
IS_QUESTION = re.compile(rf"^(?:en |of |hoi |hallo |vraagje )*{QUESTION_START}\b|\?")
MIN_WORDS = 3
MAX_QUESTIONS = 3


def questions(text: str) -> tuple[str, ...]:
    """The questions in a normalised `text`, if there are two or three; none if it asks one thing."""
    parts = [part.strip() for part in BREAK.split(text)]
    asked = tuple(part for part in parts if IS_QUESTION.search(part) and len(part.split()) >= MIN_WORDS)
    return asked if 1 < len(asked) <= MAX_QUESTIONS else ()
