"""The words around amounts of money: units, limits, ranges and what makes a number no amount at all."""

import re
from decimal import Decimal

EURO = (
    r"(?:€|euro(?:'?s|'?tjes?|ootjes?)?\b|eurootjes?\b|euri(?:e'?s|tjes)?\b|eurie?'?s?\b|eur\b|euor\b|eruo\b|"
    r"erou\b|uro\b|"
    r"eu\b|eurp\b|eiro\b|eoro\b|evro\b|europ\b|pegels\b|ballen\b|piek\b|flappen\b)"
)
# Units that multiply: "3 ruggen" is 3000. The longest spelling has to come first.
_UNITS = {
    r"(?:rooie|rode|rooi) +ru(?:g(?:gen)?|ggetjes?)\b|ru(?:g(?:gen)?|ggetjes?)\b": 1000,
    r"(?:rooie|rooitjes?)\b(?! rug)": 1000,
    r"mille?\b|miles?\b|millen\b|k(?: ?€| euro)?\b|kilo ?euro\b|doezoe\b|duizendjes?\b|dzd\b": 1000,
    r"honderdjes?\b|hondertjes?\b|meiers?\b|barkies?\b|honderdtallen\b": 100,
    r"vijftigjes?\b": 50, r"geeltjes?\b": 25, r"twintigjes?\b": 20,
    r"tientjes?\b|tienjes?\b|tientjs\b|joet(?:en|jes?)?\b|tientallen\b": 10,
    r"vijfjes?\b": 5, r"knaken\b|knaak\b": "2.5", r"ton(?:netjes?)?\b": 100_000,
    r"miljoen\b|mln\b": 1_000_000, r"(?:euro ?)?cent(?:en|jes)?\b|ct\b|cnt\b": "0.01",
}  # fmt: skip
UNITS = [(re.compile(pattern), Decimal(str(value))) for pattern, value in _UNITS.items()]
UNIT = "(?:" + "|".join(_UNITS) + ")"
TAIL = r"(?:,-{1,2}|,=|\.-{1,2}|,--?|,00?(?= )|-,)"

APPROXIMATE_BEFORE = re.compile(
    r"(?:\b(?:ongeveer|ong|ongev|ongeveeer|ongeer|ongevr|rond(?:om)?|circa|ca|cirka|zo'?n|zo een|plus ?minus|"
    r"pm|bijna|ruim|"
    r"dik|krap|om en nabij|om en bij|grofweg|globaal|naar schatting|geschat(?: op)?|schat(?: ik)?(?: op)?|gok(?: ik)?|"
    r"iets van|zo tegen|tegen|richting|een stuk of|stuk of|zoiets als|pakweg|zeg maar|zeg|net geen|een kleine|"
    r"een goeie|"
    r"(?:een )?dikke|schatting|een slordige|een krappe|amper|nagenoeg|rondom|een ruime|een goede|plm|plusmin|"
    r"ergens rond)\b\.?|±|\+ ?/ ?-|\+-|~|≈)"
    r"[ ,:]*(?:(?:de|het|een|zo'?n|ik|dan|zo|op|uit op|om|rond|een euro of|euro of|een eur of)[ ,]*)*$"
)
APPROXIMATE_AFTER = re.compile(
    r"[ ,(]*(?:(?:per maand|p/?m|bruto|netto) *)?(?:ongeveer|ong\b|circa|ca\b|of ?zo\b|ofzo\w*|of zoiets|"
    r"of daaromtrent|"
    r"zoiets|zo ongeveer|zo'?n beetje|plus ?minus|±|\+/-|\+-|denk ik ongeveer|om en nabij|naar schatting|"
    r"schat ik|gok ik|"
    r"zo rond|of iets in die|in die richting|in de richting|of daar ?omheen|bij benadering|grofweg|globaal|"
    r"geloof ik ongeveer)"
)

_THE = (
    r"\.?(?:[ :]*(?:de|het|een|zo'?n|ongeveer|rond|zo|circa|ca\.?|dan|als|ik|denk|zeg|die|pakweg|om en nabij|"
    r"liefst|wel|wat))*[ :]*$"
)
_BOUNDS = {
    "at_most": r"niet (?:meer|hoger|duurder|boven|over)(?: dan| als)?|hooguit|maximaal|maximum(?: van)?|max|maxi?maa?l|"
    r"hoogstens|ten hoogste|hoogste?n|op z(?:'|ij)?n (?:hoogst|meest)|op (?:het|zijn) (?:hoogst|meest)|uiterlijk|"
    r"tot(?: en met| aan| maximaal| max| hooguit| wel)?|t/?m|niet boven|=?<=|≤|geen cent meer dan",
    "at_least": r"niet (?:minder|lager|onder|goedkoper)(?: dan| als)?|minstens|zeker|minimaal|minimum(?: van)?|min\.|"
    r"mini?maa?l|minnimaal|vanaf|ten ?minste|op z(?:'|ij)?n minst|op (?:het|zijn) minst|in ieder geval|in elk geval|"
    r"sowieso|toch wel|minst|>=|≥",
    "more": r"(?:meer|hoger|groter|duurder|mr) (?:dan|als|is dan)|(?:iets |ver |ruim |net |flink )*boven|over(?= de)|"
    r"(?:gaat|ging|kwam|komt) over|hoger|>|groter dan|meer is dan",
    "less": r"(?:minder|lager|kleiner|goedkoper) (?:dan|als)|(?:iets |ver |ruim |net |flink )*onder|beneden|"
    r"nog geen|nog niet eens|<",
}
BOUNDS = [
    (name, re.compile(rf"(?:(?<![a-z])(?=[a-z])|(?=[<>=≤≥]))(?:{pattern}){_THE}")) for name, pattern in _BOUNDS.items()
]
BOUNDS_AFTER = [
    ("at_least", re.compile(r" *(?:\+(?![-/0-9])|of (?:iets |wat |nog |een beetje )*(?:meer|hoger|duurder)\b|"
        r"plus\b|en (?:meer|hoger)\b|minimaal\b|minstens\b|"
                            r"op z'?n minst\b|minimum\b|ten ?minste\b)")),
    ("at_most", re.compile(r" *(?:of (?:iets |wat |nog |een beetje )*(?:minder|lager|goedkoper)\b|maximaal\b|"
        r"hooguit\b|max\b|maximum\b|"
                           r"op z'?n hoogst\b|hoogstens\b)")),
]  # fmt: skip

# Behind a bare number these make it something else than an amount.
NO_MONEY_AFTER = re.compile(
    r" ?(?:%|°|\^)|[ -]*(?:procent|percent|pct|promille|maal|keer|keren|x(?![a-z])|km|kms|kilo(?:meter)?s?|"
    r"kmtjes|meter|mtr|mijl|"
    r"miles|cm|mm|m2|kg|gram|liter|ltr|l(?![a-z])|kwh?|pk|volt|graden|bar|"
    r"u(?:ur|urtjes?|ren|rs)?(?![a-z])|h(?![a-z])|min(?:uut|uten|uutjes|uutje)?(?![a-z])|sec(?:onden?)?|seconden|"
    r"dag(?:en|je|jes)?|dgn|nachten|week|weken|wkn|weekjes|wk|jaar\w*|jaren|jr|jarig\w*|jar(?![a-z])|kwarta\w+|eeuw|"
    r"personen|persoons|mensen|man(?![a-z])|kinderen|deuren?|deurs|zits|zitter|stuks|auto'?s|autos|wagens|"
    r"bandens?|banden|"
    r"reparaties?|schades?|beurten|kopjes|ritten|bestuurders|getuigen|termijnen|facturen|boetes|krassen|deuken|"
    r"e(?![a-z])|ste(?![a-z])|de(?![a-z])|weekend\w*|kapot\w*|rijbaan|baans|plaatsen|letters|cijfers|sterren|"
    r"maandjes?|maanden\w*|mnden|maadnen|manden|maandn|mnd\.? contract|maand(?:s\w*)? contract|mnds\w*|maands\w*)"
)
MONTH_AFTER = re.compile(r" ?(?:mnd|maand|m(?=[ .,!?]|$)|mn)\b")
NO_MONEY_BEFORE = re.compile(
    r"(?:\b(?:maand|mnd|week|jaar|art|artikel|nr|nummer|huisnummer|dag|leeftijd|punt|optie|kamer|lijn|bus|"
    r"hoofdstuk|lid|pagina|blz|versie|model|peugeot|bmw|audi|mazda|volvo|id|type|snelweg|postbus|deel|stap|nummertje|"
    r"klas|(?:schade|zaak|contract|klant|dossier|polis|kenteken|factuur|order|referentie|telefoon)(?:nummer|nr)?|"
    r"ben (?:ik )?|leeftijd(?: is)?|bouwjaar|om(?= [0-9]{1,2}(?![0-9]))|#)[.:]? *(?:is +|was +)?|[#/\\_@])$"
)
FREE = re.compile(
    r"\b(?:gratis|kosteloos|nada|noppes|nihil|nop|niks|niets|nix|nul komma nul|voor niks|geen (?:cent|euro|"
    r"rooie cent|kosten|"
    r"eigen risico|bedrag))\b"
)
NOT_FREE = re.compile(r"\b(?:weet|wist|zegt|zeggen|snap|begrijp|hoor|vertel)\b[^.,]*$|\b(?:niet|daar|er) *$")
