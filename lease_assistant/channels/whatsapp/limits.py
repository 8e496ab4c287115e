"""What WhatsApp allows in a message, and how a long text is divided without losing a word.

Lengths count UTF-16 units: Meta does not say how it counts, and no other way of counting gives more.
"""

import re
from collections.abc import Iterator

TEXT = 4096
BODY = 1024
CAPTION = 1024
BUTTONS = 3
BUTTON_TITLE = 20
ROWS = 10
ROW_TITLE = 24
ROW_DESCRIPTION = 72
LIST_BUTTON = 20
SECTION_TITLE = 20
HEADER = 60
FOOTER = 60
LINK = 2000
FILENAME = 240

# Where a text may be divided, best first: between paragraphs, lines, sentences, words.
BREAKS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n\s*", r"\n\s*", r"(?<=[.!?])\s+", r"\s+"))


def length(text: str) -> int:
    """The length of `text` as WhatsApp may count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def prefix(text: str, limit: int) -> str:
    """The longest start of `text` within `limit`."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


def split(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit`, divided as seldom and as high up (paragraph, line, ...) as possible.

    Only white space between parts is lost. A single word longer than `limit` is the one thing that is cut.
    """
    parts = []
    rest = text.strip()
    while length(rest) > limit:
        end, start = _last_break(rest, limit)
        parts.append(rest[:end])
        rest = rest[start:]
    return [*parts, rest] if rest else parts


def _last_break(text: str, limit: int) -> tuple[int, int]:
    """Where the first part ends and where the rest starts."""
    fits = len(prefix(text, limit))
    for pattern in BREAKS:
        # A break may begin right behind what fits.
        found = [match.span() for match in pattern.finditer(text) if 0 < match.start() <= fits]
        if found:
            return found[-1]
    return fits, fits


def split_tail(text: str, limit: int) -> tuple[str, str]:
    """`text` as a head of any length and a tail of at most `limit`; the tail is empty if its last word is longer."""
    for start, end in _breaks_and_edges(text):
        if length(text[end:]) <= limit:
            return text[:start], text[end:]
    return text, ""


def _breaks_and_edges(text: str) -> Iterator[tuple[int, int]]:
    yield 0, 0
    for pattern in BREAKS:
        yield from (match.span() for match in pattern.finditer(text))


def split_words(text: str, first: int, second: int) -> tuple[str, str] | None:
    """`text` as words for a line of at most `first` and the rest for one of at most `second`; None if it cannot be."""
    if length(text) <= first:
        return text, ""
    spaces = [match.span() for match in BREAKS[-1].finditer(text) if 0 < length(text[: match.start()]) <= first]
    if not spaces or length(text[spaces[-1][1] :]) > second:
        return None
    return text[: spaces[-1][0]], text[spaces[-1][1] :]
