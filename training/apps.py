"""App settings."""

from django.apps import AppConfig


class Training(AppConfig):
    name = "training"
    verbose_name = "Training"
