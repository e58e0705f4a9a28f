"""Every kind of page once, with something on it, and who reads it: what a browser and axe are led through."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.first_refusal import OfferFirstRefusal
from application.booking.purchase import MakePurchase
from application.booking.registration import Register
from application.booking.transfer import ProposeTransfer
from application.booking.waiting_list import JoinWaitingList
from application.kernel.actor import SYSTEM, stranger
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.checkout import CheckoutRef
from application.people.participant import Participant
from application.people.person import RequestErasure
from application.programme.roll_over import CopySeason
from domain.kernel.ids import BookingId, PersonId, SeasonId, TransferId
from domain.kernel.money import Money
from domain.payments.checkout import Checkout
from infrastructure.keys.signed_links import InvitationLinks
from tests.strangers import links_of
from tests.web.stage import SLUG, Stage
from web.reports.catalogue import REPORTS


def pages_of(acted: Stage) -> dict[str, str]:
    """Every kind of page once, with something on it, and who reads it."""
    made = acted.institute
    acted.tokens["system"] = made.services.tokens.make("system", None, frozenset(), is_system=True)
    season = made.conference(seats=40)
    names = [made.person(name, made.acme) for name in ("Åsa", "Örjan", "Ylva")]
    command = MakeBooking(season, (*map(Participant, names), Participant()), made.acme, "PO 1")
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    request = RequestCancellation(booking, (4,), plea=made.dress("Sjukdom."))
    made.services.cancellations.request(made.acting(acted.anna), request)
    made.services.people.request_erasure(made.acting(acted.bertil), RequestErasure(acted.bertil))
    full = turn_of(acted, acted.bertil)
    made.catch_up()
    document = made.services.booking_questions.one(made.admin, booking)
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
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
        f"{at}/seats/1/transfer": "admin", f"/{SLUG}/invoices": "finance", f"/{SLUG}/payments": "finance",
        f"/{SLUG}/payments/rules": "finance", f"/{SLUG}/invoices/{invoice}/card": "anna",
        f"/{SLUG}/invoices/{invoice}": "finance",
        f"/{SLUG}/invoices/sums": "finance", f"/{SLUG}/dispatch": "admin",
        f"/{SLUG}/seasons/{season}/roster": "admin", f"/{SLUG}/desk": "admin",
        f"/{SLUG}/seasons/{acted.network}/run": "admin", f"/{SLUG}/people": "admin", f"/{SLUG}/organisations": "admin",
        f"/{SLUG}/organisations/{made.acme}": "admin", f"/{SLUG}/seasons/{season}/call-off": "admin",
        f"/{SLUG}/seasons/{full}": "bertil", f"/{SLUG}/seasons/{full}/roster": "admin",
        f"/{SLUG}/seasons/{season}?q=bertil": "admin", f"/{SLUG}/seasons/{season}?for={acted.bertil}": "admin",
        f"/{SLUG}/seasons": "admin", f"/{SLUG}/seasons/new": "admin",
        f"/{SLUG}/seasons/new?copy={acted.network}": "admin", f"/{SLUG}/networks/new": "admin",
        f"/{SLUG}/seasons/{season}/meetings": "admin", f"/{SLUG}/seasons/{season}/change?q=an": "admin",
        f"/{SLUG}/goods/{goods}/change": "admin", f"/{SLUG}/goods/{goods}/history": "admin",
        f"/{SLUG}/networks/{_network(acted)}/change": "admin", f"/{SLUG}/networks/{_network(acted)}": "",
        f"/{SLUG}/networks/{_network(acted)}/history": "admin", **_parts_of_a_season(acted),
        f"/{SLUG}/seasons/{season}/prices": "admin", f"/{SLUG}/start": "admin",
        f"/{SLUG}/seasons/{season}/badges": "admin",
        f"/{SLUG}/seasons/{_offered(acted, season)}/first-refusal": "admin",
        f"/{SLUG}/seasons/{season}/images": "admin", f"/{SLUG}/people/{acted.anna}/face": "anna",
        f"/{SLUG}/seasons/{season}/catering": "admin", f"/{SLUG}/people/{acted.anna}/needs": "anna",
        f"/{SLUG}/people/{acted.anna}/invitations": "anna", f"/{SLUG}/invitations/{_invited(acted)}": "",
        f"/{SLUG}?past=yes": "", f"/{SLUG}/seasons/{season}/registered": "", f"/{SLUG}/calendar": "anna",
        f"/{SLUG}/seasons/{season}/embed": "admin", f"/embed/{SLUG}/{season}": "", f"{at}?done=booked": "anna",
        f"/{SLUG}/people/new": "admin", f"/{SLUG}/people/{acted.bertil}/work": "admin",
        f"/{SLUG}/people/{acted.anna}/details": "anna",
        f"/{SLUG}/people/{acted.bertil}/merge?into={acted.anna}": "admin",
        f"/{SLUG}/organisations/new": "admin", f"/{SLUG}/organisations/{made.acme}/change?q=an": "admin",
        f"/{SLUG}/memberships/{made.acme}": "admin", f"/{SLUG}/organiser?q=an": "admin",
        f"/{SLUG}/people?at={made.acme}": "admin", f"/{SLUG}/networks/{_network(acted)}/admission?q=an": "admin",
        f"/{SLUG}/me": "anna", f"/{SLUG}/people/{acted.bertil}": "admin", f"/{SLUG}/erasures": "admin",
        f"{at}/history": "anna", f"/{SLUG}/invoices/{invoice}/history": "finance",
        f"/{SLUG}/seasons/{season}/history": "admin", f"/{SLUG}/organisations/{made.acme}/history": "admin",
        f"/{SLUG}/people/{acted.anna}/history": "anna", f"/{SLUG}/seasons/{season}/material": "admin",
        f"/{SLUG}/transfers/{_proposed(acted, booking)}": "cecilia",
        f"/{SLUG}/invoices/{invoice}/credit": "finance", f"/{SLUG}/invoices?q=1500": "finance",
        f"/{SLUG}/finance": "finance", f"/{SLUG}/reports/seasons/{season}": "finance",
        f"/{SLUG}/bookkeeping": "finance", f"/{SLUG}/bookkeeping/accounts": "finance",
        **{f"/{SLUG}/reports/{report}": "finance" for report in REPORTS},
        f"/{SLUG}/holds/{_held(acted)}": "anna", f"/{SLUG}/payments/{_nobody_s(acted)}": "finance", "/start": "system",
        f"/{SLUG}/confirm/{acted.anna}/0123456789": "", f"/{SLUG}/sign-in/{acted.tokens['anna']}": "",
        f"/{SLUG}/sign-in": "", f"/{SLUG}/links": "", "/links": "",
        f"{at}/people/{acted.anna}/needs": "anna", f"{at}/invoices/{invoice}": "anna",
        f"{at}/invoices/{invoice}/card": "anna",
        f"/{SLUG}/sign-ins": "anna",
        **_asked_by_strangers(acted, season, goods), f"/{SLUG}/registration-rules": "admin",
        f"/{SLUG}/tokens": "admin", f"/{SLUG}/trail": "admin",
        f"/{SLUG}/safeguard": "admin", f"/{SLUG}/letters": "admin",
        f"/{SLUG}/letters/{made.services.letters.list(made.admin)[0].letter_id}": "admin",
    }  # fmt: skip


def _asked_by_strangers(acted: Stage, season: SeasonId, goods: UUID) -> dict[str, str]:
    """A registration and an order by somebody who has not confirmed them, and what they are told meanwhile."""
    made, nobody = acted.institute, stranger(acted.institute.organiser)
    address = made.dress("Gatan 1, 111 11 Byn")
    typed = Register(season, made.dress("Ronja"), "ronja@example.org", (Participant(),), address=address)
    made.services.registrations.register(nobody, typed)
    registration_id, code = links_of(made, "ronja@example.org")[0]
    made.services.orders.place(nobody, MakePurchase(goods, 2, address, made.dress("Birk"), "birk@example.org"))
    order_id, its_code = links_of(made, "birk@example.org")[0]
    at = f"/{SLUG}/registrations/{registration_id}/{code}"
    return {at: "", f"/{SLUG}/orders/{order_id}/{its_code}": "", f"/{SLUG}/goods/{goods}/ordered": ""}


def _parts_of_a_season(acted: Stage) -> dict[str, str]:
    """A meeting and an item of material of the conference, each on a page of its own."""
    view = acted.institute.services.programme.season(acted.institute.admin, acted.conference)
    at = f"/{SLUG}/seasons/{acted.conference}"
    meeting, material = view.meetings[0].meeting_id, view.materials[0].material_id
    return {f"{at}/meetings/{meeting}?q=an": "admin", f"{at}/material/{material}": "admin"}


def turn_of(acted: Stage, person: PersonId) -> SeasonId:
    """A season that was full, where somebody waits for a seat that has become free."""
    made = acted.institute
    season = made.conference(seats=1)
    book = MakeBooking(season, (Participant(),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), book).answer.booking_id
    made.services.waiting_lists.join(made.acting(person), JoinWaitingList(season, 1))
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    return season


def _offered(acted: Stage, season: SeasonId) -> SeasonId:
    """The season again, where seats are kept for those who sit in this one."""
    made = acted.institute
    again = made.services.roll_overs.copy(made.admin, CopySeason(season, made.dress("Igen"))).answer.season_id
    command = OfferFirstRefusal(again, season, made.clock.instant.date() + timedelta(days=30))
    made.services.first_refusals.offer(made.admin, command)
    made.catch_up()
    return again


def _invited(acted: Stage) -> str:
    """What stands in the link by which somebody says no to invitations."""
    return InvitationLinks(acted.institute.house.store.keyring).token_for(acted.anna)


def _held(acted: Stage) -> UUID:
    """Seats that Anna was going to pay for by card."""
    made = acted.institute
    season = made.conference(seats=40)

    def decide(work: UnitOfWork) -> CheckoutRef:
        held = Checkout(
            id=work.new_id(),
            organiser_id=made.organiser,
            invoice_id=None,
            amount=Money(15_000_00),
            opened_at=work.now,
            season_id=season,
            person_id=acted.anna,
            participants=(acted.anna,),
        )
        work.add(held)
        return CheckoutRef(held.id)

    checkout_id = made.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide).answer.checkout_id
    made.catch_up()
    return checkout_id


def _nobody_s(acted: Stage) -> UUID:
    """A payment that belongs nowhere yet."""
    made = acted.institute
    made.services.bank.import_file(made.finance, b"Datum;Belopp\r\n2026-12-14;50,00\r\n")
    made.catch_up()
    return made.services.payment_questions.suspense(made.finance)[0].payment_id


def _network(acted: Stage) -> UUID:
    """The public network."""
    return acted.institute.services.programme.season(acted.institute.admin, acted.network).row.network_id


def _proposed(acted: Stage, booking: BookingId) -> TransferId:
    """A seat that Cecilia is asked to take over."""
    to = Participant(name=acted.institute.dress("Cecilia"), email="cecilia@example.org")
    command = ProposeTransfer(booking, 1, to, acted.institute.dress("Nytt arbete"))
    transfer = acted.institute.services.transfers.propose(acted.institute.admin, command).answer.transfer_id
    acted.institute.catch_up()
    return transfer
