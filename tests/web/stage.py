"""A stage for stories on the pages: an institute with two seasons on, people with keys, and browsers to act with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from application.kernel.actor import Role
from application.people.organisation import AppointContact
from application.people.organiser import GivePaymentDetails
from application.programme.goods import OfferGoods
from application.programme.material import PublishMaterial
from application.programme.meeting import PlannedMeeting, PostponeMeeting, PublishProgramme
from application.programme.price import AgreeTerms
from application.programme.season import NameLeaders, OpenBooking, PlanSeason
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import VAT_6
from domain.people.admission import Admission, JobRole
from domain.programme.meeting import Format, Place, ProgrammeItem, Readers
from domain.programme.meeting_time import TO_COME, in_month, instant_of, scheduled
from domain.programme.price import Price, PriceList
from tests.samples import Institute, furnished, kronor
from tests.web.apps import lent_app
from tests.web.page import Page

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SLUG = "institutet"
A_MOMENT = 0.02
"""How long (seconds) the follower of a served stage rests between looks."""


@dataclass
class Stage:
    """Who and what a story is about."""

    institute: Institute
    app: Flask
    conference: SeasonId
    network: SeasonId
    anna: PersonId
    bertil: PersonId
    tokens: dict[str, str] = field(default_factory=dict)

    def browser(self, who: str = "", language: str = "sv") -> Browser:
        """Somebody's browser, signed in when named: anna, bertil, cecilia, admin, finance."""
        client = self.app.test_client()
        client.set_cookie("plats_language", language)
        if who:
            client.set_cookie("plats_token", self.tokens[who])
        return Browser(self, client)


class Browser:
    """Opens pages and sends the forms that stand on them."""

    def __init__(self, stage: Stage, client: FlaskClient) -> None:
        self.stage, self.client = stage, client

    def open(self, address: str) -> Page:
        """A page, after everything that has happened has been read."""
        self.stage.institute.catch_up()
        return Page(self.client.get(address, follow_redirects=True))

    def send(self, page: Page, with_field: str, **typed: str | list[str]) -> Page:
        """Fill in the form that has the field, press a button (`do`), and see where it leads; the worker keeps up."""
        return self._post(page, page.form(with_field), typed)

    def press(self, page: Page, where: str, **typed: str | list[str]) -> Page:
        """Press a button (`do`) of the form that is sent to an address with these words in it."""
        return self._post(page, next(form for form in page.elements.forms if where in form["action"][0]), typed)

    def _post(self, page: Page, form: dict[str, list[str]], typed: Mapping[str, str | list[str]]) -> Page:
        filled = {**form}
        filled.update({name: value if isinstance(value, list) else [value] for name, value in typed.items()})
        action = (filled.pop("action")[0] or page.address).partition("#")[0]
        filled.pop("method")
        self.stage.institute.catch_up()
        answer = self.client.post(action, data=filled)
        self.stage.institute.catch_up()
        if answer.status_code == 303:
            return self.open(answer.headers["Location"])
        return Page(answer)


def at(local: str) -> datetime:
    """A local day and time."""
    return datetime.fromisoformat(local)


@contextmanager
def stage(
    database_url: str, dress: Callable[[str], str] = str, more: Mapping[str, str] | None = None
) -> Iterator[Stage]:
    """The institute with a conference and a public network, and keys for everybody; texts dressed as told.

    `more`: settings that are not the usual ones.
    """
    with furnished("stage", database_url, dress, more, _set_up) as (made, props), lent_app(made.services) as app:
        yield Stage(made, app, props.conference, props.network, props.anna, props.bertil, dict(props.tokens))


@dataclass(frozen=True)
class _Props:
    """What stands on a stage."""

    conference: SeasonId
    network: SeasonId
    anna: PersonId
    bertil: PersonId
    tokens: Mapping[str, str]


def _set_up(made: Institute) -> _Props:
    made.services.organisers.give_payment_details(
        made.admin, GivePaymentDetails(made.organiser, "Lilla gatan 2, 111 30 Stockholm", "991-2346")
    )
    anna, bertil = made.person("Anna", made.acme), made.person("Bertil", made.acme)
    cecilia = made.person("Cecilia", made.bolt)
    made.services.organisations.appoint_contact(made.admin, AppointContact(made.acme, anna))
    conference, network = _conference(made), _network(made)
    book = OfferGoods(made.dress("Boken om möten"), Money(125_00), Money(45_00), VAT_6)
    made.services.goods.offer(made.admin, book)
    make, member = made.services.tokens.make, frozenset({Role.MEMBER})
    whose = {"anna": anna, "bertil": bertil, "cecilia": cecilia}
    tokens = {name: make(name, made.organiser, member, person) for name, person in whose.items()}
    tokens["admin"] = make("admin", made.organiser, frozenset({Role.ADMIN}))
    tokens["finance"] = make("finance", made.organiser, frozenset({Role.FINANCE}))
    return _Props(conference, network, anna, bertil, tokens)


class Quiet(WSGIRequestHandler):
    """Serves without telling of each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def whole(app: WSGIApplication) -> WSGIApplication:
    """Each answer read and closed before it is sent: this server forgets to close one whose reader has gone away."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as parts:
            return [b"".join(parts)]

    return answer


@contextmanager
def served(made: Stage) -> Iterator[str]:
    """The pages on a free port of this machine, with the worker beside them, and their address."""
    server = make_server("127.0.0.1", 0, whole(made.app), threaded=True, request_handler=Quiet)
    stop = Event()
    threads = [Thread(target=server.serve_forever), Thread(target=_follow, args=(made.institute, stop))]
    for thread in threads:
        thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        stop.set()
        server.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()


def _follow(made: Institute, stop: Event) -> None:
    while not stop.wait(A_MOMENT):
        made.catch_up()


def _conference(made: Institute) -> SeasonId:
    season = made.conference(seats=3)
    tiers = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))
    made.services.seasons.agree_terms(made.admin, AgreeTerms(season, tiers))
    made.catch_up()
    meeting = made.services.programme.season(made.admin, season).meetings[0]
    speaker = made.person("Sara")
    start, end = (instant_of(at(f"2027-02-03T{hour}"), "Europe/Stockholm") for hour in ("09:00", "10:00"))
    items = (ProgrammeItem(start, end, made.dress("Att leda i förändring"), (speaker,)),)
    made.services.meetings.publish_programme(made.admin, PublishProgramme(season, meeting.meeting_id, items))
    made.services.seasons.name_leaders(made.admin, NameLeaders(season, (speaker,), (speaker,)))
    made.services.materials.publish(
        made.admin, PublishMaterial(season, made.dress("Att läsa före"), "https://example.org/a", Readers.EVERYONE)
    )
    made.services.materials.publish(made.admin, PublishMaterial(season, "Bilder", "https://example.org/b"))
    return season


def _network(made: Institute) -> SeasonId:
    """Five meetings: two dated, one postponed, one with a month alone, one to come; for public managers."""
    place = Place(Format.ON_SITE, made.dress("Konferenscentrum, Stockholm"))
    meetings = [
        PlannedMeeting(made.dress("Att börja"), scheduled(at("2026-10-28T09:30"), at("2026-10-28T12:30")), place),
        PlannedMeeting("Att pröva", scheduled(at("2026-11-26T09:30"), at("2026-11-26T12:30")), place),
        PlannedMeeting("Att välja", scheduled(at("2027-01-27T09:30"), at("2027-01-27T12:30")), place),
        PlannedMeeting("Att sluta", in_month("2027-06")),
        PlannedMeeting("Att minnas", TO_COME, Place(Format.HYBRID, "Rådhuset")),
    ]
    admission = Admission(
        sectors=(Sector.STATE, Sector.REGION, Sector.MUNICIPALITY),
        decided_sectors=(Sector.MUNICIPAL_COMPANY,),
        managers_only=True,
    )
    network = made.network("Ledarskap och förnyelse i offentlig sektor", admission)
    prices = PriceList(0, (Price(kronor(15_000)), Price(kronor(12_000), Ground.MEMBER, before=date(2026, 10, 1))), True)
    command = PlanSeason(
        network,
        made.dress("Säsong 7"),
        20,
        promise=made.dress("Fem förmiddagar med samma grupp och en fast samtalsledare."),
        meetings=tuple(meetings),
        prices=prices,
        terms=Terms(1, (Tier(date(2026, 10, 14), 0), Tier(None, 10_000))),
    )
    season = made.services.seasons.plan(made.admin, command).answer.season_id
    made.services.seasons.open_booking(made.admin, OpenBooking(season, date(2026, 12, 1)))
    made.catch_up()
    second = MeetingId(made.services.programme.season(made.admin, season).meetings[1].meeting_id)
    made.services.meetings.postpone(made.admin, PostponeMeeting(season, second, made.dress("Talaren är sjuk.")))
    town = made.organisation("Kommunen K", "212000-1124", Sector.MUNICIPALITY)
    made.person("Karin", town, JobRole.MANAGER)
    return season
