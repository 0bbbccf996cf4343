"""What stands in somebody's way on a page: axe, with the rules of WCAG 2.2 AA and its own good practice."""

from __future__ import annotations

from functools import cache
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async rules => {
  const all = await axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false});
  return all.violations.flatMap(v => v.nodes.map(
    n => v.id + ': ' + n.target.join(' ') + ' – ' + n.failureSummary.split('\\n').slice(1).join(' ').trim()
  ));
}"""
# Everything that a rule of axe may judge, without the words: each element by its place among the elements,
# its neighbour, its attributes, whether it says anything, and for a heading the one before it.
FORMS = """() => {
  const told = new Set(['class', 'role', 'type', 'lang', 'dir', 'tabindex', 'scope', 'style']);
  const kind = element => element.localName + '.' + (element.getAttribute('class') || '');
  const names = new Set(), forms = new Set();
  let heading = '';
  const walk = (element, place) => {
    const attributes = [...element.attributes].map(({name, value}) => {
      const said = told.has(name) || (name.startsWith('aria-') && !/(by|controls|owns|details)$/.test(name));
      return name + '=' + (said ? value.replace(/\\d+/g, '9') : value.trim() ? 'something' : '');
    }).sort();
    const before = element.previousElementSibling;
    const words = [...element.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    let form = place + '>' + (before ? kind(before) + '+' : '');
    form += element.localName + '[' + attributes.join(' ') + ']' + (words ? '…' : '');
    if (element.id && names.has(element.id)) form += ' again';
    if (element.matches(':target')) form += ' target';
    if (/^h[1-6]$/.test(element.localName)) { form += ' after ' + heading; heading = element.localName; }
    names.add(element.id);
    forms.add(form);
    for (const child of element.children) walk(child, place + '>' + kind(element));
  };
  walk(document.documentElement, '');
  return [...forms];
}"""


@cache
def axe() -> str:
    return AXE_FILE_PATH.read_text()


def barriers(page: Any) -> list[str]:
    """Everything axe finds on this page, each in a line."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe())
    found: list[str] = page.evaluate(LOOK, RULES)
    return found


class Eye:
    """Puts a page to axe when it holds any form that no page of its width had: a tenth lesson is not news."""

    def __init__(self) -> None:
        self.known: set[tuple[int, str]] = set()
        self.looks = 0

    def barriers(self, page: Any) -> list[str]:
        forms = {(page.viewport_size["width"], form) for form in page.evaluate(FORMS)}
        if forms <= self.known:
            return []
        self.known |= forms
        self.looks += 1
        return barriers(page)
