"""An organiser's desk in the demo: what its staff plan, said in a line each and recorded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from application.kernel.actor import SYSTEM, Actor, Role
from application.payments.payment_rules import AgreePaymentRules
from application.people.face import ShowFace
from application.people.membership import GrantMembership
from application.people.organisation import AppointContact, GiveBillingDetails, RegisterOrganisation
from application.people.organiser import (
    AppointStaff,
    ArrangeInvoicing,
    ChooseAccent,
    FoundOrganiser,
    GivePaymentDetails,
)
from application.people.person import RegisterPerson
from application.programme.image import ChooseImage
from application.programme.material import PublishMaterial
from application.programme.meeting import HoldMeeting, PlanMeeting, PlannedMeeting, PublishProgramme
from application.programme.network import FoundNetwork
from application.programme.season import NameLeaders, OpenBooking, PlanSeason
from application.services import Services
from demo import drawings
from demo.people import Names, in_address, org_number, vat_number
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import MeetingId, NetworkId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.people.admission import OPEN, Admission, JobRole
from domain.programme.meeting import ON_SITE, Place, ProgrammeItem, Readers
from domain.programme.meeting_time import MeetingTime
from domain.programme.network import NetworkKind
from domain.programme.season_images import ImageUse


@dataclass(frozen=True)
class Sketch:
    """An organiser before it is founded. `number` is the first nine digits; `names` where its people's names begin."""

    name: str
    slug: str
    number: str
    address: str
    bankgiro: str
    names: int
    hue: int = 48


@dataclass(frozen=True)
class Employer:
    """An organisation with people; the first of them is its contact. `reference` goes on its invoices."""

    name: str
    organisation_id: OrganisationId
    people: tuple[PersonId, ...]
    reference: str = ""


@dataclass
class Desk:
    """One organiser while it is loaded. Each method records one thing under a key of fixed words: twice is once."""

    services: Services
    slug: str
    organiser_id: OrganiserId
    today: date
    names: Names
    done: Callable[[str], None]
    to_pay: list[tuple[UUID, int]] = field(default_factory=list)
    hue: int = 48
    shown: set[PersonId] = field(default_factory=set)
    people_of: dict[Role, PersonId] = field(default_factory=dict)
    """The first person of each role, for whoever wants to look around."""

    @property
    def admin(self) -> Actor:
        """The organiser's administration."""
        return Actor(f"demo:{self.slug}:admin", self.organiser_id, frozenset({Role.ADMIN}))

    @property
    def finance(self) -> Actor:
        """The organiser's bookkeeping."""
        return Actor(f"demo:{self.slug}:finance", self.organiser_id, frozenset({Role.FINANCE}))

    def person_as_actor(self, person_id: PersonId) -> Actor:
        """Somebody who asks for themselves."""
        return Actor(f"demo:{person_id}", self.organiser_id, frozenset({Role.MEMBER}), person_id)

    def key(self, *words: object) -> str:
        """The idempotency key of one thing that is done."""
        return "/".join(["demo", self.slug, *map(str, words)])

    def person(self, domain: str, employer: OrganisationId | None = None) -> PersonId:
        """Somebody invented, with an address at a domain; a manager at the employer for two years and more."""
        name = self.names.draw()
        email = f"{in_address(name)}@{domain}"
        command = RegisterPerson(name, email, employer, JobRole.MANAGER, date(self.today.year - 2, 1, 1))
        return self.services.people.register(self.admin, command, self.key("person", email)).answer.person_id

    def staff(self, role: Role) -> PersonId:
        """Somebody who works at the organiser itself, with a role."""
        person_id = self.person(f"{self.slug}.example")
        appoint = AppointStaff(self.organiser_id, person_id, role)
        self.services.organisers.appoint(SYSTEM, appoint, self.key("staff", person_id, role.value))
        self.people_of.setdefault(role, person_id)
        return person_id

    def employer(
        self,
        name: str,
        number: str,
        address: str,
        people: int,
        *,
        sector: Sector = Sector.PRIVATE,
        ground: Ground | None = None,
        reference: str = "",
    ) -> Employer:
        """An organisation with people; on a ground it has the organiser's membership until the end of next year."""
        full, organisations = org_number(number), self.services.organisations
        registered = organisations.register(self.admin, RegisterOrganisation(name, full, sector), self.key("org", name))
        organisation_id = registered.answer.organisation_id
        peppol = f"0007:{full.replace('-', '')}" if reference else ""
        details = GiveBillingDetails(organisation_id, address, vat_number(full), peppol, bool(reference))
        organisations.give_billing_details(self.admin, details, self.key("billing", name))
        domain = f"{in_address(name).replace('.', '-')}.example"
        staff = tuple(self.person(domain, organisation_id) for _ in range(people))
        organisations.appoint_contact(self.admin, AppointContact(organisation_id, staff[0]), self.key("contact", name))
        if ground is not None:
            self.grant(organisation_id, ground)
        self.people_of.setdefault(Role.MEMBER, staff[0])
        return Employer(name, organisation_id, staff, reference)

    def grant(self, holder: UUID, ground: Ground) -> None:
        """A membership from the beginning of this year until the end of the next."""
        year = self.today.year
        command = GrantMembership(holder, ground, date(year, 1, 1), date(year + 1, 12, 31))
        self.services.memberships.grant(self.admin, command, self.key("membership", holder, ground.value))

    def network(self, name: str, kind: NetworkKind, promise: str, admission: Admission = OPEN) -> NetworkId:
        """A network."""
        command = FoundNetwork(name, kind, promise, admission)
        return self.services.networks.found(self.admin, command, self.key("network", name)).answer.network_id

    def season(self, command: PlanSeason) -> SeasonId:
        """A season, not yet open."""
        key = self.key("season", command.network_id, command.title)
        return self.services.seasons.plan(self.admin, command, key).answer.season_id

    def meeting(self, season_id: SeasonId, title: str, time: MeetingTime, place: Place = ON_SITE) -> MeetingId:
        """A meeting of a season."""
        command = PlanMeeting(season_id, PlannedMeeting(title, time, place))
        key = self.key("meeting", season_id, title)
        return self.services.meetings.plan(self.admin, command, key).answer.meeting_id

    def programme(self, season_id: SeasonId, meeting_id: MeetingId, *items: ProgrammeItem) -> None:
        """The points of a meeting."""
        command = PublishProgramme(season_id, meeting_id, items)
        self.services.meetings.publish_programme(self.admin, command, self.key("programme", meeting_id))

    def material(
        self,
        season_id: SeasonId,
        title: str,
        path: str,
        meeting_id: MeetingId | None = None,
        readers: Readers = Readers.PARTICIPANTS,
    ) -> None:
        """Something to read or watch at the organiser's own site."""
        command = PublishMaterial(season_id, title, f"https://{self.slug}.example/{path}", readers, meeting_id)
        self.services.materials.publish(self.admin, command, self.key("material", season_id, path))

    def held(self, season_id: SeasonId, meeting_id: MeetingId, on: date) -> None:
        """A meeting was held on a local day."""
        command = HoldMeeting(season_id, meeting_id, on)
        self.services.meetings.hold(self.admin, command, self.key("held", meeting_id))

    def led_by(self, season_id: SeasonId, leaders: tuple[PersonId, ...], contacts: tuple[PersonId, ...]) -> None:
        """Who leads a season, and whom to ask."""
        command = NameLeaders(season_id, leaders, contacts)
        self.services.seasons.name_leaders(self.admin, command, self.key("leaders", season_id))
        for leader in leaders[:1]:
            if leader not in self.shown:
                self.shown.add(leader)
                show = ShowFace(leader, drawings.face(self.hue, (40 + 60 * len(self.shown)) % 360), is_agreed=True)
                self.services.faces.show(self.admin, show, self.key("face", leader))

    def illustrated(self, season_id: SeasonId, venue: str = "") -> None:
        """A picture of the season; of a venue its entrance and the way in."""
        drawn = [(ImageUse.SEASON, "", drawings.room, drawings.ROOM)]
        if venue:
            drawn.append((ImageUse.PLACE, venue, drawings.entrance, drawings.ENTRANCE))
            drawn.append((ImageUse.PLAN, venue, drawings.way_in, drawings.WAY_IN))
        for use, about, draw, words in drawn:
            command = ChooseImage(season_id, use, draw(self.hue), words, about=about)
            self.services.images.choose(self.admin, command, self.key("image", season_id, use.value, about))

    def open(self, season_id: SeasonId, closes_on: date | None = None) -> None:
        """Take bookings from now on."""
        command = OpenBooking(season_id, closes_on)
        self.services.seasons.open_booking(self.admin, command, self.key("open", season_id))


def open_desk(services: Services, sketch: Sketch, today: date, done: Callable[[str], None]) -> Desk:
    """Found the organiser, or find it founded."""
    number = org_number(sketch.number)
    found = FoundOrganiser(sketch.name, sketch.slug, number, vat_number(number))
    organiser_id = services.organisers.found(SYSTEM, found, f"demo/{sketch.slug}").answer.organiser_id
    desk = Desk(services, sketch.slug, organiser_id, today, Names(sketch.names), done, hue=sketch.hue)
    details = GivePaymentDetails(organiser_id, sketch.address, sketch.bankgiro)
    services.organisers.give_payment_details(desk.finance, details, desk.key("payment-details"))
    told = ArrangeInvoicing(organiser_id, email=f"kontakt@{sketch.slug}.example")
    services.organisers.arrange_invoicing(desk.finance, told, desk.key("invoicing"))
    services.organisers.choose_accent(desk.finance, ChooseAccent(organiser_id, sketch.hue), desk.key("accent"))
    desk.services.payment_rules.agree(desk.finance, AgreePaymentRules(), desk.key("payment-rules"))
    return desk
