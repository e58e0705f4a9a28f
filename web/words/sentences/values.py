"""Values that cannot be what they claim to be: which field, and why, in Swedish and in English."""

from __future__ import annotations

import re

from web.words.sentences.facts import Facts, word

_FIELDS = {
    "address": ("adressen", "the address"),
    "amount": ("beloppet", "the amount"),
    "answer": ("svaret", "the answer"),
    "bankgiro": ("bankgironumret", "the bankgiro number"),
    "at": ("klockslaget", "the time of day"),
    "before": ("dagen då priset upphör", "the day the price ends"),
    "closes_on": ("sista dagen att boka", "the last day to book"),
    "colleagues": ("kollegorna", "the colleagues"),
    "contact": ("kontakten", "the contact"),
    "country": ("landet", "the country"),
    "currency": ("valutan", "the currency"),
    "dimension": ("dimensionen", "the dimension"),
    "days": ("antalet dagar", "the number of days"),
    "earlier_season_id": ("den tidigare säsongen", "the earlier season"),
    "domain": ("domänen", "the domain"),
    "email": ("e-postadressen", "the e-mail address"),
    "employer": ("arbetsgivaren", "the employer"),
    "end": ("sluttiden", "the end"),
    "language": ("språket", "the language"),
    "key": ("kontot", "the account"),
    "kept": ("andelen som behålls", "the share kept"),
    "meetings": ("träffarna", "the meetings"),
    "month": ("månaden", "the month"),
    "admin_name": ("ditt namn", "your name"),
    "name": ("namnet", "the name"),
    "needs": ("behoven", "the needs"),
    "note": ("anteckningen", "the note"),
    "number": ("talet", "the number"),
    "order_number": ("ordernumret", "the order number"),
    "org_number": ("organisationsnumret", "the organisation number"),
    "participant": ("deltagaren", "the participant"),
    "participants": ("deltagarna", "the participants"),
    "seats_of_address": ("antalet platser från en e-postadress", "the number of seats from one address"),
    "seats_from_place": ("antalet platser från en plats på nätet", "the number of seats from one place on the net"),
    "share": ("andelen", "the share"),
    "hold_minutes": ("minuterna", "the minutes"),
    "reminder_days": ("påminnelsedagarna", "the reminder days"),
    "renamed_on": ("dagen för namnbytet", "the day of the new name"),
    "reminder_fee": ("påminnelseavgiften", "the reminder fee"),
    "invoice": ("fakturan", "the invoice"),
    "means": ("betalsättet", "the means of payment"),
    "parts": ("fördelningen", "the split"),
    "content": ("innehållet", "the content"),
    "payment_days": ("betalningstiden", "the payment time"),
    "payer": ("betalaren", "the payer"),
    "peppol_id": ("Peppol-id", "the Peppol id"),
    "persons": ("antalet personer", "the number of persons"),
    "stated": ("det angivna priset", "the stated price"),
    "extra": ("priset för ytterligare personer", "the price of further persons"),
    "guard": ("skyddet", "the safeguard"),
    "person_id": ("personen", "the person"),
    "roles": ("rollerna", "the roles"),
    "phone": ("telefonnumret", "the phone number"),
    "plea": ("önskemålet", "the plea"),
    "price": ("priset", "the price"),
    "prices": ("priserna", "the prices"),
    "promise": ("beskrivningen", "the description"),
    "quantity": ("antalet", "the quantity"),
    "reason": ("skälet", "the reason"),
    "received_at": ("tiden då den kom in", "the time it arrived"),
    "reference": ("referensen", "the reference"),
    "seats": ("platserna", "the seats"),
    "sites": ("webbplatserna", "the web sites"),
    "slug": ("ordet i adressen", "the word in the address"),
    "start": ("starttiden", "the start"),
    "text": ("texten", "the text"),
    "tiers": ("villkorens steg", "the tiers of the terms"),
    "time": ("tiden", "the time"),
    "title": ("titeln", "the title"),
    "to": ("mottagaren", "who takes the seat"),
    "until_on": ("sista dagen", "the last day"),
    "url": ("webbadressen", "the web address"),
    "vat": ("momsen", "the VAT"),
    "vat_number": ("momsregistreringsnumret", "the VAT number"),
    "zone": ("tidszonen", "the time zone"),
}

_WHYS = {
    "1 to 3660 days": "är 1 till 3 660",
    "0 to 365 days": "är 0 till 365 dagar",
    "1 to 100 seats": "är 1 till 100 platser",
    "1 to 100 seats in one booking": "är 1 till 100 platser i en bokning",
    "1 to 1000 copies": "är 1 till 1 000 exemplar",
    "NUL in text": "innehåller ett tecken som inte är text",
    "a local time carries no offset; its zone is given beside it": (
        "är lokal tid utan tidsförskjutning; tidszonen anges för sig"
    ),
    "a meeting ends after it starts": "ligger efter starttiden",
    "a month and nothing else": "anges för sig, utan klockslag",
    "a month is written YYYY-MM": "skrivs ÅÅÅÅ-MM",
    "up to five rising numbers of days, 1 to 365": "är högst fem stigande antal dagar, 1 till 365",
    "not less than nothing": "är inte mindre än noll",
    "5 to 2880 minutes": "är 5 till 2880 minuter",
    "1 to 10000 seats": "är 1 till 10000",
    "1 to 100 per cent": "är 1 till 100 procent",
    "5 to 1440 minutes": "är 5 till 1440 minuter",
    "a member's token is for the member alone": "måste vara du: en medlems nyckel är bara för medlemmen",
    "at least one role": "måste vara minst en",
    "more than nothing": "är mer än noll",
    "says which invoice the bank has taken the money back from": (
        "anger vilken faktura banken har tagit tillbaka pengarna från"
    ),
    "the bank takes back only what came by bank": "gäller en betalning som inte kom från banken",
    "of a payment or of an invoice, not of both": "gäller en betalning eller en faktura, inte båda",
    "nothing is left of the payment, or nothing to pay on the invoice": (
        "passar inte: inget är kvar av betalningen eller att betala på fakturan"
    ),
    "another payer's invoice cannot be paid with it": "hör till en annan betalare",
    "what is free needs no card: book it": "kostar ingenting: boka utan kort",
    "another season than this one": "är en annan säsong än den här",
    "the day has not come yet": "har inte kommit än",
    "the day has passed": "har passerat",
    "base64": "är inte base64",
    "bank or card or offset": "är bank, card eller offset",
    "a payment is more than nothing, in the currency of the invoice": "är mer än noll, i fakturans valuta",
    "1 to 999": "är 1 till 999",
    "a period ends after it starts": "ligger före periodens första",
    "a price ends after it starts": "ligger efter dagen då priset börjar gälla",
    "a price is for 1 to 100 persons": "är 1 till 100",
    "a price is not negative": "får inte vara negativt",
    "a price is not negative, and in one currency": "får inte vara negativt, och är i prislistans valuta",
    "a price for each person needs no price for one more": "hör till ett pris per organisation",
    "a price is stated for those whom a membership does not cover": "anges för dem som ett medlemskap inte omfattar",
    "a price list has 1 to 50 prices": "är 1 till 50 i en prislista",
    "a programme point ends after it starts": "ligger efter starttiden",
    "a rate is between 0 and 100 %": "är mellan 0 och 100 %",
    "a season has at most 100 meetings": "är högst 100 i en säsong",
    "a season is sold per person or per organisation, not both": "gäller antingen per person eller per organisation",
    "a time of day belongs to a day, in the zone of the terms": "hör till en dag",
    "a share is between 0 and 100 %": "är mellan 0 och 100 %",
    "an account has four digits": "har fyra siffror",
    "an address is needed for the confirmation": "behövs för bekräftelsen",
    "an organisation number has ten digits": "har tio siffror",
    "an organisation or a person pays, one of them": "är en organisation eller en person, en av dem",
    "a GLN has 13 digits, the last one a check digit": "har 13 siffror, den sista en kontrollsiffra",
    "at least one seat": "är minst en",
    "at most 100 seats": "är högst 100",
    "at most 20 sites": "är högst 20",
    "beyond 64 bits": "är för stort",
    "cannot be stored as what it is": "kan inte sparas som det är",
    "ends before it begins": "ligger före den första",
    "every tier but the last has a day, the last has none": "har en dag var, utom det sista som ingen har",
    "has letters before the @ that mail cannot carry": (
        "får bara ha bokstäverna a–z, siffror och vanliga tecken före @; andra bokstäver kommer inte fram med e-post"
    ),
    "has no letter": "behöver minst en bokstav",
    "has no letter or digit": "behöver minst en bokstav eller siffra",
    "has characters that are not text": "innehåller tecken som inte är text",
    "is 2 to 40 of a–z, 0–9 and hyphen, and begins with a letter or a digit": (
        "är 2 till 40 av a–z, 0–9 och bindestreck, med en bokstav eller siffra först"
    ),
    "is four digits, a colon and a number": "är fyra siffror, kolon och ett nummer, till exempel 0007:2120009903",
    "is a word of the installation's own": "är upptaget: det betyder något annat i adresser",
    "is not a telephone number": "är inget telefonnummer",
    "is no account of the ledger": "finns inte i huvudboken",
    "is not an address on the web": "är ingen adress på webben (den börjar med https://)",
    "is not an e-mail address": "är ingen e-postadress",
    "is written https://www.example.se, without a page": "skrivs https://www.example.se, utan någon sida efter",
    "lies outside the calendar": "ligger utanför kalendern",
    "lies between the booking and now": "ligger mellan bokningen och nu",
    "may not be empty": "får inte vara tom",
    "lies at most a year ahead and ten years back": "är högst ett år framåt och tio år bakåt",
    "name a colleague by name and address": "anges med namn och e-postadress",
    "name each seat once, and at least one": "anges en gång var, och minst en",
    "name everybody once, each with an address of their own": "anges en gång var, var och en med en egen adress",
    "no such time zone": "finns inte (ett exempel är Europe/Stockholm)",
    "networks and seasons have a dimension each": "är en egen för nätverk och en egen för säsonger",
    "not a country code of two capital letters": "skrivs med två stora bokstäver, till exempel SE",
    "not a currency code of three capital letters": "skrivs med tre stora bokstäver, till exempel SEK",
    "not a whole number of öre": "är inte ett helt antal öre",
    "one price list has one currency": "har samma valuta i hela prislistan",
    "only a scheduled meeting has a start and an end": "hör till en träff med bestämd tid",
    "postponing and calling off are decisions of their own": "flyttas eller ställs in med ett eget beslut",
    "say which organisation or person pays": "saknas: ange vilken organisation eller person som betalar",
    "say who sits in the seat": "saknas: ange vem som sitter på platsen",
    "say who takes the seat": "saknas: ange vem som tar över platsen",
    "sv or en": "är sv eller en",
    "stands on one line": "står på en rad",
    "the check digit is wrong": "har fel kontrollsiffra",
    "the clock is moved forward over this time": "finns inte: klockan ställs fram förbi den",
    "the days stand in order, each once": "har dagarna i ordning, var och en en gång",
    "there may not be fewer seats than are taken": "kan inte bli färre än de som är tagna",
    "what is exempt or outside scope has no rate": "är noll för det som är undantaget från moms",
}
_SHAPED = (
    (re.compile(r"at most (\d+) characters"), r"är högst \1 tecken"),
    (re.compile(r"1 to (\d+) seats"), r"är 1 till \1"),
    (re.compile(r"1 to (\d+) days"), r"är 1 till \1"),
    (re.compile(r"([A-Z]{3}) does not add to ([A-Z]{3})"), r"blandar \1 och \2"),
)


def bad_value_sv(facts: Facts) -> str:
    """Which value, and why, in Swedish."""
    given = _given(facts)
    return f"{_first_up(_field(facts, 0))} {_why_sv(word(facts, 'why'))}{given}."


def bad_value_en(facts: Facts) -> str:
    """Which value, and why, in English."""
    why = word(facts, "why")
    known = why in _WHYS or any(shape.fullmatch(why) for shape, _ in _SHAPED)
    return f"Check {_field(facts, 1)}: {why if known else 'it cannot be stored'}{_given(facts)}."


def _why_sv(why: str) -> str:
    if why in _WHYS:
        return _WHYS[why]
    for shape, told in _SHAPED:
        if shape.fullmatch(why):
            return shape.sub(told, why)
    return "kan inte sparas"


def _field(facts: Facts, language: int) -> str:
    named = _FIELDS.get(word(facts, "field"))
    return named[language] if named else ("ett värde", "a value")[language]


def _given(facts: Facts) -> str:
    given = word(facts, "given")
    return f" ({given})" if given else ""


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
