"""What a face may call about networks, seasons, meetings, goods and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from application.programme.first_run import FirstRun
from application.programme.goods import GoodsOnOffer
from application.programme.image import Images
from application.programme.material import Materials
from application.programme.material_file import MaterialFiles
from application.programme.meeting import Meetings
from application.programme.network import Networks
from application.programme.poster import PosterPress
from application.programme.publication import Publications
from application.programme.queries.goods import GoodsQuestions
from application.programme.queries.picture import Pictures
from application.programme.queries.programme import Programme
from application.programme.roll_over import RollOvers
from application.programme.season import Seasons
from application.programme.season_goods import SeasonGoodsDesk


@dataclass(frozen=True)
class ProgrammeServices:
    """Networks, seasons and their meetings."""

    images: Images
    first_run: FirstRun
    networks: Networks
    seasons: Seasons
    roll_overs: RollOvers
    publications: Publications
    season_goods: SeasonGoodsDesk
    meetings: Meetings
    materials: Materials
    material_files: MaterialFiles
    goods: GoodsOnOffer
    programme: Programme
    pictures: Pictures
    posters: PosterPress
    goods_questions: GoodsQuestions
