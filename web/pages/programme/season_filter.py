"""Choosing among seasons by plain links: the address says all that is chosen, and each link what it would find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for

from application.programme.queries.programme import OrganiserRow
from application.programme.queries.season_filter import Choices, SeasonFilter
from web.pages.kernel.forms import search_words
from web.pages.kernel.visit import say
from web.words.formats import month, month_name
from web.words.language import LANGUAGES

YES = "yes"
SEARCH = "q"
PARAMETERS = {
    "month": "month", "town": "town", "has_online": "online", "is_free": "free", "network_id": "network",
    "language": "held_in", "organiser_id": "organiser",
}  # fmt: skip
"""What is chosen by, and how an address says it."""
GROUPS = {
    "when": ("month",), "where": ("town", "has_online"), "price": ("is_free",), "network": ("network_id",),
    "language": ("language",), "organiser": ("organiser_id",),
}  # fmt: skip
"""Under which word the choices stand."""
FOLDED = ("organiser", "network", "language")
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Choice:
    """A link that chooses, or takes back what is chosen; `count`: how many seasons there are then."""

    words: str
    count: int
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class SeasonChoosing:
    """What the reader has chosen, and what there is to choose: links by the word they stand under.

    `hidden`: what a search carries on. `chosen`: links that take back one thing each.
    """

    wanted: SeasonFilter
    all: int
    found: int
    groups: Mapping[str, list[Choice]]
    chosen: list[Choice]
    hidden: Mapping[str, str]
    everything: str

    @property
    def folded(self) -> list[str]:
        """Which groups stand folded below the others."""
        return [group for group in FOLDED if group in self.groups]

    @property
    def is_unfolded(self) -> bool:
        """Whether something of them is chosen."""
        return any(link.is_chosen for group in self.folded for link in self.groups[group])


def seasons_wanted(organisers: tuple[OrganiserRow, ...] = ()) -> SeasonFilter:
    """What the address asks for; what cannot be is asked for too, and finds nothing."""
    asked = {name: search_words(request.args.get(word, "")) for name, word in PARAMETERS.items()}
    slugs = {each.slug: each.organiser_id for each in organisers}
    return SeasonFilter(
        month=asked["month"] or None,
        town=asked["town"] or None,
        has_online=bool(asked["has_online"]) or None,
        is_free=bool(asked["is_free"]) or None,
        network_id=_id_of(asked["network_id"]) if asked["network_id"] else None,
        language=asked["language"] or None,
        organiser_id=slugs.get(asked["organiser_id"], NOBODY) if organisers and asked["organiser_id"] else None,
        search=search_words(request.args.get(SEARCH, "")),
    )


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


@dataclass(frozen=True)
class _Menu:
    """Makes the links of what there is to choose; months before `since` (YYYY-MM) are over, and not among them."""

    wanted: SeasonFilter
    choices: Choices
    since: str
    organisers: Mapping[UUID, OrganiserRow]

    def links(self, name: str) -> list[Choice]:
        """Those of one thing: months in order, all else by how many seasons there are."""
        chosen, counts = getattr(self.wanted, name), dict(self.choices.counts[name])
        if chosen is not None:
            counts.setdefault(chosen, 0)
        shown = [value for value in counts if value and (name != "month" or value >= self.since or value == chosen)]
        if name == "month":
            return [self._link(name, value, counts[value]) for value in sorted(shown)]
        return sorted((self._link(name, value, counts[value]) for value in shown), key=lambda link: -link.count)

    def free_online(self) -> list[Choice]:
        """Two in one, for those who have chosen neither."""
        count = self.choices.free_online
        if not count or self.wanted.is_free or self.wanted.has_online:
            return []
        return [Choice(say()("season_filter.free_online"), count, _address({"free": YES, "online": YES}))]

    def _link(self, name: str, value: Any, count: int) -> Choice:
        if value == getattr(self.wanted, name):
            without = self.choices.without[name]
            return Choice(self._words(name, value), without, _address({PARAMETERS[name]: None}), is_chosen=True)
        return Choice(self._words(name, value), count, _address({PARAMETERS[name]: self._written(name, value)}))

    def _words(self, name: str, value: Any) -> str:
        match name:
            case "month":
                return _month(value, self.since)
            case "town":
                return str(value)
            case "network_id":
                return self.choices.networks.get(value) or say()("season_filter.no_such")
            case "organiser_id":
                return self.organisers[value].name if value in self.organisers else say()("season_filter.no_such")
            case "language":
                return say()(f"season_filter.in_{value}" if value in LANGUAGES else "season_filter.no_such")
            case _:
                return say()(f"season_filter.{name}")

    def _written(self, name: str, value: Any) -> str:
        if name == "organiser_id":
            return self.organisers[value].slug
        return YES if value is True else str(value)


def choosing(
    wanted: SeasonFilter, choices: Choices, since: str, organisers: tuple[OrganiserRow, ...] = ()
) -> SeasonChoosing:
    """What there is to choose, where it leaves something out; `organisers`: where it is about several of them."""
    menu = _Menu(wanted, choices, since, {each.organiser_id: each for each in organisers})
    links = {group: [link for name in names for link in menu.links(name)] for group, names in _groups(organisers)}
    links["price"] += menu.free_online()
    groups = {name: each for name, each in links.items() if any(_matters(link, choices) for link in each)}
    chosen = [link for each in groups.values() for link in each if link.is_chosen]
    if wanted.search:
        words = say()("season_filter.searched", words=wanted.search)
        chosen.append(Choice(words, choices.without["search"], _address({SEARCH: None}), is_chosen=True))
    kept, everything = _kept(but=(SEARCH,)), _address(dict.fromkeys(_said()))
    return SeasonChoosing(wanted, choices.all, choices.found, groups, chosen, kept, everything)


def _groups(organisers: tuple[OrganiserRow, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(group, names) for group, names in GROUPS.items() if organisers or group != "organiser"]


def _matters(link: Choice, choices: Choices) -> bool:
    return link.is_chosen or link.count < choices.found


def _month(value: str, since: str) -> str:
    """Its name; with the year where the same month stands nearer to `since`."""
    try:
        is_near = since <= value < f"{int(since[:4] or 0) + 1}{since[4:]}"
        return (month_name if is_near else month)(value, say().language).capitalize()
    except ValueError:
        return value


def _said() -> tuple[str, ...]:
    return (*PARAMETERS.values(), SEARCH)


def _kept(but: tuple[str, ...] = ()) -> dict[str, str]:
    """What the address says now of what is chosen, and which list it is about."""
    names = (*_said(), "past", "closed")
    said = {name: search_words(request.args.get(name, "")) for name in names if name not in but}
    return {name: words for name, words in said.items() if words}


def _address(changes: Mapping[str, str | None]) -> str:
    said: dict[str, Any] = {name: value for name, value in {**_kept(), **changes}.items() if value is not None}
    return url_for(str(request.endpoint), **said)
