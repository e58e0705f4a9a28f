"""Other systems are told what happens: signed, at least once, in order for each booking (S69)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from application.access.webhook import ChangeWebhook, DeliveryState, MakeWebhook, ShownSecret, Webhooks
from application.automation.outbound import OutboundNews
from application.automation.outbound_catalogue import CATALOGUE
from application.kernel.actor import SYSTEM, Role
from application.mail.letter_desk import LetterFilter
from application.people.organiser import AppointStaff
from domain.access.webhook import Webhook
from domain.access.webhook_kind import KINDS, TEST
from domain.booking.booking import Booking
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import BookingId, PersonId, SeasonId
from infrastructure.webhooks.deliveries import PostgresDeliveries
from infrastructure.webhooks.post import Poster
from infrastructure.webhooks.sender import LONGEST, WebhookSender
from infrastructure.webhooks.signature import Secrets
from tests.receiver import Receiver, receiving
from tests.samples import Institute
from tests.scenarios.story import book, cancel, facts, hand_over

NO_ADDRESSES = (
    "http://example.org/",
    "https://",
    "ftp://example.org",
    "https://a:b@example.org/",
    "javascript:x",
    "https://example.org/#x",
    "https://exämple.org",
    "http://127.0.0.1/",
    "https://x" + "y" * 600,
)
BOOKINGS = ("booking.made", "booking.named", "booking.transferred", "booking.cancelled")


@dataclass
class Line:
    """An institute with another system that is told."""

    institute: Institute
    other: Receiver
    desk: Webhooks
    sender: WebhookSender

    def listen(self, *kinds: str) -> ShownSecret:
        """An endpoint of the other system, known to the worker."""
        made = self.desk.make(self.institute.admin, MakeWebhook(self.other.address, kinds))
        self.institute.catch_up()
        return made

    def send(self) -> None:
        """All that is due now."""
        self.institute.catch_up()
        while self.sender.turn():
            pass

    def later(self, **while_: float) -> None:
        """Time passes, and what has become due is sent."""
        self.institute.clock.pass_by(timedelta(**while_))
        self.send()

    def states(self) -> list[str]:
        return [each.state.value for each in self.desk.deliveries(self.institute.admin)]


@pytest.fixture
def line(institute: Institute) -> Iterator[Line]:
    store = institute.house.store
    desk = Webhooks(store.decisions, PostgresDeliveries(store), Secrets(store.keyring).of, may_be_here=True)
    with receiving() as other:
        sender = WebhookSender(store, Poster(may_be_here=True), desk.stop_unheard)
        yield Line(institute, other, desk, sender)


@dataclass
class Story:
    """Two bookings with a life."""

    season: SeasonId
    one: BookingId
    two: BookingId
    people: tuple[PersonId, PersonId, PersonId]


def story(institute: Institute) -> Story:
    season = institute.conference()
    anna, bertil, cecilia = (institute.person(name, institute.acme) for name in ("Anna", "Bertil", "Cecilia"))
    one = book(institute, season, institute.acme, anna).booking_id
    two = book(institute, season, institute.bolt, institute.person("Bo", institute.bolt)).booking_id
    hand_over(institute, institute.admin, one, 1, bertil)
    hand_over(institute, institute.admin, one, 1, cecilia)
    return Story(season, one, two, (anna, bertil, cecilia))


def mark(secret: str, header: str, body: bytes) -> str:
    instant = header.partition(",")[0].removeprefix("t=")
    return hmac.new(secret.encode(), instant.encode() + b"." + body, hashlib.sha256).hexdigest()


def test_a_cancellation_is_told_signed_with_an_id_and_nobodys_name(line: Line) -> None:  # S69
    told = line.listen("booking.cancelled")
    made = story(line.institute)
    cancel(line.institute, line.institute.admin, made.one)
    line.send()

    [(headers, body)], [happening] = line.other.came, line.other.taken
    assert (happening["kind"], happening["subject"]["id"]) == ("booking.cancelled", str(made.one))
    assert happening["data"]["season_id"] == str(made.season)
    assert headers["Plats-Event-Id"] == happening["event_id"]
    instant, signature = headers["Plats-Signature"].split(",")
    assert instant == f"t={int(line.institute.clock.now().timestamp())}"
    assert signature == f"v1={mark(told.secret, headers['Plats-Signature'], body)}"
    assert b"Anna" not in body and b"example.org" not in body


def test_a_receiver_that_is_down_for_a_day_gets_everything_in_order_per_booking(line: Line) -> None:  # S69
    line.listen(*BOOKINGS)
    line.other.answers = lambda _: 503
    made = story(line.institute)
    line.send()
    cancel(line.institute, line.institute.admin, made.one)
    for _ in range(24):
        line.later(hours=1)
    assert set(line.states()) == {"waiting"}

    line.other.came.clear()
    line.other.answers = lambda _: 200
    line.later(seconds=LONGEST.total_seconds())
    kinds: dict[str, list[str]] = {}
    for each in line.other.taken:
        kinds.setdefault(each["subject"]["id"], []).append(each["kind"])
    assert kinds == {
        str(made.one): ["booking.made", "booking.transferred", "booking.transferred", "booking.cancelled"],
        str(made.two): ["booking.made"],
    }
    numbers = [each["subject"]["sequence"] for each in line.other.taken if each["subject"]["id"] == str(made.one)]
    assert numbers == sorted(numbers)
    assert set(line.states()) == {"delivered"}


def test_what_is_not_taken_of_one_booking_holds_up_no_other(line: Line) -> None:
    line.listen(*BOOKINGS)
    made = story(line.institute)
    line.other.answers = lambda told: 500 if told["subject"]["id"] == str(made.one) else 200
    line.send()
    assert line.other.ids(str(made.two)) == list(dict.fromkeys(line.other.ids(str(made.two))))
    taken = [each["kind"] for each in line.other.taken if each["subject"]["id"] == str(made.one)]
    assert taken == ["booking.made"]  # what follows it waits for it


def test_one_row_for_each_event_and_endpoint_however_often_it_is_given(line: Line) -> None:
    line.listen("booking.made")
    line.desk.make(line.institute.admin, MakeWebhook(f"{line.other.address}/two", ("booking.made",)))
    line.institute.catch_up()
    story(line.institute)
    line.institute.catch_up()
    store = line.institute.house.store
    news = OutboundNews(store.decisions, PostgresDeliveries(store))
    for event in facts(line.institute):
        if type(event) in CATALOGUE:
            news.tell(event)
    assert len(line.states()) == 4  # two bookings, two endpoints


def test_killed_after_sending_it_is_sent_again_under_the_same_id(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.listen("booking.made")
    story(line.institute)
    line.institute.catch_up()

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(line.sender, "_note", killed)
        line.sender.turn()
    [first] = line.other.ids()
    line.later(minutes=2)
    assert line.other.ids().count(first) == 2
    assert set(line.states()) == {"delivered"}


def test_after_a_rotation_both_secrets_sign_for_a_day(line: Line) -> None:
    earlier = line.listen("booking.made")
    newer = line.desk.rotate(line.institute.admin, earlier.webhook_id)
    assert earlier.secret != newer.secret
    book(line.institute, line.institute.conference(), line.institute.acme, line.institute.person("Anna"))
    line.send()
    headers, body = line.other.came[-1]
    signed = headers["Plats-Signature"]
    expected = [f"v1={mark(secret, signed, body)}" for secret in (newer.secret, earlier.secret)]
    assert signed.split(",")[1:] == expected

    line.institute.clock.pass_by(timedelta(hours=25))
    book(line.institute, line.institute.conference(), line.institute.acme, line.institute.person("Bo"))
    line.send()
    headers, body = line.other.came[-1]
    signed = headers["Plats-Signature"]
    assert signed.split(",")[1:] == [f"v1={mark(newer.secret, signed, body)}"]


def test_after_three_days_it_is_put_aside_the_endpoint_stopped_and_admins_told(line: Line) -> None:
    eva = line.institute.person("Eva")
    line.institute.services.organisers.appoint(SYSTEM, AppointStaff(line.institute.organiser, eva, Role.ADMIN))
    made = line.listen("booking.made")
    line.other.answers = lambda _: 302  # who leads elsewhere has not taken it
    story(line.institute)
    line.send()
    for _ in range(74):
        line.later(hours=1)
    assert "put_aside" in line.states()
    assert all(headers["Plats-Event-Id"] for headers, _ in line.other.came)
    [row] = line.institute.services.webhook_questions.webhooks(line.institute.admin)
    assert row.stopped_for == "silent"
    letters = line.institute.services.letters.find(line.institute.admin, LetterFilter(kind="webhook_stopped"))
    assert len(letters) == 1

    line.other.came.clear()
    line.other.answers = lambda _: 200
    line.desk.resume(line.institute.admin, made.webhook_id)
    for each in line.desk.deliveries(line.institute.admin, state="put_aside"):
        line.desk.replay(line.institute.admin, each.delivery_id)
    line.send()
    assert set(line.states()) == {"delivered"}
    assert len(line.other.came) == 2


def test_an_endpoint_that_says_it_is_gone_is_stopped(line: Line) -> None:
    line.listen("booking.made")
    line.other.answers = lambda _: 410
    story(line.institute)
    line.send()
    line.later(minutes=5)
    line.later(minutes=5)
    line.institute.catch_up()
    [row] = line.institute.services.webhook_questions.webhooks(line.institute.admin)
    assert row.stopped_for == "gone"
    came = len(line.other.came)
    line.later(hours=5)
    assert len(line.other.came) == came


def test_nothing_is_kept_for_an_endpoint_that_is_stopped_or_removed(line: Line) -> None:
    made = line.listen("booking.made")
    line.desk.stop(line.institute.admin, made.webhook_id)
    line.institute.catch_up()
    story(line.institute)
    line.send()
    assert line.states() == []
    line.desk.remove(line.institute.admin, made.webhook_id)
    line.send()
    assert line.institute.services.webhook_questions.webhooks(line.institute.admin) == ()


def test_what_waits_for_a_removed_endpoint_is_told_to_nobody(line: Line) -> None:
    made = line.listen("booking.made")
    story(line.institute)
    line.institute.catch_up()
    line.desk.remove(line.institute.admin, made.webhook_id)
    line.send()
    assert (line.states(), line.other.came) == ([], [])


def test_a_test_arrives_and_other_kinds_do_not(line: Line) -> None:
    made = line.listen("invoice.issued")
    line.desk.test(line.institute.admin, made.webhook_id)
    book(line.institute, line.institute.conference(), line.institute.acme, line.institute.person("Anna"))
    line.send()
    assert sorted(each["kind"] for each in line.other.taken) == ["invoice.issued", TEST]
    [issued] = [each for each in line.other.taken if each["kind"] == "invoice.issued"]
    assert (issued["data"]["net"], issued["data"]["vat"], issued["data"]["gross"]) == (6_000_00, 1_500_00, 7_500_00)


def test_addresses_and_kinds_that_cannot_be_are_refused(line: Line) -> None:
    admin, desk = line.institute.admin, line.institute.services.webhooks
    for address in NO_ADDRESSES:
        with pytest.raises(BadValue):
            desk.make(admin, MakeWebhook(address, ("booking.made",)))
    for kinds in ((), ("booking.eaten",)):
        with pytest.raises(BadValue):
            desk.make(admin, MakeWebhook("https://example.org/", kinds))


def test_only_admins_reach_webhooks_and_never_anothers(line: Line) -> None:
    made, institute = line.listen("booking.made"), line.institute
    for nobody in (institute.finance, institute.member("Anna", institute.acme)):
        with pytest.raises(NotAllowed):
            line.desk.make(nobody, MakeWebhook(line.other.address, ("booking.made",)))
        with pytest.raises(NotAllowed):
            line.desk.deliveries(nobody)
    with pytest.raises(NotFound):
        line.desk.replay(institute.admin, UUID(int=7))
    with pytest.raises(NotFound):
        line.desk.change(institute.admin, ChangeWebhook(UUID(int=7), line.other.address, ("booking.made",)))
    changed = ChangeWebhook(made.webhook_id, line.other.address, ("booking.made", "booking.cancelled"))
    line.desk.change(institute.admin, changed)
    store = institute.house.store
    kept = store.query("select encode(state, 'escape') from event where originator_id = %s", [made.webhook_id])
    assert all(made.secret not in row[0] for row in kept)


def test_the_catalogue_is_told_whole(line: Line) -> None:
    assert {each.kind for each in CATALOGUE.values()} == set(KINDS)
    assert DeliveryState("put_aside")
    assert Booking.Made in CATALOGUE and Webhook.Made not in CATALOGUE
