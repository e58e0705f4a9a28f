"""What the programmes' prices come to, worked out here once more, apart from the code that is tried."""

from __future__ import annotations

from dataclasses import dataclass

VAT_PERCENT = 25


@dataclass(frozen=True)
class Rule:
    """What a programme costs in öre excluding VAT, for others and for members.

    `includes`: how many seats one price covers (0: the price is for each seat). `before_deadline` is always free.
    """

    others: int
    members: int
    includes: int = 0

    def price(self, seats: int, *, is_member: bool) -> int:
        """What somebody pays for seats, incl. VAT."""
        one = self.members if is_member else self.others
        return with_vat(one if self.includes else one * seats)

    def credit(self, gone: int, of: int, *, is_member: bool) -> int:
        """What is given back for seats given up in time: a price for all goes back with the last of them."""
        if self.includes:
            return self.price(of, is_member=is_member) if gone == of else 0
        return self.price(gone, is_member=is_member)


def with_vat(net: int, percent: int = VAT_PERCENT) -> int:
    """The sum with VAT on top, rounded half up to whole öre."""
    return net + (net * percent + 50) // 100


def net_of(gross: int, percent: int) -> int:
    """What is left of a sum when the VAT in it is taken out, rounded half up to whole öre."""
    return (2 * gross * 100 + 100 + percent) // (2 * (100 + percent))
