"""App settings."""

from django.apps import AppConfig


class Users(AppConfig):
    name = "users"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed
        from allauth.mfa.signals import authenticator_added

        from users import actions

        # allauth tells of these two moments in no other way.
        email_confirmed.connect(actions.forget_unproved_password, dispatch_uid="forget_unproved_password")
        authenticator_added.connect(actions.remember_second_factor, dispatch_uid="remember_second_factor")
