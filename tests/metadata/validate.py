"""Holds published metadata against the validators of those who made the formats; see `make metadata`.

Runs in an environment of its own, without a network: the one document that a validator asks for, the RO-Crate context,
is served from here with the terms that our crate uses, and whatever else it asks for is refused. Then the files of a
small release are broken one by one and have to be refused, so that a validator that finds nothing is not taken for a
file without faults.
"""

from __future__ import annotations

import io
import json
import logging
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.response import addinfourl

import mlcroissant
import requests
from cffconvert.cli.create_citation import create_citation
from rocrate_validator import models, services

CONTEXT = Path(__file__).parent / "ro-crate-context.json"
SERVED = {"https://w3id.org/ro/crate/1.2/context": CONTEXT.read_bytes()}


ACCEPTED = (
    # The curators are no organisation with a record there.
    "SHOULD have a ROR identifier",
    # That is asked of the network, and only once the release is hosted.
    "SHOULD resolve to the RO-Crate Metadata Document",
    # They are pages by type; the validator's shape wants that of each type, those that it infers itself among them.
    "Encoding format entities SHOULD include WebPage",
)
"""Recommendations of RO-Crate that are not followed, each with its reason."""


class _Local(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Answers rdflib, which asks through urllib."""

    def https_open(self, req: urllib.request.Request) -> Any:
        if req.full_url not in SERVED:
            raise urllib.error.URLError(f"not to be asked for: {req.full_url}")
        headers = Message()
        headers["Content-Type"] = "application/ld+json"
        return addinfourl(io.BytesIO(SERVED[req.full_url]), headers, req.full_url, 200)

    http_open = https_open


def _send(_adapter: requests.adapters.HTTPAdapter, request: requests.PreparedRequest, **_: Any) -> requests.Response:
    """Answer the validator, which asks through requests."""
    if request.url not in SERVED:
        raise requests.ConnectionError(f"not to be asked for: {request.url}")
    response = requests.Response()
    response.status_code, response.url, response.request = 200, request.url, request
    response.headers["Content-Type"] = "application/ld+json"
    response.raw = io.BytesIO(SERVED[request.url])
    return response


def croissant(folder: Path) -> list[str]:
    """Validate `croissant.json`, and read every record of every table with it."""
    path = folder / "croissant.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    mapping = {file["@id"]: folder / file["@id"] for file in described["distribution"]}
    try:
        dataset = mlcroissant.Dataset(jsonld=path, mapping=mapping)
        found = [str(warning) for warning in dataset.metadata.ctx.issues.warnings]
        for each in described["recordSet"]:
            number = sum(1 for _ in dataset.records(each["@id"]))
            if f"({number} records)" not in each["description"]:
                found.append(f"{each['@id']} has {number} records, and is described otherwise")
    except (mlcroissant.ValidationError, mlcroissant.GenerationError, ValueError) as error:
        return [str(error)]
    return found


def ro_crate(folder: Path, *, recommended: bool = False) -> list[str]:
    """Validate `ro-crate-metadata.json` with the files beside it against what RO-Crate 1.2 requires."""
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.RECOMMENDED if recommended else models.Severity.REQUIRED,
        no_cache=True,
    )
    issues = services.validate(settings).get_issues()
    found = {f"{issue.severity.name}: {issue.message}" for issue in issues}
    return sorted(each for each in found if not any(accepted in each for accepted in ACCEPTED))


def recommended_ro_crate(folder: Path) -> list[str]:
    """Validate it against what RO-Crate 1.2 recommends too."""
    return ro_crate(folder, recommended=True)


def citation(folder: Path) -> list[str]:
    """Validate `CITATION.cff` against the schema of its version."""
    try:
        create_citation(str(folder / "CITATION.cff"), None).validate()
    except Exception as error:  # noqa: BLE001 (its errors have no class in common)
        return [str(error)]
    return []


def _changed(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        if old not in text:
            sys.exit(f"{name} cannot be broken: it has no {old!r}")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _without_a_file(folder: Path) -> None:
    (folder / "ontology.ttl").unlink()


CHECKS = {"croissant.json": croissant, "ro-crate-metadata.json": ro_crate, "CITATION.cff": citation}
BROKEN: dict[str, list[Callable[[Path], None]]] = {
    "croissant.json": [
        _changed("croissant.json", '"sha256"', '"sha"'),
        _changed("croissant.json", '"dataType": "sc:URL"', '"dataType": "sc:Nothing"'),
        _changed("croissant.json", '"column": "', '"column": "no-'),
        _changed("croissant.json", " records)", "0 records)"),
    ],
    "ro-crate-metadata.json": [
        _changed("ro-crate-metadata.json", '"datePublished"', '"dateHidden"'),
        _changed("ro-crate-metadata.json", '"about"', '"above"'),
        _without_a_file,
    ],
    "CITATION.cff": [
        _changed("CITATION.cff", "authors:", "writers:"),
        _changed("CITATION.cff", "date-released: ", "date-released: about "),
        _changed("CITATION.cff", "type: dataset", "type: data"),
    ],
}


def broken(source: Path, name: str) -> Iterator[Path]:
    """Give copies of a release, each with one fault that concerns a file."""
    for change in BROKEN[name]:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(source, Path(folder) / "dist"))
            change(copy)
            yield copy


def main(ours: Path, small: Path) -> int:
    """Validate a release, and a small one whole and broken; give the number of files that are not as they should be."""
    urllib.request.install_opener(urllib.request.build_opener(_Local))
    requests.adapters.HTTPAdapter.send = _send
    logging.disable(logging.CRITICAL)
    failed = 0
    for name, check in CHECKS.items():
        found = [*(recommended_ro_crate if check is ro_crate else check)(ours), *check(small)]
        refused = [bool(check(copy)) for copy in broken(small, name)]
        print(f"{name}: {len(found)} faults; {sum(refused)} of {len(refused)} broken copies refused")
        print("".join(f"  {line}\n" for line in found), end="")
        failed += bool(found) or not all(refused)
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
