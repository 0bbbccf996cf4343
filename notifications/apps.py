"""App settings."""

from django.apps import AppConfig


class Notifications(AppConfig):
    name = "notifications"
    verbose_name = "Letters"
