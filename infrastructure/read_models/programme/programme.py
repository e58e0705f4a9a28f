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


@PROGRAMME.on(Organiser.NameCorrected)
def _organiser_name_corrected(event: Organiser.NameCorrected, _: Entry) -> Iterable[Change]:
    yield ORGANISER.change((event.originator_id,), name=event.name, sort_key=sort_key(event.name))


@PROGRAMME.on(Organiser.NumberCorrected)
def _organiser_number_corrected(event: Organiser.NumberCorrected, _: Entry) -> Iterable[Change]:
    yield ORGANISER.change((event.originator_id,), org_number=event.org_number)


@PROGRAMME.on(Organiser.PaymentDetailsGiven)
def _payment_details_given(event: Organiser.PaymentDetailsGiven, _: Entry) -> Iterable[Change]:
    key = (event.originator_id,)
    yield ORGANISER.change(key, address=event.address, bankgiro=event.bankgiro, payment_days=event.payment_days)


@PROGRAMME.on(Organiser.SitesAllowed)
def _sites_allowed(event: Organiser.SitesAllowed, _: Entry) -> Iterable[Change]:
    yield ORGANISER.change((event.originator_id,), sites=as_json(event.sites))


@PROGRAMME.on(Organiser.InvoicingArranged)
def _invoicing_arranged(event: Organiser.InvoicingArranged, _: Entry) -> Iterable[Change]:
    if event.vat_number is not None:
        yield ORGANISER.change((event.originator_id,), vat_number=event.vat_number)


@PROGRAMME.on(Organiser.LogoChosen)
def _logo_chosen(event: Organiser.LogoChosen, _: Entry) -> Iterable[Change]:
    yield ORGANISER.change((event.originator_id,), logo=event.digest)


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


@PROGRAMME.on(Network.Closed)
def _network_closed(event: Network.Closed, _: Entry) -> Iterable[Change]:
    yield NETWORK.change((event.originator_id,), is_closed=True)


@PROGRAMME.on(Network.Reopened)
def _network_reopened(event: Network.Reopened, _: Entry) -> Iterable[Change]:
    yield NETWORK.change((event.originator_id,), is_closed=False)


@PROGRAMME.on(Network.PartnerLeft)
def _partner_left(event: Network.PartnerLeft, _: Entry) -> Iterable[Change]:
    def leave(row: Row) -> Row:
        known = msgspec.json.decode(str(row["partners"]), type=list[UUID])
        return {"partners": as_json([one for one in known if one != event.organisation_id])}

    yield NETWORK.fold((event.originator_id,), leave)


@PROGRAMME.on(Network.Renamed)
def _network_renamed(event: Network.Renamed, _: Entry) -> Iterable[Change]:
    yield NETWORK.change((event.originator_id,), name=event.name, sort_key=sort_key(event.name))


@PROGRAMME.on(Network.PromiseReworded)
def _network_promise_reworded(event: Network.PromiseReworded, _: Entry) -> Iterable[Change]:
    yield NETWORK.change((event.originator_id,), promise=event.promise)


@PROGRAMME.on(Network.KindCorrected)
def _network_kind_corrected(event: Network.KindCorrected, _: Entry) -> Iterable[Change]:
    yield NETWORK.change((event.originator_id,), kind=event.kind.value)


@PROGRAMME.on(Network.AdmissionAgreed)
def _network_admission_agreed(event: Network.AdmissionAgreed, _: Entry) -> Iterable[Change]:
    yield NETWORK.change((event.originator_id,), admission=as_json(event.admission))
