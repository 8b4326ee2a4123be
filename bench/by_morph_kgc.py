"""Prepares a run of morph-kgc: an RML mapping over ready tables, and its configuration.

One triples map a table. IRIs stand whole in the tables and are taken by reference, which spares morph-kgc the
percent-encoding that templates bring.
"""

from __future__ import annotations

from pathlib import Path

from bench.layout import IRI, PLAIN, Column, Table, read_layout

_HEAD = """\
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@base <https://example.org/mapping/> .
"""
_CONFIGURATION = """\
[CONFIGURATION]
output_file = {output}
output_format = N-TRIPLES
number_of_processes = 1
logging_level = WARNING

[Tables]
mappings = {mapping}
"""


def _object(column: Column, name: str) -> str:
    if column.kind == IRI:
        kind = "; rr:termType rr:IRI"
    elif column.kind == PLAIN:
        kind = ""
    elif column.kind.startswith("@"):
        kind = f'; rr:language "{column.kind[1:]}"'
    else:
        kind = f"; rr:datatype <{column.kind}>"
    return (
        f"  rr:predicateObjectMap [ rr:predicate <{column.predicate}> ;"
        f' rr:objectMap [ rml:reference "{name}" {kind} ] ] ;\n'
    )


def _triples_map(table: Table, folder: Path) -> str:
    subject, *names = table.header()
    classes = "".join(f" ; rr:class <{class_}>" for class_ in table.classes)
    text = (
        f"<{table.name}> a rr:TriplesMap ;\n"
        f'  rml:logicalSource [ rml:source "{folder / table.name}.csv" ; rml:referenceFormulation ql:CSV ] ;\n'
        f'  rr:subjectMap [ rml:reference "{subject}" ; rr:termType rr:IRI{classes} ] ;\n'
    )
    if table.is_facts:
        text += (
            '  rr:predicateObjectMap [ rr:predicateMap [ rml:reference "property" ] ;'
            ' rr:objectMap [ rml:reference "other" ; rr:termType rr:IRI ] ] ;\n'
        )
    return text + "".join(_object(column, name) for column, name in zip(table.columns, names, strict=False)) + ".\n"


def write_mapping(tables: Path, output: Path, folder: Path) -> Path:
    """Write the mapping of a folder of tables, and the configuration, which is returned, into another folder."""
    mapping, configuration = folder / "mapping.ttl", folder / "morph-kgc.ini"
    text = "\n".join((_HEAD, *(_triples_map(table, tables) for table in read_layout(tables))))
    mapping.write_text(text, encoding="utf-8")
    configuration.write_text(_CONFIGURATION.format(output=output, mapping=mapping), encoding="utf-8")
    return configuration
