"""The words with which people say yes and no, and telling them apart from their typing errors."""

import re
from functools import lru_cache

from lease_assistant.dutch.text import listed, within_one

THUMBS_UP, THUMBS_DOWN = "✓👍✅👌🙋✔☑🆗💯🙌", "👎❌🙅🚫✖"
FILLERS = listed(
    "100 110 a aah ach ah allee allez amai antw antwoord awel ba bah ben beste dan dat dus echt eeh eh ehm "
    "eigenlijk en euh even gelukkig genoeg gerust goh gut haha hahaha hallo he hee heel helaas het hey hihi hm "
    "hmm hoi ik is jammer jee lol maar man mijn mm nou o och oh ohh ok ooh pff poeh sorry spijtig tja toch uh uhm "
    "volledig well zeer zeg zo"
)
YES = listed(
    "absolutely absoluut accoord accoort affirmatief affirmative akkoord allicht amen aye bajaat beslist "
    "bevestigd bevestigend bevestiging bingo chill correct definitely definitief duh evet exactly fantastisch "
    "gaaf gewis goedgekeurd heus hja hmhm indeed inderdaad j ja ja'k jaas jadoe jaha jahaa jaj jak jakl jao jaok "
    "jaowl jaq jau jawel jawis jawohl jawol jaz jaze jazeg jazekerweten jazk jazkr jazo jeej jep jepp jes jez jha "
    "jip jj jo joa joe joepie joi joo jow jub juistem just juup jzkr kja klopt krek natuurlijk natuurluk nice obv "
    "obvs ofc ofcourse okidoki okidokie okiedoki okiedokie oui positief right roger seker si sowieso stellig sure "
    "tjuust tof top true tuurlijk tuurluk uhu uhuh uiteraard vaneigens vanzelfs vanzelfsprekend vast volmondig "
    "voorzeker welles y ya yas yass ye yepp yes yessir yez yh yip yo yupp yus zeker zekersteweten zekervast "
    "zekerweten zekr zker"
)
AGREE = listed(
    "akkoord alright best check deal doen done eens exact fijn gaarne gedaan goed graag juist komt mooi ok okeej "
    "oki okido okidoki okie perfect precies prima super top uitstekend waar wel"
)
NO = listed(
    "afgewezen ammehoela amper bee bijlange enee false fout geen geenszins gene geneen incorrect integendeel mis "
    "mispoes n nada nah nahh nauwelijks ne nee neej neeje neen neenk neennee negatie negatief neh nehh nei nein "
    "nej neje ner nergens neu neuh neuj never nevernooit nhee nieje niemand niet nietes niets nietwaar nih niks "
    "nimmer njet nne no noh non nooit nooitniet nope nopez noppie nre nuh nvt nwe oneens onjuist onmogelijk "
    "ontkennend onwaar onzin uitgesloten verkeerd weiger weineen wrong"
)
NEGATION = {
    "niet",
    "geen",
    "nooit",
    "niks",
    "niets",
    "nergens",
    "niemand",
    "neen",
    "geenszins",
    "allerminst",
    "evenmin",
}
POSITIVE = listed(
    "absoluut akkoord allicht beamen beslist bevestigen correct degelijk eens gebeurd gedaan gelijk gelukt graag "
    "inderdaad instemmen ja jawel juist klopt natuurlijk sowieso terecht toestemmen tuurlijk uiteraard "
    "vanzelfsprekend waarachtig wel welzeker zeker"
)
EVERYDAY = listed(
    "100 aan aangereden aangifte aanwezig achter achteraf ah al alle allee alleen allemaal alles allesbehalve "
    "allez als alstublieft altijd amai ambulance ander andere anders aub awel ba bal bang beamen bedankt beelden "
    "beetje behalve behoefte beiden bekend ben bent bericht beschadigd best beste bestuurder betreft betrokken "
    "bevestigen bewijs bij bijlange bijna bleef blijft brandweer camera chance daar daarmee daarna daarom daarvan "
    "dacht dader dan dank dat de deden deed denk deze die dit doe doen door dus echt echter een eens eerder "
    "eerlijk eh ehm eigenlijk elk en enige enkel enkele er erbij erg ermee europees even formulier foto foto's "
    "fotos ga gaat gaf gans ge gebeld gebroken geef gehad geheel gehoord gekregen geleden gelijk geloof geloofde "
    "gelukkig gemaakt gemeld gemerkt genoeg geraakt geregistreerd gerust gesproken getekend getuige getuigen "
    "geval gevonden gevraagd geweest gewis gewond gewonden gewoon gezien gij ging gisteren graag groet groetjes "
    "haar haast had hadden haha hand handig heb hebben hebt heeft heel helaas hele helemaal hem hen het hier hoef "
    "hoeft hoeven hoor hun idee ieder iemand iets ik ik's ikke in ingevuld inmiddels interesse is jaar jammer je "
    "jij joh juist kan kans kant kapot keek keer keren kijk komt kon kreeg krijg kunnen kwam laat lange laten "
    "leek letsel leven lijkt m maak maakte maar mag man mee meegemaakt meer meestal melding meneer mevrouw mij "
    "mijn mijnheer minst mocht moest moet moeten mogelijk mogen moogt mooi na naar nagaan nam ne neem nergens "
    "niemand nimmer nodig nog nogal nou nu och of ofte oh ok om ook onder ondertekend ondertussen ons onze ooit op "
    "opgelopen opgestuurd orde over parkeerplaats pijn politie principe rapport reeds rijdbaar schade "
    "schadeformulier se sorry spijt spijtig sprake sta staat stellig stem stemt stond te tegen tegenpartij toch "
    "toe toen tot totaal tuurlijk u uh uit uiteindelijk uitgesloten van vandaag vanzelf vast vaste veel verder "
    "vergeet vergeten verklaring verre verwacht verwond verzekerd verzekering verzonden via vind voelt volgens "
    "volledig vond voor vorig vrees vroeger waar waarom wanneer want waren was wat we weet weinig wel welke wens "
    "wenste werd weten wezen wie wij wil wilde willen wis wist zag zal ze zeg zeggen zegt zeker zelf zelfs zich "
    "zie ziekenhuis zij zijn zo zo'n zoals zoiets zonder zou zover zulke"
)
CLEAR_YES = {"ja", "jawel", "jazeker", "klopt", "inderdaad", "absoluut", "uiteraard", "tuurlijk", "yes", "jep"}
KNOWN = EVERYDAY | POSITIVE | NEGATION | AGREE
# Participles and the like tell nothing themselves: "dat had ik niet verwacht".
PARTICIPLE = re.compile(r"(?:ge|be|ver|ont|her|(?:aan|op|uit|af|mee|in|na|mis|door)ge)[a-z]+(?:d|t|en)")
NO_STARTS = {"geen", "niks", "niets", "niemand", "nergens", "nooit", "niet", "n", "no", "ne", "nada"}

_GLUED = re.compile(
    r"(?P<answer>ja+h?|ne+[ej]?|jep|yep|ok(?:e|ee)?|zeker|echt|absoluut|natuurlijk|tuurlijk|klopt|dacht|"
    r"liever)(?P<rest>hoor+|joh|man|toch|zeker|zekers|dus|inderdaad|idd|klopt|precies|graag|"
    r"natuurlijk|tuurlijk|uiteraard|wel|niet|echt|sorry|dank|dankje|bedankt|absoluut|prima|goed|dat|denk|"
    r"volgens|hoezo|ik|man)"
)
_STRETCHED = [
    (re.compile(r"(?:j+a+h*)+"), "ja"),
    (re.compile(r"(?:nee+){2,}"), "nee"),
    (re.compile(r"(?:jep|yep|yup|jup)(?:s|z|la|pie|pa)?"), "jep"),
    (re.compile(r"(?:ok){2,}|kk|okk|oks|kay"), "ok"),
    (re.compile(r"i+n+d+(?:e?rd)?|i+d{2,}"), "inderdaad"),
    (re.compile(r"(?:no){2,}"), "no"),
    (re.compile(r"n+e{2,}h*"), "nee"),
    (re.compile(r"n+e{2,}n+"), "neen"),
    (re.compile(r"y+e+s+h?"), "yes"),
    (re.compile(r"y+e+a+h*|y+e+h+"), "yes"),
    (re.compile(r"j+o+a+h*"), "joa"),
    (re.compile(r"ok+(?:a+|e+)?y*"), "ok"),
    (re.compile(r"n+o+p+e*s?"), "nope"),
    (re.compile(r"j+a+w+e+l+"), "jawel"),
    (re.compile(r"k+l+o+p+t+"), "klopt"),
    (re.compile(r"h+o+o+r+"), "hoor"),
    (re.compile(r"n+o{2,}"), "no"),
]
_SOUNDED = re.compile(
    r"(?:o+h*|a+h*|e+u*h+m*|u+h*m*|hm+|goh|och|nou|zeg|ok|well?|ba|bah|awel|maar)(?P<answer>j+a+h*|n+e{2,}n?)"
)
_CANONICAL = sorted(
    listed(
        "natuurlijk tuurlijk inderdaad absoluut uiteraard jazeker klopt zeker akkoord precies vanzelfsprekend "
        "waarschijnlijk misschien volgens helaas gelukkig helemaal bevestigd correct geenszins beslist prima graag "
        "exact niemand nergens nooit vergeten herinneren definitief sowieso"
    )
)
# Words of their own that happen to be one letter away from one of the above.
_INNOCENT = listed(
    "iemand zieker kloot zeiker exacts primal vraag traag graat gras graan graaf klept beslis herinnerend zeken "
    "niemands klopte gelukkige zekere vergeet kraag primair vergaten klop zeke volgend"
)


@lru_cache(maxsize=8192)
def plain_words(word: str) -> tuple[str, ...]:
    """A word as it was meant: not stretched, not glued to the next, without its typing error."""
    for pattern, meant in _STRETCHED:
        if pattern.fullmatch(word):
            return (meant,)
    if sounded := _SOUNDED.fullmatch(word):
        return plain_words(sounded["answer"])
    if glued := _GLUED.fullmatch(word):
        return (*plain_words(glued["answer"]), glued["rest"])
    if len(word) >= 5 and word not in _INNOCENT and word not in _CANONICAL:
        near = [meant for meant in _CANONICAL if word[0] == meant[0] and within_one(word, meant)]
        if len(near) == 1:
            return (near[0],)
    return (word,)
