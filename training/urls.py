"""Addresses of training, under /training/."""

from django.urls import include, path

from training import views

app_name = "training"

urlpatterns = [
    path("", views.home, name="home"),
    path("young-people/", views.home, {"audience": "young people"}, name="young_people"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:number>/", views.verify, name="verify"),
    path("workshops/", include("training.workshop_urls")),
    path("<slug:course>/", views.course, name="course"),
    path("<slug:course>/certificate/", views.certificate, name="certificate"),
    path("<slug:course>/certificate.pdf", views.certificate_pdf, name="certificate_pdf"),
    path("<slug:course>/notes/", views.notes, name="notes"),
    path("<slug:course>/pictures/<str:name>", views.picture, name="picture"),
    path("<slug:course>/<slug:module>/", views.module, name="module"),
    path("<slug:course>/<slug:module>/quiz/", views.quiz, name="quiz"),
    path("<slug:course>/<slug:module>/quiz/<int:number>/", views.question, name="question"),
    path("<slug:course>/<slug:module>/result/", views.result, name="result"),
    path("<slug:course>/<slug:module>/<slug:lesson>/", views.lesson, name="lesson"),
]
