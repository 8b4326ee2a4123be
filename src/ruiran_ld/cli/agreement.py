"""`ruiran-ld agreement`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld.agreement import Comparison, Found, compare, kappa, load_sides, observed
from ruiran_ld.cli.options import json_option, print_json
from ruiran_ld.dataset import locate
from ruiran_ld.errors import Place, Problem, UsageError

_FOUND = ("entities", "events", "claims", "statements", "characters")
_CLASSIFIED = ("speakers", "statuses")


@click.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--overlap",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="Share of their union that the spans of two matched claims have in common at least.",
)
@click.option(
    "--document", "chosen", metavar="SLUG", multiple=True, help="Compare this document only; may be given again."
)
@click.option("--differences", is_flag=True, help="List what differs, to be settled by reading the passages again.")
@json_option
def command(  # noqa: PLR0913 (one parameter for each option)
    first: Path, second: Path, *, overlap: float, chosen: tuple[str, ...], differences: bool, as_json: bool
) -> None:
    """Compare two curators' annotations, A and B, of the documents that both have.

    A and B are dataset folders. For what was found (entities, events, claims by span, statements, characters in some
    claim's span) the figure is F1; for how matched claims were classified (speaker, status) the share of equals and
    Cohen's kappa.

    \b
    Example:
      ruiran-ld agreement . ../second-pass --differences
    """  # noqa: D301 (\b is the character by which click keeps lines)
    ones, others = load_sides(locate(first)), load_sides(locate(second))
    common = sorted(ones.keys() & others.keys())
    missing = [slug for slug in chosen if slug not in common]
    if missing or not common:
        message = f"'{missing[0]}' is not a document that both have" if missing else "no document that both have"
        remedy = f"both have: {', '.join(common)}" if common else "give two folders with the same documents"
        raise UsageError(Problem(message, remedy, Place(str(second))))
    common = list(chosen) or common
    compared = [compare(ones[slug], others[slug], overlap) for slug in common]
    total = Comparison("all")
    for each in compared:
        total = total.with_other(each)
    if as_json:
        print_json([_as_json(each) for each in (*compared, total)])
        return
    click.echo("\n".join(_table([*compared, *([total] if len(compared) > 1 else [])])))
    if differences:
        for each in compared:
            click.echo(f"\n{each.document}")
            for found in each.differences:
                sides = f"{found.first or '-'} | {found.second or '-'}"
                click.echo(f"  {found.kind}: {sides}" + (f"  ({found.detail})" if found.detail else ""))


def _table(compared: list[Comparison]) -> list[str]:
    lines = []
    for each in compared:
        lines.append(each.document)
        for name in _FOUND:
            found: Found = getattr(each, name)
            counts = f"{found.both} both, {found.first} A alone, {found.second} B alone"
            lines.append(f"  {name:<11} F1 {found.f1:.2f}   {counts}")
        for name in _CLASSIFIED:
            pairs = getattr(each, name)
            lines.append(f"  {name:<11} same {observed(pairs):.2f}, kappa {kappa(pairs):.2f}   of {len(pairs)} claims")
    return lines


def _as_json(each: Comparison) -> dict[str, object]:
    found: dict[str, object] = {"document": each.document}
    for name in _FOUND:
        counts: Found = getattr(each, name)
        found[name] = {**counts._asdict(), "f1": round(counts.f1, 4)}
    for name in _CLASSIFIED:
        pairs = getattr(each, name)
        found[name] = {"claims": len(pairs), "same": round(observed(pairs), 4), "kappa": round(kappa(pairs), 4)}
    found["differences"] = [
        {"kind": one.kind, "first": one.first, "second": one.second, "detail": one.detail} for one in each.differences
    ]
    return found
