"""For the account pages: the demonstration's sign-ins, and a browser's name in plain words."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from users import demo
from users.models import User

register = template.Library()


@register.simple_tag
def demo_sign_ins() -> list[dict[str, Any]]:
    """Who can be looked at: those of the demonstration's people whose accounts exist."""
    if not settings.DEMO:
        return []
    people = User.objects.filter(email__in=[email for _, email, _ in demo.SIGN_INS])
    there = dict(people.values_list("email", "is_staff"))
    return [
        {
            "who": who,
            "email": email,
            "sees": sees,
            "password": demo.PASSWORD,
            "code": demo.totp_code(email) if there[email] else "",
        }
        for who, email, sees in demo.SIGN_INS
        if email in there
    ]


BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("SamsungBrowser", "Samsung Internet")]
BROWSERS += [("Chrome", "Chrome"), ("Safari", "Safari")]
DEVICES = [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "an Android phone or tablet")]
DEVICES += [("Windows", "a Windows computer"), ("Mac OS", "a Mac"), ("CrOS", "a Chromebook")]
DEVICES += [("Linux", "a Linux computer")]


@register.filter
def in_plain_words(user_agent: str) -> str:
    """“Firefox on a Mac”, as far as the browser says."""
    browser = next((name for mark, name in BROWSERS if f"{mark}/" in user_agent), "A browser")
    device = next((name for mark, name in DEVICES if mark in user_agent), "")
    return f"{browser} on {device}" if device else browser
