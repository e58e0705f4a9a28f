"""What stops whoever follows the log, and goes away by itself."""

from __future__ import annotations

import psycopg

from application.kernel.ports import Busy
from infrastructure.event_store.decisions import OutcomeUnknown
from infrastructure.postgres.connections import ConnectionLost
from infrastructure.subscriptions.checkpoints import StalePosition

PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.ReadOnlySqlTransaction,
    ConnectionLost,
    Busy,
    OutcomeUnknown,
    StalePosition,
)
"""The database was restarted, slow or elsewhere, or somebody was faster."""
