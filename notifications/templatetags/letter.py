"""Dress for letters: plain tags in, inline styles out, because mail programs drop style sheets."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# The tags are our own templates' (what people wrote arrives escaped), so patterns are enough.
P = 'class="t" style="margin:0 0 16px;font-size:16px;line-height:1.6;color:#0d211d"'
LI = 'class="t" style="margin:0 0 6px;font-size:16px;line-height:1.6;color:#0d211d"'
LIST = 'class="t" style="margin:0 0 16px;padding:0 0 0 22px;color:#0d211d"'
A = 'class="l" style="color:#0e5c51"'
BUTTON = (
    'class="b" style="display:inline-block;padding:14px 28px;font:bold 16px/1.2 Verdana,Tahoma,sans-serif;'
    'color:#ffffff;text-decoration:none;border-radius:28px"'
)
BARE = (
    (re.compile(r"<p>"), f"<p {P}>"),
    (re.compile(r"<li>"), f"<li {LI}>"),
    (re.compile(r"<(ul|ol)>"), rf"<\1 {LIST}>"),
    (re.compile(r'<a href="([^"]*)">'), rf'<a href="\1" {A}>'),
)


@register.filter(is_safe=True)
def dressed(html: str) -> SafeString:
    """Paragraphs, lists and links in the letter's type."""
    html = conditional_escape(html)
    for bare, with_style in BARE:
        html = bare.sub(with_style, html)
    return mark_safe(html)


@register.filter(is_safe=True)
def fact_box(html: str) -> SafeString:
    """The one box of facts; nothing at all when there is no fact."""
    html = conditional_escape(html).strip()
    if not html:
        return mark_safe("")
    return mark_safe(
        '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" '
        'style="margin:0 0 20px"><tr><td class="f" style="background:#fff1d0;border-left:6px solid #ffc145;'
        "padding:16px 18px;font-family:Verdana,Tahoma,sans-serif;font-size:16px;line-height:1.6;"
        f'color:#0d211d">{html}</td></tr></table>'
    )


@register.filter(is_safe=True)
def as_button(html: str) -> SafeString:
    """The one link of the letter as its button; nothing at all when there is no link."""
    html = conditional_escape(html).strip()
    if not html:
        return mark_safe("")
    link = re.sub(r'<a href="([^"]*)"[^>]*>', rf'<a href="\1" {BUTTON}>', html)
    return mark_safe(
        '<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="margin:24px 0 12px">'
        '<tr><td class="b" bgcolor="#0a433b" style="border-radius:28px;background:#0a433b">'
        f"{link}</td></tr></table>"
    )
