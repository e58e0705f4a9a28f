"""What every form of the pages rests on, by the endpoint it is sent to; and the few that rest on nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from application.insight import rests_on as on
from application.kernel.seen import Facts
from domain.access.webhook import Webhook
from domain.billing.invoice import Invoice
from domain.booking.application import Application
from domain.booking.purchase import Purchase
from domain.mail.mailing import Mailing
from domain.payments.checkout import Checkout
from domain.people.organiser import Organiser
from domain.people.safeguard import Safeguard
from domain.programme.goods import Goods
from domain.programme.network import Network
from domain.programme.season import Season
from web.kernel.form_sent import FormSent


def facts_for(endpoint: str, form: FormSent) -> Facts | None:
    """What a form that is sent there rests on; None for those that rest on nothing."""
    return RESTS_ON[endpoint](form) if endpoint in RESTS_ON else None


def _seats(form: FormSent) -> Facts:
    chosen = form.typed.getlist("seat")
    return on.seats(form.args["booking_id"], [int(no) for no in chosen if no.isascii() and no.isdigit()])


def _offer(form: FormSent) -> Facts:
    return on.offer(form.args["season_id"])


def _organiser(form: FormSent) -> Facts:
    return on.nothing_but(Organiser, form.organiser_id)


def _safeguard(form: FormSent) -> Facts:
    return on.nothing_but(Safeguard, Safeguard.create_id(form.organiser_id))


def _person(form: FormSent) -> Facts:
    return on.person(form.args["person_id"])


def _oneself(form: FormSent) -> Facts:
    return on.person(form.person_id) if form.person_id else lambda _: None


def _merged(form: FormSent) -> Facts:
    into = form.chosen("into")
    return on.all_of(_person(form), on.person(into)) if into else lambda _: None


def _invoice(form: FormSent) -> Facts:
    return on.nothing_but(Invoice, form.args.get("invoice_id") or form.args["document_id"])


def _organisation(form: FormSent) -> Facts:
    return on.organisation(form.args["organisation_id"])


def _network(form: FormSent) -> Facts:
    return on.nothing_but(Network, form.args["network_id"])


def _season(form: FormSent) -> Facts:
    return on.nothing_but(Season, form.args["season_id"])


def _meeting(form: FormSent) -> Facts:
    return on.meeting(form.args["season_id"], form.args["meeting_id"])


def _payment(form: FormSent) -> Facts:
    return on.payment(form.args["payment_id"])


def _kept_seat(form: FormSent) -> Facts:
    person_id = form.chosen("person") or form.person_id
    return on.kept_seat(form.args["season_id"], person_id) if person_id else lambda _: None


def _first_refusal(form: FormSent) -> Facts:
    earlier = form.chosen("earlier")
    return on.holders(form.args["season_id"], *((earlier,) if earlier else ()))


def _place(form: FormSent) -> Facts:
    return on.place_in_line(form.args["season_id"], form.args["place_id"])


def _from_the_line(form: FormSent) -> Facts:
    return on.all_of(_offer(form), _place(form))


def _moved(form: FormSent) -> Facts:
    """The seat, and what the seasons (`way`) are that it was shown it may move to."""
    return on.all_of(_one_seat(form), *(on.offer(each) for each in form.all_chosen("way")))


def _one_seat(form: FormSent) -> Facts:
    return on.seats(form.args["booking_id"], [form.args["no"]])


def _copied(form: FormSent) -> Facts:
    copied = form.chosen("copy")
    return on.nothing_but(Season, copied) if copied else lambda _: None


RESTS_ON: Mapping[str, Callable[[FormSent], Facts]] = {
    "booking.name": _one_seat,
    "bookkeeping.choose_accounts": lambda _: on.books(),
    "bookkeeping.export": lambda _: on.books(),
    "bookkeeping.give_codes": lambda _: on.books(),
    "bookkeeping.take_back": lambda _: on.books(),
    "closing.defer": lambda _: on.books(),
    "vat_return.declare": lambda _: on.books(),
    "vat_return.choose_period": lambda _: on.books(),
    "vat_return.choose_advance": lambda _: on.books(),
    "financial_year.tell": lambda form: on.all_of(_organiser(form), on.books()),
    "call_off.call_off": lambda form: on.all_of(on.run(form.args["season_id"]), on.holders(form.args["season_id"])),
    "cancellation.cancel": _seats,
    "cancellation.undo": lambda form: on.case(form.args["cancellation_id"]),
    "cancellation.withdraw": lambda form: on.case(form.args["cancellation_id"]),
    "crediting.credit": _invoice,
    "interest.claim": _invoice,
    "compensation.claim": _invoice,
    "desk.decide": lambda form: on.case(form.args["case_id"]),
    "application.apply": _offer,
    "application.withdraw": lambda form: on.nothing_but(Application, form.args["application_id"]),
    "desk.decide_application": lambda form: on.nothing_but(Application, form.args["application_id"]),
    "desk.decide_vouch": _person,
    "desk.decide_admission": lambda form: on.admission(form.args["network_id"], form.args["person_id"]),
    "desk.decide_claim": lambda form: on.claim(form.args["person_id"]),
    "dispatch.correct": lambda form: on.nothing_but(Purchase, form.args["purchase_id"]),
    "dispatch.send": lambda form: on.nothing_but(Purchase, form.args["purchase_id"]),
    "embed.allow": _organiser,
    "embed.book": _offer,
    "first_refusal.decline": _kept_seat,
    "first_refusal.offer": _first_refusal,
    "goods_change.change": lambda form: on.nothing_but(Goods, form.args["goods_id"]),
    "goods.order": lambda form: on.goods(form.args["goods_id"]),
    "webhook.save": lambda form: on.nothing_but(Webhook, form.args["webhook_id"]),
    "hold.act": lambda form: on.nothing_but(Checkout, form.args["hold_id"]),
    "invoice.pay": _invoice,
    "door_desk.agree": lambda form: on.door(form.args["season_id"]),
    "face.change": _person,
    "image.choose": lambda form: on.nothing_but(Season, form.args["season_id"]),
    "letter_rules.choose": lambda _: on.letter_rules(),
    "letter_rules.choose_for_season": lambda form: on.letter_rules(form.args["season_id"]),
    "own_words.write": lambda _: on.letter_rules(),
    "own_words.write_for_season": lambda form: on.letter_rules(form.args["season_id"]),
    "mailing.change": lambda form: on.nothing_but(Mailing, form.args["mailing_id"]),
    "guide.change": lambda form: on.learning(form.args["season_id"]),
    "material.replace": lambda form: on.material(form.args["season_id"], form.args["material_id"]),
    "material.publish": lambda form: on.nothing_but(Season, form.args["season_id"]),
    "me.claim": lambda form: on.claim(form.args["person_id"]),
    "me.erasure": _person,
    "me.withdraw_claim": lambda form: on.claim(form.args["person_id"]),
    "meeting.hold": _meeting,
    "meeting.publish": _meeting,
    "meeting.remove": _meeting,
    "meeting.retitle": _meeting,
    "membership.decide": lambda form: on.memberships(form.args["holder_id"]),
    "merging.merge": _merged,
    "needs.tell": _person,
    "network.decide": _network,
    "network_change.correct": _network,
    "network_change.end": _network,
    "network_change.join": _network,
    "network_change.leave": _network,
    "organisation.appoint": _organisation,
    "organisation.bill": _organisation,
    "organisation.correct": _organisation,
    "organisation.dismiss": _organisation,
    "organisation.withdraw_domain": _organisation,
    "organisation.verify_domain": _organisation,
    "organiser.appoint": _organiser,
    "organiser.choose_accent": _organiser,
    "organiser.choose_logo": _organiser,
    "organiser.correct": _organiser,
    "organiser.dismiss": _organiser,
    "organiser.save": _organiser,
    "move.move": _moved,
    "participation.agree_seats": _meeting,
    "participation.answer": lambda form: on.taking_part(form.args["booking_id"], form.args["meeting_id"]),
    "other_money.undo": lambda form: on.other_money(form.args["other_id"]),
    "payment_rules.agree": lambda _: on.payment_rules(),
    "payment.allot": _payment,
    "payment.book_elsewhere": _payment,
    "payment.move": _payment,
    "payment.refund_payment": _payment,
    "payment.late": _invoice,
    "payment.refund": _invoice,
    "payment.refund_to_card": _payment,
    "payment_card.pay": _invoice,
    "person.correct": _person,
    "person.employ": _person,
    "person.take_back": _person,
    "person.end": _person,
    "person_details.correct": _person,
    "safeguard.choose": _safeguard,
    "safeguard.decide": _safeguard,
    "publication.change": _season,
    "introduction.tell": _oneself,
    "presentation.change": _person,
    "queue.answer": _from_the_line,
    "queue.answer_by_link": _from_the_line,
    "queue.leave": _place,
    "queue_desk.agree": lambda _: on.waiting_rules(),
    "queue_desk.agree_for_season": lambda form: on.waiting_rules(form.args["season_id"]),
    "queue_desk.act": _place,
    "registration.agree": lambda _: on.registration_rules(),
    "season.ask_admission": lambda form: on.asking(form.args["season_id"], form.chosen("for") or form.person_id),
    "season.book": _offer,
    "season_change.correct": _season,
    "season_change.name": _season,
    "season_change.remove": _season,
    "season_desk.change": lambda form: on.run(form.args["season_id"]),
    "season_desk.change_meeting": _meeting,
    "season_goods.choose": _season,
    "season_meetings.save": lambda form: on.which_meetings(form.args["season_id"]),
    "season_plan.plan": _copied,
    "season_prices.agree": _season,
    "transfer.answer": lambda form: on.case(form.args["transfer_id"]),
    "transfer.swap_back": _one_seat,
    "transfer.propose": _one_seat,
    "waiting_list.book": _from_the_line,
    "waiting_list.join": _offer,
    "waiting_list.leave": _place,
}

TYPED_ANEW = frozenset({"network.found", "organisation.register", "person.register", "season_plan.plan"})
"""Forms that rest on nothing, or on little, and take long to fill in."""

NEED_NOBODY = frozenset({
    "invitations.answer", "links_again.ask", "passkey.enter", "passkey.sign_in_options",
    "sign_in.ask", "sign_in.confirmed", "sign_in.enter",
})  # fmt: skip
"""Forms that are the same whoever sends them."""
