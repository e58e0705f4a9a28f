"""What is sold beside a season: goods that its page shows, each with a way to order it alone (A7)."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.aggregate import Change, Part
from domain.kernel.errors import BadValue

MOST_GOODS = 20


class SeasonGoods(Part):
    """Of a season: which goods stand beside it, in order."""

    goods: tuple[UUID, ...]

    class GoodsChosen(Change):
        goods: tuple[UUID, ...]
        were: tuple[UUID, ...] = ()

    def choose_goods(self, goods: tuple[UUID, ...]) -> None:
        """These and no others, each once; the same again changes nothing. Raises BadValue."""
        chosen = tuple(dict.fromkeys(goods))
        if len(chosen) > MOST_GOODS:
            raise BadValue(field="goods", why="at most 20")
        if chosen != self.goods:
            self.record(self.GoodsChosen(goods=chosen, were=self.goods))
