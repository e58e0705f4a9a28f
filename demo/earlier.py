"""What the institute sold earlier this autumn: breakfasts, half of them held; paid, part-paid, late, and together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from application.billing.crediting import CreditInvoice, PartOfLine
from application.people.organisation import GiveBillingDetails
from application.programme.season import PlanSeason
from demo.acts import book
from demo.bank import take_in, transfer_for
from demo.clock import DemoClock
from demo.dates import Dates
from demo.desk import Desk, Employer
from demo.leadership_institute import Circle, acquaint
from demo.people import Names
from demo.seminars import STOCKHOLM
from domain.kernel.eligibility import Ground
from domain.kernel.ids import InvoiceId, SeasonId, invoice_of
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.programme.network import NetworkKind
from domain.programme.price import Price, PriceList

TITLE = "Frukostsamtal"
SOLD, SOLD_LATER, SOLD_LAST = 62, 45, 32
"""Days ago: by today an invoice of the first is past both reminders, of the second past one, of the last just late."""

PAID, CREDITED = 35, 20
_MEETINGS = (("Att börja om", -25), ("Att lyssna klart", -11), ("Att säga nej", 10), ("Att fortsätta", 24))
_NAMES = 300


def load(clock: DemoClock, open_then: Callable[[], Desk], catch_up: Callable[[], object]) -> None:
    """Found the institute some time ago, and let it sell, be paid, and credit; each on its day."""
    with clock.ago(SOLD):
        desk = open_then()
        circle = acquaint(desk)
        together = _paid_together(desk)
        season = _breakfasts(desk, circle)
        paid = book(desk, season, circle.members[0], 0, 1)
        half = book(desk, season, circle.others[0], 0)
        book(desk, season, together, 0, 1)
        catch_up()
    with clock.ago(SOLD_LATER):
        book(desk, season, circle.others[2], 0)
        book(desk, season, together, 2)
        catch_up()
    with clock.ago(PAID):
        sent = transfer_for(desk, paid.booking_id, paid.gross), transfer_for(desk, half.booking_id, half.gross // 2)
        take_in(desk, desk.today - timedelta(days=PAID), sent)
        catch_up()
    with clock.ago(SOLD_LAST):
        book(desk, season, circle.customers[1], 0)
        catch_up()
    with clock.ago(CREDITED):
        _credit(desk, invoice_of(paid.booking_id))
        catch_up()


def _credit(desk: Desk, invoice_id: InvoiceId) -> None:
    """Something of what was paid goes back by hand."""
    reason = "Första frukosten fick flyttas och en av er kunde inte vara med."
    command = CreditInvoice(invoice_id, reason, (PartOfLine(1, 900_00),))
    desk.services.crediting.credit(desk.finance, command, desk.key("credit", invoice_id))


def _paid_together(desk: Desk) -> Employer:
    """A foundation that wants one invoice a month. Its people's names are drawn from a place of their own."""
    names, desk.names = desk.names, Names(_NAMES)
    found = desk.employer("Stiftelsen Samklang", "802999300", "Orgelgatan 2, 753 10 Uppsala", 3)
    desk.names = names
    details = GiveBillingDetails(found.organisation_id, "Orgelgatan 2, 753 10 Uppsala", is_collective=True)
    desk.services.organisations.give_billing_details(desk.admin, details, desk.key("together", found.name))
    return found


def _breakfasts(desk: Desk, circle: Circle) -> SeasonId:
    first = desk.today + timedelta(days=_MEETINGS[0][1])
    network = desk.network(TITLE, NetworkKind.SEMINAR, "Fyra morgnar om det som är svårt att säga.")
    prices = PriceList(0, (Price(Money(6_000_00)), Price(Money(4_500_00), Ground.MEMBER)))
    terms = Terms(0, (Tier(first - timedelta(days=14), 0), Tier(None, 10_000)))
    about = "Fyra frukostar med samma grupp. Vi äter, någon berättar, och sedan talar vi."
    season = desk.season(PlanSeason(network, f"{TITLE}: hösten", 16, promise=about, prices=prices, terms=terms))
    for title, days in _MEETINGS:
        on = desk.today + timedelta(days=days)
        desk.meeting(season, title, Dates(on).time(on.month, on.day, "07:30", "09:00"), STOCKHOLM)
    desk.led_by(season, (circle.facilitator,), circle.contacts)
    desk.open(season, closes_on=first - timedelta(days=1))
    return season
