"""allauth's forms with our labels and help; what they do stays theirs."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import EmailValidator

from users.passwords import LONGEST, LongEnough

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "The password you use now",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
    "name": "A name for this passkey",
    "passwordless": "Let me sign in with this passkey alone",
}
HELP = {
    "password": "",
    "oldpassword": "",
    "password1": LongEnough().get_help_text(),
    "name": "So that you can tell it from others, like “My phone”.",
    "passwordless": "Your device then asks for your finger, your face or its PIN.",
}
EMPTY = {
    "login": "Enter your e-mail address",
    "email": "Enter your e-mail address",
    "password": "Enter your password",
    "oldpassword": "Enter the password you use now",
    "password1": "Choose a password",
    "password2": "Type the new password again",
    "code": "Enter the code",
}
NOT_AN_ADDRESS = "Enter a full e-mail address, like name@example.com"
WIDTHS = {"code": "w-10", "login": "w-20", "email": "w-20", "name": "w-20"}


class InOurWords:
    """Puts our words on a form of allauth's, and takes its placeholders off."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            if name in EMPTY:
                field.error_messages["required"] = EMPTY[name]
            if name in WIDTHS:
                field.widget.attrs["class"] = WIDTHS[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NOT_AN_ADDRESS
                field.validators = [
                    EmailValidator(NOT_AN_ADDRESS) if isinstance(check, EmailValidator) else check
                    for check in field.validators
                ]
            if name.startswith(("password", "oldpassword")) and isinstance(field, forms.CharField):
                field.widget.attrs["maxlength"] = LONGEST


class SignIn(InOurWords, account.LoginForm):
    pass


class AskForCode(InOurWords, account.RequestLoginCodeForm):
    pass


class EnterCode(InOurWords, account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class EnterEmailCode(InOurWords, account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class EnterResetCode(EnterCode):
    pass


class AskForPassword(InOurWords, account.ResetPasswordForm):
    pass


class ChooseNewPassword(InOurWords, account.ResetPasswordKeyForm):
    pass


class ChangePassword(InOurWords, account.ChangePasswordForm):
    pass


class SetPassword(InOurWords, account.SetPasswordForm):
    pass


class ChangeEmail(InOurWords, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"


class Reauthenticate(InOurWords, account.ReauthenticateForm):
    pass


class SecondStep(InOurWords, mfa.AuthenticateForm):
    pass


class SecondStepAgain(InOurWords, mfa.ReauthenticateForm):
    pass


class ActivateTOTP(InOurWords, totp.ActivateTOTPForm):
    pass


class AddPasskey(InOurWords, webauthn.AddWebAuthnForm):
    pass


class RenamePasskey(InOurWords, webauthn.EditWebAuthnForm):
    pass
