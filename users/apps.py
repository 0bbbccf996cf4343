"""App settings."""

from django.apps import AppConfig


class Users(AppConfig):
    name = "users"
