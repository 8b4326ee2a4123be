"""Marks of statuses and of realis values: a shape, a word and a pattern of line, so that none rests on colour.

Which mark a concept gets follows from what the ontology says of it, never from its name: statuses that establish
relations have full shapes, those that deny crossed ones, all others hollow ones; realis values have squares, by their
precedence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import RR
from ruiran_ld.site.view import Link, View

_FULL: Final = "●◆▲★"
_CROSSED: Final = "⊗⊘"
_HOLLOW: Final = "○◇△▽☆▷◁"
_STANDINGS: Final = "■◧▤▥▨▩▢"
_DENIED: Final = "⊠"
_LINES: Final = ("solid", "dashed", "dotted", "double")


class Mark(NamedTuple):
    """How a status or a realis value shows.

    Attributes:
        kind: ``status`` or ``realis``.
        shape: one character.
        line: pattern of the line around it: ``solid``, ``dashed``, ``dotted`` or ``double``.
        is_firm: whether it stands for what is vouched for.
        is_negative: whether it stands for a denial.
        link: to the concept, with its name.
        hint: the concept's definition.
    """

    kind: str
    shape: str
    line: str
    is_firm: bool
    is_negative: bool
    link: Link
    hint: str


MISTAKEN: Final = Mark(
    kind="status",
    shape="✗",
    line="dashed",
    is_firm=False,
    is_negative=True,
    link=Link(f"{RR}mistaken", "", "known to be wrong"),
    hint="",
)
"""The mark of a claim that the curator knows to be wrong, in place of that of its status."""


def of_statuses(view: View) -> dict[str, Mark]:
    """Give each epistemic status its mark: IRI -> mark, in the order of the ontology's keys."""
    statuses = view.vocabulary.statuses.values()
    full = _shapes([each.iri for each in statuses if each.establishes], _FULL)
    crossed = _shapes([each.iri for each in statuses if each.negates], _CROSSED)
    hollow = [each.iri for each in statuses if not each.establishes and not each.negates]
    shapes = {**_shapes(hollow, _HOLLOW), **full, **crossed}
    lines = {iri: _LINES[1 + place % 3] for place, iri in enumerate(hollow)}
    return {
        each.iri: Mark(
            "status",
            shapes[each.iri],
            lines.get(each.iri, _LINES[0]),
            each.establishes,
            each.negates,
            view.link(each.iri),
            view.vocabulary.definitions.get(each.iri, ""),
        )
        for each in statuses
    }


def of_realis(view: View) -> dict[str, Mark]:
    """Give each realis value its mark: IRI -> mark, by precedence. The first is firm."""
    ranked = sorted(view.vocabulary.realis.values(), key=lambda each: (each.precedence, each.iri))
    denials = {each.realis for each in view.vocabulary.statuses.values() if each.negates}
    return {
        each.iri: Mark(
            "realis",
            _DENIED if each.iri in denials else _STANDINGS[place % len(_STANDINGS)],
            _LINES[0] if place == 0 else _LINES[1 + (place - 1) % 3],
            place == 0,
            each.iri in denials,
            view.link(each.iri),
            view.vocabulary.definitions.get(each.iri, ""),
        )
        for place, each in enumerate(ranked)
    }


def _shapes(iris: Sequence[str], shapes: str) -> Mapping[str, str]:
    return {iri: shapes[place % len(shapes)] for place, iri in enumerate(iris)}
