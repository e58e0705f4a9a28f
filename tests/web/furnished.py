"""One of everything, made through the API: what calls to any route can name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from application.access.session import Browser, Whose
from application.booking.application import Apply
from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase
from application.booking.queue_request import AskToQueue
from application.booking.registration import Register
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import SYSTEM, Role, stranger
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.checkout import CheckoutRef
from application.people.participant import Participant
from domain.kernel.eligibility import Ground
from domain.kernel.ids import PersonId, SeasonId
from domain.kernel.money import Money
from domain.payments.checkout import Checkout
from domain.people.admission import Admission
from domain.programme.price import Price, PriceList
from tests.samples import kronor
from tests.strangers import links_of
from tests.web.calling import Api

DAY = {"kind": "scheduled", "start": "2027-03-20T09:00", "end": "2027-03-20T16:00"}


@dataclass(frozen=True)
class Furnished:
    """The ids by the names that addresses and bodies give them."""

    ids: dict[str, str]

    def path(self, rule: str) -> str:
        """A rule of the URL map with the ids in it."""
        path = rule.removeprefix("/api/v1")
        for name, value in self.ids.items():
            path = path.replace(f"<uuid:{name}>", value).replace(f"<{name}>", value)
        assert "<" not in path, path
        return path


def furnish(calls: Api) -> Furnished:
    """A network with a season, people who have booked, cancelled, handed over and paid, goods and a waiting list."""
    made = calls.institute
    ids = {"organiser": "institutet", "organiser_id": str(made.organiser), "organisation_id": str(made.acme)}
    ids |= _programme(calls)
    anna = made.person("Anna", made.acme)
    ids |= _bookings(calls, ids, anna, made.person("Bertil", made.acme))
    ids |= _money(calls, ids)
    ids["hold_id"] = _held(calls, ids, anna)
    ids |= _asked_by_strangers(calls, ids)
    ids["role"], ids["domain"] = "admin", "acme.example"
    ids["proposal_id"] = str(uuid4())
    ids |= {name: str(uuid4()) for name in ("handle", "theme_id", "topic_id")}
    ids["token_id"] = calls.post("/tokens", {"name": "extra", "roles": ["admin"]})["id"]
    told = calls.post("/webhooks", {"address": "https://crm.example.org/plats", "kinds": ["booking.made"]})
    ids["webhook_id"] = told["webhook_id"]
    calls.post(f"/webhooks/{told['webhook_id']}/test")
    ids["delivery_id"] = calls.get("/webhook-deliveries")[0]["delivery_id"]
    written = {"kind": "participants", "about": ids["season_id"], "subject": "Hej", "text": "Välkomna."}
    ids["mailing_id"] = calls.post("/mailings", written)["mailing_id"]
    ids["letter_id"] = calls.get(f"/letters?person_id={anna}")[0]["letter_id"]
    ids["occasion"] = "booked"
    made.services.sessions.begin(Whose(made.organiser, anna), "link", Browser())
    ids["session_id"] = str(made.services.sessions.mine(made.acting(anna))[0].session_id)
    calls.token("anna", Role.MEMBER, person=anna)
    return Furnished(ids)


def _asked_by_strangers(calls: Api, ids: dict[str, str]) -> dict[str, str]:
    """A registration and an order that wait to be confirmed, and an application, by somebody whom nobody knows."""
    nobody, services = stranger(calls.institute.organiser), calls.institute.services
    typed = Register(calls.institute.conference(), "Okänd", "okand@example.org", address="Gatan 1")
    services.registrations.register(nobody, typed)
    registration_id, _ = links_of(calls.institute, "okand@example.org")[0]
    bought = MakePurchase(UUID(ids["goods_id"]), 1, "Gatan 1", "Okänd", "okand@example.org")
    services.orders.place(nobody, bought)
    order_id, _ = links_of(calls.institute, "okand@example.org")[0]
    rule = Admission(grounds=(Ground.ALUMNUS,))
    season = calls.institute.season("Alumner", 5, PriceList(0, (Price(kronor(0)),)), admission=rule)
    services.applications.apply(nobody, Apply(season, "Skolan", name="Okänd", email="okand@example.org"))
    asked, code = links_of(calls.institute, "okand@example.org")[0]
    services.applications.confirm(nobody, MailedLink(asked, code))
    calls.institute.catch_up()
    full = calls.institute.conference(seats=1)
    book = MakeBooking(full, (Participant(),), calls.institute.acme)
    services.bookings.make(calls.institute.admin, book)
    services.queue_requests.ask(nobody, AskToQueue(full, "Okänd", "okand@example.org"))
    request_id, _ = links_of(calls.institute, "okand@example.org")[0]
    strangers = {"registration_id": registration_id, "order_id": order_id, "application_id": asked}
    return {name: str(each) for name, each in {**strangers, "request_id": request_id}.items()}


def _programme(calls: Api) -> dict[str, str]:
    network = calls.post("/networks", {"name": "Chefer", "promise": "Att leda"})["network_id"]
    plan: dict[str, Any] = {
        "network_id": network,
        "title": "Säsongen",
        "seats": 4,
        "meetings": [{"title": "Första träffen", "time": DAY}, {"title": "Andra", "time": {"kind": "to_come"}}],
        "prices": {"prices": [{"amount": 1_200_000}, {"amount": 600_000, "audience": "member"}]},
        "terms": {"tiers": [{"before": "2027-01-03", "kept": 0}, {"kept": 10_000}]},
    }
    season = calls.post("/seasons", plan)["season_id"]
    calls.post(f"/seasons/{season}/open", {"closes_on": None})
    meeting = calls.get(f"/seasons/{season}")["meetings"][0]["meeting_id"]
    slides = {"title": "Bilder", "url": "https://example.org/bilder"}
    material = calls.post(f"/seasons/{season}/material", slides)["material_id"]
    goods = calls.post("/goods", {"title": "Boken", "price": {"amount": 12_500}, "postage": {"amount": 4_900}})[
        "goods_id"
    ]
    return {
        "network_id": network,
        "season_id": season,
        "meeting_id": meeting,
        "goods_id": goods,
        "material_id": material,
    }


def _bookings(calls: Api, ids: dict[str, str], anna: PersonId, bertil: PersonId) -> dict[str, str]:
    acme = ids["organisation_id"]

    def book(*people: dict[str, str]) -> str:
        body = {"season_id": ids["season_id"], "participants": list(people), "organisation_id": acme}
        return str(calls.post("/bookings", body)["booking_id"])

    booking = book({"person_id": str(anna)}, {})
    cancelled = book({"name": "Cecilia", "email": "cecilia@example.org"})
    granted = calls.post(f"/bookings/{cancelled}/cancellations", {"seats": "all"})
    assert granted["status"] == "granted"
    moved = book({"name": "David", "email": "david@example.org"})
    pleading = calls.post(f"/bookings/{moved}/cancellations", {"seats": "all", "plea": "Jag är sjuk"})
    reason = {"reason": "Byter arbete", "seat": 1, "to": {"name": "Eva", "email": "eva@example.org"}}
    transfer = calls.post(f"/bookings/{moved}/transfers", reason)
    book({"name": "Fanny", "email": "fanny@example.org"})
    waiting = calls.post(f"/seasons/{ids['season_id']}/waiting-list", {"seats": 1, "person_id": str(bertil)})
    return {
        "person_id": str(anna),
        "into_id": str(bertil),
        "booking_id": booking,
        "cancellation_id": pleading["cancellation_id"],
        "transfer_id": transfer["transfer_id"],
        "place_id": waiting["place_id"],
    }


def _money(calls: Api, ids: dict[str, str]) -> dict[str, str]:
    bought = {"goods_id": ids["goods_id"], "quantity": 2, "address": "Storgatan 1"}
    purchase = calls.post("/purchases", {**bought, "name": "Anna", "email": "anna@example.org"})
    invoices = calls.get("/invoices")["items"]
    notes = calls.get("/credit-notes")["items"]
    membership = calls.get("/memberships")["items"][0]
    calls.post("/vat-returns", {"from_on": "2026-04-01", "until_on": "2026-06-30"}, who="finance")
    calls.post("/bookkeeping/exports", {"from_on": "2026-08-01", "until_on": "2026-08-31"}, who="finance")
    return {
        "export_number": "1",
        "return_number": "1",
        "purchase_id": purchase["purchase_id"],
        "invoice_id": invoices[0]["document_id"],
        "payment_id": _paid(calls),
        "other_id": _placed(calls),
        "credit_note_id": notes[0]["document_id"],
        "membership_id": membership["membership_id"],
    }


def _paid(calls: Api) -> str:
    """A payment that belongs nowhere yet."""
    calls.post("/bank-files", {"content": "RGF0dW07QmVsb3BwDQoyMDI2LTA4LTMwOzUwLDAwDQo="}, who="finance")
    return str(calls.get("/payments/suspense", who="finance")[0]["payment_id"])


def _placed(calls: Api) -> str:
    """Money that was booked to an account of choice."""
    body = {"content": "RGF0dW07QmVsb3BwCjIwMjYtMDgtMjk7NzAsMDAK", "elsewhere": [{"entry": 1, "account": "1630"}]}
    calls.post("/bank-files", body, who="finance")
    return str(calls.get("/other-money", who="finance")[0]["other_id"])


def _held(calls: Api, ids: dict[str, str], person_id: PersonId) -> str:
    """Seats that somebody was going to pay for by card."""

    def decide(work: UnitOfWork) -> CheckoutRef:
        checkout_id = work.new_id()
        work.add(
            Checkout(
                id=checkout_id,
                organiser_id=calls.institute.organiser,
                invoice_id=None,
                amount=Money(15_000_00),
                opened_at=work.now,
                season_id=SeasonId(UUID(ids["season_id"])),
                person_id=person_id,
                participants=(person_id,),
            )
        )
        return CheckoutRef(checkout_id)

    decided = calls.institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)
    return str(decided.answer.checkout_id)
