"""What no template may hold, and what each must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

ROOT = settings.BASE_DIR / "templates"
PAGES = sorted(p for p in ROOT.rglob("*.html") if "email" not in p.relative_to(ROOT).parts)
SIGNS = set(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static/img/sprite.svg").read_text()))
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|<script(?![^>]*(?:\bsrc=|type="application/json"))|\son[a-z]+\s*=\s*["']|javascript:|\shx-on""",
    re.IGNORECASE,
)


def without_comments(path: Path) -> str:
    return re.sub(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    "bad", ['<p style="x">', "<script>x", '<a onclick="x">', "<style>", '<a href="javascript:x">']
)
def test_it_would_notice(bad: str) -> None:
    assert INLINE.search(bad)


def test_it_would_let_a_file_pass() -> None:
    assert not INLINE.search('<script src="/static/js/focus.js" defer></script><p class="on">')


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_it_has_no_style_or_script_inside(path: Path) -> None:
    found = INLINE.search(without_comments(path))
    assert not found, found


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_it_uses_only_signs_that_exist(path: Path) -> None:
    used = {f"i-{n}" for n in re.findall(r"{%\s*icon\s+[\"']([^\"']+)[\"']", without_comments(path))}
    assert used <= SIGNS, used - SIGNS


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_it_can_be_read(path: Path) -> None:
    get_template(name(path))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_it_leads_nowhere_dead(path: Path) -> None:
    assert 'href="#"' not in path.read_text()
    assert "TODO" not in path.read_text()


def test_it_has_the_tags_at_hand_everywhere() -> None:
    out = engines["django"].from_string('{% icon "arrow" %}{% static "img/mark.svg" %}{% mark %}').render()
    assert "sprite.svg#i-arrow" in out
    assert "sprite.svg#mark" in out


def test_no_notice_takes_the_title_of_the_page_for_its_own() -> None:
    """An include sees the whole context, and a page's `title` would stand in front of the sentence."""
    for path in PAGES:
        for include in re.findall(r'{% include "components/notice.html"(.*?)%}', without_comments(path)):
            assert "title=" in include, f"{path.name}: {include}"
