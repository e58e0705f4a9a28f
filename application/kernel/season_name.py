"""What a season is called where something is decided about it: on what is agreed, invoiced and paid."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from domain.kernel.season_name import season_name
from domain.kernel.text import clean_line
from domain.programme.network import Network
from domain.programme.season import Season


def called(work: UnitOfWork, season: Season, because: str = "") -> str:
    """Its network first. `because`: why its price is another one than the season's, as an admin says it (S18)."""
    name = season_name(work.load(Network, season.network_id).name, season.title)
    return f"{name}, {clean_line('stated_for', because, 100)}" if because else name
