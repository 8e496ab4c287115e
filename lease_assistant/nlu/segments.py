"""Where a message that asks two things could be cut: "mag ik naar Spanje en wie betaalt de winterbanden?"."""

import re
from dataclasses import dataclass

# What a question begins with, a wish put as a question included ("naar welk adres stuur ik ...").
QUESTION_START = (
    r"(?:wie|wat|waar\w*|wanneer|waarom|hoe\w*|welke?|mag|mogen|moet|moeten|kan|kunnen|kun|krijg|krijgen|is|zijn|ben|"
    r"heb|hebben|hebt|heeft|geldt|gelden|klopt|betaal|betaalt|betalen|wordt|word|worden|zit|zitten|komt|gaat|gaan|doen|"
    r"doet|staat|staan|zou|zouden|zal|sturen|reken|rekenen|vergoeden|regelen|regelt|stuur|log|lever|of|vanaf|"
    r"(?:aan|bij|van) wie|(?:naar|op|in|met) welk\w*)"
)
# What stands between two questions, and before the second.
BETWEEN = r"(?:en|of|maar|ook|verder|daarnaast|plus|trouwens|dan|nog|de|mijn|2e|tweede|andere|vraag|:|,|\d|\W)"
CUT = re.compile(r"[?.!;:\n]+\s*|,\s*|\s[+&-]\s|\s(?=(?:en|of|maar|daarnaast|verder|ook|plus)\s)")
ASKS = re.compile(rf"^(?:{BETWEEN}+\s*)*{QUESTION_START}\b")
MIN_WORDS = 3
MOST_CUTS = 8


@dataclass(frozen=True)
class Cut:
    """Both sides of a place where a text could be cut. `asks`: whether the second begins as a question does."""

    first: str
    second: str
    asks: bool


def cuts(text: str) -> list[Cut]:
    """The ways to cut a normalised `text` in two; at most eight, those with a question behind them first."""
    sides = ((text[: cut.start()].strip(), text[cut.end() :].strip()) for cut in CUT.finditer(text))
    found = [Cut(first, second, bool(ASKS.search(second))) for first, second in sides if _long_enough(first, second)]
    return sorted(found, key=lambda cut: not cut.asks)[:MOST_CUTS]


def _long_enough(*parts: str) -> bool:
    return all(len(part.split()) >= MIN_WORDS for part in parts)
