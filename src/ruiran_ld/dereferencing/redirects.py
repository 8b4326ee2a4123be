"""The redirects of a base IRI as Apache reads them (``.htaccess``, mod_rewrite 2.4), and the page that explains them.

mod_rewrite has no content negotiation of its own, and to look for ``text/turtle`` anywhere in ``Accept`` gets weights
wrong. So the rules compute, for each form, the weight that RFC 9110 (section 12.5.1) gives it: that of the most
specific range that fits, in thousandths, 0 if none does. The form of the highest weight is given; of several, the one
that comes first in ``layout.OFFERED``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from ruiran_ld.dereferencing.layout import (
    FORMS,
    HOME_PAGE,
    OFFERED,
    PAGE,
    RELEASES,
    VOID,
    Layout,
    Media,
    void_document,
)
from ruiran_ld.records import Settings
from ruiran_ld.release import SUMS

_WIDTH: Final = 96
# A parameter that is no weight, with quoted strings whole (RFC 9110, section 5.6.6).
# What it takes it keeps (*+): a space given back would hide the weight behind it.
# mod_rewrite cannot escape a quotation mark in an argument, so it stands as its code.
_PARAMETER: Final = r";\s*+(?!q\s*=)[^,;\x22]*+(?:\x22[^\x22]*\x22[^,;\x22]*+)*+"
# A weight (section 12.4.2), and what some clients send instead, such as 'q=.2'.
_WEIGHT: Final = r";\s*q\s*=\s*([01]?(?:\.[0-9]*)?)\s*(?:;[^,]*)?"
# Applied to a weight followed by '000=1000': gives thousandths; no weight at all is 1.
_THOUSANDTHS: Final = r"^(?|(?:1[.0-9]*|000)=(1000)|0?\.?([0-9]{3})[0-9]*=.*)$"
_ending: Final = re.compile(r"[^./][^/]*\.([a-z][a-z0-9]*)$").search


def rules(layout: Layout, files: Collection[str], web_documents: Iterable[str]) -> str:
    """Write the ``.htaccess`` of the base.

    Args:
        layout: where documents and files stand.
        files: names of the files of the site.
        web_documents: paths of IRIs that are documents themselves and so are found (302), not seen elsewhere (303).
    """
    return "\n".join(
        [
            f"# Redirects of {layout.base} written by 'ruiran-ld site'. Edit the dataset and write them again.",
            "RewriteEngine On",
            *(_hosting() if layout.is_hosted_at_base else []),
            *_files(layout, files),
            *_weights(),
            *_choice(),
            *_documents(layout, web_documents),
            "",
        ]
    )


def _heading(text: str) -> list[str]:
    return ["", f"# --- {text} ".ljust(_WIDTH, "-")]


def _hosting() -> Iterator[str]:
    yield "DirectorySlash Off"
    yield from (f"AddType {form.media_type} {form.suffix}" for form in FORMS)
    yield '<Files "void">'
    yield f"    ForceType {FORMS[0].media_type}"
    yield "</Files>"


def _files(layout: Layout, files: Collection[str]) -> Iterator[str]:
    """Lead to files: what has a known ending, whatever the client accepts."""
    yield from _heading("Files, whatever the client accepts")
    if layout.is_hosted_at_base:
        yield "RewriteCond %{REQUEST_FILENAME} -f"
        yield "RewriteRule ^ - [L]"
    else:
        endings = {match[1] for match in map(_ending, files) if match} | {PAGE.suffix[1:]}
        known = "|".join(sorted(endings))
        yield f"RewriteRule ^(.+\\.(?:{known})|(?:.+/)?{SUMS})$ {layout.site}$1 [R=302,L]"
        # To a name with an ending, by which hosts of static files tell its media type.
        yield f"RewriteRule ^{re.escape(VOID)}$ {layout.site}{void_document(layout, files)} [R=302,L]"
    yield f"RewriteRule ^{layout.mapping_set}$ {layout.site}{layout.mappings} [R=302,L]"
    yield f"RewriteRule ^({RELEASES}/[^/]+)/$ {layout.site}$1/{SUMS} [R=302,L]"


def _weights() -> Iterator[str]:
    """Compute the weight of each form: first from the widest range, then from narrower ones, which count more."""
    yield from _heading("Weights of the forms, in thousandths (RFC 9110, section 12.5.1)")
    yield f"RewriteRule ^ - [{_set(OFFERED, '0')}]"
    yield from ('RewriteCond %{HTTP_ACCEPT} "^\\s*$"', f"RewriteRule ^ - [{_set(OFFERED, '1000')}]")
    yield from _weigh(r"\*(?:/\*)?", OFFERED)
    for family in sorted({form.media_type.partition("/")[0] for form in OFFERED}):
        yield from _weigh(rf"{family}/\*", [form for form in OFFERED if form.media_type.startswith(f"{family}/")])
    for form in OFFERED:
        yield from _weigh(re.escape(form.media_type), [form])


def _weigh(pattern: str, forms: Sequence[Media]) -> Iterator[str]:
    yield f'RewriteCond %{{HTTP_ACCEPT}} "(?:^|,)\\s*{pattern}\\s*(?:{_PARAMETER})*(?:{_WEIGHT})?\\s*(?:,|$)" [NC]'
    yield f'RewriteCond "%1000=1000" "{_THOUSANDTHS}"'
    yield f"RewriteRule ^ - [{_set(forms, '%1')}]"


def _set(forms: Iterable[Media], value: str) -> str:
    return ",".join(f"E={form.variable}:{value}" for form in forms)


def _choice() -> Iterator[str]:
    """Choose the form: from the last to the first, each taking the place of those that it equals or outweighs."""
    yield from _heading("The form of the highest weight")
    for form in reversed(OFFERED):
        others = [f"reqenv('{form.variable}') -ge reqenv('{each.variable}')" for each in OFFERED if each != form]
        condition = " && ".join([f"reqenv('{form.variable}') -gt 0", *others])
        yield f'RewriteCond expr "{condition}"'
        yield f"RewriteRule ^ - [E=FORM:{form.suffix}]"


def _documents(layout: Layout, web_documents: Iterable[str]) -> Iterator[str]:
    yield from _heading("Documents: 302 for documents of the web, 303 for all else (Cool URIs, section 4.2)")
    yield "<IfModule mod_headers.c>"
    yield "    Header always merge Vary Accept env=HTML"
    yield "</IfModule>"
    offered = ", ".join(form.media_type for form in OFFERED)
    yield f'ErrorDocument 406 "Not acceptable. There is: {offered}.\\n"'
    yield "RewriteCond expr \"reqenv('FORM') == ''\""
    yield "RewriteRule ^ - [R=406,L]"
    roots = sorted(web_documents)
    heads = [re.escape(path) for path in roots if not any(path.startswith(f"{root}/") for root in roots)]
    if heads:
        yield f"RewriteRule ^((?:{'|'.join(heads)})(?:/[^/]+)?)/?$ {layout.site}$1%{{ENV:FORM}} [R=302,L]"
    yield f"RewriteCond expr \"reqenv('FORM') == '{PAGE.suffix}'\""
    yield f"RewriteRule ^$ {layout.site}{HOME_PAGE}{PAGE.suffix} [R=303,L]"
    yield f"RewriteRule ^$ {layout.site}{layout.home}%{{ENV:FORM}} [R=303,L]"
    yield f"RewriteRule ^(.+?)/?$ {layout.site}$1%{{ENV:FORM}} [R=303,L]"


def readme(layout: Layout, settings: Settings, files: Iterable[str]) -> str:
    """Write the page that w3id.org wants beside the redirects: what for, by whom, how they work."""
    endings = "\n".join(f"| `{form.suffix}` | `{form.media_type}` |" for form in OFFERED)
    things = [name for name in files if name.startswith("id/") and name.endswith(FORMS[0].suffix)]
    shortest = min(things, key=lambda name: (len(name), name), default=layout.home)
    example = layout.base + shortest.removesuffix(FORMS[0].suffix)
    return f"""# {settings.title}

{settings.description}

* Base IRI: <{layout.base}>
* Hosted at: <{layout.site}>
* Maintained by: {settings.creator}, {settings.publisher}
* Licence: <{settings.license}>

`.htaccess` and this page are written by `ruiran-ld site` from the dataset's settings. They change when the host or the
kinds of files change, not with every release.

## What the redirects do

| form | media type |
| --- | --- |
{endings}

* An address that ends like a file (`{example}{FORMS[0].suffix}`) leads to that file, whatever the client
  accepts (302).
* Any other address leads to its document in the form that the client likes best: by 303 from the things, claims,
  statements and concepts that the dataset describes, by 302 from ontology and shapes. Browsers get the page.
* `{layout.base}` by itself leads browsers to the home page and programs to the description of the dataset.
* Without `Accept`, and between forms that the client likes equally, the order is that of the table.
* Who accepts none of these forms (such as `application/rdf+xml` alone) is told so: 406, with the list of what there is.
* `{layout.base}{RELEASES}/VERSION/` leads to the checksums of that release, which list its files.

Weights (`q=`) are taken as RFC 9110 (section 12.5.1) says: the most specific range counts, `q=0` refuses.

Limits: a media range with parameters (`text/turtle;charset=utf-8`, `application/ld+json;profile="…"`) is taken as if it
had none; of a range that stands twice the first counts; of a weight with more than three decimals the first three; a
range whose weight is no number is passed over. The mapping set, <{layout.base}{layout.mapping_set}>, is only a table.

## Try it

    curl -sIH 'Accept: text/turtle' {example}
    curl -sIH 'Accept: text/turtle;q=0.5, application/ld+json' {example}
    curl -sLH 'Accept: application/n-triples' {example}
"""
