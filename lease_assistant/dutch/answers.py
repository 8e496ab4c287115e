"""Reading yes and no, and "I don't know", from Dutch chat text."""

import re

from lease_assistant.dutch import answer_wordings as wordings
from lease_assistant.dutch import answer_words as aw
from lease_assistant.dutch.text import fold, words


def is_dont_know(text: str) -> bool:
    """Whether the customer says not to know the answer; a text with a figure in it is an answer."""
    plain = " ".join(_said(text)) or text.strip()
    if "🤷" in text or plain in ("g i", "wee niet"):
        return True
    if re.search(r"[0-9]", plain):
        return False
    return (
        bool(wordings.DONT_KNOW.search(plain))
        and not wordings.LEANS.search(plain)
        and "voor zover ik weet" not in plain
    )


def parse_yes_no(text: str) -> bool | None:
    """True for yes, False for no, None when the text is neither or undecided."""
    found = _said(text)
    if not found or re.fullmatch(r" *(?:[+-]1|\([yn]\)|:\w+:|[vx]) *", text.lower()):
        return _emoji(text)
    plain = " ".join(found)
    if wordings.SLASHED.search(plain) or re.search(r"\bja ?/ ?nee\b|\bnee ?/ ?ja\b", fold(text)):
        return None
    if wordings.NO_ANSWER.search(plain) or re.fullmatch(r" *(?:ja+|nee+) *\?+ *", fold(text)):
        return None
    if _asks(text, found):
        return None
    for read in (_phrase_yes, _lean, _unsure, _phrase):
        answer, decided = read(plain)
        if decided:
            return answer
    answer = _by_words(found)
    if answer is None and "?" not in text:
        answer = _short_statement(found)
        if answer is None and len(found) <= 8:
            answer = _somewhere(found)
    return _emoji(text) if answer is None and len(found) <= 3 else answer


def _asks(text: str, found: list[str]) -> bool:
    """A question is no answer, unless a yes or no opens it ("nee hoezo?")."""
    if not text.rstrip(" !").endswith("?"):
        return False
    doubt = len(found) == 2 and found[1] in ("toch", "en", "echt", "wat", "of")
    return doubt or not any(word in ("ja", "nee", "neen", "jawel", "denk", "volgens") for word in found[:3])


def _said(text: str) -> list[str]:
    return [meant for word in words(text) for meant in aw.plain_words(word)]


def _emoji(text: str) -> bool | None:
    if sign := re.fullmatch(r" *(?:(?P<up>\+1|\(y\)|:thumbsup:|v)|-1|\(n\)|:thumbsdown:|x) *", text.lower()):
        return bool(sign["up"])
    up, down = any(char in text for char in aw.THUMBS_UP), any(char in text for char in aw.THUMBS_DOWN)
    return None if up == down else up


def _lean(plain: str) -> tuple[bool | None, bool]:
    """Reads "ik denk het wel" and "volgens mij niet", which are as good as an answer."""
    if wordings.LEAN_ALONE.search(plain):
        return True, True
    match = wordings.LEANS.search(plain)
    if (
        match is None
        or re.search(r"\b(?:misschien|wellicht|kan best)\b", match.group())
        or "hoop" in match.group().split()
    ):
        return None, False
    start = plain[: match.start()].split()
    opening = _opening(start)
    lean = match["lean"] in ("wel", "ja", "jawel")
    if opening is not None:
        return opening, True
    return lean, True


def _opening(found: list[str]) -> bool | None:
    for word in found[:3]:
        if word in aw.YES or (word in aw.NO and word not in aw.NO_STARTS):
            return word in aw.YES
    return None


def _unsure(plain: str) -> tuple[bool | None, bool]:
    if re.match(r"(?:nee|neen|ja) (?:hoor )?(?:niet dat|voor zover)", plain):
        return None, False
    if re.search(
        r"\bniet (?:dat|voor zover|zover) (?:ik|mij) (?:weet|bekend|gezien|mij|heb|kan)\b|\bniet bij mijn weten\b|"
        r"\bniet naar mijn weten\b",
        plain,
    ):
        return False, True
    if wordings.DONT_KNOW.search(plain):
        # "nee, ik weet niet wie het was" is an answer with something else unknown behind it
        other = re.match(
            r"(?:nee|neen|ja|jawel|jazeker|klopt)\b.* (?:weet|idee|zeker|herinner\w*) .*\b(?:wie|wat|waar|hoe|"
            r"wanneer|welke|hun|zijn|haar|kenteken|naam)\b",
            plain,
        )
        return (None, False) if other else (None, True)
    maybe = wordings.MAYBE.search(plain)
    if maybe and not re.match(r"(?:ja|nee|jawel|neen|jazeker|yes|nope)\b", plain):
        return None, True
    if (
        maybe
        and maybe.start() < 12
        and maybe.group() not in ("later", "straks", "beetje", "nog even", "deels", "beide", "allebei")
    ):
        return None, True
    return None, False


def _phrase_yes(plain: str) -> tuple[bool | None, bool]:
    found = wordings.PHRASES_YES.search(plain) is not None and "weet" not in plain
    return (True, True) if found else (None, False)


def _phrase(plain: str) -> tuple[bool | None, bool]:
    if wordings.PHRASES_NO.search(plain) or wordings.NEG_SHORT.search(plain) or wordings.DECLINES.search(plain):
        return False, True
    if wordings.PHRASES_YES.search(plain):
        return True, True
    return None, False


def _short_statement(found: list[str]) -> bool | None:
    """A short statement of nothing but everyday words says yes or no by its "wel" or its negation."""
    if len(found) > 8 or not all(_everyday(word) for word in found):
        return None
    if any(word in aw.NEGATION for word in found):
        return False
    return True if any(word in aw.POSITIVE or word in aw.AGREE for word in found) else None


def _somewhere(found: list[str]) -> bool | None:
    """A clear yes or no anywhere in a short message, when nothing in it says the opposite."""
    said = set(found)
    if found[0] in aw.CLEAR_YES or found[0] in aw.NO:
        return None  # weighed before, and found to take itself back
    yes, no = said & aw.CLEAR_YES, said & {"nee", "neen", "nope"}
    if bool(yes) == bool(no):
        return None
    return None if yes and said & aw.NEGATION else bool(yes)


def _by_words(found: list[str]) -> bool | None:
    """The first yes or no among the opening words decides, unless what follows takes it back."""
    for place, word in enumerate(found[:5]):
        rest = found[place + 1 :]
        if word in aw.NO and (word not in aw.NO_STARTS or len(found) <= 3):
            return _after_no(rest)
        if word in aw.YES:
            return _after_yes(word, rest)
        if word in aw.AGREE and word not in aw.FILLERS:
            return _after_agree(word, rest)
        if word not in aw.FILLERS:
            return None
    short = [word for word in found if word in ("ok", "oke", "okee")]
    return True if short and len(found) <= 3 else None


def _after_no(rest: list[str]) -> bool | None:
    if rest[:1] in (["ja"], ["jawel"]) or rest[:2] in (
        ["toch", "wel"],
        ["maar", "ja"],
        ["wacht", "ja"],
        ["sorry", "ja"],
    ):
        return None
    return False


def _after_yes(word: str, rest: list[str]) -> bool | None:
    if rest and rest[0] in aw.NO and rest[0] not in aw.NO_STARTS | {"niet", "nooit"}:
        return False  # "ja nee" means no
    if word in ("ja", "jawel", "jazeker"):
        return _after_ja(" ".join(rest))
    if rest and (rest[0] in aw.NEGATION or wordings.CONTRADICTS.search(f"{word} {' '.join(rest)}")):
        return False  # "zeker niet", "absoluut niet", "klopt niet"
    # "zeker 3000 euro" is "at least", and a long sentence does not mean yes by opening with "sowieso".
    unclear = len(rest) > 3 or (rest and rest[0].isdigit())
    return None if word in ("zeker", "sowieso", "j", "y") and unclear else True


def _after_ja(rest: str) -> bool | None:
    if wordings.TAKEN_BACK.match(rest) or wordings.NOT_MEANT.fullmatch(rest) or wordings.CONTRADICTS.search(rest):
        return None
    return not wordings.YES_TO_NO.fullmatch(rest)


def _after_agree(word: str, rest: list[str]) -> bool | None:
    if "niet" in rest[:3]:
        return False if word not in ("precies", "exact") else None
    if word == "waar" or len(rest) > 4 or not all(_everyday(other) for other in rest):
        return None
    return True


def _everyday(word: str) -> bool:
    return word in aw.KNOWN or aw.PARTICIPLE.fullmatch(word) is not None
