"""A season's name, where it is asked of the programme."""

from domain.kernel.season_name import season_name

__all__ = ["season_name"]
