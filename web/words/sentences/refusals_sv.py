"""Refusals in Swedish, one sentence (or two) for each."""

from __future__ import annotations

from web.words import formats
from web.words.sentences.facts import Facts, Sentence, count, day, either, word, words

_NOTHING = {
    "booking": "ingen sådan bokning",
    "cancellation": "ingen sådan avbokning",
    "case": "inget sådant ärende",
    "delivery": "ingen sådan leverans",
    "creditnote": "ingen sådan kreditfaktura",
    "document": "ingen sådan faktura",
    "goods": "ingen sådan vara",
    "holder": "ingen sådan person eller organisation",
    "invoice": "ingen sådan faktura",
    "material": "inget sådant material",
    "meeting": "ingen sådan träff i säsongen",
    "letter": "inget sådant brev",
    "membership": "inget sådant medlemskap",
    "network": "inget sådant nätverk",
    "numberseries": "ingen sådan nummerserie",
    "organisation": "ingen sådan organisation",
    "organiser": "ingen sådan arrangör",
    "passkey": "ingen sådan passernyckel",
    "checkout": "ingen sådan kortbetalning",
    "payment": "ingen sådan betalning",
    "paymentrules": "inga sådana regler",
    "person": "ingen sådan person",
    "purchase": "inget sådant köp",
    "season": "ingen sådan säsong",
    "seat": "ingen sådan plats i bokningen",
    "session": "ingen sådan inloggning",
    "seating": "ingen sådan säsong",
    "token": "ingen sådan nyckel",
    "transfer": "ingen sådan överlåtelse",
    "firstrefusal": "ingen sådan förtur",
}
_ROLES = {
    "admin": "administratörer",
    "finance": "ekonomer",
    "member": "den som är inloggad som person",
    "system": "den som driver installationen",
    "employer": "den som arbetar i organisationen eller är dess kontaktperson",
    "contact of the organisation": "organisationens kontaktpersoner",
    "name and e-mail": "den som anger namn och e-postadress",
}
_GROUNDS = {"member": "medlemmar", "alumnus": "alumner", "customer": "kunder", "partner": "partner"}
_SECTORS = {
    "private": "privata företag",
    "state": "staten",
    "region": "regioner",
    "municipality": "kommuner",
    "municipal_company": "kommunala bolag",
    "non_profit": "ideella organisationer",
}
_CLAIMS = {
    "organiser": "Det ordet i adressen används redan av en annan arrangör. Välj ett annat.",
    "organisation": "Organisationsnumret är redan registrerat. Använd den organisation som finns.",
    "email": "E-postadressen hör redan till en annan person. Använd den person som finns.",
}
_MISSING = {"meetings": "minst en träff", "prices": "priser", "terms": "avbokningsvillkor"}
_LACKS = {
    "reference": "köparens referens eller ordernummer",
    "vat_number": "säljarens momsregistreringsnummer",
    "bankgiro": "säljarens bankgiro",
    "address": "säljarens adress",
}
_SETTLED = {
    "granted": "beviljad",
    "waived": "beviljad med hela priset tillbaka",
    "declined": "avslagen",
    "withdrawn": "återtagen",
    "accepted": "godtagen",
    "undone": "ångrad",
    "overtaken": "överspelad, eftersom platsen har bytt innehavare sedan dess,",
}


def _seats(number: int) -> str:
    return "1 plats" if number == 1 else f"{formats.number(number, 'sv')} platser"


def _not_found(facts: Facts) -> str:
    nothing = _NOTHING.get(word(facts, "what"), "inget sådant")
    return f"Det finns {nothing} här. Se efter att adressen och numret stämmer."


def _not_allowed(facts: Facts) -> str:
    roles = [_ROLES.get(each, each) for each in word(facts, "needs").split(" or ")]
    return f"Det får bara {either(roles, 'eller')} göra. Be någon som har rätt till det."


def _seats_short(facts: Facts) -> str:
    left, asked = count(facts, "left"), count(facts, "asked")
    rest = f"det finns {_seats(left)} kvar" if left > 0 else "säsongen är full"
    can = "Du kan ställa dig på väntelistan"
    can += f" eller boka {_seats(left)} till samma pris." if facts.get("may_book_fewer") else "."
    return f"Du bad om {_seats(asked)}, men {rest}. {can}"


def _seats_promised(facts: Facts) -> str:
    left, waiting = count(facts, "left"), count(facts, "waiting")
    queue = "1 sällskap som väntar" if waiting == 1 else f"{waiting} sällskap som väntar"
    free = "är ledig, men går" if left == 1 else "är lediga, men går"
    return f"{_seats(left)} {free} först till {queue}. Ställ dig på väntelistan."


def _not_open(facts: Facts) -> str:
    closed = day(facts, "closed_on", "sv")
    return f"Bokningen stängde den {closed}." if closed else "Säsongen tar inte emot bokningar just nu."


def _called_off(facts: Facts) -> str:
    return f"Arrangören har ställt in säsongen: {word(facts, 'reason') or 'inget skäl angivet'}."


def _not_ready(facts: Facts) -> str:
    missing = _MISSING.get(word(facts, "missing"), word(facts, "missing"))
    return f"Säsongen saknar {missing}, och det måste den som bokar få veta. Lägg in det och öppna sedan."


def _no_price(facts: Facts) -> str:
    grounds = [_GROUNDS.get(each, each) for each in words(facts, "grounds")]
    whom = f"Priserna gäller bara {either(grounds, 'eller')}" if grounds else "Inget pris gäller den här dagen"
    return f"{whom}. Be arrangören registrera medlemskapet, eller boka för en organisation som har det."


def _membership_full(facts: Facts) -> str:
    covers, room = count(facts, "covers"), count(facts, "room")
    what = f"Medlemskapet omfattar {covers} personer"
    if not room:
        return f"{what}, och så många är redan med. Arrangören kan lägga till fler till ett angivet pris."
    return f"{what}, och av dem du bokar för bara {room}. Boka {_seats(room)} för sig och övriga i en egen bokning."


def _go_together(facts: Facts) -> str:
    sizes, asked = words(facts, "sizes") or [word(facts, "includes")], count(facts, "asked")
    return (
        f"Priset gäller en organisation med {either(sizes, 'eller')} person{'' if sizes == ['1'] else 'er'}, "
        f"och du bad om {_seats(asked)}. "
        f"Boka {either(sizes, 'eller')}; namnen kan du lämna senare."
    )


def _not_admitted(facts: Facts) -> str:
    whom = [_GROUNDS.get(each, each) for each in words(facts, "grounds")]
    sectors = either([_SECTORS.get(each, each) for each in words(facts, "sectors")], "eller")
    if sectors:
        whom.append(f"{'chefer' if facts.get('managers_only') else 'anställda'} inom {sectors}")
    if not whom:
        return "Nätverket tar inte emot den här personen. Fråga arrangören om skälet."
    return f"Nätverket är för {either(whom, 'eller')}. Fråga arrangören om ett undantag."


def _outcome(facts: Facts) -> str:
    shown, now = formats.figures(count(facts, "shown"), "sv"), formats.figures(count(facts, "now"), "sv")
    return f"Det du såg har ändrats: summan är nu {now} i stället för {shown}. Se över det och bekräfta igen."


def _claimed(facts: Facts) -> str:
    return _CLAIMS.get(word(facts, "kind"), "Det är upptaget av någon annan. Välj något annat.")


def _settled(thing: str) -> Sentence:
    return lambda facts: f"{thing} är redan {_SETTLED.get(word(facts, 'status'), 'avgjord')} och kan inte ändras."


def _already_member(facts: Facts) -> str:
    until = day(facts, "until", "sv")
    when = f"till och med den {until}" if until else "tills vidare"
    return f"Medlemskapet gäller redan {when}. En ny period börjar dagen därpå eller senare."


REFUSALS: dict[str, Sentence] = {
    "PlatsError": "Det gick inte. Inget har sparats.",
    "RuleBroken": "En regel hindrar det. Inget har sparats.",
    "NotFound": _not_found,
    "NotAllowed": _not_allowed,
    "NotSignedIn": "Du är inte inloggad, eller så gäller din nyckel inte längre. Logga in igen.",
    "KeyReused": "Idempotensnyckeln har redan använts för något annat. Välj en ny nyckel för en ny begäran.",
    "UniqueKeyTaken": _claimed,
    "Busy": "Många vill samma sak just nu. Inget har sparats; försök igen om en stund.",
    "DecisionTooLarge": "Det är för mycket på en gång. Dela upp det och skicka mindre delar.",
    "SeatsShort": _seats_short,
    "SeatsPromised": _seats_promised,
    "FirstRefusalSettled": "Platsen hålls inte längre: den är bokad, någon har avstått den eller dagen har gått.",
    "NobodyToOffer": "Ingen att erbjuda: alla med namn har redan fått förtur eller har redan en plats.",
    "ParticipantsChanged": lambda facts: (
        f"Deltagarna har ändrats sedan du tittade: nu är det {count(facts, 'now')} som får förtur. Titta en gång till."
    ),
    "SeatsFree": lambda facts: (
        f"{_seats(count(facts, 'left'))} går att boka nu, så ingen behöver vänta. Boka i stället."
    ),
    "AlreadyWaiting": lambda facts: f"Personen väntar redan, på plats {count(facts, 'place')} i listan.",
    "SeatingClosed": "Säsongen är inställd, så inga platser delas ut.",
    "NotWaiting": "Den platsen på väntelistan finns inte, eller har redan lämnats.",
    "BookingNotOpen": _not_open,
    "SeasonCalledOff": _called_off,
    "NotReadyToOpen": _not_ready,
    "MeetingIsHeld": lambda facts: f"Träffen ”{word(facts, 'title')}” har redan hållits, så den kan inte ändras.",
    "MeetingIsCalledOff": lambda facts: f"Träffen ”{word(facts, 'title')}” är inställd. Planera en ny träff i stället.",
    "NoPriceForBuyer": _no_price,
    "SeatsGoTogether": _go_together,
    "MembershipFull": _membership_full,
    "OrganisationHasBooked": "Priset gäller hela organisationen, som redan har bokat säsongen. Öppna den bokningen.",
    "BothSit": lambda facts: (
        f"Båda posterna har en plats i {word(facts, 'season')}. "
        "Avboka eller överlåt den ena först, så kan de slås ihop."
    ),
    "StaffIsNotMerged": (
        "Posten som ska upphöra har en roll hos arrangören. Ta tillbaka rollen först, så kan de slås ihop."
    ),
    "SamePerson": "Posterna är redan en och samma person.",
    "AddressUnderAnotherName": (
        "Här finns adressen redan under ett annat namn, så ingenting är sparat. Se efter att namn och adress stämmer. "
        "Är det två personer som delar adressen, säg det."
    ),
    "PersonKnown": (
        "Personen finns redan här med det namnet och den adressen, men arbetar inte där. Ingenting är sparat: "
        "registrera anställningen på personens sida."
    ),
    "PersonHasSeat": "Personen har redan en plats i säsongen. Var och en har högst en plats.",
    "OutcomeChanged": _outcome,
    "ChangedSinceShown": (
        "Det har ändrats sedan sidan visades, så ingenting är gjort. Så här är det nu: titta igenom det och tryck igen."
    ),
    "BookingEnded": "Bokningen är avslutad, så det finns inget kvar att ändra. Gör en ny bokning.",
    "TokenShownBefore": (
        "Nyckeln är redan skapad och visas bara en gång. Sparade du den inte: ta tillbaka den och skapa en ny."
    ),
    "SeatGivenUp": lambda facts: f"Plats {count(facts, 'seat')} är redan avbokad. Se bokningen för hur det är nu.",
    "SeatHasName": lambda facts: f"På plats {count(facts, 'seat')} sitter redan någon. Gör en överlåtelse i stället.",
    "SeatHasNoName": lambda facts: (
        f"Ingen har plats {count(facts, 'seat')} ännu. Ange en deltagare i stället för att överlåta."
    ),
    "AlreadySeated": lambda facts: f"Personen har redan plats {count(facts, 'seat')} i samma bokning.",
    "NotAdmitted": _not_admitted,
    "AdmissionToDecide": "Arrangören avgör om personen får vara med. Be om besked på säsongens sida.",
    "NothingToDecide": "Regeln avgör saken, eller så har arrangören redan beslutat.",
    "ReferenceRequired": lambda facts: (
        f"{word(facts, 'organisation') or 'Betalaren'} tar bara emot fakturor med referens. Ange en referens."
    ),
    "EInvoiceIncomplete": lambda facts: (
        f"E-fakturan saknar {_LACKS.get(word(facts, 'lacks'), 'en uppgift')}. Komplettera uppgifterna och försök igen."
    ),
    "NotFailed": "Bara en e-faktura som inte kom fram skickas igen.",
    "NotGivenUp": lambda facts: f"Plats {count(facts, 'seat')} är inte avbokad, så det finns inget att återställa.",
    "LaterCancellationFirst": (
        "Priset för organisationen krediterades när den sista platsen avbokades. Ångra den avbokningen först."
    ),
    "CancellationSettled": _settled("Avbokningen"),
    "TransferSettled": _settled("Överlåtelsen"),
    "TransferNotAllowed": (
        "En plats får bara överlåtas till någon i samma organisation. "
        "Arrangören kan göra undantag och anger då ett skäl."
    ),
    "PeriodOverlaps": lambda facts: (
        f"Perioden {day(facts, 'from_on', 'sv')} till {day(facts, 'until_on', 'sv')} är redan exporterad "
        f"(export {count(facts, 'number')}). Välj en period som inte går in i den."
    ),
    "AccountMissing": lambda facts: (
        f"Det finns inget konto valt för {word(facts, 'key')}. Välj ett under bokföringens konton."
    ),
    "CreditedMoreThanInvoiced": lambda facts: (
        f"Högst {formats.figures(count(facts, 'open'), 'sv')} är kvar att kreditera på fakturan."
    ),
    "NothingToCredit": "Det finns inget att kreditera: ange ett belopp, eller så är allt redan krediterat.",
    "MoreThanIsLeft": lambda facts: (
        f"På rad {count(facts, 'line')} är högst {formats.figures(count(facts, 'left'), 'sv')} exkl. moms kvar."
    ),
    "OtherCurrency": lambda facts: (
        f"Arrangören bokför i {word(facts, 'sells_in')} och tar inte {word(facts, 'given')}. "
        f"Ange belopp i {word(facts, 'sells_in')}."
    ),
    "InvoiceSettled": "Det finns inget kvar att betala på fakturan.",
    "NothingToRefund": lambda facts: (
        f"Högst {formats.figures(count(facts, 'open'), 'sv')} är betalt för mycket och kan betalas tillbaka."
    ),
    "InvoiceDisputed": "Betalningen av fakturan är bestridd. Vänta tills tvisten är avgjord.",
    "ReminderSent": "Det är redan gjort för den här fakturan.",
    "PaymentSpent": lambda facts: (
        f"Av betalningen är {formats.figures(count(facts, 'left'), 'sv')} kvar. Välj ett mindre belopp."
    ),
    "NotPaidByCard": lambda facts: (
        f"Av kortbetalningen kan högst {formats.figures(count(facts, 'open'), 'sv')} betalas tillbaka."
    ),
    "HoldOpen": "Du håller redan platser här. Betala dem eller släpp dem först.",
    "TooManyUnconfirmed": (
        "Så många platser kan inte hållas för anmälningar som inte är bekräftade ännu. "
        "Anmäl färre, försök igen om en stund, eller logga in."
    ),
    "OrderLapsed": "Beställningen bekräftades inte i tid. Beställ igen.",
    "HoldLapsed": "Platserna hålls inte längre. Börja om, eller ställ dig på väntelistan.",
    "NotALogo": "Bilden går inte att använda. Välj en PNG på högst 200 kB, 16–2 000 bildpunkter bred och hög.",
    "BankFileTooLarge": "Filen är större än 4 MB. Hämta en kortare tid hos banken. Inget är inläst.",
    "NotABankFile": "Filen går inte att läsa som kontoutdrag. Lämna en camt.053, camt.054 eller CSV med rubriker.",
    "CardsUnavailable": "Kortföretaget svarar inte just nu. Inget är betalt. Försök igen om en stund.",
    "NoCards": "Det går inte att betala med kort här. Betala till bankgirot på fakturan.",
    "BadSignature": "Meddelandet är inte undertecknat av kortföretaget.",
    "PaymentKnown": lambda facts: f"Betalningen med referensen {word(facts, 'reference')} är redan registrerad.",
    "AlreadyDispatched": lambda facts: f"Köpet skickades den {day(facts, 'dispatched_on', 'sv')}.",
    "GoodsWithdrawn": lambda facts: f"”{word(facts, 'title')}” säljs inte längre.",
    "NetworkClosed": lambda facts: f"Nätverket ”{word(facts, 'name')}” är avslutat, så inget nytt planeras i det.",
    "MembershipAlreadyGranted": _already_member,
    "BookingHasOpened": (
        "Bokningen har varit öppen, så tidszon och nätverk ändras inte längre och inga träffar tas bort. "
        "En träff kan ställas in."
    ),
    "RenamedEarlier": lambda facts: (
        f"Organisationen fick sitt senaste namn den {day(facts, 'since', 'sv')}. Välj en senare dag."
    ),
    "NoMembershipThen": lambda facts: (
        f"Inget medlemskap gäller den {day(facts, 'day', 'sv')}. Välj en dag då det gör det."
    ),
    "PersonErased": "Personens uppgifter är raderade, så inget mer kan sparas om personen.",
    "KeyDestroyed": "Personens uppgifter är raderade, så inget mer kan sparas om personen.",
    "NotEmployedThere": lambda facts: (
        f"Personen är inte anställd där den {day(facts, 'day', 'sv')}. Välj en dag då anställningen gäller."
    ),
    "TooManyAttempts": "Det har prövats för många gånger på kort stund. Vänta en kvart och försök igen.",
    "PasskeyRefused": "Passernyckeln gick inte att använda här. Försök igen, eller be om en länk i ett brev.",
    "SignInAgain": lambda facts: (
        f"Det här kräver att du nyss har loggat in med passernyckel eller organisationens konto, inom "
        f"{count(facts, 'minutes')} minuter. Logga in så igen och försök sedan en gång till."
    ),
    "JustDismissed": "Den som just har tagit ifrån en annan sin roll ändrar inte det här ensam. Vänta en vecka.",
    "NotAPerson": "Det behöver godkännas av en person bland medarbetarna, som har loggat in själv.",
    "OwnProposal": "Den som har föreslagit en ändring, eller själv får rollen, godkänner den inte. Be någon annan.",
    "UndoneIsBeingInvoiced": "En annan avbokning av bokningen har just ångrats och faktureras nu. Försök om en stund.",
    "TooManyProposals": lambda facts: f"Det väntar redan {count(facts, 'most')} ändringar. Avgör några av dem först.",
    "TooManyPasskeys": "Du har redan många passernycklar. Ta bort en som du inte använder och försök igen.",
    "ProviderRefused": "Inloggningstjänsten visade inte tillräckligt säkert vem du är. Försök igen.",
    "ProviderUnreachable": "Inloggningstjänsten svarar inte. Försök igen om en stund, eller be om en länk i ett brev.",
    "NotRegisteredHere": "Du är inloggad där, men inte registrerad här. Be en administratör lägga till din adress.",
    "WrongCode": "Länken är använd eller stämmer inte. Adressen bekräftas också när du loggar in med ett mejl.",
    "ErasureNotRequested": "Ingen begäran om radering väntar.",
    "NothingClaimed": "Personen har inte uppgett det, så det finns inget att avslå.",
    "NotYetStaff": "Personen har inte den rollen hos arrangören.",
    "OutcomeUnknown": "Databasen svarade inte medan det sparades. Skicka samma sak igen, med samma nyckel.",
    "DatabaseUnreachable": "Databasen svarar inte just nu. Försök igen om en stund.",
    "Conflict": "Många vill samma sak just nu. Inget har sparats; försök igen om en stund.",
    "ConnectionLost": "Databasen svarar inte just nu. Försök igen om en stund.",
}
