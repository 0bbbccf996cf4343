"""Small signs in a line of text: icons, the mark, people's initials, labels, a day as an arch."""

from __future__ import annotations

import datetime

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onemm.voice import local


def icon(name: str, extra: str = "") -> SafeString:
    """{% icon "arrow" %}: one sign of the sprite, in the colour of the text; silent for screen readers."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {extra}" if extra else "",
        static("img/sprite.svg"),
        name,
    )


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


def person(initials: str, extra: str = "") -> SafeString:
    """{% person "AO" %}: a mentor; extra "person--yp", "person--staff", "person--wait", "person--l"."""
    return format_html(
        '<span class="person{}" aria-hidden="true">{}</span>', f" {extra}" if extra else "", initials
    )


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


def tag(kind: str, text: str) -> SafeString:
    """{% tag "done" "Done" %}: kinds done, now, wait, todo, stop, plain. The word carries the meaning."""
    return format_html('<span class="tag tag--{}">{}</span>', kind or "plain", text)


def day(date: datetime.date | datetime.datetime | None, extra: str = "") -> SafeString:
    """{% day meeting.starts_at %}: the date as an arch; extra "day--ink" on gold."""
    if date is None:
        return SafeString("")
    date = local(date)
    return format_html(
        '<p class="day{}">{}<b>{}</b>{}</p>',
        f" {extra}" if extra else "",
        f"{date:%a}",
        date.day,
        f"{date:%b}",
    )
