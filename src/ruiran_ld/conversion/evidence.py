"""What the claims of an event add up to: its realis and the bounds of its time.

Evidence of one event from several documents is merged with ``merge``, in any order and with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from ruiran_ld.edtf_bounds import Bounds, bounds
from ruiran_ld.namespaces import RR, XSD
from ruiran_ld.vocabulary import Realis

_STARTS: Final = tuple(f' <{RR}{name}> "' for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd"))
_DATE: Final = f'"^^<{XSD}date> .\n'


class Evidence(msgspec.Struct):
    """What claims say of the standing and the time of one event.

    Attributes:
        precedence: the lowest precedence among the realis values of the claims.
        times: the EDTF expressions that they give.
    """

    precedence: int
    times: set[str]


def merge(into: dict[str, Evidence], found: Mapping[str, Evidence]) -> None:
    """Add the evidence of more claims, by the event's term."""
    for event, more in found.items():
        have = into.get(event)
        if have is None:
            into[event] = Evidence(more.precedence, set(more.times))
        else:
            have.precedence = min(have.precedence, more.precedence)
            have.times |= more.times


def realis_facts(realis: Iterable[Realis]) -> dict[int, str]:
    """Write, by precedence, what follows the term of an event in the triple of its realis."""
    return {each.precedence: f" <{RR}realis> <{each.iri}> .\n" for each in realis}


def derived_lines(evidence: Mapping[str, Evidence], realis: Mapping[int, str]) -> list[str]:
    """Write the derived triples of events: realis, and the widest bounds that their times leave open.

    Args:
        evidence: by the event's term.
        realis: as ``realis_facts`` gives it.
    """
    found: list[str] = []
    for event, facts in evidence.items():
        found.append(event + realis[facts.precedence])
        if facts.times:
            widest = _widest([bounds(time) for time in facts.times])
            found += [f"{event}{start}{day}{_DATE}" for start, day in zip(_STARTS, widest, strict=True) if day]
    return found


def _widest(all_bounds: list[Bounds]) -> Bounds:
    """Take, of several accounts of one time, the earliest of the first days and the latest of the last.

    A side that one account leaves open stays open.
    """
    if len(all_bounds) == 1:
        return all_bounds[0]
    starts, late_starts, ends, late_ends = zip(*all_bounds, strict=True)
    return Bounds(
        min(starts) if all(starts) else None,
        max(late_starts) if all(late_starts) else None,
        min(ends) if all(ends) else None,
        max(late_ends) if all(late_ends) else None,
    )
