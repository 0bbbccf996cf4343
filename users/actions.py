"""What can happen to an account: opened, confirmed, signed in, closed."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import (
    add_email_verification_sent_message,
    consume_email_verification_rate_limit,
)
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.internal.stagekit import stash_login
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import EmailVerificationStage
from allauth.core.ratelimit import respond_429
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from audit.models import Entry
from notifications.post import post
from users.models import User
from users.signals import account_closed


def tidy_email(email: str) -> str:
    """The one way we write an e-mail address: trimmed, NFC, lower case; a plus stays as it is."""
    return unicodedata.normalize("NFC", email).strip().lower()


@transaction.atomic
def open_account(
    email: str, first_name: str, last_name: str = "", password: str | None = None
) -> User | None:
    """Open an account whose address is yet to be confirmed; None when the address is known already.

    A known address gets the letter "you already have an account" instead, so that a page which goes on
    to `begin_verification` with whatever comes back looks the same either way, letters counted.
    Without a password the owner signs in by a code sent to the address.
    """
    email = tidy_email(email)
    known = User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email).exists()
    if not known:
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, password, first_name=first_name, last_name=last_name)
                EmailAddress.objects.create(user=user, email=email, verified=False, primary=True)
        except IntegrityError:  # the same form sent twice at once: one account
            known = True
        else:
            Entry.objects.record(user, "account opened")
            return user
    # Hash what we were given as well, or the time it takes would tell who is known.
    if password:
        User().set_password(password)
    template = "account/account_already_exists"
    post(
        User.objects.filter(email=email).first() or email,
        template,
        key=f"{template}:{uuid.uuid4()}",
        urgent=True,
    )
    return None


def begin_verification(
    request: HttpRequest, user: User | None, *, email: str, then: str = ""
) -> HttpResponse:
    """Send a new account its code and answer with the page that asks for it; the right code signs in.

    `then` is the path to go on to. With no user (see `open_account`) nothing more is sent, the page is
    the same, and no code is right.
    """
    email = tidy_email(email)
    if user is not None:
        return perform_login(request, Login(user=user, email=email, signup=True, redirect_url=then or None))
    if not consume_email_verification_rate_limit(request, email):
        return respond_429(request)
    process = EmailVerificationProcess(request, EmailVerificationProcess.initial_state(None, email))
    process.generate_code()
    process.persist()
    login = Login(user=None, email=email, signup=True, redirect_url=then or None)
    login.state["stages"] = {"current": EmailVerificationStage.key}
    stash_login(request, login)
    add_email_verification_sent_message(request, email, signup=True)
    return redirect("account_email_verification_sent")


@transaction.atomic
def confirm_email(user: User) -> None:
    """Mark the account's address as confirmed: its owner has just shown that they read letters there."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    address.set_verified()


def sign_in(
    request: HttpRequest, user: User, *, method: str = "link", second: Authenticator | None = None
) -> None:
    """Sign this person in on this device, without asking anything: the caller has made sure who it is.

    `second` is the second factor that was shown, if any; staff get nowhere without one.
    """
    get_adapter(request).login(request, user)
    record_authentication(request, user, method)
    if second:
        record_authentication(request, user, "mfa", id=second.pk, type=second.type)
    UserSession.objects.create_from_request(request)


@transaction.atomic
def end_sessions(user: User) -> None:
    """Sign this person out everywhere, at once."""
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()


def forget_what_is_over(*, at: datetime) -> None:
    """Delete sessions that have run out, the devices and addresses noted with them, and limits long past."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    if isinstance(caches["default"], DatabaseCache):
        # The name is our own setting, so no stranger writes SQL here.
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [at])  # noqa: S608  # nosec B608


@transaction.atomic
def close(user: User, *, by: Any, at: datetime | None = None) -> None:
    """Close an account: no new sign-in, and the sessions that are open end with their next request."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    end_sessions(user)
    Entry.objects.record(user, "account closed", by=by, at=at)
    account_closed.send(sender=User, user=user, at=at or timezone.now())


@transaction.atomic
def reopen(user: User, *, by: Any, at: datetime | None = None) -> None:
    """Let the owner of a closed account sign in again."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    Entry.objects.record(user, "account reopened", by=by, at=at)


def forget_unproved_password(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """Drop a password that was set before anybody had shown that the address is theirs.

    Somebody may have opened an account with another's address and waits for its owner to confirm it.
    A code typed into the browser that set the password proves both are one; a sign-in code does not.
    """
    user = email_address.user
    methods = [record["method"] for record in get_authentication_records(request, user)]
    if methods[-1:] == ["code"] and user.has_usable_password() and user.last_login is None:
        user.set_unusable_password()
        user.save(update_fields=["password"])


def remember_second_factor(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Who has just set up a second factor has shown it, and need not show it again in this session."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def give_demo_totp(user: User) -> Authenticator:
    """Give a demonstration account the second factor whose code the sign-in page shows."""
    from users.demo import totp_secret

    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return known or TOTP.activate(user, totp_secret(user.email)).instance
