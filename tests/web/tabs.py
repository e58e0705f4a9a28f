"""What is typed in every form of the site so that pressing it does something, and the pages where those forms stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.purchase import MakePurchase
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import Role
from application.payments.bank_outcome import Elsewhere
from application.people.affiliation import ClaimAffiliation
from application.people.organisation import VerifyDomain
from application.people.organiser import AppointStaff
from application.people.participant import Participant
from application.programme.goods import CorrectGoods
from application.programme.network import AskAdmission, JoinPartner
from application.programme.price import AgreeTerms
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import BookingId, InvoiceId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Tier
from domain.people.admission import JobRole
from tests.web.every_page import pages_of, turn_of
from tests.web.stage import SLUG, Stage

Typed = Mapping[str, str | list[str]]

NINA = {"name": "Nina Ny", "email": "nina.ny@example.org"}
LATER = "2026-12-31"

FILL: dict[str, Typed] = {
    "waiting_list.book": {},
    "waiting_list.leave": {},
    "transfer.answer": {"do": "decline", "reason": "Nej."},
    "cancellation.withdraw": {},
    "season.ask_admission": {},
    "booking.name": NINA,
    "closing.defer": {},
    "bookkeeping.choose_accounts": {"fees": "6571"},
    "bookkeeping.export": {"confirmed": "yes"},
    "vat_return.declare": {"box_48": "1234"},
    "vat_return.choose_period": {"months": "1"},
    "vat_return.choose_advance": {"way": "when_paid_or_held", "advances_from": "2026-11-01"},
    "financial_year.tell": {"first_on": "2026-07-01", "last_on": "2027-06-30"},
    "cancellation.undo": {},
    "crediting.credit": {"do": "credit", "reason": "Fel pris."},
    "desk.decide": {"do": "decline", "reason": "Nej."},
    "desk.decide_admission": {"do": "admit", "reason": "Ja."},
    "desk.decide_claim": {"do": "verify"},
    "dispatch.send": {},
    "door_desk.agree": {"walk_ins": "booked"},
    "embed.allow": {"sites": "https://example.org"},
    "embed.book": {"do": "book", **NINA, "address": "Gatan 1, 111 11 Stockholm"},
    "first_refusal.decline": {},
    "goods.order": {"do": "order", "name": "Nora", "email": "nora@example.org", "address": "Gatan 1, 111 11 Stockholm"},
    "goods_change.change": {"do": "save", "title": "Boken om nya möten"},
    "invoice.pay": {"amount": "100,00", "reference": "BG 1"},
    "material.publish": {"title": "Mer", "url": "https://example.org/mer"},
    "material.replace": {"do": "save", "title": "Att läsa efter"},
    "me.claim": {"ground": "partner"},
    "guide.change": {"do": "theme", "theme": "Tid"},
    "me.erasure": {"do": "ask"},
    "me.withdraw_claim": {},
    "meeting.hold": {"do": "held", "held_on": "2026-08-30"},
    "meeting.publish": {"do": "save", "p_title": ["Att leda mer", "", ""]},
    "meeting.retitle": {"title": "Dag ett"},
    "introduction.tell": {"do": "tell", "words": "Leder om."},
    "membership.decide": {"do": "renew", "from_on": "2028-01-01", "until_on": "2028-12-31"},
    "needs.tell": {"needs": "Nötter"},
    "network.decide": {"do": "admit", "reason": "Ja.", "person_id": "{bertil}"},
    "network_change.correct": {"promise": "Att leda"},
    "network_change.join": {"organisation": "556999-1002"},
    "network_change.leave": {},
    "move.move": {},
    "participation.agree_seats": {"on_site": "5"},
    "participation.answer": {"answer-1": "not_coming"},
    "letter_rules.choose": {"hour": "8"},
    "letter_rules.choose_for_season": {"hour": "8"},
    "own_words.write": {"words_sv": "Ta med boken."},
    "own_words.write_for_season": {"words_sv": "Ta med boken."},
    "mailing.change": {"do": "save", "audience": "participants:{conference}", "subject": "Annat", "text": "Annat rum."},
    "organisation.appoint": {"person_id": "{bertil}"},
    "organisation.bill": {"address": "Nygatan 1, 111 22 Stockholm"},
    "organisation.correct": {"name": "Acme Nya AB"},
    "organisation.dismiss": {},
    "organisation.verify_domain": {"domain": "acme-ny.example"},
    "organisation.withdraw_domain": {},
    "organiser.choose_accent": {"swatch": "155", "do": "choose"},
    "organiser.appoint": {"role": "finance", "person_id": "{anna}"},
    "organiser.correct": {"name": "Institutet Nu"},
    "organiser.dismiss": {},
    "organiser.save": {"contact": "Eva"},
    "other_money.undo": {"reason": "Fel konto"},
    "payment_rules.agree": {"minutes": "45"},
    "payment.allot": {"number": "{open}"},
    "payment.book_elsewhere": {"place": "account", "account": "1630"},
    "payment.refund_payment": {"reference": "BG 9"},
    "payment.refund": {"do": "paid", "reference": "BG 7"},
    "person.correct": {"do": "correct", "right_from_on": "2019-01-01"},
    "person.employ": {"employer": "556999-1002"},
    "person.end": {"ended_on": "2026-08-31"},
    "person_details.correct": {"phone": "070-123 45 67"},
    "presentation.change": {"do": "present", "words": "Leder.", "is_agreed": "yes"},
    "publication.change": {"do": "choose", "visibility": "hidden"},
    "queue_desk.agree": {"answer_within": "24"},
    "queue_desk.agree_for_season": {"answer_within": "25"},
    "registration.agree": {"hold_minutes": "45"},
    "season.book": {"do": "book"},
    "season_change.correct": {"title": "Lära mer tillsammans"},
    "season_change.name": {"do": "contact", "person_id": "{bertil}"},
    "season_change.remove": {},
    "season_desk.change": {"do": "seats", "seats": "2"},
    "season_desk.change_meeting": {"do": "schedule", "start": "2026-10-29T09:30", "end": "2026-10-29T12:30"},
    "season_goods.choose": {"goods": "{goods}"},
    "season_prices.agree": {"do": "save", "p_amount": ["13000", "6500"]},
    "transfer.propose": {"do": "hand_over", "name": "Nils Ny", "email": "nils.ny@example.org", "reason": "Byter jobb."},
    "waiting_list.join": {},
    "webhook.save": {"address": "https://crm.example.org/nytt"},
    "network_change.end": {"do": "close"},
    "cancellation.cancel": {"do": "cancel"},
    "call_off.call_off": {"reason": "Lokalen brann."},
}
"""By the endpoint it is sent to, in the order they are pressed: what ends other things comes last."""

ELSEWHERE = {
    "bookkeeping.give_codes": "its fields are called by what they are for: test_finance",
    "bookkeeping.take_back": "stands there once a period has been handed over, whose file nobody has: test_finance",
    "compensation.claim": "stands there once an invoice is late, and is claimed as it was shown: test_compensation",
    "interest.claim": "stands there once an invoice is late, and is claimed as it was shown: test_interest",
    "queue.answer": "rests on the place as booking for whoever waits does: test_queue",
    "queue.answer_by_link": "the same by a link: test_queue",
    "queue.leave": "the same by a link: test_queue",
    "queue_desk.act": "needs several who wait: test_queue",
    "application.apply": "asks in two steps, and a second time is refused: test_application",
    "application.withdraw": "needs an application that waits: test_application",
    "desk.decide_application": "the same, at the desk: test_application",
    "desk.decide_vouch": "needs somebody vouched for: test_vouch",
    "dispatch.correct": "the same page and facts as sending",
    "first_refusal.offer": "asks in two steps: test_pages_first_refusal",
    "hold.act": "needs a card company: test_journey_card, test_hold_agreed",
    "merging.merge": "needs two entries of one person, previewed: test_pages_merging",
    "meeting.remove": "needs a season that is not open; rests on the meeting as the three beside it",
    "face.change": "needs a file: test_face",
    "image.choose": "needs a file: test_images",
    "organiser.choose_logo": "needs a file: test_pages_settings",
    "payment.late": "needs an invoice that is late; rests on the invoice as the others do",
    "payment.move": "needs a payment that is allotted: test_payment",
    "payment.refund_to_card": "needs a card company: test_journey_card",
    "payment_card.pay": "needs a card company: test_journey_card",
    "person.take_back": "rests on the person as the three beside it",
    "safeguard.choose": "asks a person who has proved who they are, not a key; rests on the safeguard",
    "safeguard.decide": "needs a second admin's proposal; rests on the proposal",
    "season_meetings.save": "asks in two steps, row by row: test_pages_season_meetings",
    "season_plan.plan": "copies a season, and changes nothing of it",
    "transfer.swap_back": "needs a swap that was just made: test_booking_link_acts",
}
"""Forms that are not walked here, and where they are."""


def _other_terms(acted: Stage, path: str) -> None:
    made = acted.institute
    season = SeasonId(UUID(path.rpartition("/")[2].partition("?")[0]))
    made.services.seasons.agree_terms(made.admin, AgreeTerms(season, (Tier(None, 10_000),)))


def _another_price(acted: Stage, path: str) -> None:
    made = acted.institute
    goods = UUID(path.rpartition("/")[2])
    made.services.goods.correct(made.admin, CorrectGoods(goods, price=Money(150_00)))


def _handed_over(acted: Stage, path: str) -> None:
    made = acted.institute
    booking = BookingId(UUID(path.split("/")[3]))
    somebody = Participant(made.person("Ville", made.acme))
    made.services.transfers.propose(made.admin, ProposeTransfer(booking, 1, somebody))


MEANWHILE: Mapping[str, Callable[[Stage, str], None]] = {
    "embed.book": _other_terms,
    "goods.order": _another_price,
    "transfer.propose": _handed_over,
}
"""What may be ordered or proposed twice: there something else happens between the two tabs than the first press."""


def typed_in(acted: Stage, endpoint: str) -> Typed:
    """What is typed there, with the ids of this stage."""
    made = acted.institute
    documents = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    known = {
        "{anna}": str(acted.anna),
        "participants:{conference}": f"participants:{acted.conference}",
        "{bertil}": str(acted.bertil),
        "{goods}": str(made.services.goods_questions.goods(made.organiser)[0].goods_id),
        "{open}": str(next(each.number for each in documents if each.kind == "invoice" and each.balance > 0)),
    }
    return {
        name: known.get(value, value) if isinstance(value, str) else value for name, value in FILL[endpoint].items()
    }


def all_pages(acted: Stage) -> list[tuple[str, str]]:
    """Where forms stand, and who opens them: what waits in more places first, then a page of every kind."""
    return [*_more(acted), *((path, who) for path, who in pages_of(acted).items() if who != "system")]


def _more(acted: Stage) -> list[tuple[str, str]]:
    made = acted.institute
    undone = _cancelled(acted)
    _to_refund(acted)
    network = made.services.programme.season(made.admin, acted.network).row.network_id
    made.services.networks.join_partner(made.admin, JoinPartner(network, made.delta))
    made.services.organisations.verify_domain(made.admin, VerifyDomain(made.delta, "delta.example"))
    made.services.organisers.appoint(made.admin, AppointStaff(made.organiser, acted.bertil, Role.FINANCE))
    for person in (acted.anna, acted.bertil):
        made.services.affiliations.claim(made.acting(person), ClaimAffiliation(person, Ground.ALUMNUS))
    plea = RequestCancellation(_booked(acted, made.conference()), plea="Sjukdom.")
    made.services.cancellations.request(made.acting(acted.anna), plea)
    made.services.bank.import_file(made.finance, b"Datum;Belopp\r\n2026-08-31;60,00\r\n2026-09-01;70,00\r\n")
    tax = b"Datum;Belopp\r\n2026-08-30;80,00\r\n"
    made.services.bank.import_file(made.finance, tax, elsewhere=(Elsewhere(1, "1630"),))
    made.catch_up()
    came, other = [each.payment_id for each in made.services.payment_questions.suspense(made.finance)]
    waits = turn_of(acted, acted.bertil)
    works, joins = _asking(acted, network), _full(acted)
    buy = MakePurchase(made.services.goods_questions.goods(made.organiser)[0].goods_id, 1, "Gatan 1, 111 11 Stockholm")
    made.services.purchases.make(made.acting(acted.anna), buy)
    made.catch_up()
    return [
        (f"/{SLUG}/bookings/{undone}", "admin"),
        (f"/{SLUG}/seasons/{waits}", "bertil"),
        (f"/{SLUG}/payments", "finance"),
        (f"/{SLUG}/payments/{came}", "finance"),
        (f"/{SLUG}/payments/{other}", "finance"),
        (f"/{SLUG}/networks/{network}/change", "admin"),
        (f"/{SLUG}/organisations/{made.delta}/change", "admin"),
        (f"/{SLUG}/organiser", "admin"),
        (f"/{SLUG}/me", "anna"),
        (f"/{SLUG}/desk", "admin"),
        (f"/{SLUG}/dispatch", "admin"),
        (f"/{SLUG}/seasons/{acted.conference}/change", "admin"),
        (f"/{SLUG}/seasons/{joins}", "anna"),
        (f"/{SLUG}/people/{acted.anna}/details", "anna"),
        (f"/{SLUG}/registration-rules", "admin"),
        (f"/{SLUG}/seasons/{acted.network}?for={works}", "admin"),
    ]


def _booked(acted: Stage, season: SeasonId) -> BookingId:
    made = acted.institute
    command = MakeBooking(season, (Participant(acted.anna),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    return booking


def _cancelled(acted: Stage) -> BookingId:
    made = acted.institute
    booking = _booked(acted, made.conference())
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    return booking


def _to_refund(acted: Stage) -> BookingId:
    """Paid, and then given back."""
    made = acted.institute
    booking = _booked(acted, made.conference())
    [row] = [
        each
        for each in made.services.invoice_questions.list(made.finance, DocumentFilter()).items
        if each.source_id == booking
    ]
    paid = RecordPayment(InvoiceId(row.document_id), row.gross, "BG 77", made.clock.instant.date())
    made.services.invoices.record_payment(made.finance, paid)
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    return booking


def _asking(acted: Stage, network: UUID) -> PersonId:
    """Two people of a municipal company: one has asked to be admitted, one may ask."""
    made = acted.institute
    company = made.organisation("Bolaget K", "556999-6001", Sector.MUNICIPAL_COMPANY)
    asks, may = made.person("Kim", company, JobRole.MANAGER), made.person("Kaj", company, JobRole.MANAGER)
    made.services.networks.ask_admission(made.admin, AskAdmission(acted.network, asks))
    return may


def _full(acted: Stage) -> SeasonId:
    made = acted.institute
    season = made.conference(seats=1)
    made.services.bookings.make(made.admin, MakeBooking(season, (Participant(acted.bertil),), made.acme))
    return season
