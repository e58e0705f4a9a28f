"""The pictures of a season: of the season itself, of its places, and how one finds in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.image import Image, NotAnImage
from domain.programme.season_meetings import SeasonMeetings


class ImageUse(StrEnum):
    """What a picture is for."""

    SEASON = "season"
    PLACE = "place"
    PLAN = "plan"


@dataclass(frozen=True)
class SeasonImage:
    """A picture of a season, or (`about` its venue) of one of its places or of the way in there."""

    use: ImageUse
    about: str
    image: Image

    def is_for(self, use: ImageUse, about: str) -> bool:
        """Whether it is the one: there is one for each use of each place."""
        return (self.use, self.about) == (use, about)

    def is_shown(self, venues: Collection[str]) -> bool:
        """Whether a season that is at these places shows it. Of a place it has left it waits, should it come back."""
        return self.use is ImageUse.SEASON or self.about in venues


class SeasonImages(SeasonMeetings):
    """Of a season: one picture of it, and one picture and one plan of each place."""

    images: tuple[SeasonImage, ...]

    class ImageChosen(Aggregate.Event):
        image: SeasonImage
        was: Image | None = None

        def apply(self, season: SeasonImages) -> None:
            others = (each for each in season.images if not each.is_for(self.image.use, self.image.about))
            season.images = (*others, self.image)

    class ImageRemoved(Aggregate.Event):
        image: SeasonImage

        def apply(self, season: SeasonImages) -> None:
            season.images = tuple(each for each in season.images if each != self.image)

    def image_for(self, use: ImageUse, about: str = "") -> SeasonImage | None:
        """The one there is."""
        return next((each for each in self.images if each.is_for(use, about)), None)

    def choose_image(self, image: SeasonImage) -> None:
        """This one from now on; the same again changes nothing.

        Raises NotFound for a place that is another's, NotAnImage for a PDF that is no plan.
        """
        if image.image.is_document and image.use is not ImageUse.PLAN:
            raise NotAnImage
        if not image.is_shown(self.venues) or (image.use is ImageUse.SEASON and image.about):
            raise NotFound(what="place")
        was = self.image_for(image.use, image.about)
        if was != image:
            self.record(self.ImageChosen(image=image, was=was.image if was else None))

    def remove_image(self, use: ImageUse, about: str = "") -> None:
        """None of that from now on. Raises NotFound."""
        image = self.image_for(use, about)
        if image is None:
            raise NotFound(what="image")
        self.record(self.ImageRemoved(image=image))

    @property
    def venues(self) -> tuple[str, ...]:
        """Where its meetings are, each once."""
        return tuple(dict.fromkeys(each.place.venue for each in self.meetings.values() if each.place.venue))
