"""A person's own account, and what the demonstration adds to the sign-in page."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from users import actions, demo
from users.middleware import KEPT
from users.models import User

KEPT_SECONDS = 3600


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "address": EmailAddress.objects.filter(user=request.user, primary=True).first(),
        "has_totp": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "users/account.html", context)


@require_GET
def kept_answers(request: HttpRequest) -> HttpResponse:
    kept: dict[str, Any] = request.session.get(KEPT) or {}
    if kept.get("by") != request.user.pk or time.time() - kept["at"] > KEPT_SECONDS:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "users/kept_answers.html", {"kept": kept})


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    emails = {email for _, email, _ in demo.SIGN_INS}
    email = request.POST.get("email", "")
    if email not in emails:
        raise Http404
    user = get_object_or_404(User, email=email, is_active=True)
    second = actions.give_demo_totp(user) if user.is_staff else None
    actions.sign_in(request, user, method="demo", second=second)
    then = request.POST.get("next", "")
    return redirect(then if get_adapter(request).is_safe_url(then) else settings.LOGIN_REDIRECT_URL)
