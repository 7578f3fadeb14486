# SPDX-License-Identifier: AGPL-3.0-or-later
"""Narrative text: Markdown in, safe HTML out."""

import nh3
from markdown_it import MarkdownIt

TAG = {
    "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "pre",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTI = {"a": {"href"}, "th": {"scope"}}
PRIMO_LIVELLO = 3

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def html_da_markdown(testo: str) -> str:
    """Sanitised HTML whose headings start below the chapter's own (``h3``)."""
    segni = _markdown.parse(testo)
    livelli = sorted({int(s.tag[1]) for s in segni if s.type == "heading_open"})
    scalini = {livello: min(PRIMO_LIVELLO + i, 6) for i, livello in enumerate(livelli)}
    for segno in segni:
        if segno.type in ("heading_open", "heading_close"):
            segno.tag = f"h{scalini[int(segno.tag[1])]}"
        elif segno.type == "th_open":
            segno.attrSet("scope", "col")
    html = _markdown.renderer.render(segni, _markdown.options, {})
    return nh3.clean(html, tags=TAG, attributes=ATTRIBUTI, url_schemes={"http", "https", "mailto"})
