"""Takes the courtesies off a message, so that "goedemiddag, vraagje. ..." is read as the question that follows."""

import re

GREETING = r"(?:h+o+i+|h+e+y+|hallo+|hi|dag|yo|goede?n? ?(?:middag|morgen|avond|dag)|goei?en?\w*|beste|geachte)"
ADDRESSED = r"(?:mijnheer|meneer|mevrouw|heer|lezer|medewerker|allemaal|daar|team|alphera|mensen|en|of)"
OPENING = re.compile(
    rf"^\W*{GREETING}\b(?:\W*(?:{GREETING}|{ADDRESSED})\b)*\W*"
    r"(?:(?:ik heb )?(?:een )?(?:kort |klein |snel )?vraag(?:je)?\b\W*)?"
)
CLOSING = re.compile(
    r"\W*\b(?:alvast (?:heel erg )?bedankt|alvast dank|bij voorbaat (?:mijn )?dank|met vriendelijke groet\w*|mvg"
    r"|groet(?:en|jes)?|hoogachtend|bedankt alvast|dank je wel alvast)\b.{0,40}$"
)
MIN_WORDS_LEFT = 3


def without_courtesies(text: str) -> str:
    """A normalised `text` without greeting and closing; the text itself if hardly anything would be left."""
    core = CLOSING.sub("", OPENING.sub("", text, count=1))
    return core if len(core.split()) >= MIN_WORDS_LEFT else text
