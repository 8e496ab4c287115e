"""How clock times and parts of the day look in a message."""

import re

DIGITAL = re.compile(
    r"(?P<before>\b(?:om|rond|omstreeks|tegen|vanaf|sinds|klokslag|ca\.?|circa|ongeveer|tot|en|tijdstip:?|"
    r"tijd:?|voor|na|half|\x00,?) *)?"
    r"(?<![0-9.,:€/-])(?P<h>[01]?[0-9]|2[0-4]) ?(?P<sep>[:.hu]|uur) ?(?P<m>[0-5][0-9])(?::[0-5][0-9])?(?![0-9]|"
    r"[.,:/-][0-9]| ?(?:%|km|euro|graden))"
    r"(?P<unit> ?(?:uur|u|h)\b)?(?P<half> ?(?:am|pm|a\.m\.|p\.m\.)(?![a-z]))?"
)
MILITARY = re.compile(
    r"(?:\b(?:om|rond|omstreeks) |(?<![0-9a-z.,]))(?P<h>[01][0-9]|2[0-3])(?P<m>[0-5][0-9])(?P<unit> ?(?:uur|u|"
    r"h)\b)?(?![0-9a-z.,-])"
)
HOURS = {
    "eenen": 1,
    "tweeen": 2,
    "drieen": 3,
    "vieren": 4,
    "vijven": 5,
    "zessen": 6,
    "zevenen": 7,
    "achten": 8,
    "negenen": 9,
    "tienen": 10,
    "elven": 11,
    "twaalven": 12,
    "drien": 3,
    "tween": 2,
    "vijfen": 5,
    "zesen": 6,
    "twaalfen": 12,
}
HOUR_SAID = rf"(?P<h>#+|{'|'.join(HOURS)})"
NO_UNIT = (
    r"(?![a-z#@0-9]|[.,:][0-9#]| *(?:[-/]?jar|jaar|ma+nd|mnd|week|weken|dag|duizend|honderd|euro?\b|€|km|kilo|"
    r"procent|%|keer|x\b|"
    r"personen|mensen|auto|uurtje|minu|min\b|kwartier|k\b|mille|meter|deurs|man\b|kinderen))"
)
QUARTER = re.compile(
    rf"(?P<m>#+|(?:een )?(?:kwart|kwartier|kwrt|kwat|kwartje|kwar))(?: *(?:min(?:uten|uut)?|"
    rf"minuutjes))? *(?P<way>voor|over|na|vr|ovr|vor|overr)(?: de)? +(?P<half>half? *)?{HOUR_SAID}{NO_UNIT}(?: "
    rf"*(?:uur|u)\b)?"
)
HALF = re.compile(rf"(?<![a-z#])(?:half|haf|hal|halff|halv) *{HOUR_SAID}{NO_UNIT}(?: *(?:uur|u)\b)?")
HALF_GLUED = re.compile(r"(?<![a-z])half(?P<h>een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)(?![a-z])")
WORDS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
ABOUT = re.compile(rf"(?:(?:een|n|'n|#+) *)?(?:uur|uurtje) of {HOUR_SAID}{NO_UNIT}")
PREPOSITION = (
    r"(?:om|omstreeks|rond(?:om)?(?: de klok van)?|tegen(?: een)?|klokslag|klokke|vanaf|sinds|voor|na|"
    r"tot|half|ongeveer|ca|circa|precies|exact|al om|zo)"
)
BETWEEN = re.compile(
    rf"\btussen +(?P<a>#+|{'|'.join(HOURS)})(?: *(?:uur|u))? *(?:en|tot|-|a|"
    rf"of) *{HOUR_SAID}{NO_UNIT}(?P<unit> *(?:uur|u)\b)?"
)
HALF_DAY = re.compile(rf"(?<![a-z]){HOUR_SAID} ?(?:uur )?(?P<half>am|pm|a\.m\.|p\.m\.)(?![a-z])")
UUR = re.compile(
    rf"(?P<prep>\b{PREPOSITION} +(?:(?:een|ongeveer|zo'n|circa|ca|iets over|even over|net voor|iets voor|"
    rf"vlak voor) +)*)?(?<![a-z]){HOUR_SAID} *(?:uur|u|ure|uu|h|uurs?)(?![a-z])"
    r"(?: *(?:en +)?(?P<m>#+)(?: *min(?:uten)?\b)?(?! *(?:euro?\b|km|€|jaar|dag)))?(?P<over> +over\b)?"
)
NO_CLOCK_BEFORE = re.compile(
    r"\b(?:binnen|al|nog|minstens|per|duurde|de hele|wel|elke|hooguit|maximaal|in|over|zeker|ruim|meer dan|"
    r"gedurende|van de|na zo'n|pas) +$"
)
NO_CLOCK_AFTER = re.compile(
    r" *(?:lang\b|per\b|later|gewacht|bezig|vertraging|onderweg|gereden|rijden|stil|ervoor|daarvoor|daarna|"
    r"erna|te laat|"
    r"gewerkt|parkeren|duurde|geduurd|over gedaan|staan|gestaan|file|vooraf|van tevoren|s?lapen|terug|geleden|"
    r"nodig|weg geweest)"
)
BARE = re.compile(
    rf"\b(?P<prep>om|omstreeks|rond(?:om)?(?: de klok van)?|rond de|tegen|klokslag|klokke|vanaf|sinds|na|voor|"
    rf"iets na|iets voor|vlak voor|vlak na|net na|net voor|even na|even voor|kort na|kort voor|iets over|"
    rf"even over|net over|ongeveer|zo om) +(?:(?:een|de|ongeveer|zo'n|ca|circa|precies|uur of|"
    rf"een uur of) +)*{HOUR_SAID}{NO_UNIT}"
)
AFTER_BARE = re.compile(
    r" *(?:$|[.,!?;:)\x00('-]|(?:s|savonds|smiddags|sochtends|smorgens|snachts|vanmiddag|vanochtend|vanmorgen|"
    r"vanavond|vannacht|"
    r"gister\w*|eergister\w*|morgen|was|is|toen|dacht|denk|en|of|ik|werd|gebeurd\w*|op|in|dat|precies|ongeveer|"
    r"ofzo|of zo|het|"
    r"geloof|ergens|bij|heb|had|reed|stond|kwam|ging|de|mijn|parkeerde|door|aan|met|volgens|zag|hoorde|dus|maar|voor|"
    r"toch|al|vandaag|afgelopen|vorige|pm|am|zoiets|schat|gok|ben|is|[a-z]*dag\w*|@+)\b)"
)
NOON = re.compile(
    r"\b(?:rond het |op het |tijdens het |tussen het )?(?:middaguur|lunchtijd)\b|\btussen de middag\b|\b(?:in|"
    r"rond|tijdens) de lunch(?:pauze)?\b"
)
MIDNIGHT = re.compile(r"\b(?:rond |om )?middernacht\b|\bmidden in de nacht\b")
PART = re.compile(
    r"(?<![a-z])(?:(?:in|tijdens|tegen|op|aan het eind van|eind van|einde van|begin van|einde|begin|laat in|"
    r"vroeg in|halverwege|midden op|midden in) +(?:de |den )?(?:loop van de )?(?:late |vroege |na)?|'s ?-?|"
    r"s'? ?|des |laat |vroeg )?"
    r"(?P<part>ochtend|ochend|morgen|morge|voormiddag|namiddag|middag|midag|avond|avnd|nacht)(?P<s>s)?(?:je|"
    r"tje)?(?![a-z])"
)
