"""App settings."""

from django.apps import AppConfig


class Users(AppConfig):
    name = "users"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed
        from allauth.mfa.signals import authenticator_added
        from django.conf import settings

        from notifications import gates
        from users import actions

        # A letter with a code opens its reader's account: no colleague reads it, whatever else they may do.
        gates.keep_private("account/", lambda user: settings.DEMO)

        # allauth tells of these two moments in no other way.
        email_confirmed.connect(actions.forget_unproved_password, dispatch_uid="forget_unproved_password")
        authenticator_added.connect(actions.remember_second_factor, dispatch_uid="remember_second_factor")
