"""The programme: organisers and their networks, as anyone may read them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domain.people.organiser import Organiser
from domain.programme.network import Network
from infrastructure.read_models.kernel.projection import Change, Projection, Row, Table, as_json
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.serialization.event_mapper import Entry

ORGANISER = Table(
    "programme",
    "organiser",
    {
        "organiser_id": "uuid",
        "name": "text",
        "sort_key": 'text collate "C"',
        "slug": "text",
        "org_number": "text",
        "vat_number": "text",
        "address": "text",
        "bankgiro": "text",
        "payment_days": "bigint",
        "currency": "text",
        "zone": "text",
        "sites": "jsonb",
        "logo": "text",
    },
    key=("organiser_id",),
)
NETWORK = Table(
    "programme",
    "network",
    {
        "network_id": "uuid",
        "organiser_id": "uuid",
        "name": "text",
        "sort_key": 'text collate "C"',
        "kind": "text",
        "promise": "text",
        "admission": "jsonb",
        "is_closed": "boolean",
        "partners": "jsonb",
    },
    key=("network_id",),
    indexes=("(organiser_id, sort_key)",),
)
PROGRAMME = Projection("programme", version=3, tables=(ORGANISER, NETWORK))


@PROGRAMME.on(Organiser.Founded)
def _founded(event: Organiser.Founded, _: Entry) -> Iterable[Change]:
    yield ORGANISER.put(
        organiser_id=event.originator_id,
        name=event.name,
        sort_key=sort_key(event.name),
        slug=event.slug,
        org_number=event.org_number,
        vat_number=event.vat_number,
        address="",
        bankgiro="",
        payment_days=30,
        currency=event.currency,
        zone=event.zone,
        sites=as_json([]),
        logo="",
    )


@PROGRAMME.on(Organiser.InvoicingArranged)
def _invoicing_arranged(event: Organiser.InvoicingArranged, _: Entry) -> Iterable[Change]:
    if event.vat_number is not None:
        yield ORGANISER.change((event.originator_id,), vat_number=event.vat_number)


@PROGRAMME.on(Network.Founded)
def _network_founded(event: Network.Founded, _: Entry) -> Iterable[Change]:
    yield NETWORK.put(
        network_id=event.originator_id,
        organiser_id=event.organiser_id,
        name=event.name,
        sort_key=sort_key(event.name),
        kind=event.kind.value,
        promise=event.promise,
        admission=as_json(event.admission),
        is_closed=False,
        partners=as_json([]),
    )


@PROGRAMME.on(Network.PartnerJoined)
def _partner_joined(event: Network.PartnerJoined, _: Entry) -> Iterable[Change]:
    def join(row: Row) -> Row:
        return {"partners": as_json([*msgspec.json.decode(str(row["partners"])), event.organisation_id])}

    yield NETWORK.fold((event.originator_id,), join)


@PROGRAMME.on(Network.PartnerLeft)
def _partner_left(event: Network.PartnerLeft, _: Entry) -> Iterable[Change]:
    def leave(row: Row) -> Row:
        known = msgspec.json.decode(str(row["partners"]), type=list[UUID])
        return {"partners": as_json([one for one in known if one != event.organisation_id])}

    yield NETWORK.fold((event.originator_id,), leave)


PROGRAMME.sets(Organiser.NameCorrected, ORGANISER, sort_key=lambda event, _: sort_key(event.name))
PROGRAMME.sets(Organiser.NumberCorrected, ORGANISER)
PROGRAMME.sets(Organiser.PaymentDetailsGiven, ORGANISER)
PROGRAMME.sets(Organiser.SitesAllowed, ORGANISER)
PROGRAMME.sets(Organiser.LogoChosen, ORGANISER, logo=lambda event, _: event.digest)
PROGRAMME.sets(Network.Closed, NETWORK, is_closed=True)
PROGRAMME.sets(Network.Reopened, NETWORK, is_closed=False)
PROGRAMME.sets(Network.Renamed, NETWORK, sort_key=lambda event, _: sort_key(event.name))
PROGRAMME.sets(Network.PromiseReworded, NETWORK)
PROGRAMME.sets(Network.KindCorrected, NETWORK)
PROGRAMME.sets(Network.AdmissionAgreed, NETWORK)
