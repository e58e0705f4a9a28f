"""Who takes part with somebody and has chosen to be seen: asked by those who sit there themselves."""

from __future__ import annotations

from uuid import UUID

from application.booking.queries.fellow import Fellow, FellowQuestions, Introduction
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from infrastructure.read_models.kernel.query import SAME, Shape, Tables

_SITS = f"""exists (
    select 1 from booking.seat m where m.season_id = i.season_id and not m.is_cancelled and m.person_id = {SAME})"""  # noqa: S608 # no input

_SEATED = f"""
select 1 from booking.seat where season_id = %s and not is_cancelled and person_id = {SAME} limit 1"""  # noqa: S608 # no input

_FELLOWS = f"""
select distinct on (o.sort_key, p.person_id) p.person_id, o.name as organisation, i.words, p.face,
case when i.shows_email then p.email end as email, case when i.shows_phone then p.phone end as phone
from introduction.introduction i
join season.season e on e.season_id = i.season_id and e.shows_participants and e.organiser_id = %s
join people.person p on p.person_id = i.person_id and not p.is_erased
join people.known_as k on k.person_id = i.person_id
join booking.seat s on s.season_id = i.season_id and s.person_id = k.same_id and not s.is_cancelled
left join people.organisation o on o.organisation_id = s.organisation_id
where i.season_id = %s and {_SITS} order by o.sort_key, p.person_id"""  # noqa: S608 # no input

_MINE = f"""
select true as is_shown, i.words, i.shows_email, i.shows_phone from introduction.introduction i
where i.season_id = %s and i.person_id = {SAME}"""  # noqa: S608 # no input

_FELLOW = Shape(Fellow, encrypted=("words", "email", "phone"), names={"name": "person_id"})
_INTRODUCTION = Shape(Introduction, encrypted=("words",))


class FellowTables(Tables, FellowQuestions):
    """On the introductions and the seats."""

    def of_season(self, actor: Actor, season_id: UUID) -> tuple[Fellow, ...]:
        asked = [organiser_of(actor), season_id, actor.person_id]
        return tuple(each for each in self._reader.rows(_FELLOW, _FELLOWS, asked) if each.name)

    def sits(self, actor: Actor, season_id: UUID) -> bool:
        return bool(self._reader.query(_SEATED, [season_id, actor.person_id]))

    def mine(self, actor: Actor, season_id: UUID) -> Introduction:
        found = self._reader.row(_INTRODUCTION, _MINE, [season_id, actor.person_id])
        return found or Introduction(is_shown=False)
