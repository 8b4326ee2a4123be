"""What a request asks for, by the SPARQL 1.1 Protocol, section 2.1 (query operation); knows no web framework."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

QUERY_TYPE: Final = "application/sparql-query"
FORM_TYPE: Final = "application/x-www-form-urlencoded"
METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_UPDATE_TYPE: Final = "application/sparql-update"
_OF_UPDATES: Final = ("update", "using-graph-uri", "using-named-graph-uri")
_OF_QUERIES: Final = ("query", "default-graph-uri", "named-graph-uri")
_MAX_FIELDS: Final = 1000
# An absolute IRI of characters that SPARQL takes between < and > (SPARQL 1.1 Query, IRIREF).
_is_iri: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*").fullmatch
_charset: Final = re.compile(r'\s*charset\s*=\s*"?([^"\s]*)"?\s*', re.IGNORECASE).fullmatch


class RefusedError(Exception):
    """A request that is not answered.

    Args:
        status: of the answer.
        message: for people: what is wrong and what to do.
        headers: of the answer.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Request:
    """What of an HTTP request decides.

    Attributes:
        method: in capitals.
        query_string: of the URL, as it was sent.
        content_type: the header, empty if there is none.
        content_encoding: the header, empty if there is none.
        body: empty for GET and HEAD.
    """

    method: str
    query_string: bytes = b""
    content_type: str = ""
    content_encoding: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Query:
    """A query operation.

    Attributes:
        text: SPARQL.
        default_graphs: IRIs that make up the default graph.
        named_graphs: IRIs of the named graphs. Where both are empty, the query or the endpoint says which dataset.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """A request for the service description (SPARQL 1.1 Service Description, section 2)."""


@dataclass(frozen=True, slots=True)
class _Parameters:
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())


def read(request: Request) -> Query | Description:
    """Read an operation from a request.

    Raises:
        RefusedError: 400 for a request that is not as the protocol has it, 403 for an update, 405 for another method,
            415 for a body of another type, encoding or character set.
    """
    if request.method not in METHODS:
        raise RefusedError(405, f"{request.method} is not of the SPARQL Protocol", {"Allow": ", ".join(METHODS)})
    in_url = _parameters(request.query_string, "the URL")
    _refuse_updates(in_url)
    if request.method == "POST":
        return _posted(request, in_url)
    if in_url.of("query"):
        return _query(in_url, in_url.of("query"))
    if any(in_url.of(name) for name in _OF_QUERIES):
        raise RefusedError(400, "the parameter 'query' is missing")
    return Description()


def _posted(request: Request, in_url: _Parameters) -> Query:
    media_type = _media_type(request)
    if media_type == _UPDATE_TYPE:
        raise _no_updates()
    if media_type == QUERY_TYPE:
        if in_url.of("query"):
            raise RefusedError(400, "the query stands in the body and in the URL; give it once")
        return _query(in_url, (_text(request.body, "the body"),))
    if media_type == FORM_TYPE:
        if any(in_url.of(name) for name in _OF_QUERIES):
            raise RefusedError(400, f"parameters stand in the URL; with {FORM_TYPE} they stand in the body")
        in_body = _parameters(request.body, "the body")
        _refuse_updates(in_body)
        return _query(in_body, in_body.of("query"))
    what = f"a body of {media_type}" if media_type else "a body without Content-Type"
    raise _unsupported(f"{what} is not read; send {QUERY_TYPE} or {FORM_TYPE}")


def _query(parameters: _Parameters, texts: tuple[str, ...]) -> Query:
    if len(texts) != 1:
        raise RefusedError(400, f"the parameter 'query' stands {len(texts)} times; it has to stand once")
    graphs = {name: parameters.of(name) for name in ("default-graph-uri", "named-graph-uri")}
    for name, iris in graphs.items():
        if not all(map(_is_iri, iris)):
            raise RefusedError(400, f"a value of '{name}' is not an absolute IRI")
    return Query(texts[0], graphs["default-graph-uri"], graphs["named-graph-uri"])


def _parameters(encoded: bytes, where: str) -> _Parameters:
    """Decode a form (application/x-www-form-urlencoded), as which the query part of a URL is written too."""
    values: dict[str, tuple[str, ...]] = {}
    try:
        pairs = parse_qsl(encoded.decode("ascii"), True, errors="strict", max_num_fields=_MAX_FIELDS)  # noqa: FBT003 (a parameter without value is one)
    except UnicodeError as error:
        raise RefusedError(400, f"{where} is not UTF-8, percent-encoded") from error
    except ValueError as error:
        raise RefusedError(400, f"{where} has more than {_MAX_FIELDS} parameters") from error
    for name, value in pairs:
        values[name] = (*values.get(name, ()), value)
    return _Parameters(values)


def _text(content: bytes, where: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"{where} is not UTF-8") from error


def _media_type(request: Request) -> str:
    if request.content_encoding.strip().lower() not in {"", "identity"}:
        raise _unsupported(f"a body encoded as {request.content_encoding} is not read", {"Accept-Encoding": "identity"})
    media_type, *parameters = request.content_type.split(";")
    for match in filter(None, map(_charset, parameters)):
        if match[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise _unsupported(f"a body in {match[1]} is not read; send UTF-8")
    return media_type.strip().lower()


def _unsupported(message: str, headers: Mapping[str, str] | None = None) -> RefusedError:
    return RefusedError(415, message, headers or {"Accept": f"{QUERY_TYPE}, {FORM_TYPE}"})


def _refuse_updates(parameters: _Parameters) -> None:
    if any(parameters.of(name) for name in _OF_UPDATES):
        raise _no_updates()


def _no_updates() -> RefusedError:
    return RefusedError(403, "this endpoint is to read only and takes no updates")
