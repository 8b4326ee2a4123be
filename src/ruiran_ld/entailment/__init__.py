"""Entailment: what follows from the data by the ontology (OWL 2 RL), and where they contradict it.

    axioms = compile_axioms(read_ontology(files))     # refuses axioms that are not implemented
    closure = entail(asserted_lines, axioms)
    closure.require_consistency()                     # DataError that says which triples clash
    closure.inferred                                  # sorted N-Triples lines that are not asserted

Why it is done this way, what is implemented and what is left out: docs/decisions/0003-entailment.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ruiran_ld.entailment.axioms import Axioms, compile_axioms
from ruiran_ld.entailment.clashes import Clash, find_clashes
from ruiran_ld.entailment.closure import saturate
from ruiran_ld.entailment.ontology import Ontology, read_ontology
from ruiran_ld.entailment.scope import is_axiomatic
from ruiran_ld.entailment.terms import Triple, is_blank, is_literal
from ruiran_ld.errors import DataError, InternalError, Place, Problem

__all__ = ["Axioms", "Clash", "Closure", "Ontology", "compile_axioms", "entail", "read_data", "read_ontology"]


def _nowhere(_term: str) -> Place | None:
    return None


@dataclass(frozen=True)
class Closure:
    """What follows from data.

    Attributes:
        inferred: the entailed triples about the data (see `scope`) that neither the data nor the ontology assert, as
            N-Triples lines without line ends, sorted.
        clashes: the contradictions, in the order of their texts; where there are any, `inferred` is worth little.
    """

    inferred: tuple[str, ...]
    clashes: tuple[Clash, ...]

    def require_consistency(self, place_of: Callable[[str], Place | None] = _nowhere) -> None:
        """Stop if the data contradict the ontology.

        Args:
            place_of: finds the place that a term of the data (as N-Triples) comes from, if it is known.

        Raises:
            DataError: one problem for each clash.
        """
        if self.clashes:
            raise DataError(clash.problem(place_of) for clash in self.clashes)


def entail(asserted: bytes | Iterable[str], axioms: Axioms) -> Closure:
    """Compute the closure of data under a compiled ontology, and look it through for clashes.

    Args:
        asserted: the data as canonical N-Triples (UTF-8 bytes, or lines with or without line ends), no blank nodes.
        axioms: the compiled ontology; its own individuals, such as concepts, count as known.

    Raises:
        DataError: the data hold blank nodes, or axioms, which belong into the ontology.
        InternalError: a line is not canonical N-Triples, which only software writes here.
    """
    data = read_data(asserted)
    facts = saturate(axioms.rules, (*data, *axioms.facts))
    known = axioms.scope.holds
    inferred = sorted(
        f"{fact.s} {fact.p} {fact.o} ." for fact, reason in facts.reasons.items() if reason is not None and known(fact)
    )
    return Closure(tuple(inferred), find_clashes(axioms.rules, facts, axioms.ontology))


def read_data(asserted: bytes | Iterable[str]) -> tuple[Triple, ...]:
    """Split canonical N-Triples into triples, sorted so that the order of the input changes nothing.

    Raises:
        DataError, InternalError: as `entail`.
    """
    lines = asserted.decode().split("\n") if isinstance(asserted, bytes) else asserted
    triples = tuple(sorted(set(_split(lines))))
    problems = [*_unfit(triples)]
    if problems:
        raise DataError(problems)
    return triples


def _split(lines: Iterable[str]) -> Iterator[Triple]:
    for line in lines:
        parts = line.rstrip("\n").split(" ", 2)
        if len(parts) == 3 and parts[2].endswith(" ."):
            yield Triple(parts[0], parts[1], parts[2][:-2])
        elif line.strip():
            raise InternalError(Problem(f"not a line of canonical N-Triples: {line[:200]!r}", "write 's p o .' a line"))


def _unfit(triples: Iterable[Triple]) -> Iterator[Problem]:
    """Find the triples that data must not hold."""
    for triple in triples:
        if is_blank(triple.s) or is_blank(triple.o) or is_literal(triple.s):
            text = " ".join("[]" if is_blank(term) else term for term in triple)
            yield Problem(f"a blank node or a literal subject in the data: {text}", "give the node an IRI")
        elif is_axiomatic(triple):
            yield Problem(f"an axiom in the data: {' '.join(triple)}", "state axioms in the ontology")
