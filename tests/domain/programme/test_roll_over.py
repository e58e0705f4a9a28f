"""A season again: every fact of it is copied, moved or decided anew, and none is left out unseen."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time, timedelta
from uuid import UUID

from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import MeetingId, NetworkId, SeasonId
from domain.kernel.image import Image
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import VAT_12
from domain.people.admission import Admission
from domain.programme.meeting import Format, Material, Meeting, Place, ProgrammeItem, Readers
from domain.programme.meeting_time import instant_of, scheduled
from domain.programme.price import Per, Price, PriceList
from domain.programme.roll_over import MEETING, SeasonDraft, follow, roll_over
from domain.programme.season import PLANNED_AGAIN, Fate, Particulars, Season, plan
from domain.programme.season_images import ImageUse, SeasonImage
from tests.domain.vocabulary import ANNA, BERTIL, BO, CECILIA, ORGANISER, kronor, wall

HELSINKI = "Europe/Helsinki"
FIRST = MeetingId(UUID(int=71))
YEAR = timedelta(days=364)
PRICES = (
    Price(kronor(20_000), None, Per.ORGANISATION, 2, VAT_12, True, date(2026, 9, 1), date(2026, 10, 1), kronor(7_000)),
    Price(kronor(27_000), Ground.MEMBER, Per.ORGANISATION, 3, VAT_12, True, date(2026, 9, 1), date(2026, 12, 1)),
)
TIERS = (Tier(date(2026, 10, 25), 0, time(2, 30)), Tier(date(2026, 12, 1), 3_333), Tier(None, 10_000))


def furnished() -> Season:
    """A season of which nothing is as it is when nobody has decided it."""
    rule = Admission((Ground.MEMBER,), (Sector.STATE,), (Sector.REGION,), managers_only=True)
    said = Particulars(promise="Mod", zone=HELSINKI, language="en")
    season = plan(SeasonId(UUID(int=31)), ORGANISER, NetworkId(UUID(int=61)), "Hösten", rule, said)
    day = scheduled(wall("2026-11-26 09:00"), wall("2026-11-26 16:00"), HELSINKI)
    season.plan_meeting(FIRST, "Att börja", day, Place(Format.HYBRID, "Rådhuset", "https://meet.example/1"))
    points = tuple(
        ProgrammeItem(
            instant_of(wall(f"2026-11-26 {start}"), HELSINKI), instant_of(wall(f"2026-11-26 {end}"), HELSINKI), of, who
        )
        for start, end, of, who in (("09:00", "10:30", "Mod", (BO,)), ("10:30", "12:00", "Samtal", (BO, CECILIA)))
    )
    season.publish_programme(FIRST, points)
    season.name_leaders((ANNA,), (BERTIL, CECILIA))
    season.agree_prices(PriceList(0, PRICES, pro_rata=True, may_book_fewer=True))
    season.agree_terms(Terms(0, TIERS, HELSINKI, fee_outside_vat=True))
    season.choose_image(SeasonImage(ImageUse.SEASON, "", Image("f" * 64, 640, 400, "Rummet")))
    season.publish_material(Material(UUID(int=81), FIRST, "Bilder", "https://example.org/1", Readers.PARTICIPANTS))
    season.open_booking(date(2026, 11, 1), date(2026, 9, 1))
    season.hold_meeting(FIRST, date(2026, 11, 26))
    return season


def test_every_fact_of_a_season_and_of_its_meetings_has_its_fate() -> None:
    """A fact that is added to a season must be decided on here too."""
    own = {name for name in vars(furnished()) if not name.startswith("_")} - {"id"}

    assert own == set(PLANNED_AGAIN)
    assert {each.name for each in fields(Meeting)} == set(MEETING)


def test_what_is_copied_is_as_it_was() -> None:
    """3.4: also the rule of admission that is the season's own, who leads it, and whom to ask."""
    season, draft = furnished(), roll_over(furnished())
    proposed = {each.name for each in fields(SeasonDraft)}
    copied = {
        name
        for name, fate in PLANNED_AGAIN.items()
        if fate is Fate.COPIED and name not in ("organiser_id", "network_id")
    }

    assert proposed == copied | {name for name, fate in PLANNED_AGAIN.items() if fate is Fate.MOVED}
    assert {name: getattr(draft, name) for name in copied} == {name: getattr(season, name) for name in copied}


def test_prices_keep_everything_but_their_days() -> None:
    prices, before = roll_over(furnished()).prices, furnished().prices
    assert prices is not None and before is not None
    moved = {"version": 0, "prices": prices.prices}
    assert [getattr(prices, each.name) for each in fields(PriceList)] == [
        moved.get(each.name, getattr(before, each.name)) for each in fields(PriceList)
    ]
    for new, old in zip(prices.prices, before.prices, strict=True):
        for each in fields(Price):
            was = getattr(old, each.name)
            assert getattr(new, each.name) == (was + YEAR if isinstance(was, date) else was), each.name


def test_terms_keep_everything_but_their_days_and_the_hour_stays() -> None:
    terms, before = roll_over(furnished()).terms, furnished().terms
    assert terms is not None and before is not None
    assert (terms.zone, terms.fee_outside_vat) == (before.zone, before.fee_outside_vat) == (HELSINKI, True)
    assert [(tier.before, tier.kept, tier.at) for tier in terms.tiers] == [
        (tier.before and tier.before + YEAR, tier.kept, tier.at) for tier in before.tiers
    ]


def test_a_meeting_keeps_its_outline_with_its_speakers_at_the_same_hours() -> None:
    [meeting] = roll_over(furnished()).meetings

    assert (meeting.title, meeting.place, meeting.like) == ("Att börja", Place(Format.HYBRID, "Rådhuset"), FIRST)
    assert meeting.time == scheduled(wall("2027-11-25 09:00"), wall("2027-11-25 16:00"), HELSINKI)
    assert [(item.start_at, item.title, item.speakers) for item in meeting.programme] == [
        (instant_of(wall("2027-11-25 09:00"), HELSINKI), "Mod", (BO,)),
        (instant_of(wall("2027-11-25 10:30"), HELSINKI), "Samtal", (BO, CECILIA)),
    ]


def test_hours_stay_where_the_clock_is_moved_in_between() -> None:
    """From the week before the change to the week after it: nine o'clock stays nine o'clock."""
    [meeting] = roll_over(furnished(), 364).meetings
    [earlier, _] = follow(meeting.programme, timedelta(days=-40), HELSINKI)

    assert earlier.start_at == instant_of(wall("2027-10-16 09:00"), HELSINKI)
    [skipped] = follow((_point("2027-03-27 03:10", "2027-03-27 03:40"),), timedelta(days=1), HELSINKI)
    assert skipped.end_at > skipped.start_at == datetime.fromisoformat("2027-03-28T01:00:00+00:00")


def _point(start: str, end: str) -> ProgrammeItem:
    return ProgrammeItem(instant_of(wall(start), HELSINKI), instant_of(wall(end), HELSINKI), "Natt")
