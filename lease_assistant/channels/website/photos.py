"""Photos on the website: what is refused, and under which name a photo is shown."""

from lease_assistant.channels.website.refusals import Refused
from lease_assistant.damage_desk.photos import NotAPhoto, clean_photo

LONGEST_NAME = 100


def taken(content: bytes) -> bytes:
    """The photo as it is kept; raises `Refused` for what is none, whatever it is called."""
    try:
        return clean_photo(content)
    except NotAPhoto as problem:
        raise Refused(f"photo_{problem.reason}") from None


def shown_name(name: str) -> str:
    """A file name fit to be shown: no path, no control characters, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[:LONGEST_NAME] or "foto"
