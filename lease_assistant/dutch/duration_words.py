"""The words around lengths of time in months and years."""

import re

from lease_assistant.dutch.text import within_one

_YEAR = re.compile(
    r"ja+r+|ja+ren|ja+r+tjes?|jrn?|jrtjes?|jar[ea]?|jaare?|jaaren|jarren|ja+ri?g\w*|ja+rs\w*|ja+rlang|jaarcontract\w*|"
    r"jarens|jaart|jaat|jaara|jaarn|jaaer|jaear|jaahr|yaar|hjaar|jaren"
)
_MONTH = re.compile(
    r"ma+nd(?!ag)\w{0,4}|ma+nds\w*|maandcontract\w*|mnd\w{0,4}|mdn(?:en)?|mndn|mnt(?:en)?|maa?dn\w{0,3}|mands?|manden|"
    r"maan|maaden|maad|mannden|mndt|maanf\w{0,2}|maant\w{0,4}|mnaden|mnaand(?:en)?|naanden|manend|maamd(?:en)?|months?"
)
_QUARTER = re.compile(r"kwarta+l(?:tje|en|tjes)?|kwartalen|kwartaaltje|kwartal|kwrtaal")
_NEIGHBOURS = ("maanden", "maandje", "maandjes")
_PREFIX = re.compile(r"^(?:lease|contract|huur|gebruiks|looptijd)-?(?=[jmk])")


def unit_months(word: str) -> int | None:
    """How many months a unit of time has: 12 for a year, 3 for a quarter, 1 for a month, also when misspelled."""
    word = _PREFIX.sub("", word)
    if word == "j" or _YEAR.fullmatch(word):
        return 12
    if word == "m" or _MONTH.fullmatch(word):
        return 1
    if _QUARTER.fullmatch(word):
        return 3
    near = len(word) >= 6 and any(within_one(word, name) for name in _NEIGHBOURS) and not word.startswith("maandag")
    return 1 if near else None


_ROUGHLY = (
    r"(?:(?:ongeveer|ong|zo'?n|ruim|bijna|precies|exact|circa|ca|de|het|een|zeker|goed|maar|zo|pas|al|dik|krap|net|"
    r"nog geen|minimaal|minstens|rond|weer|maximaal|meer dan|rond de|over|van|alweer|toch|nu|ook|volle|eerste|"
    r"al weer)\.? +)*"
)
_OWNERSHIP = r"\b(?:rij|rijd|rijdt|rijden|zit|zitten|gebruik|heb|hebben|lease|huur|loopt|leasen|ben|zijn|staat|is)\b"
_SINCE = r"\b(?:nu|al|inmiddels|ondertussen|sinds|reeds|intussen|alweer|pas|momenteel|nog maar|net|precies)\b"
USED_BEFORE = re.compile(
    rf"(?:\b(?:na|nu|al|inmiddels|ondertussen|sinds|reeds|intussen|alweer|momenteel|zit op|zit aan|sta op|"
    rf"zitten op|ben op|"
    rf"ben ik op|zit ik op|zit ik aan|verstreken|gebruikt|gereden|gehad|na (?:afloop|verloop|een gebruik|"
    rf"gebruik|een periode|"
    rf"een looptijd|verstrijken) van|rij(?:d|dt|den)?(?: (?:hem|'?m|er|in|mee|ermee|erin|deze|de|auto|nu|al|ik|we))*|"
    rf"heb (?:hem|'?m|ik hem|ik 'm|de auto|deze auto)(?: nu)?|gebruik (?:hem|'?m|de auto)|"
    rf"auto (?:is|heeft)|gebruiksduur(?: is| van)?|gebruik van)[ :]+{_ROUGHLY}"
    rf"|{_OWNERSHIP}[^.?!#@]{{0,40}}{_SINCE}(?![^#@]*\b(?:contract|looptijd|afsluiten|leaseperiode|nog|"
    rf"over)\b)[^.?!#@]{{0,20}})$"
)
NOT_USED_BEFORE = re.compile(
    rf"\b(?:nog(?! geen)|contract van|looptijd van|looptijd is|lease van|termijn van|voor)(?: (?:maar|minstens|"
    rf"slechts|zo'n))* +{_ROUGHLY}$"
)
USED_AFTER = re.compile(
    r" *(?:lang +)?(?:(?:nu|al|dus|hem|'m|de auto|ermee|mee) +)*(?:(?:in )?gebruik(?!en)\w*|gereden|verder\b|"
    r"onderweg|bezig|"
    r"achter de rug|achter mij|verstreken|voorbij|geleden|terug\b|gelee\b|oud\b|erop|er op zit|eropzitten|"
    r"erin\b|er in\b|gehad|"
    r"in bezit|voltooid|verlopen|om zijn|om is|nu\b|onder de kont|ver\b|rij\b|rijd\b|rijden ik|"
    r"na (?:de )?(?:ingang|aanvang|start|begin|"
    r"levering|ontvangst|aflevering|ingangsdatum)|in huis|onderweg|gelopen|gebruikt|geleased|geleast|"
    r"heb ik (?:hem|'m)|al\b)"
)
NOT_USED_AFTER = re.compile(
    r" *(?:contract|leasecontract|lease\b|looptijd|te gaan|resterend|over\b|nog\b|restant|afgesloten)"
)
AT_END = re.compile(r"\b(?:eind(?:e)?|na|afloop|tot en met|t/m|verstrijken|voltooien|voltooiing)\b[^#@.?!]{0,24}$")
HALFWAY = re.compile(r"\b(?:halverwege|midden|helft|half)\b[^#@.?!]{0,20}$")
AT_START = re.compile(r"\b(?:begin|aanvang|start|ingang)\b[^#@.?!]{0,20}$")
NO_POSITION_BEFORE = re.compile(
    r"(?:[#@0-9]|\b(?:per|elke|iedere|ieder|elk|vorig|vorige|dit|deze|volgend|volgende|afgelopen|komend|"
    r"komende|p|een|hele|"
    r"heel|half|halve|paar|aantal|van de)|/) *$"
)
EVERY_BEFORE = re.compile(r"\b(?:per|elke|iedere|elk|ieder|om de)(?: de)? +$")
