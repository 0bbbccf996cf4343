"""The look as template tags: people as arches, dates in our voice, and what a form needs to say."""

from __future__ import annotations

import datetime
import itertools
import math
import random
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms, template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ROSE, GOLD, EMBER = "#ff8fb3", "#ffc145", "#ff6c30"
NAMED = {
    "rose": ROSE,
    "gold": GOLD,
    "ember": EMBER,
    "white": "#fff",
    "ink": "#0d211d",
    "green-900": "#06302b",
    "green-800": "#0a433b",
    "green-700": "#0e5c51",
    "green-300": "#8fd0c0",
    "rose-800": "#98174a",
    "ember-600": "#d13f0d",
    "sky-700": "#0b5687",
    "line": "#cfdbd6",
    "sand": "#ffd985",
}
COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _arch(x: float, width: float, height: float, base: float, fill: str, extra: str = "") -> str:
    r = width / 2
    return (
        f'<path d="M{_n(x)} {_n(base)}V{_n(base - height + r)}a{_n(r)} {_n(r)} 0 0 1 {_n(width)} 0'
        f'V{_n(base)}z" fill="{fill}"{extra}/>'
    )


def _head(x: float, width: float, height: float, base: float, fill: str) -> str:
    r = width * 0.2
    cy = base - height - r - width * 0.06
    return f'<circle cx="{_n(x + width / 2)}" cy="{_n(cy)}" r="{_n(r)}" fill="{fill}"/>'


# --- Signs --------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """{% icon "arrow" %}: one sign of the sprite, in the colour of the text; silent for screen readers."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {extra}" if extra else "",
        static("img/sprite.svg"),
        name,
    )


@register.simple_tag
def mark(extra: str = "", off: bool = False) -> SafeString:
    """{% mark %}: the logo; {% mark off=True %}: a month still to come."""
    name = "mark-off" if off else "mark"
    classes = " ".join(filter(None, ["mark", "mark--off" if off else "", extra]))
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("img/sprite.svg"),
        name,
    )


@register.simple_tag
def person(initials: str, extra: str = "") -> SafeString:
    """{% person "AO" %}: a mentor; extra "person--yp", "person--staff", "person--wait", "person--l"."""
    return format_html(
        '<span class="person{}" aria-hidden="true">{}</span>', f" {extra}" if extra else "", initials
    )


@register.simple_tag
def pair(mentor: str, mentee: str, extra: str = "") -> SafeString:
    """{% pair "AO" "KW" %}: a mentor (rose) over a young person (gold). Only for real pairs."""
    extra = f" {extra}" if extra else ""
    return format_html(
        '<span class="pair" aria-hidden="true"><span class="person{}">{}</span>'
        '<span class="person person--{}{}">{}</span></span>',
        extra,
        mentor,
        "wait" if mentee == "?" else "yp",
        extra,
        mentee,
    )


@register.simple_tag
def tag(kind: str, text: str) -> SafeString:
    """{% tag "done" "Done" %}: kinds done, now, wait, todo, stop, plain. The word carries the meaning."""
    return format_html('<span class="tag tag--{}">{}</span>', kind or "plain", text)


@register.simple_tag
def day(date: datetime.date | datetime.datetime | None, extra: str = "") -> SafeString:
    """{% day meeting.starts_at %}: the date as an arch; extra "day--ink" on gold."""
    if date is None:
        return SafeString("")
    date = _local(date)
    return format_html(
        '<p class="day{}">{}<b>{}</b>{}</p>',
        f" {extra}" if extra else "",
        f"{date:%a}",
        date.day,
        f"{date:%b}",
    )


# --- Progress -----------------------------------------------------------------------------------


@register.simple_tag
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


@register.simple_tag
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


@register.simple_tag
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


@register.simple_tag
def bar(value: float, most: float = 100, kind: str = "") -> SafeString:
    """{% bar 18 30 %}: the bar of a score row; kind "mid" is ember. Print the number beside it."""
    width = max(0.0, min(100.0, 100 * value / most)) if most else 0.0
    return format_html(
        '<span class="bar{}" aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none">'
        '<rect width="{}" height="10" fill="currentColor"/></svg></span>',
        f" bar--{kind}" if kind else "",
        _n(width),
    )


@register.simple_tag
def stackbar(values: Iterable[float], most: float = 100) -> SafeString:
    """{% stackbar points 100 %}: parts of one whole, in chart order. Print the numbers beside it."""
    colours = ("green-700", "ember-600", "sky-700", "gold", "rose", "green-300", "ink")
    x, rects = 0.0, []
    for value, colour in zip(values, itertools.cycle(colours)):
        width = 100 * value / most if most else 0
        rects.append((_n(x), _n(max(width - 0.6, 0)), NAMED[colour]))
        x += width
    return format_html(
        '<span class="stackbar" aria-hidden="true">'
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none">{}</svg></span>',
        format_html_join("", '<rect x="{}" width="{}" height="10" fill="{}"/>', rects),
    )


# --- Drawing: inside an <svg> of your own ----------------------------------------------------------


@register.simple_tag
def arch(x: float, width: float, height: float, base: float, fill: str = "rose") -> SafeString:
    """{% arch 52 82 84 190 "gold" %}: a body; x, width, height, base line, colour name."""
    return mark_safe(_arch(x, width, height, base, NAMED[fill]))  # numbers and our own colours only


@register.simple_tag
def head(x: float, width: float, height: float, base: float, fill: str = "rose") -> SafeString:
    """{% head 52 82 84 190 "gold" %}: the head over that body, from the same numbers."""
    return mark_safe(_head(x, width, height, base, NAMED[fill]))  # numbers and our own colours only


@register.simple_tag
def figure(x: float, width: float, height: float, base: float, fill: str = "rose") -> SafeString:
    """{% figure 52 82 84 190 "gold" %}: body and head."""
    return arch(x, width, height, base, fill) + head(x, width, height, base, fill)


@register.simple_tag
def duo(
    x: float,
    w1: float,
    h1: float,
    w2: float,
    h2: float,
    base: float,
    first: str = "rose",
    second: str = "gold",
) -> SafeString:
    """{% duo 92 104 128 92 98 190 "rose" "white" %}: two people who overlap in ember."""
    x2 = x + w1 - round(min(w1, w2) * 0.27)
    a, b = NAMED[first], NAMED[second]
    ref = f"o{_n(x)}-{_n(w1)}-{_n(w2)}-{first}-{second}".replace(".", "_")
    back, front = _arch(x, w1, h1, base, a), _arch(x2, w2, h2, base, b)
    return mark_safe(  # numbers and our own colours only
        f'<clipPath id="{ref}">{front}</clipPath>{back}{front}<g clip-path="url(#{ref})">'
        f"{_arch(x, w1, h1, base, EMBER)}</g>{_head(x, w1, h1, base, a)}{_head(x2, w2, h2, base, b)}"
    )


CROWDS = {
    "hero": (11, 540, 250, [
        (-58, 140, 118, 112, 86), (186, 112, 84, 140, 128), (432, 150, 150, 120, 104),
        (690, 132, 124, 164, 168), (968, 216, 270, 168, 196), (1330, 150, 196, 180, 150),
    ]),
    "level": (4, 330, 0, [
        (-58, 150, 128, 118, 92), (214, 118, 92, 150, 140), (470, 176, 168, 132, 112),
        (764, 126, 108, 164, 140), (1030, 150, 146, 120, 100), (1290, 116, 84, 150, 128),
    ]),
}  # fmt: skip


@cache
def _crowd(kind: str, back: str, front: str, rose: str, gold: str) -> SafeString:
    seed, height, climb, pairs = CROWDS[kind]
    draw, width, parts = random.Random(seed), 1440, []  # noqa: S311  a picture, not a secret

    def rise(x: float) -> float:
        return (max(x, 0) / width) ** 1.7 * climb

    def row(
        x: float, widths: list[int], low: int, high: int, share: float, gaps: tuple[int, int], fill: str
    ) -> None:
        while x < width:
            w = draw.choice(widths)
            h = draw.randint(low, high) + rise(x) * share
            parts.append(_arch(x, w, h, height, fill) + _head(x, w, h, height, fill))
            x += w + draw.randint(*gaps)

    row(-30, [58, 64, 70, 76], 170, 232, 0.9, (14, 30), front)
    row(-60, [84, 92, 100], 118, 176, 0.72, (8, 22), back)
    for x, w1, h1, w2, h2 in pairs:
        x2 = x + w1 - round(min(w1, w2) * 0.27)
        over = ' class="x"'
        parts.append(
            f"<g>{_arch(x, w1, h1, height, rose)}{_arch(x2, w2, h2, height, gold, over)}</g>"
            f"{_head(x, w1, h1, height, rose)}{_head(x2, w2, h2, height, gold)}"
        )
    return mark_safe(  # drawn from the numbers above
        f'<svg class="crowd" viewBox="0 0 {width} {height}" preserveAspectRatio="xMaxYMax slice" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


@register.simple_tag
def crowd(
    kind: str = "hero",
    back: str = "green-700",
    front: str = "green-800",
    rose: str = "rose",
    gold: str = "gold",
) -> SafeString:
    """{% crowd %} climbs to the right; {% crowd "level" %} is flat. Pairs in front, people waiting behind."""
    return _crowd(kind, NAMED[back], NAMED[front], NAMED[rose], NAMED[gold])


# --- Dates and numbers in our voice ----------------------------------------------------------------


def _local(value: Any) -> Any:
    return (
        timezone.localtime(value)
        if isinstance(value, datetime.datetime) and timezone.is_aware(value)
        else value
    )


@register.filter
def on_day(value: datetime.date | None) -> str:
    """24 November; with the year only when it is not this year."""
    if not value:
        return ""
    value = _local(value)
    year = "" if value.year == timezone.localdate().year else f" {value.year}"
    return f"{value.day} {value:%B}{year}"


@register.filter
def full_day(value: datetime.date | None) -> str:
    """24 November 2026."""
    return f"{_local(value).day} {_local(value):%B %Y}" if value else ""


@register.filter
def weekday(value: datetime.date | None) -> str:
    """Tuesday 24 November."""
    return f"{_local(value):%A} {on_day(value)}" if value else ""


@register.filter
def at_time(value: datetime.datetime | datetime.time | None) -> str:
    """6pm, 6:30pm, midday, midnight."""
    if value is None or value == "":
        return ""
    value = _local(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'pm' if value.hour >= 12 else 'am'}"


@register.filter
def day_and_time(value: datetime.datetime | None) -> str:
    """Tuesday 24 November at 6pm."""
    return f"{weekday(value)} at {at_time(value)}" if value else ""


@register.filter
def number(value: Any) -> str:
    """18,240"""
    return f"{int(value):,}" if value is not None and value != "" else ""


@register.filter
def things(count: int) -> str:
    """'One thing needs', 'Three things need', '12 things need'."""
    word = COUNTS[count] if count < len(COUNTS) else str(count)
    return f"{word} thing needs" if count == 1 else f"{word} things need"


@register.filter
def initials(name: str) -> str:
    """AO for 'Amara Okafor', A for 'Amara'."""
    return "".join(part[0] for part in str(name).split()[:2]).upper()


# --- Forms ------------------------------------------------------------------------------------------


@register.filter
def target(field: forms.BoundField) -> str:
    """The id that the error summary jumps to: the field, or the first box of a group."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.auto_id else ""


@register.filter
def widget_kind(field: forms.BoundField) -> str:
    return field.widget_type


@register.filter
def is_optional(field: forms.BoundField) -> bool:
    """Whether to print "(optional)": not on filters and searches (`form.marks_optional = False`)."""
    return not field.field.required and getattr(field.form, "marks_optional", True)


@register.simple_tag
def error_list(form: Any) -> list[dict[str, str]]:
    """Every mistake of a form, or of a list of forms, in the order of its fields."""
    faults: list[dict[str, str]] = []
    for one in form if isinstance(form, (list, tuple)) else [form]:
        if not getattr(one, "is_bound", False):
            continue
        faults += [{"text": str(text), "target": ""} for text in one.non_field_errors()]
        for field in one:
            faults += [{"text": str(text), "target": target(field)} for text in field.errors]
    return faults
