"""The booking form of a season, wherever it stands: what it would cost now, and what a stranger sends."""

from __future__ import annotations

from dataclasses import dataclass

from application.booking.booking import MakeBooking
from application.booking.registration import Registered
from application.kernel.ports import Committed
from application.programme.queries.goods import GoodsRow
from application.programme.queries.season_view import SeasonView
from domain.kernel.documents import Line, Sums, sums
from domain.kernel.errors import PlatsError
from domain.programme.price import Per, Quote
from web.pages.booking.booking_form import (
    FIELDS,
    Rows,
    chosen_payer,
    goods_beside,
    participants,
    stated_price,
)
from web.pages.booking.buyer import Buyer
from web.pages.booking.typed_buyer import stranger_order
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Visit, place_of_reader, say, services, today
from web.words.formats import money
from web.words.price import price_list_texts, price_reasons, sizes_sentence, sum_text
from web.words.wording import booking_state

Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Offer:
    """What the form says beside its button: the quote with its reasons, other prices, and whether it may be sent.

    `on_sale`: what may be bought with the seats; `beside`: what is, line by line; `total`: all that it comes to;
    `price_now`: what one seat costs the buyer, or an organisation its seats, and `price_short` that in few words.
    `card_later`: the invoice can be paid by card once the address is confirmed.
    """

    quote: Quote | None
    on_sale: list[GoodsRow]
    beside: tuple[Line, ...]
    total: Sums
    reasons: list[str]
    prices: list[tuple[str, str]]
    state: str
    takes_bookings: bool
    sizes: str = ""
    card_later: bool = False
    price_now: str = ""
    price_short: str = ""


def offer_to(visit: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> Offer:
    """What the rows would cost the buyer now, and why."""
    row, on = view.row, today(view.row.zone)
    chosen = (each.name for each in buyer.organisations if str(each.organisation_id) == form.text("payer"))
    holder = next(chosen, buyer.name if buyer.is_other else "")
    quote, beside = _quote(visit, view, form, rows, buyer)
    return Offer(
        quote,
        _on_sale(visit, buyer),
        beside,
        sums((*quote.lines, *beside) if quote else (), visit.organiser.currency),
        price_reasons(quote, holder, say()) if quote else [],
        price_list_texts(view.prices, on, say(), quote.price if quote and buyer.person_id else None),
        booking_state(row, on, say()),
        takes_bookings(view),
        sizes_sentence(view.prices, on, say()),
        buyer.person_id is None and services().checkouts.takes_cards_for(row.organiser_id),
        *(_price_of(quote) if quote else ()),
    )


def _price_of(quote: Quote) -> tuple[str, str]:
    """What a seat costs, with and without VAT, and in few words."""
    seats, currency = quote.lines[0].quantity if quote.price.per is Per.PERSON else 1, quote.price.amount.currency
    net, gross = round(quote.sums.net.amount / seats), round(quote.sums.gross.amount / seats)
    whole = sum_text(net, gross, currency, quote.price.vat, say())
    return whole, whole if net == gross else say()("season.price_short", net=money(net, currency, say().language))


def takes_bookings(view: SeasonView) -> bool:
    """Whether the form is open today."""
    row = view.row
    is_past = row.closes_on is not None and row.closes_on < today(row.zone)
    return row.is_open and not row.called_off_for and not is_past


def register(visit: Visit, view: SeasonView, form: Form, rows: Rows) -> Committed[Registered]:
    """Send what a stranger has typed. Raises FormRefused."""
    is_free = view.prices is None or view.prices.is_free
    colleagues = tuple(row.participant for row in rows.colleagues)
    order = stranger_order(form, colleagues, view.row.season_id, say().language, is_free=is_free)
    with form.attempt():
        return services().registrations.register(visit.actor, order, form.key, place_of_reader())


def _on_sale(visit: Visit, buyer: Buyer) -> list[GoodsRow]:
    """What somebody we know may buy with the seats; others order it on its own page."""
    if buyer.person_id is None:
        return []
    known = services().goods_questions.goods(visit.organiser.organiser_id)
    return [each for each in known if not each.is_withdrawn]


def _quote(visit: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> tuple[Quote | None, Lines]:
    """What the rows would cost now, and what is bought with them; a refusal is said in the form."""
    if not takes_bookings(view) or not rows.seats:
        return None, ()
    try:
        if buyer.person_id is None:
            return services().registrations.preview(visit.actor, view.row.season_id, rows.seats), ()
        preview = services().bookings.preview(visit.actor, _order(view, form, rows, buyer))
        return preview.quote, preview.goods
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return None, ()


def _order(view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> MakeBooking:
    return MakeBooking(
        view.row.season_id,
        participants(rows, buyer),
        chosen_payer(form),
        form.text("reference") or "-",
        booked_for=buyer.booked_for,
        goods=goods_beside(form, "-") if form.text("goods") else None,
        stated=stated_price(form, buyer),
    )
