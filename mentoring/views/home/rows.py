"""The rows of what there is to do, and where each leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from matching.models import Match


def row(label: str, text: str, kind: str, tag: str, url_name: str) -> dict[str, str]:
    return {"label": label, "text": text, "kind": kind, "tag": tag, "url": address(url_name)}


def address(name: str) -> str:
    """An address by its name, or by itself; nothing for a row that leads nowhere."""
    if name.startswith("/") or not name:
        return name
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def to_do(pairs: list[dict[str, Any]], at: datetime) -> list[dict[str, str]]:
    rows = []
    for pair in pairs:
        match, name = pair["match"], pair["other_name"]
        page = reverse("mentoring:relationship", args=[match.pk])
        if pair["unlogged"]:
            day = timezone.localtime(pair["unlogged"].starts_at)
            log = reverse("mentoring:log_meeting", args=[match.pk])
            rows.append(
                {
                    "label": f"Say how your meeting with {name} went",
                    "text": f"It was on {day.day} {day:%B}. Two minutes.",
                    "kind": "todo",
                    "tag": "Your turn",
                    "url": f"{log}?meeting={pair['unlogged'].pk}",
                }
            )
        if pair["their_word_is_last"]:
            rows.append(
                {
                    "label": f"Read {name}’s message",
                    "text": "Theirs is the last word so far.",
                    "kind": "todo",
                    "tag": "Your turn",
                    "url": f"{page}#messages",
                }
            )
        if not pair["next"] and match.status != Match.Status.PAUSED:
            rows.append(
                {
                    "label": f"Plan your {'next' if pair['held'] else 'first'} hour with {name}",
                    "text": "Pick a day that suits you both.",
                    "kind": "now",
                    "tag": "To do",
                    "url": reverse("mentoring:plan_meeting", args=[match.pk]),
                }
            )
    return rows
