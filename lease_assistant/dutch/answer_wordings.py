"""The wordings, longer than a word, with which people say yes, no, or that they do not know."""

import re

SLASHED = re.compile(
    r"\b(?:ja|nee|neen|yes) ?(?:/|of|en|or|\?) ?(?:ja|nee|neen|no)\b|\b[jy] ?/ ?n\b|\bja\?+ ?nee|"
    r"\bja maar (?:eigenlijk )?(?:ook )?nee\b|\bnee maar (?:eigenlijk )?(?:ook )?ja\b"
)

DONT_KNOW = re.compile(
    r"\b(?:geen (?:flauw |flauwe |enkel |enig )?(?:idee|benul|id|idde|ideetje)|idk|dunno|dont know|don't know|no idea|"
    r"weet (?:ik |ff |even |je |het |dat |dit |er |nu |zo |eigenlijk |echt |nog |helaas |mij |daar |"
    r"op dit moment |zelf |me )*"
    r"(?:niet|nog niet|ook niet|nooit|amper|niks|weinig)|"
    r"(?:zou|wist) (?:ik |het |dat |zo |nu |eigenlijk )*(?:niet|nie)(?: (?:zo|precies|direct|meteen|"
    r"eerlijk gezegd|het))* (?:weten|kunnen zeggen)|"
    r"zou (?:ik )?(?:het |dat )?(?:eerst |even )?(?:moeten |moet )?(?:opzoeken|nakijken|checken|nazoeken|uitzoeken)|"
    r"(?:moet|ga|zal|kan) (?:ik )?(?:het |dat |dit |er )?(?:eerst |even |ff |nog )*(?:voor )?(?:opzoeken|"
    r"nakijken|checken|nazoeken|uitzoeken|nagaan|navragen)|"
    r"weet ik (?:veel|nie|nog niet)|joost mag het weten|wie zal het zeggen|onbekend|niet bekend|onbekent|"
    r"(?:kan|kon) (?:ik |het |mij |dat |me |er )*niet (?:meer )?(?:herinneren|zeggen|terugvinden|vinden|"
    r"bedenken|vertellen)|"
    r"(?:herinner|herinnert) (?:ik |het |mij |me |dat )*niet|"
    r"(?:ben|is) (?:ik |het |dat |er )*(?:even |ff |eerlijk gezegd |helaas )*(?:vergeten|kwijt)|"
    r"ben ik (?:niet )?(?:helemaal )?onzeker|"
    r"(?:ben|is) (?:ik |het |er |mij |daar )*(?:niet|onduidelijk|onbekend)(?: (?:helemaal|echt|geheel|"
    r"zo))? (?:zeker(?: van)?|bekend|duidelijk|bewust)|"
    r"niet (?:zo |helemaal |100% )?(?:precies|exact|zeker)(?: (?:weten|te zeggen|weet))?|durf (?:ik )?(?:het |"
    r"dat )?niet te zeggen|niet te zeggen|"
    r"(?:heb|had) (?:ik )?(?:daar |er |hier )?(?:ook |echt |eigenlijk )?geen (?:zicht|weet|kijk|verstand|idee|"
    r"antwoord)\w*|"
    r"(?:precies|zeker|zo|uit mijn hoofd|exact|het) weet ik (?:het |dat )?(?:\w+ ){0,2}?niet|"
    r"(?:tast|tasten) in het duister|onzeker|twijfel|niet op gelet|niet gezien dus)\b|^\?+$|\bkweenie\b|\bweenie\b"
)
LEANS = re.compile(
    r"(?:^|\b)(?:(?:ben bang|peins|paas|als ik mij niet vergis|voor zover ik mij (?:kan )?herinner\w*|"
    r"zover ik (?:mij )?(?:kan )?(?:zien|herinner\w*|weet)|voor zover ik (?:kan )?zien|"
    r"voor zover (?:mij )?bekend|denk|dacht|vermoed|geloof|gok|meen|vrees|lijkt|voel|schat|verwacht|reken|"
    r"dunkt|neem aan|ga ervan uit|ga er vanuit|hoop)"
    r"(?: (?:ik|het|dat|er|eigenlijk|toch|zo|haast|bijna|eerlijk gezegd|mij|me|aan|van|zelf|nou|maar|dan|"
    r"zeker))*|volgens mij|voor zover ik weet|"
    r"bij mijn weten|zover ik weet|naar mijn weten|waarschijnlijk|vermoedelijk|hoogstwaarschijnlijk|vast|"
    r"zou zeggen van|wellicht|misschien|kan best|ik zeg)"
    r" (?:(?:van|eigenlijk|toch|zeker|haast|dat|echt|het|is|dat is|was|er) )*(?P<lean>wel|niet|ja|nee|neen|"
    r"jawel|geen)\b"
)
LEAN_ALONE = re.compile(
    r"^(?:ik )?(?:denk|dacht|geloof|vermoed)(?: ik)? (?:het|zo)$|^ik denk (?:het|dat) (?:eigenlijk|ja)$|"
    r"^denk ik$|^(?:hoogst)?waarschijnlijk$|^vermoedelijk$|^(?:vrij|redelijk|bijna|vrijwel|nagenoeg|aardig|"
    r"behoorlijk) zeker$|^volgens mij (?:was|is|klopt) (?:het|dat)(?: zo)?$"
)
MAYBE = re.compile(
    r"\b(?:misschien|wellicht|mogelijk|zou kunnen|zou best kunnen|kan zijn|kan best|zou goed kunnen|kan wel|"
    r"soms|af en toe|deels|gedeeltelijk|"
    r"beetje|wie weet|hangt er ?van ?af|ligt eraan|ligt er ?aan|hangt ervan|eventueel|half om half|weet niet|"
    r"zou het|fifty|mwah|mwoah|"
    r"nou ja|nouja|tja|tsja|ja nou|ja en nee|allebei|beide|maakt niet uit|maakt mij niet|geen van beide|later|"
    r"straks|nog even|nader)\b"
)
PHRASES_YES = re.compile(
    r"^(?:(?:ja|oh|ok|oke|prima|goed|nou|en|dat|dit|het|is|was|ik|er|heel|helemaal|best|dik|wel|"
    r"zeker) )*(?:nou en of|reken maar(?: van yes)?|wat dacht je(?: dan)?|"
    r"dacht het wel|echt wel|(?:het |dat |dit )?(?:is|was|klopt) (?:zeker |echt |inderdaad |wel )?(?:zo|waar|"
    r"juist|correct|goed|prima|akkoord|het geval|gebeurd|gelukt|gedaan|in orde|ok|oke|precies zo)|"
    r"klopt(?: (?:helemaal|ja|hoor|als een bus|wel|precies|idd|inderdaad|zeker))*|(?:ga|"
    r"ben) (?:ik )?(?:er ?mee )?(?:mee )?(?:akkoord|eens|mee eens)|"
    r"mee eens|helemaal mee eens|doe (?:dat )?maar|is (?:goed|prima|ok|oke|akkoord|gebeurd)|komt goed|"
    r"lijkt mij (?:goed|prima)|"
    r"(?:dat |die |het |wel )?(?:heb|had|ben|was|wil|kan|zal|doe|deed|mag|ga|zou|weet|vind|moet) (?:ik|we|wij|"
    r"er|het)(?: (?:zeker|al|gedaan|gemaakt|gehad|graag|ook|wel|inderdaad|gebeld|doen|willen|gemeld|die|dat|"
    r"hoor|natuurlijk))*|"
    r"zo is het|zo was het|geen probleem|waarom niet|zonder twijfel|geen twijfel over mogelijk|100 ?%?|"
    r"honderd procent|allemaal|wis en waarachtig|"
    r"(?:was|waren|is|zijn) er (?:wel|zeker|inderdaad)|wel(?: hoor| degelijk| zeker| ja)?|(?:dat |die )?(?:heb|"
    r"had|was|ben) ik wel|helemaal(?: goed| juist| mee eens)?|gelukkig wel|helaas wel|"
    r"zeker weten|(?:heel )?zeker|kan niet anders|niet anders|geen (?:enkel )?bezwaar|"
    r"vooruit(?: dan(?: maar)?)?|laten we dat doen|ga (?:maar|door|maar door|je gang)|kom maar op|wis en zeker|"
    r"moet (?:haast |bijna )?wel|in orde|alles klopt|logisch|volledig|(?:daar )?kun je (?:vergif|gif|"
    r"donder) op (?:innemen|zeggen)|daar kan je donder op zeggen|dat (?:kun|kan|mag|mogen) (?:je|we|"
    r"u) wel (?:stellen|zeggen)|zo zeker als (?:wat|\w+ \w+ \w+)|(?:ik )?zou niet weten waarom niet|"
    r"zo (?:klaar )?als een klontje|dat spreekt (?:voor zich|vanzelf)|spreekt (?:voor zich|vanzelf)|(?:zo|"
    r"precies zo) (?:is|was|ging|gaat|zit|gebeurde) (?:het|dat)|(?:daar )?stem ik (?:er)?mee in|"
    r"ik stem (?:er ?mee )?(?:in|toe)|(?:dat )?mag (?:hoor|best|van mij)|ga ik voor|dat mag|"
    r"(?:daar )?zeg (?:ik )?geen nee(?: tegen)?|echt waar|zonder meer|(?:dikke|vette|volmondig|dik|hard) ja|"
    r"komt (?:helemaal )?in orde|(?:daar )?(?:heeft u|heb je|hebt u|hebben jullie) gelijk(?: in)?|(?:u heeft|"
    r"je hebt|u hebt) (?:daar )?(?:helemaal )?gelijk(?: in)?|gelijk heb je|toe maar|met (?:alle )?plezier|"
    r"(?:uhu|uhuh|mhm+|aha|hmhm|uh huh|m+ ?hm+|hm hm|uhhuh)|100 procent|ben ik|jammer genoeg wel|toch wel|"
    r"eens)$"
)
PHRASES_NO = re.compile(
    r"^(?:(?:oh|nou|maar|ik|dat|dit|het|is|was|er|die|echt|helaas|gelukkig|absoluut|zeker|natuurlijk|uiteraard|"
    r"tuurlijk|beslist|jammer|genoeg|spijtig|"
    r"nog|helemaal|totaal|liever|toch|gewoon|eigenlijk|vooralsnog|tot nu toe|juist|allerminst|sowieso|klopt|"
    r"heus|ook|voorlopig|zover|voor|dus|ben|vast|hoop|doe|maar) )*"
    r"(?:niet(?: (?:dat ik weet|echt|hoor|meer|gelukkig|nodig|waar|zo|eens|mee eens|akkoord|gebeurd|gezien|"
    r"van toepassing|aanwezig|gedaan|juist|"
    r"correct|goed|gelukt|bepaald|helemaal|het geval|volgens mij|zover ik weet|voor zover ik weet|"
    r"bij mijn weten|nee|natuurlijk|ja|bij|gemaakt|gehad|zeker))*|"
    r"geen(?: (?:enkele|een|van|getuigen?|probleem|foto'?s|schade|letsel|gewonden|politie|andere|haar|"
    r"sprake van|behoefte|interesse|zin|van beide|van die))*|nergens|niemand|niks|niets|"
    r"allerminst|oneens|onjuist|onwaar|incorrect|laat maar|hoeft niet|over mijn lijk|vergeet (?:het|dat) maar|"
    r"dat zou je wel willen|droom maar lekker verder|ben je (?:gek|mal|betoeterd)(?: zeg)?|kom nou|nvt|n v t|"
    r"niet dat ik weet|in geen geval|onder geen beding|no way|in tegendeel|echt niet)$"
)
NEG_SHORT = re.compile(
    r"^(?:(?:dat|die|het|dit|er|nou|maar) )?(?:heb|had|ben|was|wil|kan|zal|doe|deed|mag|ga|zou|is|zijn|waren|"
    r"klopt|hoeft|lijkt|vind|ging|hoef|moet|denk|dacht|wist|gaat|hadden|hebben|reed|vond|geloof|weet)"
    r"(?: (?:ik|we|wij|er|het|dat|mij|je|me|toch|echt|helaas|eigenlijk|gelukkig|absoluut|zeker|nog|helemaal|"
    r"volgens mij|ook|zo|gewoon|daar|van|bij mijn weten|in ieder geval))* (?:niet|nie|geen|niemand|niks|nooit|"
    r"sterk|onzin)(?: \w+){0,3}$"
)
CONTRADICTS = re.compile(r"\bklopt (?:\w+ )?niet\b|\bniet waar\b|\b(?:is|was) niet (?:zo|waar|juist|het geval)\b")
NO_ANSWER = re.compile(
    r"^klopt (?:het|dat|de|dit|mijn|deze) (?!ja|wel|hoor|inderdaad|helemaal|zeker|niet|nie|als|idd)\w+|"
    r"\bgraag (?:\w+ )?(?:weten|horen|vragen|spreken)\b|\bwel (?:of|en) niet\b|\bal dan niet\b|"
    r"\bzou (?:\w+ ){0,2}kunnen\b|\bfifty\b|^50 50$|^(?:het |dat )?kan(?: wel| best)?(?: zijn)?$|"
    r"^(?:ja|nee)\?+$|\b(?:begrijp|begrijpt|snap|snapt|volg|vat|versta|begreep|begrepen|snapte)\b.*\bniet|"
    r"\bniet (?:begrepen|duidelijk|altijd|relevant|belangrijk)\b|"
    r"^(?:het |dat |dit )?(?:werkt|lukt|gaat|doet)(?: het)? niet|\b(?:maakt|boeit|interesseert|"
    r"doet) .*\b(?:niet|niks|niets)\b|\bgeen (?:commentaar|mening|antwoord|van beide|voorkeur|verstand)|"
    r"\b(?:zeg|vertel|beantwoord|antwoord) (?:ik )?(?:niet|liever niet)|\bzowel ja|\b(?:nee|ja) als (?:nee|"
    r"ja)\b|\bgaat (?:u|je|jullie|jou) niets? aan|^(?:bedankt|dank je(?: wel)?|dankjewel)$|^niet (?:nu|altijd|"
    r"vaak)$|^nu (?:even )?niet$"
)
DECLINES = re.compile(
    r"^(?:dank je de koekoek|nee bedankt|liever niet|doe maar niet|hoeft niet|hoeft van mij niet|"
    r"laat maar(?: zitten)?|niet nodig|nergens voor nodig|ook niet)"
)
# What follows "ja" and takes it back, makes it ironical, or confirms a no.
TAKEN_BACK = re.compile(r"(?:maar|of|en|sorry|wacht|hoewel) (?:eigenlijk |toch |ook )?(?:nee|niet$|neen)\b")
NOT_MEANT = re.compile(r"niet|dag|doei|right|duh|daag|hallo|zeg|wat|hoezo|waarom")
YES_TO_NO = re.compile(r"(?:zeker|absoluut|echt|helemaal|natuurlijk) (?:niet|nooit)|nooit")
