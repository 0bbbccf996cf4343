"""App settings."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "audit"
    verbose_name = "What changed"
