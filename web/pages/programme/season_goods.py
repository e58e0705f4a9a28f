"""Which goods stand beside a season, chosen by an admin."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.programme.queries.season_view import SeasonView
from application.programme.season_goods import ChooseSeasonGoods
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, after, services

pages = Blueprint("season_goods", __name__)

AT = "/<slug>/seasons/<uuid:season_id>/goods"


@pages.get(AT)
def page(season_id: UUID) -> Answer:
    """All goods on sale, and which of them stand beside it."""
    _, view = season_as_admin(season_id)
    return _show(view, Form(Typed({"goods": [str(each) for each in view.goods]})))


@pages.post(AT)
def choose(season_id: UUID) -> Answer:
    """These from now on."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(view, form))
    command = ChooseSeasonGoods(SeasonId(season_id), tuple(form.choices("goods")))
    chosen = form.submit(services().season_goods.choose, visit.actor, command)
    return after(chosen, "season_goods.page", season_id=season_id, done="season_goods_chosen")


def _show(view: SeasonView, form: Form) -> str:
    goods = services().goods_questions.goods(view.row.organiser_id)
    on_sale = [each for each in goods if not each.is_withdrawn or each.goods_id in view.goods]
    return form.page("season_goods_choice.html", row=view.row, goods=on_sale, chosen=set(form.typed.getlist("goods")))
