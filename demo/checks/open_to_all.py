"""What anyone may have without signing in, tried out: the festival's open programme (A6) and the book (A7)."""

from __future__ import annotations

from demo.checks import facts
from demo.checks import open_counter as shop
from demo.checks.client import Json
from demo.checks.rules import net_of
from demo.checks.trial import Trial, expect, wait_for
from demo.checks.trial_steps import LOT
from demo.people import in_address

BOOK, POSTAGE, VAT_PERCENT = 125_00, 49_00, 6
DAYS = ("Öppet hus på festivalveckan: första dagen", "Öppet hus på festivalveckan: andra dagen")


def festival(trial: Trial) -> None:
    """A6: two days in one hall, eight sessions with fixed times, several given on both days; free, open to anyone."""
    counter = trial.counter
    first, second = (trial.season(title) for title in DAYS)
    _sessions_are(first, second)
    season_id = first["season_id"]
    for view in (first, second):
        _register(trial, view["season_id"], "Besökare Ett", 2)
    trial.note("somebody nobody knows books both days for two, for nothing, without signing in")
    booking = counter.bookings(season_id)[0]
    shop.name_as_admin(counter, booking, 2, counter.person(None))
    trial.note("the admin names the colleague")
    proposed = counter.transfer(counter.admin, booking, 2, counter.person(None), "Kollegan kommer i stället.")
    expect("the transfer", (proposed["status"], proposed["difference"]), ("accepted", 0))
    trial.note("another comes instead, at once: neither belongs to an organisation, and nothing is to pay")
    expect("the cancellation", counter.cancel(counter.admin, booking, (2,))["credit"], 0)
    trial.left[season_id] += 1
    trial.note("a seat is cancelled; nothing was to pay")
    _fill(trial, season_id)
    _roster(trial, season_id)
    trial.settle()


def book(trial: Trial) -> None:
    """A7: 125 kr including VAT, plus postage, for anyone; VAT of 6 % worked out on each line."""
    counter = trial.counter
    goods = shop.goods(counter, "Boken om arbetet")
    expect("price and postage", (goods["price"], goods["postage"], goods["vat"]), (BOOK, POSTAGE, VAT_PERCENT * 100))
    trial.invoiced = sum(_price(row["quantity"]) for row in shop.purchases(counter))
    member = counter.party(23, ground="member")
    by_stranger = shop.buy_as_stranger(counter, goods["goods_id"], 1)
    expect("a book and its postage", _sums(by_stranger), _expected(1))
    by_member = shop.buy(member, goods["goods_id"], 3)
    expect("three books and postage once", _sums(by_member), (400_00, 24_00, 424_00))
    trial.invoiced += by_stranger["gross"] + by_member["gross"]
    trial.note("a stranger orders one and a member three; VAT is worked out on the line, not on the copy")
    shop.dispatch(counter, by_stranger)
    trial.note("the admin records that it was sent")
    sources = {row["purchase_id"] for row in shop.purchases(counter)}
    wait_for("invoiced", lambda: shop.invoiced_for(counter, sources), trial.invoiced)
    trial.note("finance reads the invoices")


def _price(copies: int) -> int:
    return BOOK * copies + POSTAGE


def _expected(copies: int) -> tuple[int, int, int]:
    """Net, VAT and gross, with VAT taken out of each line by itself."""
    net = net_of(BOOK * copies, VAT_PERCENT) + net_of(POSTAGE, VAT_PERCENT)
    return net, _price(copies) - net, _price(copies)


def _sums(made: Json) -> tuple[int, int, int]:
    return made["net"], made["vat"], made["gross"]


def _sessions_are(first: Json, second: Json) -> None:
    """Two days in the same hall; eight sessions, some of them on both days, the panel last of all."""
    facts.meetings_are(first, "06-24")
    facts.meetings_are(second, "06-25")
    halls = {view["meetings"][0]["venue"] for view in (first, second)}
    days = [[item["title"] for item in view["meetings"][0]["programme"]] for view in (first, second)]
    expect("halls", len(halls), 1)
    expect("different sessions", len(set(days[0]) | set(days[1])), 8)
    expect("several sessions on both days", len(set(days[0]) & set(days[1])) > 1, True)
    expect("a panel at the end", "panel" in days[1][-1], True)


def _register(trial: Trial, season_id: str, name: str, seats: int) -> None:
    """Somebody registers with colleagues to be named later; it costs nothing."""
    answer = shop.register(trial.counter, season_id, name, f"{in_address(name)}@check.example", seats - 1)
    expect("what it costs to come", (answer["seats"], answer["gross"]), (seats, 0))
    trial.left[season_id] -= seats


def _fill(trial: Trial, season_id: str) -> None:
    """The hall fills up with parties that the desk writes down; a stranger gets the last seat, the next is told so."""
    no = 0
    while trial.left[season_id] > 1:
        no += 1
        seats = min(LOT, trial.left[season_id] - 1)
        shop.write_down(trial.counter, season_id, f"Sällskap {no}", f"sallskap.{no}@check.example", seats - 1)
        trial.left[season_id] -= seats
    _register(trial, season_id, "Sista Platsen", 1)
    shop.refuse_registration(trial.counter, season_id)
    trial.note("the last seats in the hall are booked; the next one is refused")


def _roster(trial: Trial, season_id: str) -> None:
    row = trial.counter.view(season_id)
    expect("seats left", row["left"], trial.left[season_id])
    expect("lines on the roster", len(trial.counter.roster(season_id)), row["seats"] - row["left"])
    trial.counter.refuse_roster(trial.counter.stranger, season_id, 401)
    trial.note("the admin reads the roster; a stranger may not")
