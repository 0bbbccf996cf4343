"""Addresses for organisations."""

from django.urls import path

from partners import views

app_name = "partners"

urlpatterns = [
    path("apply/", views.apply, name="apply"),
    path("applied/", views.applied, name="applied"),
]
