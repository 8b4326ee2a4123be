"""Pages read as a browser reads them, as far as tests need it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path

from ruiran_ld import pipeline
from ruiran_ld.dataset import DatasetFolder

BLOCKS = {"dd", "dt", "h1", "h2", "h3", "h4", "li", "p", "pre", "summary", "td", "th", "tr"}
VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    """An element: its name, its attributes, and all text in it, with a space before each block."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Parsed:
    """The elements of a page in the order of their start tags, and whether each was closed in its turn."""

    elements: list[Element] = field(default_factory=list)
    is_balanced: bool = True

    def all(self, element: str, /, **attributes: str) -> list[Element]:
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [each for each in self.elements if each.name == element and wanted.items() <= each.attributes.items()]

    def one(self, element: str, /, **attributes: str) -> Element:
        (found,) = self.all(element, **attributes)
        return found

    def skeleton(self) -> Counter[tuple[str, frozenset[str]]]:
        """Count the elements by name and by the names of their attributes."""
        return Counter((each.name, frozenset(each.attributes)) for each in self.elements)

    @cached_property
    def ids(self) -> dict[str, Element]:
        """Find the elements with an identifier; of several with the same, the last."""
        return {each.attributes["id"]: each for each in self.elements if "id" in each.attributes}

    @cached_property
    def links(self) -> list[str]:
        """List where the page's links lead."""
        return [each.attributes["href"] for each in self.all("a")]

    @cached_property
    def text(self) -> str:
        """Give the text of the page's body, its white space made one."""
        return " ".join(self.one("body").text.split())

    def section(self, anchor: str) -> str:
        """Give the text of the element with an identifier, its white space made one."""
        return " ".join(self.ids[anchor].text.split())


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parsed = Parsed()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.parsed.elements.append(element)
        if tag in BLOCKS or tag == "br":
            self.handle_data(" ")
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().name != tag:
            self.parsed.is_balanced = False

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def parse(page: bytes) -> Parsed:
    """Parse a page."""
    parser = _Parser()
    parser.feed(page.decode())
    parser.close()
    parser.parsed.is_balanced &= not parser.open
    return parser.parsed


class Pages:
    """The pages of a dataset, parsed when they are asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = {name.removeprefix("site/"): files[name] for name in files if name.startswith("site/")}
        self.paths = sorted(name for name in self.files if name.endswith(".html"))
        self.page = cache(lambda path: parse(self.files[path]))

    def text(self, path: str) -> str:
        """Give the text of a page's content, spaces as one."""
        return " ".join(self.page(path).one("main").text.split())


def pages_of(root: Path) -> Pages:
    """Make the pages of a dataset that was built, without scripts."""
    return Pages(pipeline.make_site(DatasetFolder(root)))
