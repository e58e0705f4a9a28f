"""Every kind of page once, with something on it, and who reads it: what a browser and axe are led through."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from application.access.webhook import MakeWebhook
from application.billing.queries.invoice import DocumentFilter
from application.booking.application import Apply
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.first_refusal import OfferFirstRefusal
from application.booking.introduction import Introduce
from application.booking.opening_request import AskToBeTold
from application.booking.purchase import MakePurchase
from application.booking.queue_request import AskToQueue
from application.booking.registration import Register
from application.booking.transfer_proposal import ProposeTransfer
from application.booking.unconfirmed import MailedLink
from application.booking.waiting_list import JoinWaitingList
from application.kernel.actor import SYSTEM, Role, stranger
from application.kernel.ports import CommandContext, UnitOfWork
from application.learning.answer import GiveAnswer
from application.learning.learning import AskHopes, PublishInsights, WriteInsight
from application.learning.round import OpenRound
from application.learning.topic import ProposeTopic
from application.notifications.mailing import WriteMailing
from application.payments.checkout import CheckoutRef
from application.people.participant import Participant
from application.people.person import RequestErasure
from application.programme.publication import AgreeOpenness
from application.programme.roll_over import CopySeason
from application.programme.season import OpenBooking, PlanSeason
from domain.kernel.ids import BookingId, MeetingId, NetworkId, PersonId, SeasonId, TransferId
from domain.kernel.money import Money
from domain.kernel.vat import VatKind
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from domain.mail.mailing import Audience, AudienceKind
from domain.payments.checkout import Checkout
from infrastructure.keys.signed_links import InvitationLinks
from tests.samples import full_day
from tests.scenarios.story import FREE
from tests.strangers import links_of
from tests.web.sold_abroad import sold_abroad
from tests.web.stage import SLUG, Stage
from web.reports.catalogue import REPORTS


def pages_of(acted: Stage) -> dict[str, str]:
    """Every kind of page once, with something on it, and who reads it."""
    made = acted.institute
    sold_abroad(made)
    acted.tokens["system"] = made.services.tokens.make("system", None, frozenset(), is_system=True)
    season = made.conference(seats=40)
    names = [made.person(name, made.acme) for name in ("Åsa", "Örjan", "Ylva")]
    command = MakeBooking(season, (*map(Participant, names), Participant()), made.acme, "PO 1")
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    request = RequestCancellation(booking, (4,), plea=made.dress("Sjukdom."))
    made.services.cancellations.request(made.acting(acted.anna), request)
    made.services.people.request_erasure(made.acting(acted.bertil), RequestErasure(acted.bertil))
    full = turn_of(acted, acted.bertil)
    made.catch_up()
    document = made.services.booking_questions.one(made.admin, booking)
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    at = f"/{SLUG}/bookings/{booking}"
    invoice = next(
        each.document_id
        for each in made.services.invoice_questions.list(made.finance, DocumentFilter()).items
        if each.source_id == document.booking_id
    )
    told = a_webhook(acted)
    return {
        "/": "", "/sign-in": "", f"/sign-in/{acted.tokens['anna']}": "", f"/{SLUG}": "", "/nowhere": "",
        f"/{SLUG}/seasons/{season}": "", f"/{SLUG}/seasons/{acted.network}": "bertil", f"/{SLUG}/goods/{goods}": "",
        f"/{SLUG}/bookings": "anna", at: "anna", f"{at}/cancel": "anna", f"{at}/seats/4/name": "anna",
        f"{at}/seats/1/transfer": "admin", f"/{SLUG}/invoices": "finance", f"/{SLUG}/payments": "finance",
        f"/{SLUG}/payments/rules": "finance", f"/{SLUG}/invoices/{invoice}/card": "anna",
        f"/{SLUG}/invoices/{invoice}": "finance",
        f"/{SLUG}/invoices/sums": "finance", f"/{SLUG}/dispatch": "admin",
        f"/{SLUG}/seasons/{season}/roster": "admin", f"/{SLUG}/desk": "admin",
        f"/{SLUG}/seasons/{acted.network}/run": "admin", f"/{SLUG}/people": "admin", f"/{SLUG}/organisations": "admin",
        f"/{SLUG}/organisations/{made.acme}": "admin", f"/{SLUG}/seasons/{season}/call-off": "admin",
        f"/{SLUG}/seasons/{full}": "bertil", f"/{SLUG}/seasons/{full}/roster": "admin",
        f"/{SLUG}/seasons/{season}?q=bertil": "admin", f"/{SLUG}/seasons/{season}?for={acted.bertil}": "admin",
        f"/{SLUG}/seasons": "admin", f"/{SLUG}/seasons/new": "admin",
        f"/{SLUG}/seasons/new?copy={acted.network}": "admin", f"/{SLUG}/networks/new": "admin",
        f"/{SLUG}/seasons/{season}/meetings": "admin", f"/{SLUG}/seasons/{season}/change?q=an": "admin",
        f"/{SLUG}/goods/{goods}/change": "admin", f"/{SLUG}/goods/{goods}/history": "admin",
        f"/{SLUG}/networks/{_network(acted)}/change": "admin", f"/{SLUG}/networks/{_network(acted)}": "",
        f"/{SLUG}/networks/{_network(acted)}/history": "admin", **_parts_of_a_season(acted),
        f"/{SLUG}/seasons/{season}/publication": "admin", f"/{SLUG}/seasons/{season}/goods": "admin",
        f"/{SLUG}/seasons/{season}/prices": "admin", f"/{SLUG}/start": "admin",
        f"/{SLUG}/seasons/{season}/terms-trial?t_after=100&t_until=2026-12-01&t_kept=50": "finance",
        f"/{SLUG}/seasons/{season}/badges": "admin", **_doors(acted, season),
        **learning_pages(acted, season, booking),
        f"/{SLUG}/seasons/{_offered(acted, season)}/first-refusal": "admin",
        f"/{SLUG}/seasons/{season}/images": "admin", f"/{SLUG}/people/{acted.anna}/face": "anna",
        f"/{SLUG}/seasons/{season}/catering": "admin", f"/{SLUG}/seasons/{season}/coming": "admin",
        f"/{SLUG}/seasons/{acted.network}/meetings/{_meeting(acted, acted.network, -1)}/coming": "admin",
        f"{at}/meetings/{_meeting(acted, season, 0)}": "anna", **_elsewhere(acted),
        f"/{SLUG}/people/{acted.anna}/needs": "anna",
        f"/{SLUG}/people/{acted.anna}/presentation": "anna", **_among_participants(acted),
        f"/{SLUG}/people/{acted.anna}/invitations": "anna", f"/{SLUG}/invitations/{_invited(acted)}": "",
        f"/{SLUG}?past=yes": "", f"/{SLUG}/seasons/{season}/registered": "", f"/{SLUG}/calendar": "anna",
        f"/{SLUG}/seasons/{season}/embed": "admin", f"/embed/{SLUG}/{season}": "", f"{at}?done=booked": "anna",
        f"/{SLUG}/people/new": "admin", f"/{SLUG}/people/{acted.bertil}/work": "admin",
        f"/{SLUG}/people/{acted.anna}/details": "anna",
        f"/{SLUG}/people/{acted.bertil}/merge?into={acted.anna}": "admin",
        f"/{SLUG}/organisations/new": "admin", f"/{SLUG}/organisations/{made.acme}/change?q=an": "admin",
        f"/{SLUG}/memberships/{made.acme}": "admin", f"/{SLUG}/organiser?q=an": "admin",
        f"/{SLUG}/people?at={made.acme}": "admin", f"/{SLUG}/networks/{_network(acted)}/admission?q=an": "admin",
        f"/{SLUG}/me": "anna", f"/{SLUG}/people/{acted.bertil}": "admin", f"/{SLUG}/erasures": "admin",
        f"{at}/history": "anna", f"/{SLUG}/invoices/{invoice}/history": "finance",
        f"/{SLUG}/seasons/{season}/history": "admin", f"/{SLUG}/organisations/{made.acme}/history": "admin",
        f"/{SLUG}/people/{acted.anna}/history": "anna", f"/{SLUG}/seasons/{season}/material": "admin",
        f"/{SLUG}/transfers/{_proposed(acted, booking)}": "cecilia",
        f"/{SLUG}/invoices/{invoice}/credit": "finance", f"/{SLUG}/invoices/{invoice}/interest": "finance",
        f"/{SLUG}/invoices/{invoice}/compensation": "finance",
        f"/{SLUG}/invoices?q=1500": "finance",
        f"/{SLUG}/finance": "finance", f"/{SLUG}/reports/seasons/{season}": "finance",
        f"/{SLUG}/bookkeeping": "finance", f"/{SLUG}/bookkeeping/accounts": "finance",
        f"/{SLUG}/bookkeeping/years": "finance", f"/{SLUG}/bookkeeping/codes": "finance",
        f"/{SLUG}/bookkeeping/closings": "finance",
        f"/{SLUG}/bookkeeping/vat": "finance", f"/{SLUG}/bookkeeping/vat?on=2026-09-01": "finance",
        **{f"/{SLUG}/reports/vat-documents?rate=0&kind={kind}": "finance" for kind in VatKind},
        **{f"/{SLUG}/reports/{report}": "finance" for report in REPORTS},
        f"/{SLUG}/holds/{_held(acted)}": "anna", f"/{SLUG}/payments/{_nobody_s(acted)}": "finance", "/start": "system",
        f"/{SLUG}/confirm/{acted.anna}/0123456789": "", f"/{SLUG}/sign-in/{acted.tokens['anna']}": "",
        f"/{SLUG}/sign-in": "", f"/{SLUG}/links": "", "/links": "",
        f"{at}/people/{acted.anna}/needs": "anna", f"{at}/invoices/{invoice}": "anna",
        f"{at}/invoices/{invoice}/card": "anna",
        f"/{SLUG}/sign-ins": "anna",
        f"{at}/tickets": "anna",
        **_line(acted, full),
        **_asked_by_strangers(acted, season, goods), f"/{SLUG}/registration-rules": "admin",
        f"/{SLUG}/safeguard": "admin", f"/{SLUG}/letters": "admin", f"/{SLUG}/letters/rules": "admin",
        f"/{SLUG}/seasons/{season}/reminders": "admin",
        f"/{SLUG}/letters/words/booked": "admin", f"/{SLUG}/seasons/{season}/words/coming": "admin",
        f"/{SLUG}/tokens": "admin", f"/{SLUG}/webhooks": "admin", f"/{SLUG}/webhooks/{told}": "admin",
        f"/{SLUG}/trail": "admin",
        f"/{SLUG}/mailings": "admin",
        f"/{SLUG}/mailings/{_mailing(acted, season)}": "admin",
        f"/{SLUG}/letters/{made.services.letters.list(made.admin)[0].letter_id}": "admin",
    }  # fmt: skip


def _asked_by_strangers(acted: Stage, season: SeasonId, goods: UUID) -> dict[str, str]:
    """A registration and an order by somebody who has not confirmed them, and what they are told meanwhile."""
    made, nobody = acted.institute, stranger(acted.institute.organiser)
    address = made.dress("Gatan 1, 111 11 Byn")
    typed = Register(season, made.dress("Ronja"), "ronja@example.org", (Participant(),), address=address)
    made.services.registrations.register(nobody, typed)
    registration_id, code = links_of(made, "ronja@example.org")[0]
    made.services.orders.place(nobody, MakePurchase(goods, 2, address, made.dress("Birk"), "birk@example.org"))
    order_id, its_code = links_of(made, "birk@example.org")[0]
    at = f"/{SLUG}/registrations/{registration_id}/{code}"
    request_id, the_code = _asked_to_queue(acted)
    return {
        at: "", f"/{SLUG}/orders/{order_id}/{its_code}": "", f"/{SLUG}/goods/{goods}/ordered": "", **_applied(acted),
        f"/{SLUG}/queue-requests/{request_id}/{the_code}": "", **_asked_to_be_told(acted),
    }  # fmt: skip


def _applied(acted: Stage) -> dict[str, str]:
    """An application that is not confirmed, one that waits at the desk, and the form."""
    made, nobody = acted.institute, stranger(acted.institute.organiser)
    again = uuid4().hex[:8]  # the stage may be led through its pages twice
    addresses = {name: f"{name.lower()}.{again}@example.org" for name in ("Tove", "Tage")}
    for name, address in addresses.items():
        typed = Apply(
            acted.network,
            made.dress("Bolaget"),
            note=made.dress("För att lära."),
            name=made.dress(name),
            email=address,
            address=made.dress("Gatan 1"),
        )
        made.services.applications.apply(nobody, typed)
    application_id, code = links_of(made, addresses["Tove"])[0]
    made.services.applications.confirm(nobody, MailedLink(*links_of(made, addresses["Tage"])[0]))
    made.catch_up()
    at = f"/{SLUG}/seasons/{acted.network}"
    return {f"{at}/apply": "", f"{at}/applied": "", f"/{SLUG}/applications/{application_id}/{code}": ""}


def _among_participants(acted: Stage) -> dict[str, str]:
    """A season whose participants may see each other, and where one of them is seen."""
    made, acting = acted.institute, acted.institute.acting(acted.anna)
    season = made.conference(seats=4)
    made.services.publications.agree_openness(made.admin, AgreeOpenness(season, True, True))
    made.services.bookings.make(acting, MakeBooking(season, (Participant(acted.anna),), made.acme))
    made.services.fellow_introductions.introduce(acting, Introduce(season, made.dress("Leder om."), True, True))
    return {f"/{SLUG}/seasons/{season}/introduction": "anna", f"/{SLUG}/seasons/{season}?seen": "anna"}


def _asked_to_queue(acted: Stage) -> tuple[UUID, str]:
    """A stranger who wants to stand in line, and has not confirmed it."""
    made, nobody = acted.institute, stranger(acted.institute.organiser)
    season = made.conference(seats=1)
    made.services.bookings.make(made.acting(acted.anna), MakeBooking(season, (Participant(),), made.acme))
    made.services.queue_requests.ask(nobody, AskToQueue(season, made.dress("Mattis"), "mattis@example.org"))
    return links_of(made, "mattis@example.org")[0]


def _asked_to_be_told(acted: Stage) -> dict[str, str]:
    """Two strangers who want to know when booking opens, one of whom has confirmed; and where it is asked for."""
    made, nobody = acted.institute, stranger(acted.institute.organiser)
    plan = PlanSeason(
        NetworkId(_network(acted)), made.dress("Nästa"), 9, meetings=(full_day("Dagen", 2027, 10, 1),), prices=FREE
    )
    season, again = made.services.seasons.plan(made.admin, plan).answer.season_id, uuid4().hex[:8]
    links = []
    for address in (f"lovis.{again}@example.org", f"malin.{again}@example.org"):
        made.services.opening_requests.ask(nobody, AskToBeTold(made.dress("Lovis"), address, season_id=season))
        links.append(links_of(made, address)[0])
    made.services.opening_requests.confirm(nobody, MailedLink(*links[0]))
    made.catch_up()
    network = f"/{SLUG}/networks/{_network(acted)}/tell-me"
    pages = [f"/{SLUG}/opening-requests/{request_id}/{code}" for request_id, code in links]
    return {**dict.fromkeys(pages, ""), f"/{SLUG}/seasons/{season}/tell-me": "", network: ""}


def _line(acted: Stage, season: SeasonId) -> dict[str, str]:
    """A seat that is offered to whoever is first in line, by its page and by the links of the letters."""
    made = acted.institute
    made.catch_up()
    [row] = made.services.seat_offer_questions.line(made.admin, season)
    at, place = f"/{SLUG}/seasons/{season}", f"/seasons/{season}/waiting-list/{row.place_id}"
    address = made.dress("bertil@example.org")
    mine, offer = (made.services.queue_links.path_for(f"{place}/{each}", row.person_id, address) for each in WAYS)
    return {
        f"{at}/waiting-list": "admin",
        f"{at}/waiting-rules": "admin",
        f"/{SLUG}/waiting-rules": "admin",
        f"{at}/queue-asked": "",
        f"/{SLUG}{place}/offer": "bertil",
        f"/{SLUG}{mine}": "",
        f"/{SLUG}{offer}": "",
    }


WAYS = ("place", "offer")


def _parts_of_a_season(acted: Stage) -> dict[str, str]:
    """A meeting and an item of material of the conference, each on a page of its own."""
    view = acted.institute.services.programme.season(acted.institute.admin, acted.conference)
    at = f"/{SLUG}/seasons/{acted.conference}"
    meeting, material = view.meetings[0].meeting_id, view.materials[0].material_id
    return {f"{at}/meetings/{meeting}?q=an": "admin", f"{at}/material/{material}": "admin"}


def turn_of(acted: Stage, person: PersonId) -> SeasonId:
    """A season that was full, where somebody waits for a seat that has become free."""
    made = acted.institute
    season = made.conference(seats=1)
    book = MakeBooking(season, (Participant(),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), book).answer.booking_id
    made.services.waiting_lists.join(made.acting(person), JoinWaitingList(season, 1))
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    return season


def _offered(acted: Stage, season: SeasonId) -> SeasonId:
    """The season again, where seats are kept for those who sit in this one."""
    made = acted.institute
    again = made.services.roll_overs.copy(made.admin, CopySeason(season, made.dress("Igen"))).answer.season_id
    command = OfferFirstRefusal(again, season, made.clock.instant.date() + timedelta(days=30))
    made.services.first_refusals.offer(made.admin, command)
    made.catch_up()
    return again


def _invited(acted: Stage) -> str:
    """What stands in the link by which somebody says no to invitations."""
    return InvitationLinks(acted.institute.house.store.keyring).token_for(acted.anna)


def _held(acted: Stage) -> UUID:
    """Seats that Anna was going to pay for by card."""
    made = acted.institute
    season = made.conference(seats=40)

    def decide(work: UnitOfWork) -> CheckoutRef:
        held = Checkout(
            id=work.new_id(),
            organiser_id=made.organiser,
            invoice_id=None,
            amount=Money(15_000_00),
            opened_at=work.now,
            season_id=season,
            person_id=acted.anna,
            participants=(acted.anna,),
        )
        work.add(held)
        return CheckoutRef(held.id)

    checkout_id = made.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide).answer.checkout_id
    made.catch_up()
    return checkout_id


def _nobody_s(acted: Stage) -> UUID:
    """A payment that belongs nowhere yet."""
    made = acted.institute
    made.services.bank.import_file(made.finance, b"Datum;Belopp\r\n2026-08-30;50,00\r\n")
    made.catch_up()
    return made.services.payment_questions.suspense(made.finance)[0].payment_id


def _elsewhere(acted: Stage) -> dict[str, str]:
    """A seat of Anna's that may move to another city, and that city's page as she sees it."""
    made = acted.institute
    network = made.network("Öppet Forum")
    cities = [
        made.services.seasons.plan(
            made.admin,
            PlanSeason(
                network,
                made.dress(f"Ort {no}"),
                9,
                meetings=(full_day("Dagen", 2027, 4, no),),
                prices=FREE,
                content="Samma sak",
            ),
        ).answer.season_id
        for no in (1, 2)
    ]
    for each in cities:
        made.services.seasons.open_booking(made.admin, OpenBooking(each))
    command = MakeBooking(cities[0], (Participant(acted.anna),), made.acme)
    booking = made.services.bookings.make(made.admin, command).answer.booking_id
    sessions = f"/{SLUG}/networks/{network}/sessions"
    move = f"/{SLUG}/bookings/{booking}/seats/1/move"
    return {move: "anna", sessions: "anna", f"/{SLUG}/seasons/{cities[1]}": "anna"}


def _meeting(acted: Stage, season: SeasonId, no: int) -> UUID:
    """A meeting of a season, counted from 0."""
    return acted.institute.services.programme.season(acted.institute.admin, season).meetings[no].meeting_id


def _mailing(acted: Stage, season: SeasonId) -> UUID:
    """A letter to those who sit in a season, not sent yet. Braces name facts there, and others are refused."""
    made = acted.institute
    subject, text = (made.dress(each).replace("{", "").replace("}", "") for each in ("Nytt rum", "Vi ses."))
    command = WriteMailing(Audience(AudienceKind.PARTICIPANTS, season), subject[:120], text)
    mailing_id = made.services.mailings.write(made.admin, command).answer.mailing_id
    made.catch_up()
    return mailing_id


def _network(acted: Stage) -> UUID:
    """The public network."""
    return acted.institute.services.programme.season(acted.institute.admin, acted.network).row.network_id


def _proposed(acted: Stage, booking: BookingId) -> TransferId:
    """A seat that Cecilia is asked to take over."""
    to = Participant(name=acted.institute.dress("Cecilia"), email="cecilia@example.org")
    command = ProposeTransfer(booking, 1, to, acted.institute.dress("Nytt arbete"))
    transfer = acted.institute.services.transfers.propose(acted.institute.admin, command).answer.transfer_id
    acted.institute.catch_up()
    return transfer


def learning_pages(acted: Stage, season: SeasonId, booking: BookingId) -> dict[str, str]:
    """What is learnt in a season: asked, answered, published; on the desk, in the room, and as its people read it."""
    made = acted.institute
    admin, services, meeting = made.admin, made.services, meetings_of(acted, season)[0]
    services.rounds.open(admin, OpenRound(season, meeting, made.dress("Att leda")))
    services.learnings.ask_hopes(admin, AskHopes(season, made.clock.now() + timedelta(days=5)))
    services.learnings.write_insight(admin, WriteInsight(season, made.dress("Ett första steg."), meeting))
    services.learnings.publish_insights(admin, PublishInsights(season))
    people = services.rosters.of(admin, season)
    for each in people:
        if each.person_id is not None:
            texts = ((Kind.TAKE_AWAY, made.dress("Jag ringer i morgon.")),)
            answer = GiveAnswer(season, meeting, ((Column.YOU, Grade.GOOD),), texts, may_be_shown=True)
            services.answers.give(made.acting(each.person_id), answer)
    who = next(each.person_id for each in people if each.booking_id == booking and each.person_id)
    services.topics.propose(made.acting(who), ProposeTopic(season, meeting, made.dress("Att säga nej")[:200]))
    made.catch_up()
    acted.tokens["seated"] = services.tokens.make("seated", made.organiser, frozenset({Role.MEMBER}), who)
    room = services.learning_questions.of(admin, season).rounds[0].room
    at, answer_at = f"/{SLUG}/seasons/{season}", f"meetings/{meeting}/answer"
    return {
        f"{at}/guide": "admin", f"{at}/guide/texts": "admin", f"{at}/meetings/{meeting}/screen": "admin",
        f"{at}/learning": "seated", f"{at}/learning/hopes": "seated", f"{at}/{answer_at}": "seated",
        f"/{SLUG}/bookings/{booking}/learning": "seated", f"/{SLUG}/room/{room}": "", f"/{SLUG}/texts": "seated",
    }  # fmt: skip


def meetings_of(acted: Stage, season: SeasonId) -> list[MeetingId]:
    """The meetings of a season."""
    view = acted.institute.services.programme.season(acted.institute.admin, season)
    return [MeetingId(each.meeting_id) for each in view.meetings]


def _doors(acted: Stage, season: SeasonId) -> dict[str, str]:
    """The door of a meeting, for an admin; all doors of its season; and who came."""
    made = acted.institute
    made.catch_up()
    meeting = made.services.programme.season(made.admin, season).meetings[0].meeting_id
    at = f"/{SLUG}/seasons/{season}"
    return {f"{at}/meetings/{meeting}/door": "admin", f"{at}/doors": "admin", f"{at}/attendance": "admin"}


def a_webhook(acted: Stage) -> UUID:
    """Another system that is told, with something on its way."""
    desk, admin = acted.institute.services.webhooks, acted.institute.admin
    told = desk.make(admin, MakeWebhook("https://crm.example.org/plats", ("booking.made", "invoice.issued"))).webhook_id
    desk.test(admin, told)
    acted.institute.catch_up()
    return told
