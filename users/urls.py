"""Addresses of a person's own account."""

from django.urls import path

from users import views

app_name = "users"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/kept/", views.kept_answers, name="kept_answers"),
    path("account/demo-sign-in/", views.demo_sign_in, name="demo_sign_in"),
]
