"""What an address may ask, how long a session lasts, what staff have shown, what no browser may keep."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus, urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponse]

KEPT = "answers_kept"
MOST_KEPT = 100_000
SECONDS_BETWEEN_NOTES = 60


class NoNulInAddresses:
    """Leave out of an address's question whatever holds a NUL: nobody types one, and no database takes it.

    Every list of the desk filters by what stands there, so it is met once, at the door.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked or "\0" in asked:
            parts = [part for part in asked.split("&") if "\0" not in unquote_plus(part)]
            request.META["QUERY_STRING"] = "&".join(parts)
        return self.get_response(request)


class SessionsEnd:
    """End a session that is too old or was left alone too long; note its use, once a minute at most."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.get("started_at", now)
            seen = request.session.get("seen_at", now)
            idle, oldest = settings.STAFF_SESSION if request.user.is_staff else settings.SESSION
            if now - seen > idle or now - started > oldest:
                if request.method == "POST" and is_never_interrupted(request):
                    return self.get_response(request)  # a concern is saved first; the next request ends it
                return self.end(request, now)
            if "started_at" not in request.session:
                request.session["started_at"] = now
            if "seen_at" not in request.session:
                request.session["seen_at"] = now
            elif now - seen >= SECONDS_BETWEEN_NOTES:
                request.session["seen_at"] = now
                UserSession.objects.filter(session_key=request.session.session_key).update(
                    last_seen_at=timezone.now()
                )
            if (
                request.method == "POST"
                and request.session.get(KEPT, {}).get("path") == request.get_full_path()
            ):
                del request.session[KEPT]  # sent again
        return self.get_response(request)

    def end(self, request: HttpRequest, now: int) -> HttpResponse:
        kept = answers_worth_keeping(request, now)
        then = request.get_full_path() if request.method in {"GET", "HEAD"} else "/home/"
        logout(request)
        if kept:
            request.session[KEPT] = kept
            then = reverse("users:kept_answers")
        words = "You were signed out because you had been away for a while."
        messages.info(request, words + (" We kept what you wrote." if kept else ""))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': then})}")


def is_never_interrupted(request: HttpRequest) -> bool:
    """Whether this is a page whose answers are saved even when the session has just ended."""
    try:
        return resolve(request.path_info).view_name in settings.NEVER_INTERRUPTED
    except Resolver404:
        return False


def answers_worth_keeping(request: HttpRequest, now: int) -> dict[str, Any] | None:
    """What a person had typed when their session ran out, so that they can send it again after signing in."""
    if request.method != "POST" or request.FILES or any("password" in name for name in request.POST):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if not fields or sum(len(name) + len(str(value)) for name, value in fields) > MOST_KEPT:
        return None
    return {"by": request.user.pk, "at": now, "path": request.get_full_path(), "fields": fields}


class SecondFactorForStaff:
    """Let staff past the account's own pages only after a second factor, shown in this very session.

    A concern can be told without one: nothing stands between a worry and the safeguarding lead.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if not request.user.is_staff or is_exempt(request):
            return None
        theirs = set(
            Authenticator.objects.filter(user_id=request.user.pk)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
            .values_list("type", flat=True)
        )
        if not theirs:
            return redirect("mfa_activate_totp")
        if any(r.get("method") == "mfa" for r in get_authentication_records(request, request.user)):
            return None
        ask = "mfa_reauthenticate" if Authenticator.Type.TOTP in theirs else "mfa_reauthenticate_webauthn"
        then = request.get_full_path() if request.method in {"GET", "HEAD"} else "/home/"
        return redirect(f"{reverse(ask)}?{urlencode({'next': then})}")


def is_exempt(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    return (
        match.view_name in settings.OPEN_WITHOUT_SECOND_FACTOR
        or match.url_name == "logout"
        or match.func.__module__.startswith("allauth.")
    )


class PrivatePagesAreNotStored:
    """No browser or proxy keeps a page of a signed-in person, or one opened by a signed link."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        private = settings.SESSION_COOKIE_NAME in request.COOKIES or (match and "token" in match.kwargs)
        if private and "no-store" not in response.get("Cache-Control", ""):
            del response["Cache-Control"]
            add_never_cache_headers(response)
        return response
