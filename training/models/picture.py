"""Pictures of a course: added, never changed, so that every version shows the ones it was published with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from training import rules
from training.models.module import Lesson

if TYPE_CHECKING:
    from training.models.course import Course

NAME = RegexValidator(rules.PICTURE_NAME, "Use a name like “first-hour.png”: small letters, digits, dashes.")


def pictures_at(course: Course) -> str:
    """The address under which the pictures of a course, or of its draft, are shown."""
    return reverse("training:picture", args=[course.original.slug, "x.png"]).removesuffix("x.png")


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> PictureQuerySet:
        """The pictures of courses that this person may open."""
        from training.models.course import Course  # the course asks for its pictures too

        return self.filter(course__in=Course.objects.visible_to(user))


class Picture(models.Model):
    """One picture, drawn anew by us from what was uploaded, so that nothing else travels in it."""

    KINDS = (("png", "PNG"), ("jpeg", "JPEG"))

    course = models.ForeignKey("training.Course", on_delete=models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=80, validators=[NAME], help_text="Like first-hour.png.")
    alt = models.CharField(
        "what it shows",
        max_length=200,
        help_text="One sentence for people who cannot see it. Each lesson may say it in its own words.",
    )
    kind = models.CharField(max_length=4, choices=KINDS, editable=False)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    # In the database, not on a disk: it is saved, backed up and restored together with the words around it,
    # and no web server can hand it out without asking us.
    data = models.BinaryField(editable=False)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="picture_name_in_course"),
            models.CheckConstraint(condition=~models.Q(alt=""), name="picture_is_described"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("training:picture", args=[self.course.slug, self.name])

    @property
    def markdown(self) -> str:
        """What to write into a lesson."""
        return f"![{self.alt}](pictures/{self.name})"

    def is_used(self) -> bool:
        """Whether a page shows it, in a draft or in any version there was."""
        # The bracket before it belongs to the name: "hour.png" is not "first-hour.png".
        called = f"(pictures/{self.name}"
        family = models.Q(module__course=self.course_id) | models.Q(module__course__draft_of=self.course_id)
        return (
            Lesson.objects.filter(family, body__contains=called).exists()
            or self.course.versions.filter(content__icontains=called).exists()
        )
