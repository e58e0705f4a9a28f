"""A stranger's registration on the pages: held, confirmed by the mailed link, too late; an admin's rules about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.strangers import links_of, tidy
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

NBSP = "\N{NO-BREAK SPACE}"
TYPED = {"name": "Nina Ny", "email": "nina@example.org", "address": "Gatan 1, 111 11 Byn", "employer": "Ninas AB"}


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def register(acted: Stage, browser: Browser, **typed: str) -> Page:
    season = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    return browser.send(browser.send(season, "email", do="sum", **{**TYPED, **typed}), "email", do="book")


def link(acted: Stage, email: str = "nina@example.org") -> str:
    registration_id, code = links_of(acted.institute, email)[0]
    return f"/{SLUG}/registrations/{registration_id}/{code}"


def test_it_is_held_then_confirmed_with_a_button_and_shown_as_booked_ever_after(acted: Stage) -> None:
    browser = acted.browser()
    done = register(acted, browser, wanted="2", name_2="Bo", email_2="bo@example.org")
    assert done.says("Anmälan är mottagen.", "först då är det bokat", "Det här händer nu")
    assert acted.browser().open(f"/{SLUG}").says("1 plats kvar")
    assert "Nina" not in acted.browser("finance").open(f"/{SLUG}/invoices").words
    assert (
        acted.browser("admin")
        .open(f"/{SLUG}/seasons/{acted.conference}/run")
        .says("2 platser hålls för anmälningar som inte är bekräftade.")
    )

    page = browser.open(link(acted))
    assert page.says("Bekräfta anmälan", "2 platser hålls till", "kl. 11.00", "Nina Ny, Bo", "Ninas AB, Gatan 1")
    assert page.says("Bekräfta och boka 2 platser · 30 000 kr")
    assert "Nina" not in acted.browser("finance").open(f"/{SLUG}/invoices").words, "who opens it has pressed nothing"

    booked = browser.press(page, "")
    assert booked.says(
        "Anmälan är bekräftad. Det är bokat.", "Öppnad som Nina Ny, med länken i mejlet.", "Det här händer nu"
    )
    assert booked.address.startswith(f"/{SLUG}/bookings/")
    assert acted.browser("finance").open(f"/{SLUG}/invoices").says("Ninas AB", "30 000,00")
    again = browser.press(page, "")  # the other tab, where the button stands still
    assert again.says("Det är bokat", "2 platser, 30 000 kr inkl. moms")
    invoices = acted.browser("finance").open(f"/{SLUG}/invoices").words
    assert invoices.count("Ninas AB") == 1


def test_too_late_says_until_when_and_what_was_typed_is_sent_again_with_one_press(acted: Stage) -> None:
    browser = acted.browser()
    register(acted, browser, wanted="2", name_2="Bo", email_2="bo@example.org", reference="Ref 7")
    page = browser.open(link(acted))
    acted.institute.clock.pass_by(timedelta(hours=1))
    late = browser.press(page, "")
    assert late.status == 409
    assert late.says("Anmälan bekräftades inte i tid", "De 2 platserna hölls till", "det du skrev finns kvar")
    tidy(acted.institute)
    assert acted.browser().open(f"/{SLUG}").says("3 platser kvar")
    form = browser.press(browser.open(link(acted)), f"/seasons/{acted.conference}")
    told = form.form("email")
    assert [told[name] for name in ("name", "email", "name_2", "reference", "employer")] == [
        ["Nina Ny"], ["nina@example.org"], ["Bo"], ["Ref 7"], ["Ninas AB"],
    ]  # fmt: skip
    assert browser.send(form, "email", do="book").says("Anmälan är mottagen.")
    assert browser.press(browser.open(link(acted)), "").says("Det är bokat.")


def test_an_order_too_late_is_sent_again_with_what_was_typed(acted: Stage) -> None:
    browser, made = acted.browser(), acted.institute
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    form = browser.open(f"/{SLUG}/goods/{goods}")
    typed = {"name": "Nina Ny", "email": "nina@example.org", "address": "Gatan 1", "quantity": "2"}
    browser.send(form, "quantity", do="order", **typed)
    order_id, code = links_of(made, "nina@example.org")[0]
    page = browser.open(f"/{SLUG}/orders/{order_id}/{code}")
    made.clock.pass_by(timedelta(days=3))
    late = browser.press(page, "")
    assert late.status == 409 and late.says("Beställningen bekräftades inte i tid", "det du skrev finns kvar")
    again = browser.press(late, f"/goods/{goods}")
    assert [again.form("quantity")[name] for name in typed] == [[each] for each in typed.values()]
    assert made.services.goods_questions.purchases(made.admin).items == ()


def test_a_wrong_link_tells_nothing(acted: Stage) -> None:
    browser = acted.browser()
    register(acted, browser)
    address = link(acted)
    wrong = browser.open(address[:-3] + "fel")
    assert wrong.status == 404 and "Nina" not in wrong.words
    assert browser.client.post(address[:-3] + "fel").status_code == 404
    assert browser.open(address).headers["Cache-Control"] == "no-store"


def test_a_known_and_confirmed_address_is_answered_the_same(acted: Stage) -> None:
    """8.8: the same words, the same seats left, and no cookie but what was typed: none that tells a position."""
    answers = []
    for email in ("anna@example.org", "okand@example.org"):
        browser = acted.browser()
        form = browser.open(f"/{SLUG}/seasons/{acted.conference}").form("email")
        typed = {name: each for name, each in form.items() if name not in ("action", "method")}
        typed |= {**{name: [each] for name, each in TYPED.items()}, "email": [email], "do": ["book"]}
        answer = browser.client.post(f"/{SLUG}/seasons/{acted.conference}", data=typed)
        left = acted.browser().open(f"/{SLUG}").words.partition(" kvar")[0].rpartition(" ")[0][-1]
        told = [each.partition("=")[0] for each in answer.headers.getlist("Set-Cookie")]
        answers.append((answer.status_code, answer.headers["Location"], sorted(answer.headers.keys()), left, told))
        acted.institute.clock.pass_by(timedelta(hours=1))
    assert answers[0] == answers[1]
    assert answers[0][4] == ["plats_sent"] and "Plats-Position" not in answers[0][2]


def test_too_many_at_once_is_said_and_nothing_typed_is_lost(acted: Stage) -> None:
    browser = acted.browser()
    page = register(acted, browser, wanted="3")
    assert page.status == 409 and page.says("Så många platser kan inte hållas för anmälningar som inte är bekräftade")
    assert page.form("email")["name"] == ["Nina Ny"]


def test_an_admin_says_how_long_and_how_many(acted: Stage) -> None:
    admin = acted.browser("admin")
    assert f"/{SLUG}/registration-rules" in admin.open(f"/{SLUG}/organiser").elements.links
    page = admin.open(f"/{SLUG}/registration-rules")
    assert page.form("share")["hold_minutes"] == ["60"]
    wrong = admin.send(page, "share", hold_minutes="4", share="0")
    assert wrong.status == 422 and wrong.form("share")["hold_minutes"] == ["4"]
    assert wrong.says("är 5 till 2880 minuter")
    saved = admin.send(wrong, "share", hold_minutes="15", share="100")
    assert saved.says("Reglerna är sparade.") and saved.form("share")["hold_minutes"] == ["15"]
    assert register(acted, acted.browser(), wanted="3").says("Anmälan är mottagen.")
    assert acted.browser().open(link(acted)).says("3 platser hålls till", "kl. 10.15")
    for who in ("anna", "finance"):
        assert acted.browser(who).open(f"/{SLUG}/registration-rules").status == 403
