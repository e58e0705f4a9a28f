"""What is sold beside a season: chosen by admins among the organiser's goods."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.command import command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.programme.meeting import season_to_change
from application.programme.season import SeasonRef
from domain.kernel.ids import SeasonId
from domain.programme.goods import Goods


@dataclass(frozen=True)
class ChooseSeasonGoods:
    """These and no others, in this order."""

    season_id: SeasonId
    goods: tuple[UUID, ...] = ()


class SeasonGoodsDesk(UseCases):
    """Choose."""

    @command
    def choose(self, work: UnitOfWork, command: ChooseSeasonGoods) -> SeasonRef:
        """From now on, on the season's page. Raises NotFound for goods that are another's, BadValue."""
        season = season_to_change(work, command.season_id)
        for each in command.goods:
            load_for(work, Goods, each)
        season.choose_goods(command.goods)
        return SeasonRef(command.season_id)
