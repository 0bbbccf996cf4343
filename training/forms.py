"""What a learner may choose, a stranger may type, and an author may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from training import pictures, rules
from training.models import Choice, Picture, Question


class AnswerForm(forms.Form):
    """One question's choices, in the order of the try."""

    def __init__(self, *args: Any, question: Question, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options: dict[str, Any] = {
            "label": question.text,
            "choices": [(choice.pk, choice.text) for choice in choices],
            "error_messages": {
                "required": "Choose an answer, then check it.",
                "invalid_choice": "Choose one of the answers below.",
            },
        }
        self.fields["chosen"] = (
            forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple, **options)
            if question.takes_many
            else forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, **options)
        )

    @property
    def chosen(self) -> list[int]:
        chosen = self.cleaned_data["chosen"]
        return chosen if isinstance(chosen, list) else [chosen]


class VerifyForm(forms.Form):
    number = forms.CharField(
        label="Certificate number",
        max_length=40,
        help_text="It stands at the bottom of the certificate, like 1MM-26-0K4T-7QXM.",
        error_messages={"required": "Enter the number on the certificate."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "w-20 code"}),
    )

    def clean_number(self) -> str:
        return rules.tidy_number(self.cleaned_data["number"])


class NoteForm(forms.Form):
    words = forms.CharField(
        label="Your note",
        required=False,
        max_length=4000,
        help_text="Only you can read it. Write as much or as little as you like.",
        error_messages={"max_length": "Make your note shorter: 4,000 characters at most."},
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_words(self) -> str:
        return str(self.cleaned_data["words"]).replace("\r\n", "\n").strip()


class PublishForm(forms.Form):
    """What staff say when they publish a version."""

    note = forms.CharField(
        label="What changed",
        max_length=300,
        required=False,
        help_text="For colleagues who look at it later.",
        error_messages={"max_length": "Make this shorter: 300 characters at most."},
    )
    grace_until = forms.DateField(
        label="Modules that must be taken again: by when?",
        required=False,
        help_text=f"Empty: {rules.GRACE_DAYS} days from today. Until then their training counts as before.",
        error_messages={"invalid": "Enter a real date, like 2027-01-31."},
        widget=forms.DateInput({"type": "date", "class": "w-20"}),
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label="The file",
        help_text="A zip of a course folder, as “Export” makes it, of 20 MB at most.",
        error_messages={
            "required": "Choose the file of the course.",
            "empty": "The file is empty. Choose the file of the course.",
        },
    )


class PictureForm(forms.ModelForm):
    """A picture on its way in; `drawn` is what we keep of it."""

    file = forms.FileField(label="Picture", help_text="PNG or JPG, 10 MB at most.", required=False)
    drawn: pictures.Drawn

    class Meta:
        model = Picture
        fields = ("course", "name", "alt")

    def clean_file(self) -> UploadedFile | None:
        sent: UploadedFile | None = self.cleaned_data["file"]
        if sent is None:
            raise forms.ValidationError("Choose a picture.")
        if (sent.size or 0) > pictures.MOST_BYTES:
            raise forms.ValidationError(pictures.SAYS)
        try:
            self.drawn = pictures.redraw(sent.read())
        except pictures.BadPicture as error:
            raise forms.ValidationError(str(error)) from error
        return sent
