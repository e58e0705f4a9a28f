"""Organiser A: a leadership institute whose members are companies in its Forum; alumni and customers are known too."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.actor import Role
from application.people.affiliation import VerifyAffiliation
from demo.desk import Desk, Employer, Sketch
from domain.kernel.eligibility import Ground
from domain.kernel.ids import PersonId

INSTITUTE = Sketch(
    name="Institutet Lyhört ledarskap AB",
    slug="lyhort",
    number="556999300",
    address="Vindgränd 4, 111 30 Stockholm",
    bankgiro="991-2346",
    names=0,
    hue=48,
)


@dataclass(frozen=True)
class Circle:
    """Whom the institute knows: members of the Forum, other companies, alumni, and its own people."""

    members: tuple[Employer, ...]
    others: tuple[Employer, ...]
    customers: tuple[Employer, ...]
    alumni: tuple[PersonId, ...]
    facilitator: PersonId
    contacts: tuple[PersonId, PersonId]
    guests: tuple[PersonId, ...]


def acquaint(desk: Desk) -> Circle:
    """Register everybody."""
    member, customer = Ground.MEMBER, Ground.CUSTOMER
    members = (
        desk.employer("Norrsken Energi AB", "556999301", "Turbinvägen 8, 972 31 Luleå", 5, ground=member),
        desk.employer("Havsnära Hotell AB", "556999302", "Bryggan 1, 252 20 Helsingborg", 4, ground=member),
        desk.employer("Stålverket Härd AB", "556999303", "Masugnsvägen 12, 784 55 Borlänge", 4, ground=member),
        desk.employer("Tallkottens Förskolor AB", "556999304", "Kottvägen 3, 753 20 Uppsala", 3, ground=member),
        desk.employer("Bank & Bygd AB", "556999305", "Torget 2, 352 30 Växjö", 4, ground=member),
    )
    others = (
        desk.employer("Kugghjulet Industri AB", "556999311", "Verkstadsgatan 21, 721 30 Västerås", 4),
        desk.employer("Molnfri Mjukvara AB", "556999312", "Datagränd 6, 413 01 Göteborg", 4),
        desk.employer("Brödfabriken Limpan AB", "556999313", "Jästgatan 9, 211 20 Malmö", 3),
    )
    customers = (
        desk.employer("Åkeriet Långfärd AB", "556999321", "Hamnvägen 40, 417 07 Göteborg", 3, ground=customer),
        desk.employer("Vårdbolaget Omtanke AB", "556999322", "Parkgatan 5, 214 22 Malmö", 3, ground=customer),
    )
    alumni = tuple(_alumnus(desk) for _ in range(3))
    contacts = (desk.staff(Role.ADMIN), desk.staff(Role.ADMIN))
    desk.staff(Role.FINANCE)
    guests = tuple(desk.person("gast.example") for _ in range(8))
    return Circle(members, others, customers, alumni, desk.person("samtalsledare.example"), contacts, guests)


def _alumnus(desk: Desk) -> PersonId:
    person_id = desk.person("alumn.example")
    command = VerifyAffiliation(person_id, Ground.ALUMNUS, desk.today.replace(month=1, day=1))
    desk.services.affiliations.verify(desk.admin, command, desk.key("alumnus", person_id))
    return person_id
