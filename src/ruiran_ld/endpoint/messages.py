"""What the endpoint and its workers send each other over pipes: frames with a message or a piece of an answer."""

from __future__ import annotations

import struct
from typing import IO, Final, TypeVar

import msgspec

HEAD: Final = struct.Struct(">?I")
"""Head of a frame: whether it is a piece of an answer, and how many bytes follow."""


class Setup(msgspec.Struct, frozen=True):
    """The first message to a worker.

    Attributes:
        default: Turtle files whose triples are the default graph.
        named: TriG files whose named graphs are offered as such.
        prefixes: for graphs that are written as Turtle or RDF/XML: prefix -> namespace.
        memory: bytes that a query may take besides the data; 0 for no limit.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]
    prefixes: dict[str, str]
    memory: int


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """A worker has loaded the data: how many triples there are in the default graph, and in each named one."""

    triples: int
    graphs: dict[str, int]


class Job(msgspec.Struct, frozen=True):
    """A query to run.

    Attributes:
        text: SPARQL.
        default_graphs: what makes up the default graph, and
        named_graphs: what the named graphs are; where both are empty, what the query says, or all that there is.
        solutions: media type to write solutions in, None if the client accepts none.
        boolean: the same of a boolean.
        graph: the same of a graph.
        max_rows: rows or triples that the answer may have.
        max_bytes: bytes that it may have.
        seconds: after which the query ends by itself, should nobody end it.
        is_low: whether others go before it, as the client's queries took long lately.
    """

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    solutions: str | None
    boolean: str | None
    graph: str | None
    max_rows: int
    max_bytes: int
    seconds: float
    is_low: bool = False


class Done(msgspec.Struct, frozen=True, tag="done"):
    """A query was answered; the answer went before.

    Attributes:
        media_type: of the answer.
        rows: or triples, as they were written.
    """

    media_type: str
    rows: int


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """A query was not answered; pieces that went before do not count.

    Attributes:
        status: the status of HTTP that says so.
        message: for people.
    """

    status: int
    message: str


Reply = Ready | Done | Failed
MessageT = TypeVar("MessageT", Setup, Job)


def frame(content: bytes, *, is_piece: bool = False) -> bytes:
    """Make a frame."""
    return HEAD.pack(is_piece, len(content)) + content


def send(out: IO[bytes], content: bytes) -> None:
    """Send a frame now."""
    out.write(content)
    out.flush()


def encode(message: Setup | Job | Reply) -> bytes:
    """Make the frame of a message."""
    return frame(msgspec.json.encode(message))


def decode_reply(content: bytes) -> Reply:
    """Read the message of a frame from a worker."""
    reply: Reply = msgspec.json.decode(content, type=Reply)
    return reply


def decode(content: bytes, type_: type[MessageT]) -> MessageT:
    """Read the message of a frame to a worker."""
    return msgspec.json.decode(content, type=type_)
