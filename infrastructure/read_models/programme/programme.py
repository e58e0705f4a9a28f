"""The programme: organisers and their networks, as anyone may read them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domain.people.accent import USUAL
from domain.people.organiser import Organiser
from domain.programme.network import Network
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.read_models.kernel.table import Change, Row, Table, as_json
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
        "hue": "bigint",
        "email": "text",
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
PROGRAMME = Projection("programme", version=5, tables=(ORGANISER, NETWORK))


@PROGRAMME.on(Organiser.InvoicingArranged)
def _invoicing_arranged(event: Organiser.InvoicingArranged, _: Entry) -> Iterable[Change]:
    yield ORGANISER.change((event.originator_id,), email=event.email)
    if event.vat_number is not None:
        yield ORGANISER.change((event.originator_id,), vat_number=event.vat_number)


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


PROGRAMME.puts(
    Organiser.Founded,
    ORGANISER,
    sort_key=lambda event, _: sort_key(event.name),
    address="",
    bankgiro="",
    payment_days=30,
    sites=(),
    logo="",
    hue=USUAL,
    email="",
)
PROGRAMME.sets(Organiser.NameCorrected, ORGANISER, sort_key=lambda event, _: sort_key(event.name))
PROGRAMME.sets(Organiser.NumberCorrected, ORGANISER)
PROGRAMME.sets(Organiser.PaymentDetailsGiven, ORGANISER)
PROGRAMME.sets(Organiser.SitesAllowed, ORGANISER)
PROGRAMME.sets(Organiser.AccentChosen, ORGANISER)
PROGRAMME.sets(Organiser.LogoChosen, ORGANISER, logo=lambda event, _: event.digest)
PROGRAMME.puts(Network.Founded, NETWORK, sort_key=lambda event, _: sort_key(event.name), is_closed=False, partners=())
PROGRAMME.sets(Network.Closed, NETWORK, is_closed=True)
PROGRAMME.sets(Network.Reopened, NETWORK, is_closed=False)
PROGRAMME.sets(Network.Renamed, NETWORK, sort_key=lambda event, _: sort_key(event.name))
PROGRAMME.sets(Network.PromiseReworded, NETWORK)
PROGRAMME.sets(Network.KindCorrected, NETWORK)
PROGRAMME.sets(Network.AdmissionAgreed, NETWORK)
