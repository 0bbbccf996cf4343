"""What we say when something is in the way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def too_much(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A form of a thousand boxes or of megabytes, or one that no page of ours sends."""
    return render(request, "400.html", status=400)


def not_yours(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: the page was open for too long, or cookies are off."""
    return render(request, "403_csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Needs no database, no session and no request: whatever broke may be any of them."""
    try:
        return HttpResponseServerError(loader.get_template("500.html").render())
    except Exception:  # the last page may not fail
        return HttpResponseServerError("Something broke on our side. Please try again in a few minutes.")
