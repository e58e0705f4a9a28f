"""What is sold beside a season stands on its page with a way to order it alone, and is copied with it (A7)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from application.programme.goods import WithdrawGoods
from application.programme.roll_over import CopySeason
from application.programme.season_goods import ChooseSeasonGoods
from domain.kernel.errors import NotAllowed, NotFound
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def test_a_book_stands_beside_the_season_until_it_is_sold_no_longer(acted: Stage) -> None:
    made, admin, anyone = acted.institute, acted.browser("admin"), acted.browser()
    at = f"/{SLUG}/seasons/{acted.conference}"
    [book] = made.services.goods_questions.goods(made.organiser)
    assert f"/goods/{book.goods_id}" not in anyone.open(at).html
    page = admin.send(admin.open(f"{at}/goods"), "key", goods=str(book.goods_id))
    assert "Varorna intill säsongen är ändrade." in page.html
    shown = anyone.open(at).html
    assert f"/goods/{book.goods_id}" in shown and "Beställ också" in shown
    again = made.services.roll_overs.copy(made.admin, CopySeason(acted.conference, "Igen")).answer.season_id
    assert f"/goods/{book.goods_id}" in anyone.open(f"/{SLUG}/seasons/{again}").html
    made.services.goods.withdraw(made.admin, WithdrawGoods(book.goods_id))
    assert f"/goods/{book.goods_id}" not in anyone.open(at).html


def test_only_an_admin_chooses_and_only_among_what_there_is(acted: Stage) -> None:
    made, choose = acted.institute, acted.institute.services.season_goods.choose
    with pytest.raises(NotFound):
        choose(made.admin, ChooseSeasonGoods(acted.conference, (uuid4(),)))
    with pytest.raises(NotAllowed):
        choose(made.acting(acted.anna), ChooseSeasonGoods(acted.conference))
