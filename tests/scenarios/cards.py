"""A stage for stories about cards: an institute whose card company is the stand-in, spoken to by the real library."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from application.kernel.actor import Actor
from application.payments.checkout import CardPageOpened, PayByCard
from demo.card_company import CardCompany
from demo.card_company_http import serving
from domain.kernel.ids import InvoiceId
from tests.clock import FixedClock
from tests.samples import AUTUMN, Institute, institute

SECRET = "whsec_trial"
KEY = "sk_test_trial"


@dataclass
class Cards:
    """The institute, and the card company it works with. `settings`: those that are not the usual ones."""

    institute: Institute
    company: CardCompany
    settings: Mapping[str, str]

    def open(self, invoice_id: UUID, actor: Actor | None = None, key: str | None = None) -> CardPageOpened:
        """Somebody is sent to the card company's page."""
        asked = PayByCard(InvoiceId(invoice_id), "http://127.0.0.1/paid", "http://127.0.0.1/back")
        return self.institute.services.checkouts.pay(actor or self.institute.finance, asked, key)

    def pay(self, opened: CardPageOpened) -> None:
        """They pay there."""
        self.company.paid(session_of(opened))

    def hear(self, *kinds: str, times: int = 1) -> None:
        """The company's notices arrive (of some kinds, or all so far), and what follows follows."""
        services = self.institute.services
        assert services.card_signatures is not None
        for _ in range(times):
            for told in list(self.company.notices):
                if not kinds or told["type"] in kinds:
                    body, signature = signed_now(self.company, told)
                    services.card_notices.keep(services.card_signatures.read(body, signature), body)
        self.settle()

    def settle(self) -> None:
        """The worker does all there is to do."""
        for _ in range(3):
            self.institute.catch_up()
            self.institute.house.worker.jobs.finish()
        self.institute.catch_up()


def session_of(opened: CardPageOpened) -> str:
    """The company's name of a page."""
    return opened.address.rpartition("/")[2]


def signed_now(company: CardCompany, told: dict[str, object]) -> tuple[bytes, str]:
    """A notice as it is sent at this real moment: signatures are checked by the machine's clock."""
    return company.signed(told, int(time.time()))


@contextmanager
def cards(database_url: str) -> Iterator[Cards]:
    """An institute that takes cards."""
    company = CardCompany(SECRET, FixedClock(AUTUMN).now)
    with tempfile.TemporaryDirectory() as home, serving(company) as address:
        more = {
            "PLATS_KEYS": str(Path(home) / "keys"),
            "PLATS_STRIPE_KEY": KEY,
            "PLATS_STRIPE_WEBHOOK_SECRET": SECRET,
            "PLATS_STRIPE_URL": address,
        }
        with institute(database_url, more=more) as made:
            company.now = made.clock.now
            yield Cards(made, company, more)
