"""Staff's desk for accounts: look, close, open again. What only an account's owner may change is not here."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from users import actions
from users.models import User

# allauth registers these by itself: second factors, devices, and a button that confirms any address.
for model in (EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class UserDesk(admin.ModelAdmin):
    list_display = ("first_name", "last_name", "email", "is_staff", "is_active", "date_joined")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("-date_joined",)
    list_per_page = 50
    show_full_result_count = False
    fields = ("first_name", "last_name", "email", "is_active", "is_staff", "is_superuser", "groups")
    readonly_fields = ("email", "is_active", "is_staff", "is_superuser")
    filter_horizontal = ("groups",)
    actions = ("close_accounts", "reopen_accounts")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Close these accounts", permissions=["change"])
    def close_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.filter(is_active=True).exclude(pk=request.user.pk or 0):
            actions.close(user, by=request.user)
        self.message_user(request, "Closed. Nobody can sign in with them now.", messages.SUCCESS)

    @admin.action(description="Open these accounts again", permissions=["change"])
    def reopen_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.filter(is_active=False):
            actions.reopen(user, by=request.user)
        self.message_user(request, "Opened. Their owners can sign in again.", messages.SUCCESS)
