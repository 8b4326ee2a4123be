"""The cases of ``tests/endpoint/protocol.yaml``: how they are asked, and how an answer is held against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import MAX_WBITS, decompress

import pyoxigraph as ox
import yaml

GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True)
class Reply:
    """An answer, with the names of headers in lower case, and the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


def cases() -> list[dict[str, Any]]:
    """Read the table."""
    found: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "endpoint" / "protocol.yaml").read_text(encoding="utf-8")
    )
    return found


def name(case: Mapping[str, Any]) -> str:
    """Name a case."""
    return f"{case['section']} {case['case']}"


def target(case: Mapping[str, Any]) -> str:
    """Write path and query of a case as they are sent."""
    url: str = case.get("url", "/sparql")
    return f"{url}?{urlencode(case['params'])}" if "params" in case else url


def body_and_headers(case: Mapping[str, Any]) -> tuple[bytes | None, dict[str, str | None]]:
    """Give body and headers of a case; a header that is null is not sent."""
    headers: dict[str, str | None] = {"Accept": "*/*", **case.get("headers", {})}
    if "form" in case:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return urlencode(case["form"]).encode(), headers
    if "length" in case:
        return b"#" * case["length"], headers
    return case["body"].encode() if "body" in case else None, headers


def ask(connection: HTTPConnection, case: Mapping[str, Any]) -> Reply:
    """Ask a server, byte for byte as the case has it."""
    body, headers = body_and_headers(case)
    connection.putrequest(case.get("method", "GET"), target(case), skip_accept_encoding=True)
    for header, value in headers.items():
        if value is not None:
            connection.putheader(header, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    content = response.read()
    given = {header.lower(): value for header, value in response.getheaders()}
    if given.get("content-encoding") == "gzip":
        content = decompress(content, MAX_WBITS | 16)
    return Reply(response.status, given, content)


def require(case: Mapping[str, Any], reply: Reply) -> None:
    """Hold an answer against its case."""
    text = reply.body.decode()
    assert reply.status == case["status"], text
    assert reply.media_type == case.get("type", reply.media_type)
    if reply.status >= 400 and reply.body:
        assert reply.media_type == "text/plain"
    assert text == case.get("text", text)
    for part in case.get("holds", ()):
        assert part in text
    for part in case.get("lacks", ()):
        assert part not in text
    if "equals" in case:
        assert yaml.safe_load(text) == case["equals"]
    if "graph" in case:
        expected = set(ox.parse(case["graph"].encode(), format=ox.RdfFormat.N_TRIPLES))
        assert set(ox.parse(reply.body, format=GRAPHS[reply.media_type])) == expected
    for header, value in case.get("given", {}).items():
        found = reply.headers.get(header.lower())
        assert found is None if value is None else value in (found or ""), f"{header}: {found}"
