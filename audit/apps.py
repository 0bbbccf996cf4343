"""App settings."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "audit"
