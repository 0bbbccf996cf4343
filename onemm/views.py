"""The front pages: what anyone may read without an account."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onemm import counts
from partners.models import Programme

TEN_MINUTES = 600
PLACES = 24  # on the front page; the rest stand on a page of their own


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    live = cache.get("front:counts")
    if live is None:
        live = counts.now(timezone.now())
        cache.set("front:counts", live, TEN_MINUTES)
    places = cache.get("front:places")
    if places is None:
        places = list(Programme.objects.open_to_sign_ups(timezone.localdate())[:PLACES])
        cache.set("front:places", places, TEN_MINUTES)
    return render(request, "front/home.html", {"live": live, "places": places, "dark": True})


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "front/safety.html", {"here": "safety"})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "front/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "front/accessibility.html")


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return render(request, "front/contact.html", {"contact_email": address})


@login_not_required
@require_safe
def for_partners(request: HttpRequest) -> HttpResponse:
    return render(request, "front/for_partners.html", {"here": "for_partners"})
