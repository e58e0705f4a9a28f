"""A programme being tried: what has been done so far, and what it should have come to by the programme's own rules."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.checks.client import TIMEOUT, Json
from demo.checks.counter import Counter
from demo.checks.party import Party, Seats
from demo.checks.rules import Rule, with_vat


class NotAsPromised(Exception):
    """Something is not as the programme's rules say."""


@dataclass
class Trial:
    """Sums in öre incl. VAT, worked out from the rule; compared with the organiser's documents at the end."""

    counter: Counter
    rule: Rule
    did: list[str] = field(default_factory=list)
    seasons: list[str] = field(default_factory=list)
    invoiced: int = 0
    credited: int = 0
    left: dict[str, int] = field(default_factory=dict)

    def season(self, title: str, network: str = "") -> Json:
        """Begin with a season of the demo: count what is booked there already, by the rule."""
        view = self.counter.season(title, network)
        season_id = view["season_id"]
        members = self.counter.members()
        held = 0
        for booking in self.counter.bookings(season_id):
            gone = sum(seat["is_cancelled"] for seat in booking["seats"])
            seats, is_member = len(booking["seats"]), booking["organisation_id"] in members
            price = self.rule.price(seats, is_member=is_member)
            expect(f"{title}: a booking's price", booking["gross"], price)
            held += seats - gone
            self.invoiced += price
            self.credited += self.rule.credit(gone, seats, is_member=is_member)
        expect(f"{title}: seats left", view["left"], view["seats"] - held)
        self.seasons.append(season_id)
        self.left[season_id] = view["left"]
        return view

    def book(self, party: Party, season_id: str, seats: Seats) -> Json:
        """Book, and compare price and seats with the rule; sending the same again changes nothing."""
        price = self.rule.price(len(seats), is_member=party.is_member)
        expect("the price shown before booking", self.counter.preview(party, season_id, seats), price)
        made = self.counter.book(party, season_id, seats)
        expect("the price of the booking", made["gross"], price)
        self.invoiced += price
        if season_id in self.left:
            self.left[season_id] -= len(seats)
            expect("seats left after booking", made["left"], self.left[season_id])
        return made

    def cancel(self, party: Party, made: Json, gone: tuple[int, ...], kept: int = 0, before: int = 0) -> None:
        """Give seats up, and compare what is given back; `kept` in percent, `before`: seats given up earlier."""
        of = made["seats"]
        back = self.rule.credit(before + len(gone), of, is_member=party.is_member)
        back -= self.rule.credit(before, of, is_member=party.is_member)
        back = back * (100 - kept) // 100
        expect("the credit shown before cancelling", self.counter.preview_cancellation(party, made, gone), back)
        outcome = self.counter.cancel(party.contact, made, gone)
        expect("what came of the cancellation", (outcome["status"], outcome["credit"]), ("granted", back))
        self.credited += back
        if made["season_id"] in self.left:
            self.left[made["season_id"]] += len(gone)

    def note(self, what: str) -> None:
        """Remember what has been done."""
        self.did.append(what)

    def settle(self) -> None:
        """Wait until the documents say what the rule says, and look at them closely. Raises NotAsPromised."""
        wait_for("invoiced and credited", self._sums, (self.invoiced, self.credited))
        for row in self._documents():
            rounded = with_vat(abs(row["net"])) - abs(row["net"])
            expect(f"VAT on {row['kind']} {row['number']}", abs(row["vat"]), rounded)
        for kind in ("invoices", "credit-notes"):
            numbers = sorted(row["number"] for row in self.counter.finance.every(f"/{kind}"))
            expect(f"the numbers of {kind}", numbers, list(range(1, len(numbers) + 1)))
        for season_id in self.left:
            self._season_adds_up(season_id)
        self.note("finance reads invoices and credit notes: sums, VAT and numbers are as the rules give")

    def pay(self, view: Json) -> None:
        """Finance reads an open invoice whole and records its payment."""
        open_ones = [row for row in self.counter.documents(view["season_id"]) if row["status"] == "open"]
        row = open_ones[0]
        whole = self.counter.document(row)
        lines = sum(line["net"]["amount"] + line["vat"]["amount"] for line in whole["lines"])
        expect("the lines of an invoice", lines, row["gross"])
        expect("the days of supply on it", len(whole["supply"]), len(view["meetings"]))
        paid = self.counter.pay(row)
        expect("the invoice once it is paid", (paid["status"], paid["balance"]), ("paid", 0))
        self.note("finance records a payment; nothing is owed on that invoice any more")

    def _season_adds_up(self, season_id: str) -> None:
        rows = self.counter.documents(season_id)
        seen, view = self.counter.season_sums(season_id), self.counter.view(season_id)
        taken = view["seats"] - self.left[season_id]
        expect("the sums of the season", (seen["gross"], seen["seats_taken"]), (sum(r["gross"] for r in rows), taken))

    def _documents(self) -> list[Json]:
        return [row for season_id in self.seasons for row in self.counter.documents(season_id)]

    def _sums(self) -> tuple[int, int]:
        rows = self._documents()
        invoices = sum(row["gross"] for row in rows if row["kind"] == "invoice")
        return invoices, -sum(row["gross"] for row in rows if row["kind"] == "credit_note")


def wait_for(what: str, found: Callable[[], object], wanted: object) -> None:
    """Raises NotAsPromised unless both are the same before long."""
    until = time.monotonic() + TIMEOUT
    while (seen := found()) != wanted:
        if time.monotonic() > until:
            raise NotAsPromised(f"{what}: {seen} instead of {wanted}")
        time.sleep(0.1)


def expect(what: str, found: object, wanted: object) -> None:
    """Raises NotAsPromised unless both are the same."""
    if found != wanted:
        raise NotAsPromised(f"{what}: {found} instead of {wanted}")
