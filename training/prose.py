"""Markdown into safe HTML: the dialect is in training/courses/README.md.

Two locks on one door: markdown-it leaves raw HTML as text, and nh3 lets only the tags below through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

CARDS = {
    "words": ("card card--green", "Words that work"),
    "avoid": ("card card--rose", "Better not"),
    "reflect": ("card card--gold", "Pause and think"),
}
DOTS = ("c-rose-800", "c-ember-700", "c-green-800")
TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "details",
        "div",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "img",
        "li",
        "ol",
        "p",
    ),
    *("pre", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "span": {"aria-hidden"},
}
CLASSES = {
    "div": {name for classes, _ in CARDS.values() for name in classes.split()}
    | {"flow-s", "notice", "notice--stop"},
    "p": {"bold", "mt2", "h4", "sm"},
    "ol": {"three", "card", "card--rose"},
    "span": {"person", *DOTS},
    "details": {"more"},
}


@lru_cache(maxsize=256)
def html(markdown: str) -> SafeString:
    """The page as HTML; the same text is rendered once a process."""
    dirty = _renderer().render(markdown)
    clean = nh3.clean(
        dirty,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # cleaned on the line above


def title_and_body(text: str) -> tuple[str, str]:
    """A lesson's file: `# Title` on its first line, then the page. Raises ValueError with a sentence."""
    first, _, body = text.lstrip("\ufeff").partition("\n")
    if not first.startswith("# ") or not first[2:].strip():
        raise ValueError("line 1: write the title as “# Title”")
    if not body.strip():
        raise ValueError("line 2: the lesson is empty")
    return first[2:].strip(), body.strip() + "\n"


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    for name, (classes, heading) in CARDS.items():
        container_plugin(md, name, render=_card(classes, heading))
    container_plugin(md, "urgent", render=_urgent)
    container_plugin(md, "more", validate=lambda text, _: text.strip().startswith("more "), render=_more)
    container_plugin(md, "three", render=_nothing)
    md.core.ruler.push("three", _number_the_three)
    md.add_render_rule("list_item_open", _item_open)
    md.add_render_rule("list_item_close", _item_close)
    return md


Render = Callable[..., str]


def _card(classes: str, heading: str) -> Render:
    def render(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
        if tokens[i].nesting != 1:
            return "</div>\n"
        return f'<div class="{classes} flow-s"><p class="bold">{heading}</p>\n'

    return render


def _urgent(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
    if tokens[i].nesting != 1:
        return "</div></div>\n"
    return '<div class="notice notice--stop"><div><p class="bold">In danger now</p>\n'


def _more(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
    if tokens[i].nesting != 1:
        return "</details>\n"
    asked = tokens[i].info.strip().removeprefix("more").strip()
    return f'<details class="more"><summary>{escape(asked)}</summary>\n'


def _nothing(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
    return ""


def _number_the_three(state: StateCore) -> None:
    """Inside `::: three`, each item of the list becomes a numbered person with a word and a line."""
    inside, number, line = False, 0, 0
    for token in state.tokens:
        if token.type == "container_three_open":
            inside, number = True, 0
        elif token.type == "container_three_close":
            inside = False
        elif not inside:
            continue
        elif token.type == "ordered_list_open":
            token.attrSet("class", "three card card--rose")
        elif token.type == "list_item_open":
            number, line = number + 1, 0
            token.meta["number"] = number
        elif token.type == "list_item_close":
            token.meta["number"] = number
        elif token.type == "paragraph_open":
            line += 1
            token.attrSet("class", "h4" if line == 1 else "sm")


def _item_open(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
    number = tokens[i].meta.get("number")
    if not number:
        return "<li>"
    dot = DOTS[(number - 1) % len(DOTS)]
    return f'<li><span class="person {dot}" aria-hidden="true">{number}</span><div>'


def _item_close(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
    return "</div></li>\n" if tokens[i].meta.get("number") else "</li>\n"
