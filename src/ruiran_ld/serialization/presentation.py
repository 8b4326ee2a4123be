"""What all writers share beside the graph: the base, the vocabulary, the prefixes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ruiran_ld.serialization import layout
from ruiran_ld.serialization.graph import Graph
from ruiran_ld.serialization.layout import Section
from ruiran_ld.serialization.prefixes import Prefixes, document_prefixes, general_prefixes, scheme_prefixes
from ruiran_ld.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a dataset is shown.

    Attributes:
        base: the base IRI of the dataset.
        vocabulary: the compiled ontology.
        name: what the names of the files begin with.
        declared: further prefixes, such as those that the ontology's files declare; see ``prefixes``.
    """

    base: str
    vocabulary: Vocabulary
    name: str
    declared: Mapping[str, str] = field(default_factory=dict)

    def general_prefixes(self) -> Prefixes:
        """Give the prefixes that do not depend on the data, for JSON-LD."""
        return Prefixes(general_prefixes(self.base, self.vocabulary, self.declared))

    def graph_prefixes(self, graph: Graph) -> Prefixes:
        """Give all prefixes for a graph, those of its documents among them, for Turtle and TriG."""
        documents = layout.documents(graph, self.vocabulary)
        return Prefixes(
            [
                *general_prefixes(self.base, self.vocabulary, self.declared),
                *scheme_prefixes(self.vocabulary),
                *document_prefixes(documents, self.base),
            ]
        )

    def sections(self, graph: Graph, prefixes: Prefixes) -> list[Section]:
        """Put the subjects of a graph into the order of reading."""
        return layout.sections(graph, self.vocabulary, prefixes)
