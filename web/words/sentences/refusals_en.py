"""Refusals in English, one sentence (or two) for each."""

from __future__ import annotations

from web.words import formats
from web.words.sentences.facts import Facts, Sentence, count, day, either, word, words

_THINGS = {
    "case": "case",
    "creditnote": "credit note",
    "document": "invoice",
    "holder": "person or organisation",
    "meeting": "meeting in the season",
    "numberseries": "number series",
    "seat": "seat in the booking",
    "seating": "season",
}
_ROLES = {
    "admin": "an administrator",
    "finance": "finance staff",
    "member": "somebody signed in as a person",
    "system": "whoever runs the installation",
    "employer": "somebody who works for the organisation or is its contact",
    "contact of the organisation": "a contact of the organisation",
    "name and e-mail": "somebody who gives a name and an e-mail address",
}
_GROUNDS = {"member": "members", "alumnus": "alumni", "customer": "customers", "partner": "partners"}
_SECTORS = {
    "private": "private companies",
    "state": "the state",
    "region": "regions",
    "municipality": "municipalities",
    "municipal_company": "municipal companies",
    "non_profit": "non-profit organisations",
}
_CLAIMS = {
    "organiser": "Another organiser uses that word in its address already. Choose another.",
    "organisation": "The organisation number is registered already. Use the organisation that is there.",
    "email": "The e-mail address belongs to another person already. Use the person who is there.",
}
_MISSING = {"meetings": "meetings", "prices": "prices", "terms": "cancellation terms"}
_LACKS = {
    "reference": "the buyer's reference or order number",
    "vat_number": "the seller's VAT number",
    "bankgiro": "the seller's bankgiro",
    "address": "the seller's address",
}
_SETTLED = {
    "granted": "granted",
    "waived": "granted with the whole price back",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "accepted": "accepted",
    "undone": "undone",
    "overtaken": "overtaken, because the seat has changed hands since,",
}


def _seats(number: int) -> str:
    return "1 seat" if number == 1 else f"{formats.number(number, 'en')} seats"


def _not_found(facts: Facts) -> str:
    thing = word(facts, "what")
    return f"There is no such {_THINGS.get(thing, thing) or 'thing'} here. Check the address and the id."


def _not_allowed(facts: Facts) -> str:
    roles = [_ROLES.get(each, each) for each in word(facts, "needs").split(" or ")]
    return f"Only {either(roles, 'or')} may do that. Ask somebody who may."


def _seats_short(facts: Facts) -> str:
    left, asked = count(facts, "left"), count(facts, "asked")
    rest = f"{_seats(left)} {'is' if left == 1 else 'are'} left" if left > 0 else "the season is full"
    can = "You can join the waiting list"
    can += f", or book {_seats(left)} at the same price." if facts.get("may_book_fewer") else "."
    return f"You asked for {_seats(asked)}, but {rest}. {can}"


def _seats_promised(facts: Facts) -> str:
    left, waiting = count(facts, "left"), count(facts, "waiting")
    queue = "1 party that waits" if waiting == 1 else f"{waiting} parties that wait"
    return f"{_seats(left)} {'is' if left == 1 else 'are'} free, but promised to {queue}. Join the waiting list."


def _not_open(facts: Facts) -> str:
    closed = day(facts, "closed_on", "en")
    return f"Bookings closed on {closed}." if closed else "The season does not take bookings now."


def _called_off(facts: Facts) -> str:
    return f"The organiser has called the season off: {word(facts, 'reason') or 'no reason given'}."


def _not_ready(facts: Facts) -> str:
    missing = _MISSING.get(word(facts, "missing"), word(facts, "missing"))
    return f"The season has no {missing}, which a buyer must know before booking. Add them, then open it."


def _no_price(facts: Facts) -> str:
    grounds = [_GROUNDS.get(each, each) for each in words(facts, "grounds")]
    whom = f"The prices are only for {either(grounds, 'or')}" if grounds else "No price is in force on this day"
    return f"{whom}. Ask the organiser to record the membership, or book for an organisation that has it."


def _membership_full(facts: Facts) -> str:
    covers, room = count(facts, "covers"), count(facts, "room")
    what = f"The membership covers {covers} persons"
    if not room:
        return f"{what}, and so many take part already. The organiser can add more at a stated price."
    whom = f"and of those you book for only {room}"
    return f"{what}, {whom}. Book {_seats(room)} by themselves, and the others in a booking of their own."


def _go_together(facts: Facts) -> str:
    sizes, asked = words(facts, "sizes") or [word(facts, "includes")], count(facts, "asked")
    return (
        f"The price is for an organisation with {either(sizes, 'or')} person{'' if sizes == ['1'] else 's'}, "
        f"and you asked for {_seats(asked)}. "
        f"Book {either(sizes, 'or')}; the names can follow later."
    )


def _not_admitted(facts: Facts) -> str:
    whom = [_GROUNDS.get(each, each) for each in words(facts, "grounds")]
    sectors = either([_SECTORS.get(each, each) for each in words(facts, "sectors")], "or")
    if sectors:
        whom.append(f"{'managers' if facts.get('managers_only') else 'people'} in {sectors}")
    if not whom:
        return "The network does not admit this person. Ask the organiser for the reason."
    return f"The network is for {either(whom, 'or')}. Ask the organiser for an exception."


def _outcome(facts: Facts) -> str:
    shown, now = formats.figures(count(facts, "shown"), "en"), formats.figures(count(facts, "now"), "en")
    return f"What you saw has changed: the sum is now {now} instead of {shown}. Look again and confirm."


def _claimed(facts: Facts) -> str:
    return _CLAIMS.get(word(facts, "kind"), "That belongs to somebody else already. Choose another.")


def _settled(thing: str) -> Sentence:
    return lambda facts: f"{thing} is {_SETTLED.get(word(facts, 'status'), 'settled')} already and cannot be changed."


def _already_member(facts: Facts) -> str:
    until = day(facts, "until", "en")
    when = f"until {until}" if until else "until further notice"
    return f"The membership is in force already, {when}. A new period begins the day after or later."


REFUSALS: dict[str, Sentence] = {
    "PlatsError": "That could not be done. Nothing was recorded.",
    "RuleBroken": "A rule says no. Nothing was recorded.",
    "NotFound": _not_found,
    "NotAllowed": _not_allowed,
    "NotSignedIn": "You are not signed in, or your token is no longer valid. Sign in again.",
    "KeyReused": "The idempotency key was used for something else before. Choose a new key for a new request.",
    "UniqueKeyTaken": _claimed,
    "Busy": "Many want the same thing right now. Nothing was recorded; try again in a moment.",
    "DecisionTooLarge": "That is too much at once. Divide it and send smaller parts.",
    "SeatsShort": _seats_short,
    "SeatsPromised": _seats_promised,
    "FirstRefusalSettled": "The seat is kept no longer: it is booked, was declined, or its day has passed.",
    "NobodyToOffer": "Nobody to offer it to: everybody with a name has had first refusal already or has a seat.",
    "ParticipantsChanged": lambda facts: (
        f"The participants have changed since you looked: {count(facts, 'now')} would get first refusal. Look again."
    ),
    "SeatsFree": lambda facts: (
        f"{_seats(count(facts, 'left'))} can be booked now, so nobody needs to wait. Book instead."
    ),
    "AlreadyWaiting": lambda facts: f"The person waits already, in place {count(facts, 'place')} on the list.",
    "SeatingClosed": "The season has been called off, so no seats are given out.",
    "NotWaiting": "That place on the waiting list is not there, or has been left already.",
    "BookingNotOpen": _not_open,
    "SeasonCalledOff": _called_off,
    "NotReadyToOpen": _not_ready,
    "MeetingIsHeld": lambda facts: f"The meeting “{word(facts, 'title')}” has been held, so it cannot be changed.",
    "MeetingIsCalledOff": lambda facts: f"The meeting “{word(facts, 'title')}” is called off. Plan a new one instead.",
    "NoPriceForBuyer": _no_price,
    "SeatsGoTogether": _go_together,
    "MembershipFull": _membership_full,
    "OrganisationHasBooked": "The price is for the organisation, which has booked it already. Use that booking.",
    "BothSit": lambda facts: (
        f"Both entries hold a seat in {word(facts, 'season')}. "
        "Cancel or transfer one of them first, then they can be merged."
    ),
    "StaffIsNotMerged": (
        "The entry that is to end holds a role with the organiser. Take the role back first, then they can be merged."
    ),
    "SamePerson": "The two entries are one person already.",
    "AddressUnderAnotherName": (
        "The address is here under another name already, so nothing is saved. Check the name and the address. "
        "If two people share the address, say so."
    ),
    "PersonKnown": (
        "The person is here already by that name and address, but does not work there. Nothing is saved: "
        "record the employment on the person's page."
    ),
    "PersonHasSeat": "The person has a seat in this season already. Everybody has one seat at most.",
    "OutcomeChanged": _outcome,
    "ChangedSinceShown": (
        "This has changed since it was shown, so nothing has been done. "
        "This is how it is now: look it over and press again."
    ),
    "BookingEnded": "The booking has ended, so nothing is left to change. Make a new booking.",
    "TokenShownBefore": (
        "The key is made already and is shown only once. If you did not keep it, take it back and make a new one."
    ),
    "SeatGivenUp": lambda facts: (
        f"Seat {count(facts, 'seat')} has been cancelled already. See the booking for how it stands now."
    ),
    "SeatHasName": lambda facts: f"Somebody sits in seat {count(facts, 'seat')} already. Transfer the seat instead.",
    "SeatHasNoName": lambda facts: (
        f"Nobody has seat {count(facts, 'seat')} yet. Name a participant instead of transferring it."
    ),
    "AlreadySeated": lambda facts: f"The person has seat {count(facts, 'seat')} in the same booking already.",
    "NotAdmitted": _not_admitted,
    "AdmissionToDecide": "The organiser decides on this person and has not yet. Ask for it on the season's page.",
    "NothingToDecide": "The rule settles the case, or the organiser has decided already.",
    "ReferenceRequired": lambda facts: (
        f"{word(facts, 'organisation') or 'The payer'} takes invoices only with a reference. Give a reference."
    ),
    "EInvoiceIncomplete": lambda facts: (
        f"The e-invoice lacks {_LACKS.get(word(facts, 'lacks'), 'something')}. Complete the details and try again."
    ),
    "NotFailed": "Only an e-invoice that did not arrive is sent again.",
    "NotGivenUp": lambda facts: f"Seat {count(facts, 'seat')} is not cancelled, so there is nothing to restore.",
    "LaterCancellationFirst": (
        "The price of the organisation was credited with its last seat. Undo that cancellation first."
    ),
    "CancellationSettled": _settled("The cancellation"),
    "TransferSettled": _settled("The transfer"),
    "TransferNotAllowed": (
        "A seat can be transferred only to somebody in the same organisation. "
        "The organiser may make an exception and then gives a reason."
    ),
    "PeriodOverlaps": lambda facts: (
        f"The period {day(facts, 'from_on', 'en')} to {day(facts, 'until_on', 'en')} has been exported already "
        f"(export {count(facts, 'number')}). Choose a period that does not run into it."
    ),
    "AccountMissing": lambda facts: (
        f"No account has been chosen for {word(facts, 'key')}. Choose one among the accounts of the bookkeeping."
    ),
    "CreditedMoreThanInvoiced": lambda facts: (
        f"At most {formats.figures(count(facts, 'open'), 'en')} is left to credit on the invoice."
    ),
    "NothingToCredit": "There is nothing to credit: give an amount, unless everything has been credited already.",
    "MoreThanIsLeft": lambda facts: (
        f"On line {count(facts, 'line')} at most {formats.figures(count(facts, 'left'), 'en')} excl. VAT is left."
    ),
    "OtherCurrency": lambda facts: (
        f"The organiser keeps its books in {word(facts, 'sells_in')} and does not take {word(facts, 'given')}. "
        f"Give amounts in {word(facts, 'sells_in')}."
    ),
    "InvoiceSettled": "Nothing is left to pay on the invoice.",
    "NothingToRefund": lambda facts: (
        f"No more than {formats.figures(count(facts, 'open'), 'en')} was paid too much and can be paid back."
    ),
    "InvoiceDisputed": "The payment of the invoice is disputed. Wait until the dispute has been decided.",
    "ReminderSent": "That has been done for this invoice already.",
    "PaymentSpent": lambda facts: (
        f"Of the payment {formats.figures(count(facts, 'left'), 'en')} is left. Choose a smaller sum."
    ),
    "NotPaidByCard": lambda facts: (
        f"Of the card payment no more than {formats.figures(count(facts, 'open'), 'en')} can be paid back."
    ),
    "HoldOpen": "You hold seats here already. Pay for them or let them go first.",
    "TooManyUnconfirmed": (
        "So many seats cannot be held for registrations that are not confirmed yet. "
        "Register fewer, try again in a while, or sign in."
    ),
    "OrderLapsed": "The order was not confirmed in time. Order again.",
    "HoldLapsed": "The seats are not held any longer. Begin again, or join the waiting list.",
    "NotALogo": "The picture cannot be used. Choose a PNG of at most 200 kB, 16–2,000 pixels wide and high.",
    "BankFileTooLarge": "The file is larger than 4 MB. Take out a shorter time from the bank. Nothing was taken in.",
    "NotABankFile": "The file cannot be read as a statement. Give a camt.053, a camt.054 or a CSV with headings.",
    "CardsUnavailable": "The card company does not answer at the moment. Nothing was paid. Try again in a while.",
    "NoCards": "Cards are not taken here. Pay to the bankgiro on the invoice.",
    "BadSignature": "The notice is not signed by the card company.",
    "PaymentKnown": lambda facts: f"The payment with the reference {word(facts, 'reference')} is recorded already.",
    "AlreadyDispatched": lambda facts: f"The purchase was sent on {day(facts, 'dispatched_on', 'en')}.",
    "GoodsWithdrawn": lambda facts: f"“{word(facts, 'title')}” is not sold any longer.",
    "NetworkClosed": lambda facts: f"The network “{word(facts, 'name')}” is closed, so nothing new is planned in it.",
    "MembershipAlreadyGranted": _already_member,
    "BookingHasOpened": (
        "Booking has been open, so time zone and network are not changed and no meeting is removed. "
        "A meeting can be called off."
    ),
    "RenamedEarlier": lambda facts: (
        f"The organisation got its latest name on {day(facts, 'since', 'en')}. Choose a later day."
    ),
    "NoMembershipThen": lambda facts: (
        f"No membership is in force on {day(facts, 'day', 'en')}. Choose a day on which there is one."
    ),
    "PersonErased": "The person has been erased, so nothing more can be recorded about them.",
    "KeyDestroyed": "The person has been erased, so nothing more can be recorded about them.",
    "NotEmployedThere": lambda facts: (
        f"The person is not employed there on {day(facts, 'day', 'en')}. Choose a day on which they are."
    ),
    "TooManyAttempts": "It has been tried too often in a short while. Wait a quarter of an hour and try again.",
    "PasskeyRefused": "The passkey could not be used here. Try again, or ask for a link by letter.",
    "SignInAgain": lambda facts: (
        f"This needs you to have signed in with a passkey or the organisation's account within the last "
        f"{count(facts, 'minutes')} minutes. Sign in that way again, and then try once more."
    ),
    "JustDismissed": "Whoever has just taken a role back from somebody else does not change this alone. Wait a week.",
    "NotAPerson": "This needs to be decided by a person of the staff who has signed in themselves.",
    "OwnProposal": "Whoever proposed a change, or gets the role, does not approve it. Ask somebody else.",
    "UndoneIsBeingInvoiced": (
        "Another cancellation of the booking was undone just now and is being invoiced. Try again in a moment."
    ),
    "TooManyProposals": lambda facts: (
        f"There are {count(facts, 'most')} changes waiting already. Decide some of them first."
    ),
    "TooManyPasskeys": "You have many passkeys already. Remove one that you do not use and try again.",
    "ProviderRefused": "The sign-in service did not show surely enough who you are. Try again.",
    "ProviderUnreachable": "The sign-in service does not answer. Try again in a moment, or ask for a link by letter.",
    "NotRegisteredHere": "You are signed in there, but not registered here. Ask an admin to add your address.",
    "WrongCode": "The link has been used already, or is wrong. Signing in by e-mail confirms the address too.",
    "ErasureNotRequested": "No request to be erased is waiting.",
    "NothingClaimed": "The person has not claimed that, so there is nothing to decline.",
    "NotYetStaff": "The person does not hold that role with the organiser.",
    "OutcomeUnknown": "The database went away while recording. Send the same with the same key again to learn more.",
    "DatabaseUnreachable": "The database does not answer right now. Try again in a moment.",
    "Conflict": "Many want the same thing right now. Nothing was recorded; try again in a moment.",
    "ConnectionLost": "The database does not answer right now. Try again in a moment.",
}
