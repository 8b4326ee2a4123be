"""Rules: an axiom of the ontology, put as a Horn clause under the name that OWL 2 RL/RDF gives it.

A pattern is a triple whose subject and object are terms or numbered variables; its predicate is always a term, because
every rule comes from an axiom that names it. In a rule with one pattern the subject is variable 0 and the object
variable 1 (or a term). A rule without a head is a clash: where its body holds, the data contradict the ontology.
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Pattern = tuple[str | int, str, str | int]

INFERRING: Final = frozenset(
    {
        "prp-dom",
        "prp-rng",
        "prp-symp",
        "prp-trp",
        "prp-spo1",
        "prp-spo2",
        "prp-eqp1",
        "prp-eqp2",
        "prp-inv1",
        "prp-inv2",
        "cls-int1",
        "cls-int2",
        "cls-uni",
        "cls-svf1",
        "cls-svf2",
        "cls-avf",
        "cls-hv1",
        "cls-hv2",
        "cls-oo",
        "cax-sco",
        "cax-eqc1",
        "cax-eqc2",
        "scm-svf1",
        "scm-svf2",
        "scm-avf1",
        "scm-avf2",
        "scm-hv",
    }
)
"""The rules that infer. Of the scm-* rules those that no chain of the others replaces, and scm-hv, which feeds them."""

CLASHING: Final = frozenset(
    {
        "eq-rep",
        "eq-diff1",
        "prp-fp",
        "prp-ifp",
        "prp-irp",
        "prp-asyp",
        "prp-pdw",
        "prp-adp",
        "prp-npa1",
        "prp-npa2",
        "cls-nothing2",
        "cls-com",
        "cls-maxc1",
        "cls-maxc2",
        "cls-maxqc1",
        "cls-maxqc2",
        "cls-maxqc3",
        "cls-maxqc4",
        "cax-dw",
        "cax-adc",
        "dt-not-type",
    }
)
"""The rules that find a contradiction."""

IDENTIFYING: Final = frozenset({"eq-rep", "prp-fp", "prp-ifp", "cls-maxc2", "cls-maxqc3", "cls-maxqc4"})
"""Those of them from which the standard infers that two terms name one thing. Here two names are two things: nothing is
ever merged, so such an inference is a clash."""


@dataclass(frozen=True, slots=True)
class Axiom:
    """An axiom as a person reads it, and the file that it stands in (empty if it is part of the language)."""

    text: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.file})" if self.file else self.text


@dataclass(frozen=True, slots=True)
class Rule:
    """One Horn clause.

    Attributes:
        name: the rule's name in OWL 2 RL/RDF.
        axiom: what in the ontology it comes from.
        body: the patterns that have to hold together.
        head: what then holds too; None if the body is a contradiction.
        different: two variables of the body that must not have the same value.
    """

    name: str
    axiom: Axiom
    body: tuple[Pattern, ...]
    head: Pattern | None
    different: tuple[int, int] | None = None
