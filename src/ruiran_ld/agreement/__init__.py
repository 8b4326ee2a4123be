"""Agreement of two curators who annotated the same documents without seeing each other's work.

Claims are matched by their spans, entities by slug, authority record or name, events by the matched claims that speak
of them. Agreement on what each of them found is F1, which needs no true negatives; agreement on how a matched claim
was classified is Cohen's kappa (Cohen 1960), which takes away what chance would give.
"""

from __future__ import annotations

from ruiran_ld.agreement.comparison import Comparison, Difference, compare
from ruiran_ld.agreement.figures import Found, kappa, observed
from ruiran_ld.agreement.sides import Side, load_sides

__all__ = ["Comparison", "Difference", "Found", "Side", "compare", "kappa", "load_sides", "observed"]
