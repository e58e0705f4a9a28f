"""Planning a season by typing little: a table, one save, and last season again with its days moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from application.programme.price import AgreePrices, AgreeTerms
from application.programme.queries.season_view import SeasonView
from application.programme.season import PlanSeason
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Tier
from domain.kernel.vat import VatRate
from domain.people.admission import Admission, NotAdmitted
from domain.programme.meeting import ProgrammeItem
from domain.programme.price import Per, Price
from tests.samples import full_day
from tests.scenarios.story import stockholm
from tests.web.stage import SLUG, Stage, stage

NEW = f"/{SLUG}/seasons/new"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def newest(acted: Stage, title: str) -> SeasonView:
    made = acted.institute
    rows = made.services.programme.seasons(made.organiser, reader=made.admin).items
    season = next(row.season_id for row in rows if row.title == title)
    return made.services.programme.season(made.admin, season)


def network_of(acted: Stage, season: SeasonId) -> str:
    return str(acted.institute.services.programme.season(acted.institute.admin, season).row.network_id)


def test_a_season_is_planned_in_one_table_with_one_save(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(
        admin.open(NEW), "m_title", do="save", network=network_of(acted, acted.network), title="Hösten 2027",
        seats="24",
        m_title=["Att börja", "", "Att sluta"], m_on=["2027-09-15", "2027-10-20", ""], m_from=["09:00", "", ""],
        m_to=["12:00", "", ""], m_month=["", "", "2028-01"], m_venue=["Rådhuset", "", ""],
        m_address=["Stortorget 1", "", ""], m_town=["Malmö", "Lund", ""], m_format=["on_site", "on_site", "online"],
        p_amount=["12 000", "6000"], p_for=["everyone", "member"], p_until=["", ""],
        t_until=["2027-09-01"], t_kept=["0"],
    )  # fmt: skip
    assert page.says("Säsongen är planerad.", "Bokningen är inte öppen.", "onsdag 15 september 2027, 09.00–12.00")
    assert page.says("Träff 2", "onsdag 20 oktober 2027, 09.00–12.00", "januari 2028, dag kommer")
    view = newest(acted, "Hösten 2027")
    assert view.row.seats == 24 and view.prices and view.terms
    assert (view.row.towns, view.row.has_online, view.row.is_online) == (("Malmö", "Lund"), True, False)
    shown = admin.open(f"/{SLUG}/seasons/{view.row.season_id}")
    assert shown.says("Rådhuset, Stortorget 1, Malmö", "Lund")
    copied = admin.open(f"{NEW}?copy={view.row.season_id}").form("m_title")
    assert (copied["m_address"][0], copied["m_town"][:2]) == ("Stortorget 1", ["Malmö", "Lund"])
    assert [(each.amount.amount, each.audience) for each in view.prices.prices] == [
        (12_000_00, None), (6_000_00, "member"),
    ]  # fmt: skip
    assert [(str(tier.before), tier.kept) for tier in view.terms.tiers] == [("2027-09-02", 0), ("None", 10_000)]
    assert view.terms.fee_outside_vat


def test_a_fee_for_cancelling_is_outside_vat_where_the_admin_says_so(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(NEW)
    assert page.says("Moms på det som behålls", "samma moms som priset", "avbokningsavgift utan moms")
    page = admin.send(
        page, "m_title", do="save", network=network_of(acted, acted.network), title="Hösten 2027", seats="24",
        p_amount=["12 000"], t_until=["2027-09-01"], t_kept=["50"], fee="outside",
    )  # fmt: skip
    view = newest(acted, "Hösten 2027")
    assert view.terms and view.terms.fee_outside_vat
    address = f"/{SLUG}/seasons/{view.row.season_id}/prices"
    prices = admin.open(address)
    assert prices.form("p_amount")["fee"] == ["outside"]
    assert admin.open(f"/{SLUG}/seasons/new?copy={view.row.season_id}").form("p_amount")["fee"] == ["outside"]
    told = "Under fullt pris är det en avbokningsavgift utan moms, räknad på priset med moms."
    assert admin.open(f"/{SLUG}/seasons/{view.row.season_id}").says(told)

    admin.send(prices, "p_amount", do="save", fee="with_vat")

    view = newest(acted, "Hösten 2027")
    assert view.terms and not view.terms.fee_outside_vat
    assert admin.open(f"/{SLUG}/seasons/{view.row.season_id}").says("Avgiften har samma moms som priset.")


def test_what_cannot_be_read_is_said_at_its_cell_and_nothing_typed_is_lost(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(
        admin.open(NEW), "m_title", do="save", network="", title="Hösten", seats="många",
        m_title=["A", "B", "C"], m_on=["2027-09-31", "2027-10-20", ""], m_from=["", "", ""], m_to=["", "", ""],
        m_month=["", "", "hösten"], m_town=["", "M" * 101, ""],
        p_amount=["gratis", ""], t_until=["2027-09-01"], t_kept=["120"],
    )  # fmt: skip
    assert page.status == 422
    for cell in ("network", "seats", "m_on-1", "m_from-2", "m_month-3", "m_town-2", "p_amount-1"):
        assert f'id="{cell}-problem"' in page.html, cell
    assert 'value="2027-09-31"' in page.html and 'value="hösten"' in page.html


def test_one_more_row_keeps_what_was_typed_and_needs_no_script(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(admin.open(NEW), "m_title", do="more_meetings", title="Hösten", m_title=["A", "B", "C"])
    assert page.status == 200 and 'id="m_title-4"' in page.html and 'value="C"' in page.html
    assert "m_title-5" not in page.html


def test_a_holiday_and_a_weekend_are_remarked(acted: Stage) -> None:
    admin = acted.browser("admin")
    days = ["2027-05-06", "2027-05-08", "2027-05-10"]
    page = admin.send(admin.open(NEW), "m_title", do="more_meetings", m_on=days)
    assert page.says("Kristi himmelsfärdsdag", "helg") and page.words.count("helg") == 1


def test_last_season_again_is_proposed_364_days_later_and_the_old_one_stays(acted: Stage) -> None:
    before = newest(acted, "Säsong 7")
    admin = acted.browser("admin")
    page = admin.open(f"{NEW}?copy={acted.network}")
    assert page.says("Samma säsong igen", "52 veckor")
    form = page.form("m_title")
    assert form["m_on"] == ["2027-10-27", "", "2028-01-26", "", ""] and form["m_month"][3] == "2028-06"
    assert form["m_from"][0] == "09:30" and form["t_until"] == ["2027-10-12"] and form["p_until"][1] == "2027-09-29"
    done = admin.send(
        page, "m_title", do="save", network=network_of(acted, acted.network), title="Säsong 8",
        p_for=["everyone", "member"], pro_rata="yes",
    )  # fmt: skip
    assert done.says("Säsongen är planerad.")
    copied = newest(acted, "Säsong 8")
    assert copied.prices and before.prices and not copied.row.is_open
    assert [each.amount for each in copied.prices.prices] == [each.amount for each in before.prices.prices]
    assert newest(acted, "Säsong 7") == before


def test_a_network_is_founded_with_its_rule_and_leads_to_its_first_season(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/networks/new")
    assert admin.send(page, "name", name="").says("Fyll i namnet.")
    page = admin.send(page, "name", name="Ekonomichefer", ground=["member"], sector=["state"], managers_only="yes")
    assert page.says("Nätverket är startat.", "Ny säsong", "Ekonomichefer")
    made = acted.institute
    founded = next(each for each in made.services.programme.networks(made.organiser) if each.name == "Ekonomichefer")
    assert founded.admission == Admission((Ground.MEMBER,), (Sector.STATE,), managers_only=True)


def test_the_list_of_seasons_is_the_admins(acted: Stage) -> None:
    assert acted.browser("admin").open(f"/{SLUG}/seasons").says("Säsong 7", "0 av 20", "kopiera")
    for address in (f"/{SLUG}/seasons", NEW, f"/{SLUG}/networks/new"):
        assert acted.browser("anna").open(address).status == 403


def test_new_prices_and_terms_hold_for_later_bookings(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "PO 1")
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    page = admin.open(f"/{SLUG}/seasons/{acted.conference}/prices")
    form = page.form("p_amount")
    assert form["p_amount"] == ["12000", "6000"] and form["t_until"] == ["2026-11-30", "2027-01-02"]
    wrong = admin.send(page, "p_amount", do="save", p_amount=["", ""])
    assert wrong.status == 422 and 'id="p_amount-1-problem"' in wrong.html
    page = admin.send(
        page, "p_amount", do="save", p_amount=["13 000", "7000"], p_for=["everyone", "member"], t_until=["2026-12-31"],
        t_kept=["25"],
    )  # fmt: skip
    assert page.says("Priser och villkor är sparade")
    view = newest(acted, "Lära och förändra tillsammans")
    assert view.prices and [each.amount.amount for each in view.prices.prices] == [13_000_00, 7_000_00]
    assert view.terms and [tier.kept for tier in view.terms.tiers] == [2_500, 10_000]
    assert made.services.booking_questions.one(made.admin, booking).gross == 7_500_00


def test_an_admin_admits_somebody_whom_the_rule_leaves_out(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    address = f"/{SLUG}/networks/{network_of(acted, acted.network)}/admission"
    page = admin.open(f"{address}?q=bertil")
    assert page.says("För chefer i staten", "Bertil", "specialist, Acme AB")
    assert admin.send(page, "reason", do="admit", reason="").says("Fyll i skälet.")
    with pytest.raises(NotAdmitted):
        made.services.bookings.make(made.acting(acted.bertil), MakeBooking(acted.network, (Participant(),), made.acme))
    assert admin.send(page, "reason", do="admit", reason="Känd sedan länge.").says("Personen får boka i nätverket.")
    booked = MakeBooking(acted.network, (Participant(acted.bertil),), made.acme, "PO 2")
    made.services.bookings.make(made.acting(acted.bertil), booked)
    made.catch_up()
    assert made.services.booking_questions.mine(made.acting(acted.bertil)).items


def test_a_copy_keeps_the_rule_the_people_and_the_programme_that_the_table_does_not_show(acted: Stage) -> None:
    """3.4, on the page: nothing is typed anew but the title; one meeting is moved by hand, its programme with it."""
    made, admin = acted.institute, acted.browser("admin")
    rule = Admission((Ground.MEMBER,), (Sector.STATE,), managers_only=True)
    before = made.services.programme.season(made.admin, acted.network)
    days = (full_day("Att börja", 2026, 11, 25), full_day("Att sluta", 2027, 1, 27))
    points = tuple(
        ProgrammeItem(stockholm(f"2026-11-25 {start}"), stockholm(f"2026-11-25 {end}"), "Samtal", (acted.anna,))
        for start, end in (("09:00", "10:30"), ("10:30", "12:00"))
    )
    command = PlanSeason(
        before.row.network_id, "Egen regel", 12, meetings=(replace(days[0], programme=points), days[1]),
        prices=before.prices, terms=before.terms, admission=rule, language="en", leaders=(acted.anna,),
        contacts=(acted.anna,),
    )  # fmt: skip
    season = made.services.seasons.plan(made.admin, command).answer.season_id
    made.catch_up()

    page = admin.open(f"{NEW}?copy={season}")
    assert page.says("regeln för vem som får vara med", "samtalsledare")
    assert page.form("m_title")["m_on"] == ["2027-11-24", "2028-01-26", ""]
    done = admin.send(
        page, "m_title", do="save", title="Egen regel igen", m_on=["2027-12-01", "2028-01-26", ""],
        network=str(before.row.network_id), p_for=["everyone", "member"],
    )  # fmt: skip

    assert done.says("Säsongen är planerad.")
    copied = newest(acted, "Egen regel igen")
    assert (copied.admission, copied.row.language, copied.row.seats) == (rule, "en", 12)
    assert [each.person_id for each in (*copied.leaders, *copied.contacts)] == [acted.anna, acted.anna]
    assert [(each.start_at, each.speakers) for each in copied.meetings[0].programme] == [
        (stockholm("2027-12-01 09:00"), (acted.anna,)), (stockholm("2027-12-01 10:30"), (acted.anna,)),
    ]  # fmt: skip
    assert copied.prices and before.prices and copied.terms and before.terms
    assert [each.amount for each in copied.prices.prices] == [each.amount for each in before.prices.prices]


def test_a_list_of_several_sizes_and_terms_with_an_hour_go_through_the_table_unchanged(acted: Stage) -> None:
    """3.5, 3.7: what the table is filled with is what it saves; VAT, first days, sizes and shares are not lost."""
    made, admin = acted.institute, acted.browser("admin")
    prices = (
        Price(Money(20_000_00), per=Per.ORGANISATION, persons=2, extra=Money(7_000_50), from_on=date(2026, 9, 1)),
        Price(Money(27_000_00), Ground.MEMBER, Per.ORGANISATION, 3, before=date(2026, 12, 1)),
        Price(Money(100_00), per=Per.ORGANISATION, persons=2, vat=VatRate(1_200), includes_vat=True),
    )
    tiers = (Tier(date(2026, 10, 25), 0, time(2, 30)), Tier(date(2027, 1, 3), 3_333), Tier(None, 10_000))
    season = acted.conference
    made.services.seasons.agree_prices(made.admin, AgreePrices(season, prices, pro_rata=True, may_book_fewer=True))
    made.services.seasons.agree_terms(made.admin, AgreeTerms(season, tiers))
    made.catch_up()

    page = admin.open(f"/{SLUG}/seasons/{season}/prices")
    form = page.form("p_amount")
    assert (form["p_persons"], form["p_extra"]) == (["", "3", ""], ["7000,50", "", ""])
    assert (form["t_until"], form["t_at"]) == (["2026-10-25", "2027-01-02"], ["02:30", ""])
    assert form["t_kept"] == ["0", "33,33"]
    chosen = ["everyone", "member", "everyone"]  # what a browser sends of the lists it shows
    assert admin.send(page, "p_amount", do="save", p_for=chosen).says("Priser och villkor är sparade")

    view = made.services.programme.season(made.admin, season)
    assert view.prices and view.terms
    assert (view.prices.prices, view.prices.pro_rata, view.prices.may_book_fewer) == (prices, True, True)
    assert view.terms.tiers == tiers
    shown = admin.open(f"/{SLUG}/seasons/{season}")
    assert shown.says("Avbokning som kommer in före söndag 25 oktober 2026 kl. 02.30 (UTC+1): ingen kostnad.")


def test_what_cannot_be_a_size_or_an_hour_is_said_at_its_cell(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(
        admin.open(NEW), "m_title", do="save", title="Hösten", seats="20", per="organisation", persons="2",
        p_amount=["20 000", "27000"], p_persons=["två", "101"], p_extra=["gratis", ""], p_from=["2027-09-02", ""],
        p_until=["2027-09-01", ""], t_until=["2027-09-01"], t_at=["halv tre"], t_kept=["0"],
    )  # fmt: skip
    assert page.status == 422
    for cell in ("p_persons-1", "p_persons-2", "p_extra-1", "p_until-1", "t_at-1"):
        assert f'id="{cell}-problem"' in page.html, cell
    assert 'value="halv tre"' in page.html and 'value="två"' in page.html
