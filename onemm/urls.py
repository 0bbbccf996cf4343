"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from onemm import health, views

handler400 = "onemm.errors.too_much"
handler403 = "onemm.errors.not_yours"
handler404 = "onemm.errors.not_here"
handler500 = "onemm.errors.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("safety/", views.safety, name="safety"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("contact/", views.contact, name="contact"),
    path("for-partners/", views.for_partners, name="for_partners"),
    path("accounts/", include("allauth.urls")),
    path("", include("users.urls")),
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
    path("status", health.status, name="status"),
    path("training/", include("training.urls")),
    path("mentors/", include("mentors.urls")),
    path("", include("mentoring.urls")),
    path("safe/", include("safeguarding.urls")),
    path("", include("mentees.urls")),
    path("programmes/", include("partners.programme_urls")),
    path("partners/", include("partners.urls")),
    path("admin/", admin.site.urls),
]
