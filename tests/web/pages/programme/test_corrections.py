"""What was misspelt of networks, seasons, meetings and goods is put right on a page, and history says what it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.programme.goods import OfferGoods
from application.programme.material import PublishMaterial
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.money import Money
from domain.kernel.vat import VAT_6
from domain.people.admission import Admission
from tests.conftest import Databases
from tests.scenarios.story import stockholm
from tests.web.correcting import meetings_of, planned, same_again
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


@pytest.fixture
def admin(acted: Stage) -> Browser:
    return acted.browser("admin")


def test_a_network_is_put_right_closed_and_opened_again(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    rule = Admission(decided_sectors=(Sector.MUNICIPALITY,))
    network = made.network("Nätvärket", rule)
    at = f"/{SLUG}/networks/{network}"
    same_again(acted, admin, f"{at}/change", "promise")
    page = admin.send(
        admin.open(f"{at}/change"), "promise", name="Nätverket", promise="Att mötas", kind="cluster", sector=["state"]
    )
    assert page.says("Nätverket är rättat.") and page.form("promise")["sector"] == ["state"]
    row = made.services.programme.network(made.organiser, network)
    assert row.admission == Admission(sectors=(Sector.STATE,), decided_sectors=(Sector.MUNICIPALITY,))
    assert admin.open(f"/{SLUG}").says("Nätverket") and "Nätvärket" not in admin.open(f"/{SLUG}").words
    page = admin.send(page, "organisation", organisation="Bolt AB")
    assert page.says("Partnern är tillagd.", "Bolt AB")
    page = admin.press(page, "/leave")
    assert page.says("Organisationen är inte längre partner.")
    page = admin.press(page, "/end", do="close")
    assert page.says("Nätverket är avslutat.", "Återuppta nätverket")
    page = admin.press(page, "/end", do="reopen")
    assert page.says("Nätverket är återupptaget.", "Avsluta nätverket")
    told = admin.open(f"{at}/history")
    assert told.says(
        "Nätverket Nätvärket heter nu Nätverket.", "Nätverket är kluster, inte nätverk.", "skrevs om",
        "Bolt AB är inte längre partner i Nätverket.", "Nätverket är inte längre avslutat.", "för nya säsonger",
    )  # fmt: skip


def test_a_season_is_put_right_and_its_zone_only_before_booking_opens(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = planned(acted, "Vårsäsngen")
    at = f"/{SLUG}/seasons/{season}"
    same_again(acted, admin, f"{at}/change", "promise")
    page = admin.send(
        admin.open(f"{at}/change"), "promise", title="Vårsäsongen", promise="Två dagar.", zone="Europe/Helsinki",
        language="en", ground=["member"],
    )  # fmt: skip
    assert page.says("Säsongen är rättad.", "Rätta Vårsäsngen, nätverket, Vårsäsongen")
    view = made.services.programme.season(made.admin, season)
    start = view.meetings[0].time.start_at
    assert start == stockholm("2027-03-03 08:00") and view.row.zone == "Europe/Helsinki"
    assert view.admission == Admission(grounds=(Ground.MEMBER,)) and view.row.language == "en"
    assert view.prices is not None and view.prices.zone == "Europe/Helsinki"
    assert acted.browser().open(at).says("Vårsäsongen", "Två dagar.", "09.00–16.00")
    page = admin.send(
        admin.open(f"{at}/run"), "title", do="plan", title="Dag tre", start="2027-03-05T09:00", end="2027-03-05T12:00"
    )
    assert page.says("Träffen är planerad.")
    third = made.services.programme.season(made.admin, season).meetings[2]
    assert third.time.start_at == stockholm("2027-03-05 08:00")
    calendar = acted.browser().client.get(f"{at}.ics").text.replace("\r\n ", "")
    assert (
        "SUMMARY:Vårsäsngen\\, nätverket\\, Vårsäsongen: Dag ett" in calendar and "DTSTART:20270303T070000Z" in calendar
    )
    assert admin.open(f"{at}/history").says(
        "Säsongen Vårsäsngen heter nu Vårsäsongen.", "Tidszonen rättades från Europe/Stockholm till Europe/Helsinki",
        "Språket är nu engelska.", "Vem som får boka ändrades. Det var:", "Säsongens löfte skrevs om",
    )  # fmt: skip
    wrong = admin.send(admin.open(f"{at}/change"), "promise", zone="Europa/Ingenstans", title="Behålls")
    assert wrong.status == 422 and 'id="zone-problem"' in wrong.html and wrong.form("promise")["title"] == ["Behålls"]


def test_what_somebody_else_has_put_right_meanwhile_is_shown_first(acted: Stage, admin: Browser) -> None:
    season = planned(acted, "Två flikar")
    at = f"/{SLUG}/seasons/{season}/change"
    mine, theirs = admin.open(at), acted.browser("admin")
    assert theirs.send(theirs.open(at), "promise", title="Tre flikar").says("Säsongen är rättad.")
    stopped = admin.send(mine, "promise", title="Fyra flikar")
    assert stopped.status == 409 and stopped.says(
        "Det har ändrats sedan sidan visades", "Rätta Två flikar, nätverket, Tre flikar"
    )
    assert stopped.form("promise")["title"] == ["Fyra flikar"]
    assert admin.send(stopped, "promise").says("Rätta Två flikar, nätverket, Fyra flikar")


def test_a_season_planned_in_the_wrong_network_is_moved_before_booking_opens(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season, right = planned(acted, "Fel nätverk"), made.network("Rätt nätverk")
    at = f"/{SLUG}/seasons/{season}"
    page = admin.send(admin.open(f"{at}/change"), "promise", network=str(right))
    assert page.says("Säsongen är rättad.")
    assert made.services.programme.season(made.admin, season).row.network == "Rätt nätverk"
    assert admin.open(f"{at}/history").says("Säsongen hör till nätverket Rätt nätverk, inte Fel nätverk, nätverket.")


def test_once_booking_has_opened_zone_and_meetings_stay(acted: Stage, admin: Browser) -> None:
    page = admin.open(f"/{SLUG}/seasons/{acted.network}/change")
    assert "zone" not in page.form("promise") and page.says("ändras inte, eftersom bokningen har öppnat")
    refused = admin.send(page, "promise", zone="Europe/Helsinki")
    assert refused.status == 409 and refused.says("Bokningen har varit öppen")
    meeting = acted.institute.services.programme.season(acted.institute.admin, acted.network).meetings[0]
    at = f"/{SLUG}/seasons/{acted.network}/meetings/{meeting.meeting_id}"
    assert "Ta bort träffen" not in admin.open(at).words


def test_leaders_and_contacts_are_added_and_removed(acted: Stage, admin: Browser) -> None:
    season = planned(acted, "Ledd")
    at = f"/{SLUG}/seasons/{season}/change"
    page = admin.press(admin.open(f"{at}?q=bertil"), "/leaders", do="leader")
    assert page.says("Samtalsledare och kontaktpersoner är sparade.", "Bertil")
    page = admin.press(page, f"{acted.bertil}/leader/remove")
    assert page.says("Ingen än.")
    assert acted.browser("bertil").open(f"/{SLUG}/people/{acted.bertil}/history").words.count("Samtalsledare och") == 2


def test_a_meeting_is_retitled_and_gets_its_programme(acted: Stage, admin: Browser) -> None:
    season = planned(acted, "Med program")
    first, _ = meetings_of(acted, season)
    at = f"/{SLUG}/seasons/{season}/meetings/{first}"
    same_again(acted, admin, at, "title")
    page = admin.send(admin.open(at), "title", title="Första dagen")
    assert page.says("Rubriken är sparad.", "Första dagen")
    start, end, title = ["2027-03-03T09:00", "", ""], ["2027-03-03T10:00", "", ""], ["Inlening", "", ""]
    page = admin.send(page, "p_title", do="find", q="Bertil", p_start=start, p_end=end, p_title=title)
    page = admin.send(page, "p_title", do="save", **{"p_speaker-1": str(acted.bertil)})
    assert page.says("Programmet är sparat.")
    same_again(acted, admin, at, "p_title", do="save")
    page = admin.send(page, "p_title", do="save", p_title=["Inledning", "", ""])
    assert acted.browser().open(f"/{SLUG}/seasons/{season}").says("Inledning", "Bertil")
    wrong = admin.send(page, "p_title", do="save", p_end=["2027-03-03T08:00", "", ""])
    assert wrong.status == 422 and 'id="p_end-1-problem"' in wrong.html
    assert admin.open(f"/{SLUG}/seasons/{season}/history").says(
        "Träffen Dag ett heter nu Första dagen.", "Programmet för Första dagen publicerades."
    )


def test_a_meeting_held_by_mistake_is_undone_and_one_planned_by_mistake_removed(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = planned(acted, "Fel planerad")
    first, second = meetings_of(acted, season)
    at = f"/{SLUG}/seasons/{season}/meetings"
    page = admin.send(admin.open(f"{at}/{first}"), "held_on", do="held", held_on="2027-03-03")
    assert page.says("Träffen är markerad som hållen.", "Den var inte hållen")
    page = admin.press(page, "/held", do="undo")
    assert page.says("Träffen är inte längre markerad som hållen.")
    publish = PublishMaterial(season, "Till dag två", "https://example.org/2", meeting_id=second)
    made.services.materials.publish(made.admin, publish)
    page = admin.open(f"{at}/{second}")
    assert page.says("Dess material tas också bort: Till dag två.")
    page = admin.press(page, "/remove")
    assert page.says("Träffen är borttagen.") and "Dag två" not in page.words
    assert admin.open(f"/{SLUG}/seasons/{season}/history").says(
        "Träffen Dag ett var inte hållen", "Träffen Dag två togs bort: den var planerad av misstag.",
        "Träffen Dag två planerades.",
    )  # fmt: skip
    assert made.services.programme.season(made.admin, season).materials == ()


def test_material_is_replaced_opened_to_others_and_removed(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = planned(acted, "Läst")
    publish = PublishMaterial(season, "Artikln", "https://example.org/fel")
    item = made.services.materials.publish(made.admin, publish).answer.material_id
    at = f"/{SLUG}/seasons/{season}/material"
    same_again(acted, admin, f"{at}/{item}", "url", do="save")
    stranger = acted.browser()
    assert "Artikl" not in stranger.open(f"/{SLUG}/seasons/{season}").words
    page = admin.send(
        admin.open(f"{at}/{item}"),
        "url",
        do="save",
        title="Artikeln",
        url="https://example.org/rätt",
        readers="everyone",
    )
    assert page.says("Materialet är rättat.", "Artikeln", "alla")
    assert stranger.open(f"/{SLUG}/seasons/{season}").says("Artikeln")
    wrong = admin.send(admin.open(f"{at}/{item}"), "url", do="save", url="fel")
    assert wrong.status == 422 and 'id="url-problem"' in wrong.html
    assert admin.send(admin.open(f"{at}/{item}"), "url", do="remove").says("Materialet är borttaget.")
    assert admin.open(f"/{SLUG}/seasons/{season}/history").says(
        "Materialet Artikln ersattes med Artikeln.", "Vem som får läsa materialet Artikeln ändrades",
        "Materialet Artikeln togs bort.",
    )  # fmt: skip
    assert admin.open(f"{at}/{item}").status == 404


def test_goods_are_retitled_and_repriced_for_purchases_from_now_on(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    offer = OfferGoods("Bokne", Money(125_00), Money(45_00), VAT_6)
    goods = made.services.goods.offer(made.admin, offer).answer.goods_id
    at = f"/{SLUG}/goods/{goods}"
    same_again(acted, admin, f"{at}/change", "postage", do="save")
    page = admin.send(admin.open(f"{at}/change"), "postage", do="save", title="Boken", price="1 130,50")
    assert page.says("Varan är rättad.", "Boken", "1 130,50 kr inkl. moms")
    assert admin.send(admin.open(f"{at}/change"), "postage", do="withdraw").says("Säljs inte längre.")
    assert admin.send(admin.open(f"{at}/change"), "postage", do="again").says("Varan säljs igen.", "1 130,50 kr")
    assert admin.open(f"{at}/history").says(
        "Varan ”Bokne” heter nu ”Boken”.", "från 125 kr till 1 130,50 kr", "Varan började säljas igen."
    )
    assert acted.browser("anna").open(f"{at}/change").status == 403
