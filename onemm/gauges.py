"""How far something has come: steps, arches of segments, journeys and bars. Print the figure beside them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from onemm.drawing import NAMED, short


def viaduct(steps: int, at: int, label: str) -> SafeString:
    """{% viaduct 7 3 "Question 3 of 7" %}: steps before `at` are people; at > steps: all done."""

    def words(step: int) -> tuple[str, int, str]:
        if step < at:
            return mark_safe(' class="done"'), step, "done"  # fixed text of ours
        if step == at:
            return mark_safe(' aria-current="step"'), step, "you are here"  # fixed text of ours
        return "", step, "to do"

    items = format_html_join(
        "", '<li{}><span class="vh">Step {}, {}</span></li>', (words(i) for i in range(1, steps + 1))
    )
    return format_html('<ol class="viaduct" aria-label="{}">{}</ol>', label, items)


def _arc(i: int, n: int, gap: float = 3.2) -> str:
    start = 180 + 180 * i / n + (gap / 2 if i else 0)
    end = 180 + 180 * (i + 1) / n - (gap / 2 if i < n - 1 else 0)
    (x0, y0), (x1, y1) = (
        (60 + 51 * math.cos(math.radians(a)), 62 + 51 * math.sin(math.radians(a))) for a in (start, end)
    )
    return f"M{x0:.1f} {y0:.1f}A51 51 0 0 1 {x1:.1f} {y1:.1f}"


def gauge(total: int, done: int, label: str) -> SafeString:
    """{% gauge 6 4 "4 of 6 modules done" %}: an arch of segments with the figure inside."""
    parts = format_html_join(
        "",
        '<path d="{}" fill="none" stroke="{}" stroke-width="17"/>',
        ((_arc(i, total), NAMED["green-700"] if i < done else NAMED["line"]) for i in range(total)),
    )
    return format_html(
        '<div class="gauge"><svg viewBox="0 0 120 64" role="img" aria-label="{}">{}</svg>'
        '<b aria-hidden="true">{}<span class="muted">/{}</span></b></div>',
        label,
        parts,
        done,
        total,
    )


def journey(steps: Iterable[Any]) -> SafeString:
    """{% journey steps %}: each step {label, text, state}; state "done", "now" or ""."""

    def part(step: Any, name: str) -> str:
        value = step.get(name) if isinstance(step, dict) else getattr(step, name, "")
        return value or ""

    states = {
        "done": mark_safe(' class="done"'),
        "now": mark_safe(' aria-current="step"'),
    }  # fixed text of ours
    rows = (
        (
            states.get(part(step, "state"), ""),
            part(step, "label"),
            mark_safe('<span class="vh"> (done)</span>') if part(step, "state") == "done" else "",  # ours
            format_html("<p>{}</p>", part(step, "text")) if part(step, "text") else "",
        )
        for step in steps
    )
    return format_html(
        '<ol class="journey mt5">{}</ol>', format_html_join("", "<li{}><strong>{}</strong>{}{}</li>", rows)
    )


def bar(value: float, most: float = 100, kind: str = "") -> SafeString:
    """{% bar 18 30 %}: the bar of a score row; kind "mid" is ember. Print the number beside it."""
    width = max(0.0, min(100.0, 100 * value / most)) if most else 0.0
    return format_html(
        '<span class="bar{}" aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none">'
        '<rect width="{}" height="10" fill="currentColor"/></svg></span>',
        f" bar--{kind}" if kind else "",
        short(width),
    )


def stackbar(values: Iterable[float], most: float = 100) -> SafeString:
    """{% stackbar points 100 %}: parts of one whole, in chart order. Print the numbers beside it."""
    colours = ("green-700", "ember-600", "sky-700", "gold", "rose", "green-300", "ink")
    x, rects = 0.0, []
    for value, colour in zip(values, itertools.cycle(colours)):
        width = 100 * value / most if most else 0
        rects.append((short(x), short(max(width - 0.6, 0)), NAMED[colour]))
        x += width
    return format_html(
        '<span class="stackbar" aria-hidden="true">'
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none">{}</svg></span>',
        format_html_join("", '<rect x="{}" width="{}" height="10" fill="{}"/>', rects),
    )
