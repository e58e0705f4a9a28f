"""What is asked of the tables of organisers, networks and seasons, in SQL."""

from __future__ import annotations

from dataclasses import fields

from application.programme.queries.season_view import SeasonRow
from infrastructure.read_models.kernel.query import SAME
from infrastructure.read_models.programme.season_filter import OPEN

ORGANISERS = """
select organiser_id, name, slug, org_number, vat_number, address, bankgiro, payment_days, currency, zone,
sites::text as sites, logo, hue, email from programme.organiser"""

NETWORKS = """
select n.network_id, n.organiser_id, n.name, n.kind, n.promise, n.admission::text as admission, n.is_closed, array(
    select o.name from people.organisation o where o.organisation_id::text in (
        select jsonb_array_elements_text(n.partners)) order by o.sort_key, o.organisation_id) as partner_names, array(
    select o.organisation_id from people.organisation o where o.organisation_id::text in (
        select jsonb_array_elements_text(n.partners)) order by o.sort_key, o.organisation_id) as their_ids
from programme.network n"""

_HELD = "(select sum(h.seats) from season.hold h where h.seating_id = t.seating_id and h.until > %s)"

_HELD_FOR_LINE = """coalesce((select sum(h.seats) from season.hold h join roster.waiting w on w.place_id = h.hold_id
    where h.seating_id = t.seating_id and h.until > %s), 0)"""

_LEFT = f"(t.seats - t.taken - coalesce({_HELD}, 0))"

_IS_PROMISED = f"""t.waiting > 0 and exists (
    select 1 from roster.waiting w left join season.hold h on h.hold_id = w.place_id and h.until > %s
    where w.seating_id = t.seating_id and w.seats - coalesce(h.seats, 0) between 1 and {_LEFT})"""  # noqa: S608 # no input
"""As `Seating.is_promised` says: somebody waits who lacks no more seats than are free."""

_TOLD = {
    **{each.name: f"s.{each.name}" for each in fields(SeasonRow) if each.name not in ("price", "has_other_prices")},
    "network": "n.name",
    "kind": "n.kind",
    "is_open": OPEN,
    "seats": "t.seats",
    "left": f"{_LEFT}::bigint",
    "bookable": f"(case when {_IS_PROMISED} then 0 else {_LEFT} end)::bigint",
    "offered": f"({_HELD_FOR_LINE} + case when {_IS_PROMISED} then {_LEFT} else 0 end)::bigint",
    "waiting": "t.waiting",
    "towns": "s.towns::text",
    "outline": "s.outline::text",
    "price_list": "s.prices::text",
    "asked_on": "(%s at time zone s.zone)::date",
}
"""Where each field of a row comes from."""

SEASON = f"select {', '.join(f'{source} as {name}' for name, source in _TOLD.items())}"

LISTED = f"{SEASON}, s.sorts_on, s.position"

WHOLE = f"""{SEASON},
s.admission::text, s.prices::text, s.terms::text, s.meetings::text, s.leaders::text, s.contacts::text,
s.materials::text, s.images::text, s.goods::text, s.has_opened"""

CHOSEN_BY = """
select s.organiser_id, s.network_id, n.name as network, s.towns::text as towns, s.has_online, s.is_free,
(s.outline->'months')::text as months, s.language"""

FROM_SEASONS = " from season.season s join programme.network n on n.network_id = s.network_id "

FROM = f"""{FROM_SEASONS}
join season.seating t on t.season_id = s.season_id """

HOLDS_SEAT = f"""
select 1 from booking.seat where season_id = %s and person_id = {SAME} and not is_cancelled limit 1"""  # noqa: S608 # no input

CHOSEN_ONLINE = f"""
select m.meeting_id from participation.meeting m join participation.answer a on a.participation_id = m.participation_id
join booking.seat s on s.booking_id = a.booking_id and s.no = a.seat and s.person_id = a.person_id
where m.season_id = %s and a.person_id = {SAME} and a.answer = 'online' and not s.is_cancelled"""  # noqa: S608 # no input

WITH_IMAGE = """
select visibility, images::text, meetings::text from season.season where organiser_id = %s and images @> %s::jsonb"""

DUE = """
select season_id, least(goes_public_at, opens_at) from season.season
where least(goes_public_at, opens_at) <= %s and called_off_for = '' order by 2, 1"""

PRESENTATIONS = """
select distinct on (k.same_id) k.same_id as person_id, i.words, case when i.shows_email then p.email end as email,
case when i.shows_phone then p.phone end as phone
from introduction.presentation i join people.person p on p.person_id = i.person_id and not p.is_erased
join people.known_as k on k.person_id = i.person_id
where k.same_id = any(%s::uuid[])"""
