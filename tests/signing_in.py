"""Signing people in for tests, with everything that a page asks a session for."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret


def give_totp(user: Any, secret: str = "") -> Authenticator:
    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return known or TOTP.activate(user, secret or generate_totp_secret()).instance


def sign_in(client: Any, user: Any, *, second_factor: bool | None = None) -> Any:
    """Sign `user` in on this test client; staff with a second factor, unless told otherwise."""
    client.force_login(user)
    session = client.session
    session["started_at"] = session["seen_at"] = int(time.time())
    if user.is_staff if second_factor is None else second_factor:
        totp = give_totp(user)
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "at": time.time(), "id": totp.pk, "type": "totp"},
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
