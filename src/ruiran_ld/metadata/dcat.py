"""The catalogue in DCAT-AP 3.0.1: one catalogue, one dataset, a distribution for each file."""

from __future__ import annotations

from typing import Final

from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.files import ASSERTED, ENTAILED, Form, PublishedFile
from ruiran_ld.metadata.triples import ADMS, DCAT, DCATAP, EU, FOAF, IANA, SPDX, VCARD, Facts
from ruiran_ld.namespaces import DCTERMS, OWL, SKOS

_SHA256: Final = f"{SPDX}checksumAlgorithm_sha256"
_PUBLIC: Final = f"{EU}/access-right/PUBLIC"


def lines(description: Description) -> list[str]:
    """Describe catalogue, dataset and distributions as N-Triples lines."""
    facts = Facts(description.settings.language)
    _agents(description, facts)
    _catalogue(description, facts)
    _dataset(description, facts)
    _coverage(description, facts)
    _documents(description, facts)
    for file in description.files:
        _distribution(description, file, facts)
    for form in {file.form for file in description.files}:
        _form(form, facts)
    return facts.lines


def creator(description: Description) -> str:
    """Give the IRI of who made the dataset; that of the publisher if the names are the same."""
    settings = description.settings
    return description.part("publisher" if settings.creator == settings.publisher else "creator")


def _agents(description: Description, facts: Facts) -> None:
    settings = description.settings
    publisher = description.part("publisher")
    for agent, name in ((publisher, settings.publisher), (creator(description), settings.creator)):
        facts.types(agent, f"{FOAF}Agent")
        facts.text(agent, f"{FOAF}name", name)
    facts.links(publisher, f"{DCTERMS}type", settings.publisherType)
    _concept(facts, settings.publisherType)
    if settings.contact:
        contact = description.part("contact")
        facts.types(contact, f"{VCARD}Kind")
        facts.text(contact, f"{VCARD}fn", settings.contact.name)
        how = "hasEmail" if settings.contact.iri.startswith("mailto:") else "hasURL"
        facts.links(contact, VCARD + how, settings.contact.iri)


def _catalogue(description: Description, facts: Facts) -> None:
    """Describe the catalogue (DCAT-AP 3.0.1, section 7.2)."""
    settings, catalogue = description.settings, description.part("catalog")
    facts.types(catalogue, f"{DCAT}Catalog")
    _shared(description, catalogue, facts)
    facts.links(catalogue, f"{FOAF}homepage", description.home)
    facts.types(description.home, f"{FOAF}Document")
    facts.links(catalogue, f"{DCAT}dataset", description.dataset)
    facts.links(catalogue, f"{DCTERMS}spatial", *settings.spatial.values())
    if settings.themes:
        scheme = f"{EU}/data-theme"
        facts.links(catalogue, f"{DCAT}themeTaxonomy", scheme)
        facts.types(scheme, f"{SKOS}ConceptScheme")
        facts.text(scheme, f"{DCTERMS}title", "Data themes of the EU", language="en")


def _shared(description: Description, subject: str, facts: Facts) -> None:
    settings = description.settings
    facts.text(subject, f"{DCTERMS}title", settings.title)
    facts.text(subject, f"{DCTERMS}description", settings.description)
    facts.links(subject, f"{DCTERMS}publisher", description.part("publisher"))
    facts.links(subject, f"{DCTERMS}creator", creator(description))
    facts.links(subject, f"{DCTERMS}license", settings.license)
    facts.types(settings.license, f"{DCTERMS}LicenseDocument")
    facts.links(subject, f"{DCTERMS}language", *settings.languages)
    for language in settings.languages:
        facts.types(language, f"{DCTERMS}LinguisticSystem")
    for date in ("issued", "modified"):
        facts.value(subject, DCTERMS + date, settings.issued, "date")


def _dataset(description: Description, facts: Facts) -> None:
    """Describe the dataset (DCAT-AP 3.0.1, section 7.4)."""
    settings, dataset = description.settings, description.dataset
    facts.types(dataset, f"{DCAT}Dataset")
    _shared(description, dataset, facts)
    facts.value(dataset, f"{DCTERMS}identifier", dataset)
    facts.value(dataset, f"{DCAT}version", settings.version)
    facts.value(dataset, f"{OWL}versionInfo", settings.version)
    facts.text(dataset, f"{DCAT}keyword", *settings.keywords)
    facts.links(dataset, f"{DCAT}theme", *settings.themes)
    _concept(facts, *settings.themes)
    facts.links(dataset, f"{DCTERMS}accessRights", _PUBLIC)
    facts.types(_PUBLIC, f"{DCTERMS}RightsStatement")
    if settings.contact:
        facts.links(dataset, f"{DCAT}contactPoint", description.part("contact"))
    facts.links(dataset, f"{DCAT}landingPage", settings.landingPage)
    facts.links(dataset, f"{DCTERMS}conformsTo", *description.ontologies)
    for ontology in description.ontologies:
        facts.types(ontology, f"{DCTERMS}Standard")
    files = (description.part("file", file.name) for file in description.files)
    facts.links(dataset, f"{DCAT}distribution", *files)


def _concept(facts: Facts, *concepts: str) -> None:
    """Type concepts of others' lists, and label them by their codes, so that they are useful without a network."""
    for concept in filter(None, concepts):
        facts.types(concept, f"{SKOS}Concept")
        facts.text(concept, f"{SKOS}prefLabel", concept.rpartition("/")[2], language="en")


def _coverage(description: Description, facts: Facts) -> None:
    """Say what places and what time the dataset speaks of, and how often it grows."""
    settings, dataset = description.settings, description.dataset
    for name, place in settings.spatial.items():
        facts.links(dataset, f"{DCTERMS}spatial", place)
        facts.types(place, f"{DCTERMS}Location")
        facts.text(place, f"{SKOS}prefLabel", name)
    if settings.temporal:
        period = description.part("temporal")
        facts.links(dataset, f"{DCTERMS}temporal", period)
        facts.types(period, f"{DCTERMS}PeriodOfTime")
        facts.value(period, f"{DCAT}startDate", settings.temporal.start, "date")
        facts.value(period, f"{DCAT}endDate", settings.temporal.end, "date")
    if settings.accrualPeriodicity:
        facts.links(dataset, f"{DCTERMS}accrualPeriodicity", settings.accrualPeriodicity)
        facts.types(settings.accrualPeriodicity, f"{DCTERMS}Frequency")


def _documents(description: Description, facts: Facts) -> None:
    """Say for each document what was taken from it and what was not."""
    for document in description.documents:
        facts.links(description.dataset, f"{DCTERMS}source", document.iri)
        facts.text(document.iri, f"{DCTERMS}title", document.label)
        facts.links(document.iri, f"{DCTERMS}rights", document.rights)
    for statement, text in description.rights.items():
        facts.types(statement, f"{DCTERMS}RightsStatement")
        facts.text(statement, f"{DCTERMS}description", text)


def _distribution(description: Description, file: PublishedFile, facts: Facts) -> None:
    """Describe a file (DCAT-AP 3.0.1, section 7.5) with its checksum (section 8.2)."""
    settings, iri, url = description.settings, description.part("file", file.name), description.url(file.name)
    facts.types(iri, f"{DCAT}Distribution")
    facts.text(iri, f"{DCTERMS}title", file.name, language="en")
    facts.text(iri, f"{DCTERMS}description", file.title, language="en")
    facts.links(iri, f"{DCAT}accessURL", url)
    facts.links(iri, f"{DCAT}downloadURL", url)
    facts.links(iri, f"{DCAT}mediaType", f"{IANA}/{file.form.media_type}")
    facts.links(iri, f"{DCTERMS}format", _format(file.form))
    facts.links(iri, f"{DCTERMS}conformsTo", file.form.standard)
    facts.links(iri, f"{DCTERMS}license", settings.license)
    facts.links(iri, f"{DCTERMS}isFormatOf", held_graph(description, file))
    facts.links(iri, f"{DCATAP}availability", settings.availability)
    _concept(facts, settings.availability)
    facts.links(iri, f"{ADMS}status", f"{EU}/distribution-status/COMPLETED")
    _concept(facts, f"{EU}/distribution-status/COMPLETED")
    facts.value(iri, f"{DCTERMS}issued", settings.issued, "date")
    facts.value(iri, f"{DCAT}byteSize", file.size, "nonNegativeInteger")
    if file.name.endswith(".trig"):
        facts.links(iri, f"{DCTERMS}hasPart", *(each.graph for each in description.documents))
    checksum(description, iri, file.sha256, file.name, facts)


def held_graph(description: Description, file: PublishedFile) -> str:
    """Give the IRI of the graph that a file holds; empty if it holds none of the data's."""
    return {ASSERTED: description.dataset, ENTAILED: description.part("entailed")}.get(file.graph, "")


def checksum(description: Description, subject: str, digest: str, name: str, facts: Facts) -> None:
    """Give the SHA-256 of a file in the words of SPDX."""
    iri = description.part("checksum", name)
    facts.links(subject, f"{SPDX}checksum", iri)
    facts.types(iri, f"{SPDX}Checksum")
    facts.links(iri, f"{SPDX}algorithm", _SHA256)
    facts.types(_SHA256, f"{SPDX}ChecksumAlgorithm")
    facts.value(iri, f"{SPDX}checksumValue", digest, "hexBinary")


def _format(form: Form) -> str:
    return f"{EU}/file-type/{form.file_type}" if form.file_type else ""


def _form(form: Form, facts: Facts) -> None:
    facts.types(f"{IANA}/{form.media_type}", f"{DCTERMS}MediaType")
    facts.types(form.standard, f"{DCTERMS}Standard")
    if _format(form):
        facts.types(_format(form), f"{DCTERMS}MediaTypeOrExtent")
