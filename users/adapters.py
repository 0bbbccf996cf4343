"""Where allauth meets our house: letters through the outbox, sign-up through a door, limits on guessing."""

from __future__ import annotations

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect

from notifications.post import post
from users.models import User

# allauth's letters with a code in them, and what we call them.
CODES = {
    "login_code": "login_code",
    "email_confirmation": "confirm_email",
    "email_confirmation_signup": "confirm_email",
    "password_reset_code": "password_reset_code",
}
# allauth's "this changed" letters are one letter of ours, with this sentence in it.
CHANGES = {
    "password_changed": "Your password was changed.",
    "password_set": "Your account now has a password.",
    "password_reset": "Your password was changed, with a code we sent to this address.",
    "email_changed": "The e-mail address of your account was changed. From now on we write to the new one.",
    "email_deleted": "An e-mail address was taken off your account.",
    "totp_activated": "A second step, an authenticator app, was added to your account.",
    "totp_deactivated": "The second step, an authenticator app, was taken off your account.",
    "webauthn_added": "A passkey was added to your account.",
    "webauthn_removed": "A passkey was taken off your account.",
    "recovery_codes_generated": "New recovery codes were made for your account. The old ones no longer work.",
}
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Write to us if that is a surprise.",
        "email_password_mismatch": (
            "That address and password do not belong together. Try again, or ask for a code."
        ),
        "email_taken": "Choose another e-mail address. This one cannot be used here.",
        "duplicate_email": "This is the address you have already. Enter a new one.",
        "same_as_current": "This is the address you have already. Enter a new one.",
        "enter_current_password": "Enter the password you use now",
        "incorrect_code": "Enter the code as it stands in the e-mail. Check each digit.",
        "incorrect_password": "Enter the password you use now",
        "too_many_login_attempts": "That was one try too many. Wait five minutes, then try again.",
        "rate_limited": "That was one try too many. Wait a minute, then try again.",
        "unverified_primary_email": "Confirm your e-mail address first.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up here: a mentor, a young person and a partner each have their own door."""
        raise ImmediateHttpResponse(redirect("/#doors"))

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of ours, so that no host name, scheme or trick with slashes is ever weighed up."""
        return url is not None and url[:1] == "/" and url[1:2] not in {"/", "\\"} and super().is_safe_url(url)

    # --- Letters ---

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post allauth's letter as one of ours, under a key that says nothing about its reader."""
        name = template_prefix.rsplit("/", 1)[-1]
        user = User.objects.filter(email=email, is_active=True).first()
        words: dict[str, Any] = {}
        if name in CODES:
            template, words["code"] = CODES[name], context["code"]
        elif name in CHANGES:
            template, words["what"] = "changed", CHANGES[name]
        else:
            template = name
        if user is None and self.request is not None and self.request.user.is_authenticated:
            words["first_name"] = self.request.user.first_name  # writing to the address they change to
        with transaction.atomic():
            post(
                user or email,
                f"account/{template}",
                key=f"account/{template}:{uuid.uuid4()}",
                urgent=True,
                **words,
            )

    # --- Limits ---

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this try against the address it comes from and the account it is aimed at."""
        by_address = ratelimit.consume(request, app="allauth.account", action="wrong_password_from_address")
        if not by_address:
            raise self.validation_error("too_many_login_attempts")
        for_account = ratelimit.consume(
            request,
            app="allauth.account",
            action="wrong_password_for_account",
            key=self._get_login_attempts_cache_key(request, **credentials),
        )
        self._account_is_blocked = not for_account
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(
            by_address.usage + (for_account.usage if for_account else [])
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password, blocked or not, and let through a block only who has a second factor.

        Otherwise a stranger could keep an owner out for as long as he likes by typing nonsense. Whoever
        knows the right password of a blocked account and has a second factor goes on to show it (where
        tries are counted again); everybody else reads the same sentence, right password or wrong.
        """
        user = super().authenticate(request, **credentials)
        if self._account_is_blocked and not (user and is_mfa_enabled(user, SECOND_FACTORS)):
            if user:  # a right guess must use up a try like a wrong one, or counting tries would tell
                ratelimit.consume(request, app="allauth.account", action="wrong_password_from_address")
            raise self.validation_error("too_many_login_attempts")
        return user

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        ratelimit.clear(
            request,
            app="allauth.account",
            action="wrong_password_for_account",
            key=self._get_login_attempts_cache_key(request, **credentials),
        )


class SecondFactors(DefaultMFAAdapter):
    """Keeps the secrets of second factors locked in the database: a stolen dump opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Enter the six digits that your app shows now, or a recovery code.",
        "unverified_email": "Confirm your e-mail address first.",
        "add_email_blocked": "Take off the second step before you add another address.",
        "cannot_delete_authenticator": "You cannot take off this second step now.",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "My passkey"

    def _box(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet(
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factors {key}".encode()).digest()))
            for key in keys
        )

    def encrypt(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._box().decrypt(encrypted_text.encode()).decode()
