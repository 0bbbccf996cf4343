"""Markdown into safe HTML: the dialect is in training/courses/README.md.

Two locks on one door: markdown-it leaves raw HTML as text, and nh3 lets only the tags below through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from training import rules

CARDS = {
    "words": ("card card--green", "Words that work"),
    "avoid": ("card card--rose", "Better not"),
    "reflect": ("card card--gold", "Pause and think"),
}
OURS = "pictures/"
VIDEO_LINE = re.compile(r"^ {0,3}:::+ *video\b")
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
    | {"card--line", "flow-s", "notice", "notice--stop"},
    "p": {"bold", "mt2", "muted", "h4", "sm"},
    "ol": {"three", "card", "card--rose"},
    "span": {"person", *DOTS},
    "details": {"more"},
}


@lru_cache(maxsize=256)
def html(markdown: str, pictures_at: str = "") -> SafeString:
    """The page as HTML, its pictures under this address; the same text is rendered once a process."""
    dirty = _renderer().render(markdown, {"pictures_at": pictures_at})
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


def pictures_in(markdown: str) -> Iterator[tuple[str, str]]:
    """Name and description of each of our pictures that a page shows."""
    for address, alt in _images(markdown):
        if address.startswith(OURS):
            yield address.removeprefix(OURS), alt


def lesson_fault(body: str, pictures: Collection[str]) -> str:
    """What an author must put right before this page can be shown, as a sentence; empty for nothing."""
    lines = body.split("\n")
    for n, line in enumerate(lines):
        if not VIDEO_LINE.match(line):
            continue
        film = rules.VIDEO.match(line)
        if not film or not film[2].startswith("https://") or not urlsplit(film[2]).hostname:
            return (
                f"Line {n + 1}: write a film as “::: video 4 https://example.org/film”, "
                "with its minutes first."
            )
        if not "".join(lines[n + 1 : n + 2]).strip(" :"):
            return f"Line {n + 1}: write the title of the film on the next line."
    for address, alt in _images(body):
        name = address.removeprefix(OURS)
        if not address.startswith(OURS) or not rules.PICTURE_NAME.match(name):
            return (
                f"Upload the picture first. “{address[:80]}” is not one of ours, "
                "like “pictures/first-hour.png”."
            )
        if name not in pictures:
            return f"There is no picture “{name}”. Upload it, or correct its name."
        if not alt.strip():
            return f"Say what the picture “{name}” shows, between ![ and ], for people who cannot see it."
    return ""


def _images(markdown: str) -> Iterator[tuple[str, str]]:
    for token in _renderer().parse(markdown):
        for child in token.children or []:
            if child.type == "image":
                yield str(child.attrs.get("src", "")), child.content


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    for name, (classes, heading) in CARDS.items():
        container_plugin(md, name, render=_card(classes, heading))
    container_plugin(md, "urgent", render=_urgent)
    container_plugin(md, "more", validate=lambda text, _: text.strip().startswith("more "), render=_more)
    container_plugin(md, "three", render=_nothing)
    container_plugin(md, "video", validate=_is_film, render=_film)
    md.core.ruler.push("three", _number_the_three)
    md.core.ruler.push("video", _link_the_film)
    md.add_render_rule("image", _picture)
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


def _is_film(info: str, _: Any) -> bool:
    film = rules.VIDEO.match(f"::: {info.strip()}")
    return bool(film and film[2].startswith("https://"))


def _film(self: Any, tokens: Sequence[Token], i: int, *_: Any) -> str:
    if tokens[i].nesting == 1:
        return '<div class="card card--line flow-s">\n'
    minutes, site = tokens[i].meta.get("film", ("", ""))
    many = "1 minute" if minutes == "1" else f"{minutes} minutes"
    return (
        f'<p class="sm muted">A film, about {many}, on {escape(site)}. The link leaves our site.</p></div>\n'
    )


def _link_the_film(state: StateCore) -> None:
    """The title inside `::: video` becomes the link, and the end of the card knows where it leads."""
    film: tuple[str, str] | None = None
    is_linked = False
    for token in state.tokens:
        if token.type == "container_video_open":
            found = rules.VIDEO.match(f"::: {token.info.strip()}")
            film, is_linked = (found[1], found[2]) if found else None, False
        elif token.type == "container_video_close" and film:
            token.meta["film"] = (film[0], urlsplit(film[1]).hostname or "")
            film = None
        elif token.type == "inline" and film and not is_linked:
            # Its title is plain words: a link inside a link would lead nowhere good.
            words = Token("text", "", 0, content=token.content)
            link = Token("link_open", "a", 1, attrs={"href": film[1]})
            token.children, is_linked = [link, words, Token("link_close", "a", -1)], True


def _picture(self: Any, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    """Only our own pictures are shown: the browser is told to fetch none from elsewhere."""
    address, alt = str(tokens[i].attrs.get("src", "")), escape(tokens[i].content)
    if not address.startswith(OURS) or not rules.PICTURE_NAME.match(address.removeprefix(OURS)):
        return alt
    return f'<img src="{env.get("pictures_at", "")}{address.removeprefix(OURS)}" alt="{alt}">'


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
