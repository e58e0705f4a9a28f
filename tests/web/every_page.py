"""Every kind of page once, with something on it, and who reads it: what a browser and axe are led through."""

from __future__ import annotations

from application.booking import MakeBooking
from application.cancellation import RequestCancellation
from application.participant import Participant
from application.reading.invoice import DocumentFilter
from application.transfer import ProposeTransfer
from application.waiting_list import JoinWaitingList
from domain.ids import BookingId, PersonId, SeasonId, TransferId
from tests.web.stage import SLUG, Stage


def pages_of(acted: Stage) -> dict[str, str]:
    """Every kind of page once, with something on it, and who reads it."""
    made = acted.institute
    season = made.conference(seats=40)
    names = [made.person(name, made.acme) for name in ("Åsa", "Örjan", "Ylva")]
    command = MakeBooking(season, (*map(Participant, names), Participant()), made.acme, "PO 1")
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    request = RequestCancellation(booking, (4,), plea="Sjukdom.")
    made.services.cancellations.request(made.acting(acted.anna), request)
    full = _turn_of(acted, acted.bertil)
    made.catch_up()
    document = made.services.booking_questions.one(made.admin, booking)
    goods = made.services.people_questions.goods(made.organiser)[0].goods_id
    at = f"/{SLUG}/bookings/{booking}"
    invoice = next(
        each.document_id
        for each in made.services.invoice_questions.list(made.finance, DocumentFilter()).items
        if each.source_id == document.booking_id
    )
    return {
        "/": "", "/sign-in": "", f"/sign-in/{acted.tokens['anna']}": "", f"/{SLUG}": "", "/nowhere": "",
        f"/{SLUG}/seasons/{season}": "", f"/{SLUG}/seasons/{acted.network}": "bertil", f"/{SLUG}/goods/{goods}": "",
        f"/{SLUG}/bookings": "anna", at: "anna", f"{at}/cancel": "anna", f"{at}/seats/4/name": "anna",
        f"{at}/seats/1/transfer": "admin", f"/{SLUG}/invoices": "finance", f"/{SLUG}/invoices/{invoice}": "finance",
        f"/{SLUG}/invoices/sums": "finance", f"/{SLUG}/seasons/{season}/roster": "admin", f"/{SLUG}/desk": "admin",
        f"/{SLUG}/seasons/{acted.network}/run": "admin", f"/{SLUG}/people": "admin", f"/{SLUG}/organisations": "admin",
        f"/{SLUG}/organisations/{made.acme}": "admin", f"/{SLUG}/seasons/{season}/call-off": "admin",
        f"/{SLUG}/seasons/{full}": "bertil", f"/{SLUG}/seasons/{full}/roster": "admin",
        f"/{SLUG}/seasons/{season}?q=bertil": "admin", f"/{SLUG}/seasons/{season}?for={acted.bertil}": "admin",
        f"/{SLUG}/transfers/{_proposed(acted, booking)}": "cecilia",
    }  # fmt: skip


def _turn_of(acted: Stage, person: PersonId) -> SeasonId:
    """A season that was full, where somebody waits for a seat that has become free."""
    made = acted.institute
    season = made.conference(seats=1)
    book = MakeBooking(season, (Participant(),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), book).answer.booking_id
    made.services.waiting_lists.join(made.acting(person), JoinWaitingList(season, 1))
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    return season


def _proposed(acted: Stage, booking: BookingId) -> TransferId:
    """A seat that Cecilia is asked to take over."""
    to = Participant(name="Cecilia", email="cecilia@example.org")
    command = ProposeTransfer(booking, 1, to, "Nytt arbete")
    transfer = acted.institute.services.transfers.propose(acted.institute.admin, command).answer.transfer_id
    acted.institute.catch_up()
    return transfer
