"""What the keeper of a dataset chooses for its website: ``seeds/site.yaml``, which may be missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import msgspec

from ruiran_ld import yaml_records
from ruiran_ld.errors import DataError, Problem, nearest
from ruiran_ld.forms import Spot, decode
from ruiran_ld.vocabulary import Vocabulary
from ruiran_ld.yaml_records import Located

FILE: Final = "site.yaml"


class Scope(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a dataset covers and what it leaves out, each a sentence in the dataset's language."""

    covers: list[str] = []
    leavesOut: list[str] = []  # noqa: N815 (the key that curators write)


class Network(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the network shows at first.

    Attributes:
        classes: curators' keys of classes of events; empty for all.
        sources: keys of the properties that lead from an event to those whom it starts from.
        targets: keys of the properties that lead from an event to those whom it goes to.
    """

    classes: list[str] = []
    sources: list[str] = []
    targets: list[str] = []


class Choices(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The choices of a website.

    Attributes:
        scope: what the home page says of the dataset's extent.
        featuredQueries: names of the queries that the home page shows.
        examples: slugs of things that the home page leads to.
        network: what the network shows at first.
    """

    scope: Scope = Scope()
    featuredQueries: list[str] = []  # noqa: N815 (the key that curators write)
    examples: list[str] = []
    network: Network = Network()


def load(seeds: Path, vocabulary: Vocabulary, queries: Collection[str], things: Collection[str]) -> Choices:
    """Load the choices of a dataset; without a file there are none.

    Args:
        seeds: the folder of the file.
        vocabulary: the compiled ontology, whose keys the file may name.
        queries: names of the bundled queries.
        things: slugs of what has a page.

    Raises:
        DataError: with all that is wrong with the file.
    """
    path = seeds / FILE
    if not path.exists():
        return Choices()
    located = yaml_records.read(path, f"{seeds.name}/{FILE}")
    problems: list[Problem] = []
    choices = decode(located.tree, Choices, Spot("site", located), problems)
    if choices:
        problems += _unknown(choices, located, vocabulary, queries, things)
    if choices is None or problems:
        raise DataError(problems)
    return choices


def _unknown(
    choices: Choices,
    located: Located,
    vocabulary: Vocabulary,
    queries: Collection[str],
    things: Collection[str],
) -> Iterator[Problem]:
    named: list[tuple[tuple[str, ...], list[str], Collection[str]]] = [
        (("featuredQueries",), choices.featuredQueries, queries),
        (("examples",), choices.examples, things),
        (("network", "classes"), choices.network.classes, vocabulary.classes),
        (("network", "sources"), choices.network.sources, vocabulary.properties),
        (("network", "targets"), choices.network.targets, vocabulary.properties),
    ]
    for path, names, known in named:
        for name in names:
            if name not in known:
                remedy = nearest(name, known) or "write the name of one that there is, or take it out"
                yield Problem(f"'{'.'.join(path)}' names '{name}', which there is not", remedy, located.place(*path))
