"""What a season is called where something is decided about it: on what is agreed, invoiced and paid."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from domain.kernel.season_name import season_name
from domain.programme.network import Network
from domain.programme.season import Season


def called(work: UnitOfWork, season: Season) -> str:
    """Its network first."""
    return season_name(work.load(Network, season.network_id).name, season.title)
