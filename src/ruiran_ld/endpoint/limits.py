"""What queries may take, so that none can keep the others from being answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may take.

    Attributes:
        workers: how many queries run at a time; two or more.
        timeout: seconds that a query may wait, and then again run.
        patience: seconds after which a running query is a long one, of which half the workers (rounded down) run at a
            time.
        max_rows: rows or triples of an answer.
        max_bytes: bytes of an answer.
        memory: bytes that a query may take besides the data.
        waiting: queries that may wait.
        waiting_of_client: queries of one client that may.
    """

    workers: int = 4
    timeout: float = 10.0
    patience: float = 1.0
    max_rows: int = 100_000
    max_bytes: int = 64_000_000
    memory: int = 512_000_000
    waiting: int = 256
    waiting_of_client: int = 64

    @property
    def long(self) -> int:
        """How many long queries run at a time."""
        return self.workers // 2

    @property
    def long_of_client(self) -> int:
        """How many of these one client may have."""
        return (self.long + 1) // 2
