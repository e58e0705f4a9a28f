"""What is handed out of somebody's data is all of it: every sealed fact that the catalogue of events can hold."""

from __future__ import annotations

import msgspec

from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase
from application.booking.registration import Register
from application.insight.my_data_rows import MyData
from application.kernel.payer import TypedBuyer
from application.people.affiliation import ClaimAffiliation
from application.people.person import TellNeeds
from application.programme.goods import OfferGoods
from domain.kernel.eligibility import Ground
from domain.kernel.ids import PersonId
from domain.kernel.personal import Encrypted
from domain.kernel.vat import VAT_6
from infrastructure.read_models.people.own_facts import SECRETS, TOLD_APART, events_that_hold, facts_of, owner_of
from tests.samples import Institute, kronor
from tests.scenarios.story import facts, seated
from tests.scenarios.whole_year import live
from tests.strangers import register
from web.words.language import read_phrases
from web.words.my_data import told

FOR_NOBODY = {"Registration.Held", "Order.Placed", "Organisation.BillingDetailsGiven", "Payment.Arrived"}
"""Encrypted, but not for a person: under keys of their own, an organisation's or the ledger's."""


def exported(institute: Institute, person: PersonId) -> str:
    """What somebody's export says, as one text."""
    data: MyData = institute.services.my_data.of(institute.admin, person)
    return msgspec.json.encode(told(data, read_phrases().speaking("sv"), "Europe/Stockholm")).decode()


def test_every_event_that_can_hold_something_sealed_is_followed() -> None:
    """The catalogue says "(sealed)" beside each; those told apart are pleas and reasons, with their cases."""
    names = {event.__qualname__ for event in events_that_hold()}
    assert names >= FOR_NOBODY
    assert {
        "Person.Registered", "Person.NeedsTold", "Person.AffiliationClaimed", "Person.AffiliationDeclined",
        "Person.EmployerClaimed", "Person.PhoneTold", "Person.NameCorrected", "Person.EmailCorrected",
        "Network.AdmissionDecided", "Booking.Made", "Purchase.Made", "Purchase.AddressCorrected", "Checkout.Opened",
    } <= names  # fmt: skip


def test_everything_sealed_for_anybody_in_a_whole_year_is_in_their_export(institute: Institute) -> None:
    """Each value of each event is looked for in the export of whom it is about."""
    live(institute)
    institute.catch_up()
    keyring, seen = institute.house.store.keyring, set()
    exports: dict[PersonId, str] = {}
    for event in facts(institute):
        name = type(event).__qualname__
        for path, held in facts_of(event):  # type: ignore[arg-type] # every fact
            owner = owner_of(event, held)  # type: ignore[arg-type] # every fact
            value = keyring.decrypt(held) if isinstance(held, Encrypted) else None
            if owner is None or not value or path.rpartition(".")[2] in SECRETS or name.startswith(TOLD_APART):
                continue
            if name in FOR_NOBODY:
                continue
            who = PersonId(owner)
            exports.setdefault(who, exported(institute, who))
            words = msgspec.json.decode(value).values() if value.startswith("{") else [value]
            for word in words:
                assert msgspec.json.encode(word).decode().strip('"') in exports[who], (name, path)
            seen.add(name)
    assert len(seen) >= 5, seen


def test_the_billing_address_the_order_number_and_notes_are_in_it_and_nobody_elses(institute: Institute) -> None:
    """8.13: as a member who types a buyer, as a stranger who confirms, and as a buyer of a book."""
    conference, anna = institute.conference(), institute.person("Anna")
    me, services = institute.acting(anna), institute.services
    billing = TypedBuyer("Annas Firma", "556999-8007", "Åvägen 7, 111 11 Byn")
    services.bookings.make(
        me, MakeBooking(conference, seated(anna), reference="Ref 17", order_number="PO 4711", billing=billing)
    )
    services.affiliations.claim(me, ClaimAffiliation(anna, Ground.ALUMNUS, "Kurs 2019"))
    services.people.tell_needs(me, TellNeeds(anna, "Nötallergi"))
    goods = services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6)).answer.goods_id
    services.purchases.make(me, MakePurchase(goods, 1, "Stigen 2, 999 99 Ödemark", order_number="PO 12"))
    typed = Register(
        conference, "Sven", "sven@example.org", (), "Eta AB", "556999-8007", "Gatan 1", "Ref S", order_number="PO S"
    )
    register(institute, typed)
    institute.catch_up()

    mine = exported(institute, anna)
    for word in (
        "Annas Firma", "5569998007", "Åvägen 7", "Ref 17", "PO 4711", "Kurs 2019", "Nötallergi", "Stigen 2", "PO 12",
    ):  # fmt: skip
        assert word in mine, word
    for alien in ("Sven", "Eta AB", "PO S", "Gatan 1"):
        assert alien not in mine
    [sven] = services.people_questions.people(institute.admin, "sven").items
    for word in ("Eta AB", "Gatan 1", "Ref S", "PO S"):
        assert word in exported(institute, sven.person_id), word
