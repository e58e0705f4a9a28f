"""Pictures of a season and of its places: chosen with their words, and taken away, by admins."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.command import command
from application.kernel.image import ImageMaker, ImageShelf, Made
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases
from application.programme.meeting import season_to_change
from application.programme.queries.programme import Programme, sees_drafts
from application.programme.season import SeasonRef
from domain.kernel.errors import BadValue
from domain.kernel.ids import SeasonId
from domain.kernel.image import Image
from domain.programme.plan import is_pdf, must_be_paper
from domain.programme.season_images import ImageUse, SeasonImage
from domain.programme.season_opening import Visibility

PDF = "application/pdf"


@dataclass(frozen=True)
class ChooseImage:
    """A picture (a JPEG, PNG or WebP file; a plan may be a PDF) and what it shows; no file: the one there is.

    `about`: which of its places, by the venue's name; "" for the season itself.
    """

    season_id: SeasonId
    use: ImageUse
    content: bytes
    alt: str = ""
    is_decoration: bool = False
    about: str = ""


@dataclass(frozen=True)
class RemoveImage:
    """The picture is not to be shown any longer."""

    season_id: SeasonId
    use: ImageUse
    about: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture's bytes; `is_draft`: only staff may see it yet, so nobody keeps it."""

    content: bytes
    is_draft: bool


class Images(UseCases):
    """Choose, remove, show."""

    def __init__(self, decisions: Decisions, maker: ImageMaker, shelf: ImageShelf, programme: Programme) -> None:
        super().__init__(decisions)
        self._maker, self._shelf, self._programme = maker, shelf, programme

    def choose(self, actor: Actor, command: ChooseImage, key: str | None = None) -> Committed[SeasonRef]:
        """From now on. The picture is kept first, so that no event names one that is not there.

        Raises NotAllowed, NotFound, NotAnImage, NotAPlan, ImageTooLarge, BadValue for a picture without words.
        """
        self._may_change(actor, command.season_id)
        made = self._made(command) if command.content else None
        if made is not None:
            made.image.saying(command.alt, is_decoration=command.is_decoration)
            self._shelf.keep(made)

        def decide(work: UnitOfWork) -> SeasonRef:
            season = season_to_change(work, command.season_id)
            known = season.image_for(command.use, command.about)
            image = _said(command, made.image if made else known.image if known else None)
            season.choose_image(SeasonImage(command.use, command.about, image))
            return SeasonRef(command.season_id)

        named = (command.season_id, command.use, command.about, command.alt, command.is_decoration)
        return self._record(actor, ("image", *named, sha256(command.content).hexdigest()), SeasonRef, decide, key)

    @command
    def remove(self, work: UnitOfWork, command: RemoveImage) -> SeasonRef:
        """Shown no longer; a season that was copied keeps it. Raises NotFound."""
        season_to_change(work, command.season_id).remove_image(command.use, command.about)
        return SeasonRef(command.season_id)

    def picture(self, actor: Actor, organiser_id: UUID, digest: str, width: int) -> Picture | None:
        """A copy of a picture that some season of the organiser shows the actor now; of a PDF plan the width is 0."""
        seen = self._programme.shows_image(organiser_id, digest)
        is_draft = not seen - {Visibility.DRAFT}
        if not seen or (is_draft and not sees_drafts(actor, organiser_id)):
            return None
        content = self._shelf.find(digest, width)
        return Picture(content, is_draft) if content is not None else None

    def _made(self, command: ChooseImage) -> Made:
        """A plan may be a PDF, which is kept as it came; all else is a picture."""
        if command.use is not ImageUse.PLAN or not is_pdf(command.content):
            return self._maker.whole(command.content)
        must_be_paper(command.content)
        image = Image(sha256(command.content).hexdigest(), 0, 0)
        return Made(image, {0: command.content}, PDF)

    def _may_change(self, actor: Actor, season_id: SeasonId) -> None:
        """Nobody has a file unfolded who may not choose it. Raises NotAllowed, NotFound."""
        self._decisions.dry_run(actor, lambda work: season_to_change(work, season_id))


def _said(command: ChooseImage, image: Image | None) -> Image:
    if image is None:
        raise BadValue(field="content", why="is missing")
    return image.saying(command.alt, is_decoration=command.is_decoration)
