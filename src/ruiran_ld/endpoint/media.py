"""Which of the media types on offer a client likes best (RFC 9110, section 12.5.1).

The same reading of ``Accept`` as that of the redirects which ``dereferencing`` writes for Apache, odd weights included
(``*; q=.2`` is what Java sends): an IRI has to lead to the same form whoever answers for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeVar

Offer = TypeVar("Offer", bound=str)

# Lists at commas and parameters at semicolons, but for those in quoted strings (sections 5.6.1 and 5.6.6).
_elements = re.compile(r'(?:[^,"]|"[^"]*(?:"|$))+').findall
_parts = re.compile(r'(?:[^;"]|"[^"]*(?:"|$))+').findall
_weight = re.compile(r"([01]?)(?:\.([0-9]*))?").fullmatch
_FULL: Final = 1000


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Choose the offer of the highest weight; of several, the one that stands first.

    Args:
        accept: the value of the header, or None where there is none.
        offers: media types, or names of content codings.

    Returns:
        An offer, or None if the client accepts none of them.
    """
    ranges = weights(accept)
    best = max(offers, key=lambda offer: weight(ranges, offer), default=None)
    return best if best is not None and weight(ranges, best) else None


def weight(ranges: dict[str, int], offer: str) -> int:
    """Give the weight of an offer in thousandths: that of the most specific range that fits, 0 if none does."""
    fitting = (offer, f"{offer.partition('/')[0]}/*", "*")
    return next((ranges[name] for name in fitting if name in ranges), 0)


def weights(accept: str | None) -> dict[str, int]:
    """Read the ranges of a header: range in lower case, without parameters -> thousandths.

    A range whose weight is no number is passed over; of a range that stands twice the first counts.
    """
    if accept is None or not accept.strip():
        return {"*": _FULL}
    found: dict[str, int] = {}
    for element in _elements(accept):
        name, *parameters = _parts(element) or [""]
        name = name.strip().lower()
        thousandths = _thousandths(parameters)
        if name and thousandths is not None:
            found.setdefault("*" if name == "*/*" else name, thousandths)
    return found


def _thousandths(parameters: Sequence[str]) -> int | None:
    pairs = (parameter.partition("=") for parameter in parameters)
    value = next((value.strip() for name, _, value in pairs if name.strip().lower() == "q"), "1")
    match = _weight(value)
    if match is None:
        return None
    whole, decimals = match.groups()
    if whole == "1" or not value:
        return _FULL
    return int((decimals or "")[:3].ljust(3, "0"))
