"""How a use case is written: as the decision alone. `@command` records it, `@dry_run` forgets what came of it.

What nobody asks for, but the installation does of itself, is `@by_system`.

    @command(by=admin)
    def employ(self, work: UnitOfWork, command: Employ) -> PersonRef: ...

is called `employ(actor, command, key)` and returns `Committed[PersonRef]`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast, get_type_hints, overload
from uuid import UUID

from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.ports import Committed, UniqueKeyTaken, UnitOfWork
from application.kernel.use_case import Needs, UseCases, admin_of, must_be_self_or_admin, organiser_of
from domain.kernel.ids import OrganiserId, PersonId, SeasonId, seating_of

C = TypeVar("C")
C_contra = TypeVar("C_contra", contravariant=True)
P = ParamSpec("P")
R = TypeVar("R")
U = TypeVar("U", bound=UseCases)


class Execution(Protocol[C_contra, R]):
    """A use case, bound to what it works with."""

    def __call__(self, actor: Actor, command: C_contra, key: str | None = None) -> Committed[R]:
        """Decide and record. `key`: the idempotency key; without one, the same command again is another one."""


class Command(Protocol[C_contra, R]):
    """A method that was made by `@command`."""

    def __get__(self, use_cases: object, owner: type | None = None) -> Execution[C_contra, R]:
        """The method of these use cases."""


class OfOrganiser(Protocol):
    """A command about an organiser."""

    @property
    def organiser_id(self) -> OrganiserId:
        """Which it is about."""


class OfPerson(Protocol):
    """A command about a person."""

    @property
    def person_id(self) -> PersonId:
        """Whom it is about."""


class OfSeason(Protocol):
    """A command about a season."""

    @property
    def season_id(self) -> SeasonId:
        """Which it is about."""


AboutOrganiser = TypeVar("AboutOrganiser", bound=OfOrganiser)
AboutPerson = TypeVar("AboutPerson", bound=OfPerson)
AboutSeason = TypeVar("AboutSeason", bound=OfSeason)


def anybody(_actor: Actor, _command: C) -> None:
    """The decision itself refuses whoever may not."""


def admin(actor: Actor, _command: C) -> None:
    """An admin of the organiser that the actor acts for. Raises NotAllowed, NotFound."""
    admin_of(actor)


def finance(actor: Actor, _command: C) -> None:
    """Finance of the organiser that the actor acts for. Raises NotAllowed, NotFound."""
    actor.must_be(organiser_of(actor), Role.FINANCE)


def staff(actor: Actor, _command: C) -> None:
    """Admin or finance of the organiser that the actor acts for. Raises NotAllowed, NotFound."""
    actor.must_be(organiser_of(actor), Role.ADMIN, Role.FINANCE)


def admin_of_it(actor: Actor, command: AboutOrganiser) -> None:
    """An admin of the organiser that the command is about. Raises NotAllowed."""
    actor.must_be(command.organiser_id, Role.ADMIN)


def staff_of_it(actor: Actor, command: AboutOrganiser) -> None:
    """Admin or finance of the organiser that the command is about. Raises NotAllowed."""
    actor.must_be(command.organiser_id, Role.ADMIN, Role.FINANCE)


def self_or_admin(actor: Actor, command: AboutPerson) -> None:
    """Whom the command is about themselves, or an admin. Raises NotAllowed."""
    must_be_self_or_admin(actor, command.person_id)


def system(actor: Actor, _command: C) -> None:
    """The installation itself. Raises NotAllowed."""
    actor.must_be_system()


def seats(_actor: Actor, command: AboutSeason) -> tuple[UUID, ...]:
    """Decisions about a season's seats queue."""
    return (seating_of(command.season_id),)


def _none(_actor: Actor, _command: C) -> tuple[()]:
    return ()


def _itself(taken: UniqueKeyTaken) -> Exception:
    return taken


@overload
def command(decide: Callable[[U, UnitOfWork, C], R], /) -> Command[C, R]: ...


@overload
def command(
    *,
    by: Callable[[Actor, C], object] = anybody,
    serial: Callable[[Actor, C], tuple[UUID, ...]] = _none,
    needs: Callable[[Actor, C], Needs] = _none,
    taken: Callable[[UniqueKeyTaken], Exception] = _itself,
) -> Callable[[Callable[[U, UnitOfWork, C], R]], Command[C, R]]: ...


def command(
    decide: Callable[[U, UnitOfWork, C], R] | None = None,
    /,
    *,
    by: Callable[[Actor, C], object] = anybody,
    serial: Callable[[Actor, C], tuple[UUID, ...]] = _none,
    needs: Callable[[Actor, C], Needs] = _none,
    taken: Callable[[UniqueKeyTaken], Exception] = _itself,
) -> Command[C, R] | Callable[[Callable[[U, UnitOfWork, C], R]], Command[C, R]]:
    """The use case that records a decision. The decision may run several times; its actor is `work.actor`.

    `by` refuses an actor before anything is read, also one who repeats a command. `serial` and `needs` are those of
    the `CommandContext`. `taken` is the refusal that stands for a unique key which somebody else holds.
    """

    def made(decide: Callable[[U, UnitOfWork, C], R]) -> Command[C, R]:
        answer: type[R] = get_type_hints(decide)["return"]

        @wraps(decide)
        def execute(self: U, actor: Actor, command: C, key: str | None = None) -> Committed[R]:
            by(actor, command)
            queue, streams = serial(actor, command), needs(actor, command)
            try:
                return self._record(
                    actor, command, answer, lambda work: decide(self, work, command), key, queue, streams
                )
            except UniqueKeyTaken as refused:
                raise taken(refused) from None

        return cast("Command[C, R]", execute)

    return made if decide is None else made(decide)


def by_system(act: Callable[Concatenate[U, UnitOfWork, P], None]) -> Callable[Concatenate[U, P], int]:
    """What the installation does of itself, called `close(case_id)`; what is done already changes nothing.

    Says where in the log it was recorded (0: nothing was).
    """

    def execute(self: U, /, *args: P.args, **kwargs: P.kwargs) -> int:
        return self._record(SYSTEM, act.__name__, type(None), lambda work: act(self, work, *args, **kwargs)).position

    return cast("Callable[Concatenate[U, P], int]", wraps(act)(execute))


def dry_run(question: Callable[Concatenate[U, UnitOfWork, P], R]) -> Callable[Concatenate[U, Actor, P], R]:
    """A question or a preview of the aggregates as they are, called `preview(actor, …)`: nothing is recorded."""

    def ask(self: U, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._decisions.dry_run(actor, lambda work: question(self, work, *args, **kwargs))

    return cast("Callable[Concatenate[U, Actor, P], R]", wraps(question)(ask))
