"""What cancelling gives: money back, or a bill that need not be paid; and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from application.booking.cancellation import CancellationPreview
from application.booking.queries.booking import BookingRow
from domain.kernel.money import Money
from web.pages.kernel.visit import Visit, say, services
from web.words.formats import money


@dataclass(frozen=True)
class GivenBack:
    """Sums incl. VAT: `back` of what has been paid, `spared` of what has not. `whose`: the payer's name; "": yours.

    `is_known`: the reader may see what has been paid; otherwise all that is known is what is credited.
    """

    back: Money
    spared: Money
    whose: str
    is_known: bool = True

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What is said of each sum, and the sum; nothing where nothing is given back."""
        if not self.is_known:
            return [(say()("cancel.credited"), self._said(self.back))] if self.back.amount else []
        words = [("back", self.back), ("spared", self.spared)]
        return [(self._label(name), self._said(each)) for name, each in words if each.amount]

    def _label(self, name: str) -> str:
        if self.whose:
            return say()("cancel.back_to" if name == "back" else "cancel.spared_to", whose=self.whose)
        return say()("cancel.back_now" if name == "back" else "cancel.spared_now")

    def button(self, seats: int) -> str:
        """What the button says: how many seats, and the sum."""
        total = self._said(self.back + self.spared)
        if not (self.back.amount or self.spared.amount):
            return say()("cancel.button_nothing", n=seats)
        if self.is_known and not self.spared.amount:
            return say()("cancel.button", n=seats, sum=total)
        if self.is_known and not self.back.amount and not self.whose:
            return say()("cancel.button_spared", n=seats, sum=total)
        return say()("cancel.button_credited", n=seats, sum=total)

    def _said(self, amount: Money) -> str:
        return money(amount.amount, amount.currency, say().language)


def given_back(visit: Visit, booking: BookingRow, preview: CancellationPreview) -> GivenBack:
    """What of the credit comes back, and what of it has not been paid yet."""
    is_known = visit.is_admin or services().booking_questions.answers_for_all(visit.actor, booking)
    is_mine = visit.actor.is_person(booking.payer_person_id) or (is_known and not visit.is_admin)
    documents = services().invoice_questions.of_source(visit.actor, booking.booking_id) if is_known else ()
    owed = sum(max(0, each.row.balance) for each in documents)
    spared = min(preview.credit, owed) if documents else preview.credit if is_known else 0
    return GivenBack(
        Money(preview.credit - spared, preview.currency),
        Money(spared, preview.currency),
        "" if is_mine else booking.payer or say()("frame.erased"),
        is_known,
    )
