"""The order of the stages of a website: documents, pages, write, check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ruiran_ld import dereferencing, entailment, queries, release, seeds, serialization, site, validation
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.pipeline.building import OnStage
from ruiran_ld.records import Settings
from ruiran_ld.serialization import Presentation
from ruiran_ld.vocabulary import compile_vocabulary, ontology_files

SITE_STAGES: Final = ("documents", "pages", "write", "check")


def publish_site(
    folder: DatasetFolder, target: Path, scripts: Mapping[str, bytes], *, on_stage: OnStage = lambda _: None
) -> tuple[release.ReleasedFile, ...]:
    """Write what has to be hosted so that every IRI of the published dataset leads to a document and to a page.

    Args:
        folder: the dataset, as it was built.
        target: the folder to publish to; on any error what stood there stays.
        scripts: files of the scripts of the pages, by name.
        on_stage: is told each stage of ``SITE_STAGES`` as it begins.

    Raises:
        RuiranError: if there is no release, the target is not ours to replace, or an IRI or a link leads nowhere.
    """
    release.require_replaceable(target)
    release.recover(folder.dist)
    layout = dereferencing.layout_of(seeds.load_settings(folder.seeds))
    files = make_site(folder, scripts, on_stage=on_stage)
    on_stage("write")

    def check(written: Path) -> None:
        on_stage("check")
        dereferencing.check(written / dereferencing.SITE, layout)

    return release.publish(target, files, check)


@dataclass(frozen=True, slots=True)
class Hosted:
    """What was built, as it is published for hosting.

    Attributes:
        settings: what the dataset is called, and where it is hosted.
        presentation: the compiled ontology, and how IRIs are shortened.
        source: the release.
        published: the documents that are made of it.
    """

    settings: Settings
    presentation: Presentation
    source: dereferencing.Sources
    published: dereferencing.Published


def make_documents(folder: DatasetFolder) -> Hosted:
    """Make the documents of a built dataset.

    Raises:
        DataError: if there is no release, a release is not whole, or an IRI cannot have a document.
    """
    settings = seeds.load_settings(folder.seeds)
    ontology = entailment.read_ontology(ontology_files(folder.ontology))
    presentation = Presentation(settings.base, compile_vocabulary(folder.ontology), settings.name, ontology.prefixes)
    layout = dereferencing.layout_of(settings)
    source = dereferencing.read(folder.dist, serialization.entailed_file_name(settings.name))
    published = dereferencing.make(source, folder.root / dereferencing.RELEASES, layout, presentation)
    return Hosted(settings, presentation, source, published)


def make_site(
    folder: DatasetFolder, scripts: Mapping[str, bytes] | None = None, *, on_stage: OnStage = lambda _: None
) -> dict[str, bytes]:
    """Make what has to be hosted of a built dataset, pages and documents: name below the folder -> bytes.

    Args:
        folder: the dataset, as it was built.
        scripts: files of the scripts of the pages, by name; None for pages without.
        on_stage: is told each stage of ``SITE_STAGES`` that happens here as it begins.

    Raises:
        DataError: if there is no release, a release is not whole, an IRI cannot have a document, or ``site.yaml`` is
            wrong.
    """
    on_stage("documents")
    hosted = make_documents(folder)
    on_stage("pages")
    layout = dereferencing.layout_of(hosted.settings)
    vocabulary, known = hosted.presentation.vocabulary, queries.load_queries(folder.queries)
    slugs = {path.removeprefix("id/") for path in hosted.published.heads if path.startswith("id/")}
    material = site.Material(
        graph=hosted.source.graph,
        heads=hosted.published.heads,
        schemas=hosted.published.schemas,
        profiles=validation.profiles(sorted(folder.shapes.glob("*.ttl"))),
        files=hosted.source.files,
        queries=known,
        layout=layout,
        settings=hosted.settings,
        presentation=hosted.presentation,
        choices=site.load_choices(folder.seeds, vocabulary, known, slugs),
        scripts=scripts or {},
    )
    return dereferencing.assemble(hosted.published, site.make(material), layout, hosted.settings)
