"""Whose turn it is: hands out workers so that no client keeps the others waiting. Starts nothing and reads no clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

TicketT = TypeVar("TicketT")

_NEWEST: Final = 0.3
_WEIGHT: Final = 4
_MAX_REMEMBERED: Final = 10_000


class QueueFullError(Exception):
    """There is no place to wait any more.

    Args:
        by_client: whether it is the client's own queries that wait.
    """

    def __init__(self, *, by_client: bool) -> None:
        super().__init__("too many queries wait")
        self.by_client = by_client


@dataclass(slots=True)
class _Waiting(Generic[TicketT]):
    ticket: TicketT
    client: str
    since: float


class Turns(Generic[TicketT]):
    """Those who wait for a worker, and what each client had of the workers lately.

    The next is who has the least of this sum: four times the seconds that the client's queries took lately (a mean in
    which the newest count most), one for each of its queries that runs, less the seconds that it has waited. So those
    who ask short queries go first, however many long ones others send; and who asks long ones waits about four times
    as long as these take, and no longer.

    Args:
        most: how many may wait.
        most_of_client: how many of one client may.
    """

    def __init__(self, most: int, most_of_client: int) -> None:
        self._most = most
        self._most_of_client = most_of_client
        self._waiting: list[_Waiting[TicketT]] = []
        self._running: Counter[str] = Counter()
        self._took: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def running(self) -> int:
        """How many have a worker."""
        return self._running.total()

    def took(self, client: str) -> float:
        """Tell how many seconds the queries of a client took lately; 0 for one that is not known."""
        return self._took.get(client, 0.0)

    def wait(self, ticket: TicketT, client: str, now: float) -> None:
        """Take a place in the queue.

        Raises:
            QueueFullError: if there is none.
        """
        if sum(each.client == client for each in self._waiting) >= self._most_of_client:
            raise QueueFullError(by_client=True)
        if len(self._waiting) >= self._most:
            raise QueueFullError(by_client=False)
        self._waiting.append(_Waiting(ticket, client, now))

    def leave(self, ticket: TicketT) -> None:
        """Leave the queue; nothing happens if the turn had come already."""
        self._waiting = [each for each in self._waiting if each.ticket is not ticket]

    def next(self) -> TicketT | None:
        """Give the turn to the next, who has a worker from now on; None if nobody waits."""
        if not self._waiting:
            return None
        # What all have waited less the present moment, which is the same for all.
        first = min(
            self._waiting,
            key=lambda each: _WEIGHT * self.took(each.client) + self._running[each.client] + each.since,
        )
        self._waiting.remove(first)
        self._running[first.client] += 1
        return first.ticket

    def end(self, client: str, seconds: float) -> None:
        """Note that a client gave a worker back, and what its query took."""
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        before = self._took.pop(client, 0.0)
        self._took[client] = before + _NEWEST * (seconds - before)
        if len(self._took) > _MAX_REMEMBERED:
            del self._took[next(iter(self._took))]
