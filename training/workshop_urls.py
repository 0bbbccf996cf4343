"""Addresses of workshops, under /training/workshops/."""

from django.urls import path

from training.views import workshop as views

urlpatterns = [
    path("", views.workshops, name="workshops"),
    path("place/<str:token>/", views.workshop_place, name="workshop_place"),
    path("<int:pk>/", views.workshop_session, name="workshop_session"),
    path("<int:pk>/book/", views.book_workshop, name="book_workshop"),
    path("<int:pk>/give-back/", views.give_back_workshop, name="give_back_workshop"),
    path("<int:pk>/calendar/", views.workshop_calendar, name="workshop_calendar"),
]
