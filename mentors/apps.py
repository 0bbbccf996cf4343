"""App settings."""

from django.apps import AppConfig


class Mentors(AppConfig):
    name = "mentors"
